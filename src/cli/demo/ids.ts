// Identity numbers and telephones that nobody can hold. Numbers follow GB 11643-1999 (region, calendar, sex, check character), but their sequence
// is 996–999, which was set aside for people who were a hundred years old when numbers were given out; none of ours is.
// Telephones have the form of mobile numbers and begin with 140, which is kept for data cards of things: no person is called on them.
import { checkCharacter } from "../../core/citizen-id.ts";
import type { Random } from "./random.ts";

/** Anxi first; then its neighbours in Quanzhou, other places of Fujian and of other provinces, and withdrawn codes of former districts. */
const NEIGHBOURS = ["350502", "350503", "350504", "350505", "350521", "350525", "350526", "350581", "350582", "350583"];
const FAR = [
  "350203", "350212", "350302", "350322", "350403", "350425", "350603", "350625", "350681", "350702", "350803", "350881", "350102", "350181", "352124", "352524",
  "352523", "352601", "352201", "360102", "360731", "440301", "440582", "441402", "330102", "330327", "310101", "320102", "420106", "430102", "510105",
  "500101", "110102", "370102", "410105", "340104", "450102", "520103", "530102", "610103", "620102", "230103", "210102",
];

export type IdMaker = {
  /** A number not given before: `birth` as `YYYY-MM-DD`; throws when 500 regions are full for that day. */
  readonly make: (random: Random, birth: string, sex: "1" | "2") => string;
  readonly used: (id: string) => boolean;
};

/** Gives out numbers once each. About 93 % begin with Anxi while there is room. */
export function idMaker(): IdMaker {
  const given = new Set<string>();
  const regionFor = (random: Random, attempt: number): string => {
    if (attempt > 200) return `${random.pick(["35", "36", "44", "33"])}${String(random.between(1, 12)).padStart(2, "0")}${random.between(21, 40)}`;
    const draw = random.unit() + (attempt > 4 ? 0.5 : 0);
    if (draw < 0.93) return "350524";
    return draw < 0.98 || (attempt > 4 && draw < 1.25) ? random.pick(NEIGHBOURS) : random.pick(FAR);
  };
  return {
    used: (id) => given.has(id),
    make: (random, birth, sex) => {
      const day = birth.replaceAll("-", "");
      for (let attempt = 0; attempt < 1000; attempt += 1) {
        const sequence = sex === "1" ? random.pick(["997", "999"]) : random.pick(["996", "998"]);
        const first17 = regionFor(random, attempt) + day + sequence;
        const id = first17 + checkCharacter(first17);
        if (given.has(id)) continue;
        given.add(id);
        return id;
      }
      throw new RangeError("no identity number is left for that day");
    },
  };
}

/** A telephone from the range 140-0000-0000 to 140-9999-9999: right in form, held by nobody. */
export function phoneOf(random: Random): string {
  return `140${String(random.between(0, 99_999_999)).padStart(8, "0")}`;
}

/** The number in its form of 15 digits (births of 1900–1969 only: later ones with these sequences would read as 18xx). */
export function fifteenDigits(id: string): string {
  return id.slice(0, 6) + id.slice(8, 17);
}

/** A number with one digit wrong: birth, region or sequence, never the check character, so that the check always fails. */
export function oneDigitWrong(random: Random, id: string): string {
  const at = random.between(2, 16);
  const digit = String((Number(id.charAt(at)) + random.between(1, 9)) % 10);
  return id.slice(0, at) + digit + id.slice(at + 1);
}

/** A number with two unequal neighbours changed about (the check fails always, as weights of neighbours differ). */
export function swapped(random: Random, id: string): string {
  const places = Array.from({ length: 14 }, (_, i) => i + 2).filter((i) => id.charAt(i) !== id.charAt(i + 1));
  const at = places.length > 0 ? random.pick(places) : 5;
  return id.slice(0, at) + id.charAt(at + 1) + id.charAt(at) + id.slice(at + 2);
}
