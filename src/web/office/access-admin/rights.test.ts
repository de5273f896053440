// What the pages of rights decide: lines of the editor to and from an account's rights, and what still lacks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { linesFault, linesOf, rightsOf } from "./rights.ts";

const line = { role: "collector", schemes: [], endsOn: "", contract: "" };

test("rights come back from the editor as they went in, and a line without a role is none", () => {
  const rights = [{ role: "collector", schemes: ["veterans"] }, { role: "entrusted", endsOn: "2027-06-30", contract: "合同1" }];
  assert.deepEqual(rightsOf(linesOf(rights)), rights);
  assert.deepEqual(rightsOf([line, { ...line, role: "" }]), [{ role: "collector" }]);
  assert.deepEqual(rightsOf([{ ...line, endsOn: "2027年6月30日", contract: "不用" }]), [{ role: "collector", endsOn: "2027-06-30" }]);
});

test("a third party needs contract and day, and a day must be one", () => {
  assert.equal(linesFault([line]), undefined);
  assert.equal(linesFault([{ ...line, endsOn: "明年" }]), "badDay");
  assert.equal(linesFault([{ ...line, role: "entrusted", endsOn: "2027-06-30" }]), "needContract");
  assert.equal(linesFault([{ ...line, role: "entrusted", endsOn: "2027-06-30", contract: "合同1" }]), undefined);
});
