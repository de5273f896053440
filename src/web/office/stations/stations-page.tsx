// Where people are captured and by whom: stations, the roster with training and telephone, and who waits for a visit.
import { Alert, App, Button, Tag } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { closeStation, listStations, listVisits, showPhone } from "../../../modules/stations/contract.ts";
import { stationLabels } from "../../../modules/stations/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { count, moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useCampaign, useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { JoinDialog, LeaveDialog, type RosterEntry, StationDialog, TrainingDialog } from "./station-dialogs.tsx";
import { stationWords } from "./words.ts";

type Reply = ReplyOf<typeof listStations>;
type Station = Reply["stations"][number];
type Visit = ReplyOf<typeof listVisits>["visits"][number];
type Asked = { readonly kind: "station" | "join" } | { readonly kind: "training" | "leave"; readonly entry: RosterEntry };

function Stations({ rows, onAdd }: { readonly rows: readonly Station[]; readonly onAdd: (() => void) | undefined }): ReactNode {
  const say = usePhrases(stationWords);
  const read = useText();
  const close = useCall(closeStation, ["/api/stations"]);
  return (
    <section className="panel" aria-label={say("stations")}>
      <h2>{say("stations")}</h2>
      {onAdd ? <Button data-action="add-station" style={{ marginBottom: 12 }} onClick={onAdd}>{say("add")}</Button> : null}
      <ProblemView error={close.error} />
      <RowTable<Station>
        rows={rows}
        empty={say("noStations")}
        columns={[
          { title: say("name"), key: "name", render: (_, row) => <>{row.name}{row.aliases.length > 0 ? <div className="quiet">{row.aliases.join(punct.list)}</div> : null}</> },
          { title: say("kind"), key: "kind", render: (_, row) => read(stationLabels[row.kind]) },
          { title: say("area"), key: "area", render: (_, row) => row.area.name },
          { title: say("serves"), key: "serves", render: (_, row) => row.serves.map((one) => one.name).join(punct.list) },
          { title: say("address"), key: "address", render: (_, row) => row.address },
          { title: "", key: "close", render: (_, row) => (row.closedAt ? <Tag>{say("closed")}</Tag> : onAdd ? <Button size="small" data-close={row.id} onClick={() => close.mutate({ params: { id: row.id } })}>{say("close")}</Button> : null) },
        ]}
      />
    </section>
  );
}

function Phone({ entry }: { readonly entry: RosterEntry }): ReactNode {
  const say = usePhrases(stationWords);
  const show = useCall(showPhone);
  return <><span className="number">{show.data?.phone ?? entry.phone}</span> {show.data ? null : <Button size="small" data-phone={entry.id} aria-label={`${say("show")} ${entry.name}`} loading={show.isPending} onClick={() => show.mutate({ params: { id: entry.id }, body: {} })}>{say("show")}</Button>}</>;
}

function Roster({ data, onAsk }: { readonly data: Reply; readonly onAsk: ((asked: Asked) => void) | undefined }): ReactNode {
  const say = usePhrases(stationWords);
  const lang = useLang();
  return (
    <section className="panel" aria-label={say("roster")}>
      <h2>{say("roster")}</h2>
      {data.without.length > 0 ? <Alert type="warning" showIcon title={say("without", { names: data.without.map((one) => one.name).join(punct.list) })} style={{ marginBottom: 12 }} /> : null}
      {onAsk ? <Button data-action="join-roster" style={{ marginBottom: 12 }} onClick={() => onAsk({ kind: "join" })}>{say("join")}</Button> : null}
      <RowTable<RosterEntry>
        rows={data.roster}
        empty={say("noRoster")}
        columns={[
          { title: say("person"), key: "name", render: (_, row) => row.name },
          { title: say("area"), key: "area", render: (_, row) => row.area.name },
          { title: say("phone"), key: "phone", render: (_, row) => <Phone entry={row} /> },
          { title: say("trained"), key: "trained", render: (_, row) => (row.trainedOn ? <>{row.trainedOn} <span className="quiet">{row.training}</span></> : <Tag style={{ color: "#b42318", background: "#fff5f4" }}>{say("untrained")}</Tag>) },
          { title: say("since"), key: "since", render: (_, row) => row.since },
          { title: say("open"), key: "open", align: "right", render: (_, row) => <span className="number">{count(row.open, lang)}</span> },
          {
            title: "",
            key: "moves",
            render: (_, row) =>
              row.leftOn ? <span className="quiet">{say("left", { date: row.leftOn, successor: row.successor ?? say("nobody") })}</span> : onAsk ? (
                <span style={{ display: "flex", gap: 8 }}>
                  <Button size="small" data-training={row.id} onClick={() => onAsk({ kind: "training", entry: row })}>{say("record")}</Button>
                  <Button size="small" data-leave={row.id} onClick={() => onAsk({ kind: "leave", entry: row })}>{say("leave")}</Button>
                </span>
              ) : null,
          },
        ]}
      />
    </section>
  );
}

function Visits({ campaign }: { readonly campaign: string }): ReactNode {
  const say = usePhrases(stationWords);
  const query = useRoute(listVisits, { query: { campaign } });
  return (
    <section className="panel" aria-label={say("visits")}>
      <h2>{say("visits")}</h2>
      <Loaded query={query}>
        {({ visits }) => (
          <RowTable<Visit>
            rows={visits}
            empty={say("noVisits")}
            columns={[
              { title: say("person"), key: "name", render: (_, row) => <Link to="/records/$county/$id" params={{ county: String(row.county), id: row.record }}>{row.name}</Link> },
              { title: say("area"), key: "area", render: (_, row) => row.area.name },
              { title: say("reason"), key: "reason", render: (_, row) => row.reason },
              { title: say("askedBy"), key: "by", render: (_, row) => <>{row.askedBy} <span className="quiet">{moment(row.askedAt)}</span></> },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}

export function StationsPage(): ReactNode {
  const say = usePhrases(stationWords);
  const { message } = App.useApp();
  const manages = useMay("fieldwork.manage");
  const { campaign } = useCampaign();
  const [asked, setAsked] = useState<Asked>();
  const query = useRoute(listStations, {});
  const end = (told?: string): void => {
    if (told !== undefined) void message.success(told);
    setAsked(undefined);
  };
  return (
    <main className="page">
      <PageHead title={say("title")} />
      <Loaded query={query}>
        {(data) => (
          <>
            <Roster data={data} onAsk={manages ? setAsked : undefined} />
            <Stations rows={data.stations} onAdd={manages ? () => setAsked({ kind: "station" }) : undefined} />
            {asked?.kind === "station" ? <StationDialog onDone={end} /> : null}
            {asked?.kind === "join" ? <JoinDialog stations={data.stations.filter((one) => !one.closedAt)} onDone={end} /> : null}
            {asked?.kind === "training" ? <TrainingDialog entry={asked.entry} onDone={end} /> : null}
            {asked?.kind === "leave" ? <LeaveDialog entry={asked.entry} roster={data.roster} onDone={end} /> : null}
          </>
        )}
      </Loaded>
      {campaign ? <Visits campaign={campaign.id} /> : null}
    </main>
  );
}
