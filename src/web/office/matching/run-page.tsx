// One match run: its progress, then how many people were found on both sides, the findings by class, and the steps it took.
import { Alert, Button, Table } from "antd";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getMatchRun, startMatch } from "../../../modules/matching/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { useDepartmentLabel, useFindingClasses } from "../../shared/departments.ts";
import { count, moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Rate } from "../../shared/record-marks.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { Sum } from "../../shared/sum.tsx";
import { TaskPanel } from "../../shared/task-panel.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { classCounts, runStateLabels, stepLabels } from "./run-words.ts";
import { matchingWords } from "./words.ts";

type Run = ReplyOf<typeof getMatchRun>;
const REFRESHES = ["/api/match-runs", "/api/findings"];
const row = { display: "flex", flexWrap: "wrap", gap: "16px 40px" } as const;

function Links({ run }: { readonly run: Run }): ReactNode {
  const say = usePhrases(matchingWords);
  const lang = useLang();
  const mayDecide = useMay("match.decide");
  const n = (key: string): number => run.counts[key] ?? 0;
  const params = { county: String(run.county), id: run.id };
  return (
    <section className="panel">
      <h2>{say("counts")}</h2>
      <div style={row}>
        <Sum label={say("records")}>
          <span className="number">{count(n("records"), lang)}</span>
        </Sum>
        <Sum label={say("rows")}>
          <span className="number">{count(n("rows"), lang)}</span>
        </Sum>
        <Sum label={`${say("automatic")}${punct.inside(say("ofRows"))}`}>
          <Rate part={n("automatic")} base={n("rows")} />
        </Sum>
        <Sum label={`${say("unmatchedRows")}${punct.inside(say("ofRows"))}`}>
          <Rate part={n("unmatchedRows")} base={n("rows")} />
        </Sum>
        <Sum label={`${say("unmatchedRecords")}${punct.inside(say("ofRecords"))}`}>
          <Rate part={n("unmatchedRecords")} base={n("records")} />
        </Sum>
        <Sum label={say("review")} {...(n("review") > 0 ? { tone: "#8a5a00" } : {})}>
          <span className="number">{say("reviewCount", { n: count(n("review"), lang) })}</span>
          {n("review") + n("pairs") > 0 ? (
            <Link to="/match-runs/$county/$id/pairs" params={params} data-move="pairs" style={{ fontSize: 16, fontWeight: 400, marginInlineStart: 12 }}>
              {say(mayDecide ? "decide" : "look")}
            </Link>
          ) : null}
        </Sum>
      </div>
    </section>
  );
}

function Findings({ run }: { readonly run: Run }): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  const lang = useLang();
  const mayRead = useMay("finding.read");
  const classes = useFindingClasses();
  const n = (key: string): number => run.counts[key] ?? 0;
  return (
    <section className="panel">
      <h2>{say("items")}</h2>
      <div style={{ ...row, marginBottom: 16 }}>
        <Sum label={say("compared")}>
          <span className="number">{count(n("compared"), lang)}</span>
        </Sum>
        <Sum label={say("agreed")} tone="#14532d">
          <Rate part={n("agreed")} base={n("compared")} />
        </Sum>
        <Sum label={say("differing")} {...(n("differing") > 0 ? { tone: "#b42318" } : {})}>
          <span className="number">{count(n("differing"), lang)}</span>
        </Sum>
        <Sum label={say("raisedNow")}>
          <Rate part={n("raised")} base={n("differing")} />
        </Sum>
        <Sum label={say("closedNow")}>
          <span className="number">{count(n("closed"), lang)}</span>
        </Sum>
      </div>
      <Table
        size="small"
        rowKey="class"
        dataSource={[...classCounts(run.counts)]}
        pagination={false}
        locale={{ emptyText: <Nothing text={say("noFindings")} /> }}
        title={() => <b>{say("byClass")}</b>}
        columns={[
          { title: say("class"), key: "class", width: 90, render: (_, each) => each.class },
          {
            title: say("finding"),
            key: "label",
            render: (_, each) => {
              const label = read(classes.find((one) => one.key === each.class)?.label) || each.class;
              return mayRead ? (
                <Link to="/findings" search={{ run: run.id, class: each.class }} data-class={each.class}>
                  {label}
                </Link>
              ) : (
                label
              );
            },
          },
          { title: say("count"), key: "count", align: "right", render: (_, each) => <span className="number">{count(each.count, lang)}</span> },
          { title: say("share"), key: "share", align: "right", render: (_, each) => <Rate part={each.count} base={n("differing")} /> },
        ]}
      />
      {mayRead ? (
        <p style={{ marginBottom: 0 }}>
          <Link to="/findings" search={{ run: run.id }}>
            {say("allFindings")}
          </Link>
        </p>
      ) : null}
    </section>
  );
}

