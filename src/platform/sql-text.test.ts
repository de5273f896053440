// A literal is text and nothing else, whatever stands in it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { testDatabase, type TestDatabase } from "../../test/database.ts";
import { systemActor } from "./database.ts";
import { literal, rowsOfText, textArray } from "./sql-text.ts";

let t: TestDatabase;
before(async () => void (t = await testDatabase()));
after(() => t.close());

test("quotes, backslashes, comments and line ends in a literal come back as they were", async () => {
  for (const text of ["'", "\\'", "'; drop table record; --", "a\\", "\\\\'", "${x}", "$1", "/* ' */", "一\n二", "E'"]) {
    const rows = await t.database.read(systemActor("test"), (tx) => rowsOfText<{ one: string; all: string[] }>(tx, `select ${literal(text)}::text as one, ${textArray([text, "b"])} as all`));
    assert.deepEqual(rows, [{ one: text, all: [text, "b"] }]);
  }
  assert.throws(() => literal("a\0b"), TypeError);
});
