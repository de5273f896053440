// The audit by person, reader, purpose, action and time; its rows can be taken out as a signed file.
import { Alert, Button, Input, Select } from "antd";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import { newId } from "../../../core/ids.ts";
import type { ReplyOf } from "../../../core/route.ts";
import { isDate } from "../../../core/time.ts";
import { findAudit, getAuditFile, getAuditState } from "../../../modules/auditing/contract.ts";
import { ProblemError, requestOf } from "../../shared/client.ts";
import { useRoute } from "../../shared/data.ts";
import { count, moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { PageTurn } from "../../shared/page-turn.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { DetailLines } from "./detail-lines.tsx";
import type { AuditSearch } from "./routes.ts";
import { auditWords } from "./words.ts";

type Row = ReplyOf<typeof findAudit>["rows"][number];
const api = getRouteApi("/shell/audit");

/** Saves the file that a call answers with. @throws ProblemError */
async function takeFile(body: object): Promise<void> {
  const { address, init } = requestOf(getAuditFile, { body }, newId());
  const reply = await fetch(address, init);
  if (!reply.ok) throw new ProblemError((await reply.json()) as ConstructorParameters<typeof ProblemError>[0]);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await reply.blob());
  link.download = `audit-${new Date().toISOString().slice(0, 10)}.jsonl`;
  link.click();
  URL.revokeObjectURL(link.href);
}

type FilterProps = { readonly search: AuditSearch; readonly person: string; readonly onFind: (search: AuditSearch, person: string) => void };

function Filters({ search, person, onFind }: FilterProps): ReactNode {
  const say = usePhrases(auditWords);
  const read = useText();
  const state = useRoute(getAuditState, {});
  const [draft, setDraft] = useState<AuditSearch>(search);
  const [who, setWho] = useState(person);
  const [tried, setTried] = useState(false);
  const badDate = [draft.from, draft.to].some((date) => date !== undefined && date !== "" && !isDate(date));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!badDate) onFind({ ...draft, after: undefined }, who.trim());
  };
  const text = (key: "from" | "to" | "reader", width: number, hint?: string): ReactNode => (
    <div>
      <label htmlFor={`audit-${key}`} style={{ display: "block" }}>{say(key)}</label>
      <Input id={`audit-${key}`} style={{ width }} value={draft[key] ?? ""} placeholder={hint} maxLength={80} onChange={(event) => setDraft({ ...draft, [key]: event.target.value.trim() === "" ? undefined : event.target.value.trim() })} />
    </div>
  );
  const choice = (key: "purpose" | "action", options: readonly { readonly key: string; readonly label: { readonly zh: string; readonly en: string } }[]): ReactNode => (
    <div>
      <label htmlFor={`audit-${key}`} style={{ display: "block" }}>{say(key)}</label>
      <Select<string> id={`audit-${key}`} style={{ width: 200 }} allowClear showSearch={{ optionFilterProp: "label" }} placeholder={say("any")} value={draft[key] ?? null} options={options.map((one) => ({ value: one.key, label: read(one.label) }))} onChange={(value) => setDraft({ ...draft, [key]: value ?? undefined })} />
    </div>
  );
  return (
    <form onSubmit={submit} style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "flex-end", marginBottom: 16 }}>
      <div>
        <label htmlFor="audit-person" style={{ display: "block" }}>{say("person")}</label>
        <Input id="audit-person" style={{ width: 240 }} value={who} placeholder={say("personHelp")} maxLength={36} autoComplete="off" onChange={(event) => setWho(event.target.value)} />
      </div>
      {text("reader", 150, say("readerHelp"))}
      {choice("purpose", state.data?.purposes ?? [])}
      {choice("action", state.data?.actions ?? [])}
      {text("from", 120, "2026-11-01")}
      {text("to", 120, "2026-11-30")}
      <Button type="primary" htmlType="submit" data-action="find-audit">{say("find")}</Button>
      <Button onClick={() => { setDraft({}); setWho(""); onFind({}, ""); }}>{say("clear")}</Button>
      {tried && badDate ? <div role="alert" className="field-fault">{say("badDate")}</div> : null}
    </form>
  );
}

export function AuditPage(): ReactNode {
  const say = usePhrases(auditWords);
  const read = useText();
  const lang = useLang();
  const search = api.useSearch();
  const navigate = api.useNavigate();
  const [person, setPerson] = useState("");
  const [fault, setFault] = useState<Error | null>(null);
  const { after, ...filter } = search;
  const asked = Object.fromEntries(Object.entries({ ...filter, person }).filter(([, value]) => value !== undefined && value !== ""));
  const query = useRoute(findAudit, { body: { ...asked, ...(after !== undefined && { after }) } }, { keep: true });
  return (
    <main className="page">
      <PageHead title={say("title")} />
      <div className="panel">
        <p className="quiet">{say("help")}</p>
        <Filters search={filter} person={person} onFind={(next, who) => { setPerson(who); void navigate({ search: next }); }} />
        <ProblemView error={fault} />
        <Loaded query={query}>
          {(page) => (
            <>
              {page.person ? <Alert type="info" showIcon style={{ marginBottom: 12 }} title={say("found", { name: page.person.name, id: page.person.idNumber, n: page.person.records })} /> : person !== "" && page.rows.length === 0 ? <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={say("nobody")} /> : null}
              <RowTable<Row>
                rows={page.rows}
                empty={say("none")}
                pageSize={200}
                columns={[
                  { title: say("at"), key: "at", render: (_, row) => <span className="number">{moment(row.at)}</span> },
                  { title: say("reader"), key: "reader", render: (_, row) => <>{row.reader.name}{row.reader.office ? <div className="quiet">{row.reader.office}</div> : null}</> },
                  { title: say("action"), key: "action", render: (_, row) => <span data-audit-action={row.action}>{read(row.label)}</span> },
                  { title: say("purpose"), key: "purpose", render: (_, row) => (row.purpose ? read(row.purpose.label) : "—") },
                  { title: say("whom"), key: "whom", render: (_, row) => (row.record ? <span title={row.record.id}>{row.record.name === "" ? row.record.id.slice(0, 8) : row.record.name}</span> : "—") },
                  { title: say("people"), key: "people", align: "right", render: (_, row) => <span className="number">{count(row.people, lang)}</span> },
                  { title: say("place"), key: "place", render: (_, row) => row.area?.name ?? "—" },
                  { title: say("row"), key: "seq", align: "right", render: (_, row) => (row.seq === undefined ? <span className="quiet">{say("waiting")}</span> : <span className="number">{count(row.seq, lang)}</span>) },
                  { title: say("detail"), key: "detail", render: (_, row) => <DetailLines detail={row.detail} /> },
                ]}
              />
              <PageTurn after={after} next={page.next} onTurn={(next) => void navigate({ search: { ...filter, after: next } })} />
              <div style={{ marginTop: 12 }}>
                <Button data-move="audit-file" onClick={() => { setFault(null); takeFile(asked).catch((error: unknown) => setFault(error instanceof Error ? error : new Error(String(error)))); }}>{say("file")}</Button>
              </div>
            </>
          )}
        </Loaded>
      </div>
    </main>
  );
}
