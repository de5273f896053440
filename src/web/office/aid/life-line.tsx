// The life line of a household: what happened, what became of it, what it applied for, what was decided and delivered, what was warned of; newest first.
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import type { getHousehold } from "../../../modules/aid/contract.ts";
import { byOffice, changeLabels, decisionLabels, eventLabels, levelLabels, takeBackLabels, viaLabels, warningStateLabels } from "../../../modules/aid/rules.ts";
import type { Text } from "../../../core/issue.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { useMarks, usePhrases, useText } from "../../shared/words.ts";
import { EventDialog } from "./event-dialog.tsx";
import { useCount } from "./use-count.ts";
import { aidWords } from "./words.ts";

type View = ReplyOf<typeof getHousehold>;
export type Kind = "event" | "change" | "applied" | "decided" | "delivered" | "taken-back" | "gift" | "warned";
export type Moment = { readonly id: string; readonly on: string; readonly kind: Kind; readonly what: Text; readonly more?: Text; readonly amount?: number; readonly from: string };

/** Within a day the later step of the chain stands above the earlier. */
const order: readonly Kind[] = ["change", "event", "applied", "decided", "delivered", "taken-back", "gift", "warned"];
const system = (by: string): string => (by.startsWith("system:") ? "" : by);

/** Everything on one line, newest first. */
export function momentsOf(view: View): readonly Moment[] {
  const moments: Omit<Moment, "id">[] = [
    ...view.changes.map((one) => ({ on: one.on, kind: "change" as const, what: changeLabels[one.kind], from: system(one.by) })),
    ...view.events.map((one) => ({ on: one.on, kind: "event" as const, what: eventLabels[one.kind], from: one.source, ...(one.amount !== undefined && { amount: one.amount }) })),
    ...view.aid.flatMap((line) => [
      { on: line.appliedOn, kind: "applied" as const, what: line.itemLabel, more: viaLabels[line.via], from: line.department },
      ...line.decisions.map((one) => ({ on: one.on, kind: "decided" as const, what: line.itemLabel, more: decisionLabels[one.decision], from: one.by, ...(one.amount !== undefined && { amount: one.amount }) })),
      ...line.deliveries.map((one) => ({ on: one.on, kind: "delivered" as const, what: line.itemLabel, from: one.department, amount: one.amount })),
      ...line.deliveries.flatMap((one) => (one.takenBackOn === undefined ? [] : [{ on: one.takenBackOn, kind: "taken-back" as const, what: line.itemLabel, from: one.department, amount: one.amount, ...(one.takenBackWhy && { more: takeBackLabels[one.takenBackWhy] }) }])),
    ]),
    ...view.needs.flatMap(({ item, gifts }) => gifts.map((one) => ({ on: one.on, kind: "gift" as const, what: { zh: `${item} × ${one.quantity}`, en: `${item} × ${one.quantity}` }, from: one.giver }))),
    ...view.warnings.map((one) => ({ on: one.raisedOn, kind: "warned" as const, what: one.ruleLabel, more: { zh: `${levelLabels[one.level].zh}，${warningStateLabels[one.state].zh}`, en: `${levelLabels[one.level].en}, ${warningStateLabels[one.state].en.toLowerCase()}` }, from: one.rule })),
  ];
  return moments.toSorted((a, b) => b.on.localeCompare(a.on) || order.indexOf(b.kind) - order.indexOf(a.kind)).map((one, i) => ({ ...one, id: String(i) }));
}

export function LifeLine({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(aidWords);
  const mark = useMarks();
  const count = useCount();
  const read = useText();
  const department = useDepartmentLabel();
  const enters = useMay("aid.enter");
  const [entering, setEntering] = useState(false);
  const kinds = { event: say("lifeEvent"), change: say("lifeChange"), applied: say("lifeApplied"), decided: say("lifeDecided"), delivered: say("lifeDelivered"), "taken-back": say("lifeTakenBack"), gift: say("lifeGift"), warned: say("lifeWarned") } as const;
  const older = ([["olderEvents", view.older.events], ["olderDeliveries", view.older.deliveries], ["olderWarnings", view.older.warnings]] as const).flatMap(([key, n]) => (n > 0 ? [say(key, { n: count(n) })] : []));
  return (
    <section className="panel" aria-label={say("life")}>
      <h2>{say("life")}</h2>
      {enters && !view.household.endedOn ? <Button data-action="enter-event" style={{ marginBottom: 12 }} onClick={() => setEntering(true)}>{say("enterEvent")}</Button> : null}
      <RowTable<Moment>
        rows={momentsOf(view)}
        empty={say("noEvents")}
        wraps
        columns={[
          { title: say("on"), key: "on", width: 130, render: (_, row) => <span className="number">{row.on}</span> },
          { title: say("lifeKind"), key: "kind", width: 140, render: (_, row) => <span data-life={row.kind}>{kinds[row.kind]}</span> },
          { title: say("what"), key: "what", render: (_, row) => <>{read(row.what)}{row.more ? mark.inside(read(row.more)) : ""}{row.amount ? ` ${say("yuan", { n: count(row.amount) })}` : ""}</> },
          { title: say("source"), key: "source", render: (_, row) => (row.from === "" ? "—" : row.from === byOffice ? say("byOffice") : department(row.from)) },
        ]}
      />
      {older.length > 0 ? <p className="quiet" data-older>{say("older", { what: older.join(mark.list) })}</p> : null}
      {entering ? <EventDialog household={view.household} scheme={view.scheme} onDone={() => setEntering(false)} /> : null}
    </section>
  );
}
