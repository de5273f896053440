// The demo county is the same to the byte for the same seed, its clean people pass the check, and its lists differ from the register exactly where planted.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { compareField, expectedOnList } from "../../modules/matching/rules.ts";
import { listedValue, rowMeets } from "../../modules/matching/values.ts";
import { checker } from "../../scheme/check.ts";
import type { Answers, Department } from "../../scheme/model.ts";
import { truthfulAnswers } from "./answers.ts";
import { picturesOf } from "./captures.ts";
import { type County, generateCounty } from "./county.ts";
import type { Extract } from "./extracts.ts";
import { DEPARTMENTS } from "./facts.ts";
import { geographyFromPackage } from "./geography.ts";
import { IMAGE_LIMIT } from "./images.ts";
import { PALETTE } from "./filler.ts";

const geography = geographyFromPackage();
const countyOf = (seed: number, people: number): County => generateCounty({ seed, people, geography, scheme: veterans });
const sha = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");
const TODAY = "2018-11-10";
const check = checker(veterans);
const county = countyOf(7, 4000);
const answersOf = new Map<string, Answers>();
for (const person of county.persons()) if (person.final === "accepted") answersOf.set(person.key, truthfulAnswers(county.seed, person, geography, veterans).answers);

async function digests(made: County): Promise<string[]> {
  const out = [sha((await made.baseListFile()).bytes)];
  for (const department of DEPARTMENTS) out.push(sha((await made.extractFile(department)).bytes));
  out.push(sha(JSON.stringify(made.truth())), sha(JSON.stringify([...made.captures()])));
  for (const pictures of Object.values(await made.images())) out.push(sha(Buffer.concat(pictures)));
  return out;
}

test("the same seed gives the same bytes whatever was asked for first, another seed other bytes", async () => {
  const first = await digests(countyOf(3, 200));
  const again = countyOf(3, 200);
  again.extract("military_service");
  assert.deepEqual(await digests(again), first);
  const other = await digests(countyOf(4, 200));
  assert.equal(other.filter((digest, i) => digest === first[i]).length, 0);
});

test("the county has the real townships and villages", () => {
  assert.equal(geography.townships.length, 24);
  assert.equal(geography.townships.reduce((sum, township) => sum + township.villages.length, 0), 492);
});

test("complete answers have no fault that stops them and none to be explained, then and now", () => {
  for (const today of [TODAY, "2026-11-21"]) {
    const faults = [...answersOf.values()].flatMap((answers) => check(answers, { today }).issues.filter((issue) => issue.severity !== "note").map((issue) => issue.code));
    assert.deepEqual(faults, []);
  }
});

test("what collectors capture first can be handed in, faults to be returned included", () => {
  const plans = new Map<string, number>();
  for (const capture of county.captures()) {
    plans.set(capture.plan, (plans.get(capture.plan) ?? 0) + 1);
    assert.equal(capture.outcome === undefined, Object.keys(capture.answers).length > 0);
    if (capture.outcome !== undefined) assert.equal(capture.who, "base");
    else assert.ok(check(capture.answers, { today: TODAY }).issues.every((issue) => issue.severity !== "block"), capture.person);
    if (capture.plan === "first-has-fault") assert.notDeepEqual(capture.fault?.faulty, capture.fault?.correct);
    for (const { palette, index } of picturesOf(capture.answers)) assert.ok(index < PALETTE[palette]);
  }
  assert.equal(plans.size, 8);
  const share = (plan: string): number => (plans.get(plan) ?? 0) / county.people;
  assert.ok(share("first-has-fault") > 0.03 && share("first-has-fault") < 0.06);
  assert.ok(share("refused") > 0.003 && share("refused") < 0.015);
});

test("every person has one visit in one township, or a second one elsewhere when captured twice", () => {
  const visits = [...county.captures()];
  assert.equal(visits.length, county.people + county.persons().filter((person) => person.plan === "captured-twice").length);
  const first = visits.filter((visit) => visit.second !== true);
  assert.equal(new Set(first.map((visit) => visit.person)).size, county.people);
  for (const visit of visits) {
    if (visit.second) assert.notEqual(visit.township.slice(0, 9), visit.village.slice(0, 9));
    if (visit.plan === "registered-in-other-township") assert.equal(visit.handover?.toTownship.slice(0, 9), visit.village.slice(0, 9));
  }
});

