// The chain of the audit: how far it reaches, when it was verified and with what outcome, and for how long rows are kept.
import { App, Button, Descriptions, InputNumber, Tag } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getAuditState, keepAudit, verifyAudit } from "../../../modules/auditing/contract.ts";
import { leastYears } from "../../../modules/auditing/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { count, moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { TaskPanel } from "../../shared/task-panel.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { auditWords } from "./words.ts";

type State = ReplyOf<typeof getAuditState>;
type Check = State["checks"][number];
const REFRESHES = ["/api/audit/state"];

function Years({ years }: { readonly years: number }): ReactNode {
  const say = usePhrases(auditWords);
  const { message } = App.useApp();
  const [wish, setWish] = useState(years);
  const save = useCall(keepAudit, REFRESHES);
  return (
    <>
      <ProblemView error={save.error} />
      <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" }}>
        <label htmlFor="audit-years">{say("keptFor")}</label>
        <InputNumber id="audit-years" min={leastYears} max={30} precision={0} value={wish} onChange={(value) => typeof value === "number" && setWish(value)} />
        <Button disabled={wish === years} loading={save.isPending} data-move="audit-years" onClick={() => save.mutate({ body: { years: wish } }, { onSuccess: () => void message.success(say("savedYears")) })}>{say("saveYears")}</Button>
        <span className="quiet">{say("keptHelp")}</span>
      </div>
    </>
  );
}

export function ChainPage(): ReactNode {
  const say = usePhrases(auditWords);
  const read = useText();
  const lang = useLang();
  const query = useRoute(getAuditState, {});
  const verify = useCall(verifyAudit, REFRESHES);
  const { task } = verify.data ?? {};
  return (
    <main className="page">
      <PageHead title={say("chainTitle")} />
      <div className="panel">
        <p className="quiet">{say("chainHelp")}</p>
        <ProblemView error={verify.error} />
        <Loaded query={query}>
          {(state) => (
            <>
              <Descriptions
                size="small"
                column={{ xs: 1, md: 2 }}
                bordered
                style={{ marginBottom: 16 }}
                items={[
                  { key: "chained", label: say("chained"), children: <span className="number" data-chained={state.chained}>{count(state.chained, lang)}</span> },
                  { key: "unchained", label: say("unchained"), children: <span className="number">{count(state.unchained, lang)}</span> },
                  { key: "checkpoint", label: say("checkpoint"), children: state.checkpoint ? say("checkpointAt", { no: state.checkpoint.no, seq: count(state.checkpoint.seq, lang), at: moment(state.checkpoint.at) }) : say("noCheckpoint") },
                  { key: "key", label: say("key"), children: <code>{state.checkpoint?.key ?? "—"}</code> },
                  { key: "removed", label: say("removed"), children: <span className="number">{count(state.removed, lang)}</span> },
                ]}
              />
              <Years key={state.years} years={state.years} />
              <h2 style={{ marginTop: 24 }}>{say("checks")}</h2>
              <div style={{ marginBottom: 12 }}>
                <Button type="primary" loading={verify.isPending} data-move="verify-audit" onClick={() => verify.mutate({})}>{say("verify")}</Button>
              </div>
              {task === undefined ? null : <TaskPanel key={task} id={task} refreshes={REFRESHES} mayCancel={false} />}
              <RowTable<Check>
                rows={state.checks}
                empty={say("noChecks")}
                wraps
                columns={[
                  { title: say("at"), key: "at", render: (_, row) => <span className="number">{moment(row.at)}</span> },
                  { title: say("by"), key: "by", render: (_, row) => row.by },
                  { title: say("verdict"), key: "verdict", render: (_, row) => (row.fault ? <span data-verdict="wrong"><Tag color="red">{say("wrong", { row: count(row.fault.row, lang) })}</Tag> {read(row.fault.message)}</span> : <Tag data-verdict="clean">✓ {say("clean")}</Tag>) },
                  { title: say("rows"), key: "rows", align: "right", render: (_, row) => <span className="number">{count(row.rows, lang)}</span> },
                  { title: say("seconds"), key: "seconds", align: "right", render: (_, row) => <span className="number">{row.seconds.toFixed(1)}</span> },
                ]}
              />
            </>
          )}
        </Loaded>
      </div>
    </main>
  );
}
