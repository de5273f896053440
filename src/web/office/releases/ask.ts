// The form of a release as decisions: which fields stand in it at first, what a change of shape does, and the query it makes.
import type { BodyOf, ReplyOf } from "../../../core/route.ts";
import type { askRelease, getReleaseChoices } from "../../../modules/releases/contract.ts";
import type { Shape } from "../../../modules/releases/rules.ts";

export type Query = BodyOf<typeof askRelease>;
export type FieldAsked = Query["fields"][number];
export type Choices = ReplyOf<typeof getReleaseChoices>;
export type Choice = Choices["fields"][number];

/** The least that each field can tell is where it begins: masked, the year, the township. */
export const asked = (choice: Choice): FieldAsked => ({ path: choice.path, as: choice.shapes[0] ?? "value" });

/** A number, a name and the village. */
export function atFirst(choices: Choices): FieldAsked[] {
  const usual = ["record.village", ...choices.fields.filter((field) => /\.(?:name|id_number)$/u.test(field.path)).map((field) => field.path).slice(0, 2)];
  return choices.fields.filter((field) => usual.includes(field.path)).map(asked);
}

/** The fields in the order of the scheme, with those chosen; what was set for the others stays. */
export function chosen(choices: Choices, paths: readonly string[], before: readonly FieldAsked[]): FieldAsked[] {
  return choices.fields.filter((field) => paths.includes(field.path)).map((field) => before.find((one) => one.path === field.path) ?? asked(field));
}

/** A reason is kept only where a full value asks for it. */
export const withShape = (field: FieldAsked, as: Shape): FieldAsked => (as === "full" ? { ...field, as } : { path: field.path, as });

/** Fields that still lack the reason for their full value. */
export const lackReason = (choices: Choices, fields: readonly FieldAsked[]): readonly string[] =>
  fields.filter((field) => field.as === "full" && choices.fields.find((choice) => choice.path === field.path)?.sensitive === true && (field.reason ?? "").trim().length < 2).map((field) => field.path);