test("corrections of planted differences pass the check", () => {
  for (const finding of county.truth().findings) {
    if (finding.answer !== "correct-ours") continue;
    const answers: { [form: string]: { [item: string]: unknown } } = structuredClone(answersOf.get(finding.person)) as never;
    for (const [path, value] of Object.entries(finding.corrected ?? {})) {
      const [form = "", item = ""] = path.split(".");
      (answers[form] ??= {})[item] = value;
    }
    assert.ok(check(answers, { today: TODAY }).issues.every((issue) => issue.severity !== "block"), `${finding.class} ${finding.person}`);
  }
});

/** The findings that follow from the lists when every row is known to be whose it is. */
function follow(department: Department, extract: Extract): string[] {
  const sets = new Map(veterans.codeSets.map((set) => [set.key, set]));
  const context = { today: TODAY, referenceDate: veterans.referenceDate };
  const rows = extract.rows.map((row, i) => ({ no: i + 1, person: row.person, cells: Object.fromEntries(department.fields.map((field, k) => [field.key, row.cells[k] ?? ""])) }));
  const byPerson = Map.groupBy(rows, (row) => row.person);
  const found: string[] = [];
  for (const [person, answers] of answersOf) {
    const theirs = byPerson.get(person);
    for (const field of theirs === undefined ? [] : department.fields) {
      if (field.compares === undefined || theirs === undefined) continue;
      const result = compareField(field, answers, listedValue(department, field, sets, theirs), context);
      if (result.verdict === "differs") found.push(`${result.class} ${person} ${field.compares}`);
    }
    for (const absence of department.absences) {
      if (absence.kind === "registered-not-listed" && theirs === undefined && expectedOnList(absence, answers, context)) found.push(`${absence.finding} ${person} `);
    }
  }
  for (const absence of department.absences) {
    if (absence.kind !== "listed-not-registered") continue;
    for (const row of rows) if (row.person.startsWith("X-") && rowMeets(department, sets, row, absence.rowsWhere)) found.push(`${absence.finding} ${row.person} `);
  }
  return found.sort();
}

for (const department of veterans.departments) {
  test(`the list of ${department.key} differs from the register exactly where planted`, () => {
    const key = DEPARTMENTS.find((each) => each === department.key);
    assert.ok(key !== undefined);
    const extract = county.extract(key);
    const planted = extract.planted.map((each) => `${each.class} ${each.person} ${each.path ?? ""}`).sort();
    assert.deepEqual(follow(department, extract), planted);
    assert.ok(planted.length > 0);
    const dirty = extract.rows.filter((row) => row.dirt !== undefined).length / extract.rows.length;
    assert.ok(dirty > 0.005 && dirty < 0.045, String(dirty));
  });
}

test("the truth adds up: rows, final states, planted findings", () => {
  const truth = county.truth();
  assert.equal(truth.baseList.accepted + truth.baseList.returned, truth.baseList.rows);
  assert.equal(truth.persons.length, county.people);
  assert.equal(Object.entries(truth.finals).reduce((sum, [state, n]) => sum + (state === "duplicate" ? 0 : n), 0), county.people);
  assert.equal(truth.findings.length, Object.values(truth.planted).flatMap((counts) => Object.values(counts)).reduce((a, b) => a + b, 0));
  assert.equal(truth.persons.filter((person) => person.origin === "base").length, truth.baseList.accepted);
  const classes = new Set(truth.findings.map((finding) => finding.class));
  for (const kind of "P01 P02 P03 P04 P06 M01 M02 H01 H02 Y01 Z01 Z02 J01 J02 J03 J04".split(" ")) assert.ok(classes.has(kind), kind);
});

test("pictures keep the plan's sizes", async () => {
  for (const [palette, pictures] of Object.entries(await county.images())) {
    const limit = IMAGE_LIMIT[palette as keyof typeof IMAGE_LIMIT];
    for (const picture of pictures) assert.ok(picture.length <= limit && picture.subarray(0, 2).equals(Buffer.from([0xff, 0xd8])), palette);
  }
});

test("too small a county and one without villages are refused", () => {
  assert.throws(() => countyOf(1, 10), RangeError);
  assert.throws(() => generateCounty({ seed: 1, people: 100, scheme: veterans, geography: { townships: [] } }), RangeError);
});
