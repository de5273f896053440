// All fusions, newest first, and the start of a new one from lists that have come in whole.
import { Button, Checkbox, Input } from "antd";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { listImports } from "../../../modules/exchange/contract.ts";
import { listFusions, startFusion } from "../../../modules/fusion/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { count, moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Rate } from "../../shared/record-marks.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { fusionStateLabels, fusionWords } from "./words.ts";

type Row = ReplyOf<typeof listFusions>["rows"][number];

function StartPanel(): ReactNode {
  const say = usePhrases(fusionWords);
  const lang = useLang();
  const navigate = useNavigate();
  const departmentLabel = useDepartmentLabel();
  const imports = useRoute(listImports, { query: { kind: "extract" } });
  const start = useCall(startFusion, ["/api/fusions"]);
  const [batches, setBatches] = useState<string[]>([]);
  const [purpose, setPurpose] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start.mutate({ body: { batches, purpose } }, { onSuccess: (made) => void navigate({ to: "/fusions/$county/$id", params: { county: String(made.county), id: made.id } }) });
  };
  return (
    <section className="panel">
      <h2>{say("start")}</h2>
      <p className="quiet" style={{ marginTop: 0, maxWidth: 900 }}>
        {say("intro")}
      </p>
      <ProblemView error={start.error} />
      <Loaded query={imports}>
        {({ rows }) => {
          const ready = rows.filter((row) => row.state === "done");
          if (ready.length < 2) return <p className="quiet">{say("noLists")}</p>;
          return (
            <form onSubmit={submit}>
              <fieldset style={{ border: 0, padding: 0, margin: "0 0 12px" }}>
                <legend style={{ padding: 0 }}>{say("chooseLists")}</legend>
                <Checkbox.Group value={batches} onChange={setBatches} style={{ display: "flex", flexDirection: "column", gap: 6, marginTop: 8 }}>
                  {ready.map((row) => (
                    <Checkbox key={row.id} value={row.id} data-batch={row.department}>
                      {say("listLine", { department: departmentLabel(row.department ?? ""), asOf: row.asOf ?? "—", n: count(row.accepted, lang), file: row.fileName })}
                    </Checkbox>
                  ))}
                </Checkbox.Group>
              </fieldset>
              <label htmlFor="fusion-purpose">{say("purpose")}</label>
              <div style={{ display: "flex", flexWrap: "wrap", gap: 12, marginTop: 4 }}>
                <Input id="fusion-purpose" name="purpose" value={purpose} maxLength={200} style={{ maxWidth: 520 }} aria-describedby="fusion-purpose-help" onChange={(event) => setPurpose(event.target.value)} />
                <Button type="primary" htmlType="submit" data-move="start-fusion" disabled={batches.length < 2 || purpose.trim() === ""} loading={start.isPending}>
                  {say("run")}
                </Button>
              </div>
              <div id="fusion-purpose-help" className="field-help">
                {say("purposeHelp")}
              </div>
            </form>
          );
        }}
      </Loaded>
    </section>
  );
}

function FusionsTable({ rows }: { readonly rows: readonly Row[] }): ReactNode {
  const say = usePhrases(fusionWords);
  const read = useText();
  const lang = useLang();
  const figure = (row: Row, key: string): ReactNode => (row.counts["rows"] === undefined ? "—" : <span className="number">{count(row.counts[key] ?? 0, lang)}</span>);
  return (
    <RowTable<Row>
      rows={rows}
      empty={say("none")}
      columns={[
        {
          title: say("purpose"),
          key: "purpose",
          fixed: "left",
          render: (_, row) => (
            <Link to="/fusions/$county/$id" params={{ county: String(row.county), id: row.id }} data-fusion={row.id}>
              {row.purpose}
            </Link>
          ),
        },
        { title: say("lists"), key: "lists", render: (_, row) => row.lists.map((list) => read(list.departmentLabel)).join(punct.list) },
        { title: say("state"), key: "state", render: (_, row) => <span data-fusion-state={row.state}>{read(fusionStateLabels[row.state])}</span> },
        { title: say("rows"), key: "rows", align: "right", render: (_, row) => figure(row, "rows") },
        { title: say("people"), key: "people", align: "right", render: (_, row) => figure(row, "people") },
        { title: say("conflicts"), key: "conflicts", align: "right", render: (_, row) => (row.counts["people"] === undefined ? "—" : <Rate part={row.counts["conflicts"] ?? 0} base={row.counts["people"]} />) },
        { title: say("undecided"), key: "undecided", align: "right", render: (_, row) => figure(row, "undecided") },
        { title: say("at"), key: "at", render: (_, row) => <span className="number">{moment(row.at)}</span> },
      ]}
    />
  );
}

export function FusionsPage(): ReactNode {
  const say = usePhrases(fusionWords);
  const mayRun = useMay("match.run");
  const query = useRoute(listFusions, {}, { every: (data) => (data?.rows.some((row) => ["waiting", "running", "accepting"].includes(row.state)) ? 2000 : false) });
  return (
    <main className="page">
      <PageHead title={say("title")}>
        <span className="spread" />
        <Link to="/blind-exchanges">{say("blind")}</Link>
      </PageHead>
      {mayRun ? <StartPanel /> : null}
      <div className="panel">
        <Loaded query={query}>{(data) => <FusionsTable rows={data.rows} />}</Loaded>
      </div>
    </main>
  );
}
