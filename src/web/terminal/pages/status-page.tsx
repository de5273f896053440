// How the terminal stands: who may use it and until when, clock, storage, version, and which reader is in use.
import { Button, Radio } from "antd";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { formatAreaCode } from "../../../core/area-code.ts";
import { count, moment } from "../../shared/figures.ts";
import { useShortcuts } from "../../shared/use-shortcuts.ts";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { isHeldOffline } from "../core/offline.ts";
import { chooseReader, readers } from "../readers/readers.ts";
import { layCard } from "../readers/simulator.ts";
import { terminalWords } from "../words.ts";
import { useAreaName } from "./area-names.ts";
import { EnrolPage } from "./gate-page.tsx";
import { LeaseLine } from "./home-page.tsx";
import { size } from "./place.ts";
import { useTerminal } from "./terminal-context.tsx";
import { useReader } from "./use-card-reader.ts";

/** More than this many seconds from the office's clock is said as a fault. */
const MOST_SKEW = 300;

export function StatusPage({ version }: { readonly version: string }): ReactNode {
  const say = usePhrases(terminalWords);
  const read = useText();
  const lang = useLang();
  const { status, go } = useTerminal();
  const areaName = useAreaName();
  const reader = useReader();
  const [adding, setAdding] = useState(false);
  useEffect(() => {
    document.title = `${say("statusPage")} · 清册`;
  }, [say]);
  useShortcuts((combo) => {
    if (combo !== "Escape") return false;
    go({ page: "home" });
    return true;
  });
  const { skewSeconds, storage } = status;
  const wrong = skewSeconds !== undefined && Math.abs(skewSeconds) > MOST_SKEW;
  const lines: readonly (readonly [string, ReactNode])[] = [
    [say("device"), status.device?.label ?? say("unknown")],
    [say("deviceArea"), status.device && status.device.area > 0 ? `${areaName(status.device.area)} ${formatAreaCode(status.device.area)}` : say("unknown")],
    [say("operators"), status.operators.map((one) => one.name).join(punct.list)],
    [say("lease"), <LeaseLine key="lease" />],
    [say("held"), count(status.people, lang)],
    [say("clock"), <span key="clock" className={wrong ? "fault-block" : ""} data-skew={skewSeconds}>{moment(new Date().toISOString())} · {skewSeconds === undefined ? say("clockUnknown") : wrong ? say("clockWrong", { n: Math.round(skewSeconds / 60) }) : say("clockRight", { n: skewSeconds })}</span>],
    [say("storage"), storage ? `${say("storageUsed", { used: size(storage.used), quota: size(storage.quota) })}${punct.semicolon}${say(storage.persistent ? "persistent" : "notPersistent")}` : say("unknown")],
    [say("version"), `${version}${punct.semicolon}${say(isHeldOffline() ? "heldOffline" : "notHeldOffline")}`],
  ];
  if (adding) return <EnrolPage onBack={() => setAdding(false)} />;
  return (
    <>
      <div className="page-head">
        <h1>{say("statusPage")}</h1>
        <span className="spread" />
        <Button data-action="home" onClick={() => go({ page: "home" })}>
          {say("home")} <kbd>Esc</kbd>
        </Button>
      </div>
      <section className="panel" aria-label={say("statusPage")}>
        <dl className="facts">
          {lines.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Button style={{ marginTop: 12 }} data-action="add-operator" onClick={() => setAdding(true)}>
          {say("anotherOperator")}
        </Button>
      </section>
      <section className="panel" role="radiogroup" aria-labelledby="reader-label">
        <h2 id="reader-label">{say("reader")}</h2>
        <Radio.Group
          className="readers"
          name="reader"
          value={reader?.key ?? ""}
          onChange={(event) => {
            const key = String(event.target.value);
            layCard(undefined);
            chooseReader(key === "" ? undefined : key);
          }}
        >
          <Radio value="" data-reader="">
            {say("readerNone")}
          </Radio>
          {readers.map((one) => (
            <Radio key={one.key} value={one.key} data-reader={one.key}>
              {read(one.label)}
            </Radio>
          ))}
        </Radio.Group>
      </section>
    </>
  );
}
