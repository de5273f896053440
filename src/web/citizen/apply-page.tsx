// Applying: where, for what, the few items that are asked, the household's members, and off it goes as a declaration.
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { declare, getForm, listOffers } from "../../modules/citizen/contract.ts";
import type { ReplyOf } from "../../core/route.ts";
import { ask, newId, type Refused } from "./ask.ts";
import { type Fault, FieldInput, typedValue } from "./fields.tsx";
import { Loaded, Problem, useAsked } from "./loaded.tsx";
import { PlaceChoice } from "./place-choice.tsx";
import { useWords } from "./words.ts";

type Form = ReplyOf<typeof getForm>;
type Typed = Readonly<Record<string, string | readonly string[]>>;

/** Typed values by the paths the server knows. Rows count from 1: the applicant stands before them. */
function answersOf(form: Form, typed: Typed, rows: readonly Typed[]): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  for (const field of form.fields) {
    const value = typedValue(field, typed[field.path] ?? "");
    if (value !== undefined) answers[field.path] = value;
  }
  rows.forEach((row, i) => form.rows?.fields.forEach((field) => {
    const value = typedValue(field, row[field.path] ?? "");
    if (value !== undefined) answers[`${form.rows?.section}[${i + 1}].${field.path}`] = value;
  }));
  return answers;
}

/** The notice in force: opened, read and ticked before anything is sent. */
function NoticeCard({ notice, told, onTold }: { readonly notice: NonNullable<Form["notice"]>; readonly told: boolean; readonly onTold: (told: boolean) => void }): ReactNode {
  const { say, read } = useWords();
  return (
    <section className="card" data-notice={notice.digest} aria-label={say("notice", { n: notice.no })}>
      <h2>{say("notice", { n: notice.no })}</h2>
      <details>
        <summary>{say("readNotice")}</summary>
        {notice.body.map(({ heading, lines }) => <section key={heading.zh}><h3>{read(heading)}</h3>{lines.map((line) => <p key={line.zh}>{read(line)}</p>)}</section>)}
      </details>
      <label className="tick"><input type="checkbox" data-move="told" checked={told} onChange={(event) => onTold(event.target.checked)} />{say("told")}</label>
    </section>
  );
}

function Filling({ form, area }: { readonly form: Form; readonly area: number }): ReactNode {
  const { say, read } = useWords();
  const [id] = useState(newId);
  const [typed, setTyped] = useState<Typed>({});
  const [rows, setRows] = useState<readonly Typed[]>([]);
  const [said, setSaid] = useState("");
  const [told, setTold] = useState(false);
  const { notice } = form;
  const [state, setState] = useState<{ readonly busy?: boolean; readonly sent?: boolean; readonly error?: Refused }>({});
  const faults = (state.error?.problem.issues ?? []) as readonly Fault[];
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setState({ busy: true });
    ask<typeof declare>("POST", "/api/self/declarations", { id, kind: "apply", campaign: form.campaign, area, answers: answersOf(form, typed, rows), ...(notice && told && { notice: notice.digest }), ...(said.trim() !== "" && { said: said.trim() }) }).then(
      () => setState({ sent: true }),
      (error: Refused) => setState({ error }),
    );
  };
  // Whoever is refused is taken to the first fault, or to the sentence at the top.
  const sheet = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.error) (sheet.current?.querySelector(".fault[id]") ?? sheet.current)?.scrollIntoView({ block: "center" });
  }, [state.error]);
  if (state.sent) return <><p className="good" role="status" data-sent>{say("sent")}</p><a className="go" href="#/follow">{say("follow")}</a></>;
  return (
    <form ref={sheet} onSubmit={send} noValidate>
      <Problem error={state.error} />
      <section className="card">
        <h2>{read(form.label)}</h2>
        {form.fields.map((field) => <FieldInput key={field.path} field={field} id={field.path} value={typed[field.path] ?? (field.kind === "codes" ? [] : "")} faults={faults} onValue={(value) => setTyped({ ...typed, [field.path]: value })} />)}
      </section>
      {form.rows ? (
        <>
          <p className="quiet">{say("membersHelp")}</p>
          {rows.map((row, i) => (
            <section className="card" key={`row-${i}`} aria-label={say("member", { n: i + 1 })}>
              <h2>{say("member", { n: i + 1 })}</h2>
              {form.rows?.fields.map((field) => { const at = `${form.rows?.section}[${i + 1}].${field.path}`; return <FieldInput key={at} field={field} id={at} value={row[field.path] ?? (field.kind === "codes" ? [] : "")} faults={faults} onValue={(value) => setRows(rows.map((one, n) => (n === i ? { ...one, [field.path]: value } : one)))} />; })}
              <button type="button" onClick={() => setRows(rows.filter((_, n) => n !== i))}>{say("removeMember")}</button>
            </section>
          ))}
          {rows.length + 1 < form.rows.most ? <button type="button" data-move="add-member" onClick={() => setRows([...rows, {}])}>{say("addMember")}</button> : null}
        </>
      ) : null}
      <section className="card">
        <label htmlFor="said">{say("said")}</label>
        <textarea id="said" rows={3} maxLength={500} value={said} onChange={(event) => setSaid(event.target.value)} />
        <p className="quiet">{say("engines")}</p>
      </section>
      {notice ? <NoticeCard notice={notice} told={told} onTold={setTold} /> : <p className="card" data-privacy>{say("privacy")}</p>}
      <p className="quiet">{say("proposes")}</p>
      <button type="submit" className="main" data-move="send" disabled={state.busy}>{say(state.busy ? "sending" : "send")}</button>
    </form>
  );
}

function Rounds({ area }: { readonly area: number }): ReactNode {
  const { say, read } = useWords();
  const [campaign, setCampaign] = useState("");
  const offers = useAsked(() => ask<typeof listOffers>("GET", `/api/self/offers?area=${area}`), String(area));
  const form = useAsked(async () => (campaign === "" ? undefined : ask<typeof getForm>("GET", `/api/self/forms/${campaign}?area=${area}`)), `${campaign} ${area}`);
  return (
    <Loaded asked={offers}>
      {({ rounds }) => rounds.length === 0 ? <p className="card">{say("nothingHere")}</p> : (
        <>
          <label htmlFor="round">{say("which")}</label>
          <select id="round" value={campaign} onChange={(event) => setCampaign(event.target.value)}>
            <option value="">{say("choose")}</option>
            {rounds.map((round) => <option key={round.campaign} value={round.campaign}>{read(round.label)}</option>)}
          </select>
          {rounds.filter((round) => round.campaign === campaign).map((round) => <p key={round.campaign} className="quiet">{say("until", { d: round.until })}</p>)}
          {campaign === "" ? null : <Loaded asked={form}>{(found) => (found ? <Filling key={found.campaign} form={found} area={area} /> : null)}</Loaded>}
        </>
      )}
    </Loaded>
  );
}

export function ApplyPage(): ReactNode {
  const { say } = useWords();
  const [place, setPlace] = useState<number>();
  return (
    <>
      <h1>{say("apply")}</h1>
      <section className="card"><PlaceChoice onPlace={(code, last) => setPlace(last ? code : undefined)} /></section>
      {place === undefined ? null : <Rounds key={place} area={place} />}
    </>
  );
}
