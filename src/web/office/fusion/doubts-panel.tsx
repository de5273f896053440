// Doubtful links of a fusion, two people side by side; a person says whether they are one.
import { Button } from "antd";
import type { ReactNode } from "react";
import { decideFusionDoubt, listFusionDoubts } from "../../../modules/fusion/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { useMay } from "../../shared/session.ts";
import { Compared } from "../../shared/compared.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import type { Person } from "./values-table.tsx";
import { fusionWords, personStateLabels } from "./words.ts";

function Beside({ a, b }: { readonly a: Person; readonly b: Person }): ReactNode {
  const say = usePhrases(fusionWords);
  const read = useText();
  const paths = [...new Map([...a.values, ...b.values].map((value) => [value.path, value.label]))];
  const of = (person: Person, path: string): string | undefined => { const found = person.values.find((value) => value.path === path); return found && read(found.value); };
  const head = (person: Person): string => `${person.no} ${person.name}${punct.inside(read(personStateLabels[person.state]))}`;
  return (
    <table className="beside">
      <thead>
        <tr>
          <th scope="col">{say("item")}</th>
          <th scope="col">{head(a)}</th>
          <th scope="col">{head(b)}</th>
        </tr>
      </thead>
      <tbody>
        {paths.map(([path, label]) => (
          <tr key={path}>
            <th scope="row" style={{ fontWeight: 400 }}>
              {read(label)}
            </th>
            <td>
              <Compared value={of(a, path)} against={of(b, path)} absent="—" />
            </td>
            <td>
              <Compared value={of(b, path)} against={of(a, path)} absent="—" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function DoubtsPanel({ county, id }: { readonly county: number; readonly id: string }): ReactNode {
  const say = usePhrases(fusionWords);
  const read = useText();
  const mayDecide = useMay("match.decide");
  const query = useRoute(listFusionDoubts, { params: { county, id } });
  const decide = useCall(decideFusionDoubt, ["/api/fusions"]);
  const settle = (no: number, same: boolean): void => decide.mutate({ params: { county, id }, body: { no, same } });
  return (
    <section className="panel">
      <h2>{say("doubts")}</h2>
      <p className="quiet" style={{ marginTop: 0 }}>
        {say("doubtsHelp")} {mayDecide ? "" : say("mayNot")}
      </p>
      <ProblemView error={decide.error} />
      <Loaded query={query}>
        {({ rows }) => {
          const open = rows.filter((row) => row.decision === "undecided");
          if (open.length === 0) return <p className="quiet">{say("noDoubts")}</p>;
          return open.map((row) => (
            <article key={row.no} data-doubt={row.no} aria-label={`${row.a.name} / ${row.b.name}`} style={{ marginBottom: 24 }}>
              <p style={{ margin: "0 0 8px" }}>
                {read(row.why)} <span className="quiet number">{say("weight", { p: row.probability.toFixed(3), w: row.weight.toFixed(1) })}</span>
              </p>
              <Beside a={row.a} b={row.b} />
              {mayDecide ? (
                <div style={{ display: "flex", gap: 12, marginTop: 8 }}>
                  <Button type="primary" data-move="same" disabled={decide.isPending} onClick={() => settle(row.no, true)}>
                    {say("same")}
                  </Button>
                  <Button data-move="different" disabled={decide.isPending} onClick={() => settle(row.no, false)}>
                    {say("different")}
                  </Button>
                </div>
              ) : null}
            </article>
          ));
        }}
      </Loaded>
    </section>
  );
}
