// The code sets of a scheme with their options, standard and use.
import { useMemo } from "react";
import type { ReactNode } from "react";
import { placesOf } from "../../../scheme/layout.ts";
import type { CodeSet, Scheme } from "../../../scheme/model.ts";
import { Nothing } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { OptionList } from "./item-card.tsx";
import { SearchField } from "./narrowing.tsx";
import { schemeWords } from "./words.ts";

const fits = (set: CodeSet, wanted: string): boolean => [set.key, set.label.zh, set.label.en, ...set.options.flatMap((o) => [o.code, o.label.zh, o.label.en])].some((text) => text.toLowerCase().includes(wanted));

export function CodesView({ scheme, q, onSearch, beside }: { readonly scheme: Scheme; readonly q: string | undefined; readonly onSearch: (q: string | undefined) => void; readonly beside?: (set: CodeSet) => ReactNode }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const sets = useMemo(() => scheme.codeSets.filter((set) => q === undefined || fits(set, q.trim().toLowerCase())), [scheme, q]);
  const uses = useMemo(() => {
    const found = new Map<string, number>();
    for (const { item } of placesOf(scheme)) if (item.codeSet !== undefined) found.set(item.codeSet, (found.get(item.codeSet) ?? 0) + 1);
    return found;
  }, [scheme]);
  return (
    <>
      <div role="search" style={{ marginBottom: 12 }}>
        <SearchField value={q} label={say("findSet")} onSearch={onSearch} />
      </div>
      {sets.length === 0 ? <Nothing text={say("nothingSets")} /> : null}
      {sets.map((set) => (
        <article key={set.key} className="item-card item-slot" data-set={set.key} aria-label={read(set.label)}>
          <header>
            <b>{read(set.label)}</b>
            {set.standard ? <span className="quiet">{say("standard", { standard: `${set.standard}${set.edition ? ` (${set.edition})` : ""}` })}</span> : null}
            <span className="quiet">{say("usedBy", { n: uses.get(set.key) ?? 0 })}</span>
            <span className="spread" />
            <code className="quiet">{set.key}</code>
          </header>
          {beside ? beside(set) : <OptionList set={set} />}
        </article>
      ))}
    </>
  );
}
