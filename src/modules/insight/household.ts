// The parts of one household's index in words, from its record as it stands now: which cutoff is crossed, by what, and what it weighs. A score decides nothing.
// An office sees all of them; the head of the household sees on the telephone what the household has in common, and of what is judged member by member only the own part.
import { Problem } from "../../core/problem.ts";
import type { Text } from "../../core/issue.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { type EvaluationContext, referencesOf, rowsAt } from "../../scheme/evaluate.ts";
import type { Insight } from "../../scheme/insight-model.ts";
import type { Answers, Group } from "../../scheme/model.ts";
import { collected, deprived, isPoor, type ParameterSet, wholeOf } from "../../statistics/deprivation.ts";
import { campaignOf } from "../campaigns/service.ts";
import { answersOfRevision } from "../records/service.ts";
import { demandAssessment, isAssessed } from "../safeguards/service.ts";
import { measureOf } from "./flatten.ts";
import { setInForce } from "./sets.ts";
import { insightOf, type Shipped, type ShippedInsight } from "./shipped.ts";

export type HouseholdPart = { readonly key: string; readonly dimension: Text; readonly label: Text; readonly standing: "deprived" | "not-deprived" | "not-known"; readonly weight: number; readonly words: Text };
export type HouseholdParts = { readonly set: Text; readonly setKey: string; readonly version: number; readonly score: number; readonly k: number; readonly poor: boolean; readonly asOf: string; readonly parts: readonly HouseholdPart[]; readonly words: Text };

const share = (value: number): string => `${Math.round(value * 1000) / 10}%`;

/** Pure: the sentence names the cutoff, never the amount that somebody told. */
export function partsOfHousehold(set: ParameterSet, insight: Insight, answers: Answers, context: EvaluationContext): Pick<HouseholdParts, "parts" | "score" | "poor" | "words"> {
  const indicators = collected(set);
  const whole = wholeOf(indicators);
  const parts = indicators.map((each): HouseholdPart & { readonly counts: number } => {
    const measure = insight.measures.find(({ key }) => key === each.measure)!;
    const is = deprived(each, measureOf(measure)(answers, context));
    const weight = each.weight / whole;
    const dimension = set.dimensions.find(({ key }) => key === each.dimension)!.label;
    const standing = is === undefined ? "not-known" : is ? "deprived" : "not-deprived";
    const words: Text =
      is === undefined
        ? { zh: `${each.label.zh}：没有数据，不计入`, en: `${each.label.en}: not known, not counted` }
        : is
          ? { zh: `${each.label.zh}：是，占${share(weight)}`, en: `${each.label.en}: yes, weighs ${share(weight)}` }
          : { zh: `${each.label.zh}：否`, en: `${each.label.en}: no` };
    return { key: each.key, dimension, label: each.label, standing, weight, words, counts: is ? each.weight : 0 };
  });
  const sum = parts.reduce((total, { counts }) => total + counts, 0);
  const poor = isPoor(sum, whole, set.k);
  const [score, k] = [sum / whole, set.k.of / set.k.in];
  const named = parts.filter(({ counts }) => counts > 0);
  const words: Text = {
    zh: `${named.length}项被剥夺，合计${share(score)}，${poor ? "达到" : "未达到"}多维贫困线${share(k)}。此分数只供参考，不单独决定任何待遇。`,
    en: `Deprived in ${named.length}, together ${share(score)}: ${poor ? "at or above" : "below"} the line of ${share(k)}. The score is for information and decides nothing by itself.`,
  };
  return { parts: parts.map(({ counts: _, ...part }) => part), score, poor, words };
}

export type OwnPart = Omit<HouseholdPart, "standing"> & { readonly standing: HouseholdPart["standing"] | "of-members" };
export type OwnParts = Pick<HouseholdParts, "set" | "version" | "words"> & { readonly parts: readonly OwnPart[] };

const oneByOne = ({ of }: Insight["measures"][number]): boolean => referencesOf(of).some((path) => path.startsWith("."));
const withRows = (answers: Answers, path: string, rows: readonly Group[]): Answers => {
  const [form = "", section = ""] = path.split(".");
  return { ...answers, [form]: { ...answers[form], [section]: rows } };
};

/**
 * Pure: what of its index a household's head is told without hearing of the others. A part that is judged member by member (illness, schooling …) says what it is for the head's own row and
 * nothing else; neither the sum nor whether the line is reached is said then, because what is missing could be told by subtraction. Who lives alone is told everything.
 */
