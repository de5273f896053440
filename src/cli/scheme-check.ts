// What `scheme check` prints of a folder of definitions: counts of each version and overlay, and every fault with its path.
import { definitionFaults, type DefinitionFault } from "../scheme/check-definition.ts";
import { legalSets } from "../scheme/categories.ts";
import { applyOverlay } from "../scheme/overlay.ts";
import type { Overlay, Scheme } from "../scheme/model.ts";
import { schemeHash } from "../scheme/publish.ts";
import type { Definitions } from "./scheme-folder.ts";

/** Lines to print, and how many faults they tell of. */
export type CheckReport = { readonly lines: readonly string[]; readonly faults: number };

const severities = ["block", "explain", "note"] as const;

function counts(scheme: Scheme): string[] {
  const sections = scheme.forms.flatMap((form) => form.sections);
  const items = sections.flatMap((section) => section.items);
  const codes = scheme.codeSets.reduce((sum, set) => sum + set.options.length, 0);
  const bySeverity = severities.map((severity) => `${scheme.checks.filter((check) => check.severity === severity).length} ${severity}`).join(", ");
  const many = scheme.categories.length > 0 ? `${scheme.categories.length}, legal sets ${legalSets(scheme).length} of ${(2 ** scheme.categories.length - 1).toLocaleString("en")}` : "none";
  return [
    `  forms        表     ${scheme.forms.length} (${sections.length} sections, ${sections.filter((section) => section.repeats).length} repeating)`,
    `  items        项目   ${items.length}`,
    `  codes        代码   ${codes} in ${scheme.codeSets.length} sets`,
    `  checks       校验   ${scheme.checks.length} (${bySeverity}), across records ${scheme.acrossRecords?.length ?? 0}`,
    `  categories   类别   ${many}`,
    `  departments  部门   ${scheme.departments.length}, finding classes ${scheme.findingClasses.length}`,
  ];
}

const faultLines = (faults: readonly DefinitionFault[]): string[] => faults.map((fault) => `  FAULT 错误  ${fault.path}: ${fault.message.zh} / ${fault.message.en}`);

/** Checks every scheme alone and every overlay on the schemes it names. */
export async function checkDefinitions({ schemes, overlays }: Definitions): Promise<CheckReport> {
  const lines: string[] = [];
  let faults = 0;
  for (const scheme of schemes) {
    const found = definitionFaults(scheme);
    faults += found.length;
    lines.push(`${scheme.key} ${scheme.version}  ${scheme.label?.zh} / ${scheme.label?.en}`);
    if (found.length > 0) lines.push(...faultLines(found));
    else lines.push(`  unit ${scheme.unit ?? "person"}${scheme.partOf === undefined ? "" : `, part of ${scheme.partOf}`}${scheme.follows === undefined ? "" : `, follows ${scheme.follows}`}, reference date ${scheme.referenceDate}, hash ${(await schemeHash(scheme)).slice(0, 12)}`, ...counts(scheme));
  }
  for (const overlay of overlays) {
    const onto = schemes.filter((scheme) => scheme.key === overlay.scheme);
    const found = onto.length === 0 ? [{ path: `overlays.${overlay.key}.scheme`, message: { zh: `没有业务“${overlay.scheme}”`, en: `names an unknown scheme “${overlay.scheme}”` } }] : overlayFaults(onto, overlay);
    faults += found.length;
    lines.push(`overlay ${overlay.key} on ${overlay.scheme}  ${overlay.label.zh} / ${overlay.label.en}`, `  adds ${added(overlay)}; to ${onto.map((scheme) => scheme.version).join(", ")}`, ...faultLines(found));
  }
  lines.push(`versions ${schemes.length}, overlays ${overlays.length}, faults ${faults}`);
  return { lines, faults };
}

/** An overlay goes onto the versions it fits; one that fits none has faults. */
function overlayFaults(onto: readonly Scheme[], overlay: Overlay): readonly DefinitionFault[] {
  const tried = onto.map((scheme) => applyOverlay(scheme, overlay));
  if (tried.some((each) => each.ok)) return [];
  const [first] = tried;
  return first && !first.ok ? first.faults : [];
}

const added = (overlay: Overlay): string => {
  const items = (overlay.items?.length ?? 0) + (overlay.sections?.reduce((sum, { section }) => sum + section.items.length, 0) ?? 0);
  return [`${overlay.sections?.length ?? 0} sections`, `${items} items`, `${overlay.options?.length ?? 0} options`, `${overlay.codeSets?.length ?? 0} code sets`, `${overlay.checks?.length ?? 0} checks`].join(", ");
};
