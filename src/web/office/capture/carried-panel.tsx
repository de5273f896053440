// The last round's answers, greyed, each with a box that says it is unchanged; what was changed in the form needs no tick.
import { Checkbox } from "antd";
import type { ReactNode } from "react";
import { differences } from "../../../scheme/differences.ts";
import { answerAt, itemAt, labelOf } from "../../../scheme/layout.ts";
import type { Answers, Scheme } from "../../../scheme/model.ts";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { captureWords } from "./words.ts";

/** Paths whose answer is the last round's and stands as it was: those that wait for a tick. */
export function carriedPaths(scheme: Scheme, sources: readonly { readonly path: string; readonly from: string }[], before: Answers, now: Answers): readonly string[] {
  const changed = new Set(differences(scheme, before, now).map(({ path }) => path));
  return sources.filter(({ path, from }) => from === "carried" && !changed.has(path)).map(({ path }) => path);
}

/** What the ticks come to in the provenance that is saved. */
export const ticksOf = (paths: readonly string[], ticked: ReadonlySet<string>): Readonly<Record<string, string>> => Object.fromEntries(paths.filter((path) => ticked.has(path)).map((path) => [path, "unchanged"]));

type Props = { readonly scheme: Scheme; readonly answers: Answers; readonly paths: readonly string[]; readonly ticked: ReadonlySet<string>; readonly onTick: (path: string, on: boolean) => void };

export function CarriedPanel({ scheme, answers, paths, ticked, onTick }: Props): ReactNode {
  const say = usePhrases(captureWords);
  const read = useText();
  const lang = useLang();
  if (paths.length === 0) return null;
  const left = paths.filter((path) => !ticked.has(path)).length;
  return (
    <section className="panel" aria-label={say("carriedTitle")} data-carried-left={left}>
      <h2>{say("carriedTitle")}</h2>
      <p className="quiet">{say("carriedHelp", { left, n: paths.length })}</p>
      <ul style={{ listStyle: "none", margin: 0, padding: 0, columns: "320px" }}>
        {paths.map((path) => {
          const place = itemAt(scheme, path);
          if (!place) return null;
          const value = answerAt(answers, path);
          return (
            <li key={path} style={{ breakInside: "avoid", padding: "3px 0" }}>
              <Checkbox checked={ticked.has(path)} data-carried={path} onChange={(event) => onTick(path, event.target.checked)}>
                {read(place.item.label)}{punct.colon}<span className="quiet" style={{ background: "#eef0f3", padding: "0 6px" }}>{labelOf(scheme, place.item, value, lang)}</span> {say("unchanged")}
              </Checkbox>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
