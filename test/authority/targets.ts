// One of every kind of thing that an operation can be about, made through the routes by those who may. All of it lies in county 350524, most in village A1.
import assert from "node:assert/strict";
import type { FastifyInstance } from "fastify";
import { lowIncomeAid } from "../../schemes/low-income/aid.ts";
import { suites } from "../../src/bundle/suite.ts";
import { newId } from "../../src/core/ids.ts";
import { addSupport, buildHouseholds, enterApplication, takePlan } from "../../src/modules/aid/service.ts";
import { systemActor } from "../../src/platform/database.ts";
import { handBack } from "../../src/modules/fieldwork/handed-back.ts";
import { addBasePeople, attachMedia } from "../../src/modules/records/service.ts";
import { areas, completeAnswers, county, fictionalId, picture } from "../world.ts";
import { type Ground, nextPerson, type SchemeKey, type Tokens } from "./world.ts";

/** A thing and the area it lies in; without an id it could not be made, and operations on it are counted apart. */
export type Target = { readonly id: string; readonly area: number; /** The other side, to which it is offered. */ readonly to?: number; /** The person offered with it. */ readonly person?: string; /** Whose own it is, `role@place`. */ readonly by?: string };
export type Targets = {
  readonly of: (path: string, scheme: SchemeKey) => Target | undefined;
  /** Further parameters of paths, by their name. */
  readonly named: Readonly<Record<string, string>>;
  /** Further people who stand in lists, findings and cases. */
  readonly people: readonly Tokens[];
  readonly records: Readonly<Record<SchemeKey, Target>>;
};

type Reply = { readonly status: number; readonly body: Record<string, unknown> };
const countyArea = county * 1e6;

/** What a release asks for on the ground of the walk. */
export const releaseQuery = (campaign: string, area = countyArea): object => ({
  purpose: "report-upward", ground: "年度上报", receiver: { kind: "office", name: "上级机构", suite: "international" }, campaign, area, states: [], categories: [], fields: [{ path: "record.village", as: "value" }], format: "csv", takeDays: 3, keepUntil: "2018-12-31",
});

