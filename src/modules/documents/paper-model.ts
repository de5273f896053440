// What stands on a printed form, before it has a size: cells with their fields, tables, lists of papers. Made from a form and answers.
import type { Text } from "../../core/issue.ts";
import { codeSetOf, isRows, labelOf } from "../../scheme/layout.ts";
import type { Answers, CodeSet, Form, Group, Item, Option, Scheme, Section, Value } from "../../scheme/model.ts";
import { offered } from "./choices.ts";
import type { Lang } from "./item-words.ts";
import { paperWords as w } from "./paper-words.ts";

/** An option with its box; one that only heads its sub-options has none. */
export type Tick = { readonly text: string; readonly ticked: boolean; readonly box: boolean; readonly subs: readonly Tick[] };
export type Field =
  /** Text written on one line, with words behind it. */
  | { readonly kind: "line"; readonly text?: string; readonly unit?: string }
  /** One square a character. */
  | { readonly kind: "squares"; readonly count: number; readonly text?: string }
  | { readonly kind: "date"; readonly month: boolean; readonly text?: string }
  | { readonly kind: "ticks"; readonly ticks: readonly Tick[] }
  /** An option of a long list: its words and its code. */
  | { readonly kind: "coded"; readonly digits: number; readonly text?: string; readonly code?: string }
  | { readonly kind: "area"; readonly text?: string }
  | { readonly kind: "long"; readonly lines: number; readonly text?: string };
export type PaperCell = { readonly label: string; readonly mark: "" | "*" | "※"; readonly field: Field; /** Thirds of the page it wants; ticks are measured. */ readonly wants: 1 | 2 | 3 };
export type Column = { readonly label: string; readonly mark: "" | "*" | "※"; readonly weight: number };
export type Block =
  | { readonly kind: "bar"; readonly title: string; readonly note: string }
  | { readonly kind: "cells"; readonly cells: readonly PaperCell[]; readonly portrait?: { readonly words: string } }
  | { readonly kind: "table"; readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[]; readonly notes: readonly string[] }
  /** A line of small type. */
  | { readonly kind: "note"; readonly text: string }
  /** Entries in columns. */
  | { readonly kind: "list"; readonly entries: readonly string[] };
export type Paper = { /** A list is no form: nobody fills it in. */ readonly kind?: "list"; readonly title: string; readonly annex: string; readonly blocks: readonly Block[]; /** Who signs beside the collector and the reviewer; a sheet without it is signed by nobody. */ readonly signature?: string };

/** Answers to print: absent for a blank form. `areaName` words a 12-digit code. */
export type Filling = { readonly answers: Answers; readonly areaName?: (code: string) => string | undefined };

/** Longer lists are written in with their code. */
const MOST_TICKS = 16;
const BLANK_CARDS = 2;
const WIDEST_TABLE = 11;

const markOf = (item: Item): "" | "*" | "※" => (item.required === true && item.shownIf === undefined ? "*" : item.required !== undefined || item.shownIf !== undefined ? "※" : "");

const sizeOf = (item: Item): 1 | 2 | 3 => {
  if (item.kind === "address" || item.text === "long" || (item.kind === "text" && (item.maxLength ?? 200) > 100)) return 3;
  if (item.kind === "id-number" || item.kind === "area" || (item.kind === "text" && (item.maxLength ?? 200) > 60 && item.text !== "name")) return 2;
  return 1;
};

function ticksOf(item: Item, options: readonly Option[], lang: Lang, chosen: ReadonlySet<string>): Tick[] {
  const known = new Set(options.map((option) => option.code));
  const under = (code: string | undefined): Tick[] =>
    options.filter((option) => (option.parent !== undefined && known.has(option.parent) ? option.parent : undefined) === code).map((option) => ({ text: option.label[lang], ticked: chosen.has(option.code), box: !(item.kind === "code" && option.needsSub === true), subs: under(option.code) }));
  return under(undefined);
}

/** Squares for the code of a long list; none where codes are words. */
const codeDigits = (options: readonly Option[]): number => (options.every((option) => /^[0-9A-Za-z]{1,4}$/u.test(option.code)) ? Math.max(...options.map((option) => option.code.length)) : 0);

const chosenOf = (value: Value | undefined): ReadonlySet<string> => new Set(typeof value === "object" ? value : typeof value === "string" ? [value] : []);

/** For `code`, a parent that only opens its sub-options stays as their heading, without being one itself. */
const tickable = (item: Item, set: CodeSet): readonly Option[] => {
  const chooseable = offered(item, set);
  const parents = new Set(chooseable.map((option) => option.parent));
  return set.options.filter((option) => option.replacedBy === undefined && (chooseable.includes(option) || parents.has(option.code)));
};

