// Back to the source: for each department a signed workbook of its confirmed errors, each with its own row and value, what we state,
// and whether there is proof; and its error rate by field. Nothing of our records goes with it but the field that was compared.
import { sql } from "kysely";
import { newId } from "../../core/ids.ts";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import type { Department } from "../../scheme/model.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { FileReply, UploadedFile } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { writeWorkbook } from "../../platform/spreadsheet.ts";
import { approvalRefusal, DAYS_TO_DECIDE } from "../access/rules.ts";
import { accountNames, demandSecondPerson, officeOf } from "../access/service.ts";
import { campaignOf } from "../campaigns/service.ts";
import { findingsByIds } from "../matching/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { confirmReturn as confirmRoute, listReturns as listRoute, makeReturn as makeRoute, verifyReturn as verifyRoute } from "./contract.ts";
import { signFile, verifyFile, type Signature } from "./return-signature.ts";

type View = ReplyOf<typeof makeRoute>;
type Rate = View["rates"][number];
type Error = { readonly id: string; readonly rowNo: number | null; readonly batchId: string | null; readonly wiped: boolean; readonly fileName: string | null; readonly fileSha256: string | null; readonly path: string | null; readonly closedOn: string; readonly hasProof: boolean };

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Lists are held until the file is kept, so that none is wiped meanwhile. */
async function confirmedErrors(tx: Tx, county: number, campaign: string, department: string): Promise<Error[]> {
  await sql`select from import_batch where county = ${county} and campaign_id = ${campaign} and department = ${department} for share`.execute(tx);
  const { rows } = await sql<Error>`
    select f.id, f.row_no, b.id as batch_id, coalesce(b.state = 'wiped', false) as wiped, b.file_name, b.file_sha256, f.path, (f.closed_at at time zone 'Asia/Shanghai')::date as closed_on, c.proof_sha256 is not null as has_proof
    from finding f join case_file c on c.county = f.county and c.id = f.case_id
      left join match_run m on m.county = f.county and m.id = f.run_id left join import_batch b on b.county = m.county and b.id = m.batch_id
    where f.county = ${county} and f.campaign_id = ${campaign} and f.department = ${department} and f.closed_because = 'confirmed-ours'
    order by b.file_name, f.row_no, f.id`.execute(tx);
  return rows;
}

/** Errors confirmed of the values compared, by field, of subjects and of members of households; the base are the values that the department's newest list let us compare. */
async function ratesOf(tx: Tx, county: number, campaign: string, department: Department, errors: readonly Error[]): Promise<Rate[]> {
  const { rows } = await sql<{ path: string; compared: number }>`
    select v.path, count(*)::integer as compared from vouch v join record r on r.county = v.county and r.id = v.record_id
    where v.county = ${county} and v.department = ${department.key} and r.campaign_id = ${campaign} group by v.path`.execute(tx);
  const compared = new Map(rows.map((row) => [row.path, row.compared]));
  return department.fields.flatMap((field) => {
    const paths = new Set([field.compares, field.ofMember?.compares].filter((path) => path !== undefined));
    if (paths.size === 0) return [];
    const values = [...paths].reduce((sum, path) => sum + (compared.get(path) ?? 0), 0);
    return [{ field: field.key, label: { zh: field.label.zh, en: field.label.en }, errors: errors.filter((error) => error.path !== null && paths.has(error.path)).length, compared: values }];
  });
}

const WIPED = "（来文已按期清除 the list was wiped）";
const headings = ["来文文件 Your file", "行号 Row", "项目 Field", "贵方数据 Your value", "核实结果 Our statement", "佐证 Proof", "核实日期 Confirmed on"];

/**
 * Makes, signs and keeps the file. Only who leads the county may; what leaves is written down.
 * @throws Problem not-found (the round, the county or the department), disk-full
 */