function Steps({ run }: { readonly run: Run }): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  const lang = useLang();
  const labels = stepLabels(run.steps.map((step) => step.step));
  const sum = run.steps.reduce((all, step) => all + step.seconds, 0);
  return (
    <section className="panel">
      <h2>{say("steps")}</h2>
      <table className="beside" style={{ maxWidth: 720 }}>
        <thead>
          <tr>
            <th scope="col">{say("step")}</th>
            <th scope="col" style={{ textAlign: "end" }}>
              {say("stepRows")}
            </th>
            <th scope="col" style={{ textAlign: "end" }}>
              {say("seconds")}
            </th>
          </tr>
        </thead>
        <tbody>
          {run.steps.map((step, i) => (
            <tr key={i}>
              <td>{read(labels[i])}</td>
              <td className="number" style={{ textAlign: "end" }}>
                {count(step.rows, lang)}
              </td>
              <td className="number" style={{ textAlign: "end" }}>
                {step.seconds.toFixed(2)}
              </td>
            </tr>
          ))}
          <tr>
            <td>
              <b>{say("sum")}</b>
            </td>
            <td />
            <td className="number" style={{ textAlign: "end" }}>
              <b>{sum.toFixed(2)}</b>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function UnderWay({ run, mayRun }: { readonly run: Run; readonly mayRun: boolean }): ReactNode {
  const say = usePhrases(matchingWords);
  const navigate = useNavigate();
  const start = useCall(startMatch, REFRESHES);
  const failed = run.state === "failed";
  return (
    <section className="panel">
      <h2>{say("progress")}</h2>
      {failed ? <Alert type="error" showIcon title={say("failed")} description={say("failedHelp")} style={{ marginBottom: 16 }} /> : null}
      {run.task === undefined ? null : <TaskPanel key={run.task} id={run.task} refreshes={REFRESHES} mayCancel={mayRun} />}
      <ProblemView error={start.error} />
      {failed && mayRun ? (
        <Button type="primary" data-move="start-match" loading={start.isPending} onClick={() => start.mutate({ body: { batch: run.batch } }, { onSuccess: (next) => void navigate({ to: "/match-runs/$county/$id", params: { county: String(next.county), id: next.id } }) })}>
          {say("again")}
        </Button>
      ) : null}
    </section>
  );
}

export function RunPage(): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  const { county, id } = useParams({ from: "/shell/match-runs/$county/$id" });
  const departmentLabel = useDepartmentLabel();
  const mayRun = useMay("match.run");
  const query = useRoute(getMatchRun, { params: { county: Number(county), id } }, { every: (run) => (run && (run.state === "waiting" || run.state === "running") ? 1000 : false) });
  return (
    <main className="page">
      <Loaded query={query}>
        {(run) => (
          <>
            <PageHead title={say("runTitle", { department: departmentLabel(run.department) })}>
              <span data-run-state={run.state}>{read(runStateLabels[run.state])}</span>
              <span className="quiet number">{moment(run.at)}</span>
              <span className="spread" />
              <Link to="/match-runs">{say("back")}</Link>
            </PageHead>
            {run.state === "done" ? (
              <>
                <Links run={run} />
                <Findings run={run} />
                <Steps run={run} />
              </>
            ) : (
              <UnderWay run={run} mayRun={mayRun} />
            )}
          </>
        )}
      </Loaded>
    </main>
  );
}
