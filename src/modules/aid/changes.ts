// What becomes of households: a member leaves or comes, a household splits or merges, and an office settles where a person belongs who stood in two.
import { sql } from "kysely";
import { checkCitizenId } from "../../core/citizen-id.ts";
import { levelOf } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { isDate } from "../../core/time.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import { emit } from "../../platform/journal.ts";
import { open, seal } from "../../platform/field-cipher.ts";
import type { Platform } from "../../platform/platform.ts";
import { campaignOf } from "../campaigns/service.ts";
import { loadScheme } from "../schemes/service.ts";
import type { addSupport as supportRoute, changeHousehold as changeRoute } from "./contract.ts";
import { aidEvents } from "./events.ts";
import { shownOf } from "./facts.ts";
import { type HouseholdRow, householdForUpdate } from "./register.ts";
import { type changeKinds, fenOf, isHead, type Leaving, MOST_MEMBERS } from "./rules.ts";
import { circleAmong } from "./support.ts";

type At = { readonly county: number; readonly id: string };
type Given = BodyOf<typeof changeRoute>;
type Change = (typeof changeKinds)[number];
type Done = { readonly other?: string; readonly contested: boolean };
type Member = {
  readonly no: number;
  readonly digest: string | null;
  readonly sealed: Buffer | null;
  readonly sex: string | null;
  readonly birthDate: string | null;
  readonly relation: string;
  readonly able: boolean | null;
  readonly employed: boolean | null;
  readonly since: string;
  readonly contested: boolean;
};

const lock = (tx: Tx, county: number): Promise<unknown> => sql`select pg_advisory_xact_lock(hashtextextended(${`households:${county}`}, 0))`.execute(tx);
const say = (tx: Tx, at: At, row: HouseholdRow, kind: Change, on: string, other: string | null, detail: Readonly<Record<string, unknown>> = {}): Promise<unknown> =>
  sql`insert into household_change (county, id, household_id, area, scheme, kind, on_day, other_household, detail, by)
    values (${at.county}, ${newId()}::uuid, ${at.id}::uuid, ${row.area}, ${row.scheme}, ${kind}, ${on}::date, ${other}::uuid, ${JSON.stringify(detail)}::jsonb, ${tx.actor.account})`.execute(tx);

async function membersOf(tx: Tx, at: At): Promise<Member[]> {
  const { rows } = await sql<Member>`select no, encode(person_digest, 'hex') as digest, sealed, sex, birth_date, relation, able, employed, since, contested from household_member where county = ${at.county}
      and household_id = ${at.id}::uuid and until is null order by no`.execute(tx);
  return rows;
}
const count = (tx: Tx, at: At): Promise<unknown> =>
  sql`update household h set (people, employed) = (select count(*), count(*) filter (where m.employed) from household_member m where m.county = h.county and m.household_id = h.id
    and m.until is null) where h.county = ${at.county} and h.id = ${at.id}::uuid`.execute(tx);

/** @throws Problem not-found, bad-request (days, members, more than thirty), move-not-possible (ended) */
export async function changeHousehold(tx: Tx, platform: Platform, at: At, given: Given): Promise<ReplyOf<typeof changeRoute>> {
  await lock(tx, at.county);
  const row = await householdForUpdate(tx, at);
  if (row.endedOn !== null) throw new Problem("move-not-possible", { zh: "该家庭已销户", en: "The household has ended" });
  if (!isDate(given.on) || given.on > platform.clock.today()) throw new Problem("bad-request", { zh: "日期不正确或晚于今天", en: "The day is none, or in the future" });
  const members = await membersOf(tx, at);
  const done = await apply(tx, platform, at, row, members, given);
  await count(tx, at);
  if (done.other !== undefined) await count(tx, { county: at.county, id: done.other });
  await emit(tx, [{ kind: aidEvents.householdChanged, county: at.county, area: row.area,
    data: { household: at.id, kind: given.change, ...(done.other !== undefined && { other: done.other }) } }]);
  await audit(tx, {
    action: "household.change",
    county: at.county,
    area: row.area,
    ...(row.recordId !== null && { recordId: row.recordId }),
    detail: { household: at.id, change: given.change, ...(done.other !== undefined && { other: done.other }) },
  });
  return { household: at.id, ...done };
}

