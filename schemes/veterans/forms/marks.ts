// Small builders shared by the forms of this scheme: sources with a note, sizes of pictures, closed options, groups of categories.
import { has, item, source, text } from "../../../src/scheme/define.ts";
import type { ClosedOptions, Expression, Item, Source, SourceMark } from "../../../src/scheme/define.ts";

/** Largest sizes of pictures in bytes (S2 plan, four (2): chip portrait 3K, card picture 40K, all others 300K). */
export const sizes = { chip: 3 * 1024, card: 40 * 1024, paper: 300 * 1024 } as const;

/** Source of a picture that the plan wants and this version leaves optional. */
export const imageChoice = (...marks: readonly SourceMark[]): { readonly source: Source } => ({
  source: source(marks, "The plan asks for it; optional in this version so that a telephone in a village suffices"),
});

/** Source with a remark about what was chosen or reconstructed. */
export const noted = (marks: readonly SourceMark[], note: string): { readonly source: Source } => ({ source: source(marks, note) });

/** Options of a list other than `open` are closed while the condition holds. */
export const closedBut = (codes: readonly string[], open: readonly string[], when: Expression, zh: string, en: string): ClosedOptions => ({
  codes: codes.filter((code) => !open.includes(code)),
  when,
  message: text(zh, en),
});

/** Pictures of a certificate: the page with the person's data, and the page with the content when it is another one (S2 four (2) 4). */
export const certificatePictures = (of: string, marks: readonly SourceMark[], required?: true | Expression): readonly Item[] => [
  item("cert_photo", "photo", `${of}照片`, "Picture of the certificate", marks, {
    ...(required === undefined ? imageChoice(...marks) : { required }),
    maxBytes: sizes.paper,
    help: text("须拍到个人情况页", "The page with the person's data"),
  }),
  item("cert_photo_more", "photo", `${of}照片(证件内容页)`, "Picture of the certificate, page with the content", ["S2"], {
    maxBytes: sizes.paper,
    help: text("个人情况与证件内容不在同一页的，另拍内容页", "When data and content stand on different pages"),
  }),
];

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

/** Families of the dead (9–11). */
export const bereavedCategories: readonly string[] = ["martyr_family", "duty_death_family", "illness_death_family"];

/** Families of the dead and of the serving (9–12). */
export const familyCategories: readonly string[] = [...bereavedCategories, "serving_family"];

/** Sub-forms with a plaque block (1–7, 9–12). */
export const plaqueForms: readonly string[] = [...serviceCategories, "disabled_soldier", ...familyCategories];

/** True when one of the categories is ticked. */
export const ticked = (...categories: readonly string[]): Expression => has("general.categories", ...categories);

/** Unit of sums of money. */
export const yuanUnit = text("元", "yuan");
