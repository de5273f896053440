// One import: its columns to be confirmed, its progress, or what became of its rows, by its state.
import { Alert, Button } from "antd";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { getImport, runImport } from "../../../modules/exchange/contract.ts";
import { maySend } from "../../../modules/exchange/rules.ts";
import { startMatch } from "../../../modules/matching/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useMay, useMe } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { TaskPanel } from "../../shared/task-panel.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { KeepingPanel } from "./keeping-panel.tsx";
import { type ImportView, MappingPanel } from "./mapping-panel.tsx";
import { ResultPanel } from "./result-panel.tsx";
import { fileSize, importStage, kindLabels, senderName, stateLabels } from "./sending.ts";
import { exchangeWords } from "./words.ts";

const REFRESHES = ["/api/imports"];

function Facts({ view }: { readonly view: ImportView }): ReactNode {
  const say = usePhrases(exchangeWords);
  const read = useText();
  const departmentLabel = useDepartmentLabel();
  const facts: readonly (readonly [string, string | undefined])[] = [
    [say("kind"), read(kindLabels[view.kind])],
    [say("department"), view.department === undefined ? undefined : departmentLabel(view.department)],
    [say("asOf"), view.asOf],
    [say("purpose"), view.purpose],
    [say("sheet"), view.sheet === "" ? undefined : view.sheet],
    [say("sentAt"), `${moment(view.at)} ${senderName(view.sentBy)}`],
    [say("file"), `${view.fileName}${punct.inside(fileSize(view.fileBytes))}`],
  ];
  return (
    <dl style={{ display: "flex", flexWrap: "wrap", gap: "4px 32px", margin: "0 0 12px" }}>
      {facts.map(([label, value]) =>
        value === undefined ? null : (
          <div key={label} style={{ display: "flex", gap: 8, maxWidth: "100%" }}>
            <dt className="quiet" style={{ whiteSpace: "nowrap" }}>
              {label}
            </dt>
            <dd style={{ margin: 0, overflowWrap: "anywhere" }}>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function Running({ view, mine }: { readonly view: ImportView; readonly mine: boolean }): ReactNode {
  const say = usePhrases(exchangeWords);
  const stopped = importStage(view.state) === "stopped";
  const run = useCall(runImport, REFRESHES);
  return (
    <section className="panel">
      <h2>{say("runTitle")}</h2>
      {view.task === undefined ? stopped ? <Alert type="error" showIcon title={say("stopped")} style={{ marginBottom: 16 }} /> : null : <TaskPanel key={view.task} id={view.task} refreshes={REFRESHES} mayCancel={mine} />}
      <ProblemView error={run.error} />
      {stopped && mine ? (
        <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" }}>
          <Button type="primary" data-move="run-again" loading={run.isPending} onClick={() => run.mutate({ params: { county: view.county, id: view.id } })}>
            {say("again")}
          </Button>
          <span className="quiet">{say("againHelp")}</span>
        </div>
      ) : null}
    </section>
  );
}

function MatchButton({ view }: { readonly view: ImportView }): ReactNode {
  const say = usePhrases(exchangeWords);
  const navigate = useNavigate();
  const start = useCall(startMatch, ["/api/match-runs"]);
  return (
    <>
      <Button type="primary" data-move="start-match" loading={start.isPending} onClick={() => start.mutate({ body: { batch: view.id } }, { onSuccess: (run) => void navigate({ to: "/match-runs/$county/$id", params: { county: String(run.county), id: run.id } }) })}>
        {say("toMatch")}
      </Button>
      <ProblemView error={start.error} />
    </>
  );
}

export function ImportPage(): ReactNode {
  const say = usePhrases(exchangeWords);
  const read = useText();
  const { county, id } = useParams({ from: "/shell/imports/$county/$id" });
  const me = useMe().data;
  const mayMatch = useMay("match.run");
  const query = useRoute(getImport, { params: { county: Number(county), id } }, { every: (view) => (view?.state === "running" ? 1000 : false) });
  return (
    <main className="page">
      <Loaded query={query}>
        {(view) => {
          const mine = me !== undefined && maySend({ roles: me.roles, department: me.office.department }, view.kind, view.department ?? null);
          const stage = importStage(view.state);
          return (
            <>
              <PageHead title={view.fileName}>
                <span data-import-state={view.state}>{read(stateLabels[view.state])}</span>
                <span className="spread" />
                <Link to="/imports">{say("back")}</Link>
              </PageHead>
              <Facts view={view} />
              {stage === "mapping" ? null : <KeepingPanel view={view} />}
              {stage === "mapping" ? <MappingPanel view={view} maySend={mine} /> : null}
              {stage === "running" || stage === "stopped" ? <Running view={view} mine={mine} /> : null}
              {stage === "result" || stage === "wiped" ? <ResultPanel view={view}>{mayMatch && view.kind === "extract" && view.state === "done" ? <MatchButton view={view} /> : null}</ResultPanel> : null}
            </>
          );
        }}
      </Loaded>
    </main>
  );
}
