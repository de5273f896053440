// All checks of a scheme in words: what is at fault when, what people are told, where it shows.
import { Button } from "antd";
import { useMemo, useState } from "react";
import type { ReactNode } from "react";
import { itemAt } from "../../../scheme/layout.ts";
import type { Check, Scheme } from "../../../scheme/model.ts";
import { count } from "../../shared/figures.ts";
import { FilterBar, FilterChoice } from "../../shared/filters.tsx";
import { Nothing } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { severityLabels } from "./meanings.ts";
import { SearchField } from "./narrowing.tsx";
import { checkInWords, checksOf } from "./reading.ts";
import { SourceTags } from "./source-tags.tsx";
import { schemeWords } from "./words.ts";

const PORTION = 80;

/** @param beside fields for edits, in a draft */
export function CheckCard({ scheme, check, beside }: { readonly scheme: Scheme; readonly check: Check; readonly beside?: ReactNode }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const lang = useLang();
  const places = check.at.map((path) => read(itemAt(scheme, path.startsWith(".") ? `${String(check.when[1])}[]${path}` : path)?.item.label) || path);
  return (
    <article className="item-card item-slot" data-check={check.key} aria-label={read(check.message)}>
      <header>
        <span className={`fault-${check.severity}`}>{read(severityLabels[check.severity])}</span>
        <b>{read(check.message)}</b>
        <span className="spread" />
        <SourceTags source={check.source} />
      </header>
      <ul className="item-lines">
        <li>
          <span className="quiet">{say("faultWhen")}</span>
          {checkInWords(scheme, check, lang)}
        </li>
        <li>
          <span className="quiet">{say("at")}</span>
          {places.join(punct.list)}
        </li>
      </ul>
      <div className="quiet item-foot">
        <code>{check.key}</code>
        {check.source.note ? `${punct.gap}${check.source.note}` : ""}
      </div>
      {beside}
    </article>
  );
}

export function ChecksView({ scheme, q, severity, onSearch, beside }: { readonly scheme: Scheme; readonly q: string | undefined; readonly severity: string | undefined; readonly onSearch: (q: string | undefined, severity: string | undefined) => void; readonly beside?: (check: Check) => ReactNode }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const lang = useLang();
  const [most, setMost] = useState(PORTION);
  const checks = useMemo(() => checksOf(scheme, severity, q, lang), [scheme, severity, q, lang]);
  return (
    <>
      <FilterBar>
        <FilterChoice name="severity" label={say("anySeverity")} all={say("anySeverity")} value={severity} onChoose={(chosen) => onSearch(q, chosen)} options={(["block", "explain", "note"] as const).map((key) => ({ value: key, label: read(severityLabels[key]) }))} />
        <SearchField value={q} label={say("findCheck")} onSearch={(text) => onSearch(text, severity)} />
        <span role="status" className="quiet">
          {say("checksFit", { n: count(checks.length, lang), all: count(scheme.checks.length, lang) })}
        </span>
      </FilterBar>
      {checks.length === 0 ? <Nothing text={say("nothingChecks")} /> : checks.slice(0, most).map((check) => <CheckCard key={check.key} scheme={scheme} check={check} beside={beside?.(check)} />)}
      {checks.length > most ? <Button onClick={() => setMost(most + PORTION)}>{say("more", { n: Math.min(PORTION, checks.length - most) })}</Button> : null}
      {scheme.acrossRecords && scheme.acrossRecords.length > 0 && beside === undefined ? (
        <section className="panel">
          <h2>{say("acrossTitle")}</h2>
          <ul className="item-lines">
            {scheme.acrossRecords.map((rule) => (
              <li key={rule.key}>
                <span className={`fault-${rule.severity}`}>{read(severityLabels[rule.severity])}</span>{punct.gap}{read(rule.message)} <code className="quiet">{rule.key}</code>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
