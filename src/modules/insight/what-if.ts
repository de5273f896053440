// What if a line, a weight or a cutoff moved: who enters and leaves by the set, what topping up to the line costs, and where earning more leaves a
// household with less (陡坡效应). Reads a snapshot; the register and its values stay as they are.
import { areaRange } from "../../core/area-code.ts";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import { column } from "../../linkage/sql.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import type { ParameterSet } from "../../statistics/deprivation.ts";
import { hideSmallCells } from "../../statistics/small-cells.ts";
import { areaNames } from "../areas/service.ts";
import { partOf } from "./cross.ts";
import { inBaseSql, poorSql } from "./profile-sql.ts";
import type { SnapshotRow } from "./queries.ts";
import { askSnapshot } from "./read.ts";
import { SMALL } from "./rules.ts";
import { demandSound } from "./sets.ts";
import type { ShippedInsight } from "./shipped.ts";

export type Move = { readonly k?: ParameterSet["k"] | undefined; readonly cutoffs?: Readonly<Record<string, number>> | undefined; readonly weights?: Readonly<Record<string, number>> | undefined };
/** Yuan per head and year; `attached`: yuan per household and year of what is lost with the line (rent, heating, medical payments). */
export type Line = { readonly from: number; readonly to: number; readonly attached: number };
export type Moves = { readonly enter: number | null; readonly leave: number | null; readonly stay: number | null; readonly never: number | null };
export type Band = { readonly from: number; readonly to: number; readonly households: number | null; readonly resources: number | null };
export type WhatIf = {
  readonly households: number;
  readonly people: number;
  readonly whole: Moves;
  readonly areas: readonly ({ readonly code: string; readonly name: string } & Moves)[];
  readonly money?: {
    readonly before: { readonly households: number | null; readonly topUp: number | null };
    readonly after: { readonly households: number | null; readonly topUp: number | null };
    /** Households just above the new line that would have more if they earned less, and how much is lost in crossing it. */
    readonly cliff: { readonly households: number | null; readonly loss: number; readonly upTo: number };
    readonly bands: readonly Band[];
  };
};

export const moved = (set: ParameterSet, move: Move): ParameterSet => ({
  ...set,
  k: move.k ?? set.k,
  indicators: set.indicators.map((each) => ({ ...each, cutoff: move.cutoffs?.[each.key] ?? each.cutoff, weight: move.weights?.[each.key] ?? each.weight })),
});

const INCOME = "income_per_head";
/** Tenths of the line, from half of it to twice. */
const BANDS = Array.from({ length: 15 }, (_, i) => 5 + i);

