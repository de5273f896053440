// Writes one check of this scheme: `block` is an error, `explain` wants a reason, `note` informs.
import { check, source, text } from "../../../src/scheme/define.ts";
import type { Check, Expression, SourceMark } from "../../../src/scheme/define.ts";

type Writer = (key: string, when: Expression, at: readonly string[], zh: string, en: string, marks: readonly SourceMark[], note?: string) => Check;

const writer =
  (severity: Check["severity"]): Writer =>
  (key, when, at, zh, en, marks, note) =>
    check(key, severity, when, at, text(zh, en), source(marks, note));

/** An error: the record cannot go on. */
export const block: Writer = writer("block");
/** Unusual: goes on with a reason. */
export const explain: Writer = writer("explain");
/** For information. */
export const note: Writer = writer("note");
