// The parts of a household's index as its head is told of them: of the others nothing, whatever stands in their rows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { allowanceHousehold, sampleDay } from "../../../schemes/low-income/sample-households.ts";
import { shippedInsights } from "../../../schemes/shipped.ts";
import { rowsAt } from "../../scheme/evaluate.ts";
import type { Answers, Group } from "../../scheme/model.ts";
import { ownPartsOf, partsOfHousehold } from "./household.ts";

const { insight, sets } = shippedInsights[0]!;
const context = { today: sampleDay, referenceDate: "2019-08-01" };
/** With what the form reckons for itself. */
const members = rowsAt(allowanceHousehold, insight.members).map((row, i): Group => ({ ...row, age: [57, 44, 11][i]!, medical_insured: true }));
const head = members[0]!["id_number"];
const isMine = (row: Group): boolean => row["id_number"] === head;
const withMembers = (rows: readonly Group[]): Answers => ({ ...allowanceHousehold, household: { ...allowanceHousehold["household"], members: rows } });
const household = withMembers(members);
const own = (answers: Answers, set = sets[0]!) => ownPartsOf(set, insight, answers, context, isMine);

/** What could be the matter with somebody: health, schooling, work, insurance, death. */
const others: readonly Group[] = [
  { health: ["major"] }, { health: ["disabled"] }, { health: ["healthy"] }, { health: ["chronic"] }, { education: "90" }, { education: "20" }, { edu_state: "02", age: 10 }, { edu_state: "01", age: 10 }, { job_state: "90", edu_state: "99", age: 10 }, { medical_insured: false }, { medical_insured: true },
  { labour: "01", age: 30 }, { labour: "04", age: 80 }, { job_state: "31" }, { person_state: "02" },
];

test("whatever stands in the others' rows, the head is told the same", () => {
  for (const set of sets) {
    const told = JSON.stringify(own(household, set));
    let differs = 0;
    for (const row of others) {
      const changed = withMembers(members.map((member) => (isMine(member) ? member : { ...member, ...row })));
      if (JSON.stringify(partsOfHousehold(set, insight, changed, context)) !== JSON.stringify(partsOfHousehold(set, insight, household, context))) differs += 1;
      assert.equal(JSON.stringify(own(changed, set)), told, `${set.key}: ${JSON.stringify(row)}`);
    }
    assert.ok(differs >= 2, `${set.key}: an office is told that something changed`);
  }
});

test("what is the matter with oneself is told, and what the household has in common", () => {
  const ill = own(withMembers(members.map((member) => (isMine(member) ? { ...member, health: ["major"] } : member)))).parts.find(({ key }) => key === "illness")!;
  const well = own(withMembers(members.map((member) => (isMine(member) ? { ...member, health: ["healthy"] } : member)))).parts.find(({ key }) => key === "illness")!;
  assert.deepEqual([ill.standing, ill.words.zh.split("：").at(-1), well.words.zh.split("：").at(-1)], ["of-members", "是", "否"]);
  const housing = (state: string) => own({ ...household, household: { ...household["household"], housing_state: state, housing_nature: "1" } }).parts.find(({ key }) => key === "housing")!.standing;
  assert.deepEqual([housing("3"), housing("1")], ["deprived", "not-deprived"]);
  assert.deepEqual(own(household).parts.filter(({ standing }) => standing !== "of-members").map(({ key }) => key), ["income", "housing", "floor", "utilities"]);
});

test("who lives alone is told everything, with the sum", () => {
  const alone = withMembers(members.filter(isMine));
  const { parts, words } = own(alone);
  assert.deepEqual({ parts, words }, (({ parts: all, words: sum }) => ({ parts: all, words: sum }))(partsOfHousehold(sets[0]!, insight, alone, context)));
});

test("somebody in whose household no row is theirs is told of nobody", () => {
  const nobody = ownPartsOf(sets[0]!, insight, household, context, () => false);
  assert.match(nobody.parts.find(({ key }) => key === "illness")!.words.en, /for yourself: not known$/u);
});
