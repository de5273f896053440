// The demo county 安溪县 as one object: everything in it is invented, made from one seed, and made only when asked for.
import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Scheme } from "../../scheme/model.ts";
import { BASE_LIST_FILE, baseListSheet, type BaseListSheet, writeBaseListWorkbook } from "./base-list.ts";
import { allCaptures, type Capture, capturesOf } from "./captures.ts";
import { type Extract, extractMaker, writeExtract } from "./extracts.ts";
import { type DepartmentKey, DEPARTMENTS } from "./facts.ts";
import type { Geography } from "./geography.ts";
import { drawImages, type Images } from "./images.ts";
import { makePeople, type Person } from "./people.ts";
import { tellTruth, type Truth } from "./truth.ts";

export type CountyOptions = {
  /** Whole number; the same seed gives the same bytes. */
  readonly seed: number;
  /** Number of subjects, at least 60 so that every category, plan and fault occurs. */
  readonly people: number;
  readonly geography: Geography;
  readonly scheme: Scheme;
};

export type County = CountyOptions & {
  readonly persons: () => readonly Person[];
  readonly baseList: () => BaseListSheet;
  /** The base-list workbook (XLSX). */
  readonly baseListFile: () => Promise<{ readonly fileName: string; readonly bytes: Uint8Array }>;
  /** All visits, by township and collector; second captures last. Made while iterating, nothing is kept. */
  readonly captures: () => Iterable<Capture>;
  readonly capturesOf: (person: Person) => readonly Capture[];
  readonly extract: (department: DepartmentKey) => Extract;
  readonly extractFile: (department: DepartmentKey) => Promise<{ readonly fileName: string; readonly bytes: Uint8Array }>;
  readonly images: () => Promise<Images>;
  readonly truth: () => Truth;
};

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** The county of these options. Fewer than 60 people are refused, and a geography without villages. */
export function generateCounty(options: CountyOptions): County {
  const { seed, people, geography, scheme } = options;
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(people) || people < 60) throw new RangeError("a demo county has a whole seed and at least 60 people");
  if (geography.townships.length === 0 || geography.townships.some((township) => township.villages.length === 0)) throw new RangeError("every township of the demo county needs a village");
  const population = once(() => makePeople(seed, people, geography));
  const persons = (): readonly Person[] => population().people;
  const baseList = once(() => baseListSheet(seed, scheme, geography, persons()));
  const extracts = once(() => extractMaker(seed, scheme, geography, population()));
  const kept = new Map<DepartmentKey, Extract>();
  const extract = (department: DepartmentKey): Extract => {
    const known = kept.get(department) ?? extracts()(department);
    kept.set(department, known);
    return known;
  };
  const told = { seed, scheme, geography };
  const images = once(() => drawImages(seed));
  return {
    ...options,
    persons,
    baseList,
    baseListFile: async () => ({ fileName: BASE_LIST_FILE, bytes: await writeBaseListWorkbook(baseList()) }),
    captures: () => allCaptures(told, persons()),
    capturesOf: (person) => capturesOf(told, person),
    extract,
    extractFile: async (department) => ({ fileName: extract(department).fileName, bytes: await writeExtract(extract(department)) }),
    images,
    truth: once(() => tellTruth(told, persons(), baseList(), DEPARTMENTS.flatMap((department) => extract(department).planted))),
  };
}

function* captureLines(county: County): Generator<string> {
  for (const capture of county.captures()) yield `${JSON.stringify(capture)}\n`;
}

/**
 * Writes everything into a folder for people who want to look: the base list, six extracts, `captures.jsonl`, `truth.json` and the pictures.
 * The folder is made when missing; files in it are overwritten.
 */
export async function writeCounty(county: County, dir: string): Promise<void> {
  await mkdir(join(dir, "pictures"), { recursive: true });
  const files = [await county.baseListFile()];
  for (const department of DEPARTMENTS) files.push(await county.extractFile(department));
  for (const { fileName, bytes } of files) await writeFile(join(dir, fileName), bytes);
  await pipeline(Readable.from(captureLines(county)), createWriteStream(join(dir, "captures.jsonl")));
  await writeFile(join(dir, "truth.json"), `${JSON.stringify(county.truth(), undefined, 1)}\n`);
  await writeFile(join(dir, "README.txt"), "本文件夹中的数据全部为虚构示例。\nAll data in this folder are fictional.\n");
  for (const [palette, pictures] of Object.entries(await county.images())) {
    for (const [i, picture] of pictures.entries()) await writeFile(join(dir, "pictures", `${palette}-${String(i).padStart(2, "0")}.jpg`), picture);
  }
}
