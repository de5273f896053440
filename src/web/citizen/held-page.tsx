// What is held about me, sensitive items partly hidden, and proposing another value.
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { declare, getHeld } from "../../modules/citizen/contract.ts";
import type { ReplyOf } from "../../core/route.ts";
import { ask, newId, type Refused } from "./ask.ts";
import { type Fault, FieldInput, typedValue } from "./fields.tsx";
import { Loaded, Problem, useAsked } from "./loaded.tsx";
import { useWords } from "./words.ts";

type Held = ReplyOf<typeof getHeld>;
type One = Held["records"][number];

function Record({ record }: { readonly record: One }): ReactNode {
  const { say, read, mark } = useWords();
  const [id] = useState(newId);
  const [changed, setChanged] = useState<Readonly<{ [path: string]: string | readonly string[] }>>({});
  const [said, setSaid] = useState("");
  const [state, setState] = useState<{ readonly busy?: boolean; readonly sent?: boolean; readonly error?: Refused }>({});
  const sheet = useRef<HTMLElement>(null);
  // The page is long on a telephone: what became of the sending is brought into view.
  useEffect(() => {
    if (state.sent || state.error) (sheet.current?.querySelector("[data-sent], .fault") ?? sheet.current)?.scrollIntoView({ block: "center" });
  }, [state]);
  const faults = (state.error?.problem.issues ?? []) as readonly Fault[];
  const paths = Object.keys(changed);
  const answers = Object.fromEntries(record.items.flatMap((item) => {
    const value = item.mayCorrect && item.path in changed ? typedValue(item.mayCorrect, changed[item.path] ?? "") : undefined;
    return value === undefined ? [] : [[item.path, value]];
  }));
  const send = (): void => {
    setState({ busy: true });
    ask<typeof declare>("POST", "/api/self/declarations", { id, kind: "correct", county: record.county, record: record.id, basedOn: record.head, answers, ...(said.trim() !== "" && { said: said.trim() }) }).then(
      () => (setState({ sent: true }), setChanged({})),
      (error: Refused) => setState({ error }),
    );
  };
  return (
    <section ref={sheet} className="card" aria-label={read(record.label)} data-record={record.scheme}>
      <h2>{read(record.label)}</h2>
      <p className="quiet">{record.area.fullName}{mark.semicolon}{read(record.state)}</p>
      {state.sent ? <p className="good" role="status" data-sent>{say("sent")}</p> : null}
      <Problem error={state.error} />
      {record.index ? (
        <details data-index>
          <summary>{say("index")}</summary>
          <p>{read(record.index.words)}</p>
          <ul>{record.index.parts.map((part) => <li key={part.key} data-standing={part.standing}>{part.standing === "deprived" ? <b>{read(part.words)}</b> : read(part.words)}</li>)}</ul>
          <p className="quiet">{say("indexBy", { set: read(record.index.set), v: record.index.version })}</p>
        </details>
      ) : null}
      <dl>
        {record.items.map((item) => (
          <div key={item.path} data-item={item.path}>
            <dt>{read(item.label)}{item.masked ? say("masked") : ""}</dt>
            <dd>
              {read(item.shown)} <span className="quiet">{say("from")}{read(item.from)}</span>
              {item.mayCorrect && !(item.path in changed) && !state.sent ? <div><button type="button" className="small" aria-label={`${say("correct")}${mark.colon}${read(item.label)}`} onClick={() => setChanged({ ...changed, [item.path]: item.mayCorrect?.kind === "codes" ? [] : "" })}>{say("correct")}</button></div> : null}
              {item.mayCorrect && item.path in changed ? (
                <>
                  <FieldInput field={{ ...item.mayCorrect, label: { zh: `${item.label.zh}：改为`, en: `${item.label.en}: should be` } }} id={item.path} value={changed[item.path] ?? ""} faults={faults} onValue={(value) => setChanged({ ...changed, [item.path]: value })} />
                  <button type="button" className="small" style={{ marginTop: 8 }} onClick={() => setChanged(Object.fromEntries(Object.entries(changed).filter(([path]) => path !== item.path)))}>{say("cancel")}</button>
                </>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
      {record.others > 0 ? <p className="quiet">{say("others", { n: record.others })}</p> : null}
      {paths.length > 0 ? (
        <>
          <label htmlFor={`said-${record.id}`}>{say("reason")}</label>
          <textarea id={`said-${record.id}`} rows={2} maxLength={500} value={said} onChange={(event) => setSaid(event.target.value)} />
          <p className="quiet">{say("proposes")}</p>
        </>
      ) : null}
      {paths.length > 0 ? <div className="stays"><button type="button" className="main" data-move="send-correction" disabled={state.busy || Object.keys(answers).length === 0} onClick={send}>{say("sendCorrections", { n: Object.keys(answers).length })}</button></div> : null}
    </section>
  );
}

export function HeldPage(): ReactNode {
  const { say, read, mark } = useWords();
  const asked = useAsked(() => ask<typeof getHeld>("GET", "/api/self/held"), "held");
  return (
    <>
      <h1>{say("held")}</h1>
      <Loaded asked={asked}>
        {({ records, asMember, otherName }) => (
          <>
            {otherName > 0 ? <p className="fault">{say("otherName", { n: otherName })}</p> : null}
            {asMember.map((one) => <p className="card" key={`${one.label.zh}${one.area.code}`}>{say("asMember", { d: `${read(one.label)}${mark.comma}${one.area.fullName}` })}</p>)}
            {records.length === 0 && asMember.length === 0 ? <p className="card">{say("none")}</p> : records.map((record) => <Record key={record.id} record={record} />)}
          </>
        )}
      </Loaded>
    </>
  );
}
