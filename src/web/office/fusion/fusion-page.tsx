// One fusion: its progress, what became of each row, the people with the source of every value, the doubts, and the decision.
import { Alert, Button, Popconfirm, Radio, Table, Tooltip } from "antd";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { acceptFusion, discardFusion, getFusion, getFusionReport, listFusedPeople } from "../../../modules/fusion/contract.ts";
import { mayMove, personStates, reasonLabels, wipedWithList } from "../../../modules/fusion/rules.ts";
import { fileAddress } from "../../shared/client.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { count, moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { PageTurn } from "../../shared/page-turn.tsx";
import { Rate } from "../../shared/record-marks.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { Sum } from "../../shared/sum.tsx";
import { TaskPanel } from "../../shared/task-panel.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { DoubtsPanel } from "./doubts-panel.tsx";
import { type Person, ValuesTable } from "./values-table.tsx";
import { fusionStateLabels, fusionWords, personStateLabels } from "./words.ts";

type Fusion = ReplyOf<typeof getFusion>;
const REFRESHES = ["/api/fusions"];
const line = { display: "flex", flexWrap: "wrap", gap: "16px 40px" } as const;

function Sums({ fusion }: { readonly fusion: Fusion }): ReactNode {
  const say = usePhrases(fusionWords);
  const read = useText();
  const lang = useLang();
  const n = (key: string): number => fusion.counts[key] ?? 0;
  const shown = (key: string): string => count(n(key), lang);
  const out = Object.keys(fusion.counts).filter((key) => key.startsWith("out:")).toSorted();
  return (
    <section className="panel">
      <h2>{say("sums")}</h2>
      <p data-sums style={{ fontSize: 18, marginTop: 0 }} className="number">
        {say("sumsLine", { rows: shown("rows"), fused: shown("fused"), duplicates: shown("duplicates"), leftOut: shown("leftOut") })}
      </p>
      <div style={line}>
        <Sum label={say("people")}>
          <span className="number">{shown("people")}</span>
        </Sum>
        {(["proposed", "registered", "added"] as const).map((key) => (
          <Sum key={key} label={`${say(key)}${punct.inside(say("ofPeople"))}`}>
            <Rate part={n(key)} base={n("people")} />
          </Sum>
        ))}
        <Sum label={`${say("conflicts")}${punct.inside(say("ofPeople"))}`} {...(n("conflicts") > 0 ? { tone: "#8a5a00" } : {})}>
          <Rate part={n("conflicts")} base={n("people")} /> <span style={{ fontSize: 14, fontWeight: 400 }}>{say("fieldConflicts", { n: shown("fieldConflicts") })}</span>
        </Sum>
        <Sum label={say("undecided")} {...(n("undecided") > 0 ? { tone: "#8a5a00" } : {})}>
          <span className="number">{shown("undecided")}</span>
        </Sum>
      </div>
      {out.length === 0 ? null : (
        <table className="beside" style={{ maxWidth: 640, marginTop: 16 }}>
          <thead>
            <tr>
              <th scope="col">{say("leftOut")}</th>
              <th scope="col" style={{ textAlign: "end" }}>
                {say("rows")}
              </th>
            </tr>
          </thead>
          <tbody>
            {out.map((key) => (
              <tr key={key}>
                <td>{read(reasonLabels[key.slice(4)]) || key}</td>
                <td className="number" style={{ textAlign: "end" }}>
                  {shown(key)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Decision({ fusion }: { readonly fusion: Fusion }): ReactNode {
  const say = usePhrases(fusionWords);
  const read = useText();
  const lang = useLang();
  const mayRun = useMay("match.run");
  const accept = useCall(acceptFusion, REFRESHES);
  const discard = useCall(discardFusion, REFRESHES);
  const params = { county: fusion.county, id: fusion.id };
  const certain = count(fusion.counts["certain"] ?? 0, lang);
  const why = read(fusion.notAcceptable);
  return (
    <section className="panel">
      <ProblemView error={accept.error ?? discard.error} />
      <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" }}>
        {mayRun && mayMove("accept", fusion.state) ? (
          <Popconfirm title={say("acceptSure")} okText={say("yes")} cancelText={say("no")} disabled={why !== ""} onConfirm={() => accept.mutate({ params })}>
            <Tooltip title={why}>
              <Button type="primary" data-move="accept-fusion" disabled={why !== ""} loading={accept.isPending}>
                {say("accept", { n: certain })}
              </Button>
            </Tooltip>
          </Popconfirm>
        ) : null}
        {mayRun && mayMove("discard", fusion.state) && (fusion.counts["added"] ?? 0) === 0 ? (
          <Popconfirm title={say("discardSure")} okText={say("yes")} cancelText={say("no")} onConfirm={() => discard.mutate({ params })}>
            <Button danger data-move="discard-fusion" loading={discard.isPending}>
              {say("discard")}
            </Button>
          </Popconfirm>
        ) : null}
        {mayMove("report", fusion.state) ? (
          <a href={fileAddress(getFusionReport, { params })} download data-move="fusion-report">
            {say("report")}
          </a>
        ) : null}
        {why === "" ? <span className="quiet">{say("certain", { n: certain })}</span> : <span className="quiet">{why}</span>}
      </div>
    </section>
  );
}

function People({ fusion }: { readonly fusion: Fusion }): ReactNode {
  const say = usePhrases(fusionWords);
  const read = useText();
  const navigate = useNavigate();
  const { state, conflicts, after } = useSearch({ from: "/shell/fusions/$county/$id" });
  // People whose values were opened, or closed where all are open.
  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set());
  const turn = (no: number): void => setTurned((before) => new Set(before.has(no) ? [...before].filter((one) => one !== no) : [...before, no]));
  const params = { county: String(fusion.county), id: fusion.id };
  const look = (search: { state?: (typeof personStates)[number] | undefined; conflicts?: "yes" | undefined; after?: string | undefined }): void => void navigate({ to: "/fusions/$county/$id", params, search });
  const query = useRoute(listFusedPeople, { params: { county: fusion.county, id: fusion.id }, query: { ...(state && { state }), ...(conflicts && { conflicts }), ...(after && { after }) } }, { keep: true });
  return (
    <section className="panel">
      <h2>{say("people")}</h2>
      <Radio.Group
        aria-label={say("state")}
        value={conflicts ? "conflicts" : (state ?? "all")}
        onChange={(event) => {
          const chosen: string = event.target.value;
          look(chosen === "conflicts" ? { conflicts: "yes" } : chosen === "all" ? {} : { state: personStates.find((one) => one === chosen) });
        }}
        style={{ marginBottom: 12 }}
        options={[{ value: "all", label: say("all") }, { value: "conflicts", label: say("onlyConflicts") }, ...personStates.filter((one) => one !== "merged").map((one) => ({ value: one, label: read(personStateLabels[one]) }))]}
      />
      <Loaded query={query}>
        {(data) => (
          <>
            <Table<Person>
              size="small"
              rowKey="no"
              dataSource={[...data.rows]}
              pagination={false}
              scroll={{ x: "max-content" }}
              locale={{ emptyText: <Nothing text={say("noPeople")} /> }}
              expandable={{ expandedRowRender: (person) => <ValuesTable values={person.values} />, rowExpandable: (person) => person.values.length > 0, expandedRowKeys: data.rows.flatMap((person) => ((conflicts === "yes") === turned.has(person.no) ? [] : [person.no])), onExpand: (_, person) => turn(person.no) }}
              columns={[
                { title: say("no_"), dataIndex: "no", key: "no", width: 80 },
                { title: say("name"), key: "name", render: (_, person) => <span data-person={person.no}>{person.name}</span> },
                { title: say("state"), key: "state", render: (_, person) => read(personStateLabels[person.state]) },
                { title: say("reason"), key: "reason", render: (_, person) => read(person.reason) || "—" },
                { title: say("lists"), key: "rows", render: (_, person) => person.rows.map((row) => `${read(row.department)} ${row.row}`).join(punct.list) || "—" },
                { title: say("conflicts"), key: "conflicts", align: "right", render: (_, person) => <span className="number">{person.conflicts}</span> },
              ]}
            />
            <PageTurn after={after} next={data.next} onTurn={(next) => look({ state, conflicts, after: next })} />
          </>
        )}
      </Loaded>
    </section>
  );
}

export function FusionPage(): ReactNode {
  const say = usePhrases(fusionWords);
  const read = useText();
  const lang = useLang();
  const { county, id } = useParams({ from: "/shell/fusions/$county/$id" });
  const mayRun = useMay("match.run");
  const busy = (state: string | undefined): boolean => state === "waiting" || state === "running" || state === "accepting";
  const query = useRoute(getFusion, { params: { county: Number(county), id } }, { every: (fusion) => (busy(fusion?.state) ? 1000 : false) });
  return (
    <main className="page">
      <Loaded query={query}>
        {(fusion) => (
          <>
            <PageHead title={say("detail", { purpose: fusion.purpose })}>
              <span data-fusion-state={fusion.state}>{read(fusionStateLabels[fusion.state])}</span>
              <span className="quiet number">{moment(fusion.at)}</span>
              <span className="spread" />
              <Link to="/fusions">{say("back")}</Link>
            </PageHead>
            <section className="panel">
              <h2>{say("lists")}</h2>
              <ul style={{ margin: 0 }}>
                {fusion.lists.map((list) => (
                  <li key={list.batch}>
                    {read(list.departmentLabel)} · {list.asOf} · <span className="number">{say("rowCount", { n: count(list.rows, lang) })}</span>
                  </li>
                ))}
              </ul>
            </section>
            {busy(fusion.state) && fusion.task !== undefined ? (
              <section className="panel">
                <TaskPanel key={fusion.task} id={fusion.task} refreshes={REFRESHES} mayCancel={mayRun} />
              </section>
            ) : null}
            {fusion.wipedAt !== undefined ? <Alert type="info" showIcon data-fusion-wiped title={read(wipedWithList)} style={{ marginBottom: 16 }} /> : null}
            {fusion.state === "failed" ? <Alert type="error" showIcon title={say("failed")} style={{ marginBottom: 16 }} /> : null}
            {fusion.counts["rows"] === undefined ? null : <Sums fusion={fusion} />}
            {busy(fusion.state) ? null : <Decision fusion={fusion} />}
            {fusion.state === "proposed" && fusion.wipedAt === undefined && (fusion.counts["undecided"] ?? 0) > 0 ? <DoubtsPanel county={fusion.county} id={fusion.id} /> : null}
            {(fusion.state === "proposed" || fusion.state === "accepted") && fusion.wipedAt === undefined ? <People fusion={fusion} /> : null}
          </>
        )}
      </Loaded>
    </main>
  );
}
