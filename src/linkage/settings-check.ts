// Settings arrive as data from outside: their shape and every name they mention are checked before a run.
import { Value } from "typebox/value";
import { blockValue, comparisonOf, vocabulary } from "./columns.ts";
import { LinkageFault } from "./fault.ts";
import { LinkageSettings, type LevelPattern } from "./model.ts";

/** Sentences on what is wrong, empty when the settings can be used. */
export function settingsFaults(value: unknown): string[] {
  if (!Value.Check(LinkageSettings, value)) {
    return [...Value.Errors(LinkageSettings, value)].slice(0, 5).map((error) => `${error.instancePath}: ${error.message}`);
  }
  const settings = value;
  const faults: string[] = [];
  const pattern = (where: string, wanted: LevelPattern): void => {
    for (const [columnName, levels] of Object.entries(wanted)) {
      const comparison = comparisonOf(settings, columnName);
      if (comparison === undefined) faults.push(`${where}: column ${columnName} is not compared`);
      else for (const level of levels) if (!vocabulary(comparison.role).includes(level)) faults.push(`${where}: ${columnName} has no level ${level}`);
    }
  };
  for (const comparison of settings.comparisons) {
    for (const { level } of comparison.levels) {
      if (!vocabulary(comparison.role).includes(level)) faults.push(`${comparison.column}: a ${comparison.role} has no level ${level}`);
    }
    for (const needed of ["different", "missing"]) {
      if (!comparison.levels.some(({ level }) => level === needed)) faults.push(`${comparison.column}: level ${needed} is needed`);
    }
    if (comparison.role === "birth-date" && comparison.identifier !== undefined && comparisonOf(settings, comparison.identifier)?.role !== "identifier") {
      faults.push(`${comparison.column}: ${comparison.identifier} is not an identifier`);
    }
  }
  for (const key of settings.blocking) {
    for (const parts of [key.parts, key.rightParts ?? key.parts]) if (blockValue(settings, parts) === undefined) faults.push(`blocking key ${key.key}: a part makes no sense for its column`);
  }
  if (settings.exact !== undefined) {
    if (comparisonOf(settings, settings.exact.identifier)?.role !== "identifier") faults.push(`exact: ${settings.exact.identifier} is not an identifier`);
    for (const sane of settings.exact.sane) pattern("exact", sane);
  }
  for (const need of settings.repeatsNeed ?? []) pattern("repeatsNeed", need);
  for (const veto of settings.vetoes) {
    pattern(`veto ${veto.key}`, veto.when);
    for (const unless of veto.unless ?? []) pattern(`veto ${veto.key}`, unless);
  }
  for (const columnName of settings.training.anchorColumns) {
    if (comparisonOf(settings, columnName) === undefined) faults.push(`training: column ${columnName} is not compared`);
  }
  return faults;
}

/** @throws LinkageFault `settings` with the first faults. */
export function requireUsable(settings: unknown): void {
  const faults = settingsFaults(settings);
  if (faults.length > 0) throw new LinkageFault("settings", faults.slice(0, 5).join("; "));
}
