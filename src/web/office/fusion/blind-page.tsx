// Matching without showing lists: what the other side learns, the two downloads, and the hits taken back.
import { Button, Input, Radio, Select } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getBlindKey, getBlindTokens, listBlindExchanges, makeBlindExchange, takeBlindHits } from "../../../modules/fusion/contract.ts";
import { fileAddress } from "../../shared/client.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { useDepartments } from "../../shared/departments.ts";
import { count, moment, today } from "../../shared/figures.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { Rate } from "../../shared/record-marks.tsx";
import { useCampaign, useMay } from "../../shared/session.ts";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { Sum } from "../../shared/sum.tsx";
import { TaskPanel } from "../../shared/task-panel.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { blindStateLabels, fusionWords } from "./words.ts";

type Exchange = ReplyOf<typeof listBlindExchanges>["rows"][number];
const REFRESHES = ["/api/blind-exchanges", "/api/findings", "/api/match-runs"];
const COMMANDS = ["npm run qingce -- tokens make --list 我方名单.csv --key 密钥.txt --out 我方标记.csv", "npm run qingce -- tokens match --left 标记.csv --right 我方标记.csv --out HITS.csv"];

function Make({ campaign }: { readonly campaign: string }): ReactNode {
  const say = usePhrases(fusionWords);
  const read = useText();
  const departments = useDepartments() ?? [];
  const [department, setDepartment] = useState<string>();
  const [purpose, setPurpose] = useState("");
  const [suite, setSuite] = useState<"sha256" | "sm3">("sm3");
  const make = useCall(makeBlindExchange, REFRESHES);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (department !== undefined) make.mutate({ body: { campaign, department, purpose, suite } }, { onSuccess: () => setPurpose("") });
  };
  return (
    <section className="panel">
      <h2>{say("make")}</h2>
      <ProblemView error={make.error} />
      <form onSubmit={submit} style={{ display: "grid", gap: 12, maxWidth: 720 }}>
        <div>
          <label htmlFor="blind-department" style={{ display: "block" }}>
            {say("department")}
          </label>
          <Select id="blind-department" data-filter="department" style={{ width: 360, maxWidth: "100%" }} placeholder={say("chooseDepartment")} value={department ?? null} onChange={(value: string | null) => setDepartment(value ?? undefined)} options={departments.map((one) => ({ value: one.key, label: read(one.label) }))} />
        </div>
        <div>
          <label htmlFor="blind-purpose">{say("purpose")}</label>
          <Input id="blind-purpose" name="purpose" value={purpose} maxLength={200} onChange={(event) => setPurpose(event.target.value)} />
        </div>
        <Radio.Group aria-label={say("suite")} value={suite} onChange={(event) => setSuite(event.target.value)} options={[{ value: "sm3", label: say("national") }, { value: "sha256", label: say("international") }]} />
        <div>
          <Button type="primary" htmlType="submit" data-move="make-tokens" disabled={department === undefined || purpose.trim() === ""} loading={make.isPending}>
            {say("make")}
          </Button>
        </div>
      </form>
    </section>
  );
}

function TakeBack({ exchange }: { readonly exchange: Exchange }): ReactNode {
  const say = usePhrases(fusionWords);
  const [file, setFile] = useState<File>();
  const [asOf, setAsOf] = useState(today());
  const take = useCall(takeBlindHits, REFRESHES);
  const id = `hits-${exchange.id}`;
  return (
    <>
      <ProblemView error={take.error} />
      <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" }}>
        <label htmlFor={id} className="quiet">
          HITS.csv
        </label>
        <FilePick id={id} name="hits" accept=".csv" onPick={setFile} />
        <label htmlFor={`${id}-as-of`}>{say("asOf")}</label>
        <Input id={`${id}-as-of`} style={{ width: 140 }} value={asOf} onChange={(event) => setAsOf(event.target.value)} />
        <Button type="primary" data-move="take-hits" disabled={file === undefined} loading={take.isPending} onClick={() => file && take.mutate({ params: { county: exchange.county, id: exchange.id }, body: { asOf }, file })}>
          {say("take")}
        </Button>
      </div>
    </>
  );
}

