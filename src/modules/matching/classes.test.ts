// Every class of finding of every programme, each raised by one planted difference or absence and by nothing else; and not raised
// when both sides agree.
import assert from "node:assert/strict";
import { test } from "node:test";
import { disability } from "../../../schemes/disability/scheme.ts";
import { lowIncome } from "../../../schemes/low-income/scheme.ts";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { fictionalId } from "../../../test/world.ts";
import type { Answers, Group, Scheme, Value } from "../../scheme/model.ts";
import { keysFrom } from "../../platform/keys.ts";
import { codeSetsOf, type Ground } from "./ground.ts";
import { membersOf } from "./members.ts";
import { headOf, judge, judgeInTurns, peopleOf, type Head } from "./judge.ts";
import { duplicateClass } from "./rules.ts";

type Cells = Readonly<Record<string, string>>;
/** Our answers, their cells that raise the class, and their cells that do not (absent: no such list row can agree). `member`: the row speaks of this member. */
type Planted = { readonly member?: Group; readonly department: string; readonly ours: Readonly<Record<string, Value>>; readonly differs: Cells; readonly agrees?: Cells };
type Absent = { readonly member: Group; readonly department: string } | { readonly department: string; readonly ours: Readonly<Record<string, Value>> } | { readonly department: string; readonly row: Cells };

const keys = keysFrom(Buffer.alloc(32, 3));
const region = "350524100201";
const recordId = "00000000-0000-7000-8000-000000000001";

function groundFor(scheme: Scheme, key: string): Ground {
  const department = scheme.departments.find((each) => each.key === key);
  assert.ok(department && scheme.identity);
  return { county: 350524, campaign: "c", scheme, identity: scheme.identity, department, sets: codeSetsOf(scheme), context: { today: "2018-11-01", referenceDate: "2018-10-01" } };
}

function answersOf(scheme: Scheme, given: Readonly<Record<string, Value>>): Answers {
  const { identity } = scheme;
  const answers: { [form: string]: { [item: string]: Value } } = {};
  for (const [path, value] of Object.entries({ [identity?.idNumber ?? ""]: fictionalId(1), [identity?.name ?? ""]: "陈虚构", [identity?.area ?? ""]: region, ...given })) {
    const dot = path.indexOf(".");
    (answers[path.slice(0, dot)] ??= {})[path.slice(dot + 1)] = value;
  }
  return answers;
}

const headFor = (ground: Ground, given: Readonly<Record<string, Value>>): Map<string, Head> =>
  new Map([[recordId, headOf(ground, { recordId, subjectId: recordId, area: 350524100201, state: "accepted" }, answersOf(ground.scheme, given), fictionalId(1))]]);
const raised = (ground: Ground, heads: Map<string, Head>, cells: readonly Cells[], linked: boolean): string[] => {
  const rows = new Map(cells.map((each, index) => [index + 2, { no: index + 2, cells: each }]));
  const joined = linked ? [...rows.keys()].map((row) => ({ recordId, member: "", row, sure: true })) : [];
  return [...judge(ground, keys, heads, rows, peopleOf(ground, rows), joined).wanted.values()].map((wanted) => wanted.class);
};

const of = (given: Group): Group => ({ name: "林虚拟", id_number: fictionalId(2), id_kind: "1", person_state: "01", ...given });
/** A household whose second row is the member; the first is its head's own. */
function household(ground: Ground, ours: Readonly<Record<string, Value>>, member: Group): Map<string, Head> {
  const answers = { ...answersOf(ground.scheme, ours) };
  answers["household"] = { ...answers["household"], members: [{ name: "陈虚构", id_number: fictionalId(1) }, of(member)] };
  return new Map([[recordId, headOf(ground, { recordId, subjectId: recordId, area: 350524100201, state: "accepted" }, answers, fictionalId(1), membersOf(ground, keys, answers))]]);
}
function raisedOf(ground: Ground, heads: Map<string, Head>, cells: Cells | undefined): string[] {
  const [member] = heads.get(recordId)?.members ?? [];
  assert.ok(member && heads.get(recordId)?.members.length === 1, "the head's own row is no member besides the head");
  const rows = new Map([[2, { no: 2, cells: { id_number: fictionalId(9), name: "林他人" } }], ...(cells === undefined ? [] : [[3, { no: 3, cells: { id_number: fictionalId(2), name: "林虚拟", ...cells } }] as const])]);
  const joined = cells === undefined ? [] : [{ recordId, member: member.key, row: 3, sure: true }];
  const found = [...judge(ground, keys, heads, rows, peopleOf(ground, rows), joined).wanted.values()].filter((wanted) => wanted.content.member !== undefined);
  for (const wanted of found) assert.deepEqual([wanted.content.name, wanted.content.member?.key, wanted.recordId], ["林虚拟", keys.blind(fictionalId(2)).toString("hex"), recordId]);
  return found.map((wanted) => wanted.class);
}

