// A county planted straight into an installation: N accepted records, and as many rows of one department's list with twelve fields that
// are compared, of which a known share differs. Only linking is left out: every record is linked to its row.
import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { newId } from "../../src/core/ids.ts";
import { type Campaign, createCampaign } from "../../src/modules/campaigns/service.ts";
import { groundOf, pathsRead, type Ground } from "../../src/modules/matching/ground.ts";
import { headOf, type Head, type Joined } from "../../src/modules/matching/judge.ts";
import type { NewLink } from "../../src/modules/matching/queries.ts";
import type { Prepared } from "../../src/modules/matching/prepare.ts";
import type { ListRow } from "../../src/modules/matching/values.ts";
import { publishScheme } from "../../src/modules/schemes/service.ts";
import { projectRoot, readConfig } from "../../src/platform/config.ts";
import { systemActor } from "../../src/platform/database.ts";
import { seal } from "../../src/platform/field-cipher.ts";
import { openInstallation, type Installation } from "../../src/platform/start.ts";
import { sealSplit } from "../../src/scheme/differences.ts";
import { onlyAt } from "../../src/scheme/layout.ts";
import type { Answers, Department, DepartmentField, FormAnswers, Scheme } from "../../src/scheme/model.ts";

export const county = 350524;
const village = 350524100201;
export const actor = systemActor("bench", county * 1e6, county * 1e6 + 999_999);

const field = (key: string, kind: DepartmentField["kind"], rule: NonNullable<DepartmentField["rule"]>, finding: string, more: Partial<DepartmentField> = {}): DepartmentField => ({ key, label: { zh: key, en: key }, headings: [key], kind, compares: `general.${key}`, rule, finding, ...more });
const twelve: Department = {
  key: "twelve",
  label: { zh: "十二项", en: "Twelve fields" },
  fields: [
    { key: "id_number", label: { zh: "身份证号", en: "ID" }, headings: ["id"], kind: "id-number", join: "id-number" },
    field("name", "text", "equal-name", "P02", { join: "name" }),
    field("sex", "code", "equal", "P07", { codeSet: "sex" }),
    field("ethnic", "code", "equal", "P08", { codeSet: "ethnic" }),
    field("birth_date", "date", "equal", "P09"),
    field("domicile_region", "area", "equal-area-village", "P03"),
    field("social_assistance", "code", "equal", "M03", { codeSet: "social-assistance" }),
    field("housing_area", "decimal", "within-share", "Z02", { tolerance: 0.05 }),
    field("annual_income", "money", "within-share", "H01", { tolerance: 0.05 }),
    field("housing_fund", "yes-no", "equal", "H02"),
    field("hukou_type", "code", "equal", "J03", { values: { "1": "1", "2": "2" } }),
    field("marital", "code", "equal", "M01", { values: { "21": "21", "10": "10" } }),
    field("education", "code", "equal", "Y01", { values: { "70": "70", "20": "20" } }),
  ],
  absences: [],
};
const scheme: Scheme = { ...veterans, version: `${veterans.version}-bench`, departments: [...veterans.departments, twelve] };
delete (scheme as { follows?: string }).follows;

const right: FormAnswers = { name: "陈虚构", sex: "1", ethnic: "01", birth_date: "1958-03-12", domicile_region: String(village), social_assistance: "4", housing_area: 120.5, annual_income: 12000, housing_fund: false, hukou_type: "1", marital: "21", education: "70", mobile: "13800000000", domicile_address: "某省某县甲镇甲一村1号", categories: ["serving_family"] };
const cells: Readonly<Record<string, string>> = { name: "陈虚构", sex: "1", ethnic: "01", birth_date: "1958-03-12", domicile_region: String(village), social_assistance: "4", housing_area: "120.5", annual_income: "12000", housing_fund: "否", hukou_type: "1", marital: "21", education: "70" };
const wrong: Readonly<Record<string, string>> = { name: "陈另名", sex: "2", ethnic: "10", birth_date: "1959-03-12", domicile_region: "350524101201", social_assistance: "1", housing_area: "90", annual_income: "20000", housing_fund: "是", hukou_type: "2", marital: "10", education: "20" };
export const fields: readonly string[] = Object.keys(cells);
/** One in so many compared values differs. */
export const oneIn = 50;

export type Planted = { readonly installation: Installation; readonly campaign: Campaign; readonly run: string; readonly ground: Ground; readonly heads: Map<string, Head>; readonly rows: Map<number, ListRow>; readonly people: Map<number, Prepared>; readonly links: NewLink[]; readonly joined: Joined[]; readonly stop: () => Promise<void> };

/** Ids in the order of their numbers, as a register grown over time has them. */
const idOf = (n: number, kind: string): string => `${String(n).padStart(8, "0")}-0000-7000-8000-${kind.padStart(12, "0")}`;

