// A department's values for the record: chosen here, they become a correction that goes to review.
import { App, Button, Checkbox, Input } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { takeValues } from "../../../modules/dispatch/contract.ts";
import { useCall } from "../../shared/data.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { useMay } from "../../shared/session.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { CASE_REFRESHES, type CaseView } from "./answer-form.tsx";
import { moreWords } from "./more-words.ts";

export function TakeValues({ view }: { readonly view: CaseView }): ReactNode {
  const say = usePhrases(moreWords);
  const read = useText();
  const { message } = App.useApp();
  const label = useDepartmentLabel();
  const mayTake = useMay("case.take-values");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const take = useCall(takeValues, CASE_REFRESHES);
  const canAct = mayTake && view.case.record !== undefined && view.recordState === "accepted";
  if (!canAct || view.proposals.length === 0) return null;
  const fault = chosen.length === 0 ? say("needOne") : reason.trim() === "" ? say("needReason") : undefined;
  const send = (): void => {
    setTried(true);
    if (fault !== undefined) return;
    take.mutate({ params: { county: view.case.county, id: view.case.id }, body: { findings: [...chosen], reason: reason.trim() } }, {
      onSuccess: () => {
        message.success(say("taken"));
        setChosen([]);
        setReason("");
        setTried(false);
      },
    });
  };
  return (
    <section className="panel" data-proposals={view.proposals.length}>
      <h2>{say("takeTitle")}</h2>
      <p className="quiet">{say("takeHelp")}</p>
      <ProblemView error={take.error} />
      {view.proposals.map((proposal) => {
        const finding = view.findings.find((one) => one.id === proposal.finding);
        return (
          <div key={proposal.finding} style={{ padding: "4px 0" }}>
            <Checkbox
              data-take={proposal.path}
              disabled={proposal.why !== undefined}
              checked={chosen.includes(proposal.finding)}
              onChange={(event) => setChosen(event.target.checked ? [...chosen, proposal.finding] : chosen.filter((one) => one !== proposal.finding))}
            >
              {read(finding?.itemLabel)}{punct.colon}{finding?.ours ? read(finding.ours) : "—"} → <b>{read(finding?.theirs)}</b> <span className="quiet">{punct.inside(label(proposal.department))}</span>
            </Checkbox>
            {proposal.why ? <div className="quiet" style={{ paddingInlineStart: 26 }}>{say("cannotTake", { why: read(proposal.why) })}</div> : null}
          </div>
        );
      })}
      <div style={{ marginTop: 12, maxWidth: 760 }}>
        <label htmlFor="take-reason">
          <span className="must">*</span> {say("takeReason")}
        </label>
        <Input.TextArea id="take-reason" name="take-reason" rows={2} maxLength={500} value={reason} aria-describedby="take-help take-fault" status={tried && reason.trim() === "" ? "error" : ""} onChange={(event) => setReason(event.target.value)} />
        <div id="take-help" className="field-help">{say("takeReasonHelp")}</div>
        {tried && fault !== undefined ? <div id="take-fault" role="alert" className="field-fault fault-block">{fault}</div> : null}
      </div>
      <Button size="large" data-move="take-values" loading={take.isPending} style={{ marginTop: 12 }} onClick={send}>
        {say("takeSend")}
      </Button>
    </section>
  );
}
