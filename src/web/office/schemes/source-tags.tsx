// Source marks as tags that say what they mean, and the legend of all marks of a scheme with their counts.
import type { ReactNode } from "react";
import { placesOf } from "../../../scheme/layout.ts";
import type { Scheme, Source, SourceMark } from "../../../scheme/model.ts";
import { rate } from "../../shared/figures.ts";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { marks, type Trust, trustColours, trustLabels } from "./meanings.ts";
import { markCounts } from "./reading.ts";
import { schemeWords } from "./words.ts";

const order = Object.keys(marks) as SourceMark[];
const looks = (trust: Trust): { background: string; color: string } => ({ background: trustColours[trust].ground, color: trustColours[trust].ink });

export function MarkTag({ mark }: { readonly mark: SourceMark }): ReactNode {
  const { trust } = marks[mark];
  return (
    <span className="source-mark" data-mark={mark} style={looks(trust)}>
      {mark}
    </span>
  );
}

/** The marks of one source; each says what it means when pointed at. Plain titles: a page may hold thousands. */
export function SourceTags({ source }: { readonly source: Source }): ReactNode {
  const read = useText();
  return (
    <span style={{ display: "inline-flex", flexWrap: "wrap", gap: 4 }}>
      {source.marks.map((mark) => (
        <span key={mark} title={`${mark}${punct.colon}${read(marks[mark].means)}${source.note ? ` · ${source.note}` : ""}`}>
          <MarkTag mark={mark} />
        </span>
      ))}
    </span>
  );
}

export function MarkLegend({ scheme }: { readonly scheme: Scheme }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const lang = useLang();
  const all = placesOf(scheme).length;
  const counts = markCounts(scheme, order);
  return (
    <details className="panel">
      <summary>
        <b>{say("legend")}</b> <span className="quiet">{say("legendHelp")}</span>
      </summary>
      {(["primary", "system", "unsure"] as const).map((trust) => (
        <section key={trust} style={{ marginTop: 8 }}>
          <h3 style={{ fontSize: 16, margin: "0 0 4px" }}>{read(trustLabels[trust])}</h3>
          <ul className="mark-legend">
            {counts
              .filter(({ key }) => marks[key].trust === trust)
              .map(({ key, count }) => (
                <li key={key}>
                  <MarkTag mark={key} /> <span>{read(marks[key].means)}</span> <span className="quiet number">{rate(count, all, lang)}</span>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </details>
  );
}
