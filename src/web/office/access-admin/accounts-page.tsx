// Offices and accounts of the system administrator: tables, creating, moving, disabling.
import { App, Button, Input, Space, Table, Tabs } from "antd";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { closeOffice, listAccounts } from "../../../modules/access/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { useDepartments } from "../../shared/departments.ts";
import { count } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useMe } from "../../shared/session.ts";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { AccountForm } from "./account-form.tsx";
import { RenameForm } from "./account-moves.tsx";
import { accountsWith, departmentName } from "./accounts.ts";
import { AccountsTable } from "./accounts-table.tsx";
import { OfficeForm } from "./office-form.tsx";
import type { AccountSearch } from "./routes.ts";
import { adminWords } from "./words.ts";

type Data = ReplyOf<typeof listAccounts>;
type Office = Data["offices"][number];
const PAGES = { pageSize: 50, hideOnSinglePage: true, showSizeChanger: false } as const;

function OfficesTable({ data }: { readonly data: Data }): ReactNode {
  const say = usePhrases(adminWords);
  const read = useText();
  const lang = useLang();
  const { message } = App.useApp();
  const [naming, setNaming] = useState<Office>();
  const close = useCall(closeOffice, ["/api/accounts"]);
  const senders = useDepartments() ?? [];
  const people = (office: Office): number => data.accounts.filter((account) => account.office.id === office.id && !account.disabled).length;
  return (
    <>
      <ProblemView error={close.error} />
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
          { title: say("people"), key: "people", align: "right", render: (_, row) => <span className="number">{count(people(row), lang)}</span> },
          {
            title: "",
            key: "moves",
            render: (_, row) =>
              row.closed ? (
                <span className="quiet">{say("closed")}</span>
              ) : (
                <Space>
                  <Button data-move="rename-office" aria-label={say("renameWho", { name: row.name })} onClick={() => setNaming(row)}>{say("rename")}</Button>
                  {people(row) === 0 ? <Button data-move="close-office" aria-label={say("closeWho", { name: row.name })} onClick={() => close.mutate({ params: { id: row.id } }, { onSuccess: () => void message.success(say("officeClosed")) })}>{say("closeOffice")}</Button> : null}
                </Space>
              ),
          },
        ]}
      />
      {naming ? <RenameForm office={naming} onClose={() => setNaming(undefined)} /> : null}
    </>
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
        <Button data-move="by-roster" onClick={() => void navigate({ to: "/accounts/roster" })}>
          {say("byRoster")}
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
                        <AccountsTable data={data} rows={accountsWith(data.accounts, search.q ?? "")} me={me} />
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
