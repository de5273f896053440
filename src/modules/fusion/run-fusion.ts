// A fusion from beginning to end: the lists and the register in one file, compared with itself in a child process, the rows of a
// person put together, and everything stored in one transaction. Killed before its end it leaves nothing, and run again it gives the same.
import fs from "node:fs/promises";
import path from "node:path";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import { chinesePersons } from "../../linkage/chinese-persons.ts";
import { linkInChild } from "../../linkage/child.ts";
import { explain } from "../../linkage/explain.ts";
import { LinkageFault } from "../../linkage/fault.ts";
import type { StepReport } from "../../linkage/model.ts";
import { readClusters, readLinks } from "../../linkage/results.ts";
import { audit } from "../../platform/audit.ts";
import type { Actor, Tx } from "../../platform/database.ts";
import { seal } from "../../platform/field-cipher.ts";
import type { Platform } from "../../platform/platform.ts";
import { closing, type TaskRun } from "../../platform/queue.ts";
import { extractRows, groundOf, personOfAnswers, personOfListRow, preparedFile, preparedLine, codeSetsOf } from "../matching/service.ts";
import { streamHeads } from "../records/service.ts";
import { states } from "../records/rules.ts";
import { type FusedList, fuse, type FusionGround, type Known, type Member, outcomesOf } from "./fuse.ts";
import { type Doubt, gather, type Group } from "./gather.ts";
import * as queries from "./queries.ts";
import { memberReader } from "./rows.ts";
import { wipedWithList } from "./rules.ts";

export type FusionInput = { readonly county: number; readonly id: string };
type Task = TaskRun<FusionInput>;

const stages = {
  lists: { zh: "读取各部门数据", en: "Reading the lists" },
  register: { zh: "读取已有档案", en: "Reading the register" },
  link: { zh: "识别同一人", en: "Finding the same person" },
  store: { zh: "保存结果", en: "Storing" },
} as const satisfies Record<string, Text>;

/** What fuses the people of a fusion. */
export async function fusionGround(tx: Tx, platform: Platform, fusion: Pick<queries.Fusion, "county" | "campaignId" | "lists">): Promise<FusionGround> {
  const lists = queries.listsOf(fusion);
  const [first] = lists;
  if (first === undefined) throw new Problem("not-found");
  const { scheme, identity } = await groundOf(tx, platform, { county: fusion.county, campaign: fusion.campaignId, department: first.department });
  return { scheme, identity, county: fusion.county, lists, townships: await queries.townships(tx, fusion.county) };
}

