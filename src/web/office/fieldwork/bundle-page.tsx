// One bundle: where it stands, and what became of each piece of work, with what to do about it.
import { Alert, Tag } from "antd";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getBundle } from "../../../modules/fieldwork/contract.ts";
import { useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { type BundleView, Outcomes } from "./bundles-panel.tsx";
import { markColours } from "./standings.ts";
import { bundleStateLabels, outcomeLabels, terminalWords, whatToDo } from "./words.ts";

type Entry = ReplyOf<typeof getBundle>["entries"][number];

function Reasons({ entry }: { readonly entry: Entry }): ReactNode {
  const read = useText();
  const issues = entry.outcome === "refused" ? entry.issues : [];
  if (!entry.why && issues.length === 0) return null;
  return (
    <div style={{ maxWidth: 520, whiteSpace: "normal" }}>
      {entry.why ? <div>{read(entry.why)}</div> : null}
      {issues.length > 0 ? (
        <ul style={{ margin: "4px 0 0", paddingInlineStart: 20 }}>
          {issues.map((issue, i) => (
            <li key={`${issue.code}-${i}`}>{read(issue.message)}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Standing({ bundle }: { readonly bundle: BundleView }): ReactNode {
  const say = usePhrases(terminalWords);
  const read = useText();
  if (bundle.state === "refused") return <Alert type="error" showIcon role="alert" title={read(bundle.problem)} description={say("refusedHelp")} style={{ marginBottom: 12 }} />;
  if (bundle.state === "waiting") return <Alert type="warning" showIcon title={say("waitsFor", { n: bundle.seq ?? "" })} style={{ marginBottom: 12 }} />;
  return (
    <p style={{ marginTop: 0 }}>
      <Tag data-bundle-state={bundle.state}>{read(bundleStateLabels[bundle.state])}</Tag> <Outcomes bundle={bundle} /> <span className="quiet number">{moment(bundle.at)}</span> <span className="quiet">{say(bundle.way)}</span>
    </p>
  );
}

export function BundlePage(): ReactNode {
  const say = usePhrases(terminalWords);
  const read = useText();
  const { id } = useParams({ from: "/shell/terminals/bundles/$id" });
  const query = useRoute(getBundle, { params: { id } }, { every: (data) => (data?.bundle.state === "queued" || data?.bundle.state === "receiving" ? 1000 : false) });
  const bundle = query.data?.bundle;
  const label = bundle?.device?.label ?? say("unknownDevice");
  return (
    <main className="page">
      <PageHead title={bundle?.seq === undefined ? say("bundleOf", { label }) : say("bundleTitle", { label, seq: bundle.seq })}>
        <span className="spread" />
        <Link to="/terminals" search={{ tab: "bundles" }}>
          {say("back")}
        </Link>
      </PageHead>
      <div className="panel">
        <Loaded query={query}>
          {(data) => (
            <>
              <Standing bundle={data.bundle} />
              <RowTable<Entry>
                rows={data.entries}
                rowKey="entry"
                wraps
                empty={say("noEntries")}
                columns={[
                  { title: say("person"), key: "name", render: (_, row) => (row.name === "" ? "—" : <Link to="/records/$county/$id" params={{ county: String(row.record.county), id: row.record.id }}>{row.name}</Link>) },
                  { title: say("outcome"), key: "outcome", render: (_, row) => <Tag data-entry-outcome={row.outcome} style={row.outcome === "refused" || row.outcome === "kept-apart" ? markColours.warn : {}}>{read(outcomeLabels[row.outcome]) || row.outcome}</Tag> },
                  { title: say("why"), key: "why", render: (_, row) => <Reasons entry={row} /> },
                  { title: say("whatNow"), key: "now", render: (_, row) => read(whatToDo[row.outcome]) },
                ]}
              />
            </>
          )}
        </Loaded>
      </div>
    </main>
  );
}
