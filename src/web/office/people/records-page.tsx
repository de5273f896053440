// Records by area, state and category, page by page; filters and the page are in the address.
import { Button, Checkbox, Select } from "antd";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { listRecords } from "../../../modules/records/contract.ts";
import { states, stateLabels } from "../../../modules/records/rules.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useRoute } from "../../shared/data.ts";
import { count } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useCampaign, useMe, useScheme } from "../../shared/session.ts";
import { Nothing, ProblemView } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { PeopleTable } from "./people-table.tsx";
import type { ListSearch } from "./routes.ts";
import { peopleWords } from "./words.ts";

const PAGE = 50;

export function RecordsPage(): ReactNode {
  const say = usePhrases(peopleWords);
  const read = useText();
  const lang = useLang();
  const search = useSearch({ from: "/shell/records" });
  const navigate = useNavigate();
  const me = useMe().data;
  const { campaign } = useCampaign();
  const { scheme } = useScheme(campaign?.scheme, campaign?.version);
  const { after, ...filters } = search;
  const query = useRoute(listRecords, { query: { campaign: campaign?.id ?? "", ...filters, after, limit: PAGE } }, { enabled: campaign !== undefined, keep: true });
  const go = (change: Partial<ListSearch>): void => void navigate({ to: "/records", search: { ...filters, after: undefined, ...change } });
  const filtered = Object.values(filters).some((value) => value !== undefined);
  return (
    <main className="page">
      <PageHead title={say("records")}>
        <span role="status" className="quiet">
          {query.data ? say("total", { n: count(query.data.total, lang) }) : ""}
        </span>
      </PageHead>
      <div className="panel">
        <div style={{ display: "flex", flexWrap: "wrap", gap: 8, marginBottom: 12, alignItems: "center" }}>
          <AreaPicker name="filter-area" value={search.area ?? me?.area.code} {...(me ? { within: me.area.code } : {})} onChange={(code) => go({ area: code === me?.area.code ? undefined : code })} />
          <Select
            aria-label={say("state")}
            data-filter="state"
            style={{ minWidth: 170 }}
            value={search.state ?? ""}
            onChange={(value) => go({ state: states.find((state) => state === value) })}
            options={[{ value: "", label: say("anyState") }, ...states.map((state) => ({ value: state as string, label: read(stateLabels[state]) }))]}
          />
          <Select
            aria-label={say("categories")}
            data-filter="category"
            style={{ minWidth: 220 }}
            value={search.category ?? ""}
            onChange={(value) => go({ category: value === "" ? undefined : value })}
            options={[{ value: "", label: say("anyCategory") }, ...(scheme?.categories ?? []).map((category) => ({ value: category.key, label: read(category.label) }))]}
          />
          <Checkbox checked={search.mine === true} onChange={(event) => go({ mine: event.target.checked ? true : undefined })}>
            {say("mine")}
          </Checkbox>
          <Checkbox checked={search.kept === true} onChange={(event) => go({ kept: event.target.checked ? true : undefined })}>
            {say("kept")}
          </Checkbox>
          {filtered ? <Button onClick={() => void navigate({ to: "/records", search: {} })}>{say("clear")}</Button> : null}
        </div>
        <ProblemView error={query.error} onRetry={() => void query.refetch()} />
        <PeopleTable rows={query.data?.rows ?? []} scheme={scheme} loading={query.isFetching && query.data === undefined} empty={<Nothing text={say("none")} />} />
        <div style={{ display: "flex", gap: 8, justifyContent: "flex-end", marginTop: 12 }}>
          <Button disabled={after === undefined} onClick={() => go({})}>
            {say("first")}
          </Button>
          <Button disabled={query.data?.next === undefined} data-action="next-page" onClick={() => go({ after: query.data?.next })}>
            {say("next")}
          </Button>
        </div>
      </div>
    </main>
  );
}