/** @throws Problem not-found, task-cancelled, disk-full; the fusion is marked failed unless the work was only interrupted */
export async function runFusion(platform: Platform, task: Task): Promise<unknown> {
  const key = task.input;
  const folder = path.join(platform.workFolder, `fusion-${key.id}`);
  try {
    const fusion = await platform.database.write(task.actor, async (tx) => {
      const found = await queries.lockedFusion(tx, key);
      if (found === undefined) throw new Problem("not-found");
      if (found.state === "waiting") await queries.setState(tx, key, "running");
      return found;
    });
    if (fusion.state !== "waiting" && fusion.state !== "running") return fusion.counts;
    await fs.rm(folder, { recursive: true, force: true });
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
    return await work(platform, task, fusion, folder);
  } catch (error) {
    const interrupted = task.signal.aborted || (error instanceof Problem && error.code === "database-away");
    if (!interrupted) await platform.database.write(closing(task.actor), (tx) => queries.setState(tx, key, "failed"));
    if (error instanceof LinkageFault && error.code === "no-space") throw new Problem("disk-full");
    throw error;
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

async function work(platform: Platform, task: Task, fusion: queries.Fusion, folder: string): Promise<unknown> {
  const steps: StepReport[] = [];
  const timed = async <T>(step: string, act: () => Promise<T>, rows: (made: T) => number): Promise<T> => {
    const from = performance.now();
    const made = await act();
    steps.push({ step, rows: rows(made), seconds: Math.round(performance.now() - from) / 1000 });
    return made;
  };
  const file = path.join(folder, "people.csv");
  const out = preparedFile(file);
  await task.progress(stages.lists, 0, 1);
  const { ground, members } = await timed("lists", () => platform.database.write(task.actor, (tx) => readLists(tx, platform, fusion, out.add)), (read) => read.members.size);
  await timed("register", () => writeRegister(platform, task, ground, fusion.campaignId, out.add), (count) => count);
  await out.end();
  const stop = new AbortController();
  const report = await linkInChild(
    { left: file, settings: chinesePersons, workFolder: path.join(folder, "linkage") },
    { signal: AbortSignal.any([task.signal, stop.signal]), onProgress: (at) => void task.progress(stages.link, at.done, at.of).catch((error: unknown) => stop.abort(error)) },
  );
  const found = await timed("people", () => readGroups(path.join(folder, "linkage"), members), (made) => made.groups.length);
  task.signal.throwIfAborted();
  await task.progress(stages.store, 0, 1);
  steps.unshift(...report.steps);
  return store(platform, task.actor, fusion, ground, found, steps);
}

type ReadLists = { readonly ground: FusionGround; readonly members: Map<string, Member> };

/** Every row of every list, in the lists' order, into the file and into memory. */
async function readLists(tx: Tx, platform: Platform, fusion: queries.Fusion, add: (lines: string) => Promise<void>): Promise<ReadLists> {
  const ground = await fusionGround(tx, platform, fusion);
  const sets = codeSetsOf(ground.scheme);
  const members = new Map<string, Member>();
  let people = 0;
  for (const [number, list] of ground.lists.entries()) {
    const department = ground.scheme.departments.find((each) => each.key === list.department);
    if (department === undefined) throw new Problem("not-found");
    const read = memberReader(ground.scheme, department, number);
    let lines = "";
    for (const row of await extractRows(tx, platform, fusion.county, list.batch)) {
      const member = read(row);
      members.set(`${number}:${row.no}`, member);
      lines += preparedLine(`${number}:${row.no}`, personOfListRow(department, sets, row));
      people += 1;
      if (lines.length > 1 << 20) [, lines] = [await add(lines), ""];
    }
    await add(lines);
  }
  await audit(tx, { action: "fusion.run", purpose: fusion.purpose, county: fusion.county, area: fusion.area, people, detail: { fusion: fusion.id, lists: ground.lists.map((list: FusedList) => list.batch) } });
  return { ground, members };
}

async function writeRegister(platform: Platform, task: Task, ground: FusionGround, campaign: string, add: (lines: string) => Promise<void>): Promise<number> {
  let records = 0;
  await streamHeads(platform, task.actor, { county: ground.county, campaign, states: states.filter((state) => state !== "duplicate"), purpose: "fusion" }, async (heads) => {
    await add(heads.map((head) => preparedLine(`r:${head.recordId}`, personOfAnswers(ground.identity, head.answers))).join(""));
    records += heads.length;
    await task.progress(stages.register, records, records + 1);
  });
  return records;
}

async function readGroups(folder: string, members: ReadonlyMap<string, Member>): Promise<{ groups: Group[]; doubts: Doubt[] }> {
  const clusterOf = new Map<string, string>();
  for await (const row of readClusters(folder)) clusterOf.set(row.row_id, row.cluster_id);
  const links = new Map<string, Doubt>();
  for await (const link of readLinks(folder)) {
    const [a, b] = [clusterOf.get(link.left_id) ?? link.left_id, clusterOf.get(link.right_id) ?? link.right_id].toSorted();
    if (a === undefined || b === undefined || a === b) continue;
    const known = links.get(`${a} ${b}`);
    if (known === undefined || known.weight < link.weight) links.set(`${a} ${b}`, { a, b, weight: link.weight, probability: link.probability, why: explain(chinesePersons, link) });
  }
  return gather(clusterOf, members, [...links.values()]);
}

export const sealKnown = (platform: Platform, fusion: queries.FusionKey, no: number, known: Known): string => seal(platform.keys, fusion.county, `${fusion.id}:${no}`, known).toString("hex");

async function store(platform: Platform, actor: Actor, fusion: queries.Fusion, ground: FusionGround, found: { readonly groups: readonly Group[]; readonly doubts: readonly Doubt[] }, steps: readonly StepReport[]): Promise<unknown> {
  const from = performance.now();
  const people: queries.NewPerson[] = [];
  const rows: queries.NewRow[] = [];
  const numbers = new Map<string, number>();
  const asked = new Set(found.doubts.flatMap((doubt) => [doubt.a, doubt.b]));
  for (const { cluster, known } of found.groups) {
    const fused = fuse(ground, known);
    // Of people whom the programme does not concern nothing is kept but that their rows were seen.
    const kept = asked.has(cluster) || (fused.reason !== "not-expected" && known.members.length > 0);
    const no = kept ? people.length + 1 : null;
    if (no !== null) {
      numbers.set(cluster, no);
      people.push({ no, state: fused.state, reason: fused.reason ?? null, conflicts: fused.conflicts, sealed: sealKnown(platform, fusion, no, known), record: known.record ?? null });
    }
    rows.push(...rowsOf(ground, known, fused, no));
  }
  const doubts = found.doubts.map(({ a, b, ...doubt }, i): queries.NewDoubt => {
    const [x, y] = [numbers.get(a) ?? 0, numbers.get(b) ?? 0];
    return { no: i + 1, a: Math.min(x, y), b: Math.max(x, y), ...doubt };
  });
  return platform.database.write(actor, async (tx) => {
    const now = await queries.lockedFusion(tx, fusion);
    if (now?.state !== "running") return now?.counts;
    if (now.wipedAt !== null) throw new Problem("move-not-possible", wipedWithList);
    await queries.clear(tx, fusion);
    await queries.addPeople(tx, fusion, people);
    await queries.addRows(tx, fusion, rows);
    await queries.addDoubts(tx, fusion, doubts);
    const all = [...steps, { step: "store", rows: rows.length, seconds: Math.round(performance.now() - from) / 1000 }].map(({ step, rows: n, seconds }) => ({ step, rows: n, seconds }));
    await queries.setState(tx, fusion, "proposed", { steps: all });
    return queries.recount(tx, fusion);
  });
}

/** The rows of a person with their outcomes, as they are stored. */
export function rowsOf(ground: FusionGround, known: Known, fused: ReturnType<typeof fuse>, no: number | null): queries.NewRow[] {
  return outcomesOf(known, fused).map((one) => ({
    batch: ground.lists[one.list]?.batch ?? "",
    row: one.row,
    outcome: one.outcome,
    person: no,
    of: one.outcome === "duplicate" ? one.of : null,
    reason: one.outcome === "left-out" ? one.reason : null,
  }));
}
