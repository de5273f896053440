// Dialogs of the system administrator: another office for an account, another last day, another name for an office.
import { App, Form, Input, Modal, Select } from "antd";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { parseDate } from "../../../core/time.ts";
import { endAccount, type listAccounts, openWork, renameOffice, transferAccount } from "../../../modules/access/contract.ts";
import { openWorkKinds } from "../../../modules/access/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { Loading, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { endFault } from "./accounts.ts";
import { adminWords } from "./words.ts";

type Data = ReplyOf<typeof listAccounts>;
type Account = Data["accounts"][number];
type Office = Data["offices"][number];

export function TransferForm({ account, offices, onClose }: { readonly account: Account; readonly offices: readonly Office[]; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(adminWords);
  const { message } = App.useApp();
  const move = useCall(transferAccount, ["/api/accounts"]);
  const others = offices.filter((office) => !office.closed && office.id !== account.office.id);
  const submit = ({ officeId }: { readonly officeId: string }): void =>
    move.mutate({ params: { id: account.id }, body: { officeId } }, { onSuccess: () => (void message.success(say("moved")), onClose()) });
  return (
    <Modal open title={say("transferWho", { name: account.name })} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form layout="vertical" onFinish={submit}>
        <ProblemView error={move.error} />
        <p className="quiet">{say("transferHelp")}</p>
        <OpenWork account={account.id} />
        <Form.Item name="officeId" label={say("newOfficeOf")} rules={[{ required: true, message: say("required") }]}>
          <Select data-filter="office" showSearch={{ optionFilterProp: "label" }} options={others.map((office) => ({ value: office.id, label: office.name }))} />
        </Form.Item>
        <FormEnd move="confirm-transfer" label={say("transfer")} busy={move.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

/** What somebody leaves behind who is moved or disabled, kind by kind, and who goes on with it. */
export function OpenWork({ account }: { readonly account: string }): ReactNode {
  const say = usePhrases(adminWords);
  const read = useText();
  const { data, error } = useRoute(openWork, { params: { id: account } });
  if (error) return <ProblemView error={error} />;
  if (!data) return <Loading />;
  return (
    <section aria-label={say("openWork", { office: data.office })} data-open-work={data.kinds.length}>
      <b>{say("openWork", { office: data.office })}</b>
      {data.kinds.length === 0 ? <p className="quiet">{say("noOpenWork")}</p> : null}
      <ul style={{ paddingInlineStart: 20 }}>
        {data.kinds.map(({ kind, number, others }) => (
          <li key={kind} data-kind={kind}>
            {read(openWorkKinds[kind].label)}{punct.colon}<b className="number">{number}</b>{punct.comma}{read(openWorkKinds[kind].goes)}
            {others === undefined ? null : <span className={others === 0 ? "fault-explain" : "quiet"}>{punct.inside(others === 0 ? say("openWorkNobody") : say("openWorkOthers", { n: others }))}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function LastDayForm({ account, onClose }: { readonly account: Account; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(adminWords);
  const { message } = App.useApp();
  const set = useCall(endAccount, ["/api/accounts"]);
  const check = (_: unknown, value: string | undefined): Promise<void> => {
    const fault = endFault(value ?? "", today());
    return fault ? Promise.reject(new Error(say(fault))) : Promise.resolve();
  };
  const submit = ({ endsOn }: { readonly endsOn: string }): void =>
    set.mutate({ params: { id: account.id }, body: { endsOn: parseDate(endsOn.trim()) ?? endsOn } }, { onSuccess: () => (void message.success(say("lastDaySaved")), onClose()) });
  return (
    <Modal open title={say("lastDayWho", { name: account.name })} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form layout="vertical" onFinish={submit} initialValues={{ endsOn: account.endsOn }}>
        <ProblemView error={set.error} />
        <Form.Item name="endsOn" label={say("endsOn")} extra={say("endsHelp")} rules={[{ validator: check }]}>
          <Input name="last-day" maxLength={20} autoComplete="off" />
        </Form.Item>
        <FormEnd move="save-last-day" label={say("save")} busy={set.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

export function RenameForm({ office, onClose }: { readonly office: Office; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(adminWords);
  const { message } = App.useApp();
  const rename = useCall(renameOffice, ["/api/accounts"]);
  const submit = ({ name }: { readonly name: string }): void =>
    rename.mutate({ params: { id: office.id }, body: { name: name.trim() } }, { onSuccess: () => (void message.success(say("renamed")), onClose()) });
  return (
    <Modal open title={say("renameWho", { name: office.name })} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form layout="vertical" onFinish={submit} initialValues={{ name: office.name }}>
        <ProblemView error={rename.error} />
        <Form.Item name="name" label={say("officeName")} rules={[{ required: true, whitespace: true, message: say("required") }]}>
          <Input name="new-office-name" maxLength={80} />
        </Form.Item>
        <FormEnd move="save-office-name" label={say("save")} busy={rename.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}
