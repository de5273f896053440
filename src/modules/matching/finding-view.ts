// Findings as people read them: labels from the scheme, values in words, sensitive values masked unless the case is opened.
import type { Static } from "typebox";
import type { Text } from "../../core/issue.ts";
import { maskId } from "../../core/citizen-id.ts";
import { maskName } from "../../core/names.ts";
import { isSealed } from "../../scheme/differences.ts";
import { itemAt, textOf } from "../../scheme/layout.ts";
import { maskValue } from "../../scheme/masked.ts";
import type { DepartmentField, Scheme, Value } from "../../scheme/model.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { areaNames } from "../areas/service.ts";
import type { findingView } from "./contract.ts";
import { openContent } from "./finding-content.ts";
import { codeSetsOf, groundOf, type Ground } from "./ground.ts";
import type { StoredFinding } from "./queries.ts";
import { ownClass } from "./rules.ts";

export type FindingView = Static<typeof findingView>;
export type FindingRow = StoredFinding & { readonly raisedAt: Date; readonly closedAt: Date | null };

const yesNo = (value: boolean): Text => (value ? { zh: "是", en: "Yes" } : { zh: "否", en: "No" });
const same = (text: string): Text => ({ zh: text, en: text });

/** Their value in their own words: the label of the code set, or the first word the list uses for the code. */
function theirWords(scheme: Scheme, field: DepartmentField, value: Value): Text {
  if (typeof value === "boolean") return yesNo(value);
  const options = field.codeSet === undefined ? undefined : codeSetsOf(scheme).get(field.codeSet)?.options;
  const word = (code: string): Text => options?.find((option) => option.code === code)?.label ?? same(Object.entries(field.values ?? {}).find(([, mapped]) => mapped === code)?.[0] ?? code);
  if (!Array.isArray(value)) return field.kind === "code" ? word(String(value)) : same(String(value));
  const all = value.map(word);
  return { zh: all.map(({ zh }) => zh).join("、"), en: all.map(({ en }) => en).join(", ") };
}

/** The offices that answer for these counties, for a call: of another county nothing else is told. */
async function officesToCall(tx: Tx, counties: readonly number[]): Promise<Map<number, string>> {
  if (counties.length === 0) return new Map();
  const rows = await tx.selectFrom("office").select(["area", "name"]).where("area", "in", [...new Set(counties)].map((county) => county * 1e6)).orderBy("name").execute();
  return new Map(rows.toReversed().map((row) => [row.area / 1e6, row.name]));
}

const elsewhere = (place: string, office: string | undefined): Text => (office === undefined ? same(place) : { zh: `${place}，请联系：${office}`, en: `${place}; please call ${office}` });

const isArea = (value: Value | undefined): value is string => typeof value === "string" && /^\d{12}$/.test(value);

/** @param open true inside a case that was opened, where the values are needed in full */
export async function viewFindings(tx: Tx, platform: Platform, county: number, rows: readonly FindingRow[], open: boolean): Promise<FindingView[]> {
  const grounds = new Map<string, Ground>();
  for (const { campaignId: campaign, department } of rows) {
    const key = `${campaign} ${department}`;
    if (!grounds.has(key)) grounds.set(key, await groundOf(tx, platform, { county, campaign, department }));
  }
  const opened = rows.flatMap((row) => {
    const ground = grounds.get(`${row.campaignId} ${row.department}`);
    if (ground === undefined) return [];
    const content = openContent(platform.keys, county, row.id, row.sealed);
    const item = row.path === null ? undefined : itemAt(ground.scheme, row.path)?.item;
    const field = ground.department.fields.find((each) => each.key === content.field);
    return [{ row, ground, content, item, field }];
  });
  const codes = opened.flatMap(({ row, item, content }) => [row.area, ...(item?.kind === "area" ? [content.ours, content.theirs].filter(isArea).map(Number) : [])]);
  const names = await areaNames(tx, [...codes, ...opened.flatMap(({ content }) => (content.other === undefined ? [] : [content.other * 1e6]))]);
  const offices = await officesToCall(tx, opened.flatMap(({ content }) => content.other ?? []));
  return opened.map(({ row, ground, content, item, field }) => {
    const words = (value: Value | undefined, say: (value: Value) => Text): Text | undefined => {
      if (value === undefined) return undefined;
      if (item !== undefined && (isSealed(item) || item.text === "name") && !open) return same(String(maskValue(item, value)));
      return item?.kind === "area" && isArea(value) ? same(names.get(Number(value))?.fullName ?? value) : say(value);
    };
    const ours = words(content.ours, (value) => (item === undefined ? same(String(value)) : textOf(ground.scheme, item, value)));
    const theirs =
      content.other !== undefined
        ? elsewhere(names.get(content.other * 1e6)?.fullName ?? String(content.other), offices.get(content.other))
        : row.recordId === null
        ? same(`${open ? content.name : maskName(content.name)} ${content.idNumber === undefined ? "" : open ? content.idNumber : maskId(content.idNumber)}`.trim())
        : words(content.theirs, (value) => (field === undefined ? { zh: String(value), en: content.inEnglish ?? String(value) } : theirWords(ground.scheme, field, value)));
    const kind = ownClass(row.class) ?? ground.scheme.findingClasses.find((each) => each.key === row.class);
    const { zh, en } = kind?.label ?? { zh: row.class, en: row.class };
    return {
      county,
      id: row.id,
      class: row.class,
      classLabel: { zh, en },
      department: row.department,
      departmentLabel: { ...ground.department.label },
      ...(row.path !== null && { path: row.path }),
      ...(content.member && { member: { name: maskName(content.name), ...(content.member.idNumber !== "" && { idNumber: maskId(content.member.idNumber) }) } }),
      ...(item && { itemLabel: { ...item.label } }),
      ...(ours !== undefined && { ours: { ...ours } }),
      ...(theirs !== undefined && { theirs: { ...theirs } }),
      authority: row.department,
      state: row.state === "open" ? ("open" as const) : ("closed" as const),
      ...(row.closedBecause !== null && { closedBecause: row.closedBecause }),
      raisedAt: row.raisedAt.toISOString(),
      ...(row.closedAt && { closedAt: row.closedAt.toISOString() }),
      ...(row.recordId !== null && { record: row.recordId }),
      ...(row.caseId !== null && { case: row.caseId }),
      area: names.get(row.area) ?? { code: row.area, name: String(row.area), fullName: String(row.area) },
    };
  });
}