function apply(tx: Tx, platform: Platform, at: At, row: HouseholdRow, members: readonly Member[], given: Given): Promise<Done> {
  switch (given.change) {
    case "split":
      return split(tx, platform, at, row, members, given);
    case "merge":
      return merge(tx, platform, at, row, members, given);
    case "leave":
      return leave(tx, at, row, members, given);
    case "join":
      return join(tx, platform, at, row, members, given);
    case "relations":
      return relations(tx, at, row, members, given);
    case "settle":
      return settle(tx, at, row, members, given);
  }
}

const gone = (tx: Tx, at: At, nos: readonly number[], on: string, why: Leaving): Promise<unknown> =>
  sql`update household_member set until = greatest(since, ${on}::date), why_left = ${why}, contested = false where county = ${at.county} and household_id = ${at.id}::uuid
    and no = any(${[...nos]}::int[]) and until is null`.execute(tx);

/** Where a person stood in two places and one is left, the other counts again. */
const uncontest = (tx: Tx, county: number, scheme: string, digests: readonly string[]): Promise<unknown> =>
  sql`select security.uncontest_people(${county}, ${scheme}, ${[...digests]}::text[])`.execute(tx);

const named = (members: readonly Member[], nos: readonly number[]): Member[] => {
  const found = members.filter((member) => nos.includes(member.no));
  if (found.length !== new Set(nos).size) throw new Problem("bad-request", { zh: "所选成员不在此家庭", en: "Somebody named is no member of the household" });
  return found;
};

/** Copies members to another household; what is shown of them is sealed anew, bound to where they stand. What they were to the head they left says nothing there. */
async function bring(tx: Tx, platform: Platform, from: At, to: At, row: HouseholdRow, members: readonly Member[], on: string, firstNo: number): Promise<void> {
  let no = firstNo;
  for (const member of members) {
    const sealed = member.sealed && seal(platform.keys, to.county, to.id, open(platform.keys, from.county, from.id, member.sealed));
    await sql`insert into household_member (county, household_id, no, area, scheme, person_digest, sealed, sex, birth_date, relation, able, employed, since, contested, by_office)
      values (${to.county}, ${to.id}::uuid, ${no}, ${row.area}, ${row.scheme}, decode(${member.digest}, 'hex'), ${sealed}, ${member.sex}, ${member.birthDate}::date, '',
        ${member.able}, ${member.employed}, ${on}::date, ${member.contested}, true)`.execute(tx);
    no += 1;
  }
}
const nextNo = async (tx: Tx, at: At): Promise<number> =>
  (await sql<{ n: number }>`select coalesce(max(no), 0)::int + 1 as n from household_member where county = ${at.county} and household_id = ${at.id}::uuid`.execute(tx)).rows[0]?.n ?? 1;

async function split(tx: Tx, platform: Platform, at: At, row: HouseholdRow, members: readonly Member[], given: Extract<Given, { change: "split" }>): Promise<Done> {
  const leaving = named(members, given.members);
  if (leaving.length === members.length || leaving.some((member) => isHead(member.relation))) throw new Problem("bad-request", { zh: "户主和全部成员不能分出", en: "The head stays, and so does somebody" });
  const other = newId();
  await sql`insert into household (county, id, area, scheme, campaign_id, formed_on) values (${at.county}, ${other}::uuid, ${row.area}, ${row.scheme}, ${row.campaignId}::uuid,
    ${given.on}::date)`.execute(tx);
  await gone(tx, at, given.members, given.on, "split-off");
  await bring(tx, platform, at, { county: at.county, id: other }, row, leaving, given.on, 1);
  await say(tx, at, row, "split", given.on, other, { members: given.members });
  await say(tx, { county: at.county, id: other }, row, "formed", given.on, at.id);
  return { other, contested: false };
}

