// A case that came to the wrong office is offered to another one of the county.
import { App, Button, Input } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { rerouteCase } from "../../../modules/dispatch/contract.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCall } from "../../shared/data.ts";
import { useMay } from "../../shared/session.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { CASE_REFRESHES, type CaseView } from "./answer-form.tsx";
import { moreWords } from "./more-words.ts";

/** Villages answer no cases: their township is meant. */
const officeOf = (code: number | undefined): number | undefined => (code === undefined || code % 1e6 === 0 ? code : Math.floor(code / 1000) * 1000);

export function RerouteForm({ view }: { readonly view: CaseView }): ReactNode {
  const say = usePhrases(moreWords);
  const read = useText();
  const { message } = App.useApp();
  const mayAnswer = useMay("case.answer");
  const [to, setTo] = useState<number>();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const offer = useCall(rerouteCase, [...CASE_REFRESHES, "/api/case-reroutes"]);
  const move = view.moves.find((one) => one.move === "reroute");
  if (!mayAnswer || view.case.state === "closed") return null;
  const fault = to === undefined || to % 1000 !== 0 ? say("needOffice") : reason.trim() === "" ? say("needReason") : undefined;
  const send = (): void => {
    setTried(true);
    if (fault !== undefined || to === undefined) return;
    offer.mutate({ params: { county: view.case.county, id: view.case.id }, body: { toArea: to, reason: reason.trim() } }, { onSuccess: () => void message.success(say("offered")) });
  };
  return (
    <section className="panel">
      <h2>{say("reroute")}</h2>
      {view.reroute ? (
        <p style={{ margin: 0 }} data-reroute="asked">{say("waiting", { office: view.reroute.toArea.name, reason: view.reroute.reason })}</p>
      ) : move?.open ? (
        <>
          <p className="quiet">{say("rerouteHelp")}</p>
          <ProblemView error={offer.error} />
          <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "end" }}>
            <div>
              <label htmlFor="reroute-to"><span className="must">*</span> {say("toOffice")}</label>
              <div><AreaPicker id="reroute-to" name="reroute-to" value={to} within={view.case.county * 1e6} fromLevel={3} invalid={tried && (to === undefined || to % 1000 !== 0)} onChange={(code) => setTo(officeOf(code))} /></div>
            </div>
            <div style={{ flex: "1 1 320px", maxWidth: 520 }}>
              <label htmlFor="reroute-reason"><span className="must">*</span> {say("reason")}</label>
              <Input id="reroute-reason" name="reroute-reason" maxLength={500} value={reason} status={tried && reason.trim() === "" ? "error" : ""} onChange={(event) => setReason(event.target.value)} />
            </div>
            <Button data-move="reroute" loading={offer.isPending} onClick={send}>{say("offer")}</Button>
          </div>
          {tried && fault !== undefined ? <div role="alert" className="field-fault fault-block">{fault}</div> : null}
        </>
      ) : (
        <p className="quiet" style={{ margin: 0 }}>{say("cannotReroute", { why: read(move?.why) })}</p>
      )}
    </section>
  );
}
