// One release: what is asked for and its risk, the second person's decision, the file.
import { Alert, App, Button, Input, Typography } from "antd";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { approveRelease, declineRelease, getRelease, getReleaseFile, getReleaseKey, makeRelease, showPassphrase, withdrawRelease } from "../../../modules/releases/contract.ts";
import { purposeLabels, receiverLabels, shapeLabels } from "../../../modules/releases/rules.ts";
import { fileAddress } from "../../shared/client.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { count, moment } from "../../shared/figures.ts";
import { type Line, Lines } from "../../shared/lines.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { TaskPanel } from "../../shared/task-panel.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { ReasonForm } from "../exchange/reason-form.tsx";
import { StateTag } from "./releases-page.tsx";
import { RiskView } from "./risk-view.tsx";
import { releaseWords } from "./words.ts";

export type Release = ReplyOf<typeof getRelease>;
const REFRESHES = ["/api/releases"];
const keyOf = ({ county, id }: Release): { county: number; id: string } => ({ county, id });

function Content({ release }: { readonly release: Release }): ReactNode {
  const say = usePhrases(releaseWords);
  const read = useText();
  const lang = useLang();
  const { query } = release;
  const lines: readonly Line[] = [
    [say("state"), <StateTag key="state" state={release.state} />],
    [say("purpose"), `${read(purposeLabels[query.purpose])}${punct.semicolon}${query.ground}`],
    [say("receiver"), `${query.receiver.name}${punct.inside(read(receiverLabels[query.receiver.kind]))}`],
    [say("keyPrint"), release.keyPrint === undefined ? say("byPassphrase") : <code key="print">{release.keyPrint}</code>],
    [say("area"), `${release.area.fullName} · ${read(release.campaignName)}`],
    [say("rows"), count(release.rows ?? release.rowsExpected, lang)],
    [say("format"), query.format.toUpperCase()],
    [say("keepUntil"), query.keepUntil],
    [say("askedBy"), `${release.askedBy}${punct.inside(release.askedOffice)} ${moment(release.askedAt)}`],
    ...(release.decidedBy === undefined ? [] : [[say("decidedBy"), `${release.decidedBy} ${moment(release.decidedAt)}${release.decidedNote ? `${punct.colon}${release.decidedNote}` : ""}`] as const]),
    ...(["asked", "approved", "ready"].includes(release.state) ? [[say("validUntil"), moment(release.validUntil)] as const] : []),
    ...(release.madeAt === undefined ? [] : [[say("madeAt"), moment(release.madeAt)] as const]),
    ...(release.takenAt === undefined ? [] : [[say("takenAt"), moment(release.takenAt)] as const]),
    [say("digest"), <code key="digest" data-digest={release.digest} style={{ overflowWrap: "anywhere" }}>{release.digest}</code>],
    ...(release.fileDigest === undefined ? [] : [[say("fileDigest"), <code key="file" style={{ overflowWrap: "anywhere" }}>{release.fileDigest}</code>] as const]),
  ];
  return (
    <section className="panel" aria-label={say("content")}>
      <h2>{say("content")}</h2>
      <Lines lines={lines} />
      <table className="beside" style={{ marginTop: 12 }}>
        <thead>
          <tr>
            <th scope="col">{say("field")}</th>
            <th scope="col">{say("as")}</th>
            <th scope="col">{say("reason")}</th>
          </tr>
        </thead>
        <tbody>
          {release.fields.map((field) => (
            <tr key={field.path} data-field={field.path}>
              <td>{read(field.label)}</td>
              <td style={field.as === "full" ? { color: "#b42318", fontWeight: 600 } : {}}>{read(shapeLabels[field.as])}</td>
              <td>{field.reason ?? ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Decide({ release }: { readonly release: Release }): ReactNode {
  const say = usePhrases(releaseWords);
  const read = useText();
  const { message } = App.useApp();
  const [note, setNote] = useState("");
  const [declining, setDeclining] = useState(false);
  const approve = useCall(approveRelease, REFRESHES);
  const decline = useCall(declineRelease, REFRESHES);
  if (release.cannotDecide) return release.mine ? null : <Alert type="info" showIcon title={read(release.cannotDecide)} style={{ marginBottom: 16 }} />;
  return (
    <section className="panel" aria-label={say("approve")}>
      <ProblemView error={approve.error} />
      <label htmlFor="release-note">{say("note")}</label>
      <Input id="release-note" maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} style={{ margin: "4px 0 12px" }} />
      <div style={{ display: "flex", gap: 12 }}>
        <Button type="primary" data-move="approve-release" loading={approve.isPending} onClick={() => approve.mutate({ params: keyOf(release), body: { digest: release.digest, ...(note.trim() ? { note: note.trim() } : {}) } }, { onSuccess: () => void message.success(say("approved")) })}>
          {say("approve")}
        </Button>
        <Button danger data-move="decline-release" onClick={() => setDeclining(true)}>
          {say("decline")}
        </Button>
      </div>
      {declining ? <ReasonForm title={say("decline")} help={say("declineHelp")} move="confirm-decline" label={say("decline")} pending={decline.isPending} error={decline.error} onReason={(reason) => decline.mutate({ params: keyOf(release), body: { note: reason } }, { onSuccess: () => setDeclining(false) })} onClose={() => setDeclining(false)} /> : null}
    </section>
  );
}

function Passphrase({ release }: { readonly release: Release }): ReactNode {
  const say = usePhrases(releaseWords);
  const show = useCall(showPassphrase, REFRESHES);
  if (release.passphrase === "none") return null;
  return (
    <div style={{ marginTop: 16 }}>
      <ProblemView error={show.error} />
      {show.data ? (
        <Typography.Text code data-passphrase style={{ fontSize: 20 }}>
          {show.data.passphrase}
        </Typography.Text>
      ) : (
        <Button data-move="show-passphrase" loading={show.isPending} onClick={() => show.mutate({ params: keyOf(release), body: {} })}>
          {say("passphrase")}
        </Button>
      )}
      <p className="quiet">{say("passphraseHelp")}</p>
    </div>
  );
}

/** What the asker can do now. */
function Mine({ release }: { readonly release: Release }): ReactNode {
  const say = usePhrases(releaseWords);
  const read = useText();
  const navigate = useNavigate();
  const make = useCall(makeRelease, REFRESHES);
  const withdraw = useCall(withdrawRelease, REFRESHES);
  const open = release.state === "asked" || release.state === "approved";
  if (!release.mine || !(open || ["making", "ready", "failed", "taken"].includes(release.state))) return null;
  return (
    <section className="panel" aria-label={say("form")}>
      <ProblemView error={make.error ?? withdraw.error} />
      {release.state === "failed" ? <Alert type="error" showIcon title={say("failed")} description={release.failed ? read(release.failed) : ""} /> : null}
      {release.state === "making" && release.task !== undefined ? <TaskPanel key={release.task} id={release.task} refreshes={REFRESHES} mayCancel /> : null}
      <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" }}>
        {release.state === "approved" ? (
          <>
            <Button type="primary" data-move="make-release" loading={make.isPending} onClick={() => make.mutate({ params: keyOf(release), body: {} })}>
              {say("make")}
            </Button>
            <span className="quiet">{say("makeHelp")}</span>
          </>
        ) : null}
        {release.state === "ready" ? (
          <>
            <Button type="primary" data-move="take-release" href={fileAddress(getReleaseFile, { params: keyOf(release) })}>
              {say("take")}
            </Button>
            <span className="quiet">{say("takeHelp")}</span>
          </>
        ) : null}
        {open ? (
          <>
            <Button data-move="change-release" onClick={() => void navigate({ to: "/releases/new", search: { change: `${release.county}/${release.id}` } })}>
              {say("change")}
            </Button>
            <Button data-move="withdraw-release" loading={withdraw.isPending} onClick={() => withdraw.mutate({ params: keyOf(release), body: {} })}>
              {say("withdraw")}
            </Button>
          </>
        ) : null}
      </div>
      {release.state === "ready" || release.state === "taken" ? (
        <>
          <Passphrase release={release} />
          <p className="quiet">
            {say("openHelp")} <a href={fileAddress(getReleaseKey, { query: { suite: release.query.receiver.suite } })} data-move="office-key">{say("officeKey")}</a>
          </p>
        </>
      ) : null}
    </section>
  );
}

export function ReleasePage(): ReactNode {
  const say = usePhrases(releaseWords);
  const { county, id } = useParams({ from: "/shell/releases/$county/$id" });
  const mayApprove = useMay("release.approve");
  // A file that is being taken says so by itself when it has arrived.
  const query = useRoute(getRelease, { params: { county: Number(county), id } }, { every: (release) => (release?.mine && release.state === "ready" ? 3000 : false) });
  return (
    <main className="page">
      <Loaded query={query}>
        {(release) => (
          <>
            <PageHead title={`${say("copy")} ${release.copy}`}>
              <span className="spread" />
              <Link to="/releases" search={{}}>{say("back")}</Link>
            </PageHead>
            {mayApprove && release.state === "asked" ? <Decide release={release} /> : null}
            <Mine release={release} />
            <Content release={release} />
            <section className="panel" aria-label={say("risk")}>
              <h2>{say("risk")}</h2>
              <RiskView risk={release.risk} />
            </section>
          </>
        )}
      </Loaded>
    </main>
  );
}