/** The other household ends; its members come here. */
async function merge(tx: Tx, platform: Platform, at: At, row: HouseholdRow, members: readonly Member[], given: Extract<Given, { change: "merge" }>): Promise<Done> {
  const from = { county: at.county, id: given.other };
  if (given.other === at.id) throw new Problem("bad-request", { zh: "不能与自身并户", en: "A household does not merge with itself" });
  const theirs = await householdForUpdate(tx, from);
  if (theirs.endedOn !== null || theirs.scheme !== row.scheme) throw new Problem("move-not-possible", { zh: "对方家庭已销户", en: "The other household has ended" });
  const coming = await membersOf(tx, from);
  const here = new Set(members.flatMap((member) => member.digest ?? []));
  const added = coming.filter((member) => member.digest === null || !here.has(member.digest));
  if (members.length + added.length > MOST_MEMBERS) throw tooMany();
  await gone(
    tx,
    from,
    coming.map((member) => member.no),
    given.on,
    "merged",
  );
  await bring(
    tx,
    platform,
    from,
    at,
    row,
    added,
    given.on,
    await nextNo(tx, at),
  );
  await uncontest(
    tx,
    at.county,
    row.scheme,
    coming.flatMap((member) => member.digest ?? []),
  );
  await sql`update household set ended_on = greatest(formed_on, ${given.on}::date), ended_because = 'merged' where county = ${at.county} and id = ${given.other}::uuid`.execute(tx);
  await say(tx, at, row, "merged", given.on, given.other, { members: added.length });
  await say(tx, from, theirs, "ended", given.on, at.id);
  return { other: given.other, contested: false };
}
const tooMany = (): Problem => new Problem("bad-request", { zh: `一户最多${MOST_MEMBERS}人；超过的请先分户`, en: `At most ${MOST_MEMBERS} in a household: split it first` });

async function leave(tx: Tx, at: At, row: HouseholdRow, members: readonly Member[], given: Extract<Given, { change: "leave" }>): Promise<Done> {
  const [member] = named(members, [given.member]);
  if (member && given.on < member.since) throw new Problem("bad-request", { zh: "离户日期早于加入日期", en: "Left before coming" });
  await gone(tx, at, [given.member], given.on, given.why);
  if (member?.digest) await uncontest(tx, at.county, row.scheme, [member.digest]);
  await say(tx, at, row, given.why === "died" ? "died" : given.why === "moved" ? "moved" : "left", given.on, null, { member: given.member, why: given.why });
  if (members.length === 1) {
    await sql`update household set ended_on = greatest(formed_on, ${given.on}::date), ended_because = ${given.why === "died" ? "died-out" : "dissolved"} where county = ${at.county}
      and id = ${at.id}::uuid`.execute(tx);
    await say(tx, at, row, "ended", given.on, null);
  }
  return { contested: false };
}

