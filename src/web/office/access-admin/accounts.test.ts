// What the administrator's pages decide about offices and accounts.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accountsWith, departmentName, endFault, LOGIN, standingOf, usualEnd } from "./accounts.ts";

test("an account ends a year from now unless told otherwise, and never before today", () => {
  assert.equal(usualEnd("2026-07-10"), "2027-07-10");
  assert.equal(endFault("2026年7月10日", "2026-07-10"), undefined);
  assert.equal(endFault("2026-07-09", "2026-07-10"), "past");
  assert.equal(endFault("明年", "2026-07-10"), "no-date");
});

test("an account is good through its last day, and not when disabled", () => {
  assert.equal(standingOf({ disabled: false, endsOn: "2026-07-10" }, "2026-07-10"), "active");
  assert.equal(standingOf({ disabled: false, endsOn: "2026-07-09" }, "2026-07-10"), "ended");
  assert.equal(standingOf({ disabled: true, endsOn: "2030-01-01" }, "2026-07-10"), "disabled");
});

test("departments are called by their names and unknown ones by their keys", () => {
  const senders = [{ key: "housing", label: { zh: "住建", en: "Housing" } }];
  assert.deepEqual(["housing", "administration", "x"].map((key) => departmentName(key, senders).zh), ["住建", "系统管理", "x"]);
});

test("logins are small letters, digits and marks, three to sixty", () => {
  assert.deepEqual(["ab", "abc", "Abc", "a.b-c_1", "-abc", "x".repeat(61)].map((login) => LOGIN.test(login)), [false, true, false, true, false, false]);
});

test("accounts are found by login, name or office", () => {
  const accounts = [{ login: "lead", name: "王", office: { name: "县局" } }, { login: "b", name: "李", office: { name: "湖头站" } }];
  assert.deepEqual(accountsWith(accounts, "LEAD").map((account) => account.login), ["lead"]);
  assert.deepEqual(accountsWith(accounts, "湖头").map((account) => account.login), ["b"]);
  assert.equal(accountsWith(accounts, " ").length, 2);
});
