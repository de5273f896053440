// What a scheme offers to indices and cross-tables: measures of a household, axes by which people are told apart, and which rows are its people.
// Kept in snapshots: sensitive amounts in whole steps or bands only, never as they were told.
import type { Text } from "../core/issue.ts";
import type { Expression } from "./expression.ts";

/** A number of a record. `yes`: it is 1 for yes and 0 for no. `step`: rounded down to whole steps before it is kept. Null where it is not known. */
export type Measure = { readonly key: string; readonly label: Text; readonly unit?: Text; readonly of: Expression; readonly yes?: true; readonly step?: number };
export type AxisValue = { readonly key: string; readonly label: Text };
/**
 * An axis has its values in a fixed order; 0 of a kept number means not told, n the n-th value. `codes`: the expression gives the key of a value; `bands`: a number, `from` the lower
 * ends; `year`: a date or month, whose year is looked up among the lower ends. `of` is asked of the record, or of the member where `per` says so. Beside the forms of the scheme it may
 * ask what the aid line says of the record: `aid_line.asked_on` (latest application), `aid_line.helped_on` (latest delivery), `aid_line.amount` (all that was given, yuan).
 */
export type Axis = { readonly key: string; readonly label: Text; readonly per: "record" | "member"; readonly of: Expression; readonly kind: "codes" | "bands" | "year"; readonly values: readonly AxisValue[]; readonly from?: readonly number[] };
/** `members`: the repeating section of the people of a record, of whom those count for whom `present` holds. */
export type Insight = { readonly scheme: string; readonly members: string; readonly present: Expression; readonly measures: readonly Measure[]; readonly axes: readonly Axis[] };
