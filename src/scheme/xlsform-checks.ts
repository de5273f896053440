// Where the checks of a scheme go in an XLSForm: what blocks becomes a constraint of an item, what asks for a reason a note with a question,
// what only informs a note.
import type { Text } from "../core/issue.ts";
import type { Expression } from "./expression.ts";
import { indexOf, type Place } from "./layout.ts";
import type { Check, Scheme } from "./model.ts";
import { formScope, type Helpers } from "./xlsform-scope.ts";
import type { Limit } from "./xlsform-values.ts";
import { isTrue, NotExpressed, type XPathScope } from "./xpath.ts";

type Row = { readonly [column: string]: string };
export type CheckPlacement = { readonly constraints: (path: string) => readonly Limit[]; readonly inside: (section: string) => readonly Row[] };

const labelled = (text: Text): Row => ({ "label::中文 (zh)": text.zh, "label::English (en)": text.en });

/** A constraint is looked at only where there is an answer: no rule that holds because this very answer is missing can be one. */
const restsOnMissing = (e: unknown, path: string): boolean => {
  if (!Array.isArray(e)) return false;
  if ((e[0] === "is-missing" || e[0] === "is-answered") && JSON.stringify(e).includes(`["ref","${path}"]`)) return true;
  return e.some((part) => restsOnMissing(part, path));
};

/** Row checks are written as “some row has the fault”; at an item of the row, the fault is that row's own. */
const ofRow = (check: Check): { readonly section: string; readonly when: Expression } | undefined =>
  check.when[0] === "any" && check.at.every((path) => path.startsWith(".")) ? { section: check.when[1], when: check.when[2] } : undefined;

/** Translates every check once; `leave` hears of those that cannot be said. */
export function checkRows(scheme: Scheme, scope: XPathScope, helpers: Helpers, leave: (path: string, why: string) => void): CheckPlacement {
  const limits = new Map<string, Limit[]>();
  const rows = new Map<string, Row[]>();
  const order = new Map(indexOf(scheme).places.map((place, i) => [place.path, i]));
  const push = <T>(map: Map<string, T[]>, key: string, ...added: readonly T[]): void => void map.set(key, [...(map.get(key) ?? []), ...added]);

  const placesAt = (check: Check, section: string | undefined): Place[] =>
    check.at
      .flatMap((path) => indexOf(scheme).byPath.get(section === undefined ? path : `${section}[]${path}`) ?? [])
      .toSorted((a, b) => (order.get(b.path) ?? 0) - (order.get(a.path) ?? 0));

  const place = (check: Check): void => {
    const row = ofRow(check);
    const within = row ? formScope(scheme, helpers, row.section) : scope;
    const when = row?.when ?? check.when;
    const fault = isTrue(when, within);
    if (fault === "false()") return;
    const places = placesAt(check, row?.section);
    const asked = places.find(({ path, item, section }) => item.kind !== "computed" && item.forced === undefined && (section.repeats === undefined) === (row === undefined) && !restsOnMissing(when, row ? `.${item.key}` : path));
    if (check.severity === "block" && asked) return push(limits, asked.path, { xpath: `not(${fault})`, message: check.message });
    const home = places[0];
    const section = row?.section ?? (home ? `${home.form.key}.${home.section.key}` : check.at.find((path) => path.includes(".")));
    // A fault of the whole record does not belong in each row of a repeat.
    const host = section === undefined || (row === undefined && home?.section.repeats) ? firstSection(scheme, home) : section;
    push(rows, host, ...notes(check, fault, home));
  };

  for (const check of scheme.checks) {
    try {
      place(check);
    } catch (error) {
      if (!(error instanceof NotExpressed)) throw error;
      leave(`checks.${check.key}`, error.message);
    }
  }
  return { constraints: (path) => limits.get(path) ?? [], inside: (section) => rows.get(section) ?? [] };
}

/** The last section of the form (or of the general form) that does not repeat. */
const firstSection = (scheme: Scheme, home: Place | undefined): string => {
  const form = home?.form ?? scheme.forms.find((each) => each.key === scheme.generalForm) ?? scheme.forms[0];
  const section = form?.sections.findLast((each) => each.repeats === undefined);
  return `${form?.key}.${section?.key}`;
};

/** A required note cannot be passed: that is how a form holds what no single answer can be blamed for. */
function notes(check: Check, fault: string, home: Place | undefined): Row[] {
  const name = `check__${check.key.replace(/[^A-Za-z0-9_]/gu, "_")}`;
  const about = home ? `${home.item.label.zh}：` : "";
  const label = labelled({ zh: `${about}${check.message.zh}`, en: check.message.en });
  if (check.severity === "block") return [{ type: "note", name, ...label, required: "yes", relevant: fault }];
  if (check.severity === "note") return [{ type: "note", name, ...label, relevant: fault }];
  return [{ type: "text", name, ...labelled({ zh: `${about}${check.message.zh}。请说明原因`, en: `${check.message.en}. Please say why` }), required: "yes", relevant: fault, appearance: "multiline" }];
}
