// The county's base list (底册) as such lists are: mostly right, some of it old, and a little of it wrong in every way that lists are wrong.
// Each row says beforehand what an import must make of it. All rows are invented; the file and its second sheet say so.
import { writeXlsx } from "hucre";
import type { BaseListColumn, Option, Scheme, Value } from "../../scheme/model.ts";
import { itemAt, indexOf } from "../../scheme/layout.ts";
import { type Draft, generalAnswers } from "./answers-general.ts";
import { type Geography, OTHER_COUNTY } from "./geography.ts";
import { fifteenDigits, oneDigitWrong, phoneOf, swapped } from "./ids.ts";
import type { Person } from "./people.ts";
import { randomOf, type Random, weightedTable } from "./random.ts";

/** Faults that must be returned, and oddities that must be accepted. */
export const RETURNED_FAULTS = ["mistyped-id", "pseudo-id", "impossible-date", "unknown-label", "other-county", "duplicate", "unit-designation", "missing-name"] as const;
export const ODDITIES = ["short-id", "loose-date", "older-label", "spaced-name"] as const;
export type RowFault = (typeof RETURNED_FAULTS)[number] | (typeof ODDITIES)[number];

/** A row of the workbook; `row` is its number in the sheet (the headings are row 1). */
export type BaseRow = {
  readonly row: number;
  readonly person: string;
  readonly fault?: RowFault;
  readonly expected: "accepted" | "returned";
  readonly cells: readonly string[];
};
export type BaseListSheet = { readonly headings: readonly string[]; readonly rows: readonly BaseRow[] };

/** Headings that this county writes in another, known way. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  "general.id_number": "公民身份号码",
  "general.domicile_region": "户籍行政区划代码",
  "general.mobile": "手机号码",
};
/** Shares of faulty rows among the rows that may be faulty, in parts of ten thousand. */
const FAULTS = weightedTable<RowFault | "none">([
  ["mistyped-id", 40], ["pseudo-id", 20], ["impossible-date", 20], ["unknown-label", 20], ["other-county", 15], ["duplicate", 25],
  ["unit-designation", 10], ["missing-name", 15], ["short-id", 90], ["loose-date", 150], ["older-label", 200], ["spaced-name", 60], ["none", 9335],
]);
const EVERY_FAULT: readonly RowFault[] = [...RETURNED_FAULTS, ...ODDITIES];
const DESIGNATIONS = ["原115师344团3连", "原某师某团三连", "服役于9师8团7连", "某军某师侦察连"];

const returned = (fault: RowFault | undefined): boolean => (RETURNED_FAULTS as readonly string[]).includes(fault ?? "");

/** The fault planted in a person's row. People who will not be captured have none that would take them off the list. */
export function faultOf(seed: number, person: Person): RowFault | undefined {
  if (!person.onBaseList) return undefined;
  const drawn = EVERY_FAULT[person.index - 30] ?? randomOf(seed, "base-fault", person.index).weighted(FAULTS);
  if (drawn === "none" || person.plan !== "clean") return undefined;
  return drawn === "impossible-date" && person.enlist === undefined ? "mistyped-id" : drawn;
}

/** True when the person's row is taken in by an import, so that the person is known before the round. */
export function isListed(seed: number, person: Person): boolean {
  const fault = faultOf(seed, person);
  return person.onBaseList && (fault === "duplicate" || !returned(fault));
}

const labelOf = (scheme: Scheme, path: string, value: Value | undefined, older: boolean): string => {
  const set = itemAt(scheme, path)?.item.codeSet;
  const options = set === undefined ? undefined : indexOf(scheme).options.get(set);
  const word = (option: Option | undefined, code: string): string => (older ? (option?.alsoWritten?.[0] ?? option?.label.zh) : option?.label.zh) ?? code;
  if (value === undefined) return "";
  if (typeof value === "object") return value.map((code) => word(options?.get(code), code)).join("、");
  return options === undefined ? String(value) : word(options.get(String(value)), String(value));
};

const looseDate = (random: Random, date: string): string => {
  const [y = "", m = "", d = ""] = date.split("-");
  return random.pick([`${y}/${Number(m)}/${Number(d)}`, `${y}${m}${d}`, `${y}年${Number(m)}月${Number(d)}日`, `${y}.${m}.${d}`]);
};

function spoil(random: Random, cells: Map<string, string>, person: Person, fault: RowFault): void {
  const set = (item: string, text: string): Map<string, string> => cells.set(`general.${item}`, text);
  switch (fault) {
    case "mistyped-id":
      return void set("id_number", random.chance(0.5) ? oneDigitWrong(random, person.idNumber) : swapped(random, person.idNumber));
    case "pseudo-id":
      return void set("id_number", random.chance(0.6) ? `B350524${String(person.index).padStart(11, "0")}` : "000000000000000000");
    case "impossible-date":
      return void set("enlist_date", `${(person.enlist ?? "1975").slice(0, 4)}-${random.pick(["02-30", "13-01", "06-31", "11-31"])}`);
    case "unknown-label":
      return void (random.chance(0.5) ? set("categories", random.pick(["老兵", "退役人员(待定)", "军人"])) : set("ethnic", random.pick(["汉人", "不详", "中国"])));
    case "other-county":
      return void set("domicile_region", `${OTHER_COUNTY}100${random.pick(["001", "201", "202"])}`);
    case "unit-designation":
      return void set("remark", random.pick(DESIGNATIONS));
    case "missing-name":
      return void set("name", "");
    case "short-id":
      return void (person.birth < "1970" && set("id_number", fifteenDigits(person.idNumber)));
    case "loose-date":
      for (const item of ["birth_date", "enlist_date", "leave_date"]) {
        const date = cells.get(`general.${item}`) ?? "";
        if (date !== "") set(item, looseDate(random, date));
      }
      return;
    case "spaced-name":
      return void set("name", [...person.name].join(person.name.length === 2 ? "　" : " "));
    case "older-label":
    case "duplicate":
      return;
  }
}

