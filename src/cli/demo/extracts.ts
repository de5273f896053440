// The six departments' extracts with differences planted, identities soiled and outsiders mixed in, and their files.
import iconv from "iconv-lite";
import { writeXlsx } from "hucre";
import type { Department, Scheme } from "../../scheme/model.ts";
import { dirtFor, dirty, type Dirt } from "./dirt.ts";
import { type DepartmentKey, type Facts, factsOf, type Listed, type ListRow, type Planted } from "./facts.ts";
import type { Geography } from "./geography.ts";
import { compact, deathDay, listedByPublicSecurity, registerRow } from "./list-identity.ts";
import { listedByCivilAffairs, listedByHousing, listedByMedicalInsurance, listedBySocialInsurance } from "./list-living.ts";
import { listedByMilitary, outsiderService } from "./list-service.ts";
import { makeOutsiders, type Outsider, type OutsiderGroup } from "./outsiders.ts";
import type { Population } from "./people.ts";
import { randomOf, shuffled } from "./random.ts";

/** `person` is a key of a subject or an outsider; `dirt` what is wrong with the identity in this row. */
export type ExtractRow = { readonly person: string; readonly dirt?: Dirt; readonly cells: readonly string[] };
export type Extract = {
  readonly department: DepartmentKey;
  readonly fileName: string;
  readonly encoding: "utf-8" | "gb18030" | "xlsx";
  /** The day the department drew its list. */
  readonly asOf: string;
  readonly headings: readonly string[];
  readonly rows: readonly ExtractRow[];
  readonly planted: readonly Planted[];
};

const FILES: Readonly<Record<DepartmentKey, { readonly name: string; readonly encoding: Extract["encoding"] }>> = {
  public_security: { name: "公安户籍与死亡数据(虚构示例数据).csv", encoding: "utf-8" },
  civil_affairs: { name: "民政社会救助数据(虚构示例数据).xlsx", encoding: "xlsx" },
  social_insurance: { name: "人社社会保险数据(虚构示例数据).csv", encoding: "utf-8" },
  medical_insurance: { name: "医保参保数据(虚构示例数据).csv", encoding: "gb18030" },
  housing: { name: "自然资源和住建住房数据(虚构示例数据).csv", encoding: "gb18030" },
  military_service: { name: "人武部服役名单(虚构示例数据).xlsx", encoding: "xlsx" },
};
/** Day on which all lists were drawn. */
export const AS_OF = "2018-10-31";

/** Outsiders by list. */
const OUTSIDERS: Readonly<Record<DepartmentKey, readonly OutsiderGroup[]>> = {
  public_security: ["resident", "served"],
  civil_affairs: ["assisted"],
  social_insurance: ["insured"],
  medical_insurance: ["insured"],
  housing: ["owner"],
  military_service: ["soldier"],
};
/** How many outsiders of a group there are, as a share of the people; in this order identity numbers are given out. */
const SHARES: readonly (readonly [OutsiderGroup, number])[] = [
  ["resident", 0.15],
  ["served", 0.0025],
  ["soldier", 0.004],
  ["insured", 0.05],
  ["assisted", 0.03],
  ["owner", 0.04],
];

/** Finding that an outsider of the group makes, when any. */
const OUTSIDER_FINDING: Readonly<Partial<Record<OutsiderGroup, string>>> = { served: "P06", soldier: "J04" };

type Source = { readonly seed: number; readonly scheme: Scheme; readonly geography: Geography; readonly population: Population; readonly outsiders: (group: OutsiderGroup) => readonly Outsider[] };

const listed = (source: Source, department: DepartmentKey, facts: Facts): Listed => {
  const random = randomOf(source.seed, department, facts.person.index);
  switch (department) {
    case "public_security":
      return listedByPublicSecurity(random, facts, source.geography);
    case "civil_affairs":
      return listedByCivilAffairs(random, facts);
    case "social_insurance":
      return listedBySocialInsurance(random, facts);
    case "medical_insurance":
      return listedByMedicalInsurance(random, facts);
    case "housing":
      return listedByHousing(random, facts);
    case "military_service":
      return listedByMilitary(random, facts);
  }
};

const outsiderRow = (seed: number, group: OutsiderGroup, outsider: Outsider, index: number): ListRow => {
  const random = randomOf(seed, `row ${group}`, index);
  const identity = { id_number: outsider.idNumber, name: outsider.name };
  switch (group) {
    case "resident":
    case "served":
      return {
        ...identity,
        sex: outsider.sex === "1" ? "男" : "女",
        ethnic: "汉族",
        birth_date: compact(outsider.birth),
        domicile_region: outsider.region,
        domicile_address: outsider.address,
        served: group === "served" ? "是" : random.chance(0.6) ? "否" : "",
        ...(group === "resident" && random.chance(0.02) ? { death_date: deathDay(random) } : {}),
      };
    case "soldier":
      return { ...identity, birth_date: outsider.birth, ...outsiderService(random, outsider.birth) };
    case "assisted":
      return { ...identity, aid_kind: "农村低保", cert_no: `虚助${900_000 + index}`, amount: String(random.between(180, 720)), from_month: "2015-07" };
    case "insured":
      return { ...identity, pension_kind: "城乡居民基本养老保险", insured_as: "城乡居民基本医疗保险", paid_until: "2018-12" };
    case "owner":
      return { ...identity, location: outsider.address, usage: "住宅", area: String(random.between(60, 240)) };
  }
};

