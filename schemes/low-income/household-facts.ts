// Where the household form says what a household is, and what it lacks (the deprivation set of the register, R, after the indices of the sources).
import { and, countIf, eq, ge, has, isIn, lt, not, or, ref, sum, value, years, referenceDate } from "../../src/scheme/define.ts";
import type { Expression, HouseholdFacts } from "../../src/scheme/define.ts";
import { hardships } from "./categories.ts";
import { rigidExpenses } from "./codes/economy.ts";
import { employedCodes, presentStates } from "./forms/marks.ts";
import { atSchool, h, someRow, sumIf } from "./forms/rows.ts";

const present = isIn(".person_state", presentStates);
const age = years(".birth_date", referenceDate);
/** 13 m² a head is a frequent local standard, 16 to 59 the age to work. */
const smallest = 13;
const heads = sum(h("members"), ["if", present, value(1), value(0)]);
const someMember = (when: Expression): Expression => someRow("members", and(present, when));

export const lowIncomeFacts: HouseholdFacts = {
  categories: h("categories"),
  hardships,
  cause: h("poverty_cause_main"),
  degree: h("degree"),
  urgency: h("urgency"),
  since: h("poverty_since"),
  askedOn: h("help_asked_at"),
  housingArea: h("housing_area"),
  periodFrom: h("income_period_from"),
  periodTo: h("income_period_to"),
  income: sum(h("incomes"), ".amount"),
  rigid: sumIf("expenses", isIn(".kind", rigidExpenses), ".amount"),
  assets: sum(h("assets"), ".value"),
  members: {
    rows: h("members"),
    no: "member_no",
    name: "name",
    idNumber: "id_number",
    sex: "sex",
    birth: "birth_date",
    relation: "relation_to_head",
    since: "member_since",
    state: "person_state",
    stateSince: "state_since",
    present: presentStates,
    gone: { "02": "missing", "03": "died", "04": "married-out", "05": "prison", "06": "split-off" },
    able: isIn(".labour", ["01", "02"]),
    employed: isIn(".job_state", employedCodes),
  },
  support: { rows: h("supporters"), member: "supports_member_no", idNumber: "id_number", fee: "fee", duty: "duty", kinds: { "1": "towards-parents", "2": "towards-children", "3": "between-equals" } },
  conditions: {
    "major-illness": someMember(has(".health", "major", "disabled")),
    "not-insured": lt(countIf(h("insurances"), eq(".kind", value("02"))), heads),
    "adult-primary-only": someMember(and(ge(age, 18), isIn(".education", ["80", "81", "83", "89", "90"]))),
    "child-not-enrolled": someMember(and(ge(age, 6), lt(age, 16), not(atSchool))),
    "unsafe-housing": or(isIn(h("housing_nature"), ["3"]), isIn(h("housing_state"), ["2", "3"])),
    "small-housing": ["<", ["/", ref(h("housing_area")), heads], value(smallest)],
    "no-electricity-or-water": or(eq(h("electricity"), value(false)), isIn(h("water"), ["well", "other"])),
    "nobody-employed": and(someMember(and(ge(age, 16), lt(age, 60))), not(someMember(and(ge(age, 16), lt(age, 60), isIn(".job_state", employedCodes))))),
  },
};
