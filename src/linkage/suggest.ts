// Proposes settings for any two lists, or one against itself, from their columns: headings in many languages, and the values
// themselves (how many are missing, how distinct they are, their shape). Blocking keys are chosen by the pairs they make.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { personsInChina } from "./chinese-persons.ts";
import { openSession } from "./duckdb.ts";
import { LinkageFault } from "./fault.ts";
import { hintOf, plainHeading, type Hint } from "./headings.ts";
import type { Comparison, LinkageSettings } from "./model.ts";
import { profile, type Profile } from "./profile.ts";
import { chooseKeys } from "./suggest-keys.ts";
import { defaultLevels } from "./suggest-levels.ts";

type Column = Profile & { readonly hint: Hint | undefined; readonly right: string };

const DATE_SHARE = 0.7;
const MOST_CATEGORIES = 40;

function orderOf(column: Profile): "ymd" | "dmy" | "mdy" | undefined {
  if (column.share.yearFirst >= DATE_SHARE) return "ymd";
  if (column.share.yearLast + column.share.namedMonth < DATE_SHARE) return undefined;
  return column.secondPart > 12 && column.firstPart <= 12 ? "mdy" : "dmy";
}

/** The row's id: unique and never empty; by its heading if one says so, else the first such column. */
function idOf(columns: readonly Column[], side: string): string {
  if ((columns[0]?.rows ?? 0) === 0) throw new LinkageFault("no-rows", `the ${side} list`);
  const whole = columns.filter((column) => column.missing === 0 && column.distinct === column.rows);
  const id = whole.find((column) => column.hint === "id") ?? whole[0];
  if (id === undefined) throw new LinkageFault("no-id-column", `no column of the ${side} list is unique and never empty`);
  return id.heading;
}

/** Settings for lists with Chinese names, when the columns show people. */
function chinese(columns: readonly Column[], ids: { readonly id: string; readonly rightId: string }): LinkageSettings | undefined {
  const find = (test: (column: Column) => boolean): Column | undefined => columns.find((column) => column.heading !== ids.id && test(column));
  const name = find((column) => column.share.shortHan >= 0.7 && column.hint === "name") ?? find((column) => column.share.shortHan >= 0.9 && column.distinct > 50 && column.hint === undefined);
  const identifier = find((column) => column.share.citizen >= 0.6 && column.characters >= 14);
  const birth = find((column) => orderOf(column) !== undefined && (column.hint === "birth" || column.hint === undefined));
  if (name === undefined || (identifier === undefined && birth === undefined)) return undefined;
  const order = birth === undefined ? undefined : orderOf(birth);
  const sex = find((column) => column.hint === "sex");
  const phone = find((column) => column.share.mobile >= 0.5 || (column.hint === "phone" && column.share.digit >= 0.9));
  const place = find((column) => column.share.areaCode >= 0.9 && column.distinct > 1 && column.hint !== "postcode" && column !== identifier);
  const address = find((column) => column.share.houseHan >= 0.5);
  const used = { name, identifier, birth, sex, phone, place, address };
  return personsInChina("suggested", {
    ...ids,
    raw: true,
    ...(Object.fromEntries(Object.entries(used).flatMap(([key, column]) => (column === undefined ? [] : [[key, column.heading]]))) as { name: string }),
    ...(order === undefined ? {} : { birthOrder: order }),
    inRight: Object.fromEntries(Object.values(used).flatMap((column) => (column === undefined ? [] : [[column.heading, column.right]]))),
  });
}

/** The way a column is compared, or nothing when it cannot help. */
function comparisonFor(column: Column): Comparison | undefined {
  const at = { column: column.heading, ...(column.right === column.heading ? {} : { rightColumn: column.right }) };
  const { share, hint } = column;
  const distinctShare = column.distinct / Math.max(1, column.rows * (1 - column.missing));
  const make = (role: "latin-name" | "code" | "category" | "number" | "text" | "phone" | "address", frequency: boolean): Comparison => ({ role, ...at, levels: defaultLevels(role), ...(frequency ? { frequency: true } : {}) });
  if (column.missing > 0.995 || column.distinct < 2) return undefined;
  const order = orderOf(column);
  if (order !== undefined && hint !== "identifier") return { role: "birth-date", ...at, order, levels: defaultLevels("birth-date") };
  if (share.houseHan >= 0.5) return { role: "address", ...at, levels: defaultLevels("address") };
  if (share.shortHan >= 0.8 && column.distinct > MOST_CATEGORIES) return { role: "name", ...at, han: true, levels: defaultLevels("name") };
  if (hint === "sex") return make("category", false);
  if (share.email >= 0.7) return make("code", false);
  if (hint === "phone") return make("phone", false);
  if (column.words >= 4 || column.characters > 30 || ((hint === "text" || share.han >= 0.5) && column.words >= 2)) return make("text", false);
  if (share.number >= 0.9) {
    if (share.decimal >= 0.05 || hint === "amount" || hint === "year") return make("number", true);
    if (hint !== "identifier" && hint !== "postcode" && column.distinct <= MOST_CATEGORIES) return make("category", true);
    return make("code", true);
  }
  // Names are misspelt and shortened however few of them there are.
  const person = hint === "given" || hint === "surname" || hint === "name";
  if (!person && column.distinct <= MOST_CATEGORIES && distinctShare < 0.2) return make("category", true);
  if (hint === "identifier" || hint === "postcode" || (share.digit >= 0.7 && share.letter < 1 && column.words < 2)) return make("code", true);
  if (share.digit >= 0.8 && column.words < 2) return make("code", true);
  return make("latin-name", true);
}

