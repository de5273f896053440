// What is held about a person, shown to that person: their own records by the one function of the database that takes the person out of the scope, sensitive
// items masked, of others in the household only how many; each look leaves a row in the audit of the record's area.
import { sql } from "kysely";
import type { Text } from "../../core/issue.ts";
import { matchName } from "../../core/names.ts";
import type { ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { isSealed } from "../../scheme/differences.ts";
import { answerAt, isRows, placesOf, textOf } from "../../scheme/layout.ts";
import { maskValue } from "../../scheme/masked.ts";
import type { Answers, Group, Scheme, Section } from "../../scheme/model.ts";
import { areaNames } from "../areas/service.ts";
import { ownParts, type Shipped } from "../insight/service.ts";
import { type State, stateLabels } from "../records/rules.ts";
import { unshutAnswers } from "../records/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { getHeld as heldRoute } from "./contract.ts";
import { fieldOf, mayCorrect } from "./forms.ts";
import type { Me } from "./sessions.ts";

export type HeldRow = {
  readonly county: number;
  readonly recordId: string;
  readonly area: number;
  readonly scheme: string;
  readonly version: string;
  readonly campaignId: string;
  readonly state: State;
  readonly head: number;
  readonly updatedAt: Date;
  readonly name: string | null;
  readonly asMember: boolean;
  readonly answers: unknown;
  readonly sealed: Buffer | null;
  readonly provenance: Readonly<Record<string, string>> | null;
};
type Held = ReplyOf<typeof heldRoute>;
type Item = Held["records"][number]["items"][number];

export const heldRows = async (tx: Tx): Promise<readonly HeldRow[]> => (await sql<HeldRow>`select * from security.held_about_me() order by scheme, updated_at desc, record_id`.execute(tx)).rows;

/** A record under my number with another's name is a mistake somewhere: the township settles it, and nothing of it is shown. */
export const isMine = (row: HeldRow, me: Me): boolean => !row.asMember && row.name !== null && matchName(row.name) === matchName(me.identity.name);
export const answersOf = (platform: Platform, row: HeldRow): Answers => (row.head === 0 ? {} : unshutAnswers(platform.keys, row.county, row.recordId, row.answers, row.sealed));

const origins: Readonly<Record<string, Text>> = {
  card: { zh: "身份证读取", en: "Read from the ID card" },
  declared: { zh: "本人申报", en: "Said by the person" },
  self: { zh: "本人自主申报", en: "Declared by myself" },
  base: { zh: "底册", en: "Base list" },
  paper: { zh: "纸质表", en: "Paper form" },
  device: { zh: "入户终端定位", en: "Measured by the terminal at the visit" },
  manual: { zh: "手工录入", en: "Typed in" },
};
const originOf = (from: string | undefined): Text =>
  from?.startsWith("department:") ? { zh: "部门数据", en: "A department's list" } : (origins[from ?? ""] ?? { zh: "采集登记", en: "Collected" });

/** Rows of a household's form that are about the person alone; of sections that name people otherwise, none. */
function ownRows(scheme: Scheme, section: Section, at: string, rows: readonly Group[], me: Me, no: unknown): readonly boolean[] {
  const { members } = scheme;
  if (!members) return rows.map(() => true);
  if (at === members.rows) return rows.map((row) => row[members.idNumber] === me.identity.idNumber);
  if (section.items.some((item) => item.key === "member_no")) return rows.map((row) => no !== undefined && row["member_no"] === no);
  return rows.map(() => !section.items.some((item) => item.kind === "id-number" || item.text === "name"));
}

/** Every answer about the person, in the form's order. */
export function itemsOf(scheme: Scheme, answers: Answers, provenance: Readonly<Record<string, string>>, me: Me, places: ReadonlyMap<string, string> = new Map()): { readonly items: Item[]; readonly others: number } {
  const items: Item[] = [];
  const [memberForm, memberSection] = (scheme.members?.rows ?? ".").split(".");
  const memberRows = answers[memberForm ?? ""]?.[memberSection ?? ""];
  const all = isRows(memberRows) ? memberRows : [];
  const myNo = all.find((row) => row[scheme.members?.idNumber ?? ""] === me.identity.idNumber)?.["member_no"];
  for (const form of scheme.forms) {
    const given = answers[form.key];
    if (!given) continue;
    for (const section of form.sections) {
      const rows = given[section.key];
      const groups: readonly (readonly [string, Group])[] = section.repeats
        ? isRows(rows) ? rows.flatMap((row, i) => (ownRows(scheme, section, `${form.key}.${section.key}`, rows, me, myNo)[i] ? [[`${form.key}.${section.key}[${i}]`, row] as const] : [])) : []
        : [[form.key, given as Group]];
      for (const [at, group] of groups) {
        for (const item of section.items) {
          const value = group[item.key];
          if (value === undefined || value === null || value === "" || isRows(value) || ["photo", "document", "signature"].includes(item.kind)) continue;
          const path = `${at}.${item.key}`;
          const masked = isSealed(item);
          const shown = masked ? maskValue(item, value) : undefined;
          const same = masked ? String(shown) : places.get(String(value));
          const words: Text = same === undefined ? textOf(scheme, item, value) : { zh: same, en: same };
          items.push({ path, label: item.label, value: masked ? null : value, shown: words, masked, from: originOf(provenance[path]), ...(mayCorrect(scheme, path, item) && { mayCorrect: fieldOf(scheme, path, item) }) });
        }
      }
    }
  }
  return { items, others: all.length - all.filter((row) => row[scheme.members?.idNumber ?? ""] === me.identity.idNumber).length };
}

/** Full names of the areas that stand in answers outside rows, by their digits. */
export async function placesIn(tx: Tx, scheme: Scheme, answers: Answers): Promise<ReadonlyMap<string, string>> {
  const codes = placesOf(scheme).flatMap(({ item, path }) => (item.kind === "area" && !path.includes("[") ? [answerAt(answers, path)] : [])).filter((value): value is string => typeof value === "string" && /^\d{12}$/u.test(value));
  return new Map([...(await areaNames(tx, codes.map(Number)))].map(([code, { fullName }]) => [String(code), fullName]));
}

/** One row in the audit for each record that is shown. */
export async function getHeld(tx: Tx, platform: Platform, insights: Shipped, me: Me): Promise<Held> {
  const rows = await heldRows(tx);
  const places = await areaNames(tx, rows.map((row) => row.area));
  const records: Held["records"] = [];
  const asMember: Held["asMember"] = [];
  let otherName = 0;
  for (const row of rows) {
    const { definition } = await loadScheme(tx, row.scheme, row.version);
    const area = { ...places.get(row.area)! };
    if (row.asMember) asMember.push({ label: definition.label, area });
    else if (!isMine(row, me)) otherName += 1;
    else {
      const answers = answersOf(platform, row);
      const { items, others } = itemsOf(definition, answers, row.provenance ?? {}, me, await placesIn(tx, definition, answers));
      const rowOfMe = (one: Group): boolean => one[definition.members?.idNumber ?? ""] === me.identity.idNumber;
      const index = row.head === 0 ? undefined : await ownParts(tx, platform, insights, row, answers, rowOfMe);
      records.push({ county: row.county, id: row.recordId, campaign: row.campaignId, scheme: row.scheme, label: definition.label, area, state: stateLabels[row.state], head: row.head, updatedAt: row.updatedAt.toISOString(), items, others,
        ...(index && { index: { set: index.set, version: index.version, words: index.words, parts: index.parts.map(({ key, dimension, standing, weight, words }) => ({ key, dimension, standing, weight, words })) } }) });
      await audit(tx, { action: "self.read", purpose: "self", county: row.county, area: row.area, recordId: row.recordId, detail: { revision: row.head, ...(index && { index: `${index.set.zh} v${index.version}` }) } });
    }
  }
  if (records.length === 0) await audit(tx, { action: "self.read", purpose: "self", area: 0, people: 0, detail: { asMember: asMember.length, otherName } });
  return { records, asMember, otherName };
}
