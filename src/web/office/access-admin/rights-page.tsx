// The security administrator's console: rights that wait for confirmation, and the rights of every account.
import { App, Button, Input, Modal, Space, Table, Tabs } from "antd";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { confirmRights, listAccounts, renewActivation, setRights, unlockAccount } from "../../../modules/access/contract.ts";
import { administrators, roles as roleTable } from "../../../modules/access/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { count } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { useMe } from "../../shared/session.ts";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { accountsWith } from "./accounts.ts";
import { linesFault, linesOf, rightsOf } from "./rights.ts";
import { RightsEditor } from "./rights-editor.tsx";
import { rightsWords } from "./rights-words.ts";
import { type Slip, SlipDialog } from "./slips.tsx";

type Data = ReplyOf<typeof listAccounts>;
type Account = Data["accounts"][number];
type Right = Account["rights"][number];
const PAGES = { pageSize: 50, hideOnSinglePage: true, showSizeChanger: false } as const;

/** One right in a line: role, schemes, last day, contract, and whether it waits. */
function useRightText(): (right: Right) => string {
  const say = usePhrases(rightsWords);
  const read = useText();
  return (right) =>
    [read(roleTable[right.role]?.label) || right.role, right.schemes?.join(punct.list), right.endsOn && say("untilDay", { day: right.endsOn }), right.contract, right.waiting ? say("wait") : undefined].filter(Boolean).join(" · ");
}

function RightsForm({ account, given, onClose }: { readonly account: Account; readonly given: readonly string[]; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(rightsWords);
  const { message } = App.useApp();
  const [lines, setLines] = useState(linesOf(account.rights));
  const set = useCall(setRights, ["/api/accounts"]);
  const fault = linesFault(lines);
  const send = (): void => set.mutate({ params: { id: account.id }, body: { rights: rightsOf(lines) } }, { onSuccess: () => (void message.success(say("saved")), onClose()) });
  return (
    <Modal open title={say("changeWho", { name: account.name })} footer={null} width={760} onCancel={onClose} mask={{ closable: false }}>
      <ProblemView error={set.error} />
      <p className="quiet">{say("changeHelp")}</p>
      <RightsEditor given={given} value={lines} onChange={setLines} />
      <p className="fault-explain" role="status" style={{ minHeight: 22 }}>{fault ? say(fault) : ""}</p>
      <FormEnd move="save-rights" label={say("save")} busy={set.isPending} onSend={() => (fault ? undefined : send())} onClose={onClose} />
    </Modal>
  );
}

function Waiting({ rows }: { readonly rows: readonly Account[] }): ReactNode {
  const say = usePhrases(rightsWords);
  const lang = useLang();
  const tell = useRightText();
  const { message } = App.useApp();
  const [dropped, setDropped] = useState<readonly string[]>([]);
  const settle = useCall(confirmRights, ["/api/accounts"]);
  const chosen = rows.filter((row) => !dropped.includes(row.id)).map((row) => row.id);
  const send = (confirm: boolean): void => settle.mutate({ body: { accounts: chosen, confirm } }, { onSuccess: ({ rights }) => void message.success(say(confirm ? "confirmed" : "refused", { n: count(rights, lang) })) });
  if (rows.length === 0) return <Nothing text={say("noneWaiting")} />;
  return (
    <>
      <ProblemView error={settle.error} />
      <Space style={{ marginBottom: 12 }}>
        <Button type="primary" data-move="confirm-rights" disabled={chosen.length === 0} loading={settle.isPending} onClick={() => send(true)}>{say("confirm", { n: count(chosen.length, lang) })}</Button>
        <Button data-move="refuse-rights" disabled={chosen.length === 0} onClick={() => send(false)}>{say("refuse", { n: count(chosen.length, lang) })}</Button>
      </Space>
      <Table<Account>
        size="small"
        rowKey="id"
        dataSource={[...rows]}
        pagination={false}
        rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => setDropped(rows.filter((row) => !keys.includes(row.id)).map((row) => row.id)), getCheckboxProps: (row) => ({ "aria-label": row.name }) }}
        columns={[
          { title: say("who"), key: "who", render: (_, row) => <span data-waiting={row.login}><b>{row.login}</b> {row.name}</span> },
          { title: say("office"), key: "office", render: (_, row) => <span title={row.office.area.fullName}>{row.office.name}</span> },
          { title: say("rights"), key: "rights", render: (_, row) => row.rights.filter((right) => right.waiting).map((right) => <div key={right.role}>{tell({ ...right, waiting: false })}</div>) },
          { title: say("askedBy"), key: "by", render: (_, row) => [...new Set(row.rights.filter((right) => right.waiting).map((right) => right.askedBy))].join(punct.list) },
        ]}
      />
    </>
  );
}

