// Headings, labels and cells of sheets.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { codeOfLabel, itemOfHeading, parseCell, type Parsed, type Raw } from "./labels.ts";
import { codeSetOf, itemAt } from "./layout.ts";
import type { Item } from "./model.ts";
import { smallScheme } from "./small-scheme.ts";

const scheme = smallScheme();
const itemOf = (path: string): Item => itemAt(scheme, path)!.item;
const cell = (path: string, raw: Raw): Parsed => parseCell(itemOf(path), codeSetOf(scheme, itemOf(path)), raw);
const valueOf = (path: string, raw: Raw): unknown => { const p = cell(path, raw); return "issue" in p ? p.issue.code : p.value; };

test("headings find their items in the usual spellings, and nothing when in doubt", () => {
  for (const heading of ["联系电话（手机）*", "联系电话", " *联系电话（手机） ", "联系电话(必填)", "mobile", "general.mobile", "Telephone"]) assert.equal(itemOfHeading(scheme, heading)?.path, "general.mobile", heading);
  assert.equal(itemOfHeading(scheme, "身份 证号")?.path, "general.id_number");
  assert.equal(itemOfHeading(scheme, "年份")?.path, "soldier.awards[].year");
  assert.equal(itemOfHeading(scheme, "年份", ["general"]), undefined);
  assert.equal(itemOfHeading(scheme, "没有这一列"), undefined);
  assert.equal(itemOfHeading(scheme, ""), undefined);
});

test("labels, codes, older words and English all mean the code", () => {
  const set = codeSetOf(scheme, itemOf("general.insurance"))!;
  for (const label of ["1", "城乡居民基本医疗保险", "新农合", " 新型农村 合作医疗", "residents' insurance"]) assert.equal(codeOfLabel(set, label), "1", label);
  assert.equal(codeOfLabel(set, "商业保险"), undefined);
});

test("cells become values of every kind", () => {
  assert.equal(valueOf("general.name", " 陈　一 "), "陈一");
  assert.equal(valueOf("general.name", "陈1"), "name-characters");
  assert.equal(valueOf("general.id_number", "11010519491231002x"), "11010519491231002X");
  assert.equal(valueOf("general.id_number", 350524780615001), "350524197806150017");
  assert.equal(valueOf("general.id_number", Number("350524197806150017")), "id-digits-lost", "a sheet keeps 15 digits of a number");
  assert.equal(valueOf("general.sex", "男"), "1");
  assert.equal(valueOf("general.sex", 1), "1");
  assert.equal(valueOf("general.sex", "不明"), "not-an-option");
  assert.equal(valueOf("general.birth_date", 43374), "2018-10-01");
  assert.equal(valueOf("general.birth_date", "1978年6月15日"), "1978-06-15");
  assert.equal(valueOf("general.birth_date", "不详"), "not-a-date");
  assert.equal(valueOf("general.mobile", 13812341234), "13812341234");
  assert.equal(valueOf("general.mobile", "+86 138-1234-1234"), "13812341234");
  assert.equal(valueOf("general.mobile", "0595－23231234"), "0595-23231234");
  assert.equal(valueOf("general.mobile", "123"), "not-a-phone");
  assert.equal(valueOf("general.domicile", "350524100"), "350524100000");
  assert.equal(valueOf("general.agent", "是"), true);
  assert.equal(valueOf("general.agent", false), false);
  assert.equal(valueOf("general.agent", "1"), "wrong-type", "1 and 0 are used both ways in the field");
  assert.equal(valueOf("general.income", "1,234.50元"), 1234.5);
  assert.equal(valueOf("general.income", "3.5万"), 35000);
  assert.equal(valueOf("general.income", 1234.1000000000001), 1234.1);
  assert.equal(valueOf("general.income", "约三千"), "wrong-type");
  assert.deepEqual(valueOf("general.insurance", "新农合、职工基本医疗保险"), ["1", "2"]);
  assert.deepEqual(valueOf("general.insurance", "1;2，1"), ["1", "2"]);
  assert.equal(valueOf("general.insurance", "新农合,别的"), "not-an-option");
  assert.equal(valueOf("soldier.unit_code", "３７００１部队"), "37001部队");
  assert.equal(valueOf("soldier.unit_code", "115师"), "unit-designation");
  assert.equal(valueOf("general.remark", "第31集团军"), "unit-designation");
  assert.equal(valueOf("general.remark", "　"), undefined);
  assert.equal(valueOf("general.age", 40), "wrong-type");
});

test("any cell gives one outcome for any item", () => {
  const raw = fc.oneof(fc.string({ unit: "binary" }), fc.double(), fc.boolean(), fc.date({ noInvalidDate: false }), fc.constant(null));
  fc.assert(fc.property(fc.constantFrom("general.name", "general.id_number", "general.insurance", "general.income", "general.birth_date", "general.mobile", "general.domicile", "general.agent", "general.remark", "general.photo"), raw, (path, value) => {
    const parsed = cell(path, value);
    return "issue" in parsed ? parsed.issue.message.zh !== "" : "value" in parsed;
  }));
});
