// `qingce scheme check|template|print|dictionary|xlsform|schema|offline …`: everything people hold in hand, made from one definition, without a server.
import fs from "node:fs";
import path from "node:path";
import { dataDictionary } from "../modules/documents/dictionary.ts";
import { offlineParts } from "../modules/documents/offline-form.ts";
import { formsToPrint, printForms } from "../modules/documents/print-form.ts";
import { schemeTemplate } from "../modules/documents/template.ts";
import { xlsformWorkbook } from "../modules/documents/xlsform-workbook.ts";
import { answersSchema } from "../scheme/json-schema.ts";
import type { Answers } from "../scheme/model.ts";
import { offlinePage } from "../scheme/offline-page.ts";
import { schemeHash } from "../scheme/publish.ts";
import { countyAreas } from "./county-areas.ts";
import type { Flags } from "./flags.ts";
import { checkDefinitions } from "./scheme-check.ts";
import { loadFolder, type Named, SchemeRefused, schemeNamed } from "./scheme-folder.ts";
import { buildWeb } from "./web-build.ts";
import { shippedSchemes } from "../../schemes/shipped.ts";

type Made = { readonly bytes: Uint8Array; readonly said: string };
type Maker = (named: Named, flags: Flags) => Promise<Made>;

const usage = `usage: npm run qingce -- scheme <verb> …
  check FOLDER                                counts and faults of the definitions in a folder
  template NAME --out FILE.xlsx               workbook to fill in
  print NAME --out FILE.pdf [--form KEY] [--blank] [--answers FILE.json] [--lang zh|en]
  dictionary NAME --out FILE.xlsx             every item, code and check
  xlsform NAME --out FILE.xlsx                for ODK Collect and KoboToolbox
  schema NAME --out FILE.json                 JSON Schema of a record's answers
  offline NAME --out FILE.html [--county CODE]  form in one file, to fill in on a PC without any network
NAME is a scheme (veterans), one version of it (veterans@2018.1) or a folder of definitions.`;

const ENDS: Readonly<Record<string, string>> = { print: "pdf", schema: "json", offline: "html" };
const text = (flags: Flags, name: string): string | undefined => (typeof flags[name] === "string" ? flags[name] : undefined);

const makers: Readonly<Record<string, Maker>> = {
  template: async ({ scheme }) => ({ bytes: await schemeTemplate(scheme, await schemeHash(scheme)), said: `${scheme.forms.length} forms` }),
  dictionary: async ({ scheme, before }) => ({ bytes: await dataDictionary(scheme, await schemeHash(scheme), before), said: before ? `compared with ${before.version}` : "no earlier version" }),
  xlsform: async ({ scheme }) => {
    const made = await xlsformWorkbook(scheme);
    return { bytes: made.bytes, said: `${made.questions} questions and calculations, ${made.notExpressed} rules left to the import` };
  },
  print: printed,
  schema: async ({ scheme }) => ({ bytes: new TextEncoder().encode(`${JSON.stringify(answersSchema(scheme), null, 2)}\n`), said: "JSON Schema of the answers" }),
  offline,
};

async function offline({ scheme }: Named, flags: Flags): Promise<Made> {
  const county = text(flags, "county");
  const areas = county === undefined ? undefined : countyAreas(county);
  if (county !== undefined && !areas) throw new SchemeRefused(`“${county}”不是县级代码（6 位）`, `“${county}” is no county code of 6 digits`);
  await buildWeb();
  const parts = offlineParts();
  if (!parts) throw new SchemeRefused("离线表未能生成", "the offline form could not be built");
  const page = await offlinePage({ scheme, hash: await schemeHash(scheme), madeAt: new Date().toISOString().slice(0, 10), ...(areas && { areas }) }, parts);
  return { bytes: new TextEncoder().encode(page), said: areas ? `${areas.rows.length.toLocaleString("en")} areas of ${areas.top}` : "no areas; name a county with --county" };
}

