// Find a person by name, pinyin, initials or ID number; what was asked stays with the browser's history and is in no address.
import { Button, Form, Input } from "antd";
import { Link, useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { searchPeople } from "../../../modules/records/contract.ts";
import { useRoute } from "../../shared/data.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useCampaign, useMay, useScheme } from "../../shared/session.ts";
import { Nothing, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases } from "../../shared/words.ts";
import { PeopleTable } from "./people-table.tsx";
import { peopleWords } from "./words.ts";

export function PeoplePage(): ReactNode {
  const say = usePhrases(peopleWords);
  const { area } = useSearch({ from: "/shell/people" });
  const q = useLocation({ select: ({ state }) => state.find });
  const navigate = useNavigate();
  const mayAdd = useMay("record.capture");
  const { campaign } = useCampaign();
  const { scheme } = useScheme(campaign?.scheme, campaign?.version);
  const [text, setText] = useState(q ?? "");
  useEffect(() => setText(q ?? ""), [q]);
  const query = useRoute(searchPeople, { body: { campaign: campaign?.id ?? "", q: q ?? "", area } }, { enabled: campaign !== undefined && q !== undefined, keep: true });
  const rows = q === undefined ? [] : (query.data?.rows ?? []);
  return (
    <main className="page">
      <PageHead title={say("people")} />
      <div className="panel">
        <Form layout="inline" onFinish={() => void navigate({ to: "/people", search: { area }, state: text.trim() === "" ? {} : { find: text.trim() } })} style={{ marginBottom: 12 }}>
          <Input name="q" aria-label={say("query")} placeholder={say("query")} value={text} maxLength={40} autoFocus allowClear onChange={(event) => setText(event.target.value)} style={{ width: 360, marginInlineEnd: 8 }} />
          <Button type="primary" htmlType="submit" data-action="find">
            {say("find")}
          </Button>
          {mayAdd ? (
            <Link to="/records/workbook" style={{ marginInlineStart: 16, alignSelf: "center" }}>
              {say("fromWorkbook")}
            </Link>
          ) : null}
        </Form>
        <ProblemView error={query.error} onRetry={() => void query.refetch()} />
        <p role="status" data-asked={query.isPlaceholderData ? undefined : q} className="quiet" style={{ minHeight: 26 }}>
          {q !== undefined && query.data ? `${say("found", { n: rows.length })}${query.data.more ? `${punct.semicolon}${say("more")}` : ""}` : ""}
        </p>
        <PeopleTable
          rows={rows}
          scheme={scheme}
          loading={q !== undefined && query.isFetching}
          empty={
            <Nothing text={say(q === undefined ? "begin" : "nobody")}>
              {q !== undefined && mayAdd ? (
                <Link to="/records/new">{say("addPerson")}</Link>
              ) : null}
            </Nothing>
          }
        />
      </div>
    </main>
  );
}
