// Exchanges without showing lists: the register as a token file for one department, and the hits that come back as findings of absence.
import { createHmac, randomBytes } from "node:crypto";
import type { Static } from "typebox";
import { newId } from "../../core/ids.ts";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf } from "../../core/route.ts";
import { isDate } from "../../core/time.ts";
import { scanFreeText } from "../../core/unit-designation.ts";
import { fingerprint, keyCheck, newTokenKey, type Suite, tokenHeader, tokenLine, tokenMaker } from "../../linkage/tokens.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { open, seal } from "../../platform/field-cipher.ts";
import type { FileReply, UploadedFile } from "../../platform/http.ts";
import { nameSyllables } from "../../platform/pinyin.ts";
import type { Platform } from "../../platform/platform.ts";
import type { TaskRun } from "../../platform/queue.ts";
import { accountNames } from "../access/service.ts";
import { addListOfHits, expectAgreement } from "../exchange/service.ts";
import { type BlindHit, groundOf, personOfAnswers, raiseFromHits, simplified } from "../matching/service.ts";
import { campaignOf } from "../campaigns/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { streamHeads } from "../records/service.ts";
import { states } from "../records/rules.ts";
import type { blindView, makeBlindExchange } from "./contract.ts";
import * as queries from "./blind-queries.ts";
import type { FusionKey } from "./queries.ts";
import { labelOfDepartment } from "./view.ts";

export type BlindView = Static<typeof blindView>;
/** `salt` makes the row ids of one exchange; nobody else can tell a record from them. */
type Secret = { readonly key: string; readonly salt: string };
const stage: Text = { zh: "正在生成加密标记", en: "Making the tokens" };

const secretOf = (platform: Platform, exchange: queries.Exchange): Secret => open<Secret>(platform.keys, exchange.county, exchange.id, exchange.sealed);
const keyOf = (secret: Secret): Buffer => Buffer.from(secret.key, "hex");
const rowIdOf = (secret: Secret, record: string): string => createHmac("sha256", Buffer.from(secret.salt, "hex")).update(record).digest().toString("base64url", 0, 12);

/**
 * Asks for the token file of a round's register, under a new key of this exchange alone.
 * @throws Problem purpose-missing, unit-designation, not-found, bad-request (an office above a county), agreement-missing
 */
export async function makeExchange(tx: Tx, platform: Platform, given: BodyOf<typeof makeBlindExchange>): Promise<BlindView> {
  const purpose = given.purpose.trim();
  if (purpose === "") throw new Problem("purpose-missing", { zh: "请填写用途", en: "Say what the exchange is for" });
  if (scanFreeText(purpose).verdict === "refuse") throw new Problem("unit-designation");
  const county = Math.floor(tx.actor.lo / 1e6);
  if (tx.actor.lo < county * 1e6 || tx.actor.hi > county * 1e6 + 999_999) throw new Problem("bad-request", { zh: "请由县级机构办理", en: "An office of a county does this" });
  const { scheme } = await groundOf(tx, platform, { county, campaign: given.campaign, department: given.department });
  await expectAgreement(tx, platform, { county, scheme: scheme.key, department: given.department });
  const id = newId();
  const key = newTokenKey();
  const secret: Secret = { key: key.toString("hex"), salt: randomBytes(32).toString("hex") };
  const area = county * 1e6;
  await tx
    .insertInto("blindExchange")
    .values({ county, id, area, campaignId: given.campaign, department: given.department, purpose, suite: given.suite ?? "sha256", sealed: seal(platform.keys, county, id, secret), fingerprint: fingerprint(key), madeBy: tx.actor.account })
    .execute();
  const taskId = await platform.queue.ask(tx, "blind-tokens", { county, area }, { county, id });
  await queries.change(tx, { county, id }, { taskId });
  await audit(tx, { action: "blind.ask", purpose, county, area, people: 0, detail: { exchange: id, department: given.department } });
  return openExchange(tx, { county, id });
}