function Steps({ exchange }: { readonly exchange: Exchange }): ReactNode {
  const say = usePhrases(fusionWords);
  const params = { county: exchange.county, id: exchange.id };
  return (
    <ol style={{ listStyle: "none", padding: 0, margin: "12px 0 0", display: "grid", gap: 12 }}>
      <li>
        <b>{say("step1")}</b>{" "}
        <a href={fileAddress(getBlindTokens, { params })} download data-move="tokens" style={{ textDecoration: "underline" }}>
          {say("tokens")}
        </a>
      </li>
      <li>
        <b>{say("step2")}</b>{" "}
        <a href={fileAddress(getBlindKey, { params })} download data-move="key" style={{ textDecoration: "underline" }}>
          {say("key")}
        </a>
        <div className="quiet">{say("command")}</div>
        <pre tabIndex={0} style={{ margin: "4px 0 0", whiteSpace: "pre-wrap" }}>{COMMANDS.join("\n")}</pre>
      </li>
      <li>
        <b>{say("step3")}</b>
        <TakeBack exchange={exchange} />
      </li>
    </ol>
  );
}

function Outcome({ exchange }: { readonly exchange: Exchange }): ReactNode {
  const say = usePhrases(fusionWords);
  const lang = useLang();
  const n = (key: string): number => exchange.counts[key] ?? 0;
  return (
    <div style={{ display: "flex", flexWrap: "wrap", gap: "12px 40px", alignItems: "end" }}>
      <Sum label={say("hits")}>
        <Rate part={n("hits")} base={n("people")} />
      </Sum>
      {(["perhaps", "absent", "raised"] as const).map((key) => (
        <Sum key={key} label={say(key)}>
          <span className="number">{count(n(key), lang)}</span>
        </Sum>
      ))}
      {exchange.run === undefined ? null : (
        <Link to="/findings" search={{ run: exchange.run }}>
          {say("findings")}
        </Link>
      )}
    </div>
  );
}

export function BlindPage(): ReactNode {
  const say = usePhrases(fusionWords);
  const read = useText();
  const lang = useLang();
  const mayRun = useMay("match.run");
  const { campaign, query: campaigns } = useCampaign();
  const query = useRoute(listBlindExchanges, {}, { every: (data) => (data?.rows.some((row) => row.state === "waiting" || row.state === "taking") ? 1500 : false) });
  return (
    <main className="page">
      <PageHead title={say("blind")}>
        <span className="spread" />
        <Link to="/fusions">{say("title")}</Link>
      </PageHead>
      <section className="panel">
        <p style={{ marginTop: 0, maxWidth: 900 }}>{say("blindIntro")}</p>
        <h2>{say("revealed")}</h2>
        <ul style={{ margin: 0, maxWidth: 900 }}>
          <li>{say("revealed1")}</li>
          <li>{say("revealed2")}</li>
          <li>{say("revealed3")}</li>
        </ul>
      </section>
      {mayRun ? <Loaded query={campaigns}>{() => (campaign ? <Make campaign={campaign.id} /> : <Nothing text={say("noCampaign")} />)}</Loaded> : null}
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <div className="panel">
              <Nothing text={say("noExchanges")} />
            </div>
          ) : (
            rows.map((exchange) => (
              <section key={exchange.id} className="panel" data-exchange={exchange.id} data-exchange-state={exchange.state}>
                <h2>
                  {read(exchange.departmentLabel)} · {read(blindStateLabels[exchange.state])}
                </h2>
                <div style={{ display: "flex", flexWrap: "wrap", gap: "4px 24px" }} className="quiet">
                  <span>{exchange.purpose}</span>
                  <span className="number">{moment(exchange.at)}</span>
                  <span>{say(exchange.suite === "sm3" ? "national" : "international")}</span>
                  {exchange.people > 0 ? <span className="number">{say("asked", { n: count(exchange.people, lang) })}</span> : null}
                  <span>
                    {say("fingerprint")} <b className="number">{exchange.fingerprint}</b>
                  </span>
                </div>
                {exchange.wipedAt !== undefined ? <p data-exchange-wiped>{say("exchangeWiped", { at: moment(exchange.wipedAt) })}</p> : exchange.keepUntil !== undefined ? <p className="quiet">{say("exchangeKept", { date: exchange.keepUntil })}</p> : null}
                {(exchange.state === "waiting" || exchange.state === "taking" || (exchange.state === "made" && exchange.asOf !== undefined)) && exchange.wipedAt === undefined && exchange.task !== undefined ? <TaskPanel key={exchange.task} id={exchange.task} refreshes={REFRESHES} mayCancel={mayRun} /> : null}
                {exchange.state === "made" && exchange.wipedAt === undefined && mayRun ? <Steps exchange={exchange} /> : null}
                {exchange.state === "returned" ? <Outcome exchange={exchange} /> : null}
              </section>
            ))
          )
        }
      </Loaded>
    </main>
  );
}
