// The edition of 2022 (N22): the same questions renumbered, many gone, housing in one question, services for the old added. Written as
// what changed against the sections of 2017; keys stay, so answers of both years are compared by key.
import { and, grounded, section, text } from "../../src/scheme/define.ts";
import type { Form, Item, Scheme, Section } from "../../src/scheme/define.ts";
import { baseList } from "./base-list.ts";
import { acrossPersons } from "./checks/identity.ts";
import { barrierWorks } from "./codes/health-access.ts";
import { laterCodes } from "./codes/later.ts";
import { ageFrom, atHome, normal, yes } from "./conditions.ts";
import { personScheme, renumbered } from "./edition.ts";
import { findingClasses } from "./findings.ts";
import { barrierFree, culture, photos, signing } from "./forms/access.ts";
import { education } from "./forms/economy-education.ts";
import { employment } from "./forms/employment.ts";
import { treatment } from "./forms/health.ts";
import { household, identity, state } from "./forms/person.ts";
import { care, security } from "./forms/security.ts";
import { EDITABLE, from, question } from "./origins.ts";
import { checks, codeSets, purposes } from "./scheme.ts";
import { departments } from "./sources.ts";

const N22 = "2022年度残疾人基本服务状况和需求信息数据动态更新登记表";
const reconstructed = from(["N22", "R"], `number and name from N22; ${EDITABLE}`);

/** Rules that rested on questions no longer asked. */
const unheld = (each: Item): Item => {
  const { forced: _, ...rest } = each;
  return rest;
};
const alwaysShown = (each: Item): Item => {
  const { shownIf: _, ...rest } = each;
  return rest;
};
const open = (each: Item): Item => {
  const { closed: _, ...rest } = each;
  return rest;
};
const shownFrom16 = (each: Item): Item => ({ ...each, shownIf: ageFrom(16) });
/** Of the closed options only “none” beside a subsidised contribution is left: registration and rural housing are not asked. */
const closedBySubsidy = (each: Item): Item => ({ ...each, closed: (each.closed ?? []).filter((rule) => rule.codes.includes("6")) });

const keptAsTheyAre = (part: Section): Section =>
  renumbered(part, Object.fromEntries(part.items.map((each) => [each.key, each.number ?? ""])));

const familyHousing: Section = section(
  "economy",
  "住房",
  "Housing",
  [question("R7", "family_housing", "code", "家庭住房情况", "Housing of the family", reconstructed, { codeSet: "family-housing", required: true })],
  { shownIf: and(normal, atHome) },
);

const elderly: Section = section(
  "elderly",
  "养老服务",
  "Services for the old",
  [
    question("R17", "elderly_received", "codes", "养老服务现状", "Services for the old received", reconstructed, { codeSet: "elderly-received", required: true, shownIf: ageFrom(60) }),
    question("R18", "elderly_need", "codes", "养老服务需求", "Need of services for the old", reconstructed, { codeSet: "elderly-need", required: true, shownIf: ageFrom(60) }),
    question("R19", "aged_parents_care", "code", "是否为以老养残家庭", "Cared for by parents who are old themselves", reconstructed, {
      codeSet: "yes-no-12",
      required: true,
      shownIf: ageFrom(16),
      help: text("由60周岁及以上的父母等照料的填“是”", "Yes when parents of 60 or older care for the person"),
    }),
  ],
  { shownIf: normal },
);

const works = question("R24", "barrier_works", "codes", "家庭无障碍改造项目", "Alterations made at home", reconstructed, {
  codeSet: "barrier-works",
  required: true,
  shownIf: yes("barrier_done"),
});
const altered = renumbered(barrierFree, { barrier_done: "R23", barrier_need: "R25" });

const form: Form = {
  key: "general",
  label: text("残疾人基本服务状况和需求信息数据动态更新残疾人登记表(2022)", "Update of disabled persons' services and needs: person form (2022)"),
  sections: [
    grounded(purposes.identity, N22, keptAsTheyAre(identity)),
    grounded(purposes.state, N22, keptAsTheyAre(state)),
    grounded(purposes.household, N22, { ...renumbered(household, { marital: "R3", contact_name: "R4", landline: "R5", mobile: "R5", institution: "R6" }), label: text("婚姻与联系方式", "Marriage and contact") }),
    grounded(purposes.economy, N22, familyHousing),
    grounded(purposes.education, N22, renumbered(education, { education: "R8" }, { education: open })),
    grounded(purposes.employment, N22, renumbered(employment, { employed: "R9", living_source: "R10", help_needed: "R11" }, { employed: unheld, help_needed: alwaysShown })),
    grounded(
      purposes.security,
      N22,
      renumbered(
        security,
        { worker_insurance: "R12", resident_medical: "R13", medical_subsidy: "R14", assistance: "R15" },
        { worker_insurance: shownFrom16, assistance: closedBySubsidy },
      ),
    ),
    grounded(purposes.care, N22, renumbered(care, { care_need: "R16" }, { care_need: alwaysShown })),
    grounded(text("掌握养老服务及需求", "To know services for the old and the need of them"), N22, elderly),
    grounded(purposes.treatment, N22, renumbered(treatment, { family_doctor: "R20", rehab_received: "R21", rehab_need: "R22" })),
    grounded(purposes.barrierFree, N22, { ...altered, items: altered.items.flatMap((each) => (each.key === "barrier_done" ? [each, works] : [each])) }),
    grounded(purposes.culture, N22, renumbered(culture, { culture_active: "R26", culture_reason: "R27" })),
    grounded(purposes.signing, N22, keptAsTheyAre(signing)),
    grounded(purposes.signing, N22, photos),
  ],
};

/** Version 2022.1: items R1–R27, reference date 30 June 2022. */
export const disability2022: Scheme = personScheme({
  version: "2022.1",
  follows: "2017.1",
  label: text("残疾人基本服务状况和需求信息数据动态更新", "Services for disabled persons and their needs"),
  referenceDate: "2022-06-30",
  form,
  checks,
  acrossRecords: acrossPersons,
  codeSets: [...codeSets, ...laterCodes, barrierWorks],
  departments,
  findingClasses,
  baseList,
});
