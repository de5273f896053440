// Where my declarations stand: each step, what the township asked, answering it, withdrawing.
import { type ReactNode, useState } from "react";
import type { listOwn, moveOwn } from "../../modules/citizen/contract.ts";
import { actLabels, kindLabels, type OwnMove, selfMoves, stateLabels } from "../../modules/citizen/rules.ts";
import type { ReplyOf } from "../../core/route.ts";
import { ask, type Refused } from "./ask.ts";
import { Loaded, Problem, useAsked } from "./loaded.tsx";
import { useWords } from "./words.ts";

type Own = ReplyOf<typeof listOwn>["rows"][number];
const day = (at: string): string => new Date(at).toLocaleString("sv-SE", { dateStyle: "short", timeStyle: "short" });

function Declaration({ own, again }: { readonly own: Own; readonly again: () => void }): ReactNode {
  const { say, read, mark } = useWords();
  const [words, setWords] = useState("");
  const [error, setError] = useState<Refused>();
  const move = (which: OwnMove): void => {
    ask<typeof moveOwn>("POST", `/api/self/declarations/${own.county}/${own.id}/moves`, { move: which, ...(which === "answer" && { words: words.trim() }) }).then(again, setError);
  };
  const may = (which: OwnMove): boolean => selfMoves[which].from.includes(own.state);
  return (
    <section className="card" data-declaration={own.id} aria-label={read(kindLabels[own.kind])}>
      <h2>{read(kindLabels[own.kind])}{mark.colon}{read(own.label)}</h2>
      <p><b data-state={own.state}>{read(stateLabels[own.state])}</b> <span className="quiet">{own.area.fullName}</span></p>
      {own.record ? <p>{say("recordState")}{mark.colon}<b data-record-state>{read(own.record.state)}</b></p> : null}
      {own.aid.map((one) => (
        <p key={one.item} data-aid={one.state}>
          {read(one.label)}{mark.colon}<b>{read(one.stateLabel)}</b>{one.amount === undefined ? "" : ` ${say("yuan", { n: one.amount })}`}
          <span className="quiet"> {one.decidedOn ?? (one.dueOn === undefined || one.state !== "open" ? one.appliedOn : say("dueOn", { d: one.dueOn }))}</span>
          {one.why ? <span className="quiet"> {read(one.why)}</span> : null}
        </p>
      ))}
      <ol className="steps">
        {own.steps.map((step) => <li key={step.at + step.act}>{read(actLabels[step.act])} <span className="quiet">{day(step.at)}</span>{step.words === undefined ? null : <div>{step.words}</div>}</li>)}
      </ol>
      <Problem error={error} />
      {may("answer") ? (
        <>
          <label htmlFor={`answer-${own.id}`}>{say("answer")}</label>
          <textarea id={`answer-${own.id}`} rows={3} maxLength={500} value={words} onChange={(event) => setWords(event.target.value)} />
          <button type="button" className="main" data-move="answer" disabled={words.trim().length < 2} onClick={() => move("answer")}>{read(selfMoves.answer.label)}</button>
        </>
      ) : null}
      {may("withdraw") ? <button type="button" data-move="withdraw" onClick={() => move("withdraw")}>{read(selfMoves.withdraw.label)}</button> : null}
    </section>
  );
}

function Older({ after }: { readonly after: number }): ReactNode {
  const asked = useAsked(() => ask<typeof listOwn>("GET", `/api/self/declarations?after=${after}`), `own-${after}`);
  return <Loaded asked={asked}>{(found) => <Some found={found} again={asked.again} />}</Loaded>;
}

/** Some of my declarations; older ones are asked for. */
function Some({ found, again }: { readonly found: ReplyOf<typeof listOwn>; readonly again: () => void }): ReactNode {
  const { say } = useWords();
  const [opened, setOpened] = useState(false);
  return (
    <>
      {found.rows.map((own) => <Declaration key={own.id} own={own} again={again} />)}
      {found.next === undefined ? null : opened ? <Older after={found.next} /> : <button type="button" data-older onClick={() => setOpened(true)}>{say("older")}</button>}
    </>
  );
}

export function FollowPage(): ReactNode {
  const { say } = useWords();
  const asked = useAsked(() => ask<typeof listOwn>("GET", "/api/self/declarations"), "own");
  return (
    <>
      <h1>{say("follow")}</h1>
      <Loaded asked={asked}>{(found) => (found.rows.length === 0 ? <p className="card">{say("noDeclarations")}</p> : <Some found={found} again={asked.again} />)}</Loaded>
    </>
  );
}
