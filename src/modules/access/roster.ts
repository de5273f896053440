// Many accounts at once from a roster workbook: every line is either made, with rights that wait and a code for its slip, or handed back with reasons.
import { newId } from "../../core/ids.ts";
import type { Text } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import type { ReplyOf } from "../../core/route.ts";
import { parseDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { FileReply, UploadedFile } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { designationsIn } from "../../platform/refuse-designations.ts";
import type { Cell } from "../../platform/sheet-row.ts";
import { openSpreadsheet, writeWorkbook } from "../../platform/spreadsheet.ts";
import * as rows from "./account-queries.ts";
import { endFault, rightFault } from "./accounts.ts";
import { issueActivation } from "./activation.ts";
import type { takeRoster } from "./contract.ts";
import * as queries from "./queries.ts";
import { administrators, roles } from "./rules.ts";

type Reply = ReplyOf<typeof takeRoster>;
type Line = Reply["lines"][number];
export const mostLines = 2000;
const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Columns in the order of the template; those with `must` have to be in the sheet. */
const columns = [
  { key: "office", zh: "机构名称", en: "Office", must: true, width: 30 },
  { key: "area", zh: "区划代码", en: "Area code", must: false, width: 16 },
  { key: "name", zh: "姓名", en: "Name", must: true, width: 14 },
  { key: "login", zh: "账号", en: "Login", must: true, width: 20 },
  { key: "roles", zh: "岗位", en: "Roles", must: true, width: 24 },
  { key: "schemes", zh: "业务专项", en: "Schemes", must: false, width: 20 },
  { key: "contract", zh: "合同编号", en: "Contract", must: false, width: 18 },
  { key: "until", zh: "权限截止日", en: "Rights until", must: false, width: 14 },
  { key: "endsOn", zh: "账号有效期", en: "Account until", must: true, width: 14 },
] as const;
type Key = (typeof columns)[number]["key"];
const headings = columns.map(({ zh, en }) => `${zh} ${en}`);

/** The workbook to fill in: one line a person, with the offices and roles that exist. */
export async function rosterTemplate(tx: Tx): Promise<FileReply> {
  const offices = (await queries.allOffices(tx)).filter((office) => !office.closedAt);
  const given = Object.entries(roles).filter(([role]) => !administrators.some((each) => each === role));
  const choices = [["机构名称 Office", "区划代码 Area code", "岗位 Role"], ...Array.from({ length: Math.max(offices.length, given.length) }, (_, i): Cell[] => [offices[i]?.name ?? null, offices[i] ? String(offices[i].area) : null, given[i]?.[1].label.zh ?? null])];
  const bytes = await writeWorkbook([
    { name: "花名册", rows: [headings], headRows: 1, widths: columns.map((column) => column.width), textColumns: columns.map((_, i) => i), choices: [{ column: 0, fromRow: 1, range: `'选项'!$A$2:$A$${offices.length + 1}`, strict: false, lastRow: mostLines }, { column: 4, fromRow: 1, range: `'选项'!$C$2:$C$${given.length + 1}`, strict: false, lastRow: mostLines }] },
    { name: "选项", rows: choices, headRows: 1, widths: [36, 16, 24], textColumns: [1] },
    { name: "说明", rows: [["每行一人。岗位可写多个，用“、”隔开；业务专项写代号，空白为全部；受托采集员须填合同编号和权限截止日。"], ["One person a line. Several roles are parted by “、”; schemes by their keys, empty means all; an entrusted third party needs contract and last day."], ["日期如 2027-06-30。建好的账号权限待安全管理员确认后生效。Rights are in force once the security administrator has confirmed them."]], widths: [110], wrap: true },
  ]);
  return { fileName: "花名册模板.xlsx", mime: xlsx, bytes };
}

const textOf = (cell: Cell | undefined): string => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? "")).trim();

async function readLines(file: UploadedFile): Promise<{ readonly no: number; readonly cells: Record<Key, string> }[]> {
  const sheet = openSpreadsheet(file.bytes);
  const lines: { no: number; cells: Record<Key, string> }[] = [];
  let at: ReadonlyMap<Key, number> | undefined;
  for await (const chunk of sheet.rows(sheet.sheets[0] ?? "")) {
    for (const { no, cells } of chunk) {
      const texts = cells.map(textOf);
      if (texts.every((text) => text === "")) continue;
      if (!at) {
        at = new Map(columns.flatMap(({ key, zh, en }) => [[key, texts.findIndex((text) => [zh, en, `${zh} ${en}`].includes(text))] as const]).filter(([, i]) => i >= 0));
        const missing = columns.filter(({ key, must }) => must && !at?.has(key));
        if (missing.length > 0) throw new Problem("columns-missing", { zh: `缺少列：${missing.map((column) => column.zh).join("、")}`, en: `Missing columns: ${missing.map((column) => column.en).join(", ")}` });
        continue;
      }
      if (lines.length >= mostLines) throw new Problem("file-too-large", { zh: `一次最多 ${mostLines} 人`, en: `${mostLines} people at most at once` });
      lines.push({ no, cells: Object.fromEntries(columns.map(({ key }) => [key, texts[at?.get(key) ?? -1] ?? ""])) as Record<Key, string> });
    }
  }
  if (lines.length === 0) throw new Problem("file-not-readable", { zh: "花名册里没有人", en: "The roster holds nobody" });
  return lines;
}

type Found = { readonly faults: readonly Text[]; readonly wish?: { readonly login: string; readonly name: string; readonly officeId: string; readonly officeName: string; readonly endsOn: string; readonly rights: readonly rows.RightWish[] } };
type Ground = { readonly offices: Awaited<ReturnType<typeof queries.allOffices>>; readonly logins: Set<string>; readonly today: string };
const say = (zh: string, en: string): Text => ({ zh, en });
const parts = (text: string): string[] => text.split(/[、,，;；\s]+/u).filter((part) => part !== "");

