// One household's index in its parts and in words, from its record as it stands. It informs; it decides nothing.
import { Link, useParams } from "@tanstack/react-router";
import { Alert } from "antd";
import type { ReactNode } from "react";
import { getHouseholdParts } from "../../../modules/insight/contract.ts";
import { ProblemError } from "../../shared/client.ts";
import { useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Loaded } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { insightWords } from "./words.ts";

const share = (n: number): string => `${(100 * n).toFixed(1)}%`;

export function HouseholdPage(): ReactNode {
  const say = usePhrases(insightWords);
  const read = useText();
  const { county, id } = useParams({ from: "/shell/insight/households/$county/$id" });
  const query = useRoute(getHouseholdParts, { params: { county: Number(county), id }, query: {} });
  const standing = { deprived: "yes", "not-deprived": "no", "not-known": "notKnown" } as const;
  return (
    <main className="page">
      <PageHead title={say("householdTitle")} />
      {query.error instanceof ProblemError && query.error.code === "not-found" ? <Alert type="info" showIcon data-no-form title={say("noForm")} description={say("noFormHelp")} /> : <Loaded query={query}>
        {(found) => (
          <section className="panel" data-household={found.poor ? "poor" : "not-poor"}>
            <h2>{read(found.set)} v{found.version}</h2>
            <p style={{ fontSize: 20 }}><b>{say(found.poor ? "poor" : "notPoor")}</b></p>
            <p style={{ fontSize: 17 }}>{read(found.words)}</p>
            <table className="beside by-name">
              <thead><tr><th scope="col">{say("indicator")}</th><th scope="col">{say("lacks")}</th><th scope="col">{say("weight")}</th></tr></thead>
              <tbody>
                {found.parts.map((part) => (
                  <tr key={part.key} data-standing={part.standing}>
                    <th scope="row" style={{ textAlign: "start" }}>{read(part.dimension)} · {read(part.label)}</th>
                    <td>{part.standing === "deprived" ? <b>{say("yes")}</b> : say(standing[part.standing])}</td>
                    <td><span className="bar-ground" aria-hidden style={{ display: "inline-block", width: 160, verticalAlign: "middle" }}>{part.standing === "deprived" ? <span style={{ width: `${100 * part.weight}%` }} /> : null}</span> <span className="number">{share(part.weight)}</span></td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p><span className="quiet">{say("asItStands", { at: moment(found.asOf) })}</span>{" "}<Link to="/records/$county/$id" params={{ county, id }} className="no-print">{say("toRecord")}</Link></p>
          </section>
        )}
      </Loaded>}
    </main>
  );
}
