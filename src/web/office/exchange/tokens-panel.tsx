// Tokens with which departments' systems send lists: issued (shown once), how they are used, revoked.
import { Alert, Button, Form, Input, InputNumber, Modal, Select } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { isDate } from "../../../core/time.ts";
import { issueIntakeToken, listIntakeTokens, revokeIntakeToken } from "../../../modules/exchange/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { useDepartmentLabel, useDepartments } from "../../shared/departments.ts";
import { moment } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { catalogueWords } from "./catalogue-words.ts";

type Token = ReplyOf<typeof listIntakeTokens>["rows"][number];
type Fields = { readonly department: string; readonly label: string; readonly endsOn: string; readonly dailyRequests: number };
const REFRESHES = ["/api/intake-tokens"];

function IssueForm({ campaign, onClose }: { readonly campaign: string; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(catalogueWords);
  const read = useText();
  const departments = useDepartments() ?? [];
  const issue = useCall(issueIntakeToken, REFRESHES);
  const required = [{ required: true, message: say("required") }];
  const made = issue.data;
  if (made) {
    return (
      <Modal open title={say("tokenTitle")} footer={null} onCancel={onClose} closable={false} mask={{ closable: false }}>
        <Input.TextArea readOnly rows={2} data-token aria-label={say("tokenTitle")} value={made.token} onFocus={(event) => event.target.select()} />
        <p style={{ overflowWrap: "anywhere" }}>{say("tokenHelp", { department: made.view.department })}</p>
        <Button type="primary" data-move="token-kept" onClick={onClose}>
          {say("close")}
        </Button>
      </Modal>
    );
  }
  return (
    <Modal open title={say("issue")} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" initialValues={{ dailyRequests: 24 }} onFinish={(fields) => issue.mutate({ body: { campaign, ...fields, label: fields.label.trim() } })}>
        <ProblemView error={issue.error} />
        <Form.Item name="department" label={say("department")} rules={required}>
          <Select data-filter="department" options={departments.map((one) => ({ value: one.key, label: read(one.label) }))} />
        </Form.Item>
        <Form.Item name="label" label={say("label")} rules={[{ required: true, whitespace: true, message: say("required") }]}>
          <Input name="label" maxLength={80} />
        </Form.Item>
        <Form.Item name="endsOn" label={say("endsOn")} rules={[...required, { validator: (_: unknown, value: string) => (!value || isDate(value) ? Promise.resolve() : Promise.reject(new Error(say("dateForm")))) }]}>
          <Input name="endsOn" maxLength={10} style={{ width: 160 }} />
        </Form.Item>
        <Form.Item name="dailyRequests" label={say("dailyRequests")} rules={required}>
          <InputNumber min={1} max={10_000} precision={0} />
        </Form.Item>
        <FormEnd move="issue-token" label={say("issue")} busy={issue.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

export function TokensPanel({ campaign }: { readonly campaign: string }): ReactNode {
  const say = usePhrases(catalogueWords);
  const labelOf = useDepartmentLabel();
  const query = useRoute(listIntakeTokens, { query: { campaign } });
  const revoke = useCall(revokeIntakeToken, REFRESHES);
  const [making, setMaking] = useState(false);
  return (
    <>
      <Button type="primary" data-move="new-token" style={{ marginBottom: 12 }} onClick={() => setMaking(true)}>
        {say("issue")}
      </Button>
      {revoke.error ? <ProblemView error={revoke.error} /> : null}
      <Loaded query={query}>
        {(data) => (
          <RowTable<Token>
            rows={data.rows}
            empty={say("noTokens")}
            columns={[
              { title: say("department"), key: "department", render: (_, row) => <b>{labelOf(row.department)}</b> },
              { title: say("label"), key: "label", render: (_, row) => row.label },
              { title: say("endsOn"), key: "ends", render: (_, row) => <span className="number">{row.endsOn}</span> },
              { title: say("dailyRequests"), key: "daily", align: "right", render: (_, row) => <span className="number">{row.dailyRequests}</span> },
              { title: say("used"), key: "used", align: "right", render: (_, row) => <span className="number">{row.requests}</span> },
              { title: say("lastUse"), key: "last", render: (_, row) => <span className="number">{moment(row.lastAt)}</span> },
              { title: say("signedBy"), key: "by", render: (_, row) => <span><span className="number">{moment(row.at)}</span> {row.issuedBy}</span> },
              { title: "", key: "moves", fixed: "right", render: (_, row) => (row.revokedAt === undefined ? <Button data-move="revoke-token" aria-label={say("revokeOf", { name: row.label })} onClick={() => revoke.mutate({ params: { county: row.county, id: row.id } })}>{say("revoke")}</Button> : <Alert type="info" title={say("revoked")} style={{ padding: "2px 8px" }} />) },
            ]}
          />
        )}
      </Loaded>
      {making ? <IssueForm campaign={campaign} onClose={() => setMaking(false)} /> : null}
    </>
  );
}
