// Every item of a scheme with its source mark, in one plain table: to be searched, printed and cited by its address.
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ReactNode } from "react";
import type { Place } from "../../../scheme/layout.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useScheme } from "../../shared/session.ts";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { kindLabels, sensitivityLabels } from "./meanings.ts";
import { NarrowingBar } from "./narrowing.tsx";
import { itemsOf } from "./reading.ts";
import { MarkLegend, SourceTags } from "./source-tags.tsx";
import "./schemes.css";
import { schemeWords } from "./words.ts";

const from = "/shell/schemes/$scheme/$version/items";

function Rows({ places }: { readonly places: readonly Place[] }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  return (
    <div style={{ overflowX: "auto" }} tabIndex={0} role="region" aria-label={say("allItems")}>
      <table className="beside item-table">
        <thead>
          <tr>
            {(["number", "item", "form", "path", "kind", "sensitivity", "source", "basis"] as const).map((key) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map(({ path, form, item }) => (
            <tr key={path} data-item={path}>
              <td className="number">{item.number ?? "—"}</td>
              <td>{read(item.label)}</td>
              <td>{read(form.label)}</td>
              <td>
                <code>{path}</code>
              </td>
              <td>{read(kindLabels[item.kind])}</td>
              <td>{read(sensitivityLabels[item.sensitivity])}</td>
              <td>
                <SourceTags source={item.source} />
              </td>
              <td>{item.basis ?? "—"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function ItemsPage(): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate();
  const { query, scheme } = useScheme(params.scheme, params.version);
  const { form, mark, sensitivity, q } = search;
  const places = useMemo(() => (scheme ? itemsOf(scheme, { form, mark, sensitivity, q }) : []), [scheme, form, mark, sensitivity, q]);
  return (
    <main className="page">
      <Loaded query={query}>
        {() =>
          scheme ? (
            <>
              <PageHead title={say("itemsTitle", { label: read(scheme.label), version: params.version })}>
                <span className="spread" />
                <Link to="/schemes/$scheme/$version" params={params} search={{ form }}>{say("toReading")}</Link>
              </PageHead>
              <MarkLegend scheme={scheme} />
              <div className="panel">
                <NarrowingBar scheme={scheme} by={search} fits={places.length} onChange={(next) => void navigate({ to: "/schemes/$scheme/$version/items", params, search: { ...next }, replace: true })} />
                {places.length === 0 ? <Nothing text={say("nothingFits")} /> : <Rows places={places} />}
              </div>
            </>
          ) : null
        }
      </Loaded>
    </main>
  );
}
