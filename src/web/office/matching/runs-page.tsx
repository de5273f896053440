// All match runs, newest first, and the start of a new one from a department's list that has come in whole.
import { Button, Select } from "antd";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { listImports } from "../../../modules/exchange/contract.ts";
import { listMatchRuns, startMatch } from "../../../modules/matching/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { count, moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Rate } from "../../shared/record-marks.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { runStateLabels } from "./run-words.ts";
import { matchingWords } from "./words.ts";

type Row = ReplyOf<typeof listMatchRuns>["rows"][number];

function StartPanel(): ReactNode {
  const say = usePhrases(matchingWords);
  const lang = useLang();
  const navigate = useNavigate();
  const departmentLabel = useDepartmentLabel();
  const [batch, setBatch] = useState<string>();
  const imports = useRoute(listImports, { query: { kind: "extract" } });
  const start = useCall(startMatch, ["/api/match-runs"]);
  const begin = (id: string): void => start.mutate({ body: { batch: id } }, { onSuccess: (run) => void navigate({ to: "/match-runs/$county/$id", params: { county: String(run.county), id: run.id } }) });
  return (
    <section className="panel">
      <h2>{say("start")}</h2>
      <ProblemView error={start.error} />
      <Loaded query={imports}>
        {({ rows }) => {
          const ready = rows.filter((row) => row.state === "done");
          if (ready.length === 0) return <p className="quiet">{say("noExtract")}</p>;
          return (
            <>
              <p style={{ marginTop: 0 }}>
                <label htmlFor="batch">{say("startHelp")}</label>
              </p>
              <div style={{ display: "flex", flexWrap: "wrap", gap: 12 }}>
                <Select
                  id="batch"
                  data-filter="batch"
                  style={{ minWidth: 320, maxWidth: 760, flex: 1 }}
                  placeholder={say("chooseExtract")}
                  value={batch ?? null}
                  onChange={(value: string | null) => setBatch(value ?? undefined)}
                  options={ready.map((row) => ({ value: row.id, label: say("extractLine", { department: departmentLabel(row.department ?? ""), asOf: row.asOf ?? "—", n: count(row.accepted, lang), file: row.fileName }) }))}
                />
                <Button type="primary" data-move="start-match" disabled={batch === undefined} loading={start.isPending} onClick={() => batch !== undefined && begin(batch)}>
                  {say("run")}
                </Button>
              </div>
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

function RunsTable({ rows }: { readonly rows: readonly Row[] }): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  const lang = useLang();
  const departmentLabel = useDepartmentLabel();
  const figure = (row: Row, key: string): ReactNode => (row.state === "done" ? <span className="number">{count(row.counts[key] ?? 0, lang)}</span> : "—");
  return (
    <RowTable<Row>
      rows={rows}
      empty={say("none")}
      columns={[
        {
          title: say("department"),
          key: "department",
          fixed: "left",
          render: (_, row) => (
            <Link to="/match-runs/$county/$id" params={{ county: String(row.county), id: row.id }} data-run={row.id}>
              {departmentLabel(row.department)}
            </Link>
          ),
        },
        { title: say("state"), key: "state", render: (_, row) => <span data-run-state={row.state}>{read(runStateLabels[row.state])}</span> },
        { title: say("rows"), key: "rows", align: "right", render: (_, row) => figure(row, "rows") },
        { title: say("automatic"), key: "automatic", align: "right", render: (_, row) => (row.state === "done" ? <Rate part={row.counts["automatic"] ?? 0} base={row.counts["rows"] ?? 0} /> : "—") },
        { title: say("review"), key: "review", align: "right", render: (_, row) => figure(row, "review") },
        { title: say("raised"), key: "raised", align: "right", render: (_, row) => figure(row, "raised") },
        { title: say("at"), key: "at", render: (_, row) => <span className="number">{moment(row.at)}</span> },
      ]}
    />
  );
}

export function RunsPage(): ReactNode {
  const say = usePhrases(matchingWords);
  const mayRun = useMay("match.run");
  const query = useRoute(listMatchRuns, {}, { every: (data) => (data?.rows.some((row) => row.state === "waiting" || row.state === "running") ? 2000 : false) });
  return (
    <main className="page">
      <PageHead title={say("title")} />
      {mayRun ? <StartPanel /> : null}
      <div className="panel">
        <Loaded query={query}>{(data) => <RunsTable rows={data.rows} />}</Loaded>
      </div>
    </main>
  );
}
