// General form: where this person's plaque of honour hangs, taken from whichever sub-form tells it. Two records with the same
// place are one household with two plaques (one for each household, 国办发〔2018〕72号).
import { and, eq, item, missing, not, or, ref, section } from "../../../src/scheme/define.ts";
import type { Expression, Section } from "../../../src/scheme/define.ts";
import { noted, plaqueForms } from "./marks.ts";

/** True while the plaque of this sub-form hangs. */
export const plaqueHangs = (form: string): Expression =>
  and(eq(`${form}.plaque_hung`, true), or(missing(`${form}.plaque_cancelled`), not(eq(`${form}.plaque_cancelled`, true))));

/** The item of the first sub-form whose plaque hangs; missing when none does (a slice of no characters is missing). */
const where = (key: string): Expression => {
  const none: Expression = ["slice", ref("general.residence_address"), 1, 0];
  return plaqueForms.toReversed().reduce((rest, form): Expression => ["if", plaqueHangs(form), ref(`${form}.${key}`), rest], none);
};

const from = noted(["SD", "CJ", "R"], "Gathered from the sub-forms so that records of one household can be told");

/** Computed; nobody types it. */
export const plaquePlace: Section = section("plaque_place", "光荣牌悬挂情况(自动汇总)", "Plaque of honour (gathered)", [
  item("plaque_region", "computed", "悬挂地址行政区划", "Area of the plaque", ["SD", "CJ", "R"], { computed: where("plaque_region"), ...from }),
  item("plaque_address", "computed", "悬挂地址", "Address of the plaque", ["SD", "CJ", "R"], {
    computed: where("plaque_address"),
    sensitivity: "contact",
    ...from,
  }),
]);
