// The workbook in which people fill in a whole scheme: one sheet a form, choices from a hidden sheet, and a sheet that explains every item.
import type { Cell } from "../../platform/sheet-row.ts";
import { type OutSheet, writeWorkbook } from "../../platform/spreadsheet.ts";
import type { Item, Scheme } from "../../scheme/model.ts";
import { choiceSheet, choicesOfItem } from "./choices.ts";
import { kindWords, lengthWords, optionWords, ruleWords } from "./item-words.ts";
import { type FormSheet, MOST_SUBJECTS, sheetsOf, SUBJECT_NUMBER } from "./sheets.ts";

const OPTIONS = "选项";
const TEXT_KINDS = new Set(["id-number", "phone", "area", "text", "address", "date", "month", "code", "codes"]);
const WIDTHS: Readonly<Record<string, number>> = { "id-number": 22, phone: 16, area: 18, address: 40, date: 13, month: 11, "yes-no": 9, codes: 24 };
/** A repeating section holds several rows of each subject. */
const ROWS_OF_SECTION = 4;

const headingWidth = (text: string): number => Math.ceil(text.length * 1.2) + 2;
const width = (heading: string, item: Item): number => Math.min(44, Math.max(WIDTHS[item.kind] ?? 12, headingWidth(heading), item.text === "long" ? 40 : 0));

/** Sheets in the order of the forms, then 填表说明, then the hidden choices; `hash` is that of the definition. */
export async function schemeTemplate(scheme: Scheme, hash: string): Promise<Uint8Array> {
  const sheets = sheetsOf(scheme);
  const choices = choiceSheet(OPTIONS, sheets.flatMap((sheet) => sheet.columns.map((column) => choicesOfItem(scheme, column.place.item))), { hidden: true });
  const filled = sheets.map((sheet): OutSheet => {
    const last = 1 + MOST_SUBJECTS * (sheet.section ? ROWS_OF_SECTION : 1);
    return {
      name: sheet.name,
      rows: [[SUBJECT_NUMBER, ...sheet.columns.map((column) => column.heading)]],
      headRows: 1,
      headColumns: 1,
      widths: [8, ...sheet.columns.map((column) => width(column.heading, column.place.item))],
      textColumns: sheet.columns.flatMap((column, i) => (TEXT_KINDS.has(column.place.item.kind) ? [i + 1] : [])),
      choices: sheet.columns.flatMap(({ place }, i) => {
        const offered = choicesOfItem(scheme, place.item);
        return offered ? [choices.ruleOf(offered, i + 1, place.item.kind === "codes", last)] : [];
      }),
    };
  });
  return writeWorkbook([...filled, notes(scheme, hash, sheets), ...(choices.sheet ? [choices.sheet] : [])]);
}

function notes(scheme: Scheme, hash: string, sheets: readonly FormSheet[]): OutSheet {
  const general: Cell[][] = [
    ["工作表", "栏目", "项目", "类型", "长度或范围", "可选项", "填写规则", "说明", "English"],
    ["填表说明", null, `${scheme.label.zh}　版本 ${scheme.version}　定义摘要 ${hash.slice(0, 12)}`, null, null, null, null, null, `${scheme.label.en}, version ${scheme.version}`],
    ["填表说明", null, "选项一律填写文字（标签），不填代码；只有下拉列表中本身就是代码的才填代码。", null, null, null, null, null, "Options are written as their labels; a code only where the list itself shows a code."],
    ["填表说明", null, `每个工作簿最多填 ${MOST_SUBJECTS} 个对象。多于此数请分成几个文件。`, null, null, null, null, null, `At most ${MOST_SUBJECTS} subjects in one workbook.`],
    ["填表说明", null, "“序号”把各表中同一对象的各行连在一起：总表中每个对象一行，其余各表填同一序号；可重复的栏目（如立功受奖）每项一行。", null, null, null, null, null, "The number in the first column joins the rows of one subject across the sheets; repeating sections take one row each."],
    ["填表说明", null, "带 * 的列必须填写。列的名称请勿改动；列的顺序可以不同。", null, null, null, null, null, "Columns with * must be filled in; keep the headings, their order may differ."],
    ["填表说明", null, "多选项目用“、”隔开。日期写作 1978-06-15，年月写作 2018-10，区划写12位代码。身份证号、电话列已设为文本，请勿改为数字。", null, null, null, null, null, "Several options are joined with 、; dates as 1978-06-15; areas as 12 digits; ID numbers and telephones stay text."],
    ["填表说明", null, "禁止填写部队番号，只能写部队代号（如37001部队）。照片、证件和签名不在本表填写。", null, null, null, null, null, "Never write a military unit's designation. Photos, papers and signatures are not part of this workbook."],
  ];
  const rows = sheets.flatMap((sheet) =>
    sheet.columns.map(({ heading, place }): Cell[] => {
      const { section, item } = place;
      const english = [`${item.label.en}: ${kindWords[item.kind].en}`, lengthWords(item, "en"), ...ruleWords(scheme, place, "en"), item.help?.en ?? ""];
      return [
        sheet.name,
        section.label.zh,
        heading,
        kindWords[item.kind].zh,
        lengthWords(item, "zh"),
        optionWords(scheme, item, "zh"),
        ruleWords(scheme, place, "zh").join("\n"),
        item.help?.zh ?? null,
        english.filter((part) => part !== "").join("; "),
      ];
    }),
  );
  return { name: "填表说明", rows: [...general, ...rows], headRows: 1, widths: [20, 16, 30, 16, 14, 50, 50, 36, 60], wrap: true };
}
