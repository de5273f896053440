// Incidents: asked for by the approver, put in force and lifted with the security administrator; what is known; whom it touches.
import { Alert, Button, Form, Input, Modal } from "antd";
import { type ReactNode, useState } from "react";
import type { BodyOf, ReplyOf } from "../../../core/route.ts";
import { askIncident, askLift, confirmIncident, describeIncident, dropIncident, listIncidents, settleLift } from "../../../modules/safeguards/contract.ts";
import { incidentStateLabels } from "../../../modules/safeguards/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { ReasonForm } from "../exchange/reason-form.tsx";
import { AffectedPanel } from "./affected-panel.tsx";
import { safeguardWords } from "./words.ts";

type Incident = ReplyOf<typeof listIncidents>["rows"][number];
const REFRESHES = ["/api/incidents", "/api/affected-people"];
const facts = ["kinds", "cause", "harm", "measures", "contact"] as const;
const labelOf = { kinds: "kinds", cause: "cause", harm: "harm", measures: "done", contact: "contact" } as const;

function Facts({ incident, onClose }: { readonly incident: Incident; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(safeguardWords);
  const describe = useCall(describeIncident, REFRESHES);
  return (
    <Modal open width={640} title={say("describe")} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form<BodyOf<typeof describeIncident>> layout="vertical" initialValues={Object.fromEntries(facts.map((fact) => [fact, incident[fact]]))} onFinish={(body) => describe.mutate({ params: { id: incident.id }, body }, { onSuccess: onClose })}>
        <ProblemView error={describe.error} />
        {facts.map((fact) => (
          <Form.Item key={fact} name={fact} label={say(labelOf[fact])}>
            <Input.TextArea name={fact} maxLength={fact === "contact" ? 300 : 1000} autoSize />
          </Form.Item>
        ))}
        <FormEnd move="save-facts" label={say("save")} busy={describe.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

function Moves({ incident }: { readonly incident: Incident }): ReactNode {
  const say = usePhrases(safeguardWords);
  const [mayAsk, mayConfirm] = [useMay("incident.ask"), useMay("incident.confirm")];
  const [dialog, setDialog] = useState<"facts" | "lift">();
  const confirm = useCall(confirmIncident, REFRESHES);
  const drop = useCall(dropIncident, REFRESHES);
  const lift = useCall(askLift, REFRESHES);
  const settle = useCall(settleLift, REFRESHES);
  const params = { id: incident.id };
  const { state } = incident;
  return (
    <div style={{ display: "flex", flexWrap: "wrap", gap: 12, marginTop: 12 }}>
      <ProblemView error={confirm.error ?? drop.error ?? settle.error} />
      {mayConfirm && state === "asked" ? (
        <>
          <Button danger type="primary" data-move="confirm-incident" loading={confirm.isPending} onClick={() => confirm.mutate({ params, body: {} })}>{say("confirm")}</Button>
          <Button data-move="drop-incident" loading={drop.isPending} onClick={() => drop.mutate({ params, body: {} })}>{say("drop")}</Button>
        </>
      ) : null}
      {mayConfirm && state === "lifting" ? (
        <>
          <Button type="primary" data-move="settle-lift" loading={settle.isPending} onClick={() => settle.mutate({ params, body: { lift: true } })}>{say("lifted")}</Button>
          <Button data-move="keep-incident" onClick={() => settle.mutate({ params, body: { lift: false } })}>{say("keep")}</Button>
        </>
      ) : null}
      {mayAsk && state !== "dropped" ? <Button data-move="describe-incident" onClick={() => setDialog("facts")}>{say("describe")}</Button> : null}
      {mayAsk && state === "in-force" ? <Button data-move="ask-lift" onClick={() => setDialog("lift")}>{say("lift")}</Button> : null}
      {dialog === "facts" ? <Facts incident={incident} onClose={() => setDialog(undefined)} /> : null}
      {dialog === "lift" ? <ReasonForm title={say("lift")} help={say("liftHelp")} move="send-lift" label={say("lift")} pending={lift.isPending} error={lift.error} onReason={(reason) => lift.mutate({ params, body: { reason } }, { onSuccess: () => setDialog(undefined) })} onClose={() => setDialog(undefined)} /> : null}
    </div>
  );
}

function One({ incident }: { readonly incident: Incident }): ReactNode {
  const say = usePhrases(safeguardWords);
  const read = useText();
  const mayTell = useMay("affected.tell");
  const steps = [
    say("asked", { by: incident.asked.by, at: moment(incident.asked.at) }),
    ...(incident.confirmed ? [say("confirmed", { by: incident.confirmed.by, at: moment(incident.confirmed.at) })] : []),
    ...(incident.liftAsked ? [say("liftAsked", { by: incident.liftAsked.by, at: moment(incident.liftAsked.at), reason: incident.liftAsked.reason })] : []),
    ...(incident.lifted ? [say("liftedAt", { by: incident.lifted.by, at: moment(incident.lifted.at) })] : []),
  ];
  const inForce = incident.state === "in-force" || incident.state === "lifting";
  return (
    <section className="panel" aria-label={incident.what} data-incident={incident.state}>
      <h2>{incident.what}</h2>
      <p>
        <b>{read(incidentStateLabels[incident.state])}</b> · {incident.area.fullName}
      </p>
      <ol className="quiet" style={{ margin: 0, paddingInlineStart: 20 }}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {facts.filter((fact) => incident[fact] !== "").map((fact) => (
        <p key={fact}>
          {say(labelOf[fact])}{punct.colon}{incident[fact]}
        </p>
      ))}
      <Moves incident={incident} />
      {mayTell && (inForce || incident.state === "lifted") ? <AffectedPanel incident={incident.id} open={inForce && incident.mine} /> : null}
    </section>
  );
}

export function IncidentsPage(): ReactNode {
  const say = usePhrases(safeguardWords);
  const mayAsk = useMay("incident.ask");
  const [asking, setAsking] = useState(false);
  const ask = useCall(askIncident, REFRESHES);
  const query = useRoute(listIncidents, {}, { every: 30_000 });
  return (
    <main className="page">
      <PageHead title={say("incidents")}>
        <span className="spread" />
        {mayAsk ? <Button danger data-move="ask-incident" onClick={() => setAsking(true)}>{say("ask")}</Button> : null}
      </PageHead>
      <p className="quiet">{say("incidentsHelp")}</p>
      <Loaded query={query}>
        {({ frozen, rows }) => (
          <>
            <Alert type={frozen ? "error" : "success"} showIcon style={{ marginBottom: 16 }} title={say(frozen ? "frozen" : "notFrozen")} data-frozen={frozen} />
            {rows.length === 0 ? <div className="panel"><Nothing text={say("noIncidents")} /></div> : rows.map((incident) => <One key={incident.id} incident={incident} />)}
          </>
        )}
      </Loaded>
      {asking ? <ReasonForm title={say("ask")} help={say("askHelp")} move="send-incident" label={say("ask")} pending={ask.isPending} error={ask.error} onReason={(what) => ask.mutate({ body: { what } }, { onSuccess: () => setAsking(false) })} onClose={() => setAsking(false)} /> : null}
    </main>
  );
}
