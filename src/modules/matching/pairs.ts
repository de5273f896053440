// Pairs that people decide: listed page by page without anybody's data, opened one at a time with both sides and the weights.
import type { QueryOf, ReplyOf } from "../../core/route.ts";
import { maskId } from "../../core/citizen-id.ts";
import { maskPhone } from "../../core/names.ts";
import { Problem } from "../../core/problem.ts";
import { chinesePersons } from "../../linkage/chinese-persons.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { accountNames } from "../access/service.ts";
import { areaNames } from "../areas/service.ts";
import { takeReveal } from "../auditing/service.ts";
import { headAnswers } from "../records/service.ts";
import type { getPair as getRoute, listAllPairs as listAllRoute, listPairs as listRoute, revealPair as revealRoute } from "./contract.ts";
import { finishedRun, rowOfLink, standingOf, wiped } from "./decisions.ts";
import { hardLabels, pairMoves, type PairMove, refusedPairMove } from "./decisions-rules.ts";
import * as store from "./decisions-store.ts";
import { groundOf, type Ground } from "./ground.ts";
import { membersOf } from "./members.ts";
import { personOfAnswers, personOfListRow, type Prepared } from "./prepare.ts";
import type * as queries from "./queries.ts";
import { barsOf, vetoText } from "./waterfall.ts";

type Page = ReplyOf<typeof listRoute>;
type Filter = QueryOf<typeof listRoute>;
type View = ReplyOf<typeof getRoute>;
type At = { readonly county: number; readonly id: string; readonly row: number; readonly record: string };

const usual = 50;

/** `weight|run|row|record` of the last pair of a page. @throws Problem bad-request */
function placeOf(after: string | undefined): store.PairPlace | undefined {
  if (after === undefined) return undefined;
  const [, weight, run, row, record] = /^(-?[\d.e+-]+)\|([0-9a-f-]{36})\|(\d+)\|([0-9a-f-]{36})$/.exec(after) ?? [];
  if (run === undefined || record === undefined || !Number.isFinite(Number(weight))) throw new Problem("bad-request");
  return { weight: Number(weight), run, row: Number(row), record };
}

async function pageOf(tx: Tx, county: number, runs: readonly store.PairRun[], filter: Filter): Promise<Page> {
  const { state = "undecided", limit = usual, from, to } = filter;
  const found = await store.pairPage(tx, { county, runs: runs.map((run) => run.id), state, from, to, after: placeOf(filter.after), limit: limit + 1 });
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  const counts = await store.pairCounts(tx, county, runs);
  const { undecided = 0, disputed = 0, confirmed = 0, rejected = 0 } = counts;
  const secondNeeded = counts["second-needed"] ?? 0;
  return {
    rows: rows.map((pair) => ({ run: pair.runId, row: pair.rowNo, record: pair.recordId, weight: pair.weight, probability: pair.probability, decision: pair.decision, state: pair.pairState ?? "undecided", hard: [...pair.hard], why: pair.why })),
    ...(last && { next: `${last.weight}|${last.runId}|${last.rowNo}|${last.recordId}` }),
    counts: { undecided, secondNeeded, disputed, confirmed, rejected, all: undecided + secondNeeded + disputed + confirmed + rejected },
  };
}

/** Pairs of one run; keys, weights and reasons only, nobody's data. @throws Problem not-found, move-not-possible, bad-request */
export async function listPairs(tx: Tx, county: number, id: string, filter: Filter = {}): Promise<Page> {
  const run = await finishedRun(tx, county, id);
  return pageOf(tx, county, [{ ...run, pairs: (run.counts as Record<string, number>)["pairs"] }], filter);
}

/** Pairs of the newest run of every department, or of one. @throws Problem bad-request */
export async function listAllPairs(tx: Tx, query: QueryOf<typeof listAllRoute>): Promise<ReplyOf<typeof listAllRoute>> {
  const { county, department, ...filter } = query;
  const runs = await store.currentRuns(tx, county);
  const wanted = runs.filter((run) => department === undefined || run.department === department);
  return { ...(await pageOf(tx, county, wanted, filter)), departments: [...new Set(runs.map((run) => run.department))].sort() };
}

type Sides = { readonly run: queries.Run; readonly ground: Ground; readonly link: store.PairLink; readonly ours: Prepared; readonly theirs: Prepared };
async function sidesOf(tx: Tx, platform: Platform, { county, id, row, record }: At): Promise<Sides> {
  const run = await finishedRun(tx, county, id);
  const link = await store.pairOf(tx, county, id, row, record);
  if (link === undefined) throw new Problem("not-found");
  const ground = await groundOf(tx, platform, { county, campaign: run.campaignId, department: run.department });
  const answers = (await headAnswers(tx, platform, county, [record])).get(record) ?? {};
  const nobody: Prepared = { name: "", id18: "", valid: false, birth: "", sex: "", phone: "", area: "" };
  const ours = link.member === "" ? personOfAnswers(ground.identity, answers) : (membersOf(ground, platform.keys, answers).find((member) => member.key === link.member)?.person ?? nobody);
  return { run, ground, link, ours, theirs: personOfListRow(ground.department, ground.sets, await rowOfLink(tx, platform, run, link)) };
}

/** Places at which two texts of equal length differ. */
function marksOf(a: string, b: string): number[] | undefined {
  const [ours, theirs] = [[...a], [...b]];
  if (a === "" || b === "" || ours.length !== theirs.length) return undefined;
  return ours.flatMap((char, i) => (char === theirs[i] ? [] : [i]));
}

