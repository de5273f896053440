// A definition's faults are found all at once; a clean one is published as canonical JSON with a hash.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { lowIncome } from "../../schemes/low-income/scheme.ts";
import { definitionFaults } from "./check-definition.ts";
import type { Scheme } from "./model.ts";
import { canonicalJson } from "../core/json.ts";
import { parseScheme, schemeHash } from "./publish.ts";
import { smallScheme } from "./small-scheme.ts";

type Loose = { [key: string]: Loose } & Loose[];
/** Faults after changing a copy of the clean scheme. */
const after = (change: (copy: Loose) => void): string[] => {
  const copy = JSON.parse(canonicalJson(smallScheme())) as Loose;
  change(copy);
  return definitionFaults(copy).map((fault) => `${fault.path} ${fault.message.en}`);
};
const set = (target: Loose | undefined, key: string, value: unknown): void => void Object.assign(target ?? {}, { [key]: value });
const itemOf = (copy: Loose, form: number, section: number, item: number): Loose => copy["forms"]![form]!["sections"]![section]!["items"]![item]!;

test("the small scheme has no fault", () => {
  assert.deepEqual(definitionFaults(smallScheme()), []);
});

test("each fault of sense is found where it is", () => {
  const cases: readonly (readonly [(copy: Loose) => void, RegExp])[] = [
    [(s) => set(itemOf(s, 0, 0, 0), "shownIf", ["=", ["ref", "general.nobody"], ["const", 1]]), /items\.name\.shownIf refers to an item that does not exist: general\.nobody/u],
    [(s) => set(itemOf(s, 0, 0, 0), "shownIf", ["=", ["ref", ".name"], ["const", 1]]), /does not exist: \.name/u],
    [(s) => set(itemOf(s, 0, 0, 2), "codeSet", "nothing"), /items\.sex\.codeSet names an unknown code set/u],
    [(s) => set(itemOf(s, 0, 0, 2), "shownIf", ["=", ["ref", "general.sex"], ["const", "7"]]), /“sex” has no option “7”/u],
    [(s) => set(itemOf(s, 0, 0, 2), "shownIf", ["in", ["ref", "general.insurance"], ["1"]]), /“in” is for items of one code/u],
    [(s) => set(itemOf(s, 0, 0, 1), "key", "name"), /forms\.general\.items\.name is a key used twice/u],
    [(s) => set(itemOf(s, 0, 0, 0), "shownIf", ["matches", ["ref", "general.name"], "("]), /invalid regular expression/u],
    [(s) => set(itemOf(s, 0, 0, 0), "shownIf", ["frobnicate", ["today"]]), /does not exist: frobnicate/u],
    [(s) => set(itemOf(s, 0, 0, 0), "shownIf", ["constructor"]), /does not exist: constructor/u],
    [(s) => set(itemOf(s, 0, 0, 0), "shownIf", ["not"]), /takes 1 operands/u],
    [(s) => set(itemOf(s, 0, 0, 0), "shownIf", ["any", "general.identity", ["const", true]]), /is not a repeating section/u],
    [(s) => set(s["categories"]![0], "form", "soldier"), /categories\.transferred_cadre\.form is not a form of this category/u],
    [(s) => set(s["categoryRules"]![2], "category", "nobody"), /names an unknown category “nobody”/u],
    [(s) => set(s, "categoryItem", "general.name"), /scheme\.categoryItem must be an item of several codes/u],
    [(s) => set(s, "referenceDate", "2018-02-30"), /referenceDate is not a date/u],
    [(s) => set(s["checks"]![0], "at", ["general.nobody"]), /checks\.birth-from-id\.at names an item that does not exist/u],
    [(s) => set(s["codeSets"]![2]!["options"]![3], "replacedBy", "77"), /replacedBy names no other option/u],
    [(s) => set(itemOf(s, 0, 0, 0), "key", "constructor"), /\.key is not what belongs here/u],
    [(s) => set(itemOf(s, 0, 0, 0), "onClick", "alert(1)"), /onClick is not part of the definition language/u],
    [(s) => set(itemOf(s, 0, 0, 0), "label", { zh: "姓名" }), /label is not what belongs here/u],
  ];
  for (const [change, expected] of cases) {
    const faults = after(change);
    assert.ok(faults.some((fault) => expected.test(fault)), `${expected}: ${faults.join(" | ")}`);
  }
});