/** The year's number of an item stands before its label. */
const numberedLabel = (item: Item, lang: Lang): string => (item.number === undefined ? item.label[lang] : `${item.number} ${item.label[lang]}`);

function fieldOf(scheme: Scheme, item: Item, value: Value | undefined, lang: Lang, filling: Filling | undefined): Field {
  const text = typeof value === "number" ? String(value) : labelOf(scheme, item, value, lang);
  const set = codeSetOf(scheme, item);
  const filled = value !== undefined;
  switch (item.kind) {
    case "yes-no":
      return { kind: "ticks", ticks: [{ text: w.yes[lang], ticked: value === true, box: true, subs: [] }, { text: w.no[lang], ticked: value === false, box: true, subs: [] }] };
    case "code":
    case "codes": {
      const options = set ? tickable(item, set) : [];
      if (options.length <= MOST_TICKS) return { kind: "ticks", ticks: ticksOf(item, options, lang, chosenOf(value)) };
      if (item.kind === "codes") return { kind: "long", lines: 1, ...(filled && { text }) };
      return { kind: "coded", digits: codeDigits(options), ...(filled && { text, code: String(value) }) };
    }
    case "id-number":
      return { kind: "squares", count: 18, ...(filled && { text }) };
    case "date":
    case "month":
      return { kind: "date", month: item.kind === "month", ...(filled && { text }) };
    case "area":
      return { kind: "area", ...(filled && { text: filling?.areaName?.(text) ?? text }) };
    default: {
      if (item.text === "long") return { kind: "long", lines: 3, ...(filled && { text }) };
      return { kind: "line", ...(filled && { text }), ...(item.unit && { unit: item.unit[lang] }) };
    }
  }
}

const PICTURES = new Set(["photo", "document"]);
const isPortrait = (item: Item): boolean => item.kind === "photo" && (item.photo?.headShare !== undefined || item.key.endsWith("photo_recent"));

function cellsOf(scheme: Scheme, items: readonly Item[], group: Readonly<Record<string, unknown>> | undefined, lang: Lang, filling: Filling | undefined): PaperCell[] {
  return items.flatMap((item): PaperCell[] => {
    const value = group?.[item.key] as Value | undefined;
    if (item.kind === "signature" || PICTURES.has(item.kind) || (item.kind === "computed" && value === undefined)) return [];
    return [{ label: numberedLabel(item, lang), mark: markOf(item), field: fieldOf(scheme, item, value, lang, filling), wants: sizeOf(item) }];
  });
}

/** The pictures a section asks for, as a list to tick. */
function papersOf(items: readonly Item[], group: Readonly<Record<string, unknown>> | undefined, lang: Lang): PaperCell[] {
  const wanted = items.filter((item) => PICTURES.has(item.kind));
  if (wanted.length === 0) return [];
  const ticks = wanted.map((item) => ({ text: `${item.label[lang].replace(/(?<=.)照片(?=$|[(（])/u, "")}${markOf(item)}`, ticked: group?.[item.key] !== undefined, box: true, subs: [] }));
  return [{ label: w.papers[lang], mark: "", field: { kind: "ticks", ticks }, wants: 3 }];
}

const columnWeight = (item: Item): number => {
  if (item.kind === "id-number") return 2.4;
  if (item.kind === "date" || item.kind === "phone") return 1.3;
  if (item.kind === "integer" || item.kind === "yes-no") return 0.8;
  return item.kind === "text" || item.kind === "address" || item.kind === "area" ? 1.7 : 1.3;
};

const listedItems = (section: Section, filled: boolean): readonly Item[] => section.items.filter((item) => !PICTURES.has(item.kind) && (filled || item.kind !== "computed"));

/** A section whose rows are too wide for a table has a sheet of its own, one block a row. */
const isWide = (section: Section): boolean => section.repeats !== undefined && listedItems(section, false).reduce((sum, item) => sum + columnWeight(item), 0) > WIDEST_TABLE;

function tableOf(scheme: Scheme, section: Section, rows: readonly Group[] | undefined, { lang, filling, blankRows }: Setting): Block[] {
  const items = listedItems(section, rows !== undefined);
  if (items.length === 0) return [{ kind: "cells", cells: papersOf(section.items, rows?.length === 0 ? undefined : rows?.[0], lang) }];
  if (rows?.length === 0) return [{ kind: "note", text: w.none[lang] }];
  const wordOf = (item: Item, value: Value | undefined): string => {
    if (item.kind === "signature") return value === undefined ? "" : w.signed[lang];
    return item.kind === "area" && typeof value === "string" ? (filling?.areaName?.(value) ?? value) : labelOf(scheme, item, value, lang);
  };
  const body = rows?.map((row, i) => [String(i + 1), ...items.map((item) => wordOf(item, row[item.key]))]) ?? Array.from({ length: Math.min(section.repeats?.max ?? 1, blankRows) }, (_, i) => [String(i + 1), ...items.map(() => "")]);
  const notes = rows === undefined ? items.flatMap((item) => optionsNote(scheme, item, lang)) : [];
  const columns = items.map((item) => ({ label: `${numberedLabel(item, lang)}${item.unit ? `(${item.unit[lang]})` : ""}`, mark: markOf(item), weight: columnWeight(item) }));
  return [{ kind: "table", columns: [{ label: w.no_[lang], mark: "", weight: 0.4 }, ...columns], rows: body, notes }];
}