function differing(scheme: Scheme, key: string, { department, ours, differs, agrees, member }: Planted): void {
  test(`${scheme.key} ${key}: a value that differs`, () => {
    const ground = groundFor(scheme, department);
    if (member !== undefined) {
      assert.deepEqual(raisedOf(ground, household(ground, ours, member), differs), [key]);
      if (agrees !== undefined) assert.deepEqual(raisedOf(ground, household(ground, ours, member), agrees), []);
      return;
    }
    const row = (cells: Cells): Cells => ({ id_number: fictionalId(1), name: "陈虚构", ...cells });
    assert.deepEqual(raised(ground, headFor(ground, ours), [row(differs)], true), [key]);
    if (agrees !== undefined) assert.deepEqual(raised(ground, headFor(ground, ours), [row(agrees)], true), []);
  });
}

function absent(scheme: Scheme, key: string, given: Absent): void {
  test(`${scheme.key} ${key}: ${"row" in given ? "listed there, not registered here" : "registered here, not listed there"}`, () => {
    const ground = groundFor(scheme, given.department);
    if ("member" in given) {
      assert.deepEqual(raisedOf(ground, household(ground, {}, given.member), undefined), [key]);
      assert.deepEqual(raisedOf(ground, household(ground, {}, given.member), {}), []);
      return;
    }
    if ("row" in given) {
      const row = { id_number: fictionalId(7), name: "林他人", ...given.row };
      assert.deepEqual(raised(ground, new Map(), [row], false), [key]);
      assert.deepEqual(raised(ground, headFor(ground, {}), [{ ...row, id_number: fictionalId(1) }], false).filter((each) => each === key), [], "registered under the same number");
    } else {
      const others = [{ id_number: fictionalId(9), name: "林他人" }];
      assert.deepEqual(raised(ground, headFor(ground, given.ours), others, false).filter((each) => each === key), [key]);
      assert.deepEqual(raised(ground, headFor(ground, given.ours), [{ id_number: fictionalId(1), name: "陈虚构" }], true).filter((each) => each === key), []);
      assert.deepEqual(raised(ground, headFor(ground, given.ours), [], false), [], "an empty list proves nothing");
    }
  });
}

const g = (item: string): string => `general.${item}`;
const h = (item: string): string => `household.${item}`;
const police = "public_security";
const aid = "civil_affairs";
const social = "social_insurance";
const fed = "disabled_persons_federation";

