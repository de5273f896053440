// The register of impact assessments: written by the lead, approved by another office, never deleted.
import { Button, Form, Input, Modal, Radio, Select, Space, Tag } from "antd";
import { type ReactNode, useState } from "react";
import type { BodyOf, ReplyOf } from "../../../core/route.ts";
import { addYears, isDate } from "../../../core/time.ts";
import { approveAssessment, endAssessment, listAssessments, writeAssessment } from "../../../modules/safeguards/contract.ts";
import { assessmentStateLabels, matterLabels, matters, MOST_YEARS, riskLabels, risks } from "../../../modules/safeguards/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment, today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { ReasonForm } from "../exchange/reason-form.tsx";
import { safeguardWords } from "./words.ts";

type Register = ReplyOf<typeof listAssessments>;
type Row = Register["rows"][number];
type Fields = BodyOf<typeof writeAssessment>;
const REFRESHES = ["/api/assessments"];
const tones = { "in-force": { color: "#135c27", background: "#eaf7ed" }, waiting: { color: "#5c3d00", background: "#fff1c2" }, ended: { color: "#4a5563", background: "#f0f2f5" } } as const;

function WriteForm({ schemes, onClose }: { readonly schemes: Register["schemes"]; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(safeguardWords);
  const read = useText();
  const write = useCall(writeAssessment, REFRESHES);
  const required = [{ required: true, whitespace: true, min: 2, message: say("needed") }];
  const day = [{ validator: (_: unknown, value: string) => (isDate(value ?? "") ? Promise.resolve() : Promise.reject(new Error(say("date")))) }];
  const long = (name: "purpose" | "effect" | "measures"): ReactNode => (
    <Form.Item name={name} label={say(name)} rules={required}>
      <Input.TextArea name={name} maxLength={2000} autoSize={{ minRows: 2 }} />
    </Form.Item>
  );
  return (
    <Modal open width={720} title={say("write")} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" initialValues={{ matter: "sharing", risk: "medium", madeOn: today(), untilOn: addYears(today(), MOST_YEARS) }} onFinish={({ scheme, ...given }) => write.mutate({ body: { ...given, ...(scheme && { scheme }) } }, { onSuccess: onClose })}>
        <ProblemView error={write.error} />
        <Form.Item name="matter" label={say("matter")} rules={[{ required: true, message: say("needed") }]}>
          <Radio.Group options={matters.map((one) => ({ value: one, label: read(matterLabels[one]) }))} />
        </Form.Item>
        <Form.Item name="scheme" label={say("scheme")}>
          <Select allowClear data-filter="scheme" options={schemes.map(({ key, label }) => ({ value: key, label: read(label) }))} />
        </Form.Item>
        <Form.Item name="title" label={say("name")} rules={required}>
          <Input name="title" maxLength={200} />
        </Form.Item>
        {long("purpose")}
        {long("effect")}
        {long("measures")}
        <Form.Item name="risk" label={say("risk")} rules={[{ required: true, message: say("needed") }]}>
          <Radio.Group options={risks.map((one) => ({ value: one, label: read(riskLabels[one]) }))} />
        </Form.Item>
        <Space size={16} wrap>
          <Form.Item name="madeOn" label={say("madeOn")} rules={day}>
            <Input name="madeOn" maxLength={10} />
          </Form.Item>
          <Form.Item name="untilOn" label={say("untilOn")} rules={day}>
            <Input name="untilOn" maxLength={10} />
          </Form.Item>
        </Space>
        <FormEnd move="send-assessment" label={say("write")} busy={write.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

function Moves({ row }: { readonly row: Row }): ReactNode {
  const say = usePhrases(safeguardWords);
  const [mayWrite, mayApprove] = [useMay("assessment.write"), useMay("assessment.approve")];
  const [ending, setEnding] = useState(false);
  const approve = useCall(approveAssessment, REFRESHES);
  const end = useCall(endAssessment, REFRESHES);
  const params = { id: row.id };
  return (
    <Space>
      <ProblemView error={approve.error} />
      {mayApprove && row.state === "waiting" && !row.mine ? <Button type="primary" data-move="approve-assessment" loading={approve.isPending} onClick={() => approve.mutate({ params, body: {} })}>{say("approve")}</Button> : null}
      {mayWrite && row.state !== "ended" ? <Button data-move="end-assessment" aria-label={say("endOf", { title: row.title })} onClick={() => setEnding(true)}>{say("end")}</Button> : null}
      {ending ? <ReasonForm title={say("end")} help={say("endHelp")} move="send-end" label={say("end")} pending={end.isPending} error={end.error} onReason={(reason) => end.mutate({ params, body: { reason } }, { onSuccess: () => setEnding(false) })} onClose={() => setEnding(false)} /> : null}
    </Space>
  );
}

export function AssessmentsPage(): ReactNode {
  const say = usePhrases(safeguardWords);
  const read = useText();
  const mayWrite = useMay("assessment.write");
  const [writing, setWriting] = useState(false);
  const query = useRoute(listAssessments, {});
  return (
    <main className="page">
      <PageHead title={say("assessments")}>
        <span className="spread" />
        {mayWrite ? <Button type="primary" data-move="write-assessment" onClick={() => setWriting(true)}>{say("write")}</Button> : null}
      </PageHead>
      <p className="quiet">{say("assessmentsHelp")}</p>
      <div className="panel">
        <Loaded query={query}>
          {({ rows, schemes }) => (
            <>
              <RowTable<Row>
                rows={rows}
                empty={say("none")}
                wraps
                columns={[
                  { title: say("matter"), key: "matter", render: (_, row) => <>{read(matterLabels[row.matter])}<div className="quiet">{row.scheme === undefined ? say("all") : read(schemes.find((one) => one.key === row.scheme)?.label)}</div></> },
                  { title: say("name"), key: "title", render: (_, row) => <details><summary>{row.title}</summary><p>{say("purpose")}{punct.colon}{row.purpose}</p><p>{say("effect")}{punct.colon}{row.effect}</p><p>{say("measures")}{punct.colon}{row.measures}</p></details> },
                  { title: say("risk"), key: "risk", render: (_, row) => read(riskLabels[row.risk]) },
                  { title: say("untilOn"), key: "until", render: (_, row) => <span className="number">{row.madeOn} – {row.untilOn}</span> },
                  { title: say("by"), key: "by", render: (_, row) => <>{row.written.by}<div className="quiet">{row.approved ? `${say("approvedBy")} ${row.approved.by}` : ""}</div></> },
                  { title: say("state"), key: "state", render: (_, row) => <><Tag data-assessment={row.state} style={tones[row.state]}>{read(assessmentStateLabels[row.state])}</Tag>{row.ended ? <div className="quiet">{say("ended", { by: row.ended.by, at: moment(row.ended.at), because: row.ended.because })}</div> : null}</> },
                  { title: "", key: "moves", render: (_, row) => <Moves row={row} /> },
                ]}
              />
              {writing ? <WriteForm schemes={schemes} onClose={() => setWriting(false)} /> : null}
            </>
          )}
        </Loaded>
      </div>
    </main>
  );
}
