// Conditions that the sections of the person form share. A condition that is unknown does not hold, so a question stays hidden
// until what it depends on is answered.
import { and, answered, eq, ge, isIn, le, lt, missing, or, ref, value } from "../../src/scheme/define.ts";
import type { Expression } from "../../src/scheme/define.ts";

/** Path of an item of the person form. */
export const g = (key: string): string => `general.${key}`;

/** The person was found and answers (`6` in the app); in every other state only the signature block is asked. */
export const normal: Expression = eq(g("per_state"), value("6"));
/** Not living in an institution (R7 = 2). */
export const atHome: Expression = eq(g("institution"), value("2"));
/** Answers 是 and 否 of the form's own list (1, 2). */
export const yes = (key: string): Expression => eq(g(key), value("1"));
export const no = (key: string): Expression => eq(g(key), value("2"));
export const rural: Expression = eq(g("hukou_kind"), value("1"));
export const urban: Expression = eq(g("hukou_kind"), value("2"));

/** Whole years on the reference date. */
export const ageFrom = (n: number): Expression => ge(g("age"), n);
export const under = (n: number): Expression => lt(g("age"), n);
export const aged = (lowest: number, highest: number): Expression => and(ge(g("age"), lowest), le(g("age"), highest));
/** 16 to 59: the block of employment, the pension subsidy and the care service. */
export const workingAge: Expression = aged(16, 59);

/** Attends a school (R14 is answered); never unknown. */
export const studying: Expression = answered(g("school_kind"));
export const notStudying: Expression = missing(g("school_kind"));

export const typeIn = (...types: readonly string[]): Expression => isIn(g("disab_type"), types);
export const gradeIn = (...grades: readonly string[]): Expression => isIn(g("disab_grade"), grades);
/** Holds a certificate: the number is longer than a bare ID number. */
export const holdsCertificate: Expression = ge(["length", ref(g("cert_no"))], 20);
/** Those whom the care services are meant for: intellectual, mental, multiple, or physical of grade 1–2. */
export const needsCare: Expression = or(typeIn("5", "6", "7"), and(typeIn("4"), gradeIn("1", "2")));

/** No value (one character has no second): what an item is held at while its condition does not hold, that is, not at all. */
export const nothing: Expression = ["slice", value("-"), 2, 2];
/** Holds the item at `code` while the condition is true. */
export const heldAt = (code: string, when: Expression): Expression => ["if", when, value(code), nothing];
