// Who a person is by the answers: name and number where the scheme says they stand, and the head of someone who is on no list.
import { answerAt } from "../../../scheme/layout.ts";
import type { Answers, Scheme } from "../../../scheme/model.ts";
import { type Head, plainOf } from "./heads.ts";
import type { WorkRow } from "./work.ts";

const textAt = (answers: Answers, path: string | undefined): string => {
  const value = path === undefined ? undefined : answerAt(answers, path);
  return typeof value === "string" ? value : "";
};
export const nameIn = (scheme: Scheme, answers: Answers): string => textAt(answers, scheme.identity?.name);
export const numberIn = (scheme: Scheme, answers: Answers): string => textAt(answers, scheme.identity?.idNumber);

/** The head of a person who stands on no list: what was filled in here is all there is. */
export const headOfWork = (row: WorkRow, scheme: Scheme, spell: (name: string) => string): Head => {
  const [name, idNumber] = [nameIn(scheme, row.answers), numberIn(scheme, row.answers)];
  return { record: row.record, county: row.county, campaign: row.campaign, name, idNumber, spelled: spell(name), plain: plainOf(name, idNumber), area: row.area, state: "draft", head: 0 };
};
