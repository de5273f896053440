// The table of accounts as the system administrator keeps it, with what can be done to each.
import { App, Button, Space, Table } from "antd";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { disableAccount, enableAccount, type listAccounts } from "../../../modules/access/contract.ts";
import { roles as roleTable } from "../../../modules/access/rules.ts";
import { useCall } from "../../shared/data.ts";
import { today } from "../../shared/figures.ts";
import type { Me } from "../../shared/session.ts";
import { Nothing, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { standingOf } from "./accounts.ts";
import { LastDayForm, OpenWork, TransferForm } from "./account-moves.tsx";
import { adminWords } from "./words.ts";

type Data = ReplyOf<typeof listAccounts>;
type Account = Data["accounts"][number];

export function AccountsTable({ data, rows, me }: { readonly data: Data; readonly rows: readonly Account[]; readonly me: Me | undefined }): ReactNode {
  const say = usePhrases(adminWords);
  const read = useText();
  const { modal, message } = App.useApp();
  const [moving, setMoving] = useState<{ readonly how: "transfer" | "last-day"; readonly account: Account }>();
  const disable = useCall(disableAccount, ["/api/accounts"]);
  const enable = useCall(enableAccount, ["/api/accounts"]);
  const ask = (account: Account): void =>
    void modal.confirm({
      title: say("sure", { name: account.name, login: account.login }),
      content: <><p>{say("sureHelp")}</p><OpenWork account={account.id} /></>,
      width: 560,
      okText: <span data-move="confirm-disable">{say("yes")}</span>,
      okButtonProps: { danger: true },
      cancelText: say("cancel"),
      autoFocusButton: "cancel",
      onOk: () => disable.mutate({ params: { id: account.id } }, { onSuccess: () => void message.success(say("done")) }),
    });
  const standing = (row: Account): ReactNode => {
    const found = standingOf(row, today());
    const words = found === "disabled" && row.disabledWhy === "idle" ? "idle" : found === "active" && !row.activated ? "notActivated" : found;
    return <span data-standing={found} className={found === "active" ? "" : "fault-explain"}>{say(words)}</span>;
  };
  const moves = (row: Account): ReactNode => {
    if (row.id === me?.account) return null;
    if (row.disabled) return <Button data-move="enable-account" aria-label={say("enableWho", { name: row.name })} onClick={() => enable.mutate({ params: { id: row.id } }, { onSuccess: () => void message.success(say("enabled")) })}>{say("enable")}</Button>;
    return (
      <Space>
        <Button data-move="transfer-account" aria-label={say("transferWho", { name: row.name })} onClick={() => setMoving({ how: "transfer", account: row })}>{say("transfer")}</Button>
        <Button data-move="last-day" aria-label={say("lastDayWho", { name: row.name })} onClick={() => setMoving({ how: "last-day", account: row })}>{say("lastDay")}</Button>
        <Button data-move="disable-account" aria-label={say("disableWho", { name: row.name })} loading={disable.isPending && disable.variables.params.id === row.id} onClick={() => ask(row)}>{say("disable")}</Button>
      </Space>
    );
  };
  return (
    <>
      <ProblemView error={disable.error ?? enable.error} />
      <Table<Account>
        size="small"
        rowKey="id"
        dataSource={[...rows]}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: <Nothing text={say("none")} /> }}
        columns={[
          { title: say("login"), key: "login", fixed: "left", render: (_, row) => <b data-account={row.login}>{row.login}</b> },
          { title: say("name"), key: "name", render: (_, row) => `${row.name}${row.id === me?.account ? say("you") : ""}` },
          { title: say("office"), key: "office", render: (_, row) => <span title={row.office.area.fullName}>{row.office.name}</span> },
          { title: say("roles"), key: "roles", render: (_, row) => row.rights.map((right) => (right.waiting ? say("waiting", { role: read(roleTable[right.role]?.label) || right.role }) : read(roleTable[right.role]?.label) || right.role)).join(punct.list) },
          { title: say("endsOn"), key: "ends", render: (_, row) => <span className="number">{row.endsOn}</span> },
          { title: say("state"), key: "state", render: (_, row) => standing(row) },
          { title: "", key: "moves", render: (_, row) => moves(row) },
        ]}
      />
      {moving?.how === "transfer" ? <TransferForm account={moving.account} offices={data.offices} onClose={() => setMoving(undefined)} /> : null}
      {moving?.how === "last-day" ? <LastDayForm account={moving.account} onClose={() => setMoving(undefined)} /> : null}
    </>
  );
}