const plans: readonly { readonly scheme: Scheme; readonly differing: Readonly<Record<string, Planted>>; readonly absent: Readonly<Record<string, Absent>> }[] = [
  {
    scheme: veterans,
    differing: {
      P02: { department: police, ours: {}, differs: { name: "陈另名" }, agrees: { name: "陳 虛構" } },
      P03: { department: police, ours: {}, differs: { domicile_region: "350524101201" }, agrees: { domicile_region: "350524100202" } },
      P04: { department: police, ours: {}, differs: { death_date: "2018-08-01" }, agrees: {} },
      P07: { department: police, ours: { [g("sex")]: "1" }, differs: { sex: "女" }, agrees: { sex: "男" } },
      P08: { department: police, ours: { [g("ethnic")]: "01" }, differs: { ethnic: "畲族" }, agrees: { ethnic: "汉" } },
      P09: { department: police, ours: { [g("birth_date")]: "1958-03-12" }, differs: { birth_date: "1958年3月21日" }, agrees: { birth_date: "19580312" } },
      M01: { department: aid, ours: { [g("social_assistance")]: "4" }, differs: { aid_kind: "1" } },
      M03: { department: aid, ours: { [g("social_assistance")]: "2" }, differs: { aid_kind: "1" }, agrees: { aid_kind: "2" } },
      H01: { department: social, ours: { [g("pension_ins")]: ["2"] }, differs: { pension_kind: "1" }, agrees: { pension_kind: "2" } },
      H02: { department: social, ours: { [g("employment_status")]: "unemployed" }, differs: { employment: "employed" }, agrees: { employment: "unemployed" } },
      Y01: { department: "medical_insurance", ours: { [g("medical_ins")]: ["1"] }, differs: { insured_as: "职工医保" }, agrees: { insured_as: "居民医保" } },
      Z01: { department: "housing", ours: { [g("housing")]: ["1"] }, differs: { usage: "dwelling" }, agrees: { usage: "" } },
      Z02: { department: "housing", ours: { [g("housing")]: ["2"], [g("housing_area")]: 100 }, differs: { usage: "dwelling", area: "120" }, agrees: { usage: "dwelling", area: "104" } },
      J02: { department: "military_service", ours: { [g("enlist_date")]: "1978-03-01" }, differs: { enlist_date: "1980-03-01" }, agrees: { enlist_date: "1978-03-01" } },
      J03: { department: "military_service", ours: { [g("service_identity")]: "3" }, differs: { standing: "军官" }, agrees: { standing: "义务兵" } },
    },
    absent: {
      P01: { department: police, ours: {} },
      P06: { department: police, row: { served: "是", domicile_region: region } },
      M02: { department: aid, ours: { [g("social_assistance")]: "1" } },
      J01: { department: "military_service", ours: { [g("categories")]: ["retired_soldier"] } },
      J04: { department: "military_service", row: {} },
    },
  },
  {
    scheme: disability,
    differing: {
      P02: { department: police, ours: {}, differs: { name: "陈另名" } },
      P03: { department: police, ours: {}, differs: { domicile_region: "350524101201" } },
      P04: { department: police, ours: {}, differs: { death_date: "2018-08-01" } },
      P10: { department: police, ours: { [g("hukou_kind")]: "1" }, differs: { hukou_kind: "非农业家庭户" }, agrees: { hukou_kind: "农业家庭户" } },
      C02: { department: fed, ours: { [g("cert_no")]: `${fictionalId(1)}44` }, differs: { cert_no: `${fictionalId(1)}43` }, agrees: { cert_no: `${fictionalId(1)}44` } },
      C03: { department: fed, ours: { [g("disab_type")]: "4" }, differs: { disab_type: "视力" }, agrees: { disab_type: "肢体" } },
      C04: { department: fed, ours: { [g("disab_grade")]: "4" }, differs: { disab_grade: "1" }, agrees: { disab_grade: "4" } },
      C05: { department: fed, ours: { [g("per_state")]: "6" }, differs: { cert_state: "cancelled" }, agrees: { cert_state: "valid" } },
      M01: { department: aid, ours: { [g("assistance")]: ["3"] }, differs: { aid_kind: "低保" }, agrees: { aid_kind: "医疗救助" } },
      M04: { department: aid, ours: { [g("welfare")]: ["2"] }, differs: { subsidy_kind: "生活补贴" }, agrees: { subsidy_kind: "护理补贴" } },
      M05: { department: aid, ours: { [g("urban_income")]: "3" }, differs: { urban_allowance: "listed" } },
      H01: { department: social, ours: { [g("worker_insurance")]: ["4"] }, differs: { pension_kind: "worker" } },
      H02: { department: social, ours: { [g("employed")]: "2" }, differs: { employment: "employed" }, agrees: { employment: "unemployed" } },
      H03: { department: social, ours: { [g("resident_pension")]: "2" }, differs: { resident_pension: "insured" } },
      Y01: { department: social, ours: { [g("worker_insurance")]: ["1"] }, differs: { medical_kind: "worker" } },
      Y02: { department: social, ours: { [g("resident_medical")]: "2" }, differs: { resident_medical: "insured" } },
      Z01: { department: "housing", ours: { [g("assistance")]: ["1"], [g("institution")]: "2" }, differs: { rebuilding: "rebuilt" } },
      Z02: { department: "housing", ours: { [g("urban_housing")]: "3" }, differs: { support: "21" } },
      Z03: { department: "housing", ours: { [g("rural_housing")]: "1" }, differs: { house_grade: "dilapidated" }, agrees: { house_grade: "sound" } },
      F01: { department: "poverty_relief", ours: { [g("poverty")]: "3" }, differs: { standing: "registered" } },
    },
    absent: {
      P01: { department: police, ours: {} },
      C01: { department: fed, ours: { [g("cert_no")]: `${fictionalId(1)}44` } },
      C06: { department: fed, row: { cert_state: "valid" } },
      M02: { department: aid, ours: { [g("assistance")]: ["1"] } },
      F02: { department: "poverty_relief", ours: { [g("poverty")]: "1" } },
    },
  },
  {
    scheme: lowIncome,
    differing: {
      P02: { department: police, ours: {}, differs: { name: "陈另名" } },
      P03: { department: police, ours: {}, differs: { region: "350524101201" } },
      P04: { department: police, ours: {}, differs: { death_date: "2018-08-01" } },
      P05: { department: police, ours: { [h("member_count")]: 3 }, differs: { registered_persons: "5" }, agrees: { registered_persons: "3" } },
      P07: { department: police, ours: { [h("householder_sex")]: "1" }, differs: { sex: "女" } },
      P09: { department: police, ours: { [h("householder_birth")]: "1958-03-12" }, differs: { birth_date: "1958-03-13" } },
      M01: { department: aid, ours: { [h("assistance")]: ["0"] }, differs: { aid_kind: "低保" } },
      M03: { department: aid, ours: { [h("assistance")]: ["2"] }, differs: { aid_kind: "低保" }, agrees: { aid_kind: "特困" } },
      M05: { department: aid, ours: { [h("assistance")]: ["1"], [h("assistance_monthly")]: 600 }, differs: { aid_kind: "低保", amount: "900" }, agrees: { aid_kind: "低保", amount: "610" } },
      H01: { department: social, ours: { [h("head_wages")]: 12_000 }, differs: { wages: "40000" }, agrees: { wages: "13000" } },
      H02: { department: social, ours: { [h("head_job")]: "70" }, differs: { employment: "employed" }, agrees: { employment: "unemployed" } },
      H03: { department: social, ours: { [h("head_pension")]: 1000 }, differs: { pension: "3000" } },
      H04: { department: social, ours: { [h("head_unemployment_benefit")]: false }, differs: { unemployment_benefit: "是" } },
      Y01: { department: "medical_insurance", ours: { [h("head_medical_insured")]: true }, differs: { insured: "未参保" }, agrees: { insured: "正常参保" } },
      Y02: { department: "medical_insurance", ours: { [h("head_medical")]: 10_000 }, differs: { self_paid: "2000" } },
      Z01: { department: "housing", ours: { [h("housing_nature")]: "5" }, differs: { usage: "dwelling" } },
      Z02: { department: "housing", ours: { [h("housing_nature")]: "1", [h("housing_area")]: 80 }, differs: { usage: "dwelling", area: "120" } },
      B01: { department: "market_regulation", ours: { [h("head_business")]: false }, differs: { state: "存续" }, agrees: { state: "注销" } },
      C01: { department: "vehicles", ours: { [h("head_vehicle")]: false }, differs: { state: "正常" }, agrees: { state: "报废" } },
      D01: { department: "banks", ours: { [h("head_deposits")]: 1000 }, differs: { balance: "300,000.00" } },
      E01: { department: "education", ours: { [h("has_student")]: false }, differs: { enrolled: "在读" }, agrees: { enrolled: "毕业" } },
      A01: { department: "disabled_federation", ours: { [h("head_disabled")]: false }, differs: { holder: "有效" } },
      U03: { department: "trade_union", ours: { [h("categories")]: ["education"] }, differs: { file: "worker" } },
      T01: { department: "taxation", ours: { [h("head_wages")]: 12_000 }, differs: { taxed_wages: "90000" } },
      P12: { member: {}, department: police, ours: {}, differs: { name: "林另名" }, agrees: { name: "林 虛擬" } },
      P14: { member: { person_state: "04", state_since: "2018-05-01" }, department: police, ours: {}, differs: { death_date: "2018-08-01" }, agrees: {} },
      P17: { member: { sex: "1" }, department: police, ours: {}, differs: { sex: "女" }, agrees: { sex: "男" } },
      P19: { member: { birth_date: "1988-03-12" }, department: police, ours: {}, differs: { birth_date: "1988-03-13" }, agrees: { birth_date: "19880312" } },
      H11: { member: { wages: 12_000 }, department: social, ours: { [h("head_wages")]: 40_000 }, differs: { wages: "40000" }, agrees: { wages: "13000" } },
      H12: { member: { job_state: "70" }, department: social, ours: { [h("head_job")]: "11" }, differs: { employment: "employed" }, agrees: { employment: "unemployed" } },
      H13: { member: { pension: 1000 }, department: social, ours: {}, differs: { pension: "3000" }, agrees: { pension: "1000" } },
      Y11: { member: { medical_insured: true }, department: "medical_insurance", ours: {}, differs: { insured: "未参保" }, agrees: { insured: "正常参保" } },
      Z11: { member: {}, department: "housing", ours: { [h("housing_nature")]: "5" }, differs: { usage: "dwelling" } },
      B11: { member: { business: false }, department: "market_regulation", ours: { [h("head_business")]: true }, differs: { state: "存续" }, agrees: { state: "注销" } },
      C11: { member: { vehicle: false }, department: "vehicles", ours: { [h("head_vehicle")]: true }, differs: { state: "正常" }, agrees: { state: "报废" } },
      D11: { member: { deposits: 1000 }, department: "banks", ours: {}, differs: { balance: "300,000.00" }, agrees: { balance: "1000" } },
      A11: { member: { disabled: false }, department: "disabled_federation", ours: { [h("head_disabled")]: true }, differs: { holder: "有效" } },
      T11: { member: { wages: 12_000 }, department: "taxation", ours: {}, differs: { taxed_wages: "90000" } },
    },
    absent: {
      P01: { department: police, ours: {} },
      M02: { department: aid, ours: { [h("assistance")]: ["1"] } },
      M04: { department: aid, row: { aid_kind: "低保" } },
      E02: { department: "education", ours: { [h("categories")]: ["education"] } },
      U01: { department: "trade_union", row: { file: "worker" } },
      U02: { department: "trade_union", ours: { [h("categories")]: ["worker"] } },
      P11: { department: police, member: {} },
    },
  },
];

