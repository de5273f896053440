// One record to read: who, state, moves, the form masked, who vouches for each value, faults and history.
import { Alert, App, Button, Checkbox } from "antd";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getMedia, getRecord, revealValue } from "../../../modules/records/contract.ts";
import { deskLabels, type Move, moves as moveTable } from "../../../modules/records/rules.ts";
import { itemAt } from "../../../scheme/layout.ts";
import type { Answers, Scheme, Value } from "../../../scheme/model.ts";
import { call, fileAddress, ProblemError } from "../../shared/client.ts";
import { refresh, useRoute } from "../../shared/data.ts";
import { moment, today } from "../../shared/figures.ts";
import { MoveButton } from "../../shared/move-button.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { CategoryTags, StateTag } from "../../shared/record-marks.tsx";
import { useCampaign, useMay, useScheme } from "../../shared/session.ts";
import { Loaded, Loading, ProblemView } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { HandoverDialog } from "../capture/handover-dialog.tsx";
import { OutcomeDialog } from "../capture/outcome-dialog.tsx";
import { REFRESHED } from "../capture/refreshed.ts";
import { actorName } from "../dispatch/clock.ts";
import { ConsentsPanel } from "../rights/consents-panel.tsx";
import { FaultSummary } from "../form/fault-summary.tsx";
import { byPath } from "../form/form-issues.ts";
import { drawnForms } from "../form/form-layout.ts";
import { FormView, type Purpose } from "../form/form-view.tsx";
import { formWords } from "../form/words.ts";
import { faultsMatter, keptOf, kindLabel, noteLabel, wasMerged } from "./history.ts";
import { KeptVersions } from "./kept-versions.tsx";
import { LastRoundPanel } from "./last-round-panel.tsx";
import { Merges } from "./merges.tsx";
import { VisitsPanel } from "./visits-panel.tsx";
import { recordWords } from "./words.ts";

