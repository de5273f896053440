// Low-income households of the second county, all invented: who lives in them, on which list of civil affairs they stand, and what was planted about each,
// so that what the product finds can be held against it.
import { edited, idOf, member, samples } from "../../../../schemes/low-income/sample-households.ts";
import type { Answers, Group } from "../../../scheme/model.ts";
import { addDays, addYears } from "../../../core/time.ts";
import type { Geography } from "../geography.ts";
import { fullName } from "../people.ts";
import { type Random, randomOf } from "../random.ts";

/** County of the second round: 德化县, Quanzhou, Fujian. */
export const SECOND_COUNTY = "350526";
export const kinds = ["allowance", "extreme", "relief"] as const;
export type Kind = (typeof kinds)[number];
const befalling = ["W1", "W2", "W3", "W4", "W5", "W6", "W7", "W10"] as const;
/** How a household comes in: on a civil-affairs list only, on one and visited, found on a visit, or by its own declaration. */
export type Way = "listed" | "visited" | "found" | "declared";
export type Household = {
  readonly index: number;
  readonly kind: Kind;
  readonly way: Way;
  readonly township: number;
  readonly village: number;
  readonly members: readonly Group[];
  readonly answers: Answers;
  readonly head: { readonly name: string; readonly idNumber: string };
  /** Stands on the list of temporary relief too. */
  readonly twiceListed: boolean;
  /** Its second member was also named by the household before it. */
  readonly contested: boolean;
  /** Item of aid that it is owed and does not get. */
  readonly missed?: "monthly" | "medical-premium";
  readonly double: boolean;
  /** Of temporary relief: no application, granted, refused, or left undecided past its day. */
  readonly relief: "none" | "granted" | "refused" | "late";
  /** Whose word differs: the medical insurance office knows no insurance, the housing office another floor area. */
  readonly differs?: "Y01" | "Z02";
  readonly authorised: boolean;
  /** What befell it in the last weeks; each raises one rule of warnings. */
  readonly event?: (typeof befalling)[number];
  /** A member turned eighteen in the last days. */
  readonly comesOfAge: boolean;
  /** Two hardships, and no aid of any kind. */
  readonly helpedNowhere: boolean;
  /** Whether a warning of it turns out to be true when somebody looks. */
  readonly trueWarning: boolean;
};
/** `owedFrom`: the first day for which the register's own items are owed. */
export type Days = { readonly today: string; readonly referenceDate: string; readonly owedFrom: string; readonly periodFrom: string; readonly periodTo: string };

/**
 * The days of the round by the day on which the demonstration runs: the register begins with the month before, so that households have stood for a month, as W8 wants,
 * whatever the day. What comes by month and year is owed from this month on: the standing rules, which look at the month before from the tenth on, ask for no deliveries
 * from before the lists came.
 */
export function daysOf(today: string): Days {
  const owedFrom = `${today.slice(0, 7)}-01`;
  const referenceDate = `${(addDays(owedFrom, -1) ?? owedFrom).slice(0, 7)}-01`;
  return { today, referenceDate, owedFrom, periodFrom: addYears(referenceDate, -1) ?? referenceDate, periodTo: addDays(referenceDate, -1) ?? referenceDate };
}

const assistance: Readonly<Record<Kind, readonly [code: string, words: string, category: string]>> = { allowance: ["1", "低保", "minimum_living"], extreme: ["2", "特困", "extreme_poverty"], relief: ["3", "临时救助", "expenditure"] };
/** The item of aid that the household is owed each month. */
export const itemOf = (kind: Kind): "allowance" | "extreme-poverty" => (kind === "extreme" ? "extreme-poverty" : "allowance");
export const categoryOf = (kind: Kind): string => assistance[kind][2];
export const assistanceWords = (kind: Kind): string => assistance[kind][1];

/** Numbers of nobody: region 999999 is no place; the sequence counts the births of a day. */
function numbers(): (birth: string, sex: "1" | "2") => string {
  const next = new Map<string, number>();
  return (birth, sex) => {
    const key = `${birth}${sex}`;
    const n = (next.get(key) ?? (sex === "1" ? -1 : 0)) + 2;
    if (n > 999) throw new RangeError("no identity number is left for that day");
    next.set(key, n);
    return idOf(`999999${birth.replaceAll("-", "")}${String(n).padStart(3, "0")}`);
  };
}
const birthOf = (random: Random, today: string, from: number, to: number): string => {
  const year = Number(today.slice(0, 4)) - random.between(from, to);
  return `${year}-${String(random.between(1, 12)).padStart(2, "0")}-${String(random.between(1, 28)).padStart(2, "0")}`;
};

