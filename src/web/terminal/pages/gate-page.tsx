// Before the terminal is open: enrolling it, opening it with a PIN, and what is to be done when it cannot be opened.
import { Alert, Button, Input, Radio } from "antd";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { Text } from "../../../core/issue.ts";
import { filledText } from "../../shared/filled.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { useLang, usePhrases } from "../../shared/words.ts";
import type { Progress, Status } from "../ports.ts";
import { terminalWords } from "../words.ts";
import { FaultView, faultText } from "./fault-view.tsx";
import { SecretLine } from "../../shared/secret-line.tsx";
import { pinFault, SHORTEST_PIN } from "./place.ts";
import { ProgressView } from "./progress-view.tsx";
import { useTerminal } from "./terminal-context.tsx";

/** Enrolment of the terminal, or of another collector on it. */
export function EnrolPage({ onBack }: { readonly onBack?: () => void }): ReactNode {
  const say = usePhrases(terminalWords);
  const lang = useLang();
  const { core } = useTerminal();
  const [code, setCode] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [suite, setSuite] = useState<"international" | "national">("national");
  const [fault, setFault] = useState<Text>();
  const [busy, setBusy] = useState(false);
  useEffect(() => document.getElementById("enrol-code")?.focus(), []);
  const enrol = async (): Promise<void> => {
    if (busy) return;
    const weak = pinFault(pin);
    if (weak) return setFault(filledText(terminalWords[weak], { n: SHORTEST_PIN }));
    if (pin !== again) return setFault(terminalWords.pinsDiffer);
    setBusy(true);
    setFault(undefined);
    try {
      await core.enrol({ code: code.trim(), pin, suite });
      onBack?.();
    } catch (error) {
      setFault(faultText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="gate" aria-labelledby="gate-title">
      <h1 id="gate-title">{say("enrolTitle")}</h1>
      <p>{say("enrolAbout")}</p>
      <FaultView say={fault} />
      <div className="gate-line">
        <label htmlFor="enrol-code">{say("code")}</label>
        <Input id="enrol-code" name="code" size="large" value={code} autoComplete="off" maxLength={60} className="code-line" onChange={(event) => setCode(event.target.value)} onPressEnter={() => document.getElementById("new-pin")?.focus()} />
      </div>
      <SecretLine id="new-pin" label={say("newPin")} value={pin} fresh help={say("pinHelp", { n: SHORTEST_PIN })} onChange={setPin} onEnter={() => document.getElementById("new-pin-again")?.focus()} />
      <SecretLine id="new-pin-again" label={say("pinAgain")} value={again} fresh onChange={setAgain} onEnter={() => void enrol()} />
      <div className="gate-line" role="radiogroup" aria-labelledby="suite-label">
        <div id="suite-label">{say("suite")}</div>
        <Radio.Group name="suite" value={suite} onChange={(event) => setSuite(event.target.value === "national" ? "national" : "international")}>
          <Radio value="national" data-suite="national">{say("suiteNational")}</Radio>
          <Radio value="international" data-suite="international">{say("suiteInternational")}</Radio>
        </Radio.Group>
        <div className="quiet">{say("suiteUsual")}</div>
      </div>
      <div className="gate-acts">
        <Button type="primary" size="large" data-action="enrol" loading={busy} disabled={code.trim() === "" || pin === "" || again === ""} onClick={() => void enrol()}>
          {say(busy ? "enrolling" : "enrol")}
        </Button>
        {onBack ? (
          <Button size="large" data-action="back" lang={lang === "zh" ? "zh-CN" : "en"} onClick={onBack}>
            {say("back")}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

export function UnlockPage({ note }: { readonly note?: string | undefined }): ReactNode {
  const say = usePhrases(terminalWords);
  const { core, status } = useTerminal();
  const { operators } = status;
  const [account, setAccount] = useState<string | undefined>(operators.length === 1 ? operators[0]?.account : undefined);
  const [pin, setPin] = useState("");
  const [fault, setFault] = useState<Text>();
  const [busy, setBusy] = useState(false);
  const who = account ?? operators[0]?.account;
  useEffect(() => document.getElementById("pin")?.focus(), [who]);
  const unlock = async (): Promise<void> => {
    if (busy || who === undefined || pin === "") return;
    setBusy(true);
    setFault(undefined);
    try {
      await core.unlock(who, pin);
    } catch (error) {
      setPin("");
      setFault(faultText(error));
      document.getElementById("pin")?.focus();
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="gate" aria-labelledby="gate-title">
      <h1 id="gate-title">{say("unlockTitle")}</h1>
      {status.device ? <p className="quiet">{status.device.label}</p> : null}
      {note === undefined ? null : <Alert type="info" showIcon title={note} style={{ marginBottom: 16 }} />}
      <FaultView say={fault} />
      <div className="gate-line" role="radiogroup" aria-labelledby="operator-label">
        <div id="operator-label">{say("operator")}</div>
        <Radio.Group className="operators" name="operator" value={who ?? null} onChange={(event) => setAccount(String(event.target.value))}>
          {operators.map((one) => (
            <Radio.Button key={one.account} value={one.account} data-operator={one.account}>
              {one.name}
            </Radio.Button>
          ))}
        </Radio.Group>
      </div>
      <SecretLine id="pin" label={say("pin")} value={pin} onChange={setPin} onEnter={() => void unlock()} />
      <div className="gate-acts">
        <Button type="primary" size="large" data-action="unlock" loading={busy} disabled={pin === "" || who === undefined} onClick={() => void unlock()}>
          {say(busy ? "unlocking" : "unlock")}
        </Button>
      </div>
    </section>
  );
}

const ENDS = { "lease-ended": ["leaseEndedTitle", "leaseEndedAbout"], revoked: ["revokedTitle", "revokedAbout"], erased: ["erasedTitle", "erasedAbout"] } as const;

/** The lease has ended, the terminal was revoked or erased. A lease can be brought; an erased terminal can be enrolled anew. */
export function EndedPage({ stage }: { readonly stage: keyof typeof ENDS }): ReactNode {
  const say = usePhrases(terminalWords);
  const { core } = useTerminal();
  const [progress, setProgress] = useState<Progress>();
  const [fault, setFault] = useState<Text>();
  const [busy, setBusy] = useState(false);
  const [enrolling, setEnrolling] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const bring = async (step: (onProgress: (progress: Progress) => void) => Promise<unknown>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setFault(undefined);
    try {
      await step(setProgress);
    } catch (error) {
      setFault(faultText(error));
    } finally {
      setBusy(false);
      setProgress(undefined);
    }
  };
  if (enrolling) return <EnrolPage onBack={() => setEnrolling(false)} />;
  const [title, about] = ENDS[stage];
  return (
    <section className="gate" aria-labelledby="gate-title" data-ended={stage}>
      <h1 id="gate-title" ref={heading} tabIndex={-1}>
        {say(title)}
      </h1>
      <p>{say(about)}</p>
      <FaultView say={fault} />
      {stage === "lease-ended" ? (
        <>
          <div className="gate-acts">
            <Button type="primary" size="large" data-action="renew" loading={busy} onClick={() => void bring((onProgress) => core.exchange(onProgress))}>
              {say("renew")}
            </Button>
          </div>
          <div className="gate-line">
            <label htmlFor="renew-file">{say("takeIn")}</label>
            <FilePick id="renew-file" name="renew-file" accept=".qcb" disabled={busy} onPick={(file) => file && void bring((onProgress) => core.takeIn(file, onProgress))} />
          </div>
          <ProgressView progress={progress} />
        </>
      ) : (
        <div className="gate-acts">
          <Button size="large" data-action="enrol-again" onClick={() => setEnrolling(true)}>
            {say("enrolTitle")}
          </Button>
        </div>
      )}
    </section>
  );
}

export function GatePage({ status, note }: { readonly status: Status; readonly note?: string | undefined }): ReactNode {
  if (status.stage === "new") return <EnrolPage />;
  return status.stage === "locked" || status.stage === "open" ? <UnlockPage note={note} /> : <EndedPage stage={status.stage} />;
}
