// One item as people read it: what is asked, how it is answered, when it is shown and required, which checks stand at it, where it comes from.
import { Button, Tag } from "antd";
import { memo, useState } from "react";
import type { ReactNode } from "react";
import { inWords } from "../../../scheme/in-words.ts";
import { codeSetOf, type Place } from "../../../scheme/layout.ts";
import type { CodeSet, Scheme } from "../../../scheme/model.ts";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { kindLabels, sensitivityLabels, severityLabels } from "./meanings.ts";
import { checkInWords, checksAt, rowOf, shownInWords } from "./reading.ts";
import { SourceTags } from "./source-tags.tsx";
import { schemeWords } from "./words.ts";

const FEW = 12;

export function OptionList({ set }: { readonly set: CodeSet }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const [all, setAll] = useState(false);
  const shown = all ? set.options : set.options.slice(0, FEW);
  return (
    <div className="option-list">
      <span className="quiet">{say("options", { n: set.options.length })}</span>
      <ul>
        {shown.map((option) => (
          <li key={option.code} className={option.replacedBy === undefined ? "" : "withdrawn"}>
            <code>{option.code}</code> {read(option.label)}
            {option.exclusive ? <span className="quiet">{punct.inside(say("exclusive"))}</span> : null}
            {option.replacedBy === undefined ? null : <span className="quiet">{punct.inside(say("withdrawn", { code: option.replacedBy }))}</span>}
          </li>
        ))}
      </ul>
      {all || set.options.length <= FEW ? null : (
        <Button size="small" onClick={() => setAll(true)}>
          {say("showOptions", { n: set.options.length })}
        </Button>
      )}
    </div>
  );
}

function Conditions({ scheme, place }: { readonly scheme: Scheme; readonly place: Place }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const lang = useLang();
  const { item } = place;
  const row = rowOf(place);
  const lines: string[] = [];
  const shown = shownInWords(scheme, item, lang, row);
  if (shown !== undefined) lines.push(say("shownWhen", { when: shown }));
  if (item.required !== undefined && item.required !== true) lines.push(say("requiredWhen", { when: inWords(scheme, item.required, lang, row) }));
  if (item.forced) lines.push(say("forced", { value: inWords(scheme, item.forced, lang, row) }));
  if (item.computed) lines.push(say("computed", { value: inWords(scheme, item.computed, lang, row) }));
  for (const rule of item.closed ?? []) lines.push(say("closedWhen", { codes: rule.codes.join(punct.list), when: inWords(scheme, rule.when, lang, row) }));
  if (item.min !== undefined && item.max !== undefined) lines.push(say("range", { min: item.min, max: item.max }));
  else if (item.min !== undefined) lines.push(say("atLeast", { min: item.min }));
  else if (item.max !== undefined) lines.push(say("atMost", { max: item.max }));
  if (item.maxLength !== undefined) lines.push(say("length", { n: item.maxLength }));
  if (item.decimals !== undefined) lines.push(say("decimals", { n: item.decimals }));
  if (item.unit) lines.push(say("unit", { unit: read(item.unit) }));
  if (lines.length === 0) return null;
  return (
    <ul className="item-lines">
      {lines.map((line, i) => (
        <li key={i}>{line}</li>
      ))}
    </ul>
  );
}

function ChecksHere({ scheme, place }: { readonly scheme: Scheme; readonly place: Place }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const lang = useLang();
  const checks = checksAt(scheme, place);
  if (checks.length === 0) return null;
  return (
    <details>
      <summary>{say("checks", { n: checks.length })}</summary>
      <ul className="item-lines">
        {checks.map((check) => (
          <li key={check.key}>
            <span className={`fault-${check.severity}`}>{read(severityLabels[check.severity])}</span>{punct.gap}{say("faultWhen")}
            {checkInWords(scheme, check, lang)}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** @param children what a draft puts beside it */
export const ItemCard = memo(function ItemCard({ scheme, place, children }: { readonly scheme: Scheme; readonly place: Place; readonly children?: ReactNode }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const { item, path } = place;
  const set = codeSetOf(scheme, item);
  return (
    <article className="item-card" data-item={path} aria-label={read(item.label)}>
      <header>
        <span className="item-name">
          {item.number ? <span className="quiet number">{item.number} </span> : null}
          {item.required === true ? (
            <span className="must" title={say("required")}>
              *<span className="sr-only">{say("required")}</span>
            </span>
          ) : null}
          <b>{read(item.label)}</b>
        </span>
        <Tag>{read(kindLabels[item.kind])}</Tag>
        {item.sensitivity === "plain" ? null : <Tag color="purple">{read(sensitivityLabels[item.sensitivity])}</Tag>}
        {item.fromBaseList ? <span className="quiet">{say("fromBase")}</span> : null}
        {item.fromCard ? <span className="quiet">{say("fromCard")}</span> : null}
        <span className="spread" />
        <SourceTags source={item.source} />
      </header>
      {item.help ? <div className="field-help">{read(item.help)}</div> : null}
      <Conditions scheme={scheme} place={place} />
      {set ? <OptionList set={set} /> : null}
      <ChecksHere scheme={scheme} place={place} />
      <div className="quiet item-foot">
        <code>{path}</code>
        {item.purpose ? `${punct.gap}${say("purpose")}${punct.colon}${read(item.purpose)}` : ""}
        {item.basis ? `${punct.gap}${say("basis")}${punct.colon}${item.basis}` : ""}
      </div>
      {children}
    </article>
  );
});