const optionsNote = (scheme: Scheme, item: Item, lang: Lang): string[] => {
  const set = codeSetOf(scheme, item);
  if (!set || (item.kind !== "code" && item.kind !== "codes")) return [];
  const options = offered(item, set);
  if (options.length > MOST_TICKS) return [`${item.label[lang]}${lang === "zh" ? "：" : ": "}${w.seeCodes[lang]}`];
  return [`${item.label[lang]}${lang === "zh" ? "：" : ": "}${options.map((option) => option.label[lang]).join(" / ")}`];
};

/** The rows of a wide section, each with its own cells. */
function cardsOf(scheme: Scheme, section: Section, rows: readonly Group[] | undefined, lang: Lang, filling: Filling | undefined): Block[] {
  const groups: readonly (Group | undefined)[] = rows ?? Array.from({ length: Math.min(BLANK_CARDS, section.repeats?.max ?? 1) }, () => undefined);
  return groups.flatMap((group, i): Block[] => [
    { kind: "bar", title: `${section.label[lang]} ${i + 1}`, note: "" },
    { kind: "cells", cells: [...cellsOf(scheme, section.items, group, lang, filling), ...papersOf(section.items, group, lang)] },
  ]);
}

const DIGITS = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
/** 1 to 99 as 一 … 九十九. */
const numeral = (n: number): string => (n < 10 ? (DIGITS[n] ?? "") : `${n < 20 ? "" : (DIGITS[Math.floor(n / 10)] ?? "")}十${DIGITS[n % 10] ?? ""}`);
const numbered = (i: number, label: Text, lang: Lang): string => (lang === "zh" ? `${numeral(i + 1)}、${label.zh}` : `${i + 1}. ${label.en}`);

/** Who the sheet is about, at the head of every form but the first, so that a loose sheet finds its way back. */
function whoseBlock(scheme: Scheme, form: Form, lang: Lang, filling: Filling | undefined): Block[] {
  if (form.key === scheme.generalForm || form.sections.some((section) => !section.repeats && section.items.some((item) => item.kind === "id-number" && item.required === true))) return [];
  return whoseCells(scheme, lang, filling);
}

function whoseCells(scheme: Scheme, lang: Lang, filling: Filling | undefined): Block[] {
  const { identity } = scheme;
  if (!identity) return [];
  const paths = [identity.name, identity.idNumber].filter((path, i, all) => all.indexOf(path) === i);
  const cells = paths.flatMap((path): PaperCell[] => {
    const [formKey = "", key = ""] = path.split(".");
    const item = scheme.forms.find((each) => each.key === formKey)?.sections.flatMap((section) => section.items).find((each) => each.key === key);
    return item ? cellsOf(scheme, [item], filling?.answers[formKey], lang, filling) : [];
  });
  return [{ kind: "cells", cells }];
}

/** `detached`: tables stand on an attached sheet, because the form would not fit one. */
export type Setting = { readonly lang: Lang; readonly filling: Filling | undefined; readonly blankRows: number; readonly detached: boolean };

const annexOf = (form: Form, lang: Lang): string => {
  if (form.annex === undefined) return "";
  return /^[0-9A-Za-z.-]+$/u.test(form.annex) ? (lang === "zh" ? `附件${form.annex}` : `Annex ${form.annex}`) : form.annex;
};

const rowsIn = (section: Section, form: Form, filling: Filling | undefined): readonly Group[] | undefined => {
  if (filling === undefined) return undefined;
  const given = filling.answers[form.key]?.[section.key];
  return isRows(given) ? given : [];
};

