// One request: what is asked, the county's decision, the second person of an erasure, what the person gets, who is told of a correction.
import { Alert, App, Button, Input, Radio } from "antd";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { confirmRequest, decideRequest, endRestriction, explainRequest, finishRequest, getCopy, getRequest, tellReceiver } from "../../../modules/rights/contract.ts";
import { askerLabels, groundLabels, kindRules, type Outcome, outcomeLabels, outcomesOf, proofLabels, receiverKindLabels, stateLabels } from "../../../modules/rights/rules.ts";
import { fileAddress } from "../../shared/client.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { type Line, Lines } from "../../shared/lines.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { ReasonForm } from "../exchange/reason-form.tsx";
import { DueTag } from "./requests-page.tsx";
import { rightsWords } from "./words.ts";

type View = ReplyOf<typeof getRequest>;
const REFRESHES = ["/api/person-requests", "/api/work", "/api/records"];
const keyOf = ({ request }: View): { county: number; id: string } => ({ county: request.county, id: request.id });

function Content({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(rightsWords);
  const read = useText();
  const { request } = view;
  const rule = kindRules[request.kind];
  const lines: readonly Line[] = [
    [say("person"), `${request.person} ${request.area.fullName}`],
    [say("state"), <b key="state" data-state={request.state}>{read(stateLabels[request.state])}</b>],
    [say("basis"), `${rule.article}${punct.semicolon}${read(rule.help)}`],
    [say("asker"), `${read(askerLabels[view.asker])}${punct.inside(read(proofLabels[view.proof]))}`],
    ...(view.said === undefined ? [] : [[say("said"), view.said] as const]),
    ...(view.items.length === 0 ? [] : [[say("items"), view.items.map((item) => read(item.label)).join(punct.list)] as const]),
    ...(view.ground === undefined ? [] : [[say("ground"), read(groundLabels[view.ground])] as const]),
    [say("takenBy"), `${view.taken.by} ${moment(view.taken.at)}`],
    [say("due"), <DueTag key="due" row={request} />],
    ...(view.decided === undefined || view.outcome === undefined ? [] : [[say("decided"), `${read(outcomeLabels[view.outcome])}${punct.semicolon}${view.decided.by} ${moment(view.decided.at)}`] as const]),
    ...(view.reason === undefined ? [] : [[say("reason"), view.reason] as const]),
    ...(view.confirmed === undefined ? [] : [[say("confirmed"), `${view.confirmed.by} ${moment(view.confirmed.at)}`] as const]),
    ...(view.doneAt === undefined ? [] : [[say("done"), moment(view.doneAt)] as const]),
    ...(view.handedDigest === undefined ? [] : [[say("digest"), <code key="digest" style={{ overflowWrap: "anywhere" }}>{view.handedDigest}</code>] as const]),
  ];
  return (
    <section className="panel" aria-label={say("content")}>
      <Lines lines={lines} />
    </section>
  );
}

function Decide({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(rightsWords);
  const read = useText();
  const [outcome, setOutcome] = useState<Outcome>(outcomesOf(view.request.kind)[0]!);
  const [reason, setReason] = useState("");
  const decide = useCall(decideRequest, REFRESHES);
  return (
    <section className="panel" aria-label={say("decideTitle")}>
      <h2>{say("decideTitle")}</h2>
      <ProblemView error={decide.error} />
      <Radio.Group aria-label={say("decided")} value={outcome} onChange={(event) => setOutcome(event.target.value as Outcome)} options={outcomesOf(view.request.kind).map((one) => ({ value: one, label: read(outcomeLabels[one]) }))} />
      <label htmlFor="request-reason" style={{ display: "block", marginTop: 12 }}>{say("reason")}</label>
      <Input id="request-reason" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} style={{ margin: "4px 0 12px" }} />
      <Button type="primary" data-move="decide-request" loading={decide.isPending} onClick={() => decide.mutate({ params: keyOf(view), body: { outcome, ...(reason.trim() ? { reason: reason.trim() } : {}) } })}>
        {say("decideTitle")}
      </Button>
    </section>
  );
}

function Confirm({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(rightsWords);
  const [refusing, setRefusing] = useState(false);
  const confirm = useCall(confirmRequest, REFRESHES);
  return (
    <section className="panel" aria-label={say("confirmTitle")}>
      <h2>{say("confirmTitle")}</h2>
      <p>{say("confirmHelp")}</p>
      <ProblemView error={confirm.error} />
      <div style={{ display: "flex", gap: 12 }}>
        <Button danger type="primary" data-move="confirm-erasure" loading={confirm.isPending} onClick={() => confirm.mutate({ params: keyOf(view), body: { agree: true } })}>
          {say("confirm")}
        </Button>
        <Button data-move="refuse-erasure" onClick={() => setRefusing(true)}>{say("refuseErasure")}</Button>
      </div>
      {refusing ? <ReasonForm title={say("refuseErasure")} help={say("reason")} move="send-refusal" label={say("refuseErasure")} pending={confirm.isPending} error={confirm.error} onReason={(reason) => confirm.mutate({ params: keyOf(view), body: { agree: false, reason } }, { onSuccess: () => setRefusing(false) })} onClose={() => setRefusing(false)} /> : null}
    </section>
  );
}

function Explanation({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(rightsWords);
  const read = useText();
  const query = useRoute(explainRequest, { params: keyOf(view) }, { staleTime: 600_000 });
  return (
    <section className="panel" aria-label={say("explanation")}>
      <h2>{say("explanation")}</h2>
      <Loaded query={query}>
        {({ conclusions, none }) => (
          <>
            <RowTable
              rows={conclusions.map((one, i) => ({ ...one, id: String(i) }))}
              empty={say("noConclusion")}
              wraps
              columns={[
                { title: say("what"), key: "what", render: (_, row) => read(row.what) },
                { title: say("from"), key: "from", render: (_, row) => read(row.from) },
                { title: say("decides"), key: "decides", render: (_, row) => read(row.decides) },
              ]}
            />
            <p style={{ marginTop: 12 }}>{read(none)}</p>
          </>
        )}
      </Loaded>
    </section>
  );
}

/** What the desk hands over. */
function Desk({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(rightsWords);
  const finish = useCall(finishRequest, REFRESHES);
  const isCopy = view.request.kind === "copy";
  return (
    <section className="panel" aria-label={say("deskTitle")}>
      <h2>{say("deskTitle")}</h2>
      <ProblemView error={finish.error} />
      {isCopy ? <p className="quiet">{say("copyHelp")}</p> : null}
      <div style={{ display: "flex", flexWrap: "wrap", gap: 12 }}>
        {isCopy ? (
          <>
            <Button type="primary" data-move="copy-docx" href={fileAddress(getCopy, { params: keyOf(view), query: { format: "docx" } })}>{say("copyDocx")}</Button>
            <Button data-move="copy-json" href={fileAddress(getCopy, { params: keyOf(view), query: { format: "json" } })}>{say("copyJson")}</Button>
          </>
        ) : null}
        <Button data-move="finish-request" loading={finish.isPending} onClick={() => finish.mutate({ params: keyOf(view), body: {} })}>{say(isCopy ? "handed" : "explained")}</Button>
      </div>
    </section>
  );
}

function Notices({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(rightsWords);
  const read = useText();
  const mayDecide = useMay("rights.decide");
  const [telling, setTelling] = useState<string>();
  // Nodes hear of an erasure with their next bundle, and answer with a receipt: nobody tells them by hand.
  const erasure = view.request.kind === "deletion";
  const title = say(erasure ? "copiesTitle" : "noticesTitle");
  const tell = useCall(tellReceiver, REFRESHES);
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      <RowTable
        rows={view.notices}
        empty={say(erasure ? "noCopies" : "noNotices")}
        wraps
        columns={[
          { title: say("receiver"), key: "receiver", dataIndex: "receiver" },
          { title: say("way"), key: "way", render: (_, row) => `${read(receiverKindLabels[row.kind])} ${row.ref}` },
          { title: say("items"), key: "items", render: (_, row) => row.items.map((item) => read(item)).join(punct.list) },
          { title: say("state"), key: "state", render: (_, row) => (row.told ? say("told", { at: moment(row.told.at), how: row.told.how }) : erasure ? say("copyWaits") : mayDecide ? <Button data-move="tell-receiver" onClick={() => setTelling(row.id)}>{say("tell")}</Button> : say("toTell")) },
        ]}
      />
      {telling === undefined ? null : <ReasonForm title={say("tell")} help={say("tellHelp")} move="send-told" label={say("tell")} pending={tell.isPending} error={tell.error} onReason={(how) => tell.mutate({ params: { ...keyOf(view), notice: telling }, body: { how } }, { onSuccess: () => setTelling(undefined) })} onClose={() => setTelling(undefined)} />}
    </section>
  );
}

function Restricted({ view, since }: { readonly view: View; readonly since: string }): ReactNode {
  const say = usePhrases(rightsWords);
  const { message } = App.useApp();
  const mayDecide = useMay("rights.decide");
  const [ending, setEnding] = useState(false);
  const end = useCall(endRestriction, REFRESHES);
  const params = { county: view.request.county, id: view.request.record };
  return (
    <>
      <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={say("stored", { at: moment(since) })} action={mayDecide ? <Button data-move="end-restriction" onClick={() => setEnding(true)}>{say("endRestriction")}</Button> : undefined} />
      {ending ? <ReasonForm title={say("endRestriction")} help={say("endHelp")} move="send-end" label={say("endRestriction")} pending={end.isPending} error={end.error} onReason={(reason) => end.mutate({ params, body: { reason } }, { onSuccess: () => (setEnding(false), void message.success(say("endRestriction"))) })} onClose={() => setEnding(false)} /> : null}
    </>
  );
}

export function RequestPage(): ReactNode {
  const say = usePhrases(rightsWords);
  const read = useText();
  const { county, id } = useParams({ from: "/shell/requests/$county/$id" });
  const mayDecide = useMay("rights.decide");
  const query = useRoute(getRequest, { params: { county: Number(county), id } });
  return (
    <main className="page">
      <Loaded query={query}>
        {(view) => {
          const { request } = view;
          const granted = request.state === "accepted" || (request.state === "done" && view.outcome === "granted");
          return (
            <>
              <PageHead title={`${read(kindRules[request.kind].label)}${punct.colon}${request.person}`}>
                <span className="spread" />
                {view.erased ? null : <Link to="/records/$county/$id" params={{ county: String(request.county), id: request.record }}>{say("record")}</Link>}
                <Link to="/requests" search={{}}>{say("back")}</Link>
              </PageHead>
              {view.erased ? <Alert type="info" showIcon style={{ marginBottom: 16 }} title={say("erased")} /> : null}
              {view.restrictedSince !== undefined && !view.erased ? <Restricted view={view} since={view.restrictedSince} /> : null}
              {request.kind === "correction" && request.state === "accepted" ? <Alert type="info" showIcon style={{ marginBottom: 16 }} title={say("correctHelp")} /> : null}
              {mayDecide && request.state === "asked" ? view.cannotDecide ? <Alert type="info" showIcon style={{ marginBottom: 16 }} title={read(view.cannotDecide)} /> : <Decide view={view} /> : null}
              {mayDecide && request.state === "confirming" ? view.cannotConfirm ? <Alert type="info" showIcon style={{ marginBottom: 16 }} title={read(view.cannotConfirm)} /> : <Confirm view={view} /> : null}
              {view.mayHandOver ? <Desk view={view} /> : null}
              <Content view={view} />
              {request.kind === "explanation" && granted ? <Explanation view={view} /> : null}
              {(request.kind === "correction" && request.state === "done") || (request.kind === "deletion" && view.erased) ? <Notices view={view} /> : null}
            </>
          );
        }}
      </Loaded>
    </main>
  );
}
