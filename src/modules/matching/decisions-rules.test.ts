// The table of moves on a pair, the states that opinions lead to, and how decisions fall on a new list's links.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chinesePersons } from "../../linkage/chinese-persons.ts";
import { applyDecisions, type InForce } from "./decisions-evidence.ts";
import { afterOpinion, opinionMove, type PairMove, pairMoves, type PairStanding, pairStates, refusedPairMove } from "./decisions-rules.ts";
import type { NewLink } from "./queries.ts";
import { barsOf, hardBecause, vetoText } from "./waterfall.ts";

const standing = (more: Partial<PairStanding>): PairStanding => ({ state: "undecided", hard: false, permissions: ["match.decide"], spoken: [], me: "a", own: true, ...more });
const open = (given: PairStanding): PairMove[] => (Object.keys(pairMoves) as PairMove[]).filter((move) => refusedPairMove(move, given) === undefined);

test("what a reviewer may do in each state, and who has spoken may not speak again", () => {
  const table = pairStates.map((state) => [state, open(standing({ state })), open(standing({ state, spoken: ["a"] }))]);
  assert.deepEqual(table, [
    ["undecided", ["decide"], ["decide"]],
    ["second-needed", ["second"], ["take-back"]],
    ["disputed", [], []],
    ["confirmed", ["revoke"], ["revoke"]],
    ["rejected", ["revoke"], ["revoke"]],
  ]);
});

test("the county lead settles disputes and revokes hard decisions, and decides nothing else", () => {
  const lead = { permissions: ["match.settle"], hard: true };
  assert.deepEqual(pairStates.map((state) => open(standing({ state, ...lead }))), [[], [], ["settle"], ["revoke"], ["revoke"]]);
  assert.deepEqual(open(standing({ state: "disputed", ...lead, spoken: ["a"] })), []);
  assert.deepEqual(open(standing({ state: "confirmed", hard: true })), []);
  assert.deepEqual(open(standing({ state: "rejected", own: false })), [], "what fell with another pair is revoked there");
  assert.deepEqual(pairStates.flatMap((state) => open(standing({ state, permissions: [] }))), []);
});

test("every closed move says why in both languages", () => {
  for (const state of pairStates) for (const move of Object.keys(pairMoves) as PairMove[]) {
    const refused = refusedPairMove(move, standing({ state, permissions: [] }));
    assert.ok(refused && refused.why.zh !== "" && refused.why.en !== "");
  }
});

test("states after an opinion", () => {
  assert.equal(afterOpinion("undecided", false, true, undefined), "confirmed");
  assert.equal(afterOpinion("undecided", false, false, undefined), "rejected");
  assert.equal(afterOpinion("undecided", true, true, undefined), "second-needed");
  assert.equal(afterOpinion("second-needed", true, true, true), "confirmed");
  assert.equal(afterOpinion("second-needed", true, false, false), "rejected");
  assert.equal(afterOpinion("second-needed", true, false, true), "disputed");
  assert.equal(afterOpinion("disputed", true, false, true), "rejected");
  assert.deepEqual(pairStates.map(opinionMove), ["decide", "second", "settle", "decide", "decide"]);
});

test("two people are needed for two valid numbers, a veto, or a rival", () => {
  const pair = { ours: undefined, theirs: undefined, veto: undefined, weight: 3, rival: false };
  assert.deepEqual(hardBecause(pair), []);
  assert.deepEqual(hardBecause({ ...pair, ours: "1", theirs: "2" }), ["two-valid-numbers"]);
  assert.deepEqual(hardBecause({ ...pair, ours: "1", theirs: "1", veto: "x" }), ["veto"]);
  assert.deepEqual(hardBecause({ ...pair, rival: true }), ["rival"]);
  assert.deepEqual(hardBecause({ ...pair, weight: chinesePersons.thresholds.automatic }), ["rival"], "heavy enough for a link, and yet asked about");
});

test("bars say their sums and are worded, also levels that say nothing in a sentence; every veto of the settings has Chinese words", () => {
  const bars = barsOf(chinesePersons, [["", "start", -20], ["id18", "equal", 22.5], ["sex", "missing", -0.25]]);
  assert.deepEqual(bars.map((bar) => [bar.label.zh, bar.text.zh, bar.sum]), [["起点", "任意两行是同一人的可能性", -20], ["身份证号", "身份证号相同", 2.5], ["性别", "一方缺", 2.25]]);
  for (const veto of chinesePersons.vetoes) if (veto.outcome === "review") assert.match(vetoText(veto.key).zh, /[一-鿿]/u, veto.key);
});

const link = (row: number, subject: string, decision: "automatic" | "review"): NewLink => ({ row_no: row, area: 1, record_id: `record-${subject}`, subject_id: subject, member: "", weight: 3, probability: 0.9, decision, why: {}, weighing: null, veto: null, hard: [], other_digest: null, sealed: null, pair_state: decision === "review" ? "undecided" : null, decision_id: null });
const decision = (id: string, subjectId: string, digest: string, state: InForce["state"]): InForce => ({ id, subjectId, member: "", digest, state });
const heads = ["a", "b"].map((subjectId) => ({ subjectId, recordId: `record-${subjectId}`, area: 1 }));
const apply = (links: NewLink[], decisions: InForce[]) => {
  const result = applyDecisions(links, [1, 2], (row) => `d${row}`, decisions, heads);
  return { ...result, links: result.links.map((each) => `${each.row_no} ${each.subject_id} ${each.decision} ${each.pair_state ?? "-"}${each.hard.includes("decided-otherwise") ? " !" : ""}`) };
};

test("decisions fall on the links of a new list", () => {
  assert.deepEqual(apply([link(1, "a", "review"), link(2, "b", "automatic")], []).links, ["1 a review undecided", "2 b automatic -"]);
  assert.deepEqual(apply([link(1, "a", "review")], [decision("x", "a", "d1", "confirmed")]), { links: ["1 a confirmed confirmed"], same: 1, different: 0 });
  assert.deepEqual(apply([link(1, "a", "automatic")], [decision("x", "a", "d1", "rejected")]), { links: ["1 a rejected rejected"], same: 0, different: 1 }, "also against the engine");
  assert.deepEqual(apply([], [decision("x", "a", "d1", "confirmed")]).links, ["1 a confirmed confirmed"], "also where the engine found nothing");
  assert.deepEqual(apply([link(1, "b", "review")], [decision("x", "a", "d1", "confirmed")]).links, ["1 b rejected rejected", "1 a confirmed confirmed"]);
  assert.deepEqual(apply([link(1, "b", "automatic")], [decision("x", "a", "d1", "confirmed")]).links, ["1 b review undecided !", "1 a confirmed confirmed"], "another record is asked about, not taken");
  assert.deepEqual(apply([link(1, "a", "review")], [decision("x", "a", "d1", "second-needed")]).links, ["1 a review second-needed"]);
  assert.deepEqual(apply([link(2, "a", "review")], [decision("x", "a", "d1", "rejected")]).links, ["2 a review undecided"], "other evidence is another question");
});