/** What one line asks for, or what is wrong with it: all faults at once. */
function judge(cells: Record<Key, string>, ground: Ground): Found {
  const faults: Text[] = [];
  const offices = ground.offices.filter((office) => !office.closedAt && office.name === cells.office && (cells.area === "" || String(office.area) === cells.area));
  if (offices.length !== 1) faults.push(offices.length === 0 ? say(`没有“${cells.office}”这个机构`, `There is no office “${cells.office}”`) : say("有同名机构，请填区划代码", "Several offices have this name; give the area code"));
  if (cells.name === "" || cells.name.length > 50) faults.push(say("姓名为空或超过 50 字", "The name is missing or longer than 50 characters"));
  if (designationsIn({}, cells).length > 0) faults.push(say("内容疑似含部队番号", "The text seems to hold a unit designation"));
  const login = cells.login.toLowerCase();
  if (!/^[a-z0-9][a-z0-9._-]{2,59}$/u.test(login)) faults.push(say("账号应为 3 到 60 个小写字母、数字或 . _ -", "A login is 3 to 60 small letters, digits or . _ -"));
  else if (ground.logins.has(login)) faults.push(say("账号已存在，或在花名册中重复", "The login exists, or stands twice in the roster"));
  const endsOn = parseDate(cells.endsOn);
  if (endsOn === undefined) faults.push(say("账号有效期应如 2027-06-30", "Write the account's last day as 2027-06-30"));
  const ending = endsOn === undefined ? undefined : endFault(endsOn, ground.today);
  if (ending) faults.push(ending);
  const until = cells.until === "" ? undefined : parseDate(cells.until);
  if (cells.until !== "" && until === undefined) faults.push(say("权限截止日应如 2027-06-30", "Write the rights' last day as 2027-06-30"));
  const schemes = parts(cells.schemes);
  const names = parts(cells.roles);
  if (names.length === 0) faults.push(say("岗位为空", "There is no role"));
  const rights = names.map((name): rows.RightWish => {
    const role = Object.entries(roles).find(([key, { label }]) => key === name || label.zh === name || label.en === name)?.[0] ?? name;
    return { role, ...(schemes.length > 0 && { schemes }), ...(until !== undefined && { endsOn: until }), ...(cells.contract !== "" && role === "entrusted" && { contract: cells.contract }) };
  });
  if (new Set(rights.map((right) => right.role)).size < rights.length) faults.push(say("同一岗位写了两次", "A role stands twice"));
  for (const right of rights) {
    const fault = rightFault(right, endsOn ?? ground.today, ground.today);
    if (fault) faults.push(fault);
  }
  const [office] = offices;
  if (faults.length > 0 || !office || endsOn === undefined) return { faults };
  ground.logins.add(login);
  return { faults, wish: { login, name: cells.name, officeId: office.id, officeName: office.name, endsOn, rights } };
}

/**
 * Opens an account for each line without a fault. Codes are in the answer and nowhere else.
 * @throws Problem file-not-readable, columns-missing, file-too-large, sheet-not-found
 */
export async function openByRoster(tx: Tx, platform: Platform, file: UploadedFile | undefined): Promise<Reply> {
  if (!file) throw new Problem("bad-request", { zh: "没有收到文件", en: "No file came" });
  const read = await readLines(file);
  const ground: Ground = { offices: await queries.allOffices(tx), logins: new Set((await queries.allAccounts(tx)).map((account) => account.login)), today: platform.clock.today() };
  const judged = read.map(({ no, cells }) => ({ no, cells, ...judge(cells, ground) }));
  const lines = judged.map(({ no, cells, faults, wish }): Line => ({ no, cells: columns.map(({ key }) => cells[key]), outcome: wish ? "made" : "returned", ...(wish && { login: wish.login }), reasons: [...faults] }));
  const batch = newId();
  const made = judged.flatMap(({ wish }) => (wish ? [{ ...wish, id: newId() }] : []));
  await rows.addBatch(tx, { id: batch, fileName: file.fileName, made: made.length, returned: lines.length - made.length, lines: JSON.stringify(lines), madeAt: platform.clock.now() });
  for (const { id, login, name, officeId, endsOn } of made) await rows.addAccount(tx, { id, login, name, officeId, endsOn, batchId: batch });
  await rows.addRoles(tx, made.flatMap(({ id, rights }) => rights.map((wish) => ({ account: id, wish }))), null);
  await audit(tx, { action: "account.roster", people: 0, detail: { batch, made: made.length, returned: lines.length - made.length } });
  const slips: Reply["slips"] = [];
  for (const { id, login, name, officeName } of made) slips.push({ login, name, office: officeName, ...(await issueActivation(tx, platform, id)) });
  return { batch, made: made.length, returned: lines.length - made.length, lines, slips };
}

/** The lines that came back, as a roster to mend and send again, with the reasons in a last column. @throws Problem not-found */
export async function returnedRoster(tx: Tx, id: string): Promise<FileReply> {
  const batch = await rows.batchById(tx, id);
  if (!batch) throw new Problem("not-found");
  const returned = (batch.lines as unknown as readonly Line[]).filter((line) => line.outcome === "returned");
  const bytes = await writeWorkbook([
    { name: "花名册", rows: [[...headings, "退回原因 Reasons"], ...returned.map((line): Cell[] => [...line.cells, line.reasons.map((reason) => `${reason.zh} ${reason.en}`).join("；")])], headRows: 1, widths: [...columns.map((column) => column.width), 60], textColumns: columns.map((_, i) => i) },
  ]);
  return { fileName: "花名册退回.xlsx", mime: xlsx, bytes };
}
