// The page as a whole: its bar, the language, which page the address names, and whether somebody has come in.
import { type ReactNode, useEffect, useState } from "react";
import { AnswersPage } from "./answers-page.tsx";
import { ApplyPage } from "./apply-page.tsx";
import { ask, keepToken, tokenOf } from "./ask.ts";
import { FollowPage } from "./follow-page.tsx";
import { HeldPage } from "./held-page.tsx";
import { SignIn } from "./sign-in.tsx";
import type { closeSession } from "../../modules/citizen/contract.ts";
import { keepLang, LangContext, storedLang, useWords } from "./words.ts";

const pages: Readonly<Record<string, { readonly page: () => ReactNode; readonly signedIn: boolean }>> = {
  "#/apply": { page: ApplyPage, signedIn: true },
  "#/held": { page: HeldPage, signedIn: true },
  "#/follow": { page: FollowPage, signedIn: true },
  "#/answers": { page: AnswersPage, signedIn: false },
};

function Home(): ReactNode {
  const { say } = useWords();
  return (
    <>
      <h1>{say("title")}</h1>
      <p>{say("lead")}</p>
      <nav aria-label={say("title")}>
        <a className="go" href="#/apply">{say("apply")}</a>
        <a className="go" href="#/held">{say("held")}</a>
        <a className="go" href="#/follow">{say("follow")}</a>
        <a className="go" href="#/answers">{say("answers")}</a>
      </nav>
      <p className="quiet">{say("proposes")}</p>
      <p className="quiet" data-privacy>{say("privacy")}</p>
    </>
  );
}

function Shell({ onLang }: { readonly onLang: () => void }): ReactNode {
  const { say, lang, mark } = useWords();
  const [at, setAt] = useState(location.hash);
  const [isIn, setIn] = useState(tokenOf() !== null);
  useEffect(() => {
    const moved = (): void => {
      setAt(location.hash);
      setIn(tokenOf() !== null);
      window.scrollTo(0, 0);
    };
    window.addEventListener("hashchange", moved);
    return () => window.removeEventListener("hashchange", moved);
  }, []);
  useEffect(() => {
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = `清册 Qingce${mark.colon}${say("title")}`;
  });
  const leave = (): void => {
    void ask<typeof closeSession>("POST", "/api/self/session/end", {}).catch(() => undefined); // The token ends by itself.
    keepToken(null);
    setIn(false);
    location.hash = "";
  };
  const found = pages[at];
  const Page = found?.page;
  return (
    <>
      <header className="top">
        <strong>清册 Qingce</strong>
        {isIn ? <button type="button" data-move="leave" onClick={leave}>{say("leave")}</button> : null}
        <button type="button" data-move="language" lang={lang === "zh" ? "en" : "zh-CN"} onClick={onLang}>{say("language")}</button>
      </header>
      <main className="page">
        {Page === undefined ? <Home /> : found?.signedIn && !isIn ? <SignIn onIn={() => setIn(true)} /> : <Page />}
        {Page === undefined ? null : <a className="go" href="#/">{say("home")}</a>}
      </main>
    </>
  );
}

export function CitizenApp(): ReactNode {
  const [lang, setLang] = useState(storedLang);
  return (
    <LangContext.Provider value={lang}>
      <Shell onLang={() => { const next = lang === "zh" ? "en" : "zh"; keepLang(next); setLang(next); }} />
    </LangContext.Provider>
  );
}