export function ownPartsOf(set: ParameterSet, insight: Insight, answers: Answers, context: EvaluationContext, isMine: (row: Group) => boolean): OwnParts {
  const whole = partsOfHousehold(set, insight, answers, context);
  const members = rowsAt(answers, insight.members);
  const own = members.filter(isMine);
  const told = { set: set.label, version: set.version };
  if (members.length === own.length) return { ...told, parts: whole.parts, words: whole.words };
  const mine = new Map(partsOfHousehold(set, insight, withRows(answers, insight.members, own), context).parts.map(({ key, standing }) => [key, standing]));
  const withheld = new Set(collected(set).flatMap(({ key, measure }) => (oneByOne(insight.measures.find((one) => one.key === measure)!) ? [key] : [])));
  if (withheld.size === 0) return { ...told, parts: whole.parts, words: whole.words };
  const yes: Text = { zh: "是", en: "yes" };
  const no: Text = { zh: "否", en: "no" };
  const parts = whole.parts.map((part): OwnPart => {
    if (!withheld.has(part.key)) return part;
    const answer = own.length === 0 || mine.get(part.key) === "not-known" ? { zh: "没有数据", en: "not known" } : mine.get(part.key) === "deprived" ? yes : no;
    return { ...part, standing: "of-members", words: { zh: `${part.label.zh}：按每名成员判断；就您本人：${answer.zh}`, en: `${part.label.en}: judged member by member; for yourself: ${answer.en}` } };
  });
  const shown = parts.filter(({ standing }) => standing !== "of-members");
  const lacking = shown.filter(({ standing }) => standing === "deprived");
  const sum = (list: readonly OwnPart[]): string => share(list.reduce((total, { weight }) => total + weight, 0));
  const others = parts.filter(({ standing }) => standing === "of-members");
  return {
    ...told,
    parts,
    words: {
      zh: `全户共同的${shown.length}项中有${lacking.length}项被剥夺，占${sum(lacking)}；另${others.length}项（占${sum(others)}）按每名成员判断，涉及他人，其结果和全户合计不在此显示，可到乡镇提出“解释说明”请求。此分数只供参考，不单独决定任何待遇。`,
      en: `Deprived in ${lacking.length} of the ${shown.length} parts that the household has in common, ${sum(lacking)} by weight. The rest (${others.length}, ${sum(others)}) is judged member by member: what it says of others, and the household's sum, are not shown here; ask your township for an explanation. The score is for information and decides nothing by itself.`,
    },
  };
}

/** The set by which households are told of themselves: the first that ships, or what is in force in its place where they live. */
const firstSet = (tx: Tx, own: ShippedInsight, area: number, key = own.sets[0]!.key): Promise<ParameterSet> => setInForce(tx, own, key, area);

/** For the person themselves, of a record that is theirs. Nothing where the scheme has no index, or no assessment lets one be computed there. */
export async function ownParts(tx: Tx, platform: Platform, shipped: Shipped, of: { readonly scheme: string; readonly area: number; readonly campaignId: string }, answers: Answers, isMine: (row: Group) => boolean): Promise<OwnParts | undefined> {
  const own = insightOf(shipped, of.scheme);
  if (!own || !(await isAssessed(tx, platform, { matter: "automated", scheme: of.scheme, area: of.area }))) return undefined;
  const set = await firstSet(tx, own, of.area);
  // The round of one's own record: the person's scope has no range in which it could lie.
  const { referenceDate } = await tx.selectFrom("campaign").select("referenceDate").where("id", "=", of.campaignId).executeTakeFirstOrThrow();
  return ownPartsOf(set, own.insight, answers, { today: platform.clock.today(), referenceDate }, isMine);
}

/** @throws Problem not-found, assessment-missing */
export async function householdParts(tx: Tx, platform: Platform, shipped: Shipped, at: { readonly county: number; readonly id: string }, key: string | undefined): Promise<HouseholdParts> {
  const record = await tx.selectFrom("record").select(["scheme", "campaignId", "head", "area"]).where("county", "=", at.county).where("id", "=", at.id).executeTakeFirst();
  const own = record && insightOf(shipped, record.scheme);
  if (!record || !own) throw new Problem("not-found");
  await demandAssessment(tx, platform, { matter: "automated", scheme: record.scheme, area: record.area });
  const answers = await answersOfRevision(tx, platform, { county: at.county, id: at.id, no: record.head });
  if (!answers) throw new Problem("not-found");
  const set = await firstSet(tx, own, record.area, key);
  const campaign = await campaignOf(tx, record.campaignId);
  await audit(tx, { action: "household.parts", county: at.county, area: record.area, recordId: at.id, people: 1, detail: { set: `${set.key} ${set.version}` } });
  return { set: set.label, setKey: set.key, version: set.version, k: set.k.of / set.k.in, asOf: platform.clock.now().toISOString(), ...partsOfHousehold(set, own.insight, answers, { today: platform.clock.today(), referenceDate: campaign.referenceDate }) };
}
