// The place of a home visit: what the person is told, a button that measures, words typed instead, or nothing at all.
import { Alert, Button, Input } from "antd";
import { useEffect, useState } from "react";
import type { Dispatch, ReactNode } from "react";
import type { PlaceItems } from "../../../modules/supervision/rules.ts";
import { answerAt, itemAt } from "../../../scheme/layout.ts";
import type { Answers, Scheme } from "../../../scheme/model.ts";
import type { FormAction } from "../../office/form/form-state.ts";
import { usePhrases, useText } from "../../shared/words.ts";
import { personWords } from "../capture-words.ts";
import { measure, type PlaceFault } from "./home-place.ts";
import { textAt } from "./capture.ts";
import type { Beside } from "./use-work.ts";

type Props = {
  readonly scheme: Scheme;
  readonly items: PlaceItems;
  readonly answers: Answers;
  /** What the terminal does in the form, and what a person does. */
  readonly send: Dispatch<FormAction>;
  readonly dispatch: Dispatch<FormAction>;
  readonly beside: Beside;
  readonly change: (next: (beside: Beside) => Beside) => void;
  readonly busy: boolean;
};

export function HomePlacePanel({ scheme, items, answers, send, dispatch, beside, change, busy }: Props): ReactNode {
  const say = usePhrases(personWords);
  const read = useText();
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<PlaceFault>();
  const { longitude, latitude, words } = items;
  const atHome = beside.channel === "home";
  const taken = beside.provenance[longitude] === "device";
  const put = (values: readonly (readonly [path: string, value: number | undefined])[], from: string | undefined): void => {
    for (const [path, value] of values) send({ kind: "answer", path, value });
    change((now) => {
      const others = Object.entries(now.provenance).filter(([path]) => path !== longitude && path !== latitude);
      return { ...now, provenance: { ...Object.fromEntries(others), ...(from !== undefined && { [longitude]: from, [latitude]: from }) } };
    });
  };
  const clear = (): void => put([[longitude, undefined], [latitude, undefined]], undefined);
  // What was measured for a home visit does not stay with work that turns out to be none.
  useEffect(() => {
    if (!atHome && taken) clear();
  }, [atHome, taken]);
  if (!atHome) return null;
  const take = async (): Promise<void> => {
    setAsking(true);
    setFault(undefined);
    const found = await measure(globalThis.navigator?.geolocation);
    setAsking(false);
    if (typeof found === "string") setFault(found);
    else put([[longitude, found.longitude], [latitude, found.latitude]], "device");
  };
  return (
    <section className="panel" data-place={taken ? "taken" : "open"} aria-label={say("placeTitle")}>
      <h2>{say("placeTitle")}</h2>
      <p>{say("placeAbout")}</p>
      <div className="finish-lines">
        <div role="status">
          {taken ? <Alert type="success" showIcon title={say("placeTaken", { lon: String(answerAt(answers, longitude)), lat: String(answerAt(answers, latitude)) })} /> : null}
          {fault ? <Alert type="warning" showIcon data-place-fault={fault} title={say(fault)} /> : null}
        </div>
        <div>
          <Button data-action="take-place" loading={asking} disabled={busy} onClick={() => void take()}>
            {say(taken ? "placeAgain" : "placeTake")}
          </Button>
          {taken ? (
            <Button type="text" data-action="clear-place" disabled={busy} onClick={clear}>
              {say("placeClear")}
            </Button>
          ) : null}
        </div>
        {words === undefined ? null : (
          <>
            <label htmlFor="place-words">{read(itemAt(scheme, words)?.item.label)}</label>
            <Input id="place-words" name="place-words" disabled={busy} maxLength={itemAt(scheme, words)?.item.maxLength ?? 120} value={textAt(answers, words)} aria-describedby="place-help" onChange={(event) => dispatch({ kind: "answer", path: words, value: event.target.value === "" ? undefined : event.target.value })} />
          </>
        )}
      </div>
      <p id="place-help" className="quiet">
        {say("placeHelp")}
      </p>
    </section>
  );
}
