// The visible mark of a copy: who asked, who approved, for what, for whom, until when, which copy; as one line over the data and as a sheet.
import { sql } from "kysely";
import type { Tx } from "../../platform/database.ts";
import { accountNames } from "../access/service.ts";
import { areaNames } from "../areas/service.ts";
import { fieldsAsked } from "./fields.ts";
import type { ReleaseRow } from "./queries.ts";
import type { Ground } from "./risk.ts";
import { copyName, purposeLabels, shapeLabels } from "./rules.ts";

export type Heading = { readonly copy: string; readonly line: string; readonly columns: readonly string[]; readonly about: readonly (readonly [string, string])[] };

export async function headingOf(tx: Tx, row: ReleaseRow, ground: Ground, asOf: Date): Promise<Heading> {
  const names = await accountNames(tx, [row.askedBy, row.decidedBy ?? ""]);
  const offices = await tx.selectFrom("office as o").innerJoin("account as a", "a.officeId", "o.id").select(["o.name", sql<string>`a.id::text`.as("account")]).where("a.id", "in", [row.askedBy, row.decidedBy ?? row.askedBy]).execute();
  const who = (account: string): string => `${names.get(account) ?? account}（${offices.find((office) => office.account === account)?.name ?? ""}）`;
  const area = (await areaNames(tx, [row.area])).get(row.area)?.fullName ?? String(row.area);
  const { query } = row;
  const copy = copyName(row.county, row.copyNo);
  const at = asOf.toISOString().slice(0, 19).replace("T", " ");
  const purpose = purposeLabels[query.purpose];
  const fields = fieldsAsked(ground.scheme, query.fields);
  const line = `审批导出 副本号 ${copy}｜接收 ${query.receiver.name}｜用途 ${purpose.zh}（${query.ground}）｜申请 ${who(row.askedBy)}｜批准 ${who(row.decidedBy ?? "")}｜数据时点 ${at} UTC｜使用至 ${query.keepUntil}，到期销毁｜不得转发、公开；采集数据不作为享受待遇的依据`;
  return {
    copy,
    line,
    columns: fields.map(({ choice, as }) => (as === "value" || as === "full" ? choice.label.zh : `${choice.label.zh}（${shapeLabels[as].zh}）`)),
    about: [
      ["副本号 Copy", copy],
      ["接收方 Receiver", query.receiver.name],
      ["用途 Purpose", `${purpose.zh} / ${purpose.en}`],
      ["依据 Ground", query.ground],
      ["范围 Area", `${area}｜${ground.campaign.nameZh}`],
      ["申请 Asked by", who(row.askedBy)],
      ["批准 Approved by", who(row.decidedBy ?? "")],
      ["申请内容摘要 Digest of the query", row.digest],
      ["数据时点 As of", `${at} UTC`],
      ["使用至 Keep until", `${query.keepUntil}，到期销毁并书面告知 / destroy then, and say so in writing`],
      ["限制 Limits", "不得转发、公开；采集数据不作为享受待遇的依据 / Not to be passed on or published; not a basis for benefits"],
      ["单引号 Apostrophe", "可能被当作公式的文字前加有单引号，qingce release open --restore 可还原 / Texts that could be taken for formulas have an apostrophe in front; qingce release open --restore takes it off"],
      ...fields.map(({ choice, as, reason }) => [`字段 Field：${choice.label.zh}`, `${shapeLabels[as].zh} / ${shapeLabels[as].en}${reason === undefined ? "" : `；${reason}`}`] as const),
    ],
  };
}

export const aboutRows = (heading: Heading): readonly (readonly string[])[] => heading.about;
