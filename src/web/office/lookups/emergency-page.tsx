// One emergency access: what was asked, the decision of another office, finding people while it is open, what was read, and the superior's settling.
import { Alert, App, Button, Input, Radio, Select } from "antd";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { decideEmergency, endEmergency, getEmergency, searchInEmergency, settleEmergency } from "../../../modules/lookups/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { type Line, Lines } from "../../shared/lines.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { peopleWords } from "../people/words.ts";
import { type Access, AccessTag, REFRESHES } from "./emergencies-page.tsx";
import { lookupWords } from "./words.ts";

type View = ReplyOf<typeof getEmergency>;
type Found = ReplyOf<typeof searchInEmergency>["rows"][number];

function Facts({ access }: { readonly access: Access }): ReactNode {
  const say = usePhrases(lookupWords);
  const lines: readonly Line[] = [
    [say("area"), access.area.fullName],
    [say("state"), <AccessTag key="state" access={access} />],
    [say("why"), access.reason],
    [say("by"), `${access.askedBy}${punct.inside(access.askedOffice)} ${moment(access.askedAt)}`],
    ...(access.decidedBy === undefined ? [] : [[say("decided"), `${access.decidedBy} ${moment(access.decidedAt)}${access.remark ? `${punct.colon}${access.remark}` : ""}`] as const]),
    ...(access.endsAt === undefined ? [] : [[say("ends"), moment(access.endsAt)] as const]),
    ...(access.reviewDueOn === undefined ? [] : [[say("due"), access.reviewDueOn] as const]),
    ...(access.reviewedBy === undefined ? [] : [[say("settledBy"), `${access.reviewedBy} ${moment(access.reviewedAt)}${punct.colon}${say(access.justified ? "justified" : "unjustified")}${punct.semicolon}${access.reviewRemark ?? ""}`] as const]),
  ];
  return (
    <section className="panel" aria-label={say("title")}>
      <Lines lines={lines} />
    </section>
  );
}

function Decide({ id }: { readonly id: string }): ReactNode {
  const say = usePhrases(lookupWords);
  const [note, setNote] = useState("");
  const decide = useCall(decideEmergency, REFRESHES);
  const press = (accept: boolean): void => decide.mutate({ params: { id }, body: { accept, ...(note.trim() === "" ? {} : { note: note.trim() }) } });
  return (
    <section className="panel" aria-label={say("decision")}>
      <h2>{say("decision")}</h2>
      <ProblemView error={decide.error} />
      <label htmlFor="decide-note">{say("note")}</label>
      <Input id="decide-note" maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} style={{ margin: "4px 0 12px" }} />
      <div style={{ display: "flex", gap: 12 }}>
        <Button type="primary" data-move="let-emergency" loading={decide.isPending} onClick={() => press(true)}>{say("let")}</Button>
        <Button danger data-move="refuse-emergency" disabled={decide.isPending} onClick={() => press(false)}>{say("refuse")}</Button>
      </div>
    </section>
  );
}

function Settle({ id }: { readonly id: string }): ReactNode {
  const say = usePhrases(lookupWords);
  const [justified, setJustified] = useState<boolean>();
  const [remark, setRemark] = useState("");
  const settle = useCall(settleEmergency, REFRESHES);
  const ready = justified !== undefined && remark.trim() !== "";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) settle.mutate({ params: { id }, body: { justified, remark: remark.trim() } });
  };
  return (
    <section className="panel" aria-label={say("settle")}>
      <h2>{say("settle")}</h2>
      <p className="quiet">{say("settleHelp")}</p>
      <ProblemView error={settle.error} />
      <form onSubmit={submit} style={{ display: "flex", flexDirection: "column", gap: 8 }}>
        <Radio.Group aria-label={say("settle")} value={justified} onChange={(event) => setJustified(event.target.value as boolean)}>
          <Radio value={true} data-choice="justified">{say("justified")}</Radio>
          <Radio value={false} data-choice="unjustified">{say("unjustified")}</Radio>
        </Radio.Group>
        <label htmlFor="settle-remark">{say("remark")}</label>
        <Input id="settle-remark" maxLength={300} value={remark} onChange={(event) => setRemark(event.target.value)} />
        <div>
          <Button type="primary" htmlType="submit" disabled={!ready} loading={settle.isPending} data-move="settle-emergency">{say("save")}</Button>
        </div>
      </form>
    </section>
  );
}

