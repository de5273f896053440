// What a release would reveal, in sentences and as a table of narrowings.
import { Alert } from "antd";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import type { previewRelease } from "../../../modules/releases/contract.ts";
import { MANY_ROWS } from "../../../modules/releases/rules.ts";
import { count } from "../../shared/figures.ts";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { releaseWords } from "./words.ts";

export type Risk = ReplyOf<typeof previewRelease>;

export function RiskView({ risk }: { readonly risk: Risk }): ReactNode {
  const say = usePhrases(releaseWords);
  const read = useText();
  const lang = useLang();
  const n = (value: number): string => count(value, lang);
  const [asIs] = risk.variants;
  const full = risk.sensitive.filter((field) => field.as === "full").map((field) => read(field.label));
  const many = risk.earlier.rows + risk.rows > MANY_ROWS;
  const danger = full.length > 0 || (asIs?.smallGroups ?? 0) > 0 || many;
  return (
    <div data-risk={risk.rows}>
      <Alert
        type={danger ? "warning" : "info"}
        showIcon
        title={say("riskRows", { n: n(risk.rows) })}
        description={
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>
            <li>{full.length > 0 ? say("riskFull", { fields: full.join(punct.list) }) : say("riskMasked")}</li>
            {risk.direct.length > 0 ? <li>{say("riskDirect", { fields: risk.direct.map((field) => read(field.label)).join(punct.list) })}</li> : null}
            {asIs && risk.quasi.length > 0 ? <li>{asIs.smallGroups > 0 ? say("riskSmall", { groups: n(asIs.groups), small: n(asIs.smallGroups), people: n(asIs.peopleInSmall) }) : say("riskNoSmall", { groups: n(asIs.groups) })}</li> : null}
            {risk.earlier.releases > 0 ? <li>{say("riskEarlier", { n: n(risk.earlier.releases), rows: n(risk.earlier.rows) })}</li> : null}
            {many && risk.earlier.releases > 0 ? <li>{say("riskMany")}</li> : null}
          </ul>
        }
      />
      {risk.variants.length > 1 ? (
        <div style={{ overflowX: "auto", marginTop: 12 }}>
          <table className="beside" data-table="narrowing">
            <thead>
              <tr>
                <th scope="col">{say("narrowing")}</th>
                <th scope="col" className="to-right">{say("groups")}</th>
                <th scope="col" className="to-right">{say("small")}</th>
                <th scope="col" className="to-right">{say("people")}</th>
              </tr>
            </thead>
            <tbody>
              {risk.variants.map((variant) => (
                <tr key={variant.key} data-variant={variant.key}>
                  <td>{read(variant.label)}</td>
                  <td className="number to-right">{n(variant.groups)}</td>
                  <td className="number to-right">{n(variant.smallGroups)}</td>
                  <td className="number to-right">{n(variant.peopleInSmall)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </div>
  );
}