export async function plant(count: number): Promise<Planted> {
  const folder = path.join(projectRoot, ".cache", "bench", `findings-${count}-${process.pid}`);
  fs.rmSync(folder, { recursive: true, force: true });
  const installation = await openInstallation(readConfig({ data: folder }));
  const { platform } = installation;
  const owner = new pg.Client(installation.owner);
  await owner.connect();
  for (const [code, level, hi] of [[county * 1e6, 3, county * 1e6 + 999_999], [350524100000, 4, 350524100999], [350524101000, 4, 350524101999], [village, 5, village], [350524101201, 5, 350524101201]]) {
    await owner.query("insert into area (code, level, parent, hi, name, full_name, pinyin, initials, edition, valid_from) values ($1, $2, 350524000000, $3, $4, $4, '', '', 'bench', '2023-01-01') on conflict do nothing", [code, level, hi, `区划${code}`]);
  }
  const campaign = await platform.database.write(systemActor("bench"), async (tx) => {
    const published = await publishScheme(tx, scheme);
    return createCampaign(tx, { scheme: published.scheme, version: published.version, name: { zh: "基准", en: "Bench" }, area: county * 1e6, referenceDate: "2018-10-01", startsOn: "2018-10-01", endsOn: "2019-01-31" });
  });
  const run = newId();
  const batch = newId();
  await owner.query("insert into import_batch (county, id, area, kind, scheme, department, campaign_id, file_name, file_sha256, file_bytes, state, purpose, as_of, sent_by) values ($1, $2, $3, 'extract', 'veterans', 'twelve', $4, 'x.csv', repeat('0', 64), 1, 'uploaded', 'bench', '2018-10-31', 'bench')", [county, batch, county * 1e6, campaign.id]);
  await owner.query("insert into match_run (county, id, area, batch_id, department, campaign_id, asked_by) values ($1, $2, $3, $4, 'twelve', $5, 'bench')", [county, run, county * 1e6, batch, campaign.id]);
  const ground = await platform.database.read(actor, (tx) => groundOf(tx, platform, { county, campaign: campaign.id, department: "twelve" }));
  const only = onlyAt(pathsRead(ground));
  const planted: Planted = { installation, campaign, run, ground, heads: new Map(), rows: new Map(), people: new Map(), links: [], joined: [], stop: async () => { await owner.end(); await installation.stop(); fs.rmSync(folder, { recursive: true, force: true }); } };
  const copy = (table: string, lines: () => Generator<string>): Promise<void> => pipeline(Readable.from(lines()), owner.query(copyFrom(`copy ${table} from stdin`)));
  const answersOf = (n: number): Answers => ({ general: { ...right, name: `陈虚${String.fromCodePoint(0x4e00 + (n % 5000))}` } });
  await copy("subject (county, id, area, name, pinyin, initials, id_digest)", function* () {
    for (let n = 1; n <= count; n += 1) yield `${county}\t${idOf(n, "1")}\t${village}\t${String(answersOf(n)["general"]?.["name"])}\tchen\tc\t\\\\x${platform.keys.blind(String(n)).toString("hex")}\n`;
  });
  await copy("record (county, id, subject_id, area, scheme, version, campaign_id, origin, state, head)", function* () {
    for (let n = 1; n <= count; n += 1) yield `${county}\t${idOf(n, "2")}\t${idOf(n, "1")}\t${village}\t${campaign.scheme}\t${campaign.version}\t${campaign.id}\tbase\taccepted\t1\n`;
  });
  await copy("revision (county, record_id, no, based_on, area, kind, answers, sealed, author)", function* () {
    for (let n = 1; n <= count; n += 1) {
      const { plain, sealed } = sealSplit(ground.scheme, answersOf(n));
      yield `${county}\t${idOf(n, "2")}\t1\t0\t${village}\tbase\t${JSON.stringify(plain)}\t\\\\x${seal(platform.keys, county, idOf(n, "2"), sealed).toString("hex")}\tbench\n`;
    }
  });
  await owner.query("analyze");
  const why = { zh: "公民身份号码一致，姓名一致，出生日期一致", en: "Same ID number, same name, same date of birth" };
  for (let n = 1; n <= count; n += 1) {
    const answers = answersOf(n);
    const given: Record<string, string> = { ...cells, name: String(answers["general"]?.["name"]), id_number: String(n) };
    for (const [index, key] of fields.entries()) if ((n * 7 + index * 13) % oneIn === 0) given[key] = wrong[key] ?? "";
    planted.heads.set(idOf(n, "2"), headOf(ground, { recordId: idOf(n, "2"), subjectId: idOf(n, "1"), area: village, state: "accepted" }, only(answers), String(n)));
    planted.rows.set(n, { no: n, cells: given });
    planted.people.set(n, { name: given["name"] ?? "", id18: String(n), valid: true, birth: "", sex: "", phone: "", area: "" });
    planted.links.push({ row_no: n, area: village, record_id: idOf(n, "2"), subject_id: idOf(n, "1"), member: "", weight: 30, probability: 1, decision: "automatic", why, weighing: null, veto: null, hard: [], other_digest: null, sealed: null, pair_state: null, decision_id: null });
    planted.joined.push({ recordId: idOf(n, "2"), member: "", row: n, sure: true });
  }
  return planted;
}