/** @throws Problem bad-request (unknown indicators, faults of the moved set), nothing-to-measure, snapshot-damaged */
export async function whatIf(tx: Tx, platform: Platform, snapshot: SnapshotRow, shipped: ShippedInsight, asked: { readonly set: ParameterSet; readonly move: Move; readonly area: number; readonly line?: Line | undefined }): Promise<WhatIf> {
  for (const key of [...Object.keys(asked.move.cutoffs ?? {}), ...Object.keys(asked.move.weights ?? {})]) if (!asked.set.indicators.some((each) => each.key === key)) throw new Problem("bad-request", { zh: `没有指标“${key}”`, en: `no indicator “${key}”` });
  const to = moved(asked.set, asked.move);
  demandSound(shipped, to);
  const range = areaRange(asked.area);
  if (range.lo < tx.actor.lo || range.hi > tx.actor.hi) throw new Problem("not-found");
  const { line } = asked;
  const found = await askSnapshot(platform, snapshot, "households", range, async (session, from) => ({
    moves: await session.rows(`SELECT ${partOf(asked.area)} AS part, ${poorSql(asked.set)} AS before, ${poorSql(to)} AS after, count(*)::INTEGER AS households, sum(people)::BIGINT AS people FROM ${from} WHERE people > 0 AND ${inBaseSql(to)} GROUP BY ALL ORDER BY ALL`),
    money: line && (await session.rows(moneySql(line, from)))[0],
    bands: line && (await session.rows(bandsSql(line, from))),
  }));
  if (!found || found.moves.length === 0) throw new Problem("nothing-to-measure");
  const parts = [...new Set(found.moves.map((row) => Number(row["part"])))];
  const names = await areaNames(tx, parts);
  const count = (of: readonly number[], before: boolean, after: boolean): number => found.moves.filter((row) => of.includes(Number(row["part"])) && row["before"] === before && row["after"] === after).reduce((sum, row) => sum + Number(row["households"]), 0);
  const ways = [[false, true], [true, false], [true, true], [false, false]] as const;
  const counts = parts.map((part) => ways.map(([before, after]) => count([part], before, after)));
  const hidden = hideSmallCells(counts, SMALL);
  const cells = (row: readonly (number | null)[]): Moves => ({ enter: row[0]!, leave: row[1]!, stay: row[2]!, never: row[3]! });
  const shown = (i: number): Moves => cells(ways.map((way, j) => (hidden[i]![j] ? null : i < parts.length ? counts[i]![j]! : count(parts, way[0], way[1]))));
  const small = (value: unknown): number | null => (Number(value) > 0 && Number(value) < SMALL ? null : Number(value));
  const told = (when: "before" | "after"): { readonly households: number | null; readonly topUp: number | null } => {
    const households = small(found.money?.[`households_${when}`]);
    return { households, topUp: households === null ? null : Number(found.money?.[when]) };
  };
  return {
    households: found.moves.reduce((sum, row) => sum + Number(row["households"]), 0),
    people: found.moves.reduce((sum, row) => sum + Number(row["people"]), 0),
    whole: shown(parts.length),
    areas: parts.map((code, i) => ({ code: String(code), name: names.get(code)?.name ?? String(code), ...shown(i) })),
    ...(line && found.money && {
      money: {
        before: told("before"),
        after: told("after"),
        cliff: { households: small(found.money["cliff"]), loss: line.attached, upTo: line.to },
        bands: found.bands!.map((row): Band => ({ from: Math.round((Number(row["band"]) * line.to) / 10), to: Math.round(((Number(row["band"]) + 1) * line.to) / 10), households: small(row["households"]), resources: small(row["households"]) === null ? null : Math.round(Number(row["resources"]) / Number(row["people"])) })),
      },
    }),
  };
}

const below = (line: number): string => `${column(INCOME)} < ${line}`;
const topUp = (line: number): string => `coalesce(sum(CASE WHEN ${below(line)} THEN CAST(${line} - ${column(INCOME)} AS BIGINT) * people ELSE 0 END), 0)::BIGINT`;
/** Incomes are kept in whole hundreds, rounded down: what topping up costs is told as much as fifty yuan a head too high on the average. */
const moneySql = (line: Line, from: string): string => `SELECT
  count(*) FILTER (${below(line.from)})::INTEGER AS households_before, ${topUp(line.from)} AS before,
  count(*) FILTER (${below(line.to)})::INTEGER AS households_after, ${topUp(line.to)} AS after,
  count(*) FILTER (${column(INCOME)} >= ${line.to} AND (${column(INCOME)} - ${line.to}) * people < ${line.attached})::INTEGER AS cliff
  FROM ${from} WHERE people > 0`;
/** What households have in each tenth of the line: income, topping up, and what is attached to it. */
const bandsSql = (line: Line, from: string): string => `SELECT CAST(floor(${column(INCOME)} * 10 / ${line.to}) AS INTEGER) AS band, count(*)::INTEGER AS households, sum(people)::BIGINT AS people,
  sum(CASE WHEN ${below(line.to)} THEN CAST(${line.to} AS BIGINT) * people + ${line.attached} ELSE CAST(${column(INCOME)} AS BIGINT) * people END)::BIGINT AS resources
  FROM ${from} WHERE people > 0 AND ${column(INCOME)} IS NOT NULL AND floor(${column(INCOME)} * 10 / ${line.to}) BETWEEN ${BANDS[0]} AND ${BANDS.at(-1)} GROUP BY ALL ORDER BY band`;

export const cliffWords: Text = { zh: "收入刚过线而失去附带待遇，反不如线下", en: "Just above the line, what was attached to it is lost: less is left than below" };
