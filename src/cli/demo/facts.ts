// The facts of captured people that departments know too, drawn once and held compactly; and what a planted difference is.
import type { Value } from "../../scheme/model.ts";
import { type Draft, generalAnswers } from "./answers-general.ts";
import type { Geography } from "./geography.ts";
import type { Person } from "./people.ts";
import { randomOf } from "./random.ts";

export const DEPARTMENTS = ["public_security", "civil_affairs", "social_insurance", "medical_insurance", "housing", "military_service"] as const;
export type DepartmentKey = (typeof DEPARTMENTS)[number];

export type Facts = {
  readonly person: Person;
  readonly region: string;
  readonly address: string;
  readonly aid: string;
  readonly pension: string;
  readonly work: string;
  readonly medical: string;
  readonly housing: string;
  readonly housingArea?: number;
};

const single = (value: Value | undefined): string => String(typeof value === "object" ? (value[0] ?? "") : (value ?? ""));

/** What the person answered, as far as departments have it too. */
export function factsOf(seed: number, geography: Geography, person: Person): Facts {
  const draft: Draft = generalAnswers(randomOf(seed, "answers", person.index), person, geography).draft;
  return {
    person,
    region: single(draft.domicile_region),
    address: single(draft.domicile_address),
    aid: single(draft.social_assistance),
    pension: single(draft.pension_ins),
    work: single(draft.employment_status),
    medical: single(draft.medical_ins),
    housing: single(draft.housing),
    ...(typeof draft.housing_area === "number" ? { housingArea: draft.housing_area } : {}),
  };
}

/** What the county will do with a finding: correct its record, show that it was right, or leave it open for want of proof. */
export type Answer = "correct-ours" | "confirm-ours" | "cannot-tell";

/** A difference that was put into a list on purpose. `person` is the key of a subject, or of an outsider for `listed-not-registered`. */
export type Planted = {
  readonly class: string;
  readonly department: DepartmentKey;
  readonly person: string;
  readonly path?: string;
  readonly ours?: string;
  readonly theirs?: string;
  readonly right: "ours" | "theirs";
  readonly answer: Answer;
  /** For `correct-ours`: the new values by item path. */
  readonly corrected?: Readonly<Record<string, Value>>;
};

/** A row of a list by field key of the department; absent fields are empty cells. */
export type ListRow = { readonly [field: string]: string };
/** Rows of one subject on one list, and the difference planted in them. No rows: the subject is not on the list. */
export type Listed = { readonly rows: readonly ListRow[]; readonly planted?: Planted };
