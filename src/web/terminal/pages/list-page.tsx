// One kind of people: to do, drafts, returned, not sent, kept apart, or all; searched by the same words as on the home page.
import { Alert, Button, Input } from "antd";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { Nothing } from "../../shared/state-views.tsx";
import { useShortcuts } from "../../shared/use-shortcuts.ts";
import { usePhrases } from "../../shared/words.ts";
import { terminalWords } from "../words.ts";
import { hashOf, type Show, shows } from "./place.ts";
import { PersonRows } from "./person-rows.tsx";
import { useTerminal } from "./terminal-context.tsx";

const PAGE = 50;

export function ListPage({ show }: { readonly show: Show }): ReactNode {
  const say = usePhrases(terminalWords);
  const { core, turn, campaign, go } = useTerminal();
  const [text, setText] = useState("");
  const [limit, setLimit] = useState(PAGE);
  const asked = useDeferredValue(text.trim());
  const { rows, total } = useMemo(() => (campaign === undefined ? { rows: [], total: 0 } : core.search({ text: asked, campaign, show }, limit)), [core, turn, campaign, asked, show, limit]);
  useEffect(() => {
    document.title = `${say(show)} · 清册`;
    setLimit(PAGE);
    document.getElementById("list-search")?.focus();
  }, [say, show]);
  useShortcuts((combo) => {
    if (combo !== "Escape") return false;
    go({ page: "home" });
    return true;
  });
  const title = say("listTitle", { what: say(show), n: total });
  return (
    <>
      <div className="page-head">
        <h1>{title}</h1>
        <span className="spread" />
        <Button data-action="home" onClick={() => go({ page: "home" })}>
          {say("home")} <kbd>Esc</kbd>
        </Button>
      </div>
      <nav className="tabs" aria-label={say("all")}>
        {shows.map((one) => (
          <a key={one} href={hashOf({ page: "list", show: one })} {...(one === show ? { "aria-current": "page" as const } : {})} data-tab={one}>
            {say(one)}
          </a>
        ))}
      </nav>
      {show === "kept-apart" ? <Alert type="info" showIcon title={say("keptApartHelp")} style={{ marginBottom: 16 }} /> : null}
      <label htmlFor="list-search" className="sr-only">
        {say("search")}
      </label>
      <Input id="list-search" name="list-search" type="search" size="large" allowClear autoComplete="off" placeholder={say("search")} value={text} style={{ marginBottom: 12 }} onChange={(event) => setText(event.target.value)} onPressEnter={() => rows[0] && go({ page: "person", record: rows[0].record })} />
      <section className="panel" aria-label={title} data-total={total}>
        {rows.length === 0 ? <Nothing text={say(asked === "" ? "emptyList" : "searchNone")} /> : <PersonRows rows={rows} label={title} />}
        {total > rows.length ? (
          <Button block data-action="more" onClick={() => setLimit(limit + PAGE)}>
            {say("more", { n: Math.min(PAGE, total - rows.length) })}
          </Button>
        ) : null}
      </section>
    </>
  );
}
