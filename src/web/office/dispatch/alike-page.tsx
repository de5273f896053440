// Equal cases answered together: one note and one paper, each case still checked singly, the result told case by case.
import { Alert, Button, Checkbox, Input, Radio } from "antd";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { answerCases, listAlike } from "../../../modules/dispatch/contract.ts";
import { answerLabels, type CaseAnswer, caseAnswers, needsProof } from "../../../modules/dispatch/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { CASE_REFRESHES } from "./answer-form.tsx";
import { answerFaults } from "./answering.ts";
import { ClockTag } from "./clock-tag.tsx";
import { moreWords } from "./more-words.ts";
import { dispatchWords } from "./words.ts";

type Alike = ReplyOf<typeof listAlike>;
type Outcome = ReplyOf<typeof answerCases>;

function Rows({ data, chosen, onChoose, outcome }: { readonly data: Alike; readonly chosen: ReadonlySet<string>; readonly onChoose: (chosen: ReadonlySet<string>) => void; readonly outcome: Outcome | undefined }): ReactNode {
  const say = usePhrases(moreWords);
  const words = usePhrases(dispatchWords);
  const read = useText();
  const results = new Map(outcome?.results.map((each) => [each.case, each]));
  const toggle = (id: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    onChoose(next);
  };
  return (
    <section className="panel">
      <div style={{ display: "flex", gap: 16, alignItems: "center", marginBottom: 8 }}>
        <Checkbox name="all" checked={chosen.size === data.rows.length} indeterminate={chosen.size > 0 && chosen.size < data.rows.length} onChange={(event) => onChoose(new Set(event.target.checked ? data.rows.map((row) => row.id) : []))}>
          {say("all")}
        </Checkbox>
        <span role="status" className="quiet">{say("chosen", { n: chosen.size, all: data.rows.length })}</span>
        {data.more ? <span className="fault-explain">{say("equalMore")}</span> : null}
      </div>
      <div style={{ maxHeight: 420, overflow: "auto" }} tabIndex={0} role="region" aria-label={say("equal")}>
        <table className="beside">
          <thead>
            <tr>
              <th scope="col">{words("person")}</th>
              <th scope="col">{words("area")}</th>
              <th scope="col">{words("clock")}</th>
              <th scope="col">{say("result")}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => {
              const result = results.get(row.id);
              return (
                <tr key={row.id} data-alike={row.id}>
                  <td>
                    <Checkbox checked={chosen.has(row.id)} onChange={(event) => toggle(row.id, event.target.checked)} aria-label={row.personName}>
                      {row.personName}
                    </Checkbox>{" "}
                    <Link to="/cases/$county/$id" params={{ county: String(row.county), id: row.id }}>→</Link>
                  </td>
                  <td>{row.area.name}</td>
                  <td><ClockTag state={row.state} dueOn={row.dueOn} /></td>
                  <td data-result={result === undefined ? undefined : result.done ? "done" : result.problem?.code}>
                    {result === undefined ? "" : result.done ? say("done") : <span className="fault-explain">{read(result.problem?.detail) || read(result.problem?.title)}</span>}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Opened({ county, data }: { readonly county: number; readonly data: Alike }): ReactNode {
  const say = usePhrases(moreWords);
  const words = usePhrases(dispatchWords);
  const read = useText();
  const department = useDepartmentLabel();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(data.rows.map((row) => row.id)));
  const [answer, setAnswer] = useState<CaseAnswer>();
  const [note, setNote] = useState("");
  const [proof, setProof] = useState<File>();
  const [tried, setTried] = useState(false);
  const send = useCall(answerCases, CASE_REFRESHES.filter((path) => path !== "/api/cases"));
  const faults = answerFaults({ answer, note, proof });
  const missing = chosen.size === 0 ? say("needOne") : read(faults[0]?.message) || undefined;
  const submit = (): void => {
    setTried(true);
    if (missing !== undefined || answer === undefined) return;
    send.mutate({ params: { county }, body: { cases: [...chosen].join(","), answer, note: note.trim() }, ...(proof ? { file: proof } : {}) }, { onSuccess: () => setTried(false) });
  };
  if (data.rows.length <= 1) return <Nothing text={say("equalNone")} />;
  return (
    <>
      <section className="panel">
        <h2>{say("pattern")}</h2>
        <ul style={{ margin: 0 }}>
          {data.pattern.map((part, i) => (
            <li key={i}>{read(part.classLabel)} · {department(part.department)}{part.theirs === undefined ? "" : ` · ${say("theirsIs", { value: read(part.theirs) })}`}</li>
          ))}
        </ul>
      </section>
      {send.data ? <Alert type={send.data.done === send.data.asked ? "success" : "warning"} showIcon title={say("outcome", { done: send.data.done, asked: send.data.asked })} style={{ marginBottom: 16 }} data-outcome={send.data.done} /> : null}
      <Rows data={data} chosen={chosen} onChoose={setChosen} outcome={send.data} />
      <section className="panel">
        <h2>{words("answerTitle")}</h2>
        <ProblemView error={send.error} />
        <Radio.Group name="answer" value={answer ?? null} onChange={(event) => setAnswer(caseAnswers.find((one) => one === event.target.value))} style={{ display: "flex", flexDirection: "column", gap: 8 }}>
          {caseAnswers.map((one) => <Radio key={one} value={one} data-answer={one}>{read(answerLabels[one])}</Radio>)}
        </Radio.Group>
        <div style={{ marginTop: 12, maxWidth: 760 }}>
          <label htmlFor="answer-note"><span className="must">*</span> {words("note")}</label>
          <Input.TextArea id="answer-note" name="note" rows={3} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} aria-describedby="note-help" />
          <div id="note-help" className="field-help">{words("noteHelp")}</div>
          <label htmlFor="answer-proof">{words("proof")}{words(answer !== undefined && needsProof.includes(answer) ? "proofMust" : "proofMay")}</label>
          <div><FilePick id="answer-proof" name="proof" accept="image/jpeg,image/png,application/pdf" onPick={setProof} /></div>
        </div>
        {tried && missing !== undefined ? <div role="alert" className="field-fault fault-block">{missing}</div> : null}
        <Button type="primary" size="large" data-move="answer-many" disabled={send.data !== undefined} loading={send.isPending} style={{ marginTop: 16 }} onClick={submit}>{say("sendMany", { n: chosen.size })}</Button>
      </section>
    </>
  );
}

export function AlikePage(): ReactNode {
  const say = usePhrases(moreWords);
  const words = usePhrases(dispatchWords);
  const { county, id } = useParams({ from: "/shell/cases/$county/$id/alike" });
  const query = useRoute(listAlike, { params: { county: Number(county), id } });
  return (
    <main className="page">
      <PageHead title={say("equalTitle")}>
        <span className="spread" />
        <Link to="/cases/$county/$id" params={{ county, id }}>{say("backToCase")}</Link>
      </PageHead>
      <p className="quiet">{say("equalHelp")}</p>
      <Loaded query={query}>{(data) => <Opened county={Number(county)} data={data} />}</Loaded>
    </main>
  );
}
