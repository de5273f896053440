// The complete, true answers of one person: general form and the sub-forms of all categories, as the scheme in force asks for them.
import type { EvaluationContext } from "../../scheme/evaluate.ts";
import { settler, type Settled } from "../../scheme/derive.ts";
import type { Answers, Scheme } from "../../scheme/model.ts";
import { bereaved, disability, gradeOf, statePension } from "./answers-benefit.ts";
import { type Channel, type Draft, generalAnswers, type OpenAnswers, type OpenForm } from "./answers-general.ts";
import { armyWorker, demobilised, drawsOldSubsidy, redArmyVeteran, retiredCadre, transferredCadre } from "./answers-officers.ts";
import { retiredSoldier } from "./answers-service.ts";
import { servingFamily } from "./answers-serving.ts";
import { REFERENCE } from "./dates.ts";
import { complete, openSubForms, PALETTE, pictureRef } from "./filler.ts";
import type { Geography } from "./geography.ts";
import type { Person } from "./people.ts";
import { type Random, randomOf } from "./random.ts";

export type Told = { readonly answers: Answers; readonly channel: Channel };

const BEREAVED = ["martyr_family", "duty_death_family", "illness_death_family"];

const settlers = new WeakMap<Scheme, (answers: Answers, context: EvaluationContext) => Settled>();
const settlerOf = (scheme: Scheme): ((answers: Answers, context: EvaluationContext) => Settled) => {
  const known = settlers.get(scheme) ?? settler(scheme);
  settlers.set(scheme, known);
  return known;
};

/** Keeps of a block only what the form has. */
function only(scheme: Scheme, form: string, block: OpenForm): OpenForm {
  const sections = scheme.forms.find((each) => each.key === form)?.sections ?? [];
  const keys = new Set(sections.flatMap((section) => (section.repeats ? [section.key] : section.items.map((item) => item.key))));
  return Object.fromEntries(Object.entries(block).filter(([key, value]) => keys.has(key) && value !== undefined));
}

function subForm(random: Random, person: Person, draft: Draft, key: string, grade: string | undefined): OpenForm | undefined {
  switch (key) {
    case "retired_soldier":
      return retiredSoldier(random, person, draft, person.categories.includes("disabled_soldier") ? grade : undefined);
    case "transferred_cadre":
      return transferredCadre(random, person, draft);
    case "retired_cadre_nco":
      return retiredCadre(random, person, draft);
    case "non_military_staff":
      return armyWorker(random, person);
    case "red_army_veteran":
      return redArmyVeteran(random, person);
    case "demobilised":
      return demobilised(random, person, draft);
    case "serving_family":
      return servingFamily(random, person, draft);
    case "disabled_soldier":
    case "disabled_militia":
      return disability(random, person, draft, key === "disabled_militia", grade ?? "10");
    default:
      return BEREAVED.includes(key) ? bereaved(random, person, draft, key) : undefined;
  }
}

/** What this person truthfully and completely answers; the same for the same seed, person, geography and scheme. */
export function truthfulAnswers(seed: number, person: Person, geography: Geography, scheme: Scheme): Told {
  const random = randomOf(seed, "answers", person.index);
  const context: EvaluationContext = { today: REFERENCE, referenceDate: scheme.referenceDate };
  const { draft, channel } = generalAnswers(random, person, geography);
  const forms: OpenAnswers = {};
  const grade = person.categories.some((key) => key.startsWith("disabled_")) ? gradeOf(random) : undefined;
  for (const key of person.categories) forms[key] = subForm(random, person, draft, key, grade);
  draft.state_pension = statePension(person, forms, draft, drawsOldSubsidy(person, draft));
  const general: OpenForm = { ...draft };
  if (draft.evidence_kind === "2") general[person.standing === undefined ? "other_photo" : "register_form_photo"] = pictureRef("paper", random.between(0, PALETTE.paper - 1));
  const answers: OpenAnswers = { general };
  for (const form of scheme.forms) {
    const block = forms[form.key];
    if (block !== undefined) answers[form.key] = only(scheme, form.key, block);
  }
  openSubForms(scheme, answers);
  complete(random, scheme, person, answers, context);
  return { answers: settlerOf(scheme)(answers, context).answers, channel };
}
