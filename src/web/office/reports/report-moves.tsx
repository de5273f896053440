// Where a report stands: who has done what, the office's signature, and the steps that are open, each for the digest that is on the screen.
import { Alert, App, Button, Input } from "antd";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { acceptReport, checkReport, declineReport, type getReport, makeReport, returnReport, sealReport, signReport, submitReport, withdrawReport, writeReport } from "../../../modules/reports/contract.ts";
import { moves, type Move, stateLabels } from "../../../modules/reports/rules.ts";
import { useCall } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { MoveButton } from "../../shared/move-button.tsx";
import { useMay } from "../../shared/session.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { stepLabels } from "./report.ts";
import { reportsWords } from "./words.ts";

export type Report = ReplyOf<typeof getReport>;
const REFRESHES = ["/api/reports", "/api/report-tables"];
const ENDED = ["returned", "declined", "withdrawn"];

export function Steps({ report }: { readonly report: Report }): ReactNode {
  const say = usePhrases(reportsWords);
  const read = useText();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const mayMake = useMay("report.make");
  const [note, setNote] = useState("");
  const seen = useSeen(report);
  const again = useCall(makeReport, REFRESHES);
  const open = (move: Move): boolean => report.moves.some((each) => each.move === move && each.closed === undefined);
  const shown = report.moves.filter(({ move }) => move !== "write" && move !== "seal" && (open(move) || moves[move].from.includes(report.state)));
  const withWords = shown.some(({ move }) => moves[move].words === true && open(move));
  return (
    <section className="panel no-print" aria-label={say("way")} data-report-state={report.state}>
      <h2>
        {say("way")}{punct.colon}{read(stateLabels[report.state])}
      </h2>
      <ProblemView error={seen.error ?? again.error} />
      {report.answer === undefined ? null : <Alert type="info" showIcon title={`${say("answer")}${punct.colon}${report.answer}`} style={{ marginBottom: 12 }} />}
      {withWords ? (
        <>
          <label htmlFor="report-note">{say("note")}</label>
          <Input id="report-note" maxLength={2000} value={note} onChange={(event) => setNote(event.target.value)} style={{ margin: "4px 0 12px" }} />
        </>
      ) : null}
      <div style={{ display: "flex", flexWrap: "wrap", gap: 12 }}>
        {shown.map(({ move, label, closed }) => {
          const needsWords = moves[move].words === true && note.trim().length < 2;
          const why = closed ?? (needsWords ? { zh: "请先填写意见", en: "Write your words first" } : undefined);
          return <MoveButton key={move} move={{ move: `report-${move}`, open: why === undefined, ...(why && { why }) }} label={read(label)} primary={moves[move].words !== true} danger={moves[move].words === true} loading={seen.pending} onPress={() => seen.make(move as Exclude<Move, "write" | "seal">, note.trim(), () => void message.success(say("done")))} />;
        })}
        {open("seal")
          ? (["international", "national"] as const).map((suite) => <MoveButton key={suite} move={{ move: `report-seal-${suite}`, open: true }} label={say(suite)} primary={suite === "international"} loading={seen.pending} onPress={() => seen.seal(suite, () => void message.success(say("done")))} />)
          : null}
        {mayMake && ENDED.includes(report.state) ? (
          <Button data-move="report-again" loading={again.isPending} onClick={() => again.mutate({ body: { campaign: report.campaign, template: report.template, follows: report.id } }, { onSuccess: (made) => void navigate({ to: "/reports/$county/$id", params: { county: String(made.county), id: made.id } }) })}>
            {say("followUp")}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

/** Every step names the digest that this page shows. */
function useSeen(report: Report) {
  const params = { county: report.county, id: report.id };
  const { contentDigest: digest } = report;
  const simple = { check: useCall(checkReport, REFRESHES), sign: useCall(signReport, REFRESHES), submit: useCall(submitReport, REFRESHES), accept: useCall(acceptReport, REFRESHES) };
  const worded = { return: useCall(returnReport, REFRESHES), decline: useCall(declineReport, REFRESHES), withdraw: useCall(withdrawReport, REFRESHES) };
  const seal = useCall(sealReport, REFRESHES);
  const all = [...Object.values(simple), ...Object.values(worded), seal];
  return {
    error: all.find((each) => each.error)?.error ?? null,
    pending: all.some((each) => each.isPending),
    make: (move: keyof typeof simple | keyof typeof worded, note: string, onSuccess: () => void): void => {
      if (move in simple) simple[move as keyof typeof simple].mutate({ params, body: { digest } }, { onSuccess });
      else worded[move as keyof typeof worded].mutate({ params, body: { digest, note } }, { onSuccess });
    },
    seal: (suite: "international" | "national", onSuccess: () => void): void => seal.mutate({ params, body: { digest, suite } }, { onSuccess }),
  };
}

export function Hands({ report }: { readonly report: Report }): ReactNode {
  const say = usePhrases(reportsWords);
  const read = useText();
  return (
    <section className="panel" aria-label={say("hands")}>
      <h2>{say("hands")}</h2>
      <table className="beside">
        <thead>
          <tr>
            <th scope="col">{say("step")}</th>
            <th scope="col">{say("by")}</th>
            <th scope="col">{say("at")}</th>
          </tr>
        </thead>
        <tbody>
          {report.hands.map((hand) => (
            <tr key={hand.step} data-hand={hand.step}>
              <td>{read(stepLabels[hand.step])}</td>
              <td>{hand.by}</td>
              <td className="number">{moment(hand.at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p style={{ border: "1px dashed #98a2b3", padding: 16, marginTop: 16, textAlign: "center" }}>
        {report.area.name} {say("sealPlace")}
      </p>
      {report.seal ? (
        <Alert
          type={report.seal.holds ? "success" : "error"}
          showIcon
          title={`${say("seal")}${punct.inside(report.seal.suite === "national" ? "SM2" : "Ed25519")}${punct.colon}${say(report.seal.holds ? "sealHolds" : "sealBroken")}`}
          description={<code style={{ overflowWrap: "anywhere" }}>{report.seal.signature}</code>}
          data-seal={report.seal.holds ? "holds" : "broken"}
        />
      ) : null}
    </section>
  );
}

/** The drafter's words of one section: typed while it is a draft, read afterwards. */
export function Remarks({ report, section }: { readonly report: Report; readonly section: Report["sections"][number] }): ReactNode {
  const say = usePhrases(reportsWords);
  const read = useText();
  const { message } = App.useApp();
  const [text, setText] = useState(report.remarks[section.key] ?? "");
  const write = useCall(writeReport, REFRESHES);
  const mayWrite = report.moves.some(({ move, closed }) => move === "write" && closed === undefined);
  if (!section.remarks) return null;
  if (!mayWrite) return <>{(report.remarks[section.key] ?? "").split("\n").filter((line) => line.trim() !== "").map((line, i) => <p key={i} style={{ fontSize: 17, lineHeight: 1.8, margin: "8px 0 0" }}>{line}</p>)}</>;
  const field = `remarks-${section.key}`;
  return (
    <div className="no-print" style={{ marginTop: 12 }}>
      <ProblemView error={write.error} />
      <label htmlFor={field}>{read(section.remarks)}</label>
      <Input.TextArea id={field} rows={4} maxLength={4000} value={text} onChange={(event) => setText(event.target.value)} style={{ margin: "4px 0 8px" }} />
      <Button data-move="report-write" loading={write.isPending} disabled={text === (report.remarks[section.key] ?? "")} onClick={() => write.mutate({ params: { county: report.county, id: report.id }, body: { digest: report.contentDigest, remarks: { ...report.remarks, [section.key]: text } } }, { onSuccess: () => void message.success(say("saved")) })}>
        {say("save")}
      </Button>
    </div>
  );
}
