// The terminal as a whole: the bar on top, the gate or the page of the place, the lock after a while without use.
import { App as AntApp, Button, ConfigProvider } from "antd";
import enUS from "antd/es/locale/en_US";
import zhCN from "antd/es/locale/zh_CN";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { answerWithoutServer } from "../../shared/client.ts";
import { pinyinSpeller } from "../../shared/pinyin.ts";
import { messageSeconds, terminalTheme } from "../../shared/theme.ts";
import { setLang, useLang, usePhrases } from "../../shared/words.ts";
import { areaAnswers } from "../../offline/areas.ts";
import type { Status, TerminalCore } from "../ports.ts";
import { terminalWords } from "../words.ts";
import { ExchangePage } from "./exchange-page.tsx";
import { faultText } from "./fault-view.tsx";
import { GatePage } from "./gate-page.tsx";
import { HomePage } from "./home-page.tsx";
import { ListPage } from "./list-page.tsx";
import { newerVersion, watchNewer } from "./newer-version.ts";
import { PersonPage } from "./person-page.tsx";
import { hashOf } from "./place.ts";
import { beforeLocking } from "./saving.ts";
import { SimulatorBar } from "./simulator-bar.tsx";
import { StatusPage } from "./status-page.tsx";
import { TerminalProvider, useTerminal } from "./terminal-context.tsx";

/** Nothing of the pages is asked over a network. */
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: "always", staleTime: 60_000 } } });

/** Minutes without a key or a touch after which the terminal locks itself. */
const IDLE_MINUTES = 15;

/** Locks after a while without use; what was being written is kept as a draft first. */
function useIdleLock(open: boolean, lock: () => void): void {
  useEffect(() => {
    if (!open) return;
    let timer: ReturnType<typeof setTimeout>;
    const again = (): void => {
      clearTimeout(timer);
      timer = setTimeout(lock, IDLE_MINUTES * 60_000);
    };
    again();
    const events = ["pointerdown", "keydown"] as const;
    for (const name of events) window.addEventListener(name, again);
    return () => {
      clearTimeout(timer);
      for (const name of events) window.removeEventListener(name, again);
    };
  }, [open, lock]);
}

function Bar({ onLock }: { readonly onLock: () => void }): ReactNode {
  const say = usePhrases(terminalWords);
  const lang = useLang();
  const { status, place } = useTerminal();
  const open = status.stage === "open";
  return (
    <header className="terminal-bar no-print">
      <a className="skip-link" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById("content")?.focus(); }}>
        {say("skip")}
      </a>
      {open ? <a className="brand" href={hashOf({ page: "home" })}>清册 {say("title")}</a> : <b className="brand">清册 {say("title")}</b>}
      <span className="spread" />
      {open ? (
        <>
          <span className="device">
            {status.device?.label} · {status.operator?.name}
          </span>
          <a href={hashOf({ page: "status" })} {...(place.page === "status" ? { "aria-current": "page" as const } : {})} data-action="status">
            {say("statusPage")}
          </a>
          <Button data-action="lock" onClick={onLock}>
            {say("lock")}
          </Button>
        </>
      ) : null}
      <Button type="text" className="on-bar" data-action="language" aria-label={say("languageLabel")} lang={lang === "zh" ? "en" : "zh-CN"} onClick={() => setLang(lang === "zh" ? "en" : "zh")}>
        {say("language")}
      </Button>
    </header>
  );
}

/** A newer version waits until nobody is in the middle of anything. */
function NewerVersion(): ReactNode {
  const say = usePhrases(terminalWords);
  const take = useSyncExternalStore(watchNewer, newerVersion);
  return take === undefined ? null : (
    <div className="newer no-print" role="status">
      <span>{say("newer")}</span>
      <Button data-action="take-newer" onClick={() => void beforeLocking().then(take)}>
        {say("takeNewer")}
      </Button>
    </div>
  );
}

function Page({ version }: { readonly version: string }): ReactNode {
  const { place } = useTerminal();
  switch (place.page) {
    case "list":
      return <ListPage show={place.show} />;
    case "person":
      return <PersonPage key={place.record} record={place.record} />;
    case "exchange":
      return <ExchangePage />;
    case "status":
      return <StatusPage version={version} />;
    case "home":
      return <HomePage />;
  }
}

function Frame({ version }: { readonly version: string }): ReactNode {
  const say = usePhrases(terminalWords);
  const { core, status } = useTerminal();
  const [note, setNote] = useState<string>();
  const open = status.stage === "open";
  const lock = useRef(async (idle: boolean): Promise<void> => {
    await beforeLocking();
    setNote(idle ? terminalWords.idleLocked[document.documentElement.lang === "en" ? "en" : "zh"] : undefined);
    window.location.hash = "#/";
    await core.lock();
  });
  const idle = useRef(() => void lock.current(true));
  useIdleLock(open, idle.current);
  return (
    <>
      <Bar onLock={() => void lock.current(false)} />
      <NewerVersion />
      {open ? <SimulatorBar /> : null}
      <main className="terminal-page" id="content" tabIndex={-1} aria-label={say("title")}>
        {open ? <Page version={version} /> : <GatePage status={status} note={note} />}
      </main>
    </>
  );
}

export function TerminalApp({ core, first, version }: { readonly core: TerminalCore; readonly first: Status; readonly version: string }): ReactNode {
  const lang = useLang();
  return (
    <ConfigProvider locale={lang === "zh" ? zhCN : enUS} theme={terminalTheme} button={{ autoInsertSpace: false }}>
      <AntApp message={{ duration: messageSeconds, maxCount: 2, top: 72 }}>
        <TerminalProvider core={core} first={first}>
          <Frame version={version} />
        </TerminalProvider>
      </AntApp>
    </ConfigProvider>
  );
}

/** Areas of forms and pickers come from the store, whichever list it holds at the time. */
function answerAreas(core: TerminalCore): void {
  let spell: ((name: string) => string) | undefined;
  void pinyinSpeller().then((speller) => {
    spell = speller;
  });
  let held: ReturnType<TerminalCore["areas"]>;
  let answers = areaAnswers(undefined, () => spell);
  answerWithoutServer((route, input) => {
    const now = core.areas();
    if (now !== held) [held, answers] = [now, areaAnswers(now, () => spell)];
    return answers(route, input);
  });
}

/** Draws the terminal over a core; a core that cannot be opened is said in words with a way to load again. */
export async function mountTerminal(place: Element, opening: Promise<TerminalCore>, version: string): Promise<void> {
  const root = createRoot(place);
  try {
    const core = await opening;
    const first = await core.status();
    answerAreas(core);
    root.render(
      <StrictMode>
        <QueryClientProvider client={queries}>
          <TerminalApp core={core} first={first} version={version} />
        </QueryClientProvider>
      </StrictMode>,
    );
  } catch (error) {
    const { zh, en } = faultText(error);
    root.render(
      <main className="terminal-page gate" role="alert" data-fault>
        <h1>清册 {terminalWords.title.zh}</h1>
        <p>{zh}</p>
        <p lang="en">{en}</p>
        <button type="button" className="plain-button" onClick={() => window.location.reload()}>
          {terminalWords.reload.zh} / {terminalWords.reload.en}
        </button>
      </main>,
    );
  }
}
