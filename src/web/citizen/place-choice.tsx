// Where one lives, chosen level by level with the browser's own lists.
import { type ReactNode, useState } from "react";
import type { listPlaces } from "../../modules/citizen/contract.ts";
import { ask } from "./ask.ts";
import { Loaded, useAsked } from "./loaded.tsx";
import { placeLevels, useWords } from "./words.ts";

function Level({ within, chosen, onChosen, depth }: { readonly within: number; readonly chosen: number | undefined; readonly onChosen: (code: number | undefined, last: boolean) => void; readonly depth: number }): ReactNode {
  const { say, read, mark } = useWords();
  const level = read(placeLevels[depth] ?? placeLevels[4]);
  const asked = useAsked(() => ask<typeof listPlaces>("GET", `/api/self/places?within=${within}`), String(within));
  return (
    <Loaded asked={asked}>
      {({ places }) => (
        <select aria-label={`${say("place")}${mark.colon}${level}`} data-level={within} value={chosen ?? ""} style={depth === 0 ? {} : { marginTop: 8 }} onChange={(event) => onChosen(event.target.value === "" ? undefined : Number(event.target.value), places.find((place) => place.code === Number(event.target.value))?.last ?? false)}>
          <option value="">{say("chooseLevel", { level })}</option>
          {places.map((place) => <option key={place.code} value={place.code}>{place.name}</option>)}
        </select>
      )}
    </Loaded>
  );
}

/** @param onPlace the place and whether it is the last level, each time one is chosen */
export function PlaceChoice({ onPlace }: { readonly onPlace: (code: number | undefined, last: boolean) => void }): ReactNode {
  const { say } = useWords();
  const [path, setPath] = useState<readonly { readonly code: number; readonly last: boolean }[]>([]);
  const end = path[path.length - 1];
  const levels = [0, ...path.filter((one) => !one.last).map((one) => one.code)];
  const choose = (depth: number, code: number | undefined, last: boolean): void => {
    const next = code === undefined ? path.slice(0, depth) : [...path.slice(0, depth), { code, last }];
    setPath(next);
    onPlace(next[next.length - 1]?.code, code !== undefined && last);
  };
  return (
    <fieldset>
      <legend>{say("place")}</legend>
      {levels.map((within, depth) => <Level key={within} within={within} depth={depth} chosen={path[depth]?.code} onChosen={(code, last) => choose(depth, code, last)} />)}
      {end ? null : <p className="quiet">{say("choose")}</p>}
    </fieldset>
  );
}