test("conditions that depend on each other are found as a circle", () => {
  const faults = after((s) => {
    set(itemOf(s, 0, 1, 1), "shownIf", ["is-answered", ["ref", "general.remark"]]);
    set(itemOf(s, 0, 1, 7), "shownIf", ["is-answered", ["ref", "general.agent"]]);
  });
  assert.equal(faults.length, 1);
  assert.match(faults[0] ?? "", /general\.agent → general\.remark → general\.agent|general\.remark → general\.agent → general\.remark/u);
  assert.match(after((s) => set(itemOf(s, 1, 1, 2), "shownIf", ["is-answered", ["ref", ".other"]]))[0] ?? "", /awards\[\]\.other → /u);
});

test("several faults are found in one go", () => {
  const faults = after((s) => {
    set(itemOf(s, 0, 0, 2), "codeSet", "nothing");
    set(s, "referenceDate", "never");
    set(s["checks"]![0], "at", ["general.nobody"]);
  });
  assert.ok(faults.length >= 3);
});

test("equal definitions give equal bytes and hashes, whatever the order of their keys", async () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).reverse().map(([k, v]) => [k, shuffled(v)]));
  };
  const a = smallScheme();
  const b = shuffled(a) as Scheme;
  assert.equal(canonicalJson(a), canonicalJson(b));
  assert.equal(await schemeHash(a), await schemeHash(b));
  assert.match(await schemeHash(a), /^[0-9a-f]{64}$/u);
  assert.equal(canonicalJson({ b: undefined, a: [undefined, 1] }), '{"a":[null,1]}');
  const parsed = parseScheme(canonicalJson(a));
  assert.ok(parsed.ok && canonicalJson(parsed.scheme) === canonicalJson(a));
  fc.assert(fc.property(fc.jsonValue(), (value) => canonicalJson(JSON.parse(canonicalJson(value))) === canonicalJson(value)));
});

test("whatever is read as a scheme gives faults, never a throw", () => {
  fc.assert(fc.property(fc.string(), (json) => !parseScheme(json).ok));
  fc.assert(fc.property(fc.anything(), (value) => definitionFaults(value).length > 0));
  const paths = fc.constantFrom("forms", "checks", "codeSets", "categories", "categoryRules", "departments", "findingClasses", "generalForm", "categoryItem", "identity", "baseList");
  fc.assert(fc.property(paths, fc.jsonValue(), (key, value) => {
    after((s) => set(s, key, value));
    after((s) => set(s["checks"]![0], "when", value));
    after((s) => set(s["forms"]![1]!["sections"]![0], "items", value));
    return true;
  }));
});

test("people besides the subject stand in a repeating section, and what is compared of them is theirs or the record's", () => {
  const faults = (change: (copy: Loose) => void): string => {
    const copy = JSON.parse(canonicalJson(lowIncome)) as Loose;
    change(copy);
    return definitionFaults(copy).map((fault) => `${fault.path} ${fault.message.en}`).join("; ");
  };
  const police = (copy: Loose): Loose => copy["departments"]!.find((each) => String(each["key"]) === "public_security") as Loose;
  const name = (copy: Loose): Loose => police(copy)["fields"]!.find((each) => String(each["key"]) === "name") as Loose;
  assert.equal(faults(() => undefined), "");
  const cases: readonly (readonly [(copy: Loose) => void, RegExp])[] = [
    [(s) => set(s["members"], "rows", "household.head"), /members\.rows is no repeating section/u],
    [(s) => set(s["members"], "idNumber", "name"), /members\.idNumber names no item of the kind id-number/u],
    [(s) => set(s["members"], "nick", "name"), /members\.nick is not part of the definition language/u],
    [(s) => set(name(s)["ofMember"], "compares", "household.incomes[].kind"), /ofMember\.compares names no item of a member/u],
    [(s) => set(name(s)["ofMember"], "finding", "P99"), /ofMember\.finding names an unknown class/u],
    [(s) => set(name(s)["ofMember"], "comparedIf", ["is-answered", ["ref", ".nobody"]]), /refers to an item that does not exist: \.nobody/u],
    [(s) => set(police(s)["absences"]![1], "kind", "listed-not-registered"), /absences\.1\.of is only for people registered and not listed/u],
    [(s) => Reflect.deleteProperty(s, "members") && undefined, /ofMember is for schemes with members/u],
  ];
  for (const [change, fault] of cases) assert.match(faults(change), fault);
});
