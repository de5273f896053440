// The register of copies: who holds which until when; a found file traced to its copy; every way out for a file.
import { Button, Tag } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { confirmDestroyed, listExits, listReleases, traceRelease } from "../../../modules/releases/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { count, moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { ReasonForm } from "../exchange/reason-form.tsx";
import { marks } from "./releases-page.tsx";
import { releaseWords } from "./words.ts";

type Row = ReplyOf<typeof listReleases>["rows"][number];
type Exit = ReplyOf<typeof listExits>["rows"][number];

function Trace(): ReactNode {
  const say = usePhrases(releaseWords);
  const [file, setFile] = useState<File>();
  const trace = useCall(traceRelease);
  const reply = trace.data;
  return (
    <section className="panel" aria-label={say("trace")}>
      <h2>{say("trace")}</h2>
      <p className="quiet" id="trace-help">{say("traceHelp")}</p>
      <ProblemView error={trace.error} />
      <div style={{ display: "flex", gap: 8, flexWrap: "wrap", alignItems: "center" }}>
        <label htmlFor="trace-file">{say("file")}</label>
        <FilePick id="trace-file" name="trace-file" accept=".csv,.xlsx" describedBy="trace-help" onPick={setFile} />
        <Button data-move="trace-release" disabled={!file} loading={trace.isPending} onClick={() => file && trace.mutate({ body: {}, file })}>
          {say("traceGo")}
        </Button>
      </div>
      {reply ? (
        <ul role="status" data-traced={reply.found.length}>
          {reply.found.length === 0 ? <li>{say("traceNone", { rows: reply.rows })}</li> : null}
          {reply.found.map((one) => (
            <li key={one.id} data-copy={one.copy}>
              <Link to="/releases/$county/$id" params={{ county: String(one.county), id: one.id }}>{say("traceFound", { copy: one.copy, receiver: one.receiver, codes: one.codes, ordered: Math.round(one.ordered * 100) })}</Link>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Exits(): ReactNode {
  const say = usePhrases(releaseWords);
  const read = useText();
  const query = useRoute(listExits, {}, { staleTime: 600_000 });
  return (
    <section className="panel" aria-label={say("exits")}>
      <h2>{say("exits")}</h2>
      <p className="quiet">{say("exitsHelp")}</p>
      <Loaded query={query}>
        {({ rows }) => (
          <RowTable<Exit>
            rows={rows}
            rowKey="route"
            empty=""
            wraps
            columns={[
              { title: say("address"), key: "route", render: (_, row) => <code style={{ overflowWrap: "anywhere" }}>{row.route}</code> },
              { title: say("rule"), key: "rule", render: (_, row) => read(row.label) },
              { title: say("because"), key: "why", render: (_, row) => read(row.why) },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}

export function CopiesPage(): ReactNode {
  const say = usePhrases(releaseWords);
  const lang = useLang();
  const [mayAsk, mayApprove] = [useMay("release.ask"), useMay("release.approve")];
  const query = useRoute(listReleases, { query: { list: "copies" } });
  const confirm = useCall(confirmDestroyed, ["/api/releases", "/api/work"]);
  const [ending, setEnding] = useState<Row>();
  const inOrder = (rows: readonly Row[]): readonly Row[] => rows.toSorted((a, b) => Number(b.overdue) - Number(a.overdue) || Number(a.destroyedAt !== undefined) - Number(b.destroyedAt !== undefined) || a.query.keepUntil.localeCompare(b.query.keepUntil));
  return (
    <main className="page">
      <PageHead title={say("copiesTitle")} />
      <p className="quiet">{say("copiesHelp")}</p>
      <section className="panel" aria-label={say("copiesTitle")}>
        <Loaded query={query}>
          {({ rows }) => (
            <RowTable<Row>
              rows={inOrder(rows)}
              empty={say("noneCopies")}
              columns={[
                { title: say("copy"), key: "copy", render: (_, row) => <Link to="/releases/$county/$id" params={{ county: String(row.county), id: row.id }} data-copy={row.copy}>{row.copy}</Link> },
                { title: say("holder"), key: "holder", render: (_, row) => row.query.receiver.name },
                { title: say("rows"), key: "rows", align: "right", render: (_, row) => <span className="number">{count(row.rows ?? 0, lang)}</span> },
                { title: say("takenAt"), key: "taken", render: (_, row) => <span className="number">{moment(row.takenAt)}</span> },
                { title: say("until"), key: "until", render: (_, row) => <span className="number">{row.query.keepUntil}</span> },
                { title: say("state"), key: "state", render: (_, row) => (row.destroyedAt !== undefined ? <span title={row.destroyedNote}>{say("destroyed", { at: moment(row.destroyedAt) })}</span> : <Tag style={row.overdue ? marks.bad : marks.move} data-overdue={row.overdue}>{say(row.overdue ? "overdue" : "held")}</Tag>) },
                { title: "", key: "moves", render: (_, row) => (mayAsk && row.destroyedAt === undefined ? <Button data-move="confirm-destroyed" aria-label={say("confirmOf", { copy: row.copy })} onClick={() => setEnding(row)}>{say("confirm")}</Button> : null) },
              ]}
            />
          )}
        </Loaded>
      </section>
      {mayApprove ? <Trace /> : null}
      <Exits />
      {ending ? <ReasonForm title={say("confirmOf", { copy: ending.copy })} help={say("confirmHelp")} move="send-destroyed" label={say("confirm")} pending={confirm.isPending} error={confirm.error} onReason={(note) => confirm.mutate({ params: { county: ending.county, id: ending.id }, body: { note } }, { onSuccess: () => setEnding(undefined) })} onClose={() => setEnding(undefined)} /> : null}
    </main>
  );
}
