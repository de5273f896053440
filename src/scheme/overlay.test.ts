// What a province adds to a scheme without forking it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { check, codeSet, eq, item, option, section, source, text, value } from "./define.ts";
import { checker } from "./check.ts";
import type { Overlay, Scheme } from "./model.ts";
import { applyOverlay, applyOverlays } from "./overlay.ts";
import { smallScheme } from "./small-scheme.ts";

const made = source(["R"], "made for tests");
const province: Overlay = {
  key: "fj",
  label: text("某省补充", "Additions of a province"),
  scheme: "small",
  codeSets: [codeSet("dialect", "方言", "Dialect", [option("1", "闽南话", "Southern Min"), option("2", "客家话", "Hakka")])],
  options: [{ codeSet: "insurance", option: option("6", "惠民保", "City insurance") }],
  sections: [{ form: "general", after: "identity", section: section("province", "省补充", "Province", [item("dialect", "code", "方言", "Dialect", ["R"], { codeSet: "dialect", required: true })]) }],
  items: [
    { form: "general", section: "identity", after: "name", item: item("former_name", "text", "曾用名", "Former name", ["R"]) },
    { form: "general", section: "identity", after: "name", item: item("other_name", "text", "别名", "Other name", ["R"]) },
    { form: "soldier", section: "awards", item: item("paper", "photo", "证书照片", "Certificate", ["R"]) },
  ],
  checks: [check("province.dialect", "note", eq("general.dialect", value("2")), ["general.dialect"], text("请复核", "Please look again"), made)],
};

const scheme = (overlay: Overlay, base = smallScheme()): Scheme => {
  const result = applyOverlay(base, overlay);
  assert.ok(result.ok, result.ok ? "" : JSON.stringify(result.faults));
  return result.scheme;
};
const faults = (overlay: unknown, base = smallScheme()): string[] => {
  const result = applyOverlay(base, overlay as Overlay);
  return result.ok ? [] : result.faults.map((fault) => `${fault.path} ${fault.message.en}`);
};

test("an overlay adds sections, items, options and checks where it says, and the version tells it", () => {
  const base = smallScheme();
  const before = JSON.stringify(base);
  const whole = scheme(province, base);
  assert.equal(JSON.stringify(base), before);
  assert.equal(whole.version, "1+fj");
  assert.deepEqual(whole.forms[0]?.sections.map((s) => s.key), ["identity", "province", "living"]);
  assert.deepEqual(whole.forms[0]?.sections[0]?.items.slice(0, 4).map((i) => i.key), ["name", "former_name", "other_name", "id_number"]);
  assert.deepEqual(whole.forms[1]?.sections[1]?.items.map((i) => i.key), ["kind", "year", "other", "paper"]);
  assert.equal(whole.checks.length, base.checks.length + 1);
  const { issues } = checker(whole)({ general: { name: "张三" } }, { today: "2026-01-01" });
  assert.ok(issues.some((issue) => issue.code === "required" && issue.paths[0] === "general.dialect"));
});

test("a county adds to what its province added", () => {
  const county: Overlay = { key: "anxi", label: text("某县", "A county"), scheme: "small", items: [{ form: "general", section: "province", after: "dialect", item: item("clan", "text", "宗亲会", "Clan", ["R"]) }] };
  const both = applyOverlays(smallScheme(), [province, county]);
  assert.ok(both.ok && both.scheme.version === "1+fj+anxi");
  assert.deepEqual(faults(county), ["overlay.items.clan.section names an unknown section of “general”: “province”"]);
  assert.deepEqual(faults(province, scheme(province)).slice(0, 1), ["overlay.key is applied already"]);
});

test("what an overlay names must exist, and what it adds must be new", () => {
  const with_ = (part: Partial<Overlay>): string => faults({ key: "fj", label: province.label, scheme: "small", ...part }).join(" | ");
  const note = item("note", "text", "注", "Note", ["R"]);
  assert.match(with_({ scheme: "other" }), /overlay\.scheme is made for “other”/u);
  assert.match(with_({ items: [{ form: "nobody", section: "identity", item: note }] }), /overlay\.items\.note\.form names an unknown form “nobody”/u);
  assert.match(with_({ items: [{ form: "general", section: "nobody", item: note }] }), /unknown section of “general”: “nobody”/u);
  assert.match(with_({ items: [{ form: "general", section: "identity", after: "rooms", item: note }] }), /overlay\.items\.note\.after names nothing that exists: “rooms”/u);
  assert.match(with_({ items: [{ form: "general", section: "identity", item: { ...note, key: "rooms" } }] }), /overlay\.items\.rooms is an item that “general” has already/u);
  assert.match(with_({ sections: [{ form: "general", section: section("living", "", "", [note]) }] }), /label is not what belongs here/u);
  assert.match(with_({ sections: [{ form: "general", section: section("living", "栏", "Part", [note]) }] }), /is a section that “general” has already/u);
  assert.match(with_({ sections: [{ form: "soldier", section: section("more", "栏", "Part", [{ ...note, key: "awards" }]) }] }), /overlay\.sections\.more\.items\.awards is an item/u);
  assert.match(with_({ options: [{ codeSet: "nobody", option: option("1", "一", "One") }] }), /unknown code set “nobody”/u);
  assert.match(with_({ options: [{ codeSet: "sex", option: option("1", "一", "One") }] }), /option that the set has already: “1”/u);
  assert.match(with_({ codeSets: [codeSet("sex", "性别", "Sex", [])] }), /overlay\.codeSets\.sex is a key that the scheme has already/u);
  assert.match(with_({ checks: [check("insured-and-poor", "note", ["const", true], [], text("一", "a"), made)] }), /overlay\.checks\.insured-and-poor is a key/u);
  assert.match(with_({ checks: [check("new", "note", eq("general.nobody", 1), [], text("一", "a"), made)] }), /checks\.new\.when refers to an item that does not exist: general\.nobody/u);
  assert.match(with_({ options: [{ codeSet: "category", option: option("thirteenth", "十三", "Thirteenth") }] }), /has an option that is no category/u);
});

test("an overlay read from outside gives faults, never a throw", () => {
  for (const wrong of [null, 5, [], {}, { ...province, items: 5 }, { ...province, items: [5] }, { ...province, items: [{ form: "general", section: "identity", item: {} }] }, { ...province, onLoad: "x" }]) {
    assert.ok(faults(wrong).length > 0, JSON.stringify(wrong));
  }
});
