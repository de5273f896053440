// A household's line of aid: applications of every department with their decisions, deliveries and what collected data may be cited; applying and deciding.
import { Alert, App, Button, Form, InputNumber, Modal, Popconfirm, Select, Tag } from "antd";
import { type ReactNode, useState } from "react";
import type { BodyOf, ReplyOf } from "../../../core/route.ts";
import { applyForAid, decideAid, getAidPlan, type getHousehold, withdrawAid } from "../../../modules/aid/contract.ts";
import { applicationLabels, bases, basisLabels, collectedData, type Decision, decisionLabels, decisionWhys, type Via, viaLabels, vias, whyLabels } from "../../../modules/aid/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { DateField } from "../../shared/date-field.tsx";
import { today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { useMarks, usePhrases, useText } from "../../shared/words.ts";
import { useOfDataWords } from "./change-words.ts";
import { standing } from "./standing.ts";
import { UseDialog, Uses } from "./use-dialog.tsx";
import { useCount } from "./use-count.ts";
import { aidWords } from "./words.ts";

type View = ReplyOf<typeof getHousehold>;
type Line = View["aid"][number];
const REFRESHES = ["/api/households", "/api/aid"];

function ApplyDialog({ view, onDone }: { readonly view: View; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(aidWords);
  const read = useText();
  const { message } = App.useApp();
  const apply = useCall(applyForAid, REFRESHES);
  const plan = useRoute(getAidPlan, { query: { scheme: view.scheme } });
  const { county, id } = view.household;
  const must = [{ required: true, message: say("required") }];
  const members = standing(view);
  type Fields = { readonly item: string; readonly via: Via; readonly member?: number; readonly appliedOn: string };
  const saved = (): void => { void message.success(say("saved")); onDone(); };
  const send = ({ member, ...rest }: Fields): void =>
    apply.mutate({ body: { county, household: id, ...rest, ...(member !== undefined && { member }) } }, { onSuccess: saved });
  return (
    <Modal open title={say("apply")} footer={null} onCancel={onDone} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" initialValues={{ via: "window", appliedOn: today() }} onFinish={send}>
        <ProblemView error={apply.error ?? plan.error} />
        <Form.Item name="item" label={say("item")} rules={must}>
          <Select autoFocus loading={plan.isPending} showSearch={{ optionFilterProp: "label" }} options={(plan.data?.items ?? []).map((item) => ({ value: item.key, label: read(item.label) }))} />
        </Form.Item>
        <Form.Item name="via" label={say("via")} rules={must}><Select options={vias.map((value) => ({ value, label: read(viaLabels[value]) }))} /></Form.Item>
        <Form.Item name="member" label={say("forMember")}>
          <Select allowClear options={members.map((member) => ({ value: member.no, label: `${member.no}. ${member.name}` }))} />
        </Form.Item>
        <Form.Item name="appliedOn" label={say("appliedDay")} rules={must}><DateField name="applied-on" /></Form.Item>
        <FormEnd move="save-application" label={say("save")} busy={apply.isPending} onClose={onDone} />
      </Form>
    </Modal>
  );
}

const isCollected = (basis: (typeof bases)[number]): boolean => (collectedData as readonly string[]).includes(basis);

function DecideDialog({ view, line, onDone }: { readonly view: View; readonly line: Line; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(aidWords);
  const mark = useMarks();
  const sayUse = usePhrases(useOfDataWords);
  const read = useText();
  const decide = useCall(decideAid, REFRESHES);
  const choices: readonly Decision[] = line.state === "open" ? ["grant", "refuse"] : line.recheckOn ? ["continue", "change", "stop"] : ["change", "stop"];
  type Fields = Pick<BodyOf<typeof decideAid>, "decision" | "basis" | "why" | "from" | "to"> & { readonly amount?: number | null };
  const [form] = Form.useForm<Fields>();
  const decision = Form.useWatch("decision", form) ?? choices[0];
  const gives = decision === "grant" || decision === "change";
  const must = [{ required: true, message: say("required") }];
  const plan = useRoute(getAidPlan, { query: { scheme: view.scheme } });
  const exclusive = plan.data?.items.find((item) => item.key === line.item)?.exclusiveWith ?? [];
  const beside = view.aid.filter((one) => one.application !== line.application && one.state === "granted" && exclusive.includes(one.item));
  const mayCite = (basis: (typeof bases)[number]): boolean => !isCollected(basis) || line.uses.some((use) => use.data === basis && use.allowed === true);
  const send = ({ from, to, amount, ...rest }: Fields): void =>
    decide.mutate({ params: { county: view.household.county, id: line.application }, body: { ...rest, ...(from && { from }), ...(to && { to }), ...(typeof amount === "number" && { amount }) } }, { onSuccess: onDone });
  return (
    <Modal open title={`${say("decide")}${mark.colon}${read(line.itemLabel)}`} footer={null} onCancel={onDone} mask={{ closable: false }}>
      <Form<Fields> form={form} layout="vertical" initialValues={{ decision: choices[0], basis: ["application-papers"], why: choices[0] === "change" ? "recalculated" : "meets-conditions", from: today() }} onFinish={send}>
        <ProblemView error={decide.error} />
        {beside.length > 0 ? <Alert type="warning" showIcon style={{ marginBottom: 16 }} data-exclusive title={say("exclusive", { items: beside.map((one) => read(one.itemLabel)).join(mark.list) })} /> : null}
        <Form.Item name="decision" label={say("decision")} rules={must}><Select autoFocus options={choices.map((value) => ({ value, label: read(decisionLabels[value]) }))} /></Form.Item>
        <Form.Item name="why" label={say("why")} rules={must}><Select options={decisionWhys.map((value) => ({ value, label: read(whyLabels[value]) }))} /></Form.Item>
        <Form.Item name="basis" label={say("basis")} rules={must}>
          <Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={bases.map((value) => ({ value, disabled: !mayCite(value), label: `${read(basisLabels[value])}${mayCite(value) ? "" : sayUse("notAllowed")}` }))} />
        </Form.Item>
        {gives ? <Form.Item name="amount" label={say("amount")}><InputNumber min={0} precision={2} style={{ width: "100%" }} /></Form.Item> : null}
        {decision === "continue" ? <p className="quiet">{say("goesOn")}</p> : <Form.Item name="from" label={say(decision === "stop" ? "stopsOn" : "from")}><DateField name="decision-from" /></Form.Item>}
        {gives ? <Form.Item name="to" label={say("to")}><DateField name="decision-to" /></Form.Item> : null}
        <FormEnd move="save-decision" label={say("save")} busy={decide.isPending} onClose={onDone} />
      </Form>
    </Modal>
  );
}

/** State, decisions and the uses of collected data of one application. */
function Result({ line, county }: { readonly line: Line; readonly county: number }): ReactNode {
  const say = usePhrases(aidWords);
  const mark = useMarks();
  const count = useCount();
  const read = useText();
  return (
    <span data-application={line.state}>
      {read(applicationLabels[line.state])} {line.late ? <Tag color="error">{say("late")}</Tag> : null}
      {line.state === "open" ? <div className="quiet">{say("due")} {line.dueOn}</div> : null}
      {line.recheckOn ? <div className="quiet" data-recheck={line.recheckOn < today() ? "overdue" : "due"}>{say("recheckBy")} {line.recheckOn} {line.recheckOn < today() ? <Tag color="error">{say("notRechecked")}</Tag> : null}</div> : null}
      {line.decisions.map((one) => (
        <div key={one.id} className="quiet">
          {one.on} {read(decisionLabels[one.decision])}{one.amount ? ` ${say("yuan", { n: count(one.amount) })}` : ""} · {one.by}
          <div>{say("basis")}{mark.colon}{one.basis.map((each) => read(basisLabels[each])).join(mark.list)}{one.why ? `${mark.semicolon}${read(whyLabels[one.why])}` : ""}</div>
        </div>
      ))}
      <Uses county={county} line={line} />
    </span>
  );
}

/** How often and how much was delivered, and how often it was taken back. */
function Given({ line: { deliveries } }: { readonly line: Line }): ReactNode {
  const say = usePhrases(aidWords);
  const count = useCount();
  const stand = deliveries.filter((one) => !one.takenBack);
  const back = deliveries.length - stand.length;
  // What comes in kind or as a service has no amount.
  const sum = stand.reduce((total, one) => total + one.amount, 0);
  return (
    <>
      {stand.length === 0 ? "—" : sum === 0 ? say("timesOnly", { n: stand.length }) : say("times", { n: stand.length, sum: count(sum) })}
      {back > 0 ? <div className="quiet">{say("timesBack", { n: back })}</div> : null}
    </>
  );
}

type Asked = { readonly what: "apply" } | { readonly what: "decide" | "use"; readonly line: Line };

export function AidLine({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(aidWords);
  const sayUse = usePhrases(useOfDataWords);
  const read = useText();
  const [enters, decides] = [useMay("aid.enter"), useMay("aid.decide")];
  const [asked, setAsked] = useState<Asked>();
  const { county } = view.household;
  const close = (): void => setAsked(undefined);
  const withdraw = useCall(withdrawAid, REFRESHES);
  return (
    <section className="panel" aria-label={say("line")}>
      <h2>{say("line")}</h2>
      {enters && view.household.registered && !view.household.endedOn ? <Button data-action="apply" style={{ marginBottom: 12 }} onClick={() => setAsked({ what: "apply" })}>{say("apply")}</Button> : null}
      <ProblemView error={withdraw.error} />
      <RowTable<Line>
        rows={view.aid}
        rowKey="application"
        empty={say("noAid")}
        wraps
        columns={[
          { title: say("item"), key: "item", render: (_, row) => <>{read(row.itemLabel)}<div className="quiet">{read(row.departmentLabel)}</div></> },
          { title: say("appliedOn"), key: "applied", render: (_, row) => <><span className="number">{row.appliedOn}</span><div className="quiet">{read(viaLabels[row.via])}</div></> },
          { title: say("result"), key: "result", width: "40%", render: (_, row) => <Result line={row} county={county} /> },
          { title: say("delivered"), key: "delivered", render: (_, row) => <Given line={row} /> },
          {
            title: "", key: "act",
            render: (_, row) => (
              <span style={{ display: "flex", flexWrap: "wrap", gap: 6 }}>
                {decides && (row.state === "open" || row.state === "granted") ? <Button size="small" data-decide={row.item} onClick={() => setAsked({ what: "decide", line: row })}>{say("decide")}</Button> : null}
                {enters && (row.state === "open" || row.state === "granted") ? <Button size="small" data-ask-use={row.item} onClick={() => setAsked({ what: "use", line: row })}>{sayUse("ask")}</Button> : null}
                {enters && row.state === "open" ? (
                  <Popconfirm title={say("withdrawSure")} okText={say("withdraw")} cancelText={say("keep")} onConfirm={() => withdraw.mutate({ params: { county, id: row.application }, body: {} })}>
                    <Button size="small" data-withdraw={row.item}>{say("withdraw")}</Button>
                  </Popconfirm>
                ) : null}
              </span>
            ),
          },
        ]}
      />
      {asked?.what === "apply" ? <ApplyDialog view={view} onDone={close} /> : null}
      {asked?.what === "decide" ? <DecideDialog view={view} line={asked.line} onDone={close} /> : null}
      {asked?.what === "use" ? <UseDialog county={county} line={asked.line} onDone={close} /> : null}
    </section>
  );
}
