// The collector's first page: one search box, three large buttons, what is to do and what waits, kept apart.
import { Alert, Button, Input, Select } from "antd";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { moment } from "../../shared/figures.ts";
import { useShortcuts } from "../../shared/use-shortcuts.ts";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import type { CardReading } from "../readers/card.ts";
import { terminalWords } from "../words.ts";
import { AddDialog } from "./add-dialog.tsx";
import { daysUntil, hashOf, type Show } from "./place.ts";
import { PersonRows } from "./person-rows.tsx";
import { ReadFault } from "./read-fault.tsx";
import { useTerminal } from "./terminal-context.tsx";
import { useCardReader, useFindByNumber } from "./use-card-reader.ts";

const SHOWN = 20;

/** Says how long the terminal can be opened, louder when it is soon. */
export function LeaseLine(): ReactNode {
  const say = usePhrases(terminalWords);
  const { status } = useTerminal();
  if (status.leaseUntil === undefined) return null;
  const days = daysUntil(status.leaseUntil, Date.now());
  if (days > 3) return <span data-lease={days}>{say("leaseDays", { until: moment(status.leaseUntil).slice(0, 10), n: days })}</span>;
  return (
    <b className="fault-explain" data-lease={days}>
      {days === 0 ? say("leaseToday") : say("leaseSoon", { n: days })}
    </b>
  );
}

function Tile({ show, n, loud = false }: { readonly show: Show; readonly n: number; readonly loud?: boolean }): ReactNode {
  const say = usePhrases(terminalWords);
  const lang = useLang();
  return (
    <a className={loud && n > 0 ? "tile tile-loud" : "tile"} href={hashOf({ page: "list", show })} data-show={show}>
      <b className="number">{n.toLocaleString(lang === "zh" ? "zh-CN" : "en-GB")}</b>
      <span>{say(show)}</span>
    </a>
  );
}

export function HomePage(): ReactNode {
  const say = usePhrases(terminalWords);
  const read = useText();
  const { core, status, turn, go, campaign, setCampaign } = useTerminal();
  const [text, setText] = useState("");
  const [adding, setAdding] = useState<{ readonly card?: CardReading }>();
  const asked = useDeferredValue(text.trim());
  const box = useRef<HTMLDivElement>(null);
  const campaigns = core.campaigns();
  const find = useFindByNumber();
  const search = (what: string, show: Show, limit: number): ReturnType<typeof core.search> => (campaign === undefined ? { rows: [], total: 0 } : core.search({ text: what, campaign, show }, limit));
  const found = useMemo(() => (asked === "" ? undefined : search(asked, "all", SHOWN)), [asked, campaign, core, turn]);
  const toDo = useMemo(() => search("", "to-do", 0).total, [campaign, core, turn]);
  const returned = useMemo(() => search("", "returned", 5), [campaign, core, turn]);
  useEffect(() => {
    document.title = `${say("title")} · 清册`;
    document.getElementById("search")?.focus();
  }, [say]);
  const notices = useMemo(() => core.notices().toReversed(), [core, turn]);
  const card = useCardReader((reading) => {
    const record = find(reading.idNumber);
    if (record === undefined) setAdding({ card: reading });
    else go({ page: "person", record }, { card: reading });
  });
  const [asking, setAsking] = useState(false);
  const readCard = (): void => {
    setAsking(card.reader === undefined);
    void card.read();
  };
  useShortcuts((combo) => {
    if (adding) return false;
    if (combo === "F2") readCard();
    else if (combo === "F3") setAdding({});
    else if (combo === "F4") go({ page: "exchange" });
    else return false;
    return true;
  });
  const openFirst = (): void => {
    const first = search(text.trim(), "all", 1).rows[0];
    if (text.trim() !== "" && first) go({ page: "person", record: first.record });
  };
  const took = (reading: CardReading): void => {
    setAsking(false);
    const record = find(reading.idNumber);
    if (record === undefined) setAdding({ card: reading });
    else go({ page: "person", record }, { card: reading });
  };
  return (
    <>
      <h1 className="sr-only">{say("home")}</h1>
      {campaigns.length > 1 ? (
        <div className="campaign">
          <label htmlFor="campaign">{say("campaign")}</label>
          <Select id="campaign" value={campaign ?? null} style={{ minWidth: 320 }} onChange={(id: string) => setCampaign(id)} options={campaigns.map(({ id, label }) => ({ value: id, label: read(label) }))} />
        </div>
      ) : null}
      {campaigns.length === 0 ? <Alert type="warning" showIcon title={say("noList")} style={{ marginBottom: 16 }} /> : null}
      <div className="search" ref={box} role="search">
        <label htmlFor="search" className="sr-only">
          {say("search")}
        </label>
        <Input id="search" name="search" type="search" size="large" allowClear autoComplete="off" placeholder={say("search")} value={text} onChange={(event) => setText(event.target.value)} onPressEnter={openFirst} />
      </div>
      <div className="big-buttons">
        <Button type="primary" data-action="read-card" loading={card.busy} disabled={campaign === undefined} onClick={readCard}>
          {say(card.busy ? "reading" : "read")} <kbd>F2</kbd>
        </Button>
        <Button data-action="add" disabled={campaign === undefined} onClick={() => setAdding({})}>
          {say("add")} <kbd>F3</kbd>
        </Button>
        <Button data-action="exchange" onClick={() => go({ page: "exchange" })}>
          {say("exchange")} <kbd>F4</kbd>
        </Button>
      </div>
      <ReadFault fault={card.fault} asking={asking} onCard={took} />
      {found ? (
        <section aria-label={say("found", { n: found.total })} className="panel" data-found={found.total}>
          <h2 role="status">{found.total > found.rows.length ? say("shownOf", { shown: found.rows.length, n: found.total }) : say("found", { n: found.total })}</h2>
          {found.total === 0 ? <p>{say("searchNone")}</p> : <PersonRows rows={found.rows} label={say("found", { n: found.total })} />}
        </section>
      ) : (
        <>
          {notices.length > 0 ? (
            <section className="panel" aria-label={say("noticesTitle")}>
              <h2>{say("noticesTitle")}</h2>
              {notices.map((notice) => (
                <article key={notice.id} data-notice={notice.id}>
                  <h3>{notice.title}</h3>
                  <p style={{ whiteSpace: "pre-line" }}>{notice.body}</p>
                  <p className="quiet number">{moment(notice.at)}</p>
                </article>
              ))}
            </section>
          ) : null}
          <nav className="tiles" aria-label={say("home")}>
            <Tile show="to-do" n={toDo} />
            <Tile show="draft" n={status.drafts} />
            <Tile show="returned" n={status.returned} loud />
            <Tile show="unsent" n={status.finished + status.unconfirmed} />
            <Tile show="kept-apart" n={status.keptApart} />
            <Tile show="all" n={status.people} />
          </nav>
          {returned.total > 0 ? (
            <section className="panel" aria-label={say("returnedTitle")}>
              <h2>{say("returnedTitle")}</h2>
              <PersonRows rows={returned.rows} label={say("returnedTitle")} />
            </section>
          ) : null}
          <p className="foot">
            <LeaseLine />
            <span>{status.lastExchange === undefined ? say("neverExchanged") : say("lastExchange", { at: moment(status.lastExchange) })}</span>
            {status.finished + status.unconfirmed > 0 ? <span>{say("workToSend", { n: status.finished + status.unconfirmed })}</span> : null}
            <span className="quiet">{say("keys")}</span>
          </p>
        </>
      )}
      {adding ? <AddDialog card={adding.card} onClose={() => setAdding(undefined)} /> : null}
    </>
  );
}
