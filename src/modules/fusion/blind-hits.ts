// The hits that a department sends back: the file is kept in the request and worked off as a task, which raises the same absences as
// from a list that was shown, and closes them. A task that fails leaves the exchange as it was, to be tried again.
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import { isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { UploadedFile } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { closing, type TaskRun } from "../../platform/queue.ts";
import { campaignOf } from "../campaigns/service.ts";
import { addListOfHits, expectAgreement } from "../exchange/service.ts";
import { type BlindHit, raiseFromHits } from "../matching/service.ts";
import { type BlindView, made, openExchange, rowIdOf, secretOf } from "./blind.ts";
import * as queries from "./blind-queries.ts";
import type { FusionKey } from "./queries.ts";

const LARGEST_HITS = 5_000_000;
const HEAD = "row,decision,weight";
/** Lines between two looks at whether somebody cancelled. */
const A_LOOK = 50_000;
const stages = {
  read: { zh: "核对命中文件", en: "Reading the hits" },
  raise: { zh: "与名册对照", en: "Holding them against the register" },
} as const satisfies Record<string, Text>;

const refuse = (zh: string, en: string): Problem => new Problem("file-not-readable", { zh, en });
const notHits = (): Problem => refuse(`不是命中文件（第一行应为 ${HEAD}）`, `This is not a file of hits (its first line is ${HEAD})`);

/**
 * Takes the file in and asks for the work. What is wrong with single rows is said by the task.
 * @throws Problem not-found, move-not-possible, file-not-readable (no file of hits at all), bad-request, agreement-missing
 */
export async function takeHits(tx: Tx, platform: Platform, key: FusionKey, given: { readonly asOf?: string | undefined }, file: UploadedFile | undefined): Promise<BlindView> {
  if (!file) throw new Problem("bad-request", { zh: "请选择文件", en: "Choose a file" });
  const asOf = given.asOf?.trim() || platform.clock.today();
  if (!isDate(asOf) || asOf > platform.clock.today()) throw new Problem("bad-request", { zh: "数据时点不是有效日期，或晚于今天", en: "The day of the list is no date, or lies ahead" });
  await queries.lock(tx, key);
  const exchange = await made(tx, key);
  if (exchange.state === "taking") throw new Problem("move-not-possible", { zh: "命中文件正在处理", en: "The hits are being worked off" });
  if (exchange.state !== "made") throw new Problem("move-not-possible", { zh: "本次交换的命中文件已收回", en: "The hits of this exchange have come back already" });
  if (!new RegExp(`^(?:\ufeff)?${HEAD}\r?(?:\n|$)`, "u").test(file.bytes.toString("utf8", 0, 64))) throw notHits();
  const { county, area, department, purpose, campaignId: campaign } = exchange;
  await expectAgreement(tx, platform, { county, scheme: (await campaignOf(tx, campaign)).scheme, department });
  const hitsSha256 = await platform.blobs.put(county, file.bytes);
  const taskId = await platform.queue.ask(tx, "blind-hits", { county, area }, key);
  await queries.change(tx, key, { state: "taking", asOf, hitsSha256, taskId });
  await audit(tx, { action: "blind.hits-in", purpose, county, area, people: 0, detail: { exchange: exchange.id, department, sha256: hitsSha256 } });
  return openExchange(tx, key);
}

type Watch = (done: number, total: number) => Promise<void>;

/** Rows `row,decision,weight`. @throws Problem file-not-readable when a row is not one of this exchange, stands twice, or is not understood */
async function hitsIn(bytes: Buffer, recordOf: ReadonlyMap<string, string>, watch: Watch): Promise<BlindHit[]> {
  const seen = new Set<string>();
  const hits: BlindHit[] = [];
  let no = 0;
  for (let from = bytes.indexOf(10) + 1 || bytes.length; from < bytes.length; ) {
    const end = bytes.indexOf(10, from) < 0 ? bytes.length : bytes.indexOf(10, from);
    const line = bytes.toString("utf8", from, Math.min(end, from + 200)).trim();
    from = end + 1;
    no += 1;
    if (no % A_LOOK === 0) await watch(from, bytes.length);
    if (line === "") continue;
    if (hits.length >= LARGEST_HITS) throw notHits();
    const [row = "", decision = "", weight = ""] = line.split(",");
    const record = recordOf.get(row);
    if (record === undefined || seen.has(row)) throw refuse(`第 ${no + 1} 行的行号不属于本次交换或重复；请确认对方以我方标记文件为左侧比对`, `Line ${no + 1} is no row of this exchange, or stands twice; the department must match with our file on the left`);
    seen.add(row);
    if ((decision !== "hit" && decision !== "perhaps") || !Number.isFinite(Number(weight)) || weight === "") throw refuse(`第 ${no + 1} 行无法识别`, `Line ${no + 1} is not understood`);
    hits.push({ record, weight: Number(weight), sure: decision === "hit" });
  }
  return hits;
}

/** The task of kind `blind-hits`. Killed before its end it leaves nothing; run again it gives the same. @throws Problem not-found, file-not-readable, agreement-missing, task-cancelled */
export async function runHits(platform: Platform, task: TaskRun<FusionKey>): Promise<unknown> {
  const key = task.input;
  const exchange = await platform.database.read(task.actor, (tx) => queries.exchangeOf(tx, key));
  if (exchange === undefined) throw new Problem("not-found");
  if (exchange.state !== "taking") return exchange.counts;
  try {
    return await workOff(platform, task, exchange);
  } catch (error) {
    const interrupted = task.signal.aborted || (error instanceof Problem && error.code === "database-away");
    if (!interrupted) await giveUp(platform, task, exchange);
    throw error;
  }
}

/** The file goes, and the exchange waits for another; that it has a day says that one was tried. */
async function giveUp(platform: Platform, task: TaskRun<FusionKey>, exchange: queries.Exchange): Promise<void> {
  const { county, hitsSha256 } = exchange;
  if (hitsSha256 !== null && !(await platform.database.read(closing(task.actor), (tx) => queries.hitsElsewhere(tx, task.input, hitsSha256)))) await platform.blobs.remove(county, hitsSha256);
  await platform.database.write(closing(task.actor), (tx) => queries.change(tx, task.input, { state: "made", hitsSha256: null }));
}

async function workOff(platform: Platform, task: TaskRun<FusionKey>, exchange: queries.Exchange): Promise<unknown> {
  const key = task.input;
  const { county, area, department, purpose, campaignId: campaign } = exchange;
  const watch = (stage: Text): Watch => async (done, total) => {
    task.signal.throwIfAborted();
    await task.progress(stage, done, total);
  };
  await watch(stages.read)(0, 1);
  const secret = secretOf(platform, exchange);
  const records = (await platform.blobs.get(county, exchange.recordsSha256 ?? "")).toString("utf8").split("\n").filter((record) => record !== "" && !record.startsWith("#"));
  const file = await platform.blobs.get(county, exchange.hitsSha256 ?? "");
  const hits = await hitsIn(file, new Map(records.map((record) => [rowIdOf(secret, record), record])), watch(stages.read));
  return platform.database.write(task.actor, async (tx) => {
    await queries.lock(tx, key);
    const now = await made(tx, key);
    if (now.state !== "taking") return now.counts;
    const { scheme } = await campaignOf(tx, campaign);
    const agreement = await expectAgreement(tx, platform, { county, scheme, department });
    const sure = hits.filter((hit) => hit.sure).length;
    const asOf = now.asOf ?? platform.clock.today();
    const batch = await addListOfHits(tx, platform, { county, campaign, scheme, department, agreement: agreement.id, keepDays: agreement.keepDays, purpose, asOf, rows: sure, file });
    const { run, counts } = await raiseFromHits(tx, platform, { county, campaign, department, batch, asked: records, hits }, watch(stages.raise));
    const told = { people: exchange.people, hits: sure, perhaps: hits.length - sure, absent: counts["differing"] ?? 0, raised: counts["raised"] ?? 0, closed: counts["closed"] ?? 0 };
    await queries.change(tx, key, { state: "returned", batchId: batch, runId: run, counts: told, returned: true });
    await audit(tx, { action: "blind.hits", purpose, county, area, people: hits.length, detail: { exchange: exchange.id, department, run, ...told } });
    return told;
  });
}