const masks: Readonly<Record<string, (text: string) => string>> = { idNumber: maskId, phone: maskPhone };

async function linesOf(tx: Tx, { ground, ours, theirs }: Sides): Promise<View["lines"]> {
  const areas = await areaNames(tx, [ours.area, theirs.area].filter((code) => code.length === 12).map(Number));
  const sex = (code: string): string => ground.sets.get("sex")?.options.find((option) => option.code === code)?.label.zh ?? code;
  const place = (code: string): string => areas.get(Number(code))?.fullName ?? code;
  const line = (key: string, a: string, b: string): View["lines"][number] => {
    const mask = masks[key];
    const shown = (text: string): string | null => (text === "" ? null : mask ? mask(text) : text);
    const marks = mask && marksOf(a, b);
    return { key, ours: shown(a), theirs: shown(b), masked: mask !== undefined && (a !== "" || b !== ""), ...(marks && { marks }) };
  };
  return [
    line("name", ours.name, theirs.name),
    line("idNumber", ours.id18, theirs.id18),
    line("birth", ours.birth, theirs.birth),
    line("sex", sex(ours.sex), sex(theirs.sex)),
    line("area", place(ours.area), place(theirs.area)),
    line("phone", ours.phone, theirs.phone),
  ].filter((each) => each.ours !== null || each.theirs !== null);
}

const moveNames = Object.keys(pairMoves) as PairMove[];

/**
 * One pair: names and dates in full, for that is what is decided by; numbers masked in the middle, with the places at which they
 * differ. The reading is recorded. @throws Problem not-found, move-not-possible (the run has not ended)
 */
export async function getPair(tx: Tx, platform: Platform, at: At): Promise<View> {
  const sides = await sidesOf(tx, platform, at);
  const { run, ground, link } = sides;
  const decisions = link.otherDigest === null ? [] : await store.decisionsAbout(tx, at.county, { subjectId: link.subjectId, member: link.member, otherDigest: link.otherDigest });
  const fallen = link.decisionId !== null && !decisions.some((each) => each.id === link.decisionId) ? await store.decisionById(tx, at.county, link.decisionId) : undefined;
  const about = fallen === undefined ? decisions : [...decisions, fallen];
  const said = await store.opinionsOn(tx, at.county, about.map((each) => each.id));
  const inForce = decisions.find((each) => each.state !== "revoked");
  const names = await accountNames(tx, said.map((each) => each.author));
  const hard = inForce?.hard ?? link.hard;
  const standing = standingOf(tx.actor, { state: link.pairState ?? "undecided", hard, own: fallen === undefined }, said.filter((each) => each.decisionId === inForce?.id));
  const gone = await store.isWiped(tx, at.county, run.batchId);
  const opinionMoves: readonly PairMove[] = ["decide", "second", "settle"];
  const settled = about.find((each) => each.id === link.decisionId);
  await audit(tx, { action: "match.pair", county: at.county, area: link.area, recordId: link.recordId, detail: { run: run.id, row: link.rowNo } });
  return {
    county: at.county,
    run: run.id,
    department: run.department,
    departmentLabel: { ...ground.department.label },
    row: link.rowNo,
    record: link.recordId,
    weight: link.weight,
    probability: link.probability,
    automaticFrom: chinesePersons.thresholds.automatic,
    reviewFrom: chinesePersons.thresholds.review,
    decision: link.decision,
    state: link.pairState ?? (link.decision === "rejected" ? "rejected" : "confirmed"),
    why: link.why,
    hard: hard.map((key) => ({ key, text: { ...hardLabels[key] } })),
    ...(link.veto !== null && { veto: vetoText(link.veto) }),
    bars: barsOf(chinesePersons, link.weighing ?? []),
    lines: await linesOf(tx, sides),
    opinions: said.map((each) => ({
      kind: each.kind,
      ...(each.same !== null && { same: each.same }),
      by: names.get(each.author) ?? each.author,
      at: each.at.toISOString(),
      ...(each.note !== null && { note: each.note }),
      department: about.find((one) => one.id === each.decisionId)?.department ?? run.department,
      inForce: each.decisionId === inForce?.id || each.decisionId === fallen?.id,
    })),
    reused: settled !== undefined && fallen === undefined && settled.runId !== run.id,
    fallen: fallen !== undefined,
    moves: moveNames.map((move) => {
      const refused = link.pairState === null ? { why: { zh: "该配对由程序直接关联", en: "The engine linked this pair" } } : (refusedPairMove(move, standing) ?? (gone && opinionMoves.includes(move) ? { why: wiped } : undefined));
      return { move, open: refused === undefined, ...(refused && { why: { ...refused.why } }) };
    }),
  };
}

/** One masked line of both sides in full, for a purpose that is kept; counted. @throws Problem not-found, quota-used */
export async function revealPair(tx: Tx, platform: Platform, at: At, input: { readonly line: "idNumber" | "phone"; readonly purpose: string }): Promise<ReplyOf<typeof revealRoute>> {
  const { run, link, ours, theirs } = await sidesOf(tx, platform, at);
  await takeReveal(tx);
  await audit(tx, { action: "match.reveal", purpose: input.purpose, county: at.county, area: link.area, recordId: link.recordId, detail: { run: run.id, row: link.rowNo, line: input.line } });
  const of = (person: Prepared): string | null => (input.line === "phone" ? person.phone : person.id18) || null;
  return { ours: of(ours), theirs: of(theirs) };
}
