// A new account: who, in which office, until when, and which rights are asked for; its activation code is shown once.
import { Form, Input, Modal, Select } from "antd";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { parseDate } from "../../../core/time.ts";
import { createAccount, type listAccounts } from "../../../modules/access/contract.ts";
import { useCall } from "../../shared/data.ts";
import { useDepartments } from "../../shared/departments.ts";
import { today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { departmentName, endFault, LOGIN, usualEnd } from "./accounts.ts";
import { linesFault, type RightLine, rightsOf } from "./rights.ts";
import { RightsEditor } from "./rights-editor.tsx";
import { rightsWords } from "./rights-words.ts";
import { type Slip, SlipDialog } from "./slips.tsx";
import { adminWords } from "./words.ts";

type Fields = { readonly login: string; readonly name: string; readonly officeId: string; readonly rights: readonly RightLine[]; readonly endsOn: string };

export function AccountForm({ data, onClose }: { readonly data: ReplyOf<typeof listAccounts>; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(adminWords);
  const read = useText();
  const sayRight = usePhrases(rightsWords);
  const [slip, setSlip] = useState<Slip>();
  const [form] = Form.useForm<Fields>();
  const held = (Form.useWatch("rights", form) ?? []).map((line) => line.role);
  const senders = useDepartments() ?? [];
  const make = useCall(createAccount, ["/api/accounts"]);
  const required = [{ required: true, message: say("required") }];
  const submit = (fields: Fields): void =>
    make.mutate({ body: { officeId: fields.officeId, login: fields.login.trim(), name: fields.name.trim(), endsOn: parseDate(fields.endsOn.trim()) ?? fields.endsOn, rights: rightsOf(fields.rights) } }, {
      onSuccess: ({ account, activation }) => setSlip({ login: account.login, name: account.name, office: account.office.name, ...activation }),
    });
  const checkRights = (_: unknown, lines: readonly RightLine[]): Promise<void> => {
    const fault = linesFault(lines);
    return fault ? Promise.reject(new Error(sayRight(fault))) : Promise.resolve();
  };
  const checkEnd = (_: unknown, value: string | undefined): Promise<void> => {
    const fault = endFault(value ?? "", today());
    return fault ? Promise.reject(new Error(say(fault))) : Promise.resolve();
  };
  if (slip) return <SlipDialog slip={slip} onClose={onClose} />;
  return (
    <Modal open title={say("newAccount")} footer={null} width={760} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> form={form} layout="vertical" onFinish={submit} scrollToFirstError initialValues={{ endsOn: usualEnd(today()), rights: [] }}>
        <ProblemView error={make.error} />
        <Form.Item name="officeId" label={say("office")} rules={required}>
          <Select data-filter="office" showSearch={{ optionFilterProp: "label" }} options={data.offices.filter((office) => !office.closed).map((office) => ({ value: office.id, label: `${office.name} · ${read(departmentName(office.department, senders))}` }))} />
        </Form.Item>
        <Form.Item name="name" label={say("name")} rules={[{ required: true, whitespace: true, message: say("required") }]}>
          <Input name="name" maxLength={50} autoComplete="off" />
        </Form.Item>
        <Form.Item name="login" label={say("login")} extra={say("loginHelp")} rules={[...required, { pattern: LOGIN, message: say("loginHelp") }]}>
          <Input name="login" maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="rights" label={say("wishes")} extra={held.includes("contact") ? say("contactHelp") : say("rolesHelp")} rules={[{ validator: checkRights }]}>
          <RightsEditor given={data.roles} />
        </Form.Item>
        <Form.Item name="endsOn" label={say("endsOn")} extra={say("endsHelp")} rules={[{ validator: checkEnd }]}>
          <Input name="endsOn" maxLength={20} style={{ maxWidth: 220 }} autoComplete="off" />
        </Form.Item>
        <FormEnd move="create-account" label={say("create")} busy={make.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}
