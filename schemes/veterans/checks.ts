// All rules across items of this scheme, in the order of the forms. Faults of single answers (ID numbers, dates, required
// items, unit designations) are found by the engine from the items themselves.
import type { AcrossCheck, Check } from "../../src/scheme/define.ts";
import { bereavedChecks } from "./checks/bereaved.ts";
import { certificateChecks } from "./checks/certificates.ts";
import { disabledChecks } from "./checks/disabled.ts";
import { certificatesAcross, evidenceChecks } from "./checks/evidence.ts";
import { generalChecks } from "./checks/general.ts";
import { livingChecks } from "./checks/living.ts";
import { officerChecks } from "./checks/officers.ts";
import { otherChecks } from "./checks/others.ts";
import { plaqueAcross, plaqueOfPersonChecks } from "./checks/plaque.ts";
import { retiredSoldierChecks } from "./checks/retired-soldier.ts";

/** Every check of the scheme. */
export const checks: readonly Check[] = [
  ...generalChecks,
  ...evidenceChecks,
  ...certificateChecks,
  ...plaqueOfPersonChecks,
  ...livingChecks,
  ...officerChecks,
  ...retiredSoldierChecks,
  ...disabledChecks,
  ...bereavedChecks,
  ...otherChecks,
];

/** Every rule across records. */
export const acrossRecords: readonly AcrossCheck[] = [...certificatesAcross, ...plaqueAcross];
