// The inbox folder: departments put their lists into `<inbox>/<department>/` (or `<county>-<department>`); the worker takes each file once it
// has rested, and moves it to done/ or returned/ with a receipt beside it. The same bytes are never taken twice.
import fs from "node:fs/promises";
import path from "node:path";
import type { Text } from "../../core/issue.ts";
import { Problem, problemBody } from "../../core/problem.ts";
import { type Actor, systemActor } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { mostFileBytes } from "../../platform/spreadsheet.ts";
import { type AgreementRow, stateOf } from "./agreements.ts";
import { receiptOf, sha256Of, takeDelivery, viewFor, workOff } from "./deliver.ts";
import { machine } from "./knocking.ts";
import { folders, type InboxFolders } from "./inbox-folders.ts";
import { campaignsOfScheme } from "./queries.ts";
import { makeReturnedFile } from "./service.ts";

const duty = systemActor("inbox");
/** A file is taken when nobody has written to it for so long. */
export const SETTLE_MS = 5_000;
const KEPT_RETURNED_DAYS = 30;

/** One round over the folders. @returns how many files were taken or returned. @throws what the file system says when the inbox cannot be read */
export async function takeInbox(platform: Platform, signal: AbortSignal, settleMs: number = SETTLE_MS): Promise<number> {
  const places = folders(platform);
  if (places === undefined) return 0;
  const entries = await fs.readdir(places.root, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => (error.code === "ENOENT" ? [] : Promise.reject(error)));
  let handled = 0;
  for (const entry of entries) {
    if (!entry.isDirectory() || entry.name === "done" || entry.name === "returned") continue;
    for (const name of (await fs.readdir(path.join(places.root, entry.name))).toSorted()) {
      if (signal.aborted) return handled;
      if (!name.startsWith(".") && !/\.(?:tmp|part|filepart|crdownload)$/iu.test(name)) handled += await takeOne(platform, places, entry.name, name, signal, settleMs);
    }
  }
  return handled;
}

async function takeOne(platform: Platform, places: InboxFolders, folder: string, name: string, signal: AbortSignal, settleMs: number): Promise<number> {
  const file = path.join(places.root, folder, name);
  const stat = await fs.lstat(file).catch(() => undefined);
  if (!stat?.isFile() || Date.now() - Math.floor(stat.mtimeMs) < settleMs) return 0;
  if (stat.size > mostFileBytes) return back(places, folder, file, name, "", new Problem("file-too-large"));
  const bytes = await fs.readFile(file);
  const after = await fs.stat(file).catch(() => undefined);
  if (after?.size !== stat.size || after.mtimeMs !== stat.mtimeMs) return 0;
  const sha256 = sha256Of(bytes);
  const match = /^(?:(\d{6})-)?([a-z0-9_]+)$/u.exec(folder);
  try {
    await platform.scan?.(bytes);
    const agreement = await agreementFor(platform, match?.[2] ?? "", match?.[1] === undefined ? undefined : Number(match[1]));
    return await taken(platform, places, { folder, file, name, bytes, sha256, agreement }, signal);
  } catch (error) {
    if (!(error instanceof Problem) || ["database-away", "disk-full", "scanner-away"].includes(error.code)) throw error;
    return back(places, folder, file, name, sha256, error);
  }
}

/** The one agreement in force for the department, in the whole installation or the named county. @throws Problem agreement-missing, bad-request when several counties have one */
async function agreementFor(platform: Platform, department: string, county: number | undefined): Promise<AgreementRow> {
  const rows = await platform.database.read(duty, (tx) => tx.selectFrom("agreement").selectAll().where("department", "=", department).orderBy("at", "desc").execute());
  const inForce = rows.filter((row) => (county === undefined || row.county === county) && stateOf(row, platform.clock.today()) === "in-force");
  const [first] = inForce;
  if (!first) throw new Problem("agreement-missing");
  if (inForce.some((row) => row.county !== first.county)) throw new Problem("bad-request", { zh: "有多个县（区）与该部门签有协议，请放入“县代码-部门”文件夹", en: "Several counties have an agreement with the department; use a folder <county>-<department>" });
  return first;
}

type Found = { readonly folder: string; readonly file: string; readonly name: string; readonly bytes: Buffer; readonly sha256: string; readonly agreement: AgreementRow };

