// Bars and maps in plain SVG: every mark has its number beside it, the same numbers stand in a table on the page.
import type { ReactNode } from "react";
import { count } from "../../shared/figures.ts";
import { useLang, usePhrases } from "../../shared/words.ts";
import { stepAt, stepsOf } from "../../../modules/insight/rules.ts";
import { cutTo, inkOn, shades, type Sheet, sizeIn } from "./geometry.ts";
import { HIDDEN } from "./standing.tsx";
import { insightWords } from "./words.ts";

/** `whole`: what all parts come to where that is told, though some of them may be hidden. */
export type Bar = { readonly label: string; readonly whole?: number | null; readonly parts: readonly { readonly label: string; readonly value: number | null }[] };
/** Each bears white numbers. */
const colours = ["#0b5cad", "#b85216", "#3f7d3a", "#7a4fa3", "#7d6300", "#b0356b", "#24747b", "#555f6b"] as const;
const small = { row: 36, left: 240, width: 860, font: 16, ink: "#14212e" } as const;
const wall = { row: 42, left: 250, width: 700, font: 25, ink: "#eaf2fb" } as const;

/** Bars that lie: one a row, its parts side by side in one length with their numbers where they fit. Hidden parts have none; of more parts than colours, only the whole is drawn. */
export function BarChart({ bars: given, title, large = false }: { readonly bars: readonly Bar[]; readonly title: string; readonly large?: boolean }): ReactNode {
  const lang = useLang();
  const say = usePhrases(insightWords);
  const { row, left, width, font, ink } = large ? wall : small;
  // A bar of nobody is in the table and not in the picture.
  const bars = given.filter(({ parts }) => parts.some(({ value }) => value !== 0));
  const shown = bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + (value ?? 0), 0));
  const sums = bars.map(({ whole }, i) => whole ?? shown[i]!);
  const most = Math.max(1, ...sums);
  const labels = bars[0]?.parts.map(({ label }) => label) ?? [];
  const tooMany = labels.length > colours.length;
  const scale = (width - left - font * 6) / most;
  return (
    <figure style={{ margin: 0, overflowX: "auto" }}>
      {tooMany ? <figcaption className="quiet" style={{ marginBottom: 8 }}>{say("onlyWholes", { n: labels.length })}</figcaption> : labels.length > 1 ? (
        <figcaption style={{ display: "flex", flexWrap: "wrap", gap: "2px 16px", marginBottom: 8 }}>
          {labels.map((label, i) => (
            <span key={label}>
              <span aria-hidden style={{ display: "inline-block", width: 14, height: 14, marginInlineEnd: 6, background: colours[i], printColorAdjust: "exact" }} />
              {label}
            </span>
          ))}
        </figcaption>
      ) : null}
      <svg viewBox={`0 0 ${width} ${Math.max(1, bars.length) * row}`} role="img" aria-label={title} style={{ width: "100%", maxWidth: large ? undefined : width, minWidth: large ? undefined : 420 }} fontSize={font}>
        {bars.map(({ label, parts, whole }, i) => {
          let x = left;
          const known = typeof whole === "number" || parts.every(({ value }) => value !== null);
          const drawn = tooMany ? [{ label: "", value: sums[i] ?? 0 }] : parts;
          return (
            <g key={label} transform={`translate(0 ${i * row})`}>
              <text x={left - 10} y={row * 0.65} textAnchor="end" fill={ink}>
                {cutTo(label, (left - 10) / font)}
              </text>
              {drawn.map(({ label: part, value }, j) => {
                const length = (value ?? 0) * scale;
                const at = x;
                x += length;
                const written = count(value ?? 0, lang);
                return value === null || value === 0 ? null : (
                  <g key={part}>
                    <rect x={at} y={row * 0.12} width={Math.max(1, length)} height={row * 0.76} fill={large ? "#6fb0ee" : colours[j]} style={{ printColorAdjust: "exact" }} />
                    {drawn.length > 1 && length > written.length * font * 0.62 + 6 ? <text x={at + length / 2} y={row * 0.65} textAnchor="middle" fill="#fff" fontSize={font - 2} style={{ printColorAdjust: "exact" }}>{written}</text> : null}
                  </g>
                );
              })}
              <text x={(known ? left + (sums[i] ?? 0) * scale : x) + 8} y={row * 0.65} fill={ink}>
                {known ? count(sums[i] ?? 0, lang) : sums[i] === 0 ? HIDDEN : `${count(sums[i] ?? 0, lang)}+${HIDDEN}`}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

const swatch = (fill: string, dashed = false): ReactNode => <span aria-hidden style={{ display: "inline-block", width: 18, height: 13, marginInlineEnd: 4, border: `1px ${dashed ? "dashed" : "solid"} #5b6b7a`, background: fill, printColorAdjust: "exact" }} />;

/** Areas by five shades; the name and the number stand in each. Nobody and hidden are neither of them the lowest shade. */
export function MapChart({ sheet, values, title, write, onPick, large = false }: { readonly sheet: Sheet; readonly values: ReadonlyMap<number, number | null>; readonly title: string; readonly write: (n: number) => string; readonly onPick?: (code: number) => void; readonly large?: boolean }): ReactNode {
  const say = usePhrases(insightWords);
  const steps = stepsOf([...values.values()].filter((n) => n !== null && n > 0) as number[]);
  const shadeOf = (n: number): number => Math.round((stepAt(steps, n) * (shades.length - 1)) / Math.max(1, steps.length - 1));
  const nobody = large ? "#1d3045" : "#f4f4f2";
  const hidden = sheet.drawn.some(({ code }) => values.get(code) === null);
  return (
    <figure style={{ margin: 0 }}>
      <svg viewBox={`-2 -2 ${sheet.width + 4} ${sheet.height + 4}`} role="group" aria-label={title} style={{ width: "100%", maxHeight: large ? "62vh" : 620 }} data-map={sheet.tiled ? "tiles" : "shapes"}>
        {sheet.drawn.map(({ code, name, path, at: [x, y], wide }) => {
          const value = values.get(code);
          const step = value === null || value === undefined || value === 0 ? -1 : shadeOf(value);
          const text = value === undefined ? "0" : value === null ? HIDDEN : write(value);
          const ink = step < 0 && large ? "#c9d6e4" : inkOn(step);
          return (
            <g key={code} data-area={code} {...(onPick && { role: "button", tabIndex: 0, "aria-label": `${name} ${text}`, onClick: () => onPick(code), onKeyDown: (event: { key: string }) => (event.key === "Enter" ? onPick(code) : undefined), style: { cursor: "pointer" } })}>
              <path d={path} fill={step < 0 ? nobody : shades[step]} stroke="#5b6b7a" strokeWidth={sheet.width / 900} {...(value === null && { strokeDasharray: "6 4" })} style={{ printColorAdjust: "exact" }} />
              <text x={x} y={y - 1} textAnchor="middle" fontSize={sizeIn(wide, name, large)} fill={ink} aria-hidden>
                {name}
              </text>
              <text x={x} y={y + sizeIn(wide, text, large) * 1.15} textAnchor="middle" fontSize={sizeIn(wide, text, large)} fontWeight={step < 0 ? 400 : 600} fill={ink} aria-hidden>
                {text}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption style={{ display: "flex", flexWrap: "wrap", gap: "2px 14px", marginTop: 8, fontSize: large ? "clamp(14px, 1.04vw, 20px)" : undefined }}>
        <span>{say("legend")}</span>
        {steps.map((low) => <span key={low}>{swatch(shades[shadeOf(low)]!)}{say("upward", { n: write(low) })}</span>)}
        <span>{swatch(nobody)}{say("nobody")}</span>
        {hidden ? <span>{swatch(nobody, true)}{say("hiddenMark")}</span> : null}
      </figcaption>
    </figure>
  );
}