/** Year, month and day in three columns, when they stand side by side or their headings say so. */
function dateInParts(columns: readonly Column[]): { readonly comparison: Comparison; readonly used: readonly string[] } | undefined {
  for (const [i, year] of columns.entries()) {
    if (year.share.year < 0.9) continue;
    const near = columns.slice(Math.max(0, i - 2), i + 3).filter((column) => column !== year);
    const month = near.find((column) => column.hint === "month" && column.share.upTo31 >= 0.9) ?? near.find((column) => column.share.upTo12 >= 0.97 && column.distinct <= 12 && column.distinct > 6);
    const day = near.find((column) => column !== month && column.share.upTo31 >= 0.9 && column.distinct > 12);
    if (month === undefined || day === undefined) continue;
    return { comparison: { role: "birth-date", column: year.heading, parts: [month.heading, day.heading], levels: defaultLevels("birth-date") }, used: [year.heading, month.heading, day.heading] };
  }
  return undefined;
}

/** The two halves of a name may stand in each other's column. */
function pairHalves(comparisons: readonly Comparison[], columns: readonly Column[]): Comparison[] {
  const half = (hint: Hint): string | undefined => columns.find((column) => column.hint === hint && comparisons.some((each) => each.column === column.heading && each.role === "latin-name"))?.heading;
  const [given, surname] = [half("given"), half("surname")];
  if (given === undefined || surname === undefined) return [...comparisons];
  return comparisons.map((each) => (each.role !== "latin-name" ? each : each.column === given ? { ...each, other: surname } : each.column === surname ? { ...each, other: given } : each));
}

/** Beside a surname, what one list calls the name is what the other calls the given name. */
function besideSurname(columns: readonly Profile[]): (heading: string) => Hint | undefined {
  const surname = columns.some((column) => hintOf(column.heading) === "surname");
  const given = columns.some((column) => hintOf(column.heading) === "given");
  return (heading) => (surname && !given && /^names?$/i.test(heading.trim()) ? "given" : hintOf(heading));
}

/** Columns of both lists: by the same heading, else by the same hint when it names one column on each side. */
function pairColumns(left: readonly Profile[], right: readonly Profile[]): Column[] {
  const [hintLeft, hintRight] = [besideSurname(left), besideSurname(right)];
  const named = new Map(right.map((column) => [plainHeading(column.heading), column.heading]));
  const taken = new Set(left.flatMap((column) => named.get(plainHeading(column.heading)) ?? []));
  return left.flatMap((column) => {
    const hint = hintLeft(column.heading);
    const same = named.get(plainHeading(column.heading));
    if (same !== undefined) return [{ ...column, hint, right: same }];
    const alike = right.filter((each) => !taken.has(each.heading) && hint !== undefined && hintRight(each.heading) === hint);
    const mine = left.filter((each) => hintLeft(each.heading) === hint && !named.has(plainHeading(each.heading)));
    return alike.length === 1 && mine.length === 1 && alike[0] !== undefined ? [{ ...column, hint, right: alike[0].heading }] : [];
  });
}

/**
 * Settings for the lists at the paths (CSV in UTF-8 with a header, or Parquet), ready to run and to be changed by hand.
 * @throws LinkageFault no-rows, no-id-column, no-common-column, unreadable, encoding, ragged-row
 */
export async function suggest(left: string, right?: string): Promise<LinkageSettings> {
  const folder = await mkdtemp(join(tmpdir(), "qingce-suggest-"));
  const db = await openSession({ folder, memoryLimitMb: 1024, threads: 2 });
  try {
    await db.keepOrder(); // the first rows of a long list, always the same
    const [a, b] = [await profile(db, "left_sample", left), right === undefined ? undefined : await profile(db, "right_sample", right)];
    const own = a.profiles.map((column) => ({ ...column, hint: hintOf(column.heading), right: column.heading }));
    const others = b?.profiles.map((column) => ({ ...column, hint: hintOf(column.heading), right: column.heading }));
    const ids = { id: idOf(own, "left"), rightId: others === undefined ? idOf(own, "left") : idOf(others, "right") };
    const columns = (b === undefined ? own : pairColumns(a.profiles, b.profiles)).filter((column) => column.heading !== ids.id && column.right !== ids.rightId && column.hint !== "truth");
    if (columns.length === 0) throw new LinkageFault("no-common-column", right === undefined ? "the list has no column besides its id" : "no column of one list is found in the other, by its heading or by what it means");
    const people = chinese(columns, ids);
    if (people !== undefined) return people;
    const parts = dateInParts(columns);
    const plain = columns.filter((column) => parts?.used.includes(column.heading) !== true).flatMap((column) => comparisonFor(column) ?? []);
    const comparisons = pairHalves([...plain, ...(parts === undefined ? [] : [parts.comparison])], columns);
    if (comparisons.length === 0) throw new LinkageFault("no-common-column", "each column that could be compared is empty or holds one value only");
    const settings: LinkageSettings = {
      key: "suggested",
      id: ids.id,
      ...(ids.rightId === ids.id ? {} : { rightId: ids.rightId }),
      comparisons,
      blocking: [],
      largestBlock: 250_000,
      vetoes: [],
      thresholds: { automatic: 4, review: 0, margin: 2 },
      priors: { matchShare: 0.5, strength: 20, repeat: 0, rarestName: 18 },
      training: { randomRows: 400, anchorRows: 0, seed: 7, anchorColumns: [], method: "em" },
    };
    return { ...settings, blocking: await chooseKeys(db, settings, right !== undefined) };
  } finally {
    db.close();
    await rm(folder, { recursive: true, force: true });
  }
}
