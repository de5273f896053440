// Warnings as rows: the rule, the figures it stands on with their line, the state, and the moves that are open here.
import { Link } from "@tanstack/react-router";
import { Button, Form, Modal, Select, Tag } from "antd";
import { type ReactNode, useState } from "react";
import type { BodyOf, ReplyOf } from "../../../core/route.ts";
import { getAidPlan, type listWarnings, moveWarning } from "../../../modules/aid/contract.ts";
import { levelLabels, verdictLabels, verdicts, type WarningMove, warningMoveLabels, warningStateLabels, wayLabels, ways } from "../../../modules/aid/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { useMarks, usePhrases, useText } from "../../shared/words.ts";
import { useCount } from "./use-count.ts";
import { aidWords } from "./words.ts";

type Row = ReplyOf<typeof listWarnings>["rows"][number];
type Asked = { readonly row: Row; readonly move: WarningMove };
/** Colours of the levels, as their words are readable on them. */
export const levelColours = { red: "error", yellow: "warning", info: "blue" } as const;
/** What is read again after a warning moved. */
export const WARNING_REFRESHES = ["/api/warnings", "/api/households", "/api/aid"];

function MoveDialog({ asked: { row, move }, scheme, onDone }: { readonly asked: Asked; readonly scheme: string; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(aidWords);
  const mark = useMarks();
  const read = useText();
  const write = useCall(moveWarning, WARNING_REFRESHES);
  const plan = useRoute(getAidPlan, { query: { scheme } }, { enabled: move === "handle" });
  type Fields = Pick<BodyOf<typeof moveWarning>, "verdict" | "way" | "item">;
  const [form] = Form.useForm<Fields>();
  const way = Form.useWatch("way", form);
  const must = [{ required: true, message: say("required") }];
  const send = (given: Fields): void => {
    const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    write.mutate({ params: { county: row.county, id: row.id }, body: { move, ...filled } }, { onSuccess: onDone });
  };
  const items = (plan.data?.items ?? []).map((item) => ({ value: item.key, label: read(item.label) }));
  return (
    <Modal open title={`${read(warningMoveLabels[move])}${mark.colon}${read(row.ruleLabel)}`} footer={null} onCancel={onDone} mask={{ closable: false }}>
      <Form form={form} layout="vertical" onFinish={send}>
        <ProblemView error={write.error ?? plan.error} />
        {move === "check" ? <Form.Item name="verdict" label={say("verdict")} rules={must}><Select autoFocus options={verdicts.map((value) => ({ value, label: read(verdictLabels[value]) }))} /></Form.Item> : null}
        {move === "handle" ? <Form.Item name="way" label={say("way")} rules={must}><Select autoFocus options={ways.map((value) => ({ value, label: read(wayLabels[value]) }))} /></Form.Item> : null}
        {move === "handle" && way === "aid-applied" ? <Form.Item name="item" label={say("forItem")} rules={must}><Select loading={plan.isPending} showSearch={{ optionFilterProp: "label" }} options={items} /></Form.Item> : null}
        <FormEnd move="save-move" label={say("save")} busy={write.isPending} onClose={onDone} />
      </Form>
    </Modal>
  );
}

/** Figures of a warning with the line they were held against, and what happened. */
function Evidence({ row: { evidence, occurrence } }: { readonly row: Row }): ReactNode {
  const count = useCount();
  const when = /\d{4}-\d{2}(-\d{2})?$/u.exec(occurrence)?.[0];
  const { value, line, unit } = evidence;
  const say = usePhrases(aidWords);
  return (
    <>
      {value === undefined ? (when === undefined ? "—" : null) : <span className="number">{count(value)}{line === undefined ? "" : ` / ${count(line)}`} {say(unit === "years" ? "inYears" : unit === "kinds" ? "inKinds" : "inYuan")}</span>}
      {when === undefined ? null : <div className="quiet number">{when}</div>}
    </>
  );
}

export function WarningTable({ rows, scheme, withName }: { readonly rows: readonly Row[]; readonly scheme: string; readonly withName: boolean }): ReactNode {
  const say = usePhrases(aidWords);
  const read = useText();
  const may = useMay("warning.handle");
  const move = useCall(moveWarning, WARNING_REFRESHES);
  const [asked, setAsked] = useState<Asked>();
  const act = (row: Row, next: WarningMove): void => {
    if (next === "check" || next === "handle") setAsked({ row, move: next });
    else move.mutate({ params: { county: row.county, id: row.id }, body: { move: next } });
  };
  const named = [
    { title: say("name"), key: "name", render: (_: unknown, row: Row) => <Link to="/households/$county/$id" params={{ county: String(row.county), id: row.household }}>{row.name || "—"}</Link> },
    { title: say("area"), key: "area", render: (_: unknown, row: Row) => row.area.name },
  ];
  return (
    <>
      <ProblemView error={move.error} />
      <RowTable<Row>
        rows={rows}
        empty={say("noWarnings")}
        wraps
        columns={[
          ...(withName ? named : []),
          { title: say("rule"), key: "rule", width: "30%", render: (_, row) => <><Tag color={levelColours[row.level]}>{row.rule} {read(levelLabels[row.level])}</Tag> {read(row.ruleLabel)}</> },
          { title: say("evidence"), key: "evidence", render: (_, row) => <Evidence row={row} /> },
          { title: say("state"), key: "state", render: (_, row) => <span data-warning={row.state}>{read(warningStateLabels[row.state])}{row.verdict ? ` · ${read(verdictLabels[row.verdict])}` : ""}{row.way ? ` · ${read(wayLabels[row.way])}` : ""}</span> },
          { title: say("due"), key: "due", render: (_, row) => <><span className="number">{row.dueOn}</span> {row.overdue ? <Tag color="error">{say("late")}</Tag> : null}</> },
          {
            title: "", key: "moves",
            render: (_, row) => (may ? (
              <span style={{ display: "flex", flexWrap: "wrap", gap: 6 }}>
                {row.moves.filter((each) => each.open).map((each) => <Button key={each.move} size="small" data-move={each.move} onClick={() => act(row, each.move as WarningMove)}>{read(warningMoveLabels[each.move as WarningMove])}</Button>)}
              </span>
            ) : null),
          },
        ]}
      />
      {asked ? <MoveDialog asked={asked} scheme={scheme} onDone={() => setAsked(undefined)} /> : null}
    </>
  );
}