async function printed({ scheme }: Named, flags: Flags): Promise<Made> {
  const form = text(flags, "form");
  const lang = text(flags, "lang") ?? "zh";
  if (lang !== "zh" && lang !== "en") throw new SchemeRefused("--lang 只能是 zh 或 en", "--lang is zh or en");
  const file = text(flags, "answers");
  if (flags["blank"] === true && file !== undefined) throw new SchemeRefused("--blank 与 --answers 不能同用", "--blank and --answers exclude each other");
  if (form !== undefined && !scheme.forms.some((each) => each.key === form)) throw new SchemeRefused(`没有表“${form}”；现有：${scheme.forms.map((each) => each.key).join("、")}`, `there is no form “${form}”; known: ${scheme.forms.map((each) => each.key).join(", ")}`);
  const answers = file === undefined ? undefined : readAnswers(file);
  const today = new Date().toISOString().slice(0, 10);
  const { bytes, forms, missing } = await printForms({
    scheme,
    hash: await schemeHash(scheme),
    forms: formsToPrint(scheme, form, answers),
    lang,
    today,
    fictional: false,
    codeLists: form === undefined && answers === undefined,
    ...(answers && { filling: { answers, masked: false, number: path.basename(file ?? ""), by: "" } }),
  });
  const said = forms.map((each) => `${each.form}: ${each.pages} ${each.pages === 1 ? "page" : "pages"}, ${each.size} pt${each.pages > 2 ? ", more than one sheet" : ""}`);
  return { bytes, said: [...said, ...(missing.length > 0 ? [`no shape in the type for ${missing.map((codePoint) => `U+${codePoint.toString(16).toUpperCase()}`).join(" ")}`] : [])].join("\n") };
}

/** @throws SchemeRefused when the file cannot be read as answers */
function readAnswers(file: string): Answers {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Answers;
  } catch (error) {
    throw new SchemeRefused(`“${file}”不是答案文件（JSON）`, `“${file}” is no file of answers (JSON): ${error instanceof Error ? error.message : ""}`);
  }
}

async function check(folder: string): Promise<void> {
  if (folder === "") throw new SchemeRefused("请写出文件夹，如 schemes/veterans", "name a folder, such as schemes/veterans");
  const report = await checkDefinitions(await loadFolder(folder));
  console.log(report.lines.join("\n"));
  if (report.faults > 0) process.exitCode = 1;
}

async function make(verb: string, maker: Maker, name: string, flags: Flags): Promise<void> {
  const out = text(flags, "out");
  if (out === undefined) throw new SchemeRefused("请用 --out 写明文件名", `say where with --out, such as --out ${verb}.${ENDS[verb] ?? "xlsx"}`);
  const named = await schemeNamed(name, shippedSchemes);
  const { bytes, said } = await maker(named, flags);
  try {
    fs.writeFileSync(out, bytes);
  } catch (error) {
    throw new SchemeRefused(`无法写入“${out}”`, `“${out}” cannot be written: ${error instanceof Error ? error.message : ""}`);
  }
  console.log(`${named.scheme.key}@${named.scheme.version} → ${out} (${bytes.length.toLocaleString("en")} bytes)\n${said}`);
}

export const scheme = {
  summary: "check a definition; make its template, forms, dictionary, XLSForm",
  async run(flags: Flags, words: readonly string[]): Promise<void> {
    const [verb = "", name = ""] = words;
    const maker = Object.hasOwn(makers, verb) ? makers[verb] : undefined;
    try {
      if (verb === "check") await check(name);
      else if (maker) await make(verb, maker, name, flags);
      else throw new SchemeRefused(verb === "" ? "请写出要做什么" : `没有“${verb}”`, verb === "" ? usage : `there is no “scheme ${verb}”\n${usage}`);
    } catch (error) {
      if (!(error instanceof SchemeRefused)) throw error;
      console.error(`${error.zh}\n${error.message}`);
      process.exitCode = 1;
    }
  },
};
