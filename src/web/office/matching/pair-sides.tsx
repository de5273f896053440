// A pair side by side in large type: ours, theirs, differing characters marked; masked numbers keep their mask and show where they differ.
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { type getPair, revealPair } from "../../../modules/matching/contract.ts";
import { Compared } from "../../shared/compared.tsx";
import { useCall } from "../../shared/data.ts";
import { Reveal } from "../../shared/reveal.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { lineLabels, markedPieces } from "./pairs.ts";
import { matchingWords } from "./words.ts";

export type PairView = ReplyOf<typeof getPair>;
type Line = PairView["lines"][number];
type Shown = { readonly ours: string | null; readonly theirs: string | null };

function Masked({ value, marks, absent }: { readonly value: string | null; readonly marks: readonly number[]; readonly absent: string }): ReactNode {
  if (value === null) return <span className="quiet">{absent}</span>;
  return (
    <span style={{ overflowWrap: "anywhere" }}>
      {markedPieces(value, marks).map((piece, i) =>
        piece.marked ? (
          <mark key={i} className="differs">
            {piece.text}
          </mark>
        ) : (
          <span key={i}>{piece.text}</span>
        ),
      )}
    </span>
  );
}

/** What the number of a pair may be looked at for. */
type Purpose = "verify-identity" | "contact-person";

function RevealLine({ line, onPurpose }: { readonly line: Line; readonly onPurpose: (purpose: Purpose) => void }): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  const purposes = [
    { purpose: "verify-identity", label: say("verify") },
    { purpose: "contact-person", label: say("contact") },
  ] as const;
  return (
    <Reveal<Purpose>
      label={say("revealShort")}
      about={`${say("reveal")}${punct.colon}${read(lineLabels[line.key])}`}
      why={say("revealFor")}
      purposes={purposes}
      marks={{ "data-action": "reveal-pair", "data-line": line.key }}
      onPurpose={onPurpose}
    />
  );
}

export function SideBySide({ pair }: { readonly pair: PairView }): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  const [open, setOpen] = useState<Readonly<Record<string, Shown>>>({});
  const reveal = useCall(revealPair);
  const show = (line: Line, purpose: Purpose): void => {
    if (line.key !== "idNumber" && line.key !== "phone") return;
    const key = line.key;
    reveal.mutate({ params: { county: pair.county, id: pair.run, row: pair.row, record: pair.record }, body: { line: key, purpose } }, { onSuccess: (shown) => setOpen((before) => ({ ...before, [key]: shown })) });
  };
  const cell = (line: Line, side: "ours" | "theirs"): ReactNode => {
    const shown = open[line.key] ?? line;
    const other = side === "ours" ? "theirs" : "ours";
    return line.masked && line.marks && !open[line.key] ? <Masked value={line[side]} marks={line.marks} absent={say("empty")} /> : <Compared value={shown[side]} against={shown[other]} absent={say("empty")} />;
  };
  return (
    <>
      <ProblemView error={reveal.error} />
      <table className="beside pair-sides" style={{ fontSize: 20 }} data-pair={`${pair.row}-${pair.record}`}>
        <thead>
          <tr>
            <th scope="col">{say("line")}</th>
            <th scope="col" style={{ width: "41%" }}>
              {say("ours")}
            </th>
            <th scope="col" style={{ width: "41%" }}>
              {say("theirs")} <span className="quiet">{say("theirRow", { department: read(pair.departmentLabel), n: pair.row })}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {pair.lines.map((line) => (
            <tr key={line.key}>
              <th scope="row" style={{ width: 170, whiteSpace: "nowrap" }}>
                {read(lineLabels[line.key]) || line.key} {line.masked && !open[line.key] ? <RevealLine line={line} onPurpose={(purpose) => show(line, purpose)} /> : null}
              </th>
              <td className="wide-number">{cell(line, "ours")}</td>
              <td className="wide-number">{cell(line, "theirs")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