type Keyed = { readonly person: string; readonly dirt?: Dirt; readonly row: ListRow };

function subjectRows(source: Source, department: DepartmentKey, facts: readonly Facts[], planted: Planted[]): Keyed[] {
  const rows: Keyed[] = [];
  for (const each of facts) {
    const found = listed(source, department, each);
    if (found.planted) planted.push(found.planted);
    const random = randomOf(source.seed, `dirt ${department}`, each.person.index);
    for (const row of found.rows) {
      const dirt = dirtFor(random, department, each.person, found.planted !== undefined || found.rows.length > 1);
      rows.push(dirt === undefined ? { person: each.person.key, row } : { person: each.person.key, dirt, row: dirty(random, row, dirt) });
    }
  }
  return rows;
}

function outsiderRows(source: Source, department: DepartmentKey, planted: Planted[]): Keyed[] {
  return OUTSIDERS[department].flatMap((group) =>
    source.outsiders(group).map((outsider, i): Keyed => {
      const kind = OUTSIDER_FINDING[group];
      if (kind !== undefined) planted.push({ class: kind, department, person: outsider.key, right: i % 3 === 0 ? "theirs" : "ours", answer: i % 3 === 0 ? "cannot-tell" : "confirm-ours" });
      return { person: outsider.key, row: outsiderRow(source.seed, group, outsider, i) };
    }),
  );
}

/** The heading the supplier writes: the second known one where there is one, as suppliers do not write ours. */
const headingOf = (department: Department, i: number): string => {
  const headings = department.fields[i]?.headings ?? [];
  return headings[department.key === "civil_affairs" || department.key === "medical_insurance" ? 1 : 0] ?? headings[0] ?? "";
};

/** One department's extract. People who refused stand in the household register, unmarked; the dead, moved and unknown of the round are on no list. */
function makeExtract(source: Source, key: DepartmentKey, facts: readonly Facts[]): Extract {
  const department = source.scheme.departments.find((each) => each.key === key);
  if (department === undefined) throw new RangeError(`the scheme has no department ${key}`);
  const planted: Planted[] = [];
  const rows = [...subjectRows(source, key, facts.filter((each) => each.person.final === "accepted"), planted), ...outsiderRows(source, key, planted)];
  if (key === "public_security") {
    for (const each of facts) if (each.person.final === "refused") rows.push({ person: each.person.key, row: registerRow(each, "") });
  }
  const order = shuffled(randomOf(source.seed, `order ${key}`), rows.length);
  const file = FILES[key];
  return {
    department: key,
    fileName: file.name,
    encoding: file.encoding,
    asOf: AS_OF,
    headings: department.fields.map((_, i) => headingOf(department, i)),
    rows: order.map((i): ExtractRow => {
      const { person, dirt, row } = rows[i] as Keyed;
      const cells = department.fields.map((field) => row[field.key] ?? "");
      return dirt === undefined ? { person, cells } : { person, dirt, cells };
    }),
    planted,
  };
}

/** A maker of extracts, one department at a time; the facts of people and the outsiders are drawn once, at the first call. */
export function extractMaker(seed: number, scheme: Scheme, geography: Geography, population: Population): (department: DepartmentKey) => Extract {
  const groups = new Map<OutsiderGroup, readonly Outsider[]>();
  const prepare = (): void => {
    if (groups.size > 0) return;
    for (const [group, share] of SHARES) groups.set(group, makeOutsiders(seed, group, Math.max(2, Math.round(share * population.people.length)), geography, population.people, population.ids));
  };
  let facts: readonly Facts[] | undefined;
  return (department) => {
    prepare();
    facts ??= population.people.filter((person) => person.final === "accepted" || person.final === "refused").map((person) => factsOf(seed, geography, person));
    return makeExtract({ seed, scheme, geography, population, outsiders: (group) => groups.get(group) ?? [] }, department, facts);
  };
}

const quoted = (cell: string): string => (/[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const MADE_ON = new Date(Date.UTC(2018, 9, 31));

/** The bytes of an extract's file: CSV with CRLF (UTF-8 with a byte-order mark, or GB18030), or a workbook whose second sheet says that all is fictional. */
export async function writeExtract(extract: Extract): Promise<Uint8Array> {
  if (extract.encoding === "xlsx") {
    return writeXlsx({
      sheets: [
        { name: "数据", rows: [[...extract.headings], ...extract.rows.map((row) => row.cells.map((cell) => (cell === "" ? null : cell)))] },
        { name: "说明", rows: [["本文件全部为虚构示例数据"], ["All data in this file are fictional."]] },
      ],
      properties: { title: "虚构示例数据", creator: "Qingce demo", created: MADE_ON, modified: MADE_ON },
    });
  }
  const text = [extract.headings, ...extract.rows.map((row) => row.cells)].map((cells) => cells.map(quoted).join(",")).join("\r\n");
  return extract.encoding === "gb18030" ? iconv.encode(`${text}\r\n`, "gb18030") : new TextEncoder().encode(`\ufeff${text}\r\n`);
}
