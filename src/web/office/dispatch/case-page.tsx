// One case side by side: each finding a row, the answer, the county's decision, and what was done so far.
import { Alert } from "antd";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { getCase, getCaseProof } from "../../../modules/dispatch/contract.ts";
import { answerLabels } from "../../../modules/dispatch/rules.ts";
import { states } from "../../../modules/records/rules.ts";
import { fileAddress } from "../../shared/client.ts";
import { Compared } from "../../shared/compared.tsx";
import { useRoute } from "../../shared/data.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { StateTag } from "../../shared/record-marks.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { absentWords, closingLabels } from "../matching/run-words.ts";
import { AnswerForm, type CaseView } from "./answer-form.tsx";
import { isDecided, whatNext } from "./answering.ts";
import { ClockTag } from "./clock-tag.tsx";
import { actorName, caseStateLabels, routedLabels, stepLabels } from "./clock.ts";
import { ClimbTag } from "./climb-tag.tsx";
import { DecisionForm } from "./decision-form.tsx";
import { moreWords } from "./more-words.ts";
import { RerouteForm } from "./reroute-form.tsx";
import { TakeValues } from "./take-values.tsx";
import { dispatchWords } from "./words.ts";

function FindingRows({ view }: { readonly view: CaseView }): ReactNode {
  const say = usePhrases(dispatchWords);
  const read = useText();
  const departmentLabel = useDepartmentLabel();
  return (
    <section className="panel">
      <h2>{say("sideBySide")}</h2>
      <div style={{ overflowX: "auto" }}>
        <table className="beside">
          <thead>
            <tr>
              <th scope="col">{say("item")}</th>
              <th scope="col">{say("ours")}</th>
              <th scope="col">{say("theirs")}</th>
              <th scope="col">{say("authority")}</th>
              <th scope="col">{say("state")}</th>
            </tr>
          </thead>
          <tbody>
            {view.findings.map((finding) => (
              <tr key={finding.id} data-finding={finding.id} data-finding-state={finding.state}>
                <th scope="row" style={{ width: "24%" }}>
                  {read(finding.itemLabel) || read(finding.classLabel)}
                  <div className="quiet" style={{ fontWeight: 400 }}>
                    {finding.itemLabel ? `${read(finding.classLabel)} · ` : ""}
                    {finding.class}
                  </div>
                  {finding.member ? (
                    <div className="quiet" style={{ fontWeight: 400 }} data-member={finding.path ?? ""}>
                      {say("ofMember", { name: `${finding.member.name} ${finding.member.idNumber ?? ""}`.trim() })}
                    </div>
                  ) : null}
                </th>
                <td className="wide-number">
                  <Compared value={read(finding.ours)} against={read(finding.theirs)} absent={say(absentWords(finding).ours)} />
                </td>
                <td className="wide-number">
                  <Compared value={read(finding.theirs)} against={read(finding.ours)} absent={say(absentWords(finding).theirs)} />
                  <div className="quiet">{read(finding.departmentLabel)}</div>
                </td>
                <td>{finding.authority === "register" ? say("register") : finding.authority === finding.department ? read(finding.departmentLabel) : departmentLabel(finding.authority)}</td>
                <td>
                  {finding.state === "open" ? (
                    <b className="fault-explain">{say(finding.path === undefined ? "missingFinding" : "openFinding")}</b>
                  ) : (
                    <span style={{ color: "#14532d" }}>
                      {say("closedFinding")}
                      {finding.closedBecause ? <div className="quiet">{read(closingLabels[finding.closedBecause]) || finding.closedBecause}</div> : null}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Given({ view }: { readonly view: CaseView }): ReactNode {
  const say = usePhrases(dispatchWords);
  const read = useText();
  const { answer } = view.case;
  if (answer === undefined) return null;
  return (
    <section className="panel" data-given={answer}>
      <h2>{say("given")}</h2>
      <p style={{ margin: 0 }}>
        <b>{read(answerLabels[answer])}</b> <span className="quiet">{say("by", { name: view.answeredBy ?? "", at: moment(view.answeredAt) })}</span>
        {view.hasProof ? (
          <span>
            {" · "}
            <a href={fileAddress(getCaseProof, { params: { county: view.case.county, id: view.case.id } })} target="_blank" rel="noreferrer">
              {say("withProof")}
            </a>
          </span>
        ) : null}
      </p>
      {view.answerNote ? <p style={{ margin: "8px 0 0", whiteSpace: "pre-wrap" }}>{view.answerNote}</p> : null}
    </section>
  );
}

function Moves({ view }: { readonly view: CaseView }): ReactNode {
  const say = usePhrases(dispatchWords);
  const more = usePhrases(moreWords);
  const read = useText();
  const mayAnswer = useMay("case.answer");
  const mayDecide = useMay("case.decide");
  const answer = view.moves.find((one) => one.move === "answer");
  const decide = view.moves.find((one) => one.move === "decide");
  return (
    <>
      {mayDecide ? (
        <section className="panel">
          <h2>{say("decision")}</h2>
          {decide?.open ? <DecisionForm view={view} /> : <p className="quiet" style={{ margin: 0 }}>{say("cannotDecide", { why: read(decide?.why) })}</p>}
        </section>
      ) : null}
      {mayAnswer ? (
        <section className="panel">
          <h2>{say(view.case.state === "answered" ? "changeAnswer" : "answerTitle")}</h2>
          {view.case.state === "open" ? (
            <p>
              <Link to="/cases/$county/$id/alike" params={{ county: String(view.case.county), id: view.case.id }} data-move="alike">
                {more("toEqual")} →
              </Link>
            </p>
          ) : null}
          {answer?.open ? <AnswerForm view={view} /> : <p className="quiet" style={{ margin: 0 }}>{say("cannotAnswer", { why: read(answer?.why) })}</p>}
        </section>
      ) : null}
    </>
  );
}

function History({ view }: { readonly view: CaseView }): ReactNode {
  const say = usePhrases(dispatchWords);
  const read = useText();
  return (
    <section className="panel">
      <h2>{say("history")}</h2>
      <ol style={{ listStyle: "none", margin: 0, padding: 0 }}>
        {view.history.map((step, i) => (
          <li key={i} data-step={step.kind} style={{ display: "flex", flexWrap: "wrap", gap: "2px 16px", padding: "6px 0", borderTop: i === 0 ? 0 : "1px solid #e4e8ee" }}>
            <span className="quiet number">{moment(step.at)}</span>
            <b>{read(stepLabels[step.kind]) || step.kind}</b>
            <span>{read(actorName(step.actor))}</span>
            {step.note ? <span style={{ flexBasis: "100%", whiteSpace: "pre-wrap" }}>{step.note}</span> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Opened({ view }: { readonly view: CaseView }): ReactNode {
  const say = usePhrases(dispatchWords);
  const read = useText();
  const mayRead = useMay("record.read");
  const row = view.case;
  const recordState = states.find((state) => state === view.recordState);
  return (
    <>
      <PageHead title={say("caseTitle", { name: row.personName, group: read(row.groupLabel) })}>
        <span data-case-state={row.state}>{read(caseStateLabels[row.state])}</span>
        {row.state === "closed" ? null : <ClockTag state={row.state} dueOn={row.dueOn} />}
        <ClimbTag row={row} />
        <span className="spread" />
        <Link to="/cases">{say("back")}</Link>
      </PageHead>
      <p style={{ display: "flex", flexWrap: "wrap", gap: "4px 24px", margin: "0 0 12px", alignItems: "center" }}>
        <span title={row.area.fullName}>{row.area.fullName}</span>
        <span className="quiet">{read(routedLabels[view.routedBy])}</span>
        {recordState ? (
          <span>
            {say("recordState")} <StateTag state={recordState} />
          </span>
        ) : null}
        {row.record && mayRead ? (
          <Link to="/records/$county/$id" params={{ county: String(row.county), id: row.record }}>
            {say("openRecord")}
          </Link>
        ) : null}
      </p>
      <Alert type={row.state === "closed" ? "success" : "info"} showIcon title={read(whatNext(row.state, row.answer, isDecided(view.history)))} description={say("rule")} style={{ marginBottom: 16 }} />
      <FindingRows view={view} />
      <TakeValues view={view} />
      <Given view={view} />
      <Moves view={view} />
      <RerouteForm view={view} />
      <History view={view} />
    </>
  );
}

export function CasePage(): ReactNode {
  const { county, id } = useParams({ from: "/shell/cases/$county/$id" });
  const query = useRoute(getCase, { params: { county: Number(county), id } });
  return (
    <main className="page">
      <Loaded query={query}>{(view) => <Opened view={view} />}</Loaded>
    </main>
  );
}
