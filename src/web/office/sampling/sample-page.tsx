// One sample: how far it is, its verdict, and once it is judged what differed, by person and by item.
import { Alert, Button } from "antd";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getSample, judgeSample } from "../../../modules/sampling/contract.ts";
import { kindLabels } from "../../../modules/sampling/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { count } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Rate } from "../../shared/record-marks.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { REFRESHED } from "../capture/refreshed.ts";
import { Errors, type Sample, SampleTag } from "./marks.tsx";
import { samplingWords } from "./words.ts";

type Reply = ReplyOf<typeof getSample>;
type Person = Reply["people"][number];
const states = { waiting: "waitingState", taken: "takenState", unreachable: "unreachable" } as const;
const text = (value: unknown): string => (value === null || value === undefined ? "—" : Array.isArray(value) ? value.join(punct.list) : String(value));

function Verdict({ sample }: { readonly sample: Sample }): ReactNode {
  const say = usePhrases(samplingWords);
  if (sample.state === "open") return null;
  if (sample.state === "covered") return <Alert type="success" showIcon role="status" title={say("covered")} />;
  if (sample.state === "void") return <Alert type="warning" showIcon role="status" title={say("void")} />;
  const figures = { wrong: sample.errors?.count ?? 0, c: sample.acceptance ?? 0, n: sample.returned ?? 0 };
  return <Alert type={sample.state === "passed" ? "success" : "error"} showIcon role="status" data-verdict={sample.state} title={say(sample.state, figures)} />;
}

function People({ data }: { readonly data: Reply }): ReactNode {
  const say = usePhrases(samplingWords);
  const lang = useLang();
  const read = useText();
  return (
    <section className="panel" aria-label={say("people")}>
      <h2>{say("people")}</h2>
      <RowTable<Person>
        rows={data.people}
        rowKey="record"
        empty={data.sample.kind === "outside" ? say("sealed") : say("noSamples")}
        columns={[
          { title: say("person"), key: "name", render: (_, row) => <Link to="/records/$county/$id" params={{ county: String(data.sample.county), id: row.record }}>{row.name}</Link> },
          { title: say("village"), key: "area", render: (_, row) => row.area.name },
          { title: say("personState"), key: "state", render: (_, row) => say(states[row.state]) },
          { title: say("fields"), key: "fields", align: "right", render: (_, row) => <span className="number">{row.fields === undefined ? "" : count(row.fields, lang)}</span> },
          {
            title: say("differing"),
            key: "differing",
            render: (_, row) =>
              row.differing === undefined ? null : row.differing.length === 0 ? say("none") : (
                <ul style={{ margin: 0, paddingInlineStart: 18 }}>
                  {row.differing.map((one) => (
                    <li key={one.path} data-differs={one.path}>{`${read(one.label)}${punct.colon}${text(one.first)} → ${text(one.second)}`}</li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
    </section>
  );
}

function ByItem({ data }: { readonly data: Reply }): ReactNode {
  const say = usePhrases(samplingWords);
  const read = useText();
  if (data.byItem.length === 0) return null;
  return (
    <section className="panel" aria-label={say("byItem")}>
      <h2>{say("byItem")}</h2>
      <ul>{data.byItem.map((one) => <li key={one.path}>{read(one.label)} <Rate part={Math.min(one.count, one.base)} base={one.base} /></li>)}</ul>
    </section>
  );
}

export function SamplePage(): ReactNode {
  const say = usePhrases(samplingWords);
  const read = useText();
  const { county, id } = useParams({ from: "/shell/sampling/$county/$id" });
  const params = { county: Number(county), id };
  const mayJudge = useMay("sample.draw");
  const query = useRoute(getSample, { params }, { staleTime: 0 });
  const judge = useCall(judgeSample, [...REFRESHED, "/api/sampling", "/api/samples"]);
  return (
    <main className="page">
      <Loaded query={query}>
        {(data) => {
          const { sample } = data;
          const why = sample.waiting > 0 ? say("judgeWaits", { n: sample.waiting }) : undefined;
          return (
            <>
              <PageHead title={`${say("title")}${punct.colon}${sample.area.name}`}>
                <SampleTag state={sample.state} />
                <span className="quiet">{read(kindLabels[sample.kind])}</span>
                <span className="spread" />
                <Link to="/sampling">{say("back")}</Link>
                {mayJudge && sample.state === "open" ? (
                  <Button type="primary" data-action="judge" disabled={why !== undefined} title={why} loading={judge.isPending} onClick={() => judge.mutate({ params })}>
                    {say("judge")}
                  </Button>
                ) : null}
              </PageHead>
              <ProblemView error={judge.error} />
              <Verdict sample={sample} />
              {why !== undefined && sample.state === "open" ? <p role="status">{why}</p> : null}
              <dl className="panel" style={{ display: "grid", gridTemplateColumns: "max-content 1fr", columnGap: 24, rowGap: 6 }}>
                <dt>{say("size")}</dt>
                <dd><Rate part={sample.drawn} base={sample.lot} /></dd>
                <dt>{say("done")}</dt>
                <dd><Rate part={sample.drawn - sample.waiting - sample.unreachable} base={sample.drawn} /></dd>
                <dt>{say("unreachable")}</dt>
                <dd><Rate part={sample.unreachable} base={sample.drawn} /></dd>
                <dt>{say("errors")}</dt>
                <dd><Errors errors={sample.errors} /></dd>
                <dt>{say("acceptance")}</dt>
                <dd className="number">{sample.acceptance ?? "—"}</dd>
                <dt>{say("seed")}</dt>
                <dd><code>{sample.seed}</code> <span className="quiet">{say("seedHelp")}</span></dd>
              </dl>
              <ByItem data={data} />
              <People data={data} />
            </>
          );
        }}
      </Loaded>
    </main>
  );
}
