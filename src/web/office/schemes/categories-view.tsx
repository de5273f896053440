// The lattice of categories: tick some, see which others are closed and why, and whether the choice is legal.
import { Alert, Checkbox } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { brokenRules, closedReason } from "../../../scheme/categories.ts";
import { itemAt } from "../../../scheme/layout.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { SourceTags } from "./source-tags.tsx";
import { schemeWords } from "./words.ts";

export function CategoriesView({ scheme }: { readonly scheme: Scheme }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const broken = brokenRules(scheme, chosen);
  const toggle = (key: string): void => setChosen(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  return (
    <section className="panel">
      <p style={{ marginTop: 0 }}>{say("latticeHelp")}</p>
      <div role="status">
        {chosen.length === 0 ? (
          <Alert type="info" showIcon title={say("nothingTicked")} />
        ) : broken.length === 0 ? (
          <Alert type="success" showIcon title={say("legalNow")} />
        ) : (
          <Alert type="warning" showIcon title={say("illegalNow")} description={broken.map((rule) => read(rule.message)).join(punct.semicolon)} />
        )}
      </div>
      <ul className="lattice">
        {scheme.categories.map((category) => {
          const closed = closedReason(scheme, chosen, category.key);
          const form = scheme.forms.find((one) => one.key === category.form);
          return (
            <li key={category.key} data-category={category.key} data-closed={closed === undefined ? undefined : "true"}>
              <Checkbox checked={chosen.includes(category.key)} disabled={closed !== undefined} onChange={() => toggle(category.key)}>
                <b>{read(category.label)}</b>
              </Checkbox>
              <SourceTags source={category.source} />
              {closed ? <div className="fault-explain">{read(closed)}</div> : null}
              <div className="quiet">
                {read(category.definition)}
                {form ? `${punct.gap}${say("opens", { form: read(form.label) })}` : ""}
                {category.papers ? `${punct.gap}${say("papers", { papers: category.papers.map((path) => read(itemAt(scheme, path)?.item.label) || path).join(punct.list) })}` : ""}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
