// Finds definitions: every scheme and overlay that the files of a folder export, or a shipped scheme by its name.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Overlay, Scheme } from "../scheme/model.ts";
import { projectRoot } from "../platform/config.ts";

export type Definitions = { readonly schemes: readonly Scheme[]; readonly overlays: readonly Overlay[] };

/** Refused with a sentence; the command line prints it and ends with 1. */
export class SchemeRefused extends Error {
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);
/** What calls itself a scheme is checked as one, however faulty. */
const isScheme = (value: unknown): value is Scheme => isRecord(value) && typeof value["key"] === "string" && "version" in value && "generalForm" in value;
const isOverlay = (value: unknown): value is Overlay => isRecord(value) && typeof value["key"] === "string" && typeof value["scheme"] === "string" && ["sections", "items", "options", "checks", "codeSets"].some((part) => part in value);

/** Where the folder is: as written, or within the project. */
export const folderOf = (name: string): string | undefined => [path.resolve(name), path.join(projectRoot, name), path.join(projectRoot, "schemes", name)].find((folder) => fs.existsSync(folder) && fs.statSync(folder).isDirectory());

/** Loads every TypeScript file of a folder but its tests. @throws SchemeRefused when there is no such folder or it holds no scheme */
export async function loadFolder(name: string): Promise<Definitions> {
  const folder = folderOf(name);
  if (folder === undefined) throw new SchemeRefused(`没有文件夹“${name}”`, `there is no folder “${name}”`);
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts")).toSorted();
  const found = new Set<unknown>();
  for (const file of files) for (const value of Object.values((await import(pathToFileURL(path.join(folder, file)).href)) as Readonly<Record<string, unknown>>)) for (const each of Array.isArray(value) ? (value as readonly unknown[]) : [value]) found.add(each);
  const schemes = [...found].filter(isScheme);
  if (schemes.length === 0) throw new SchemeRefused(`“${name}”中没有业务定义`, `“${name}” holds no scheme`);
  return { schemes, overlays: [...found].filter((value) => !isScheme(value)).filter(isOverlay) };
}

const newestFirst = (schemes: readonly Scheme[]): Scheme[] => {
  const followed = new Set(schemes.map((scheme) => `${scheme.key}@${scheme.follows}`));
  return schemes.toSorted((a, b) => Number(followed.has(`${a.key}@${a.version}`)) - Number(followed.has(`${b.key}@${b.version}`)));
};

export type Named = { readonly scheme: Scheme; readonly before: Scheme | undefined };

/** `key` (its newest version), `key@version`, or a folder of definitions (its first scheme). @throws SchemeRefused naming what there is */
export async function schemeNamed(name: string, shipped: readonly Scheme[]): Promise<Named> {
  if (name === "") throw new SchemeRefused("请写出业务名称，如 veterans", "name a scheme, such as veterans");
  const [key = "", version] = name.split("@");
  const pool = [...shipped, ...(shipped.some((scheme) => scheme.key === key) || folderOf(key) === undefined ? [] : (await loadFolder(key)).schemes)];
  const wanted = newestFirst(pool.filter((scheme) => (scheme.key === key || !pool.some((each) => each.key === key)) && (version === undefined || scheme.version === version)));
  const [scheme] = pool.some((each) => each.key === key) || folderOf(key) !== undefined ? wanted : [];
  if (!scheme) {
    const known = pool.map((each) => `${each.key}@${each.version}`).join(", ");
    throw new SchemeRefused(`没有业务“${name}”；现有：${known}`, `there is no scheme “${name}”; known: ${known}`);
  }
  return { scheme, before: pool.find((each) => each.key === scheme.key && each.version === scheme.follows) };
}
