// The form of a release begins with the least it can tell.
import assert from "node:assert/strict";
import { test } from "node:test";
import { atFirst, chosen, type Choices, lackReason, withShape } from "./ask.ts";

const label = { zh: "x", en: "x" };
const choices: Choices = {
  fields: [
    { path: "record.village", label, group: label, shapes: ["value", "township"], sensitive: false },
    { path: "general.name", label, group: label, shapes: ["masked", "full"], sensitive: true },
    { path: "general.id_number", label, group: label, shapes: ["masked", "full"], sensitive: true },
    { path: "general.birth_date", label, group: label, shapes: ["year", "value"], sensitive: false },
  ],
  states: [],
  categories: [],
};

test("a release begins with village, name and number, masked", () => {
  assert.deepEqual(atFirst(choices), [{ path: "record.village", as: "value" }, { path: "general.name", as: "masked" }, { path: "general.id_number", as: "masked" }]);
});

test("a field that is added begins with the least it can tell; the others keep what was set", () => {
  const before = [{ path: "general.name", as: "full" as const, reason: "核对" }];
  assert.deepEqual(chosen(choices, ["general.birth_date", "general.name"], before), [before[0], { path: "general.birth_date", as: "year" }]);
});

test("a full sensitive value needs its reason, which goes when the value is masked again", () => {
  assert.deepEqual(lackReason(choices, [{ path: "general.name", as: "full" }]), ["general.name"]);
  assert.deepEqual(lackReason(choices, [{ path: "general.name", as: "full", reason: "核对" }]), []);
  assert.deepEqual(withShape({ path: "general.name", as: "full", reason: "核对" }, "masked"), { path: "general.name", as: "masked" });
});
