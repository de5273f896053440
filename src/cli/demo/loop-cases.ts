// Cases: townships look at both sides, correct what is wrong with them, show papers for what is right; the county accepts;
// the checks run again and close what they can. One false closure is tried on purpose.
import { Problem } from "../../core/problem.ts";
import type { Actor } from "../../platform/database.ts";
import type { Answers, Value } from "../../scheme/model.ts";
import { type CaseRow, getCase, listCases } from "../../modules/dispatch/case-view.ts";
import { answerCase, decideCase } from "../../modules/dispatch/service.ts";
import { openRecord, saveCapture } from "../../modules/records/service.ts";
import type { DepartmentKey, Planted } from "./facts.ts";
import type { Images } from "./images.ts";
import { approveEverything } from "./loop-review.ts";
import { inParallel } from "../../platform/lanes.ts";
import type { World } from "./world.ts";

export type CaseSum = { answered: number; corrected: number; confirmed: number; unsettled: number; falseClosuresTried: number; falseClosuresRefused: number };
/** Planted differences by record and class, or by the listed person's name and class for people who have no record. */
export type Known = { readonly ofRecord: ReadonlyMap<string, Planted>; readonly ofName: ReadonlyMap<string, Planted> };

const lanes = 4;
const note = "已核对材料并与本人确认（虚构示例）";

/** Answers what is open, has corrections reviewed, lets the county decide; again while something moved. */
export async function settleCases(world: World, known: Known, images: Images, onCase: (done: number, total: number) => void): Promise<CaseSum> {
  const sum: CaseSum = { answered: 0, corrected: 0, confirmed: 0, unsettled: 0, falseClosuresTried: 0, falseClosuresRefused: 0 };
  for (let turn = 0; turn < 4; turn++) {
    const open = await casesIn(world, world.countyReviewer, "open");
    if (open.length === 0) break;
    if (turn === 0) await tryFalseClosure(world, known, sum);
    const settled = new Set<string>();
    await inParallel(open, lanes, async (each) => {
      if (await answerOne(world, known, images, each, sum).catch(underReview)) settled.add(each.id);
      onCase(++sum.answered, open.length);
    });
    await approveEverything(world);
    const answered = await casesIn(world, world.countyReviewer, "answered");
    await inParallel(answered.filter((each) => settled.has(each.id)), lanes, (each) => decide(world, each.id));
    await world.worker.settle();
  }
  return sum;
}

async function casesIn(world: World, reader: Actor, state: "open" | "answered"): Promise<CaseRow[]> {
  const rows: CaseRow[] = [];
  let after: string | undefined;
  do {
    const page = await world.platform.database.write(reader, (tx) => listCases(tx, world.platform, { state, ...(after && { after }) }));
    rows.push(...page.rows);
    after = page.next;
  } while (after);
  return rows;
}

/** A person with two cases: the correction for the first is under review, the second waits for the next turn. */
const underReview = notPossibleNow;

/** The county accepts; when the record changed after the answer it sends the case back instead. */
async function decide(world: World, id: string): Promise<void> {
  const say = (accept: boolean): Promise<unknown> => world.platform.database.write(world.countyReviewer, (tx) => decideCase(tx, world.platform, { county: world.county, id }, { accept }));
  await say(true).catch((error: unknown) => {
    if (error instanceof Problem && error.code === "changed-meanwhile") return say(false);
    // The check ran when the correction was accepted and closed the case before the county came to it.
    return notPossibleNow(error);
  });
}

function notPossibleNow(error: unknown): false {
  if (error instanceof Problem && error.code === "move-not-possible") return false;
  throw error;
}

const townshipOf = (world: World, area: number): number => world.reviewers.findIndex((reviewer) => reviewer.area === Math.floor(area / 1000) * 1000);

/** @returns true when the county should decide on the answer now */
async function answerOne(world: World, known: Known, images: Images, row: CaseRow, sum: CaseSum): Promise<boolean> {
  const { platform } = world;
  const township = townshipOf(world, row.area.code);
  const collector = world.collectors[Math.max(township, 0)]![0];
  if (township < 0) return false;
  const opened = await platform.database.write(collector, (tx) => getCase(tx, platform, row.county, row.id));
  const planted = opened.findings.filter((finding) => finding.state === "open").map((finding) => (finding.record ? known.ofRecord.get(`${finding.record} ${finding.department} ${finding.class}`) : known.ofName.get(`${row.personName} ${finding.department} ${finding.class}`)));
  const corrections = planted.filter((each) => each?.answer === "correct-ours" && each.corrected);
  const answer = corrections.length > 0 ? "correct-ours" : planted.some((each) => each?.answer === "confirm-ours") ? "confirm-ours" : "cannot-tell";
  if (answer === "correct-ours") {
    await correct(world, collector, opened.case.record!, Object.assign({}, ...corrections.map((each) => each!.corrected)) as Record<string, Value>);
    sum.corrected++;
  } else if (answer === "confirm-ours") sum.confirmed++;
  else sum.unsettled++;
  const proof = answer === "confirm-ours" ? { fileName: "证明材料（虚构）.jpg", mime: "image/jpeg", bytes: images.paper[0]! } : undefined;
  await platform.database.write(collector, (tx) => answerCase(tx, platform, { county: row.county, id: row.id }, { answer, note }, proof));
  return true;
}

/** A correction is a new revision with its reason; it goes through review like any other. */
async function correct(world: World, collector: Actor, id: string, changes: Readonly<Record<string, Value>>): Promise<void> {
  const { platform, county } = world;
  await platform.database.write(collector, async (tx) => {
    const opened = await openRecord(tx, platform, { county, id, for: "capture" });
    const answers = withChanges(opened.answers as Answers, changes);
    await saveCapture(tx, platform, { county, id, basedOn: opened.record.head, answers, channel: "station", reason: "依据部门数据核实后更正（虚构示例）", submit: true });
  });
}

function withChanges(answers: Answers, changes: Readonly<Record<string, Value>>): Answers {
  const copy = structuredClone(answers) as { [form: string]: { [item: string]: unknown } };
  for (const [path, value] of Object.entries(changes)) {
    const [form = "", item = ""] = path.split(".");
    (copy[form] ??= {})[item] = value;
  }
  return copy as Answers;
}

/** Somebody says “corrected” without having corrected anything: it must be refused. */
async function tryFalseClosure(world: World, known: Known, sum: CaseSum): Promise<void> {
  const { platform } = world;
  const candidates = await casesIn(world, world.countyReviewer, "open");
  const row = candidates.find((each) => each.record && townshipOf(world, each.area.code) >= 0);
  if (!row || known.ofRecord.size === 0) return;
  sum.falseClosuresTried++;
  const collector = world.collectors[townshipOf(world, row.area.code)]![0];
  await platform.database
    .write(collector, (tx) => answerCase(tx, platform, { county: row.county, id: row.id }, { answer: "correct-ours", note }, undefined))
    .catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      sum.falseClosuresRefused++;
    });
}

export const plantedKey = (place: string, department: DepartmentKey, kind: string): string => `${place} ${department} ${kind}`;
