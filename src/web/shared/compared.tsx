// A value of ours beside a value of theirs: the characters that differ are marked by ground, weight and underline, not by colour alone.
import type { ReactNode } from "react";
import { differing } from "./differing.ts";

export function Compared({ value, against, absent }: { readonly value: string | undefined | null; readonly against: string | undefined | null; readonly absent: string }): ReactNode {
  if (value === undefined || value === null || value === "") return <span className="quiet">{absent}</span>;
  if (against === undefined || against === null || against === "") return <span>{value}</span>;
  return (
    <span style={{ overflowWrap: "anywhere" }}>
      {differing(value, against).ours.map((piece, i) =>
        piece.same ? (
          <span key={i}>{piece.text}</span>
        ) : (
          <mark key={i} className="differs">
            {piece.text}
          </mark>
        ),
      )}
    </span>
  );
}