async function taken(platform: Platform, places: InboxFolders, found: Found, signal: AbortSignal): Promise<number> {
  const { agreement, sha256, name, bytes } = found;
  const { county, department } = agreement;
  const actor = machine("inbox", county, department);
  const before = await platform.database.read(actor, (tx) => tx.selectFrom("inboxFile").select(["batchId", "fileName"]).where("county", "=", county).where("department", "=", department).where("sha256", "=", sha256).executeTakeFirst());
  if (before?.batchId != null) return again(platform, places, found, actor, { batchId: before.batchId, fileName: before.fileName }, signal);
  const batch = await platform.database.write(actor, async (tx) => {
    const campaign = (await campaignsOfScheme(tx, agreement.scheme))[0]?.id;
    if (campaign === undefined) throw new Problem("bad-request", { zh: "没有可用的采集轮次", en: "There is no round this list could belong to" });
    const key = await takeDelivery(tx, platform, { department, campaign, purpose: agreement.purpose, fileName: name, bytes, cameBy: "inbox" });
    await tx.insertInto("inboxFile").values({ county, department, sha256, area: actor.area, fileName: name.slice(0, 200), outcome: "taken", batchId: key.id }).execute();
    return key;
  });
  await workOff(platform, actor, batch, signal);
  return settle(platform, places, found, actor, batch.id);
}

/** The bytes are known: a run that was cut short goes on and the file is moved; a copy that comes later is handed back. */
async function again(platform: Platform, places: InboxFolders, found: Found, actor: Actor, { batchId, fileName }: { readonly batchId: string; readonly fileName: string }, signal: AbortSignal): Promise<number> {
  await workOff(platform, actor, { county: found.agreement.county, id: batchId }, signal);
  const moved = await fs.access(path.join(places.done, found.folder, doneName({ ...found, name: fileName }))).then(() => true, () => false);
  const view = await viewFor(platform, actor, { county: found.agreement.county, id: batchId });
  if (!moved && found.name === fileName && view.state === "done") return settle(platform, places, found, actor, batchId);
  const at = view.at.slice(0, 10);
  return back(places, found.folder, found.file, found.name, found.sha256, new Problem("already-exists", { zh: `同一文件已于${at}收到，未重复处理`, en: `The same file came on ${at}; it was not taken again` }));
}

const doneName = ({ sha256, name }: Pick<Found, "sha256" | "name">): string => `${sha256.slice(0, 12)}-${name}`;

async function settle(platform: Platform, places: InboxFolders, found: Found, actor: Actor, batchId: string): Promise<number> {
  const key = { county: found.agreement.county, id: batchId };
  const view = await viewFor(platform, actor, key);
  const receipt = { ...receiptOf(view, found.sha256), at: platform.clock.now().toISOString() };
  if (view.state === "done" && view.returned > 0) {
    const reply = await platform.database.write(actor, (tx) => makeReturnedFile(tx, platform, key));
    await put(path.join(places.returned, found.folder), `${found.sha256.slice(0, 12)}-${reply.fileName}`, reply.bytes);
  }
  await move(found.file, path.join(places.done, found.folder), doneName(found), receipt);
  return 1;
}

/** A file that cannot be taken goes back whole, with the reason beside it. */
async function back(places: InboxFolders, folder: string, file: string, name: string, sha256: string, problem: Problem): Promise<number> {
  const { code, title, detail, issues } = problemBody(problem);
  const said: { readonly title: Text; readonly detail?: Text } = { title, ...(detail && { detail }) };
  await move(file, path.join(places.returned, folder), `${sha256.slice(0, 12) || Date.now()}-${name}`, { fileName: name, sha256, state: "returned", problem: code, ...said, ...(issues && { issues }) });
  return 1;
}

async function put(folder: string, name: string, bytes: Uint8Array | string): Promise<void> {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  await fs.writeFile(path.join(folder, name), bytes, { mode: 0o600 });
}

/** The receipt first: a file that was moved always has one. */
async function move(file: string, folder: string, name: string, receipt: unknown): Promise<void> {
  await put(folder, `${name}.receipt.json`, `${JSON.stringify(receipt, undefined, 2)}\n`);
  await fs.rename(file, path.join(folder, name));
}

/** What was handed back is kept thirty days for the department to fetch; receipts stay. */
export async function clearReturned(platform: Platform): Promise<void> {
  const places = folders(platform);
  if (places === undefined) return;
  const names = await fs.readdir(places.returned, { recursive: true }).catch(() => []);
  for (const name of names) {
    const file = path.join(places.returned, name);
    const stat = await fs.lstat(file).catch(() => undefined);
    if (stat?.isFile() && !name.endsWith(".receipt.json") && Date.now() - stat.mtimeMs > KEPT_RETURNED_DAYS * 86_400_000) await fs.rm(file, { force: true });
  }
}
