// The round before: its answers carried into this one as work in the background, and the villages of both compared.
import { Button } from "antd";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { levelOf } from "../../../core/area-code.ts";
import type { ReplyOf } from "../../../core/route.ts";
import { askCarry, getLastRoundByArea } from "../../../modules/records/contract.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCall, useRoute } from "../../shared/data.ts";
import { count } from "../../shared/figures.ts";
import { Rate } from "../../shared/record-marks.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { type Campaign, type Me, useCampaign, useMay } from "../../shared/session.ts";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { TaskPanel } from "../../shared/task-panel.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { RoundFrame } from "./frame.tsx";
import { roundWords } from "./words.ts";

type Row = ReplyOf<typeof getLastRoundByArea>["rows"][number];

function CarryPanel({ campaign, me }: { readonly campaign: Campaign; readonly me: Me }): ReactNode {
  const say = usePhrases(roundWords);
  const navigate = useNavigate();
  const { task } = useSearch({ from: "/shell/round/last" });
  const own = Math.max(campaign.area.code, me.area.code);
  const [county, setCounty] = useState<number | undefined>(levelOf(own) === 3 ? own : undefined);
  const ask = useCall(askCarry);
  const send = (): void => {
    if (county !== undefined) ask.mutate({ params: { id: campaign.id }, body: { county: Math.floor(county / 1e6) } }, { onSuccess: (reply) => void navigate({ to: "/round/last", search: (search) => ({ ...search, task: reply.task }), replace: true }) });
  };
  return (
    <section className="panel" aria-label={say("carryTitle")}>
      <h2>{say("carryTitle")}</h2>
      <p className="quiet">{say("carryHelp")}</p>
      <ProblemView error={ask.error} />
      {task === undefined ? null : <TaskPanel id={task} refreshes={["/api/progress", "/api/records", "/api/work"]} mayCancel />}
      <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "end" }}>
        {levelOf(own) === 3 ? null : (
          <div>
            <label htmlFor="carry-county">{say("county")}</label>
            <div><AreaPicker id="carry-county" name="carry-county" value={county} within={own} fromLevel={3} onChange={setCounty} /></div>
          </div>
        )}
        <Button type="primary" data-move="carry" disabled={county === undefined || levelOf(county) !== 3} loading={ask.isPending} onClick={send}>{say("carry")}</Button>
      </div>
    </section>
  );
}

function Villages({ campaign, me }: { readonly campaign: Campaign; readonly me: Me }): ReactNode {
  const say = usePhrases(roundWords);
  const lang = useLang();
  const navigate = useNavigate();
  const { area } = useSearch({ from: "/shell/round/last" });
  const query = useRoute(getLastRoundByArea, { query: { campaign: campaign.id, area } }, { keep: true });
  const number = (n: number): ReactNode => <span className="number">{count(n, lang)}</span>;
  return (
    <section className="panel" aria-label={say("differences")}>
      <h2>{say("differences")}</h2>
      <p className="quiet">{say("differencesHelp")}</p>
      <AreaPicker name="last-area" label={say("area")} value={area ?? me.area.code} within={me.area.code} style={{ marginBottom: 12 }} onChange={(code) => void navigate({ to: "/round/last", search: ({ task }) => ({ ...(task !== undefined && { task }), ...(code !== undefined && code !== me.area.code && { area: code }) }) })} />
      <Loaded query={query}>
        {({ rows }) => (
          <RowTable<Row>
            rows={rows}
            rowKey={(row) => row.area.code}
            empty={say("noDifferences")}
            columns={[
              { title: say("village"), key: "village", render: (_, row) => <Link to="/records" search={{ area: row.area.code }} data-village={row.area.code}>{row.area.name}</Link> },
              { title: say("base"), key: "base", align: "right", render: (_, row) => number(row.base) },
              { title: say("changed"), key: "changed", align: "right", render: (_, row) => <Rate part={row.changed} base={row.base} /> },
              { title: say("unchanged"), key: "unchanged", align: "right", render: (_, row) => <Rate part={row.unchanged} base={row.base} /> },
              { title: say("gone"), key: "gone", align: "right", render: (_, row) => <Rate part={row.gone} base={row.base} /> },
              { title: say("added"), key: "added", align: "right", render: (_, row) => number(row.added) },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}

function LastRound({ campaign, me }: { readonly campaign: Campaign; readonly me: Me }): ReactNode {
  const say = usePhrases(roundWords);
  const read = useText();
  const mayKeep = useMay("round.keep");
  const maySee = useMay("progress.read");
  const { campaigns } = useCampaign();
  if (campaign.previous === undefined) return <Nothing text={say("noLast")} />;
  const before = campaigns.find((one) => one.id === campaign.previous);
  return (
    <>
      <p>{say("last")}{punct.colon}<b>{before ? read(before.name) : campaign.previous}</b></p>
      {mayKeep ? <CarryPanel campaign={campaign} me={me} /> : null}
      {maySee ? <Villages campaign={campaign} me={me} /> : null}
    </>
  );
}

export function LastRoundPage(): ReactNode {
  const say = usePhrases(roundWords);
  return <RoundFrame way="/round/last" title={say("last")}>{(me, campaign) => (campaign ? <LastRound campaign={campaign} me={me} /> : null)}</RoundFrame>;
}
