// How the offices do: every rate with its base; to download as XLSX or CSV.
import { Button } from "antd";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getLeague, getLeagueFile } from "../../../modules/dispatch/contract.ts";
import { fileAddress } from "../../shared/client.ts";
import { useRoute } from "../../shared/data.ts";
import { count } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Rate } from "../../shared/record-marks.tsx";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { useLang, usePhrases } from "../../shared/words.ts";
import { CasesNav } from "./cases-nav.tsx";
import { moreWords } from "./more-words.ts";

type Row = ReplyOf<typeof getLeague>["all"];

function Line({ row, name }: { readonly row: Row; readonly name: string }): ReactNode {
  const say = usePhrases(moreWords);
  const lang = useLang();
  return (
    <>
      <th scope="row" title={row.area.fullName}>{name}</th>
      <td className="number to-right">{count(row.opened, lang)}</td>
      {[row.answeredInTime, row.closedByCheck, row.reopened, row.overdue, row.climbed].map((rate, i) => (
        <td key={i} className="to-right"><Rate part={rate.count} base={rate.base} /></td>
      ))}
      <td className="to-right number">{row.medianDays === undefined ? "—" : say("days", { n: row.medianDays })}</td>
    </>
  );
}

export function LeaguePage(): ReactNode {
  const say = usePhrases(moreWords);
  const query = useRoute(getLeague, { query: {} });
  return (
    <main className="page">
      <PageHead title={say("leagueTitle")}>
        <span role="status" className="quiet">{query.data ? say("asOf", { date: query.data.asOf }) : ""}</span>
        <span className="spread" />
        <Button data-move="league-xlsx" href={fileAddress(getLeagueFile, { query: { format: "xlsx" } })}>{say("xlsx")}</Button>
        <Button data-move="league-csv" href={fileAddress(getLeagueFile, { query: { format: "csv" } })}>{say("csv")}</Button>
      </PageHead>
      <CasesNav />
      <section className="panel">
        <p className="quiet">{say("leagueHelp")}</p>
        <Loaded query={query}>
          {({ rows, all }) =>
            rows.length === 0 ? (
              <Nothing text={say("leagueNone")} />
            ) : (
              <div style={{ overflowX: "auto" }}>
                <table className="beside" data-league={rows.length}>
                  <thead>
                    <tr>
                      <th scope="col">{say("office")}</th>
                      {(["opened", "inTime", "closed", "reopened", "overdue", "climbed", "median"] as const).map((key) => <th key={key} scope="col" className="to-right">{say(key)}</th>)}
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => <tr key={row.area.code}><Line row={row} name={row.area.name} /></tr>)}
                    <tr style={{ fontWeight: 700 }}><Line row={all} name={say("total")} /></tr>
                  </tbody>
                </table>
              </div>
            )
          }
        </Loaded>
      </section>
    </main>
  );
}
