// Reading one version of a scheme: forms with their items, checks in words, code sets, categories; files made from it.
import { Button, Tabs } from "antd";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ReactNode } from "react";
import { getAnswersSchema, getBlankForms, getDictionary, getOfflineForm, getSchemeTemplate, getXlsForm } from "../../../modules/documents/contract.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { fileAddress } from "../../shared/client.ts";
import { count } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useScheme } from "../../shared/session.ts";
import { Loaded } from "../../shared/state-views.tsx";
import { Sum } from "../../shared/sum.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { CategoriesView } from "./categories-view.tsx";
import { ChecksView } from "./checks-view.tsx";
import { CodesView } from "./codes-view.tsx";
import { FormsView } from "./forms-view.tsx";
import { sumsOf } from "./reading.ts";
import { type ReadingSearch, readingViews } from "./routes.ts";
import { MarkLegend } from "./source-tags.tsx";
import "./schemes.css";
import { schemeWords } from "./words.ts";

const from = "/shell/schemes/$scheme/$version";

function Sums({ scheme }: { readonly scheme: Scheme }): ReactNode {
  const say = usePhrases(schemeWords);
  const lang = useLang();
  const sums = useMemo(() => sumsOf(scheme), [scheme]);
  const n = (value: number): string => count(value, lang);
  return (
    <section className="panel" style={{ display: "flex", flexWrap: "wrap", gap: "12px 8px" }}>
      <Sum label={say("sumForms")}>
        <span className="number">
          {n(sums.forms)} / {n(sums.sections)}
        </span>
      </Sum>
      <Sum label={say("sumItems")}>
        <span className="number" data-sum="items">{n(sums.items)}</span>
      </Sum>
      <Sum label={say("sumRequired")}>
        <span className="number">
          {n(sums.required)} / {n(sums.items)}
        </span>
      </Sum>
      <Sum label={say("sumCodes")}>
        <span className="number">
          {n(sums.codeSets)} / {n(sums.options)}
        </span>
      </Sum>
      <Sum label={say("sumChecks")}>
        <span className="number">
          {n(sums.checks.block)} / {n(sums.checks.explain)} / {n(sums.checks.note)}
        </span>
      </Sum>
      {sums.legal === undefined ? null : (
        <Sum label={say("sumLegal")}>
          <span className="number">{say("ofSets", { n: n(sums.legal), all: n(sums.all) })}</span>
        </Sum>
      )}
    </section>
  );
}

function Downloads({ params }: { readonly params: { readonly scheme: string; readonly version: string } }): ReactNode {
  const say = usePhrases(schemeWords);
  return (
    <div className="no-print" style={{ display: "flex", flexWrap: "wrap", gap: 8, alignItems: "center", marginBottom: 16 }}>
      <span className="quiet">{say("downloads")}</span>
      <Button data-move="template" href={fileAddress(getSchemeTemplate, { params })}>{say("template")}</Button>
      <Button data-move="print-form" href={fileAddress(getBlankForms, { params })}>{say("print")}</Button>
      <Button data-move="offline-form" href={fileAddress(getOfflineForm, { params })}>{say("offlineForm")}</Button>
      <Button data-move="dictionary" href={fileAddress(getDictionary, { params })}>{say("dictionary")}</Button>
      <Button data-move="schema" href={fileAddress(getAnswersSchema, { params })}>{say("schema")}</Button>
      <Button data-move="xlsform" href={fileAddress(getXlsForm, { params })}>{say("xlsform")}</Button>
    </div>
  );
}

function Reading({ scheme, search, onSearch }: { readonly scheme: Scheme; readonly search: ReadingSearch; readonly onSearch: (next: ReadingSearch) => void }): ReactNode {
  const say = usePhrases(schemeWords);
  const labels = { forms: say("viewForms"), checks: say("viewChecks"), codes: say("viewCodes"), categories: say("viewCategories") };
  const view = search.view ?? "forms";
  const tabs = readingViews.filter((key) => key !== "categories" || scheme.categories.length > 0);
  return (
    <>
      <Tabs activeKey={view} onChange={(key) => onSearch({ view: readingViews.find((one) => one === key) })} items={tabs.map((key) => ({ key, label: <span data-view={key}>{labels[key]}</span> }))} />
      {view === "forms" ? <FormsView scheme={scheme} search={search} onSearch={onSearch} /> : null}
      {view === "checks" ? <ChecksView scheme={scheme} q={search.q} severity={search.severity} onSearch={(q, severity) => onSearch({ view, q, severity })} /> : null}
      {view === "codes" ? <CodesView scheme={scheme} q={search.q} onSearch={(q) => onSearch({ view, q })} /> : null}
      {view === "categories" ? <CategoriesView scheme={scheme} /> : null}
    </>
  );
}

export function SchemePage(): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate();
  const { query, scheme } = useScheme(params.scheme, params.version);
  const units = { person: say("unitPerson"), household: say("unitHousehold"), community: say("unitCommunity") };
  return (
    <main className="page">
      <Loaded query={query}>
        {() =>
          scheme ? (
            <>
              <PageHead title={say("heading", { label: read(scheme.label), version: params.version })}>
                <span className="quiet">
                  {units[scheme.unit ?? "person"]} · {say("referenceDate", { date: scheme.referenceDate })}
                </span>
                <span className="spread" />
                <Link to="/schemes/$scheme/$version/items" params={params} data-move="all-items">{say("allItems")}</Link>
                <Link to="/schemes">{say("back")}</Link>
              </PageHead>
              <Downloads params={params} />
              <Sums scheme={scheme} />
              <MarkLegend scheme={scheme} />
              <Reading scheme={scheme} search={search} onSearch={(next) => void navigate({ to: "/schemes/$scheme/$version", params, search: next, replace: true })} />
            </>
          ) : null
        }
      </Loaded>
    </main>
  );
}