function Find({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(lookupWords);
  const sayPeople = usePhrases(peopleWords);
  const read = useText();
  const { message } = App.useApp();
  const { id } = view.access;
  const [campaign, setCampaign] = useState(view.campaigns[0]?.id);
  const [text, setText] = useState("");
  const [q, setQ] = useState<string>();
  const end = useCall(endEmergency, REFRESHES);
  const query = useRoute(searchInEmergency, { params: { id }, body: { campaign: campaign ?? "", q: q ?? "" } }, { enabled: campaign !== undefined && q !== undefined, keep: true });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== "") setQ(text.trim());
  };
  return (
    <section className="panel" aria-label={say("find")}>
      <Alert
        type="warning"
        showIcon
        style={{ marginBottom: 12 }}
        title={say("until", { at: moment(view.access.endsAt) })}
        action={<Button data-move="end-emergency" loading={end.isPending} onClick={() => end.mutate({ params: { id } }, { onError: (error) => void message.error(read(error.title)) })}>{say("end")}</Button>}
      />
      <form onSubmit={submit} style={{ display: "flex", flexWrap: "wrap", gap: 8 }}>
        {view.campaigns.length > 1 ? <Select aria-label={say("round")} style={{ minWidth: 220 }} value={campaign ?? null} onChange={setCampaign} options={view.campaigns.map((one) => ({ value: one.id, label: read(one.name) }))} /> : null}
        <Input aria-label={say("query")} placeholder={say("query")} maxLength={40} value={text} onChange={(event) => setText(event.target.value)} style={{ width: 360 }} />
        <Button type="primary" htmlType="submit" data-action="find">{say("find")}</Button>
      </form>
      <ProblemView error={query.error} />
      <p role="status" className="quiet" style={{ minHeight: 26 }}>{q !== undefined && query.data ? say("found", { n: query.data.rows.length }) : ""}</p>
      {q === undefined ? null : (
        <RowTable<Found>
          rows={query.data?.rows ?? []}
          empty={<Nothing text={say("nobody")} />}
          columns={[
            { title: sayPeople("name"), key: "name", render: (_, row) => <Link to="/emergency/$id/records/$county/$record" params={{ id, county: String(row.county), record: row.id }} data-record={row.id}>{row.name}</Link> },
            { title: sayPeople("idNumber"), key: "id", render: (_, row) => <span className="number">{row.idMasked}</span> },
            { title: sayPeople("birth"), key: "birth", render: (_, row) => <span className="number">{row.birthDate ?? ""}</span> },
            { title: sayPeople("area"), key: "area", render: (_, row) => row.area.fullName },
          ]}
        />
      )}
    </section>
  );
}

function Readings({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(lookupWords);
  const read = useText();
  return (
    <section className="panel" aria-label={say("readings")}>
      <h2>{say("readings")}</h2>
      <RowTable<View["readings"][number]>
        rows={view.readings}
        rowKey={(row) => `${row.at}-${row.action}-${row.record ?? ""}-${row.item ?? ""}`}
        empty={say("noReadings")}
        wraps
        columns={[
          { title: say("readAt"), key: "at", render: (_, row) => <span className="number">{moment(row.at)}</span> },
          { title: say("action"), key: "action", render: (_, row) => <span data-reading={row.action}>{read(row.label)}</span> },
          { title: say("purpose"), key: "purpose", render: (_, row) => (row.purpose ? read(row.purpose) : "—") },
          { title: say("area"), key: "area", render: (_, row) => row.area?.name ?? "—" },
          { title: say("record"), key: "record", render: (_, row) => <span className="number">{row.record ?? "—"}</span> },
          { title: say("item"), key: "item", render: (_, row) => row.item ?? "—" },
          { title: say("people"), key: "people", align: "right", render: (_, row) => <span className="number">{row.people}</span> },
        ]}
      />
    </section>
  );
}

export function EmergencyPage(): ReactNode {
  const say = usePhrases(lookupWords);
  const { id } = useParams({ from: "/shell/emergency/$id" });
  const query = useRoute(getEmergency, { params: { id } }, { staleTime: 0 });
  return (
    <main className="page">
      <PageHead title={say("title")} />
      <Loaded query={query}>
        {(view) => (
          <>
            <Facts access={view.access} />
            {view.access.mayDecide ? <Decide id={id} /> : null}
            {view.access.mine && view.access.state === "open" ? <Find view={view} /> : null}
            {view.access.endsAt === undefined ? null : <Readings view={view} />}
            {view.access.maySettle ? <Settle id={id} /> : null}
          </>
        )}
      </Loaded>
    </main>
  );
}
