// Decisions of the offline form: areas inside the page, who is listed, pictures let go, a designation found before anything is saved.
import assert from "node:assert/strict";
import { test } from "node:test";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { newId } from "../../core/ids.ts";
import { getArea, listAreas, searchAreas } from "../../modules/areas/contract.ts";
import { getMe } from "../../modules/access/contract.ts";
import type { WorkMedia } from "../shared/work-file.ts";
import { areaAnswers, nodesOf } from "./areas.ts";
import { changed, designated, fileName, isEmpty, newPerson } from "./people.ts";

const areas = { top: "某省某市某县", rows: [["350524000000", "某县"], ["350524101000", "甲镇"], ["350524101201", "甲一村"], ["350524102000", "乙镇"]] as const };
const answers = areaAnswers(areas, () => (name) => (name === "甲一村" ? "jyc jiayicun" : "x"));

test("areas inside the page answer as the server would", () => {
  const names = (reply: unknown): string[] => (reply as { areas: { name: string }[] }).areas.map((node) => node.name);
  assert.deepEqual(names(answers(listAreas, {})), ["某县"]);
  assert.deepEqual(names(answers(listAreas, { query: { parent: 350524000000 } })), ["甲镇", "乙镇"]);
  assert.deepEqual(names(answers(searchAreas, { query: { q: "jyc" } })), ["甲一村"]);
  assert.deepEqual(names(answers(searchAreas, { query: { q: "350524101201" } })), ["甲一村"]);
  assert.equal((answers(getArea, { params: { code: 350524101201 } }) as { area: { fullName: string } }).area.fullName, "某省某市某县甲镇甲一村");
  assert.deepEqual(nodesOf(areas).map((node) => [node.level, node.hasChildren]), [[3, true], [4, true], [5, false], [4, false]]);
});

test("an area that is not in the page is taken by its twelve digits; anything else is not answered", () => {
  assert.deepEqual((answers(searchAreas, { query: { q: "110101001001" } }) as { areas: { code: number }[] }).areas.map((node) => node.code), [110101001001]);
  assert.deepEqual((answers(searchAreas, { query: { q: "没有的村" } }) as { areas: unknown[] }).areas, []);
  assert.equal(answers(getMe, {}), undefined);
});

test("a person without answers is no person, and a picture that no answer names is let go", () => {
  assert.ok(isEmpty({}) && isEmpty({ general: { name: undefined } }) && !isEmpty({ general: { name: "虚" } }));
  const [kept, gone] = [newId(), newId()];
  const media: WorkMedia = { path: "general.photo_recent", mime: "image/jpeg", bytes: new Uint8Array(3) };
  const now = changed(newPerson(), { general: { photo_recent: kept } }, new Map([[kept, media], [gone, media]]));
  assert.deepEqual([...now.media.keys()], [kept]);
});

test("a unit designation in any answer is found before the file is made", () => {
  const person = { ...newPerson(), answers: { general: { name: "虚构甲", residence_address: "步兵第112师336团家属院" } } };
  const found = designated(veterans, [newPerson(), person], "2026-01-01");
  assert.equal(found?.person, person);
  assert.deepEqual(found?.issue.paths, ["general.residence_address"]);
  assert.equal(designated(veterans, [{ ...person, answers: { general: { residence_address: "某镇某村1号" } } }], "2026-01-01"), undefined);
});

test("the file's name says which form and when, and nobody's name", () => {
  assert.equal(fileName(veterans, new Date(2026, 0, 31, 9, 5, 7)), `${veterans.label.zh}-2018.1-20260131-090507.qcw`);
});