/** Marriage, birth, return: who stands in another household becomes contested in both, for an office to settle. */
async function join(tx: Tx, platform: Platform, at: At, row: HouseholdRow, members: readonly Member[], given: Extract<Given, { change: "join" }>): Promise<Done> {
  if (members.length >= MOST_MEMBERS) throw tooMany();
  const checked = checkCitizenId(given.idNumber);
  if (!checked.ok) throw new Problem("bad-request", { zh: "身份证号不正确", en: "The ID number is not valid" });
  if (isHead(given.relation)) throw new Problem("bad-request", { zh: "加入的成员不是户主", en: "Who comes is not the head" });
  await demandRelations(tx, row, [given.relation]);
  const digest = platform.keys.blind(checked.id).toString("hex");
  if (members.some((member) => member.digest === digest)) throw new Problem("move-not-possible", { zh: "已是本户成员", en: "A member already" });
  const { rows: elsewhere } = await sql<{ digest: string }>`select * from security.contest_people(${at.county}, ${row.scheme}, ${[digest]}::text[]) as c (digest)`.execute(tx);
  const contested = elsewhere.length > 0;
  const birth = `${checked.id.slice(6, 10)}-${checked.id.slice(10, 12)}-${checked.id.slice(12, 14)}`;
  await sql`insert into household_member (county, household_id, no, area, scheme, person_digest, sealed, sex, birth_date, relation, since, contested, by_office)
    values (${at.county}, ${at.id}::uuid, ${await nextNo(tx, at)}, ${row.area}, ${row.scheme}, decode(${digest}, 'hex'),
      ${seal(platform.keys, at.county, at.id, shownOf({ name: given.name, id18: checked.id }))}, ${Number(checked.id[16]) % 2 === 1 ? "1" : "2"}, ${birth}::date, ${given.relation},
      ${given.on}::date, ${contested}, true)`.execute(tx);
  await say(tx, at, row, contested ? "contested" : ["11", "12"].includes(given.relation) ? "married" : "born", given.on, null);
  return { contested };
}

/**
 * Who is what to the head, where no form says it: of everybody once the head has left or the household split off, with who is the head now; else of those who came from elsewhere.
 * What a form says is corrected in the form.
 */
async function relations(tx: Tx, at: At, row: HouseholdRow, members: readonly Member[], given: Extract<Given, { change: "relations" }>): Promise<Done> {
  const said = new Map(given.relations.map((one) => [one.member, one.relation]));
  const told = named(members, given.relations.map((one) => one.member));
  const heads = given.relations.filter((one) => isHead(one.relation)).length;
  if (members.some((member) => isHead(member.relation))) {
    if (heads > 0 || told.some((member) => member.relation !== "")) throw new Problem("move-not-possible", { zh: "户主在户：已登记的关系请更正登记表", en: "The head stands: correct in the form what it says of relations" });
  } else if (heads !== 1) throw new Problem("bad-request", { zh: "请指定一名户主", en: "Say who is the head: one person" });
  await demandRelations(tx, row, given.relations.map((one) => one.relation));
  const now = members.flatMap((member) => (said.has(member.no) ? [{ no: member.no, relation: said.get(member.no) }] : heads > 0 ? [{ no: member.no, relation: "" }] : []));
  await sql`update household_member m set relation = x.relation from json_to_recordset(${JSON.stringify(now)}::json) as x (no smallint, relation text)
    where m.county = ${at.county} and m.household_id = ${at.id}::uuid and m.no = x.no`.execute(tx);
  await say(tx, at, row, "relations", given.on, null, { before: members.map(({ no, relation }) => ({ no, relation })), now });
  return { contested: false };
}

/** @throws Problem bad-request (a code that the scheme's list does not hold) */
async function demandRelations(tx: Tx, row: HouseholdRow, codes: readonly string[]): Promise<void> {
  const { version } = await campaignOf(tx, row.campaignId);
  const list = (await loadScheme(tx, row.scheme, version)).definition.codeSets.find((set) => set.key === "family-relation");
  if (list && codes.some((code) => !list.options.some((option) => option.code === code))) throw new Problem("bad-request", { zh: "与户主关系不在代码表内", en: "No such relation to the head" });
}

