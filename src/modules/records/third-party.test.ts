// A third party under contract works on what it captured itself and on what nobody has captured; a right for one scheme moves nothing in another.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { areas, completeAnswers, county, smallWorld, type World } from "../../../test/world.ts";
import { Problem } from "../../core/problem.ts";
import type { Actor, Tx } from "../../platform/database.ts";
import { permissionsOf } from "../access/rules.ts";
import { addPerson, openRecord, revealValue } from "./service.ts";

let t: TestDatabase;
let w: World;
before(async () => {
  t = await testDatabase();
  w = await smallWorld(t);
});
after(async () => {
  await w.close();
  await t.close();
});
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => t.database.write(actor, work);
const add = (actor: Actor, n: number) => as(actor, (tx) => addPerson(tx, w.platform, { campaign: w.campaign, area: areas.A1, answers: completeAnswers(n), channel: "home", submit: false, reason: "测试" }));
const notFound = (error: unknown): boolean => error instanceof Problem && error.code === "not-found";

test("a third party opens its own work and finds nothing of others', by whatever door", async () => {
  const entrusted: Actor = { ...w.actors.bothA, roles: ["entrusted"] };
  const [own, others] = [await add(entrusted, 61), await add(w.actors.collectorA, 62)];
  const open = (id: string) => as(entrusted, (tx) => openRecord(tx, w.platform, { county, id, for: "capture" }));
  assert.equal((await open(own.id)).record.id, own.id);
  await assert.rejects(open(others.id), notFound);
  await assert.rejects(as(entrusted, (tx) => openRecord(tx, w.platform, { county, id: others.id })), notFound);
  await assert.rejects(as(entrusted, (tx) => revealValue(tx, w.platform, { county, id: others.id, path: "general.id_number", purpose: "verify-identity" })), notFound);
  assert.equal((await as(w.actors.collectorA, (tx) => openRecord(tx, w.platform, { county, id: own.id }))).record.id, own.id, "a collector sees the office's work");
  assert.ok(!permissionsOf(["entrusted"]).includes("record.search"));
});

test("a right to capture for one scheme does not capture in another that the same person may read", async () => {
  const { id } = await add(w.actors.collectorA, 63);
  const grants = [{ role: "collector", may: permissionsOf(["collector"]), schemes: ["low-income"] }, { role: "analyst", may: permissionsOf(["analyst"]) }, { role: "township-reviewer", may: permissionsOf(["township-reviewer"]), schemes: ["veterans"] }];
  const mixed: Actor = { ...w.actors.bothA, roles: grants.map((grant) => grant.role), grants };
  await assert.rejects(as(mixed, (tx) => openRecord(tx, w.platform, { county, id, for: "capture" })), (error: unknown) => error instanceof Problem && error.code === "not-allowed");
  const { moves } = await as(mixed, (tx) => openRecord(tx, w.platform, { county, id, for: "review" }));
  assert.ok(moves.filter((move) => move.open).every((move) => move.move !== "capture" && move.move !== "submit"), JSON.stringify(moves));
});
