// Exchanges without showing lists: the register as a token file for one department under a key of its own, handed out and kept for a time.
import { createHmac, randomBytes } from "node:crypto";
import type { Static } from "typebox";
import { newId } from "../../core/ids.ts";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf } from "../../core/route.ts";
import { addDays } from "../../core/time.ts";
import { scanFreeText } from "../../core/unit-designation.ts";
import { fingerprint, keyCheck, newTokenKey, type Suite, tokenHeader, tokenLine, tokenMaker } from "../../linkage/tokens.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { open, seal } from "../../platform/field-cipher.ts";
import type { FileReply } from "../../platform/http.ts";
import { nameSyllables } from "../../platform/pinyin.ts";
import type { Platform } from "../../platform/platform.ts";
import { closing, type TaskRun } from "../../platform/queue.ts";
import { accountNames } from "../access/service.ts";
import { expectAgreement } from "../exchange/service.ts";
import { groundOf, personOfAnswers, simplified } from "../matching/service.ts";
import { campaignOf } from "../campaigns/service.ts";
import { loadScheme } from "../schemes/service.ts";
import { streamHeads } from "../records/service.ts";
import { states } from "../records/rules.ts";
import type { blindView, makeBlindExchange } from "./contract.ts";
import * as queries from "./blind-queries.ts";
import type { FusionKey } from "./queries.ts";
import { exchangeWiped } from "./rules.ts";
import { labelOfDepartment } from "./view.ts";

export type BlindView = Static<typeof blindView>;
/** `salt` makes the row ids of one exchange; nobody else can tell a record from them. */
export type Secret = { readonly key: string; readonly salt: string };
const stage: Text = { zh: "正在生成加密标记", en: "Making the tokens" };

/** @throws Problem move-not-possible when the key was wiped */
export function secretOf(platform: Platform, exchange: queries.Exchange): Secret {
  if (exchange.sealed === null) throw new Problem("move-not-possible", exchangeWiped);
  return open<Secret>(platform.keys, exchange.county, exchange.id, exchange.sealed);
}
const keyOf = (secret: Secret): Buffer => Buffer.from(secret.key, "hex");
export const rowIdOf = (secret: Secret, record: string): string => createHmac("sha256", Buffer.from(secret.salt, "hex")).update(record).digest().toString("base64url", 0, 12);

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
  const agreement = await expectAgreement(tx, platform, { county, scheme: scheme.key, department: given.department });
  const id = newId();
  const key = newTokenKey();
  const secret: Secret = { key: key.toString("hex"), salt: randomBytes(32).toString("hex") };
  const area = county * 1e6;
  await tx
    .insertInto("blindExchange")
    .values({ county, id, area, campaignId: given.campaign, department: given.department, purpose, suite: given.suite ?? "sha256", sealed: seal(platform.keys, county, id, secret), fingerprint: fingerprint(key), keepUntil: addDays(platform.clock.today(), agreement.keepDays) ?? null, madeBy: tx.actor.account })
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
    // The first line makes the file this exchange's own: the same records of another one are another file.
    const recordsSha256 = await platform.blobs.put(key.county, Buffer.from([`#${key.id}`, ...lines.map(([, record]) => record)].join("\n")));
    return await platform.database.write(task.actor, async (tx) => {
      await queries.change(tx, key, { state: "made", people: lines.length, tokensSha256, recordsSha256, counts: { people: lines.length } });
      await audit(tx, { action: "blind.tokens", purpose: exchange.purpose, county: key.county, area: exchange.area, people: lines.length, detail: { exchange: key.id, department: exchange.department } });
      return { people: lines.length };
    });
  } catch (error) {
    const interrupted = task.signal.aborted || (error instanceof Problem && error.code === "database-away");
    if (!interrupted) await platform.database.write(closing(task.actor), (tx) => queries.change(tx, key, { state: "failed" }));
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
      ...(exchange.keepUntil !== null && { keepUntil: exchange.keepUntil }),
      ...(exchange.wipedAt !== null && { wipedAt: exchange.wipedAt.toISOString() }),
    });
  }
  return views;
}

/** @throws Problem not-found, move-not-possible (not made yet, or wiped) */
export async function made(tx: Tx, key: FusionKey): Promise<queries.Exchange & { readonly tokensSha256: string; readonly recordsSha256: string }> {
  const exchange = await queries.exchangeOf(tx, key);
  if (exchange === undefined) throw new Problem("not-found");
  const { tokensSha256, recordsSha256 } = exchange;
  if (exchange.wipedAt !== null) throw new Problem("move-not-possible", exchangeWiped);
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
