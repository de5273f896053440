// Tells of a rule that it cannot be true of a record without a certain form or answer, so that checks need not read it there.
import { referencesOf } from "./evaluate.ts";
import type { Expression } from "./expression.ts";

/** Which of true, false and unknown a part can be; a part that is no condition is `other` when it can be known. */
type Outcomes = { readonly yes: boolean; readonly no: boolean; readonly unknown: boolean };
const ANY: Outcomes = { yes: true, no: true, unknown: true };
const UNKNOWN: Outcomes = { yes: false, no: false, unknown: true };
const only = (value: boolean): Outcomes => ({ yes: value, no: !value, unknown: false });
const isUnknown = (o: Outcomes): boolean => o.unknown && !o.yes && !o.no;

const logic = (kind: "and" | "or", parts: readonly Outcomes[]): Outcomes => {
  const flip = (o: Outcomes): Outcomes => ({ yes: o.no, no: o.yes, unknown: o.unknown });
  if (kind === "or") return flip(logic("and", parts.map(flip)));
  return { yes: parts.every((part) => part.yes), no: parts.some((part) => part.no), unknown: parts.some((part) => part.unknown) && parts.every((part) => part.yes || part.unknown) };
};

const outcomes = (e: Expression, isMissing: (path: string) => boolean): Outcomes => {
  const of = (part: Expression): Outcomes => outcomes(part, isMissing);
  switch (e[0]) {
    case "ref":
      return isMissing(e[1]) ? UNKNOWN : ANY;
    case "const":
      return typeof e[1] === "boolean" ? only(e[1]) : ANY;
    case "list":
    case "today":
    case "reference-date":
    case "count":
      return ANY;
    case "and":
    case "or":
      return logic(e[0], e.slice(1).map((part) => of(part as Expression)));
    case "not": {
      const part = of(e[1]);
      return { yes: part.no, no: part.yes, unknown: part.unknown };
    }
    case "is-missing":
    case "is-answered":
      return isUnknown(of(e[1])) ? only(e[0] === "is-missing") : ANY;
    case "if": {
      const when = of(e[1]);
      const branches = [...(when.yes ? [of(e[2])] : []), ...(when.no || when.unknown ? [of(e[3])] : [])];
      return { yes: branches.some((b) => b.yes), no: branches.some((b) => b.no), unknown: branches.some((b) => b.unknown) };
    }
    case "any":
    case "all":
      return isMissing(e[1]) ? only(e[0] === "all") : ANY;
    case "sum":
    case "repeated":
      return e[0] === "repeated" && isMissing(e[1]) ? only(false) : ANY;
    default: {
      const operands = e.slice(1).filter((part): part is Expression => Array.isArray(part) && typeof part[0] === "string" && e[0] !== "in" && e[0] !== "has");
      const read = e[0] === "in" || e[0] === "has" ? [e[1]] : operands;
      return read.some((part) => isUnknown(of(part))) ? UNKNOWN : ANY;
    }
  }
};

/** True when the expression cannot hold while nothing of the form is answered. */
export function neverTrueWithout(form: string, expression: Expression): boolean {
  return !outcomes(expression, (path) => path.startsWith(`${form}.`)).yes;
}

/** Paths (`form.key`, `form.section`) without any one of which the expression cannot hold. */
export function neededPaths(expression: Expression): string[] {
  return referencesOf(expression).filter((path) => !path.startsWith(".") && !outcomes(expression, (each) => each === path).yes);
}
