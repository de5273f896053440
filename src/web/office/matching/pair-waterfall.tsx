// How a pair's weight comes about, bar by bar, as a table whose last column draws it: the start, what each item adds or takes, the sum.
import { useId } from "react";
import type { ReactNode } from "react";
import { percent } from "../../shared/figures.ts";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import type { PairView } from "./pair-sides.tsx";
import { bits, spansOf } from "./pairs.ts";
import { matchingWords } from "./words.ts";

const chance = (probability: number): string => percent(Math.round(Math.min(0.999, Math.max(0.001, probability)) * 1000), 1000);

function Bar({ left, width, limits, up }: { readonly left: number; readonly width: number; readonly limits: readonly number[]; readonly up: boolean }): ReactNode {
  return (
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" width="100%" height="22" aria-hidden="true" style={{ display: "block", minWidth: 160 }}>
      {limits.map((x, i) => (
        <line key={i} x1={x} x2={x} y1="0" y2="10" stroke="#6b7785" strokeWidth="0.4" strokeDasharray={i === 0 ? "0" : "1.2 1"} />
      ))}
      <rect x={left} y="2" width={width} height="6" fill={up ? "#2f7d4f" : "#b4442f"} />
    </svg>
  );
}

export function Waterfall({ pair }: { readonly pair: PairView }): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  const help = useId();
  const limits = [...new Set([pair.reviewFrom, pair.automaticFrom])];
  const { spans, limits: lines } = spansOf(pair.bars, limits);
  const sum = say("waterfallSum", { weight: bits(pair.weight), p: chance(pair.probability) });
  const told = pair.bars.map((bar) => `${read(bar.label)} ${bits(bar.bits)}`).join(punct.comma);
  return (
    <section aria-label={say("waterfall")} data-waterfall={pair.bars.length}>
      <h2>{say("waterfall")}</h2>
      {pair.bars.length === 0 ? (
        <p className="quiet">{say("waterfallNone")}</p>
      ) : (
        <table className="beside" aria-describedby={help} aria-description={`${told}${punct.semicolon}${sum}`}>
          <caption style={{ captionSide: "bottom", textAlign: "start", paddingTop: 6 }} id={help} className="quiet">
            {say("waterfallHelp", { reviewFrom: pair.reviewFrom, automaticFrom: pair.automaticFrom })}
          </caption>
          <thead>
            <tr>
              <th scope="col">{say("line")}</th>
              <th scope="col">{say("level")}</th>
              <th scope="col" style={{ textAlign: "end" }}>
                {say("bitsHead")}
              </th>
              <th scope="col" style={{ textAlign: "end" }}>
                {say("sumHead")}
              </th>
              <th scope="col" style={{ width: "36%" }}>
                {say("bar")}
              </th>
            </tr>
          </thead>
          <tbody>
            {pair.bars.map((bar, i) => (
              <tr key={`${bar.column}-${i}`}>
                <th scope="row">{read(bar.label)}</th>
                <td>{read(bar.text)}</td>
                <td className="number" style={{ textAlign: "end" }}>
                  {bits(bar.bits)}
                </td>
                <td className="number" style={{ textAlign: "end" }}>
                  {bits(bar.sum)}
                </td>
                <td style={{ padding: "2px 6px", verticalAlign: "middle" }}>
                  <Bar left={spans[i]?.left ?? 0} width={spans[i]?.width ?? 0} limits={lines} up={bar.bits >= 0} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p style={{ fontSize: 17, margin: "8px 0 0" }}>
        <b data-weight={pair.weight}>{sum}</b>
      </p>
    </section>
  );
}
