// Every way out for a file has its rule: a new file route without one fails here.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { smallWorld, type World } from "../../../test/world.ts";
import { allBindings } from "../../server.ts";
import { exitRules, exits } from "./exits.ts";

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

test("each route that answers with a file stands in the table with a rule and a reason in both languages, and nothing else does", () => {
  const files = allBindings(w.platform).map(({ route }) => route).filter((route) => route.transfer === "file");
  assert.deepEqual(Object.keys(exits).toSorted(), files.map((route) => `${route.method} ${route.path}`).toSorted());
  for (const { rule, why } of Object.values(exits)) assert.ok(exitRules.includes(rule) && why.zh.length > 3 && why.en.length > 3);
});

test("personal data leave the house through a release only, or under an agreement", () => {
  const through = Object.entries(exits).filter(([, { rule }]) => rule === "through-release").map(([route]) => route);
  assert.deepEqual(through, ["GET /api/releases/:county/:id/file"]);
});