/** `here`: the person belongs to this household and leaves the others; else leaves this one. */
async function settle(tx: Tx, at: At, row: HouseholdRow, members: readonly Member[], given: Extract<Given, { change: "settle" }>): Promise<Done> {
  const [member] = named(members, [given.member]);
  if (levelOf(tx.actor.area) !== 3) throw new Problem("move-not-possible", { zh: "两户可能属于不同乡镇，由县级认定", en: "The two may be of different townships: the county settles it" });
  if (!member?.contested || member.digest === null) throw new Problem("move-not-possible", { zh: "该成员没有归属争议", en: "Nobody contests this member" });
  if (given.here)
    await sql`update household_member set until = greatest(since, ${given.on}::date), why_left = 'mistaken', contested = false where county = ${at.county} and scheme = ${row.scheme}
      and person_digest = decode(${member.digest}, 'hex') and until is null and household_id <> ${at.id}::uuid`.execute(tx);
  else await gone(tx, at, [given.member], given.on, "mistaken");
  await uncontest(tx, at.county, row.scheme, [member.digest]);
  await say(tx, at, row, "settled", given.on, null, { member: given.member, here: given.here });
  return { contested: false };
}

/** @throws Problem not-found, bad-request (money, number, a day in the future), move-not-possible (a circle), already-exists */
export async function addSupport(tx: Tx, platform: Platform, at: At, given: BodyOf<typeof supportRoute>): Promise<ReplyOf<typeof supportRoute>> {
  await lock(tx, at.county);
  const row = await householdForUpdate(tx, at);
  const [member] = named(await membersOf(tx, at), [given.member]);
  const checked = checkCitizenId(given.supporter);
  const fee = fenOf(given.fee);
  if (!checked.ok || member?.digest == null) throw new Problem("bad-request", { zh: "身份证号不正确", en: "A number is not valid" });
  if (fee === undefined || fee > 100_000_000) throw new Problem("bad-request", { zh: "金额为负或不可信", en: "The amount is negative or absurd" });
  if (!isDate(given.since) || given.since > platform.clock.today()) throw new Problem("bad-request", { zh: "日期不正确或晚于今天", en: "The day is none, or in the future" });
  const edge = { supported: member.digest, supporter: platform.keys.blind(checked.id).toString("hex") };
  if (edge.supported === edge.supporter) throw new Problem("bad-request", { zh: "本人不能赡养本人", en: "Nobody supports themselves" });
  if ((await circleAmong(tx, at.county, row.scheme, [edge])).size > 0)
    throw new Problem("move-not-possible", { zh: "形成循环赡养：同一笔钱会在几户重复计为收入", en: "A circle of support: the same money would count as everybody's income" });
  const id = newId();
  await sql`insert into support_duty (county, id, household_id, area, scheme, supported, supporter, kind, fee_fen, since, entered_by)
    values (${at.county}, ${id}::uuid, ${at.id}::uuid, ${row.area}, ${row.scheme}, decode(${edge.supported}, 'hex'), decode(${edge.supporter}, 'hex'), ${given.kind}, ${fee},
    ${given.since}::date, ${tx.actor.account})`.execute(tx);
  await say(tx, at, row, "support-began", given.since, null, { duty: id });
  await audit(tx, { action: "household.support", county: at.county, area: row.area, detail: { household: at.id, duty: id } });
  return { id };
}

/** @throws Problem not-found, bad-request (before it began) */
export async function endSupport(tx: Tx, at: At & { readonly duty: string }, { on }: { readonly on: string }): Promise<Record<string, never>> {
  const row = await householdForUpdate(tx, at);
  const { rows } = await sql<{
    since: string;
  }>`select since from support_duty where county = ${at.county} and household_id = ${at.id}::uuid and id = ${at.duty}::uuid and until is null for update`.execute(tx);
  const [duty] = rows;
  if (!duty) throw new Problem("not-found");
  if (!isDate(on) || on < duty.since) throw new Problem("bad-request", { zh: "终止日期早于开始日期", en: "It ends before it began" });
  await sql`update support_duty set until = ${on}::date where county = ${at.county} and id = ${at.duty}::uuid`.execute(tx);
  await say(tx, at, row, "support-ended", on, null, { duty: at.duty });
  await audit(tx, { action: "household.support-end", county: at.county, area: row.area, detail: { household: at.id, duty: at.duty } });
  return {};
}
