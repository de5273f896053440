// The clock of a case, and what an answer needs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerFaults, isDecided, whatNext } from "./answering.ts";
import { actorName, clockOf } from "./clock.ts";

test("the clock counts to the day, on the day and beyond it; a closed case has none", () => {
  const at = (dueOn: string) => clockOf("open", dueOn, "2026-07-10");
  assert.deepEqual([at("2026-07-20").tone, at("2026-07-20").text.zh], ["calm", "还剩 10 天"]);
  assert.deepEqual([at("2026-07-11").tone, at("2026-07-11").text.en], ["soon", "Due in 1 day"]);
  assert.deepEqual([at("2026-07-10").tone, at("2026-07-10").text.zh], ["soon", "今天到期"]);
  assert.deepEqual([at("2026-07-09").tone, at("2026-07-09").text.en], ["late", "Overdue by 1 day"]);
  assert.equal(clockOf("closed", "2026-01-01", "2026-07-10").tone, "done");
});

test("every answer needs a note, and ‘ours is right’ needs a paper", () => {
  const fields = (given: Parameters<typeof answerFaults>[0]): string[] => answerFaults(given).map((fault) => fault.field);
  assert.deepEqual(fields({ answer: undefined, note: " ", proof: undefined }), ["answer", "note"]);
  assert.deepEqual(fields({ answer: "confirm-ours", note: "核对了户口簿", proof: undefined }), ["proof"]);
  assert.deepEqual(fields({ answer: "confirm-ours", note: "核对了户口簿", proof: { name: "户口簿.JPG", size: 1000 } }), []);
  assert.deepEqual(fields({ answer: "confirm-ours", note: "核对了户口簿", proof: { name: "户口簿.docx", size: 1000 } }), ["proof"]);
  assert.deepEqual(fields({ answer: "unreachable", note: "三次上门无人", proof: undefined }), []);
});

test("only a passed check closes: an accepted ‘cannot tell’ is not settled", () => {
  assert.match(whatNext("answered", "cannot-tell", true).zh, /未办结/u);
  assert.match(whatNext("answered", "correct-ours", true).zh, /复核/u);
  assert.match(whatNext("answered", "correct-ours", false).en, /county decides/u);
});

test("an acceptance counts until the case is opened again", () => {
  assert.equal(isDecided([{ kind: "opened" }, { kind: "answered" }, { kind: "accepted" }]), true);
  assert.equal(isDecided([{ kind: "opened" }, { kind: "answered" }, { kind: "accepted" }, { kind: "reopened" }]), false);
  assert.equal(isDecided([{ kind: "opened" }, { kind: "answered" }]), false);
});

test("the system's duties are called the system", () => {
  assert.equal(actorName("system:cases").zh, "系统");
  assert.equal(actorName("林采集").zh, "林采集");
});