type View = ReplyOf<typeof getRecord>;
const groupBy = <T extends { readonly path: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> => {
  const map = new Map<string, T[]>();
  for (const row of rows) map.set(row.path, [...(map.get(row.path) ?? []), row]);
  return map;
};

export function History({ view, scheme }: { readonly view: View; readonly scheme: Scheme }): ReactNode {
  const say = usePhrases(recordWords);
  const read = useText();
  const lang = useLang();
  const labels = (paths: readonly string[]): string => {
    const names = [...new Set(paths.map((path) => itemAt(scheme, path)?.item.label[lang] ?? path))];
    return `${names.slice(0, 8).join(punct.list)}${names.length > 8 ? ` ${say("more")}` : ""}`;
  };
  return (
    <section className="panel" aria-label={say("history")}>
      <h2>{say("history")}</h2>
      {view.history.length === 0 ? <p className="quiet">{say("noHistory")}</p> : null}
      <ol className="timeline">
        {view.history.toReversed().map((entry, i) => (
          <li key={`${entry.at}-${i}`} data-history={entry.kind}>
            <b>{read(entry.level === undefined ? undefined : deskLabels[entry.level])} {read(kindLabel(entry.kind))}</b> {read(noteLabel(entry.note))}
            <div className="quiet">
              <span className="number">{moment(entry.at)}</span> {read(actorName(entry.actor))} {entry.revision === undefined ? "" : `· ${say("revision")} ${entry.revision}`}
            </div>
            {entry.changed && entry.changed.length > 0 && entry.kind !== "revision.base" ? <div className="quiet">{say("changedItems", { n: entry.changed.length, items: labels(entry.changed) })}</div> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Facts({ view, scheme }: { readonly view: View; readonly scheme: Scheme }): ReactNode {
  const say = usePhrases(recordWords);
  const { record } = view;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [say("area"), record.area.fullName],
    [say("origin"), say(record.origin)],
    [say("collector"), record.collector ?? "—"],
    [say("updated"), moment(record.updatedAt)],
    [say("revision"), record.head],
    [say("version"), `${view.scheme} ${view.version}`],
  ];
  return (
    <div className="panel" style={{ display: "flex", flexWrap: "wrap", gap: "4px 24px", alignItems: "center" }}>
      <CategoryTags keys={record.categories} scheme={scheme} />
      {facts.map(([label, value]) => (
        <span key={label}>
          <span className="quiet">{label}{punct.colon}</span>
          {value}
        </span>
      ))}
    </div>
  );
}

function Opened({ view, scheme, referenceDate }: { readonly view: View; readonly scheme: Scheme; readonly referenceDate: string }): ReactNode {
  const say = usePhrases(recordWords);
  const sayForm = usePhrases(formWords);
  const read = useText();
  const lang = useLang();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const mayReview = useMay("record.review");
  const mayCapture = useMay("record.capture");
  const mayFile = useMay("record.file");
  const [mayTake, maySeeRights] = [useMay("rights.take"), useMay("rights.read")];
  const maySeeVisits = useMay("fieldwork.read");
  const hasBefore = useCampaign().campaigns.some((one) => one.id === view.campaign && one.previous !== undefined);
  const [showBlank, setShowBlank] = useState(false);
  const [dialog, setDialog] = useState<"outcome" | "handover">();
  const { county, id } = view.record;
  const issues = useMemo(() => (faultsMatter(view.record.state) ? view.issues : []), [view]);
  const forms = useMemo(() => drawnForms(scheme, view.answers as Answers, { today: today(), referenceDate }), [scheme, view.answers, referenceDate]);
  const reveal = (path: string, purpose: Purpose): Promise<Value | undefined> =>
    call(revealValue, { params: { county, id }, body: { path, purpose } }).then(
      (reply) => reply.value as Value,
      (error: unknown) => {
        if (error instanceof ProblemError) message.error(error.say(lang));
        throw error;
      },
    );
  const act: Partial<Record<Move, () => void>> = {
    capture: () => void navigate({ to: "/records/$county/$id/capture", params: { county: String(county), id } }),
    correct: () => void navigate({ to: "/records/$county/$id/capture", params: { county: String(county), id } }),
    outcome: () => setDialog("outcome"),
    "ask-handover": () => setDialog("handover"),
  };
  const done = (): void => {
    setDialog(undefined);
    refresh(client, REFRESHED);
  };
  const reviewable = view.moves.some((move) => ["approve", "return", "hold", "merge"].includes(move.move) && move.open);
  return (
    <>
      <PageHead title={say("record", { name: view.record.name })}>
        <span className="number">{view.record.idMasked}</span>
        <StateTag state={view.record.state} />
        <span className="spread" />
        {view.moves.map((move) => {
          const press = act[move.move as Move];
          const rule = moveTable[move.move as Move];
          if (!press || (move.move === "correct" && view.record.state !== "accepted") || (move.move === "capture" && view.record.state === "accepted")) return null;
          return <MoveButton key={move.move} move={move} label={read(rule.label)} primary={move.move === "capture" || move.move === "correct"} onPress={press} />;
        })}
        {mayTake ? (
          <Button data-action="take-request" onClick={() => void navigate({ to: "/records/$county/$id/request", params: { county: String(county), id } })}>
            {say("request")}
          </Button>
        ) : null}
        {mayReview && reviewable ? (
          <Button type="primary" data-action="to-review" onClick={() => void navigate({ to: "/review", search: { record: `${county}-${id}` } })}>
            {say("review")}
          </Button>
        ) : null}
      </PageHead>
      {view.mergedInto ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 12 }}
          title={say("merged")}
          action={
            <Link to="/records/$county/$id" params={{ county: String(county), id: view.mergedInto }}>
              {say("openMerged")}
            </Link>
          }
        />
      ) : null}
      {view.heldBelow ? <Alert type="info" showIcon data-held-below={view.heldBelow.level} style={{ marginBottom: 12 }} title={say("heldBelow", { level: read(deskLabels[view.heldBelow.level]!), since: moment(view.heldBelow.since) })} /> : null}
      {view.handover ? <Alert type="info" showIcon style={{ marginBottom: 12 }} title={say("handover", { area: view.handover.toArea.fullName, reason: view.handover.reason })} /> : null}
      {view.signedVersionDiffers ? <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={say("signedDiffers")} /> : null}
      {view.record.openCases > 0 ? <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={say("cases", { n: view.record.openCases })} /> : null}
      <Facts view={view} scheme={scheme} />
      {mayCapture && keptOf(view) > 0 ? <KeptVersions at={view.record} scheme={scheme} /> : null}
      <div className="form-grid">
        <div>
          <p style={{ display: "flex", flexWrap: "wrap", gap: 16, margin: "0 0 8px" }}>
            <Checkbox checked={showBlank} onChange={(event) => setShowBlank(event.target.checked)}>
              {sayForm("blank")}
            </Checkbox>
            {view.masked.length > 0 ? <span className="quiet">{say("masked")}</span> : null}
          </p>
          <FormView
            scheme={scheme}
            forms={forms}
            masked={new Set(view.masked)}
            sources={new Map(view.sources.map((source) => [source.path, source]))}
            issuesAt={byPath(issues)}
            remarks={groupBy(view.remarks)}
            showBlank={showBlank}
            mediaAddress={(media) => (mayFile ? fileAddress(getMedia, { params: { county, id, media } }) : "")}
            reveal={reveal}
          />
        </div>
        <aside className="form-side" tabIndex={0} aria-label={say("history")}>
          {faultsMatter(view.record.state) ? <FaultSummary scheme={scheme} issues={issues} /> : null}
          {maySeeRights ? <ConsentsPanel county={county} id={id} /> : null}
          <History view={view} scheme={scheme} />
          {maySeeVisits ? <VisitsPanel county={county} id={id} open={mayCapture} /> : null}
          <LastRoundPanel county={county} id={id} head={view.record.head} scheme={scheme} hasBefore={hasBefore} maySettle={mayCapture && view.moves.some((move) => move.move === "outcome" && move.open)} />
          {wasMerged(view) ? <Merges key={view.mergedInto ?? ""} county={county} id={id} /> : null}
        </aside>
      </div>
      {dialog === "outcome" ? <OutcomeDialog record={{ county, id, head: view.record.head }} onCancel={() => setDialog(undefined)} onDone={done} /> : null}
      {dialog === "handover" ? <HandoverDialog record={{ county, id }} onCancel={() => setDialog(undefined)} onDone={done} /> : null}
    </>
  );
}

export function RecordPage(): ReactNode {
  const { county, id } = useParams({ from: "/shell/records/$county/$id" });
  const query = useRoute(getRecord, { params: { county: Number(county), id }, query: {} }, { staleTime: 0 });
  const { scheme, query: schemeQuery } = useScheme(query.data?.scheme, query.data?.version);
  const { campaigns } = useCampaign();
  return (
    <main className="page">
      <Loaded query={query}>
        {(view) =>
          scheme ? (
            <Opened key={view.record.id} view={view} scheme={scheme} referenceDate={campaigns.find((one) => one.id === view.campaign)?.referenceDate ?? scheme.referenceDate} />
          ) : schemeQuery.isError ? (
            <ProblemView error={schemeQuery.error} onRetry={() => void schemeQuery.refetch()} />
          ) : (
            <Loading />
          )
        }
      </Loaded>
    </main>
  );
}
