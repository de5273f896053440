// What comes back again and again, by person, item, collector and office, each with its base.
import { Segmented } from "antd";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { listRepeats } from "../../../modules/dispatch/contract.ts";
import { useRoute } from "../../shared/data.ts";
import { count } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { CasesNav } from "./cases-nav.tsx";
import { moreWords } from "./more-words.ts";
import { repeatKinds } from "./routes.ts";

const names = { person: "byPerson", item: "byItem", collector: "byCollector", office: "byOffice" } as const;

export function RepeatsPage(): ReactNode {
  const say = usePhrases(moreWords);
  const read = useText();
  const lang = useLang();
  const { by = "person" } = useSearch({ from: "/shell/cases/repeats" });
  const navigate = useNavigate();
  const query = useRoute(listRepeats, { query: { by } }, { keep: true });
  return (
    <main className="page">
      <PageHead title={say("repeatsTitle")} />
      <CasesNav />
      <section className="panel">
        <Segmented aria-label={say("repeatsTitle")} value={by} options={repeatKinds.map((kind) => ({ value: kind, label: say(names[kind]) }))} onChange={(value) => void navigate({ to: "/cases/repeats", search: { by: value } })} />
        <p className="quiet">{say("repeatsHelp")}</p>
        <Loaded query={query}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Nothing text={say("repeatsNone")} />
            ) : (
              <table className="beside" style={{ maxWidth: 860 }}>
                <thead>
                  <tr>
                    <th scope="col">{say("what")}</th>
                    {(["reopened", "cameBack", "base"] as const).map((key) => <th key={key} scope="col" className="to-right">{say(key)}</th>)}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.key}>
                      <th scope="row">{row.sample && row.county ? <Link to="/cases/$county/$id" params={{ county: String(row.county), id: row.sample }}>{read(row.label)}</Link> : read(row.label)}</th>
                      {[row.reopened, row.cameBack, row.cases].map((n, i) => <td key={i} className="number to-right">{count(n, lang)}</td>)}
                    </tr>
                  ))}
                </tbody>
              </table>
            )
          }
        </Loaded>
      </section>
    </main>
  );
}
