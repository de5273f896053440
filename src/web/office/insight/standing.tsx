// What stands by every table, map and portrait: the moment, how many are counted, what narrows it; what hidden counts mean; the same numbers as files and on paper.
import { Button } from "antd";
import type { ReactNode } from "react";
import type { Text } from "../../../core/issue.ts";
import { count, moment } from "../../shared/figures.ts";
import { useLang, useMarks, usePhrases, useText } from "../../shared/words.ts";
import { insightWords } from "./words.ts";

export const HIDDEN = "＊";

export function Standing({ asOf, base, of, filter }: { readonly asOf: string; readonly base: number | null; readonly of: "people" | "households"; readonly filter: Text }): ReactNode {
  const say = usePhrases(insightWords);
  const mark = useMarks();
  const read = useText();
  const lang = useLang();
  const narrowed = read(filter);
  return (
    <p className="quiet" data-standing-of={of}>
      {say("standing", { at: moment(asOf), n: base === null ? HIDDEN : count(base, lang), unit: say(of === "people" ? "unitPeople" : "unitHouseholds") })}
      {narrowed === "" ? "" : `${mark.gap}${say("narrowed", { what: narrowed })}`}
    </p>
  );
}

/** The question of a table, as the files ask it again. */
export type Taken = { readonly scheme: string; readonly campaign: string; readonly axes: readonly string[]; readonly of: "people" | "households"; readonly area?: number; readonly filter?: Readonly<Record<string, readonly number[]>> };

export function TakeAlong({ question, what, children }: { readonly question: Taken; readonly what?: string; readonly children?: ReactNode }): ReactNode {
  return <Files at="/api/cross-tables" question={question} {...(what !== undefined && { what })}>{children}</Files>;
}

/** The same numbers as files. @param at the path whose `table.xlsx` and `table.csv` they are */
export function Files({ at, question, what, children }: { readonly at: string; readonly question?: unknown; readonly what?: string; readonly children?: ReactNode }): ReactNode {
  const say = usePhrases(insightWords);
  const lang = useLang();
  const link = (kind: "xlsx" | "csv"): string => `${at}/table.${kind}?${new URLSearchParams({ ...(question !== undefined && { question: JSON.stringify(question) }), lang })}`;
  const named = (kind: string): string => (what === undefined ? kind : `${what} ${kind}`);
  return (
    <p className="no-print" style={{ display: "flex", flexWrap: "wrap", gap: "4px 16px", alignItems: "center", marginBottom: 16 }}>
      <a href={link("xlsx")} aria-label={named(say("xlsx"))} download>{say("xlsx")}</a>
      <a href={link("csv")} aria-label={named(say("csv"))} download>{say("csv")}</a>
      {children}
    </p>
  );
}

export function Print(): ReactNode {
  const say = usePhrases(insightWords);
  return <Button size="small" className="no-print" onClick={() => window.print()}>{say("print")}</Button>;
}