export async function makeReturn(tx: Tx, platform: Platform, input: BodyOf<typeof makeRoute>): Promise<View> {
  const { county, campaign: campaignId } = input;
  if (county * 1e6 < tx.actor.lo || county * 1e6 + 999_999 > tx.actor.hi) throw new Problem("not-found");
  const campaign = await campaignOf(tx, campaignId);
  const { definition } = await loadScheme(tx, campaign.scheme, campaign.version);
  const department = definition.departments.find((each) => each.key === input.department);
  if (department === undefined) throw new Problem("not-found");
  const errors = await confirmedErrors(tx, county, campaignId, department.key);
  const rates = await ratesOf(tx, county, campaignId, department, errors);
  const views = new Map((await findingsByIds(tx, platform, county, errors.map((error) => error.id))).map((view) => [view.id, view]));
  const at = platform.clock.now().toISOString();
  const lines = errors.map((error) => {
    const view = views.get(error.id);
    const statement = view?.path === undefined ? "经核实，此人情况与贵方名单不符" : `经核实为：${view.ours?.zh ?? ""}`;
    return [error.fileName ?? "（名单中无此人）", error.rowNo, view?.itemLabel?.zh ?? view?.classLabel.zh ?? "", error.wiped ? WIPED : (view?.theirs?.zh ?? ""), statement, error.hasProof ? "有，存于本机构 Held by us" : "无 None", error.closedOn];
  });
  const digests = [...new Map(errors.flatMap((error) => (error.fileName === null ? [] : [[error.fileName, error.fileSha256]]))).entries()];
  const bytes = await writeWorkbook([
    { name: "确认有误的数据", headRows: 1, wrap: true, widths: [30, 8, 22, 26, 34, 24, 14], textColumns: [3, 4], rows: [headings, ...lines] },
    {
      name: "分项差错率",
      headRows: 1,
      widths: [30, 22, 18, 12],
      rows: [["项目 Field", "确认有误 Confirmed errors", "比对数 Compared", "差错率 Rate"], ...rates.map((rate) => [rate.label.zh, rate.errors, rate.compared, rate.compared === 0 ? null : rate.errors / rate.compared])],
    },
    { name: "说明", wrap: true, widths: [26, 70], rows: [["部门 Department", department.label.zh], ["生成时间 Made at", at], ["条数 Rows", errors.length], ["口径 Basis", "差错率＝县级凭证明材料认定为对方有误的条数 ÷ 该项已比对的条数。行号为来文文件中的行号。Errors confirmed by the county with proof, of the values compared; rows as numbered in your file."], ...digests.map(([name, digest]) => [`来文 SHA-256：${name}`, digest])] },
  ]);
  const signature = await signFile(platform.keys, bytes, at);
  const blob = await platform.blobs.put(county, bytes);
  const id = newId();
  const office = await officeOf(tx, tx.actor.account);
  if (office === null) throw new Problem("not-allowed");
  await tx
    .insertInto("returnFile")
    .values({ county, id, askedOffice: office, askedArea: tx.actor.area, validUntil: new Date(platform.clock.now().getTime() + DAYS_TO_DECIDE * 86_400_000), area: county * 1e6, campaignId, department: department.key, rows: errors.length, rates: JSON.stringify(rates), batches: [...new Set(errors.flatMap((error) => (error.batchId === null || error.wiped ? [] : [error.batchId])))], sha256: signature.sha256, blobSha256: blob, signature: JSON.stringify(signature), madeBy: tx.actor.account })
    .execute();
  await audit(tx, { action: "return.make", purpose: "return-to-source", county, area: county * 1e6, people: errors.length, detail: { return: id, department: department.key, sha256: signature.sha256 } });
  return only(await viewsOf(tx, platform, await stored(tx, county, id)));
}

const notNow = (zh: string, en: string): Problem => new Problem("move-not-possible", { zh, en });

/**
 * A second person lets the file go, as it is: nothing of it leaves before.
 * @param sha256 of the file as that person saw it
 * @throws Problem not-found, second-person-needed, changed-meanwhile, move-not-possible (confirmed, wiped, too late, or no longer what is confirmed of the department's data)
 */
export async function confirmReturn(tx: Tx, platform: Platform, county: number, id: string, { sha256 }: BodyOf<typeof confirmRoute>): Promise<View> {
  await tx.selectFrom("returnFile").select("id").where("county", "=", county).where("id", "=", id).forUpdate().executeTakeFirst();
  const row = only(await stored(tx, county, id));
  await campaignOf(tx, row.campaignId);
  if (row.askedOffice === null || row.askedArea === null || row.validUntil === null) throw notNow("此文件生成时没有经第二人确认的规定，请重新生成", "It was made before a second person was asked for; make it anew");
  await demandSecondPerson(tx, { askedBy: row.madeBy, askedOffice: row.askedOffice, askedArea: row.askedArea });
  if (row.confirmedBy !== null) throw notNow("已经确认过", "It was confirmed already");
  if (row.validUntil <= platform.clock.now()) throw notNow("已超过确认期限，请重新生成", "Its time to be confirmed has ended; make it anew");
  if (row.wipedAt !== null) throw notNow("所引用的名单已清除，请重新生成", "A list that it cites was wiped; make it anew");
  if (row.sha256 !== sha256 || (await confirmedErrors(tx, county, row.campaignId, row.department)).length !== row.rows) throw new Problem("changed-meanwhile", { zh: "认定有误的数据已有变化，请重新生成后再确认", en: "What is confirmed of their data has changed; make the file anew" });
  await tx.updateTable("returnFile").set({ confirmedBy: tx.actor.account, confirmedAt: platform.clock.now(), confirmedSha256: sha256 }).where("county", "=", county).where("id", "=", id).execute();
  await audit(tx, { action: "return.confirm", purpose: "return-to-source", county, area: row.area, people: row.rows, detail: { return: id, sha256 } });
  return only(await viewsOf(tx, platform, await stored(tx, county, id)));
}

