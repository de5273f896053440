// Kinds of employer as social forms ask them; no national standard lists them so (R). Programmes add what only they ask.
import { options } from "../../src/scheme/define.ts";
import type { Option } from "../../src/scheme/define.ts";

/** Organs, institutions and enterprises by owner. */
export const employers: readonly Option[] = options([
  ["state_organ", "国家机关", "State organ"],
  ["public_institution", "事业单位", "Public institution"],
  ["state_enterprise", "国有企业", "State-owned enterprise"],
  ["collective_enterprise", "集体企业", "Collective enterprise"],
  ["foreign_enterprise", "外资企业", "Foreign-funded enterprise"],
  ["private_enterprise", "私营企业", "Private enterprise"],
]);