/** A form as it stands on paper. Without `filling` it is blank, with `blankRows` lines in each table. */
export function paperOf(scheme: Scheme, form: Form, setting: Setting): Paper {
  const { lang, filling } = setting;
  const blocks: Block[] = whoseBlock(scheme, form, lang, filling);
  let number = 0;
  const apart = attachedSections(form, setting);
  for (const section of form.sections.filter((each) => !apart.includes(each))) {
    const content = section.repeats ? tableOf(scheme, section, rowsIn(section, form, filling), setting) : plainBlocks(scheme, section, filling?.answers[form.key], lang, filling, form.key === scheme.generalForm && number === 0);
    if (content.length === 0) continue;
    const note = section.shownIf !== undefined && filling === undefined ? w.whereItApplies[lang] : section.repeats && filling === undefined ? w.upTo(section.repeats.max)[lang] : "";
    blocks.push({ kind: "bar", title: numbered(number, section.label, lang), note }, ...content);
    number += 1;
  }
  if (apart.length > 0) blocks.push({ kind: "bar", title: numbered(number, w.attachedSheets, lang), note: "" }, { kind: "note", text: apart.map((section) => attachedNote(section, form, setting)).join(lang === "zh" ? "　" : "   ") });
  const signers = form.sections.filter((section) => !section.repeats).flatMap((section) => section.items.filter((item) => item.kind === "signature"));
  if (signers.length > 1) blocks.push({ kind: "bar", title: numbered(number + (apart.length > 0 ? 1 : 0), w.signatures, lang), note: "" }, { kind: "cells", cells: signers.map((item) => ({ label: item.label[lang], mark: markOf(item), field: { kind: "line", ...(filling?.answers[form.key]?.[item.key] !== undefined && { text: w.signed[lang] }) }, wants: 1 })) });
  const [signer] = signers;
  return { title: form.label[lang], annex: annexOf(form, lang), blocks, signature: (signers.length === 1 && signer ? signer.label : w.confirms)[lang] };
}

/** Sections that stand on attached sheets. */
const attachedSections = (form: Form, { detached }: Setting): readonly Section[] => form.sections.filter((section) => isWide(section) || (detached && section.repeats !== undefined && listedItems(section, false).length > 0));

/** A box to tick for a blank form; how many rows, for a filled one. */
const attachedNote = (section: Section, form: Form, { lang, filling }: Setting): string => `${filling ? "" : "□"}${section.label[lang]}${filling ? ` ${rowsIn(section, form, filling)?.length ?? 0}` : ""}`;

/** The sheets that go with a form: one for each section whose rows are too wide for a table, and one for all tables that are detached. When filled, only with rows. */
export function attachedPapers(scheme: Scheme, form: Form, setting: Setting): readonly { readonly key: string; readonly paper: Paper }[] {
  const { lang, filling } = setting;
  const sheet = (key: string, title: string, blocks: readonly Block[]): { readonly key: string; readonly paper: Paper } => ({
    key: `${form.key}.${key}`,
    paper: { title: `${title}${w.attached[lang]}`, annex: annexOf(form, lang), blocks: [...whoseCells(scheme, lang, filling), ...blocks] },
  });
  const repeating = attachedSections(form, setting).filter((section) => rowsIn(section, form, filling)?.length !== 0);
  const tables = repeating.filter((section) => !isWide(section));
  const details = tables.flatMap((section, i): Block[] => [{ kind: "bar", title: numbered(i, section.label, lang), note: "" }, ...tableOf(scheme, section, rowsIn(section, form, filling), setting)]);
  return [
    ...(details.length === 0 ? [] : [sheet("tables", w.tables[lang], details)]),
    ...repeating.filter(isWide).map((section) => sheet(section.key, section.label[lang], cardsOf(scheme, section, rowsIn(section, form, filling), lang, filling))),
  ];
}

function plainBlocks(scheme: Scheme, section: Section, group: Readonly<Record<string, unknown>> | undefined, lang: Lang, filling: Filling | undefined, first: boolean): Block[] {
  const portrait = first ? section.items.find(isPortrait) : undefined;
  const others = section.items.filter((item) => item !== portrait);
  const cells = [...cellsOf(scheme, others, group, lang, filling), ...papersOf(others, group, lang)];
  if (cells.length === 0) return [];
  return [{ kind: "cells", cells, ...(portrait && { portrait: { words: portrait.label[lang] } }) }];
}

/** The code lists that are too long to stand on the forms. */
export function codeListPaper(scheme: Scheme, lang: Lang): Paper | undefined {
  const used = new Map<CodeSet, Item>();
  for (const item of scheme.forms.flatMap((form) => form.sections.flatMap((section) => section.items))) {
    const set = codeSetOf(scheme, item);
    if (set && (item.kind === "code" || item.kind === "codes") && tickable(item, set).length > MOST_TICKS) used.set(set, item);
  }
  if (used.size === 0) return undefined;
  const blocks = [...used].flatMap(([set, item]): Block[] => [
    { kind: "bar", title: set.label[lang], note: [set.standard, set.edition].filter((part) => part !== undefined).join("-") },
    { kind: "list", entries: offered(item, set).map((option) => (codeDigits(set.options) > 0 ? `${option.code} ${option.label[lang]}` : option.label[lang])) },
  ]);
  return { kind: "list", title: w.codeLists[lang], annex: "", blocks };
}
