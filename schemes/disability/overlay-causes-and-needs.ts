// What another province's table asks besides the national form: cause of the disability, self-care, and needs area by area.
import { grounded, section, text } from "../../src/scheme/define.ts";
import type { Overlay, Section } from "../../src/scheme/define.ts";
import { aged, ageFrom, normal, workingAge } from "./conditions.ts";
import { EDITABLE, from, question } from "./origins.ts";
import { needCodes } from "./codes/overlay.ts";

const named = from(["ANN", "R"], `the table names the item; ${EDITABLE}`);

const causes: Section = section(
  "causes_and_self_care",
  "省级补充：致残原因与自理",
  "Province: cause and self-care",
  [
    question(undefined, "disab_cause", "code", "致残原因", "Cause of the disability", named, { codeSet: "disability-cause", required: true, sensitivity: "health" }),
    question(undefined, "self_care", "code", "生活自理", "Self-care", named, { codeSet: "self-care", required: true, shownIf: ageFrom(6), sensitivity: "health" }),
  ],
  { shownIf: normal },
);

const needs: Section = section(
  "needs_by_area",
  "省级补充：需求",
  "Province: needs",
  [
    question(undefined, "learning_need", "codes", "教育需求", "Need of education", named, { codeSet: "learning-need", required: true, shownIf: aged(3, 30) }),
    question(undefined, "education_aid_state", "code", "教育资助落实状态", "State of the education aid", named, { codeSet: "education-aid-state", shownIf: aged(3, 30) }),
    question(undefined, "employment_need", "codes", "就业需求", "Need of employment", named, { codeSet: "employment-need", required: true, shownIf: workingAge }),
    question(undefined, "training_need", "codes", "培训需求", "Need of training", named, { codeSet: "training-need", required: true, shownIf: workingAge }),
    question(undefined, "sport_need", "codes", "体育需求", "Need of sport", named, { codeSet: "sport-need", required: true, shownIf: ageFrom(6) }),
  ],
  { shownIf: normal },
);

const BASIS = "省级残疾人动态更新登记表 补充指标";
const purpose = text("满足全省工作需要的补充指标", "Extra items for the work of the province");

/** Causes, self-care and needs, as a provincial system of 2017 asks them. */
export const causesAndNeeds: Overlay = {
  key: "causes_and_needs",
  label: text("致残原因、生活自理与需求", "Causes, self-care and needs"),
  scheme: "disability",
  codeSets: needCodes,
  sections: [
    { form: "general", after: "treatment", section: grounded(purpose, BASIS, causes) },
    { form: "general", after: "culture", section: grounded(purpose, BASIS, needs) },
  ],
};
