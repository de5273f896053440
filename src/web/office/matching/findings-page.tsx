// Findings of all runs or of one, by class and state; filters and the page are in the address.
import { Table } from "antd";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Text } from "../../../core/issue.ts";
import type { ReplyOf } from "../../../core/route.ts";
import { listFindings } from "../../../modules/matching/contract.ts";
import { aidClasses, duplicateClass } from "../../../modules/matching/rules.ts";
import { Compared } from "../../shared/compared.tsx";
import { useRoute } from "../../shared/data.ts";
import { useFindingClasses } from "../../shared/departments.ts";
import { count, moment } from "../../shared/figures.ts";
import { FilterBar, FilterChoice } from "../../shared/filters.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { PageTurn } from "../../shared/page-turn.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { type FindingSearch, findingStates } from "./routes.ts";
import { absentWords, closingLabels } from "./run-words.ts";
import { matchingWords } from "./words.ts";

type Row = ReplyOf<typeof listFindings>["rows"][number];

function Value({ of, against, absent }: { readonly of: Text | undefined; readonly against: Text | undefined; readonly absent: string }): ReactNode {
  const read = useText();
  return (
    <div className="wide-number" style={{ maxWidth: 230, whiteSpace: "normal" }}>
      <Compared value={read(of)} against={read(against)} absent={absent} />
    </div>
  );
}

function FindingsTable({ rows, empty }: { readonly rows: readonly Row[]; readonly empty: string }): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  const mayRecord = useMay("record.read");
  const mayCase = useMay("case.read");
  return (
    <Table<Row>
      size="small"
      rowKey="id"
      dataSource={[...rows]}
      pagination={false}
      scroll={{ x: 1000 }}
      locale={{ emptyText: <Nothing text={empty} /> }}
      columns={[
        {
          title: say("finding"),
          key: "finding",
          render: (_, row) => (
            <div data-finding={row.id} style={{ minWidth: 170, maxWidth: 260, whiteSpace: "normal" }}>
              {read(row.classLabel)}
              <div className="quiet">
                {row.class} · {read(row.departmentLabel)}
              </div>
            </div>
          ),
        },
        { title: say("item"), key: "item", render: (_, row) => <div style={{ maxWidth: 150, whiteSpace: "normal" }}>{read(row.itemLabel)}</div> },
        { title: say("ours"), key: "ours", render: (_, row) => <Value of={row.ours} against={row.theirs} absent={say(absentWords(row).ours)} /> },
        { title: say("theirs"), key: "theirs", render: (_, row) => <Value of={row.theirs} against={row.ours} absent={say(absentWords(row).theirs)} /> },
        { title: say("area"), key: "area", render: (_, row) => <span title={row.area.fullName}>{row.area.name}</span> },
        {
          title: say("state"),
          key: "state",
          render: (_, row) => (
            <div data-finding-state={row.state} style={{ maxWidth: 180, whiteSpace: "normal" }}>
              <span className={row.state === "open" ? "fault-explain" : ""}>{say(row.state)}</span>
              <div className="quiet">{row.closedBecause ? read(closingLabels[row.closedBecause]) || row.closedBecause : <span className="number">{moment(row.raisedAt)}</span>}</div>
            </div>
          ),
        },
        {
          title: say("case"),
          key: "case",
          render: (_, row) => (
            <span style={{ display: "flex", flexDirection: "column", whiteSpace: "nowrap" }}>
              {row.case && mayCase ? (
                <Link to="/cases/$county/$id" params={{ county: String(row.county), id: row.case }}>
                  {say("toCase")}
                </Link>
              ) : null}
              {row.record && mayRecord ? (
                <Link to="/records/$county/$id" params={{ county: String(row.county), id: row.record }}>
                  {say("toRecord")}
                </Link>
              ) : null}
            </span>
          ),
        },
      ]}
    />
  );
}

export function FindingsPage(): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  const lang = useLang();
  const search = useSearch({ from: "/shell/findings" });
  const navigate = useNavigate();
  const classes = useFindingClasses();
  const query = useRoute(listFindings, { query: search }, { keep: true });
  const { after, ...filters } = search;
  const go = (change: Partial<FindingSearch>): void => void navigate({ to: "/findings", search: { ...filters, ...change } });
  const filtered = Object.values(filters).some((value) => value !== undefined);
  return (
    <main className="page">
      <PageHead title={say("findings")}>
        <span role="status" className="quiet">
          {query.data ? say("total", { n: count(query.data.total, lang) }) : ""}
        </span>
      </PageHead>
      <div className="panel">
        <FilterBar onClear={filtered ? () => void navigate({ to: "/findings", search: {} }) : undefined}>
          <FilterChoice
            name="class"
            label={say("class")}
            all={say("anyClass")}
            width={340}
            searched
            value={search.class}
            onChoose={(chosen) => go({ class: chosen })}
            options={[...classes, duplicateClass, ...aidClasses].map((each) => ({ value: each.key, label: `${each.key} ${read(each.label)}` }))}
          />
          <FilterChoice name="state" label={say("state")} all={say("anyState")} value={search.state} onChoose={(state) => go({ state })} options={findingStates.map((state) => ({ value: state, label: say(state) }))} />
          {search.run === undefined ? null : <span className="quiet">{say("oneRun")}</span>}
        </FilterBar>
        <Loaded query={query}>
          {(data) => (
            <>
              <FindingsTable rows={data.rows} empty={say(filtered ? "noneFound" : "noneYet")} />
              <PageTurn after={after} next={data.next} onTurn={(next) => go({ after: next })} />
            </>
          )}
        </Loaded>
      </div>
    </main>
  );
}
