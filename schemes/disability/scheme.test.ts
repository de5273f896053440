// The schemes of the disability survey as data: every item of the form, complete wording and sources, editions that agree by key.
import assert from "node:assert/strict";
import { test } from "node:test";
import { definitionFaults } from "../../src/scheme/check-definition.ts";
import { itemAt, placesOf } from "../../src/scheme/layout.ts";
import type { Item, Scheme } from "../../src/scheme/model.ts";
import { disability2022 } from "./scheme-2022.ts";
import { disability } from "./scheme.ts";
import { disabilityVillage } from "./village.ts";

const numbersOf = (scheme: Scheme): readonly string[] => [...new Set(placesOf(scheme).flatMap((place) => place.item.number ?? []))];
const count = (to: number): string[] => Array.from({ length: to }, (_, at) => `R${at + 1}`);

for (const scheme of [disability, disability2022, disabilityVillage]) {
  const name = `${scheme.key} ${scheme.version}`;

  test(`${name}: the definition has no fault`, () => {
    assert.deepEqual(definitionFaults(scheme), []);
  });

  test(`${name}: every item has a source, labels in two languages, a purpose and a basis`, () => {
    for (const { path, item } of placesOf(scheme)) {
      assert.ok(item.source.marks.length > 0, path);
      assert.ok(item.label.zh !== "" && item.label.en !== "", path);
      assert.ok(item.purpose !== undefined && item.basis !== undefined, path);
    }
  });

  test(`${name}: no code set is unused, and no wording in one means two codes`, () => {
    const used = new Set(placesOf(scheme).flatMap((place) => place.item.codeSet ?? []));
    assert.deepEqual(
      scheme.codeSets.map((set) => set.key).filter((key) => !used.has(key)),
      [],
    );
    for (const set of scheme.codeSets.filter((each) => each.standard === undefined)) {
      const words = set.options.flatMap((each) => (each.code.length > 1 ? [] : [each.label.zh, ...(each.alsoWritten ?? [])]));
      assert.deepEqual(
        words.filter((word, at) => words.indexOf(word) !== at),
        [],
        set.key,
      );
    }
  });

  test(`${name}: items that could harm are marked`, () => {
    for (const { path, item } of placesOf(scheme)) {
      if (item.kind === "id-number") assert.equal(item.sensitivity, "identity", path);
      if (item.kind === "phone") assert.equal(item.sensitivity, "contact", path);
      if (["photo", "signature", "document"].includes(item.kind)) assert.equal(item.sensitivity, "image", path);
    }
  });
}

test("the form of 2016 asks R1 to R41, each in its order", () => {
  assert.deepEqual(
    numbersOf(disability).filter((number) => number !== "R16b"),
    count(41),
  );
});

test("the form of 2022 asks R1 to R27, each in its order", () => {
  assert.deepEqual(numbersOf(disability2022), count(27));
  assert.equal(disability2022.follows, disability.version);
});

const general = (key: string): string => `general.${key}`;
const byKey = (scheme: Scheme, key: string): Item | undefined => itemAt(scheme, general(key))?.item;

const renumbered: readonly (readonly [key: string, in2017: string, in2022: string | undefined])[] = [
  ["name", "R1", "R1"],
  ["cert_no", "R2", "R2"],
  ["hukou_kind", "R3", undefined],
  ["marital", "R4", "R3"],
  ["contact_name", "R5", "R4"],
  ["mobile", "R6", "R5"],
  ["institution", "R7", "R6"],
  ["poverty", "R10", undefined],
  ["literate", "R12", undefined],
  ["education", "R13", "R8"],
  ["school_kind", "R14", undefined],
  ["employed", "R16", "R9"],
  ["living_source", "R18", "R10"],
  ["unemployed_reason", "R19", undefined],
  ["help_needed", "R21", "R11"],
  ["worker_insurance", "R22", "R12"],
  ["resident_pension", "R23", undefined],
  ["resident_medical", "R25", "R13"],
  ["medical_subsidy", "R26", "R14"],
  ["assistance", "R27", "R15"],
  ["welfare", "R28", undefined],
  ["care_need", "R30", "R16"],
  ["family_doctor", "R31", "R20"],
  ["ill", "R32", undefined],
  ["rehab_received", "R35", "R21"],
  ["rehab_need", "R37", "R22"],
  ["barrier_done", "R38", "R23"],
  ["barrier_need", "R39", "R25"],
  ["culture_active", "R40", "R26"],
  ["culture_reason", "R41", "R27"],
];

for (const [key, in2017, in2022] of renumbered) {
  test(`${key} is ${in2017} in 2017 and ${in2022 ?? "no longer asked"} in 2022, with the same meaning`, () => {
    assert.equal(byKey(disability, key)?.number, in2017);
    const later = byKey(disability2022, key);
    assert.equal(later?.number, in2022);
    if (later === undefined) return;
    assert.equal(later.kind, byKey(disability, key)?.kind);
    assert.equal(later.codeSet, byKey(disability, key)?.codeSet);
    assert.deepEqual(later.label, byKey(disability, key)?.label);
  });
}

test("what is new in 2022 has a key that 2017 does not know", () => {
  const added = placesOf(disability2022).filter((place) => itemAt(disability, place.path) === undefined);
  assert.deepEqual(
    added.map((place) => `${place.item.number} ${place.item.key}`),
    ["R7 family_housing", "R17 elderly_received", "R18 elderly_need", "R19 aged_parents_care", "R24 barrier_works"],
  );
});

test("rules about items no longer asked fall away with them, and only those", () => {
  const kept = new Set(disability2022.checks.map((check) => check.key));
  assert.deepEqual(
    disability.checks.map((check) => check.key).filter((key) => !kept.has(key)),
    [
      "general.at_school_without_school",
      "general.worker_insurance_expected",
      "general.allowance_gives_living_subsidy",
      "general.extremely_poor_without_nursing",
      "general.nursing_light_grade",
    ],
  );
});

test("items whose labels are in no source say so", () => {
  for (const key of ["not_enrolled_reason", "untreated_reason", "no_rehab_reason", "culture_reason", "rural_housing", "care_need", "per_state"]) {
    const found = byKey(disability, key)?.source;
    assert.ok(found?.marks.includes("R") && found.note?.includes("editable default"), key);
  }
});
