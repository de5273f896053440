// Departments that send lists and the classes of findings they raise, from the scheme of the campaign in force.
import { otherGivers } from "../../modules/aid/rules.ts";
import type { Department, FindingClass } from "../../scheme/model.ts";
import { useCampaign, useScheme } from "./session.ts";
import { useText } from "./words.ts";

/** The departments that send lists; undefined until the scheme is read. */
export function useDepartments(): readonly Department[] | undefined {
  const { campaign } = useCampaign();
  return useScheme(campaign?.scheme, campaign?.version).scheme?.departments;
}

/** Name of a department by its key, of those too that give aid and send no lists; the key itself when nobody knows it. */
export function useDepartmentLabel(): (key: string) => string {
  const read = useText();
  const departments = useDepartments();
  return (key) => read(departments?.find((one) => one.key === key)?.label ?? otherGivers[key]) || key;
}

/** Classes of findings of the scheme in force; empty until it is read. */
export function useFindingClasses(): readonly FindingClass[] {
  const { campaign } = useCampaign();
  return useScheme(campaign?.scheme, campaign?.version).scheme?.findingClasses ?? [];
}