function AllAccounts({ data, find, onFind }: { readonly data: Data; readonly find: string; readonly onFind: (text: string) => void }): ReactNode {
  const say = usePhrases(rightsWords);
  const tell = useRightText();
  const me = useMe().data;
  const { message, modal } = App.useApp();
  const [changing, setChanging] = useState<Account>();
  const [slip, setSlip] = useState<Slip>();
  const unlock = useCall(unlockAccount, ["/api/accounts"]);
  const renew = useCall(renewActivation, ["/api/accounts"]);
  const isAdministrator = (row: Account): boolean => row.rights.some((right) => administrators.some((role) => role === right.role));
  const askRenewal = (row: Account): void =>
    void modal.confirm({
      title: say("renewWho", { name: row.name }),
      content: say("renewHelp"),
      okText: <span data-move="confirm-renew">{say("yes")}</span>,
      cancelText: say("cancel"),
      autoFocusButton: "cancel",
      onOk: () => renew.mutate({ params: { id: row.id } }, { onSuccess: (made) => setSlip({ login: row.login, name: row.name, office: row.office.name, ...made }) }),
    });
  return (
    <>
      <ProblemView error={unlock.error ?? renew.error} />
      <Input name="q" aria-label={say("find")} placeholder={say("find")} value={find} allowClear style={{ maxWidth: 360, marginBottom: 12 }} onChange={(event) => onFind(event.target.value)} />
      <Table<Account>
        size="small"
        rowKey="id"
        dataSource={[...accountsWith(data.accounts, find)]}
        pagination={PAGES}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: <Nothing text={say("none")} /> }}
        columns={[
          { title: say("who"), key: "who", fixed: "left", render: (_, row) => <span data-account={row.login}><b>{row.login}</b> {row.name}{row.id === me?.account ? say("you") : ""}</span> },
          { title: say("office"), key: "office", render: (_, row) => <span title={row.office.area.fullName}>{row.office.name}</span> },
          { title: say("rights"), key: "rights", render: (_, row) => (row.rights.length === 0 ? "—" : row.rights.map((right) => <div key={right.role}>{tell(right)}</div>)) },
          {
            title: "",
            key: "moves",
            render: (_, row) =>
              row.id === me?.account || row.disabled ? null : (
                <Space>
                  {isAdministrator(row) ? null : <Button data-move="change-rights" aria-label={say("changeWho", { name: row.name })} onClick={() => setChanging(row)}>{say("change")}</Button>}
                  <Button data-move="unlock" aria-label={say("unlockWho", { name: row.name })} onClick={() => unlock.mutate({ params: { id: row.id } }, { onSuccess: () => void message.success(say("unlocked")) })}>{say("unlock")}</Button>
                  {isAdministrator(row) && row.activated ? null : <Button data-move="renew-activation" aria-label={say("renewWho", { name: row.name })} onClick={() => askRenewal(row)}>{say("renew")}</Button>}
                </Space>
              ),
          },
        ]}
      />
      {changing ? <RightsForm account={changing} given={data.roles} onClose={() => setChanging(undefined)} /> : null}
      {slip ? <SlipDialog slip={slip} onClose={() => setSlip(undefined)} /> : null}
    </>
  );
}

export function RightsPage(): ReactNode {
  const say = usePhrases(rightsWords);
  const lang = useLang();
  const [find, setFind] = useState("");
  const query = useRoute(listAccounts, {});
  return (
    <main className="page">
      <PageHead title={say("title")} />
      <p className="quiet">{say("intro")}</p>
      <div className="panel">
        <Loaded query={query}>
          {(data) => {
            const waiting = data.accounts.filter((account) => !account.disabled && account.rights.some((right) => right.waiting));
            return (
              <Tabs
                items={[
                  { key: "waiting", label: say("waiting", { n: count(waiting.length, lang) }), children: <Waiting rows={waiting} /> },
                  { key: "all", label: say("all", { n: count(data.accounts.length, lang) }), children: <AllAccounts data={data} find={find} onFind={setFind} /> },
                ]}
              />
            );
          }}
        </Loaded>
      </div>
    </main>
  );
}
