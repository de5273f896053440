// Agreements with departments: which are in force, entering one, revoking one with a reason.
import { App, Button, Form, Input, InputNumber, Modal, Select } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { isDate } from "../../../core/time.ts";
import { listAgreements, revokeAgreement, signAgreement } from "../../../modules/exchange/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { useDepartmentLabel, useDepartments } from "../../shared/departments.ts";
import { moment, today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { agreementLabels } from "./catalogue.ts";
import { catalogueWords } from "./catalogue-words.ts";
import { ReasonForm } from "./reason-form.tsx";

type Agreement = ReplyOf<typeof listAgreements>["rows"][number];
type Fields = { readonly department: string; readonly purpose: string; readonly fields: readonly string[]; readonly fromOn: string; readonly toOn: string; readonly document: string; readonly keepDays: number };
const REFRESHES = ["/api/agreements", "/api/catalogue"];

function SignForm({ campaign, onClose }: { readonly campaign: string; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(catalogueWords);
  const read = useText();
  const { message } = App.useApp();
  const departments = useDepartments() ?? [];
  const [form] = Form.useForm<Fields>();
  const sign = useCall(signAgreement, REFRESHES);
  const chosen = departments.find((one) => one.key === Form.useWatch("department", form));
  const required = [{ required: true, message: say("required") }];
  const text = [{ required: true, whitespace: true, min: 2, message: say("required") }];
  const dated = [...required, { validator: (_: unknown, value: string) => (!value || isDate(value) ? Promise.resolve() : Promise.reject(new Error(say("dateForm")))) }];
  const submit = (given: Fields): void =>
    sign.mutate({ body: { ...given, fields: [...given.fields], campaign } }, {
      onSuccess: () => {
        void message.success(say("signed"));
        onClose();
      },
    });
  return (
    <Modal open title={say("sign")} footer={null} width={680} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> form={form} layout="vertical" onFinish={submit} scrollToFirstError initialValues={{ fromOn: today(), keepDays: 180 }} onValuesChange={(changed) => "department" in changed && form.setFieldValue("fields", departments.find((one) => one.key === changed.department)?.fields.map((field) => field.key) ?? [])}>
        <ProblemView error={sign.error} />
        <Form.Item name="department" label={say("department")} rules={required}>
          <Select data-filter="department" options={departments.map((one) => ({ value: one.key, label: read(one.label) }))} />
        </Form.Item>
        <Form.Item name="purpose" label={say("purpose")} rules={text}>
          <Input name="purpose" maxLength={200} />
        </Form.Item>
        <Form.Item name="fields" label={say("fields")} extra={say("fieldsHelp")} rules={required}>
          <Select mode="multiple" data-filter="fields" options={(chosen?.fields ?? []).map((field) => ({ value: field.key, label: read(field.label) }))} optionFilterProp="label" />
        </Form.Item>
        <div style={{ display: "flex", gap: 16, flexWrap: "wrap" }}>
          <Form.Item name="fromOn" label={say("from")} rules={dated}>
            <Input name="fromOn" maxLength={10} style={{ width: 160 }} />
          </Form.Item>
          <Form.Item name="toOn" label={say("to")} rules={dated}>
            <Input name="toOn" maxLength={10} style={{ width: 160 }} />
          </Form.Item>
          <Form.Item name="keepDays" label={say("keepDays")} extra={say("keepHelp")} rules={required}>
            <InputNumber min={1} max={3650} precision={0} />
          </Form.Item>
        </div>
        <Form.Item name="document" label={say("document")} rules={[{ required: true, whitespace: true, message: say("required") }]}>
          <Input name="document" maxLength={100} />
        </Form.Item>
        <FormEnd move="sign-agreement" label={say("save")} busy={sign.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

export function AgreementsPanel({ campaign, maySign }: { readonly campaign: string; readonly maySign: boolean }): ReactNode {
  const say = usePhrases(catalogueWords);
  const read = useText();
  const labelOf = useDepartmentLabel();
  const query = useRoute(listAgreements, { query: { campaign } });
  const revoke = useCall(revokeAgreement, REFRESHES);
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Agreement>();
  return (
    <>
      {maySign ? (
        <Button type="primary" data-move="new-agreement" style={{ marginBottom: 12 }} onClick={() => setMaking(true)}>
          {say("sign")}
        </Button>
      ) : null}
      <Loaded query={query}>
        {(data) => (
          <RowTable<Agreement>
            rows={data.rows}
            empty={say("noAgreements")}
            columns={[
              { title: say("department"), key: "department", render: (_, row) => <b>{labelOf(row.department)}</b> },
              { title: say("stateCol"), key: "state", render: (_, row) => <span data-agreement={row.state} className={row.state === "in-force" ? "" : "fault-explain"}>{read(agreementLabels[row.state])}{row.revokedBecause === undefined ? "" : `${punct.colon}${row.revokedBecause}`}</span> },
              { title: say("validity"), key: "from", render: (_, row) => <span className="number">{row.fromOn}<br />– {row.toOn}</span> },
              { title: say("document"), key: "document", render: (_, row) => row.document },
              { title: say("purpose"), key: "purpose", render: (_, row) => <span style={{ display: "inline-block", maxWidth: 200, whiteSpace: "normal" }}>{row.purpose}</span> },
              { title: say("fields"), key: "fields", align: "right", render: (_, row) => <span className="number">{row.fields.length}</span> },
              { title: say("keepDays"), key: "keep", align: "right", render: (_, row) => <span className="number">{row.keepDays}</span> },
              { title: say("signedBy"), key: "signed", render: (_, row) => <><span className="number">{moment(row.at)}</span><div className="quiet" style={{ whiteSpace: "normal", maxWidth: 170 }}>{row.signedBy}</div></> },
              { title: "", key: "moves", fixed: "right", render: (_, row) => (maySign && row.state !== "revoked" ? <Button data-move="revoke-agreement" aria-label={say("revokeOf", { name: labelOf(row.department) })} onClick={() => setEnding(row)}>{say("revoke")}</Button> : null) },
            ]}
          />
        )}
      </Loaded>
      {making ? <SignForm campaign={campaign} onClose={() => setMaking(false)} /> : null}
      {ending ? (
        <ReasonForm
          title={say("revokeOf", { name: `${labelOf(ending.department)} ${ending.document}` })}
          help={say("revokeHelp")}
          move="confirm-revoke"
          label={say("revoke")}
          pending={revoke.isPending}
          error={revoke.error}
          onReason={(reason) => revoke.mutate({ params: { county: ending.county, id: ending.id }, body: { reason } }, { onSuccess: () => setEnding(undefined) })}
          onClose={() => setEnding(undefined)}
        />
      ) : null}
    </>
  );
}
