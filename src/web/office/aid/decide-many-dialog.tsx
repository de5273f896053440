// Many open applications decided together on the papers of each; those that could not be are named with their reason. Collected data are cited in single cases only.
import { Alert, Button, Form, InputNumber, Modal, Select } from "antd";
import type { ReactNode } from "react";
import type { BodyOf, ReplyOf } from "../../../core/route.ts";
import { decideMany, type listEntries } from "../../../modules/aid/contract.ts";
import { basisLabels, bases, collectedData, decisionLabels, decisionWhys, whyLabels } from "../../../modules/aid/rules.ts";
import { useCall } from "../../shared/data.ts";
import { DateField } from "../../shared/date-field.tsx";
import { today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { useMarks, usePhrases, useText } from "../../shared/words.ts";
import { aidWords } from "./words.ts";

type Row = ReplyOf<typeof listEntries>["rows"][number];
type Fields = Pick<BodyOf<typeof decideMany>, "decision" | "basis" | "why" | "from"> & { readonly amount?: number | null };
const onPaper = bases.filter((one) => !(collectedData as readonly string[]).includes(one));

/** @param rows open applications of one county */
export function DecideManyDialog({ scheme, rows, onDone }: { readonly scheme: string; readonly rows: readonly Row[]; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(aidWords);
  const mark = useMarks();
  const read = useText();
  const decide = useCall(decideMany, ["/api/aid", "/api/households"]);
  const [form] = Form.useForm<Fields>();
  const grants = (Form.useWatch("decision", form) ?? "grant") === "grant";
  const must = [{ required: true, message: say("required") }];
  const send = ({ from, amount, ...rest }: Fields): void =>
    decide.mutate({ body: { ...rest, scheme, county: rows[0]!.county, ...(grants && from && { from }), applications: rows.map(({ id }) => ({ id, ...(grants && typeof amount === "number" && { amount }) })) } });
  const { data: done } = decide;
  const nameOf = (id: string): string => {
    const row = rows.find((one) => one.id === id);
    return row ? `${row.name || "—"} ${read(row.itemLabel)}` : id;
  };
  return (
    <Modal open title={say("decideMany", { n: rows.length })} footer={null} onCancel={onDone} mask={{ closable: false }}>
      {done ? (
        <>
          <Alert role="status" data-decided={done.decided} type={done.refused.length > 0 ? "warning" : "success"} showIcon title={say("decidedMany", { n: done.decided, rest: done.refused.length })} />
          {done.refused.length > 0 ? <ul>{done.refused.map((one) => <li key={one.id} data-not-decided={one.problem}>{nameOf(one.id)}{mark.colon}{read(one.title)}</li>)}</ul> : null}
          <Button style={{ marginTop: 16 }} onClick={onDone}>{say("close")}</Button>
        </>
      ) : (
        <Form<Fields> form={form} layout="vertical" initialValues={{ decision: "grant", basis: ["application-papers"], why: "meets-conditions", from: today() }} onFinish={send}>
          <ProblemView error={decide.error} />
          <Form.Item name="decision" label={say("decision")} rules={must}><Select autoFocus options={(["grant", "refuse"] as const).map((value) => ({ value, label: read(decisionLabels[value]) }))} /></Form.Item>
          <Form.Item name="why" label={say("why")} rules={must}><Select options={decisionWhys.map((value) => ({ value, label: read(whyLabels[value]) }))} /></Form.Item>
          <Form.Item name="basis" label={say("basis")} rules={must} extra={say("basisOfMany")}>
            <Select mode="multiple" options={onPaper.map((value) => ({ value, label: read(basisLabels[value]) }))} />
          </Form.Item>
          {grants ? <Form.Item name="amount" label={say("amountOfEach")}><InputNumber min={0} precision={2} style={{ width: "100%" }} /></Form.Item> : null}
          {grants ? <Form.Item name="from" label={say("from")} rules={must}><DateField name="decision-from" /></Form.Item> : null}
          <FormEnd move="save-decisions" label={say("save")} busy={decide.isPending} onClose={onDone} />
        </Form>
      )}
    </Modal>
  );
}