/** What people earn in the form's twelve months, in yuan. */
export const incomeOf = ({ answers }: Pick<Household, "answers">): number => ((answers["household"]?.["incomes"] ?? []) as readonly { readonly amount: number }[]).reduce((sum, row) => sum + row.amount, 0);

/** A twenty-fifth is left on the list only, besides pairs that name the same member. */
const stays = (index: number): boolean => index % 25 === 24 || index % 500 === 19 || index % 500 === 20;

/** The households of a county, the same for the same seed and day. @param visits about so many are visited, at most nearly all */
export function makeHouseholds(seed: number, count: number, geography: Geography, days: Days, visits: number): readonly Household[] {
  const share = Math.min(1, visits / count);
  const isVisited = (index: number): boolean => !stays(index) && Math.floor((index + 1) * share) > Math.floor(index * share);
  const made: Household[] = [];
  const numberOf = numbers();
  for (let index = 0; index < count; index += 1) {
    const random = randomOf(seed, "household", index);
    const kind: Kind = random.chance(0.6) ? "allowance" : random.chance(0.25) ? "extreme" : "relief";
    const way: Way = index % 400 === 7 || index === 17 ? "declared" : index % 100 === 3 ? "found" : isVisited(index) ? "visited" : "listed";
    const township = random.between(0, geography.townships.length - 1);
    const villages = geography.townships[township]?.villages ?? [];
    const village = random.between(0, villages.length - 1);
    const size = kind === "extreme" ? 1 : 1 + (random.chance(0.8) ? 1 : 0) + (random.chance(0.55) ? 1 : 0) + (random.chance(0.25) ? 1 : 0);
    const contested = way === "listed" && size > 1 && index % 500 === 20;
    const before = made[index - 1];
    const comesOfAge = way === "listed" && size > 2 && index % 25 === 24;
    // Spread over days: a day has five hundred numbers of a sex.
    const eighteen = comesOfAge ? addYears(addDays(days.today, -3 - (Math.floor(index / 25) % 20)) ?? days.today, -18) : undefined;
    const members = membersOf(random, days, kind, size, numberOf, eighteen);
    const inside = way === "listed" || way === "visited";
    const owed = kind !== "relief";
    const relief: Household["relief"] = owed ? "none" : index % 50 === 34 ? "late" : random.chance(0.06) ? "refused" : random.chance(0.4) ? "granted" : "none";
    const helpedNowhere = relief === "none" && kind === "relief" && way === "listed" && index % 25 === 24;
    const befalls = index % 30 === 26 ? befalling[Math.floor(index / 30) % befalling.length] : undefined;
    const household: Household = {
      index, kind, way, township, village, members, contested, comesOfAge, helpedNowhere, relief,
      answers: answersOf(random, { helpedNowhere, kind: kind, way, village: villages[village]?.code ?? "", members, days }),
      head: { name: String(members[0]?.["name"]), idNumber: String(members[0]?.["id_number"]) },
      twiceListed: kind === "allowance" && inside && index % 200 === 11,
      ...(owed && index % 100 === 31 && { missed: "monthly" as const }),
      ...(owed && index % 200 === 32 && { missed: "medical-premium" as const }),
      double: owed && index % 200 === 33,
      ...(way !== "listed" && way !== "declared" && index % 25 === 9 && { differs: random.chance(0.5) ? ("Y01" as const) : ("Z02" as const) }),
      authorised: index % 50 !== 45,
      ...(befalls && { event: befalls }),
      trueWarning: random.chance(0.7),
    };
    // The household before names the same spouse among its own; one on the allowance stays there with one more.
    const claims = contested && before?.way === "listed" && before.kind === "allowance" && before.members.length < 4 && !before.contested;
    if (claims) made[index - 1] = withClaimed(before, members[1]!);
    made.push({ ...household, contested: claims });
  }
  return made;
}

function withClaimed(household: Household, claimed: Group): Household {
  const members = [...household.members, { ...claimed, member_no: household.members.length + 1, relation_to_head: "99" }];
  return { ...household, members, answers: edited(household.answers, { members }) };
}

