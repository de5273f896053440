// Both ways of exchanging with the office: over its network with progress, or by files carried on a stick.
import { Alert, Button } from "antd";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import type { Text } from "../../../core/issue.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { moment } from "../../shared/figures.ts";
import { useShortcuts } from "../../shared/use-shortcuts.ts";
import { usePhrases } from "../../shared/words.ts";
import type { Progress, TakenIn } from "../ports.ts";
import { terminalWords } from "../words.ts";
import { FaultView, faultText } from "./fault-view.tsx";
import { LeaseLine } from "./home-page.tsx";
import { ProgressView } from "./progress-view.tsx";
import { useTerminal } from "./terminal-context.tsx";

/** Hands the file to the browser to be kept. */
function download(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

type Busy = "exchange" | "pack" | "take-in";

export function ExchangePage(): ReactNode {
  const say = usePhrases(terminalWords);
  const { core, status, go } = useTerminal();
  const [busy, setBusy] = useState<Busy>();
  const [progress, setProgress] = useState<Progress>();
  const [fault, setFault] = useState<Text>();
  const [done, setDone] = useState("");
  useEffect(() => {
    document.title = `${say("exchangeTitle")} · 清册`;
    document.querySelector<HTMLElement>('[data-action="exchange-online"]')?.focus();
  }, [say]);
  useShortcuts((combo) => {
    if (combo !== "Escape" || busy) return false;
    go({ page: "home" });
    return true;
  });
  const run = async (what: Busy, step: () => Promise<string>): Promise<void> => {
    if (busy) return;
    setBusy(what);
    setFault(undefined);
    setDone("");
    try {
      setDone(await step());
    } catch (error) {
      setFault(faultText(error));
    } finally {
      setBusy(undefined);
      setProgress(undefined);
    }
  };
  const told = (taken: TakenIn): string => `${taken.whole ? say("wholeList") : ""}${say("taken", { people: taken.people, gone: taken.gone, receipts: taken.receipts, returned: taken.returned })}`;
  const exchange = (): Promise<void> =>
    run("exchange", async () => {
      const taken = await core.exchange(setProgress);
      return `${taken.sent > 0 ? say("sent", { n: taken.sent }) : ""}${told(taken)}`;
    });
  const pack = (): Promise<void> =>
    run("pack", async () => {
      const { file, name, entries } = await core.pack();
      download(file, name);
      return say("packed", { n: entries, name });
    });
  const { finished, unconfirmed } = status;
  return (
    <>
      <div className="page-head">
        <h1>{say("exchangeTitle")}</h1>
        <span className="spread" />
        <Button data-action="home" onClick={() => go({ page: "home" })}>
          {say("home")} <kbd>Esc</kbd>
        </Button>
      </div>
      <p>{say("exchangeAbout")}</p>
      <p className="foot">
        <b data-unsent={finished + unconfirmed}>{finished + unconfirmed === 0 ? say("nothingWaiting") : say("waiting", { finished, unconfirmed })}</b>
        <LeaseLine />
        <span>{status.lastExchange === undefined ? say("neverExchanged") : say("lastExchange", { at: moment(status.lastExchange) })}</span>
      </p>
      <FaultView say={fault} />
      <div role="status">{done === "" ? null : <Alert type="success" showIcon title={done} data-done style={{ marginBottom: 16 }} />}</div>
      <ProgressView progress={progress} />
      <section className="panel" aria-label={say("online")}>
        <h2>{say("online")}</h2>
        <p>{say("onlineAbout")}</p>
        <Button type="primary" size="large" data-action="exchange-online" loading={busy === "exchange"} disabled={busy !== undefined} onClick={() => void exchange()}>
          {say("onlineGo")}
        </Button>
      </section>
      <section className="panel" aria-label={say("byFile")}>
        <h2>{say("byFile")}</h2>
        <p>{say("byFileAbout")}</p>
        <div className="by-file">
          <Button size="large" data-action="pack" loading={busy === "pack"} disabled={busy !== undefined || finished + unconfirmed === 0} onClick={() => void pack()}>
            {say("pack")}
          </Button>
          <div>
            <label htmlFor="bundle-file">{say("takeIn")}</label>
            <div>
              <FilePick id="bundle-file" name="bundle-file" accept=".qcb" disabled={busy !== undefined} onPick={(file) => file && void run("take-in", async () => told(await core.takeIn(file, setProgress)))} />
            </div>
          </div>
        </div>
      </section>
    </>
  );
}