/** The task of kind `blind-tokens`. Killed before its end it leaves nothing; run again it gives the same rows. */
export async function runTokens(platform: Platform, task: TaskRun<FusionKey>): Promise<unknown> {
  const key = task.input;
  const exchange = await platform.database.read(task.actor, (tx) => queries.exchangeOf(tx, key));
  if (exchange === undefined) throw new Problem("not-found");
  if (exchange.state !== "waiting") return { people: exchange.people };
  try {
    const secret = secretOf(platform, exchange);
    const suite = exchange.suite as Suite;
    const { identity } = await platform.database.read(task.actor, (tx) => groundOf(tx, platform, { county: key.county, campaign: exchange.campaignId, department: exchange.department }));
    const make = tokenMaker(keyOf(secret), suite);
    const lines: [row: string, record: string, line: string][] = [];
    await streamHeads(platform, task.actor, { county: key.county, campaign: exchange.campaignId, states: states.filter((state) => state !== "duplicate"), purpose: exchange.purpose }, async (heads) => {
      for (const [i, head] of heads.entries()) {
        const person = personOfAnswers(identity, head.answers);
        const name = simplified(person.name);
        const row = rowIdOf(secret, head.recordId);
        lines.push([row, head.recordId, tokenLine(row, make({ ...person, id: head.recordId, name, sound: nameSyllables(name) }))]);
        if (i % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
      }
      task.signal.throwIfAborted();
      await task.progress(stage, lines.length, lines.length + 1);
    });
    lines.sort(([a], [b]) => (a < b ? -1 : 1));
    const file = tokenHeader({ suite, check: keyCheck(keyOf(secret), suite) }) + lines.map(([, , line]) => line).join("");
    const tokensSha256 = await platform.blobs.put(key.county, Buffer.from(file));
    const recordsSha256 = await platform.blobs.put(key.county, Buffer.from(lines.map(([, record]) => record).join("\n")));
    return await platform.database.write(task.actor, async (tx) => {
      await queries.change(tx, key, { state: "made", people: lines.length, tokensSha256, recordsSha256, counts: { people: lines.length } });
      await audit(tx, { action: "blind.tokens", purpose: exchange.purpose, county: key.county, area: exchange.area, people: lines.length, detail: { exchange: key.id, department: exchange.department } });
      return { people: lines.length };
    });
  } catch (error) {
    const interrupted = task.signal.aborted || (error instanceof Problem && error.code === "database-away");
    if (!interrupted) await platform.database.write(task.actor, (tx) => queries.change(tx, key, { state: "failed" }));
    throw error;
  }
}

/** @throws Problem not-found */
export async function openExchange(tx: Tx, key: FusionKey): Promise<BlindView> {
  const exchange = await queries.exchangeOf(tx, key);
  if (exchange === undefined) throw new Problem("not-found");
  return (await viewsOf(tx, [exchange]))[0] as BlindView;
}
export const listExchanges = async (tx: Tx): Promise<{ rows: BlindView[] }> => ({ rows: await viewsOf(tx, await queries.exchanges(tx)) });

async function viewsOf(tx: Tx, exchanges: readonly queries.Exchange[]): Promise<BlindView[]> {
  const names = await accountNames(tx, exchanges.map((exchange) => exchange.madeBy));
  const views: BlindView[] = [];
  for (const exchange of exchanges) {
    const campaign = await campaignOf(tx, exchange.campaignId);
    const { definition } = await loadScheme(tx, campaign.scheme, campaign.version);
    const { county, id, department, purpose, people, fingerprint: spoken } = exchange;
    views.push({
      ...{ county, id, department, purpose, people, fingerprint: spoken },
      campaign: exchange.campaignId,
      departmentLabel: labelOfDepartment(definition, department),
      suite: exchange.suite as Suite,
      state: exchange.state as BlindView["state"],
      ...(exchange.taskId !== null && { task: exchange.taskId }),
      ...(exchange.asOf !== null && { asOf: exchange.asOf }),
      counts: exchange.counts as unknown as Record<string, number>,
      ...(exchange.runId !== null && { run: exchange.runId }),
      madeBy: names.get(exchange.madeBy) ?? exchange.madeBy,
      at: exchange.at.toISOString(),
    });
  }
  return views;
}

async function made(tx: Tx, key: FusionKey): Promise<queries.Exchange & { readonly tokensSha256: string; readonly recordsSha256: string }> {
  const exchange = await queries.exchangeOf(tx, key);
  if (exchange === undefined) throw new Problem("not-found");
  const { tokensSha256, recordsSha256 } = exchange;
  if (tokensSha256 === null || recordsSha256 === null) throw new Problem("move-not-possible", { zh: "标记文件尚未生成", en: "The tokens have not been made yet" });
  return { ...exchange, tokensSha256, recordsSha256 };
}

/** @throws Problem not-found, move-not-possible before the tokens are made */
export async function tokensOf(tx: Tx, platform: Platform, key: FusionKey): Promise<FileReply> {
  const exchange = await made(tx, key);
  await audit(tx, { action: "blind.hand-out", purpose: exchange.purpose, county: exchange.county, area: exchange.area, people: exchange.people, detail: { exchange: exchange.id, department: exchange.department } });
  return { fileName: `标记-${exchange.department}.csv`, mime: "text/csv", bytes: await platform.blobs.get(exchange.county, exchange.tokensSha256) };
}

/** The key travels by another way than the tokens. @throws Problem not-found */
export async function agreedKey(tx: Tx, platform: Platform, key: FusionKey): Promise<FileReply> {
  const exchange = await queries.exchangeOf(tx, key);
  if (exchange === undefined) throw new Problem("not-found");
  await audit(tx, { action: "blind.key", purpose: exchange.purpose, county: exchange.county, area: exchange.area, people: 0, detail: { exchange: exchange.id, department: exchange.department } });
  return { fileName: `密钥-${exchange.department}.txt`, mime: "text/plain", bytes: Buffer.from(`${secretOf(platform, exchange).key}\n`) };
}

const LARGEST_HITS = 5_000_000;

/** Rows `row,decision,weight`. @throws Problem file-not-readable when a row is not one of this exchange, stands twice, or is not understood */
function hitsIn(bytes: Buffer, recordOf: ReadonlyMap<string, string>): BlindHit[] {
  const refuse = (zh: string, en: string): Problem => new Problem("file-not-readable", { zh, en });
  const [head, ...lines] = bytes.toString("utf8").replace(/^\ufeff/u, "").split(/\r?\n/u).filter((line) => line !== "");
  if (head !== "row,decision,weight" || lines.length > LARGEST_HITS) throw refuse("不是命中文件（第一行应为 row,decision,weight）", "This is not a file of hits (its first line is row,decision,weight)");
  const seen = new Set<string>();
  return lines.map((line, i) => {
    const [row = "", decision = "", weight = ""] = line.split(",");
    const record = recordOf.get(row);
    if (record === undefined || seen.has(row)) throw refuse(`第 ${i + 2} 行的行号不属于本次交换或重复；请确认对方以我方标记文件为左侧比对`, `Line ${i + 2} is no row of this exchange, or stands twice; the department must match with our file on the left`);
    seen.add(row);
    if ((decision !== "hit" && decision !== "perhaps") || !Number.isFinite(Number(weight)) || weight === "") throw refuse(`第 ${i + 2} 行无法识别`, `Line ${i + 2} is not understood`);
    return { record, weight: Number(weight), sure: decision === "hit" };
  });
}

/**
 * The department's hits: who of ours stands on its list. The same absences as from a list that was shown are raised, and closed.
 * @throws Problem not-found, move-not-possible, file-not-readable, bad-request, agreement-missing
 */
export async function takeHits(tx: Tx, platform: Platform, key: FusionKey, given: { readonly asOf?: string | undefined }, file: UploadedFile | undefined): Promise<BlindView> {
  if (!file) throw new Problem("bad-request", { zh: "请选择文件", en: "Choose a file" });
  const asOf = given.asOf?.trim() || platform.clock.today();
  if (!isDate(asOf) || asOf > platform.clock.today()) throw new Problem("bad-request", { zh: "数据时点不是有效日期，或晚于今天", en: "The day of the list is no date, or lies ahead" });
  await queries.lock(tx, key);
  const exchange = await made(tx, key);
  if (exchange.state !== "made") throw new Problem("move-not-possible", { zh: "本次交换的命中文件已收回", en: "The hits of this exchange have come back already" });
  const secret = secretOf(platform, exchange);
  const records = (await platform.blobs.get(exchange.county, exchange.recordsSha256)).toString("utf8").split("\n").filter((record) => record !== "");
  const hits = hitsIn(file.bytes, new Map(records.map((record) => [rowIdOf(secret, record), record])));
  const { county, department, purpose, campaignId: campaign } = exchange;
  const { scheme } = await campaignOf(tx, campaign);
  const agreement = await expectAgreement(tx, platform, { county, scheme, department });
  const sure = hits.filter((hit) => hit.sure).length;
  const batch = await addListOfHits(tx, platform, { county, campaign, scheme, department, agreement: agreement.id, keepDays: agreement.keepDays, purpose, asOf, rows: sure, file: file.bytes });
  const { run, counts } = await raiseFromHits(tx, platform, { county, campaign, department, batch, asked: records, hits });
  const told = { people: exchange.people, hits: sure, perhaps: hits.length - sure, absent: counts["differing"] ?? 0, raised: counts["raised"] ?? 0, closed: counts["closed"] ?? 0 };
  await queries.change(tx, key, { state: "returned", asOf, batchId: batch, runId: run, counts: told, returned: true });
  await audit(tx, { action: "blind.hits", purpose, county, area: exchange.area, people: hits.length, detail: { exchange: exchange.id, department, run, ...told } });
  return openExchange(tx, key);
}
