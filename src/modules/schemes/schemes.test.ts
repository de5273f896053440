// Publishing definitions: once, for ever, and only sound ones.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { Problem } from "../../core/problem.ts";
import { systemActor, type Tx } from "../../platform/database.ts";
import { listPublished, loadScheme, publishScheme } from "./service.ts";

let t: TestDatabase;
before(async () => void (t = await testDatabase()));
after(() => t.close());

const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => t.database.write(systemActor("test"), work);
const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;

test("a definition published again changes nothing, under another order of its keys either", async () => {
  const first = await write((tx) => publishScheme(tx, veterans));
  const shuffled = Object.fromEntries(Object.entries(veterans).reverse()) as typeof veterans;
  const second = await write((tx) => publishScheme(tx, shuffled));
  assert.deepEqual(second, first);
  assert.equal((await write(listPublished)).length, 1);
});

test("another content under a published version is refused", async () => {
  await assert.rejects(write((tx) => publishScheme(tx, { ...veterans, label: { zh: "改", en: "changed" } })), refused("already-exists"));
});

test("a definition with a fault is not published", async () => {
  await assert.rejects(write((tx) => publishScheme(tx, { ...veterans, version: "broken", generalForm: "no-such-form" })), refused("bad-request"));
});

test("a published definition is read compiled, and an unknown one is not found", async () => {
  const loaded = await write((tx) => loadScheme(tx, veterans.key, veterans.version));
  assert.equal(loaded.definition.label.zh, veterans.label.zh);
  assert.ok(loaded.check({}, { today: "2018-11-01" }).issues.length > 0);
  await assert.rejects(write((tx) => loadScheme(tx, veterans.key, "none")), refused("not-found"));
});

test("the runtime role can neither change nor remove a published definition", async () => {
  await assert.rejects(write((tx) => tx.updateTable("schemeVersion").set({ version: "x" }).execute()), /permission denied/);
  await assert.rejects(write((tx) => tx.deleteFrom("schemeVersion").execute()), /permission denied/);
});