for (const { scheme, differing: values, absent: absences } of plans) {
  for (const [key, planted] of Object.entries(values)) differing(scheme, key, planted);
  for (const [key, given] of Object.entries(absences)) absent(scheme, key, given);
  test(`${scheme.key}: no class of finding is without its test`, () => {
    const tested = new Set([...Object.keys(values), ...Object.keys(absences)]);
    assert.deepEqual(scheme.findingClasses.map((each) => each.key).filter((key) => !tested.has(key)), []);
    assert.ok(!scheme.findingClasses.some((each) => each.key === duplicateClass.key), "the register's own class has a key of its own");
  });
}

test("many records compared in turns give what they give at once, and other work goes on meanwhile", async () => {
  const ground = groundFor(veterans, "public_security");
  const idOf = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
  const [head] = headFor(ground, {}).values();
  assert.ok(head);
  const heads = new Map(Array.from({ length: 1000 }, (_, n) => [idOf(n), { ...head, recordId: idOf(n), subjectId: idOf(n) }]));
  const rows = new Map(Array.from({ length: 1000 }, (_, n) => [n, { no: n, cells: { id_number: fictionalId(1), name: n % 7 === 0 ? "陈另名" : "陈虚构" } }]));
  const [people, links] = [peopleOf(ground, rows), [...rows.keys()].map((row) => ({ recordId: idOf(row), member: "", row, sure: true }))];
  let turns = 0;
  const others = setInterval(() => void turns++, 0);
  const inTurns = await judgeInTurns({ ground, keys, heads, rows, people, links });
  clearInterval(others);
  assert.ok(turns > 0);
  assert.equal(inTurns.wanted.size, 143);
  assert.deepEqual(inTurns, judge(ground, keys, heads, rows, people, links));
});
