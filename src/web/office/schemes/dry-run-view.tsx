// The dry run of a draft: progress, what it found by area and rule, options in use that went, sample records.
import { Alert, Table } from "antd";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { startDryRun } from "../../../modules/drafting/contract.ts";
import { itemAt } from "../../../scheme/layout.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { useCall } from "../../shared/data.ts";
import { count, moment } from "../../shared/figures.ts";
import { MoveButton } from "../../shared/move-button.tsx";
import { Rate } from "../../shared/record-marks.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Nothing, ProblemView } from "../../shared/state-views.tsx";
import { Sum } from "../../shared/sum.tsx";
import { TaskPanel } from "../../shared/task-panel.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { draftWords } from "./draft-words.ts";
import { ruleLabels, severityLabels } from "./meanings.ts";
import type { Draft } from "./use-draft.ts";

type Run = NonNullable<Draft["dryRun"]>;
const REFRESHES = ["/api/scheme-drafts"];

/** A rule in people's words: the scheme's own check, or what the engine always checks. */
function useRuleName(scheme: Scheme): (rule: string) => string {
  const read = useText();
  return (rule) => read(scheme.checks.find((check) => check.key === rule)?.message) || read(ruleLabels[rule]) || rule;
}

function Results({ run, scheme }: { readonly run: Run; readonly scheme: Scheme }): ReactNode {
  const say = usePhrases(draftWords);
  const read = useText();
  const lang = useLang();
  const ruleName = useRuleName(scheme);
  const mayOpen = useMay("record.read");
  const { counts } = run;
  const itemName = (path: string): string => read(itemAt(scheme, path)?.item.label) || path;
  const tone = { color: counts.newlyFailing > 0 ? "#b42318" : "#14532d" };
  return (
    <div data-dry-run="done" data-newly={counts.newlyFailing}>
      <div style={{ display: "flex", flexWrap: "wrap", gap: "12px 32px", marginBottom: 16 }}>
        <Sum label={say("records")}>
          <span className="number">{count(counts.records, lang)}</span>
        </Sum>
        <Sum label={say("faultsBefore")}>
          <Rate part={counts.before} base={counts.records} />
        </Sum>
        <Sum label={say("faultsAfter")}>
          <Rate part={counts.after} base={counts.records} />
        </Sum>
        <Sum label={say("newlyFailing")} tone={tone.color}>
          <Rate part={counts.newlyFailing} base={counts.records} />
        </Sum>
        <Sum label={say("resolved")}>
          <Rate part={counts.resolved} base={counts.records} />
        </Sum>
      </div>
      {run.options.length === 0 ? null : (
        <>
          <h3>{say("optionsInUse")}</h3>
          <ul className="item-lines">
            {run.options.map((option) => (
              <li key={`${option.codeSet} ${option.code}`}>
                <code>{option.code}</code> {read(option.label)}{punct.colon}<span className="number">{count(option.records, lang)}</span>{punct.gap}
                {option.replacedBy === undefined ? <b className="fault-block">{say("noMapping")}</b> : <span>{say("mapped", { code: option.replacedBy })}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{say("byArea")}</h3>
      <RowTable
        rows={run.areas}
        empty={say("noRecords")}
        rowKey={(row) => row.area.code}
        wraps
        columns={[
          { title: say("area"), key: "area", render: (_, row) => <span title={row.area.fullName}>{row.area.name}</span> },
          { title: say("records"), key: "records", align: "right", render: (_, row) => <span className="number">{count(row.records, lang)}</span> },
          { title: say("faultsBefore"), key: "before", align: "right", render: (_, row) => <Rate part={row.before} base={row.records} /> },
          { title: say("faultsAfter"), key: "after", align: "right", render: (_, row) => <Rate part={row.after} base={row.records} /> },
          { title: say("newlyFailing"), key: "newly", align: "right", render: (_, row) => <Rate part={row.newlyFailing} base={row.records} /> },
        ]}
      />
      <h3>{say("byRule")}</h3>
      <RowTable
        rows={run.rules}
        empty={say("noRules")}
        rowKey={(row) => `${row.severity} ${row.rule} ${row.path}`}
        wraps
        pageSize={20}
        columns={[
          { title: say("severity"), key: "severity", render: (_, row) => <span className={`fault-${row.severity}`}>{read(severityLabels[row.severity])}</span> },
          { title: say("rule"), key: "rule", render: (_, row) => <span data-rule={row.rule}>{ruleName(row.rule)}</span> },
          { title: say("item"), key: "item", render: (_, row) => <span title={row.path}>{itemName(row.path)}</span> },
          { title: say("newlyFailing"), key: "records", align: "right", render: (_, row) => <Rate part={row.records} base={counts.records} /> },
        ]}
      />
      {run.samples.length === 0 ? null : (
        <>
          <h3>{say("samples")}</h3>
          <Table
            size="small"
            rowKey={(row) => `${row.record} ${row.rule} ${row.path}`}
            dataSource={run.samples}
            pagination={false}
            columns={[
              {
                title: say("record"),
                key: "record",
                render: (_, row) =>
                  mayOpen ? (
                    <Link to="/records/$county/$id" params={{ county: String(row.county), id: row.record }} data-sample={row.record}>
                      <code>{row.record.slice(-8)}</code>
                    </Link>
                  ) : (
                    <code title={row.record}>{row.record.slice(-8)}</code>
                  ),
              },
              { title: say("area"), key: "area", render: (_, row) => row.area.fullName },
              { title: say("severity"), key: "severity", render: (_, row) => <span className={`fault-${row.severity}`}>{read(severityLabels[row.severity])}</span> },
              { title: say("rule"), key: "rule", render: (_, row) => ruleName(row.rule) },
              { title: say("item"), key: "item", render: (_, row) => <span title={row.path}>{itemName(row.path)}</span> },
            ]}
          />
        </>
      )}
    </div>
  );
}

export function DryRunView({ draft, scheme }: { readonly draft: Draft; readonly scheme: Scheme }): ReactNode {
  const say = usePhrases(draftWords);
  const start = useCall(startDryRun, REFRESHES);
  const { dryRun: run } = draft;
  const move = draft.moves.find((one) => one.move === "dry-run");
  const underWay = run && (run.state === "waiting" || run.state === "running");
  return (
    <section className="panel">
      <p style={{ marginTop: 0 }}>{say("dryRunHelp")}</p>
      <ProblemView error={start.error} />
      {move && !underWay ? (
        <div style={{ marginBottom: 16 }}>
          <MoveButton move={move} primary={!run?.current} loading={start.isPending} label={say(run ? "again" : "startDryRun")} onPress={() => start.mutate({ params: { id: draft.id }, body: { revision: draft.revision } })} />
        </div>
      ) : null}
      {run === undefined ? <Nothing text={say("notRun")} /> : null}
      {run && !run.current && !underWay ? <Alert type="warning" showIcon title={say("stale")} style={{ marginBottom: 16 }} /> : null}
      {run?.state === "failed" ? <Alert type="error" showIcon title={say("runFailed")} style={{ marginBottom: 16 }} /> : null}
      {underWay && run.task !== undefined ? <TaskPanel key={run.task} id={run.task} refreshes={REFRESHES} mayCancel={move?.open ?? false} /> : null}
      {run?.state === "done" ? (
        <>
          <p className="quiet">{say("ranAt", { area: run.area.fullName, name: run.askedBy, at: moment(run.finishedAt ?? run.at) })}</p>
          <Results run={run} scheme={scheme} />
        </>
      ) : null}
    </section>
  );
}