function membersOf(random: Random, { today }: Days, kind: Kind, size: number, numberOf: ReturnType<typeof numbers>, eighteen: string | undefined): Group[] {
  const sexes = ["1", "2"] as const;
  const one = (no: number, relation: string, sex: "1" | "2", from: number, to: number, more: Group): Group => {
    const birth = eighteen !== undefined && no === 3 ? eighteen : birthOf(random, today, from, to);
    return { ...member(no, fullName(random, sex, birth), relation, birth, sex === "1" ? "001" : "002", more), id_number: numberOf(birth, sex) };
  };
  const ill = random.chance(0.15);
  const head = kind === "extreme" ? one(1, "01", random.pick(sexes), 66, 88, { labour: "04", self_care: "02", health: ["chronic"], job_state: "90" }) : one(1, "02", "1", 42, 58, { marital: size > 1 ? "21" : "10", education: random.chance(0.5) ? "70" : "80", job_state: "27", ...(ill && { health: ["major"], major_disease: "02" }) });
  const rest = [one(2, "12", "2", 40, 56, { marital: "21", education: random.chance(0.5) ? "70" : "80", job_state: "27" }), one(3, "21", "1", 7, 14, { labour: "04", job_state: "31", edu_state: "02", school: "某镇中心小学（虚构）", education: "80" }), one(4, "31", "2", 7, 14, { labour: "04", job_state: "31", edu_state: "02", school: "某镇中心小学（虚构）", education: "80" })];
  return [head, ...rest.slice(0, size - 1)];
}

/** Illness where somebody is gravely ill, want of labour where nobody can work; of the others one that no item of the form must bear out. */
function causeOf(kind: Kind, members: readonly Group[]): string {
  if (members.some(({ health }) => Array.isArray(health) && health.includes("major"))) return "illness";
  const day = Number(String(members[0]?.["birth_date"] ?? "").slice(-2));
  return kind === "extreme" ? "short_labour" : (["short_skill", "short_labour", "short_capital", "short_skill", "transport", "short_labour"][day % 6] ?? "short_labour");
}

type Shape = { readonly helpedNowhere: boolean; readonly kind: Kind; readonly way: Way; readonly village: string; readonly members: readonly Group[]; readonly days: Days };
/** The form as the township's file has it. Signatures stand on paper at the county; what is signed on a visit is a picture of its own. */
function answersOf(random: Random, { helpedNowhere, kind, way, village, members, days }: Shape): Answers {
  const [code, , category] = assistance[kind];
  const onList = way === "listed" || way === "visited";
  const perHead = kind === "relief" ? random.between(8000, 10_500) : random.between(3000, 6500);
  const [first] = members;
  return edited(samples.supported, {
    region: village, address: "福建省泉州市德化县某村某号（虚构）", postcode: "362500",
    householder_name: first?.["name"], householder_id: first?.["id_number"], householder_sex: first?.["sex"], householder_birth: first?.["birth_date"], members,
    phone: `140${String(random.between(0, 99_999_999)).padStart(8, "0")}`,
    categories: helpedNowhere ? [category, "housing"] : [category], paper_extreme_poverty: undefined, poverty_cause_main: causeOf(kind, members), degree: random.chance(0.4) ? "1" : "2", urgency: "1",
    poverty_since: `${Number(days.today.slice(0, 4)) - random.between(2, 8)}-05`,
    assistance: [onList ? code : "0"], assistance_monthly: onList && kind !== "relief" ? (kind === "extreme" ? 900 : 300 * members.length) : undefined, assistance_since: onList && kind !== "relief" ? `${Number(days.today.slice(0, 4)) - 1}-03` : undefined,
    housing_nature: "1", housing_detail: "self_built", housing_structure: "01", housing_state: random.chance(0.12) ? "2" : "1", housing_area: random.between(30, 140), water: random.chance(0.2) ? "well" : "tap",
    income_period_from: days.periodFrom, income_period_to: days.periodTo,
    incomes: [{ member_no: 1, kind: "b11_farm_sideline", amount: perHead * members.length, source: "declared" }],
    expenses: kind === "relief" ? [{ kind: "medical", amount: random.between(1000, 4000), member_no: 1 }] : [{ kind: "living", amount: random.between(2000, 6000) }],
    insurances: members.map((row) => ({ member_no: row["member_no"]!, kind: "02", cycle: "02", amount: 400 })),
    authorisations: undefined, declaration_sign: undefined, guardian_consent: undefined, declared_on: days.today, supporters: undefined,
  });
}