export async function makeTargets(ground: Ground, app: FastifyInstance): Promise<Targets> {
  const { m, campaigns, canaries } = ground;
  const ask = async (who: string, method: "GET" | "POST", url: string, payload?: object): Promise<Reply> => {
    const reply = await app.inject({ method, url, cookies: { qingce_session: who }, headers: { "idempotency-key": newId() }, ...(payload && { payload }) });
    return { status: reply.statusCode, body: reply.json() as Record<string, unknown> };
  };
  const made = async (who: string, url: string, payload: object): Promise<Record<string, unknown>> => {
    const { status, body } = await ask(who, "POST", url, payload);
    assert.equal(status, 200, `${who} ${url}: ${JSON.stringify(body)}`);
    return body;
  };
  const idMade = async (who: string, url: string, payload: object): Promise<string> => String((await made(who, url, payload))["id"]);
  const records = Object.fromEntries(canaries.filter((one) => one.area === areas.A1).map((one) => [one.scheme, { id: one.record, area: one.area }])) as Record<SchemeKey, Target>;
  const own = { county, id: records.veterans.id };

  // People in the register, and a list of the police of which two rows may be one of them or not.
  const people = [..."陈林黄吴郑何"].map((surname, n): Tokens => ({ ...nextPerson(), name: `${surname}沧${"海澜江河溪泉"[n]}`, idNumber: fictionalId(440 + n, `19${50 + n * 3}0${n + 1}11`) }));
  const listed = people.map(({ name, idNumber, phone, address }, n) => ({ name, id_number: idNumber, birth_date: `19${50 + n * 3}-0${n + 1}-11`, mobile: phone, domicile_address: address, residence_address: address }));
  const [found] = await m.accept(listed.map((person, n) => completeAnswers(n, person)));
  const row = (n: number, more: { readonly id?: string; readonly name?: string } = {}): string => [more.id ?? listed[n]!.id_number, more.name ?? listed[n]!.name, "男", listed[n]!.birth_date, areas.A1].join(",");
  const batch = await m.bring("public_security", ["公民身份号码,姓名,性别,出生日期,户籍地行政区划", row(1), row(2, { name: "慕容雪莹" }), row(3, { id: "", name: "吴沧浪" }), row(4).replace(listed[4]!.birth_date, "不是日期"), row(5, { name: "何沧全" })].join("\n"));
  const second = await m.bring("civil_affairs", ["姓名,公民身份号码", `${listed[1]!.name},${listed[1]!.id_number}`].join("\n"));
  const run = (await m.match(batch)).id;
  await m.settle();
  const [opened] = await m.rows("select id, area from case_file where county = $1 limit 1", [county]);
  const [pair] = await m.rows("select row_no, record_id from link where county = $1 and run_id = $2 and decision = 'review' limit 1", [county, run]);
  assert.ok(opened, "the list opened a case");

  const lead = "county-lead@county";
  const campaign = campaigns.veterans.id;
  const media = await m.as("collectorA", async (tx) => attachMedia(tx, m.w.platform, { ...own, files: [{ path: "general.photo_recent", bytes: await picture() }] }));
  // A report that was sent upward, whose statistics are released: before that only its own office and the reporting chain would see it.
  let sent = await made(lead, "/api/reports", { campaign });
  const report = String(sent["id"]);
  for (const [who, step, more] of [["county-reviewer@county", "check", {}], ["approver@county", "sign", {}], ["approver@county", "seal", { suite: "international" }], [lead, "submit", {}]] as const) sent = await made(who, `/api/reports/${county}/${report}/${step}`, { digest: sent["contentDigest"], ...more });
  await m.rows("insert into statistics_release (county, id, area, campaign_id, reason, asked_by, lifted_by, lifted_at) values ($1, gen_random_uuid(), $2, $3, '同意发布', 'one', 'another', now())", [county, countyArea, campaign]);
  // A value that was found to be theirs goes back to them; whom another county lists too; whom a terminal gave back.
  const [theirs] = await m.rows("select id, path from finding where county = $1 and path is not null and row_no is not null and case_id is not null order by path limit 1", [county]);
  assert.ok(theirs, "a value differs");
  const turn = (set: string): Promise<unknown> => m.rows(`update finding set ${set} where county = $1 and id = $2`, [county, theirs["id"]]);
  await turn("state = 'closed', closed_because = 'confirmed-ours', closed_at = now(), confirmed_pair = '\\x00', confirmed_by = 'matrix'");
  await m.t.database.write({ ...m.w.actors.countyLead, area: ground.beside.area, lo: ground.beside.area, hi: ground.beside.hi }, (tx) => addBasePeople(tx, m.w.platform, { campaign: ground.beside, batchId: newId(), people: [{ index: 0, area: areas.elsewhere, answers: completeAnswers(1, { name: "邻某某", id_number: people[0]!.idNumber, domicile_region: String(areas.elsewhere) }) }] }));
  const returned = await idMade(lead, "/api/returns", { campaign, department: "public_security", county });
  const [file] = await m.rows("select sha256 from return_file where id = $1", [returned]);
  await made("approver@city", `/api/returns/${county}/${returned}/confirm`, { sha256: file?.["sha256"] });
  await turn("state = 'open', closed_because = null, closed_at = null, confirmed_pair = null, confirmed_by = null");
  const fusion = await idMade(lead, "/api/fusions", { batches: [batch, second], purpose: "核对底册" });
  await m.w.platform.queue.wait(m.w.actors.countyLead, String((await m.rows("select task_id from fusion where id = $1", [fusion]))[0]?.["task_id"]));
  const blind = await idMade(lead, "/api/blind-exchanges", { campaign, department: "civil_affairs", purpose: "核对底册" });
  const token = (await made(lead, "/api/intake-tokens", { campaign, department: "public_security", label: "接口", endsOn: "2018-12-31", dailyRequests: 10 }))["view"] as { readonly id: string };
  const device = await idMade(lead, "/api/fieldwork/devices", { label: "终端甲", area: areas.A, leaseDays: 14, wipeAfterDays: 7 });
  await m.as("collectorA", (tx) => handBack(tx, m.w.platform, { county, recordId: own.id, entry: newId(), area: areas.A1, deviceId: device, operator: "matrix", reason: "外出务工" }));
  await made(lead, "/api/authorisations", { campaign, document: "授权书1", fromOn: "2018-01-01", toOn: "2018-12-31", idNumbers: [listed[1]!.id_number] });
  const release = await idMade(lead, "/api/releases", releaseQuery(campaign));
  const draft = await idMade("scheme-editor@county", "/api/scheme-drafts", { scheme: "disability", baseVersion: campaigns.disability.version, version: "2099.1" });
  await made("collector@townshipA", `/api/records/${county}/${canaries.find((one) => one.area === areas.A2 && one.scheme === "veterans")!.record}/handover`, { toArea: areas.B1, reason: "户口已迁" });
  const [handover] = await m.rows("select id, record_id from handover limit 1");
  await made("collector@townshipA", `/api/cases/${county}/${String(opened["id"])}/reroute`, { toArea: areas.B, reason: "现居住地" });
  const [reroute] = await m.rows("select id from case_reroute limit 1");
  const suite = suites.international;
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
  const node = await made("county-lead@ministry", "/api/nodes", { area: 350525000000, label: "邻县节点", side: "below", suite: "international", seal: hex(suite.newSealKeys().publicKey), sign: hex(suite.newSignKeys().publicKey) });
  // Its first bundle, so that whether one is there does not hang on which cells were walked before.
  await made("county-lead@ministry", `/api/nodes/${String(node["name"])}/bundles`, {});
  const [agreement] = await m.rows("select id from agreement where county = $1 and department = 'public_security' limit 1", [county]);
  const [account] = await m.rows("select id from account where login = 'collector.villageb1'");
  const asked = (await made("collector@townshipA", "/api/person-requests", { county, record: own.id, kind: "copy", asker: "self", proof: "id-card" }))["request"] as { readonly id: string };
  const incident = await idMade("approver@county", "/api/incidents", { what: "疑似泄露" });
  const [assessment] = await m.rows("select id from assessment limit 1");
  const task = newId();
  await m.rows("insert into task (id, kind, area, county, asked_by, input) values ($1, 'import', $2, $3, $4, '{}')", [task, countyArea, county, ground.principals.get(lead)!.account]);

  // A household in A1 with an application, a wish to cite collected data, a duty of support, an offer, and a warning of a rule.
  await buildHouseholds(m.w.platform, systemActor("matrix"), lowIncomeAid, { county, campaign: campaigns["low-income"].id });
  const [household] = await m.rows("select id from household where county = $1 and record_id = $2", [county, records["low-income"].id]);
  assert.ok(household, "a household was made");
  const homeOf = { county, id: String(household["id"]) };
  const aid = await m.t.database.write(ground.principals.get("township-reviewer@townshipA")!, async (tx) => {
    await m.t.database.write(m.w.actors.countyLead, async (other) => void (await takePlan(other, lowIncomeAid, { area: countyArea, from: "2018-01-01" })));
    const { id } = await enterApplication(tx, m.w.platform, { county, household: homeOf.id, item: "temporary-relief", via: "window", appliedOn: "2018-11-01" });
    return { application: id, duty: (await addSupport(tx, m.w.platform, homeOf, { member: 1, supporter: fictionalId(470), kind: "towards-parents", fee: 100, since: "2018-11-01" })).id };
  });
  const use = (await made("township-reviewer@townshipA", `/api/aid/applications/${county}/${aid.application}/uses`, { data: "register", reason: "document-lost" }))["id"];
  const [offer] = await m.rows("insert into aid_offer (county, id, area, scheme, giver, item, quantity, remaining, until, entered_by) values ($1, gen_random_uuid(), $2, 'low-income', 'x', 'x', 1, 1, '2018-12-31', 'x') returning id", [county, areas.A1]);
  const decided = "insert into aid_decision (county, id, application_id, household_id, area, scheme, item, decision, decided_on, from_on, basis, decided_by) select county, gen_random_uuid(), id, household_id, area, scheme, item, 'grant', '2018-11-01', '2018-11-01', '{home-visit}', 'x' from aid_application where id = $1";
  await m.rows(decided, [aid.application]);
  const [delivery] = await m.rows("insert into aid_delivery (county, id, application_id, household_id, area, scheme, item, form, department, period_on, delivered_on, amount_fen, source, source_no) select county, gen_random_uuid(), id, household_id, area, scheme, item, 'cash', 'public_security', '2018-11-01', '2018-11-01', 100, 'x', 'x' from aid_application where id = $1 returning id", [aid.application]);
  const [rule] = await m.rows("select id from warning_rule where key = 'W2'");
  const [warning] = await m.rows("insert into warning (county, id, household_id, area, scheme, rule_id, rule_key, level, occurrence, evidence, state, raised_on, due_on, to_area, raised_by) values ($1, gen_random_uuid(), $2, $3, 'low-income', $4, 'W2', 'yellow', 'x', '{}', 'dispatched', '2018-11-01', '2018-11-09', $5, 'system:warnings') returning id", [county, homeOf.id, areas.A1, rule?.["id"], areas.A]);

  const at = (id: unknown, area = countyArea): Target => ({ id: String(id), area });
  const things: readonly (readonly [string, Target])[] = [
    ["/api/tasks", at(task)],
    ["/api/households", at(homeOf.id, areas.A1)],
    ["/api/aid/applications", at(aid.application, areas.A1)],
    ["/api/aid/uses", at(use, areas.A1)],
    ["/api/aid/deliveries", at(delivery?.["id"], areas.A1)],
    ["/api/aid/offers", at(offer?.["id"], areas.A1)],
    ["/api/warnings", at(warning?.["id"], areas.A1)],
    ["/api/warning-rules", at(rule?.["id"])],
    ["/api/accounts", at(account?.["id"])],
    ["/api/handovers", { ...at(handover?.["id"], areas.A2), to: areas.B1, person: String(handover?.["record_id"]) }],
    ["/api/fieldwork/devices", at(device, areas.A)],
    ["/api/scheme-drafts", at(draft)],
    ["/api/imports", at(batch)],
    ["/api/agreements", at(agreement?.["id"])],
    ["/api/intake-tokens", at(token.id)],
    ["/api/match-runs", at(run)],
    ["/api/fusions", at(fusion)],
    ["/api/blind-exchanges", at(blind)],
    // The office it is offered to settles it.
    ["/api/case-reroutes", at(reroute?.["id"], areas.B)],
    ["/api/cases", at(opened["id"], Number(opened["area"]))],
    ["/api/returns", at(returned)],
    ["/api/reports", at(report)],
    ["/api/releases", { ...at(release), by: lead }],
    ["/api/person-requests", at(asked.id, areas.A1)],
    ["/api/incidents", at(incident)],
    ["/api/assessments", at(assessment?.["id"])],
    ["/api/restrictions", records.veterans],
    ["/api/consents", records.veterans],
    // What a node says concerns all of it, here the whole country.
    ["/api/nodes", at(node["name"], 0)],
  ];
  return {
    people,
    records,
    of: (path, scheme) => (/(answers|decisions)$/u.test(path) ? undefined : path.startsWith("/api/records/:county") ? records[scheme] : things.find(([beginning]) => path.startsWith(`${beginning}/:`))?.[1]),
    named: {
      county: String(county), media: media[0]!.id, row: String(pair?.["rowNo"] ?? pair?.["row_no"] ?? 2), record: String(pair?.["record_id"] ?? found), name: String(node["name"]), seq: "1", department: "public_security",
      scheme: "veterans", version: campaigns.veterans.version, code: String(areas.A), kind: "base-list", year: "2027", remark: newId(), kept: newId(), notice: newId(), duty: aid.duty,
    },
  };
}
