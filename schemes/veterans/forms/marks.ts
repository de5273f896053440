// Small builders shared by the forms of this scheme: sources with a note, sizes of pictures, groups of categories.
import { has, source } from "../../../src/scheme/define.ts";
import type { Expression, Source, SourceMark } from "../../../src/scheme/define.ts";

/** Largest sizes of pictures in bytes (S2 plan, four (2): chip portrait 3K, card picture 40K, all others 300K). */
export const sizes = { chip: 3 * 1024, card: 40 * 1024, paper: 300 * 1024 } as const;

/** Source of a picture that the plan wants and this version leaves optional. */
export const imageChoice = (...marks: readonly SourceMark[]): { readonly source: Source } => ({
  source: source(marks, "The plan asks for it; optional in this version so that a telephone in a village suffices"),
});

/** Source with a remark about what was chosen or reconstructed. */
export const noted = (marks: readonly SourceMark[], note: string): { readonly source: Source } => ({ source: source(marks, note) });

/** The six categories that rest on the person's own service or army work (1–6; exactly one of them may be held). */
export const serviceCategories: readonly string[] = [
  "transferred_cadre",
  "retired_soldier",
  "retired_cadre_nco",
  "non_military_staff",
  "red_army_veteran",
  "demobilised",
];

/** Of those, the ones who were soldiers (without the civilian staff of category 4). */
export const soldierCategories: readonly string[] = serviceCategories.filter((key) => key !== "non_military_staff");

/** Disabled in service (7, 8). */
export const disabledCategories: readonly string[] = ["disabled_soldier", "disabled_militia"];

/** Families of the dead and of the serving (9–12). */
export const familyCategories: readonly string[] = ["martyr_family", "duty_death_family", "illness_death_family", "serving_family"];

/** True when one of the categories is ticked. */
export const ticked = (...categories: readonly string[]): Expression => has("general.categories", ...categories);
