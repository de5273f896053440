// Offices and accounts of the administrator: tables, creating, disabling.
import { App, Button, Input, Table, Tabs } from "antd";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { disableAccount, listAccounts } from "../../../modules/access/contract.ts";
import { roles as roleTable } from "../../../modules/access/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { useDepartments } from "../../shared/departments.ts";
import { count, today } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { type Me, useMe } from "../../shared/session.ts";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { AccountForm } from "./account-form.tsx";
import { accountsWith, departmentName, standingOf } from "./accounts.ts";
import { OfficeForm } from "./office-form.tsx";
import type { AccountSearch } from "./routes.ts";
import { adminWords } from "./words.ts";

type Data = ReplyOf<typeof listAccounts>;
type Account = Data["accounts"][number];
type Office = Data["offices"][number];
const PAGES = { pageSize: 50, hideOnSinglePage: true, showSizeChanger: false } as const;

function AccountsTable({ rows, me }: { readonly rows: readonly Account[]; readonly me: Me | undefined }): ReactNode {
  const say = usePhrases(adminWords);
  const read = useText();
  const { modal, message } = App.useApp();
  const disable = useCall(disableAccount, ["/api/accounts"]);
  const ask = (account: Account): void =>
    void modal.confirm({
      title: say("sure", { name: account.name, login: account.login }),
      content: say("sureHelp"),
      okText: <span data-move="confirm-disable">{say("yes")}</span>,
      okButtonProps: { danger: true },
      cancelText: say("cancel"),
      autoFocusButton: "cancel",
      onOk: () => disable.mutate({ params: { id: account.id } }, { onSuccess: () => void message.success(say("done")) }),
    });
  return (
    <>
      <ProblemView error={disable.error} />
      <Table<Account>
        size="small"
        rowKey="id"
        dataSource={[...rows]}
        pagination={PAGES}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: <Nothing text={say("none")} /> }}
        columns={[
          { title: say("login"), key: "login", fixed: "left", render: (_, row) => <b data-account={row.login}>{row.login}</b> },
          { title: say("name"), key: "name", render: (_, row) => `${row.name}${row.id === me?.account ? say("you") : ""}` },
          { title: say("office"), key: "office", render: (_, row) => <span title={row.office.area.fullName}>{row.office.name}</span> },
          { title: say("roles"), key: "roles", render: (_, row) => row.roles.map((role) => read(roleTable[role]?.label) || role).join("、") },
          { title: say("endsOn"), key: "ends", render: (_, row) => <span className="number">{row.endsOn}</span> },
          {
            title: say("state"),
            key: "state",
            render: (_, row) => {
              const standing = standingOf(row, today());
              return (
                <span data-standing={standing} className={standing === "active" ? "" : "fault-explain"}>
                  {say(standing)}
                </span>
              );
            },
          },
          {
            title: "",
            key: "moves",
            render: (_, row) =>
              row.disabled || row.id === me?.account ? null : (
                <Button size="middle" data-move="disable-account" aria-label={say("disableWho", { name: row.name })} loading={disable.isPending && disable.variables.params.id === row.id} onClick={() => ask(row)}>
                  {say("disable")}
                </Button>
              ),
          },
        ]}
      />
    </>
  );
}

function OfficesTable({ data }: { readonly data: Data }): ReactNode {
  const say = usePhrases(adminWords);
  const read = useText();
  const lang = useLang();
  const senders = useDepartments() ?? [];
  return (
    <Table<Office>
      size="small"
      rowKey="id"
      dataSource={data.offices}
      pagination={PAGES}
      scroll={{ x: "max-content" }}
      locale={{ emptyText: <Nothing text={say("noOffices")} /> }}
      columns={[
        { title: say("officeName"), key: "name", render: (_, row) => <span data-office={row.id}>{row.name}</span> },
        { title: say("department"), key: "department", render: (_, row) => read(departmentName(row.department, senders)) },
        { title: say("area"), key: "area", render: (_, row) => row.area.fullName },
        { title: say("people"), key: "people", align: "right", render: (_, row) => <span className="number">{count(data.accounts.filter((account) => account.office.id === row.id).length, lang)}</span> },
      ]}
    />
  );
}

export function AccountsPage(): ReactNode {
  const say = usePhrases(adminWords);
  const lang = useLang();
  const search = useSearch({ from: "/shell/accounts" });
  const navigate = useNavigate();
  const me = useMe().data;
  const query = useRoute(listAccounts, {});
  const go = (change: Partial<AccountSearch>, replace = false): void => void navigate({ to: "/accounts", search: { ...search, ...change }, replace });
  const close = (): void => go({ make: undefined });
  return (
    <main className="page">
      <PageHead title={say("title")}>
        <span className="spread" />
        <Button data-move="new-office" onClick={() => go({ make: "office" })}>
          {say("newOffice")}
        </Button>
        <Button type="primary" data-move="new-account" onClick={() => go({ make: "account" })}>
          {say("newAccount")}
        </Button>
      </PageHead>
      <div className="panel">
        <Loaded query={query}>
          {(data) => (
            <>
              <Tabs
                activeKey={search.tab ?? "accounts"}
                onChange={(key) => go({ tab: key === "offices" ? "offices" : undefined })}
                items={[
                  {
                    key: "accounts",
                    label: say("accounts", { n: count(data.accounts.length, lang) }),
                    children: (
                      <>
                        <Input name="q" aria-label={say("find")} placeholder={say("find")} value={search.q ?? ""} allowClear style={{ maxWidth: 360, marginBottom: 12 }} onChange={(event) => go({ q: event.target.value === "" ? undefined : event.target.value }, true)} />
                        <AccountsTable rows={accountsWith(data.accounts, search.q ?? "")} me={me} />
                      </>
                    ),
                  },
                  { key: "offices", label: say("offices", { n: count(data.offices.length, lang) }), children: <OfficesTable data={data} /> },
                ]}
              />
              {search.make === "account" ? <AccountForm data={data} onClose={close} /> : null}
            </>
          )}
        </Loaded>
        {search.make === "office" && me ? <OfficeForm within={me.area.code} onClose={close} /> : null}
      </div>
    </main>
  );
}
