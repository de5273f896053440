// The clock of a case: words and day; colour only repeats what the words say.
import type { ReactNode } from "react";
import type { CaseState } from "../../../modules/dispatch/rules.ts";
import { today } from "../../shared/figures.ts";
import { usePhrases, useText } from "../../shared/words.ts";
import { type Clock, clockOf } from "./clock.ts";
import { dispatchWords } from "./words.ts";

const tones: Readonly<Record<Clock["tone"], { readonly color: string; readonly fontWeight: number }>> = {
  late: { color: "#b42318", fontWeight: 700 },
  soon: { color: "#8a5a00", fontWeight: 700 },
  calm: { color: "#1a1f26", fontWeight: 400 },
  done: { color: "#4a5563", fontWeight: 400 },
};

/** `block`: the day stands on a line of its own, for narrow columns. */
export function ClockTag({ state, dueOn, block = false }: { readonly state: CaseState; readonly dueOn: string; readonly block?: boolean }): ReactNode {
  const say = usePhrases(dispatchWords);
  const read = useText();
  const clock = clockOf(state, dueOn, today());
  if (clock.tone === "done") return <span data-clock={clock.tone}>—</span>;
  return (
    <span data-clock={clock.tone} style={{ whiteSpace: "nowrap" }}>
      <span style={tones[clock.tone]}>{read(clock.text)}</span>
      <span className="quiet number" style={block ? { display: "block" } : {}}>
        {block ? "" : " · "}
        {say("dueOn", { date: dueOn })}
      </span>
    </span>
  );
}