function cellsOf(seed: number, scheme: Scheme, geography: Geography, person: Person, fault: RowFault | undefined): Map<string, string> {
  const random = randomOf(seed, "base-row", person.index);
  const draft: Draft = { ...generalAnswers(randomOf(seed, "answers", person.index), person, geography).draft, remark: random.chance(0.03) ? "虚构示例" : undefined };
  // Lists are old: telephones change, and where people live is often not known.
  const phone = random.unit();
  if (phone < 0.18) draft.mobile = undefined;
  else if (phone < 0.3) draft.mobile = phoneOf(random);
  if (random.chance(0.35)) draft.residence_address = undefined;
  if (random.chance(0.08)) draft.ethnic = undefined;
  draft.categories = person.categories.slice(0, random.chance(0.7) ? undefined : 1);
  if (person.categories.length > 1 && !draft.categories.includes(person.categories[0] ?? "")) draft.categories = person.categories;
  const listedIn = person.plan === "registered-in-other-township" ? geography.townships[person.elsewhere ?? 0] : undefined;
  if (listedIn) draft.domicile_region = listedIn.villages[person.index % listedIn.villages.length]?.code;
  const cells = new Map<string, string>();
  for (const column of scheme.baseList ?? []) {
    const key = column.item.slice(column.item.indexOf(".") + 1);
    cells.set(column.item, labelOf(scheme, column.item, draft[key], fault === "older-label"));
  }
  if (fault !== undefined) spoil(random, cells, person, fault);
  return cells;
}

const headingOf = (column: BaseListColumn): string => {
  const own = OWN_WORDS[column.item];
  return own !== undefined && (column.alsoHeaded ?? []).includes(own) ? own : column.heading;
};

/** The rows of the base list, in the order of the register of areas; second copies of duplicated rows stand at the end. */
export function baseListSheet(seed: number, scheme: Scheme, geography: Geography, people: readonly Person[]): BaseListSheet {
  const columns = scheme.baseList ?? [];
  const listed = people.filter((person) => person.onBaseList);
  const place = (person: Person): number => (person.plan === "registered-in-other-township" ? (person.elsewhere ?? 0) : person.township) * 1000 + person.village;
  listed.sort((a, b) => place(a) - place(b) || a.index - b.index);
  const rows: BaseRow[] = [];
  const copies: { readonly person: Person; readonly cells: readonly string[] }[] = [];
  for (const person of listed) {
    const fault = faultOf(seed, person);
    const found = cellsOf(seed, scheme, geography, person, fault);
    const cells = columns.map((column) => found.get(column.item) ?? "");
    if (fault === "duplicate") copies.push({ person, cells });
    rows.push({
      row: rows.length + 2,
      person: person.key,
      ...(fault !== undefined && fault !== "duplicate" ? { fault } : {}),
      expected: returned(fault) && fault !== "duplicate" ? "returned" : "accepted",
      cells,
    });
  }
  for (const { person, cells } of copies) rows.push({ row: rows.length + 2, person: person.key, fault: "duplicate", expected: "returned", cells });
  return { headings: columns.map(headingOf), rows };
}

const NOTICE = [
  ["本文件全部为虚构示例数据"],
  ["All data in this file are fictional."],
  ["人名、身份证号、电话、地址和经历均由程序生成,不对应任何真实的人;身份证号的顺序码为996至999,不会分配给在世的这些年龄的人。"],
  ["Names, ID numbers, telephones, addresses and lives were generated. ID sequences 996 to 999 are not given to people of these ages."],
  ["区划名称和代码为安溪县真实的公开区划。/ Area names and codes are the real, public ones of Anxi county."],
];
/** Written into the file so that the same seed gives the same bytes. */
const MADE_ON = new Date(Date.UTC(2018, 8, 30));

/** Name of the base-list file. */
export const BASE_LIST_FILE = "安溪县退役军人和其他优抚对象底册(虚构示例数据).xlsx";

/** The workbook: sheet 底册 with the rows, sheet 说明 with the notice that all is fictional. The same rows give the same bytes. */
export async function writeBaseListWorkbook(sheet: BaseListSheet): Promise<Uint8Array> {
  return writeXlsx({
    sheets: [
      { name: "底册", rows: [[...sheet.headings], ...sheet.rows.map((row) => row.cells.map((cell) => (cell === "" ? null : cell)))] },
      { name: "说明", rows: NOTICE },
    ],
    properties: { title: "虚构示例数据", creator: "Qingce demo", created: MADE_ON, modified: MADE_ON },
  });
}
