// Bringing an offline form back: nothing of the office is overwritten unless a person said so, item by item.
import assert from "node:assert/strict";
import { test } from "node:test";
import { veterans } from "../../../../schemes/veterans/scheme.ts";
import { shippedSchemes } from "../../../../schemes/shipped.ts";
import { placesOf } from "../../../scheme/layout.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { carried } from "./offline-bring.ts";
import { mergeBrought, withPictures } from "./offline-merge.ts";

const office = { general: { name: "虚构甲", mobile: "13800000000", categories: ["serving_family"] } };
const brought = { general: { name: "虚构甲", mobile: "13900000000", former_name: "虚构乙", categories: ["serving_family"] } };

test("empty items are filled, equal ones left, different ones stay as they are and are named", () => {
  const merged = mergeBrought(veterans, office, brought, new Map());
  assert.deepEqual(merged.filled, ["general.former_name"]);
  assert.deepEqual(merged.conflicts.map(({ path, office: a, brought: b }) => [path, a, b]), [["general.mobile", "13800000000", "13900000000"]]);
  assert.deepEqual(merged.answers, { general: { ...office.general, former_name: "虚构乙" } });
});

test("a person decides for the form that was brought, item by item", () => {
  const merged = mergeBrought(veterans, office, brought, new Map([["general.mobile", "brought"]]));
  assert.deepEqual(merged.taken, ["general.mobile"]);
  assert.equal(merged.answers["general"]?.["mobile"], "13900000000");
  assert.equal(merged.conflicts.length, 1);
});

test("what is not said offline takes nothing away, and a second time changes nothing", () => {
  const { answers } = mergeBrought(veterans, office, brought, new Map([["general.mobile", "brought"]]));
  const again = mergeBrought(veterans, answers, brought, new Map());
  assert.deepEqual([again.filled, again.taken, again.conflicts, again.answers], [[], [], [], answers]);
  assert.deepEqual(mergeBrought(veterans, office, {}, new Map()).answers, office);
});

test("rows of a repeating section are decided together", () => {
  const form = veterans.forms.find((one) => one.sections.some((section) => section.repeats))!;
  const section = form.sections.find((one) => one.repeats)!;
  const key = section.items.find((item) => item.kind === "text" || item.kind === "address")?.key ?? section.items[0]!.key;
  const rows = (text: string): object => ({ [form.key]: { [section.key]: [{ [key]: text }] } });
  const merged = mergeBrought(veterans, rows("甲") as never, rows("乙") as never, new Map());
  assert.deepEqual(merged.conflicts.map((conflict) => conflict.path), [`${form.key}.${section.key}`]);
  assert.deepEqual(merged.answers, rows("甲"));
});

test("pictures get the ids of the office, and those it refused are left out", () => {
  const answers = { general: { name: "虚构甲", photo_recent: "p1" } };
  assert.deepEqual(withPictures(veterans, answers, (path, id) => `${path}/${id}`), { general: { name: "虚构甲", photo_recent: "general.photo_recent/p1" } });
  assert.equal(withPictures(veterans, answers, () => undefined)["general"]?.["photo_recent"], undefined);
});

test("a form of another version is carried over by item, and what has no place is listed", () => {
  const of = (version: string): Scheme => shippedSchemes.find((scheme) => scheme.key === "disability" && scheme.version === version)!;
  const [from, to] = [of("2017.1"), of("2022.1")];
  const known = new Set(placesOf(to).map((place) => place.path));
  const gone = placesOf(from).find(({ path, item }) => !known.has(path) && !path.includes("[]") && item.kind !== "computed")!;
  const answers = { general: { name: "虚构甲" }, [gone.form.key]: { ...(gone.form.key === "general" ? { name: "虚构甲" } : {}), [gone.item.key]: "1" } };
  const now = carried(from, to, answers);
  assert.equal(now.answers["general"]?.["name"], "虚构甲");
  assert.deepEqual(now.dropped.map((one) => one.path), [known.size > 0 && to.forms.some((form) => form.key === gone.form.key) ? gone.path : gone.form.key]);
  assert.deepEqual(carried(to, to, answers), { answers, dropped: [] });
});