const stored = (tx: Tx, county?: number, id?: string) => {
  const all = tx.selectFrom("returnFile").selectAll().orderBy("at", "desc").limit(200);
  return (county === undefined || id === undefined ? all : all.where("county", "=", county).where("id", "=", id)).execute();
};
const only = <T>([first]: readonly T[]): T => {
  if (first === undefined) throw new Problem("not-found");
  return first;
};

async function viewsOf(tx: Tx, platform: Platform, rows: Awaited<ReturnType<typeof stored>>): Promise<View[]> {
  const names = await accountNames(tx, rows.flatMap((row) => [row.madeBy, ...(row.confirmedBy === null ? [] : [row.confirmedBy])]));
  const reader = { ...tx.actor, office: await officeOf(tx, tx.actor.account) };
  const labels = new Map<string, { zh: string; en: string }>();
  for (const campaignId of new Set(rows.map((row) => row.campaignId))) {
    const campaign = await tx.selectFrom("campaign").select(["scheme", "version"]).where("id", "=", campaignId).executeTakeFirstOrThrow();
    const { definition } = await loadScheme(tx, campaign.scheme, campaign.version);
    for (const { key, label } of definition.departments) labels.set(`${campaignId} ${key}`, { zh: label.zh, en: label.en });
  }
  return rows.map((row) => ({
    county: row.county,
    id: row.id,
    department: row.department,
    departmentLabel: labels.get(`${row.campaignId} ${row.department}`) ?? { zh: row.department, en: row.department },
    campaign: row.campaignId,
    rows: row.rows,
    rates: row.rates as unknown as Rate[],
    sha256: row.sha256,
    keyId: (row.signature as unknown as Signature).keyId,
    madeBy: names.get(row.madeBy) ?? row.madeBy,
    at: row.at.toISOString(),
    ...(row.validUntil && { validUntil: row.validUntil.toISOString() }),
    state: row.confirmedBy !== null ? ("confirmed" as const) : row.validUntil === null || row.validUntil <= platform.clock.now() ? ("expired" as const) : ("waiting" as const),
    ...(row.confirmedBy !== null && row.confirmedAt && { confirmedBy: names.get(row.confirmedBy) ?? row.confirmedBy, confirmedAt: row.confirmedAt.toISOString() }),
    ...refusalIn(approvalRefusal({ askedBy: row.madeBy, askedOffice: row.askedOffice ?? "", askedArea: row.askedArea ?? 0 }, reader)),
    ...(row.wipedAt !== null && { wipedAt: row.wipedAt.toISOString() }),
  }));
}

const refusalIn = (why: Text | undefined): { cannotConfirm?: { zh: string; en: string } } => (why ? { cannotConfirm: { ...why } } : {});

export const listReturns = async (tx: Tx, platform: Platform): Promise<ReplyOf<typeof listRoute>> => ({ rows: await viewsOf(tx, platform, await stored(tx)) });

const nameOf = (row: { readonly department: string; readonly at: Date; readonly id: string }): string => `return-${row.department}-${row.at.toISOString().slice(0, 10)}-${row.id.slice(-6)}`;

/** The workbook as it was signed. The download is recorded. @throws Problem not-found, move-not-possible when it went with its lists, second-person-needed */
export async function returnFile(tx: Tx, platform: Platform, county: number, id: string): Promise<FileReply> {
  const row = only(await stored(tx, county, id));
  if (row.wipedAt !== null) throw new Problem("move-not-possible", { zh: "所引用的名单已按期清除，反馈文件内容随之清除；签名和摘要仍可用于核验对方留存的文件", en: "A list that it cites was wiped, and the file's content with it; signature and digest still verify the department's copy" });
  if (row.confirmedBy === null || row.confirmedSha256 !== row.sha256) throw new Problem("second-person-needed", { zh: "须由另一机构或上级机构的人员确认后才能取走", en: "A person of another office or of a higher level confirms it before it leaves" });
  const bytes = await platform.blobs.get(county, row.blobSha256);
  await audit(tx, { action: "return.download", purpose: "return-to-source", county, area: row.area, people: row.rows, detail: { return: id } });
  return { fileName: `${nameOf(row)}.xlsx`, mime: xlsx, bytes };
}
/** @throws Problem not-found */
export async function returnSignature(tx: Tx, county: number, id: string): Promise<FileReply> {
  const row = only(await stored(tx, county, id));
  return { fileName: `${nameOf(row)}.xlsx.sig.json`, mime: "application/json", bytes: Buffer.from(`${JSON.stringify(row.signature, null, 2)}\n`) };
}
/** @throws Problem bad-request when no file came */
export async function verifyReturn(platform: Platform, input: BodyOf<typeof verifyRoute>, file: UploadedFile | undefined): Promise<ReplyOf<typeof verifyRoute>> {
  if (file === undefined) throw new Problem("bad-request");
  const { why, ...verdict } = await verifyFile(file.bytes, input.signature, platform.keys.signing());
  return { ...verdict, why: { ...why } };
}
