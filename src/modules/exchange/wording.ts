// What a supplier is told about each fault of a row: one sentence in Chinese and English, without the value itself.
import type { Issue, Severity, Text } from "../../core/issue.ts";

const at = (severity: Severity, code: string, heading: string, zh: string, en: string): Issue => ({ severity, code, paths: [heading], message: { zh, en } });
const block = (code: string, heading: string, zh: string, en: string): Issue => at("block", code, heading, zh, en);
const note = (code: string, heading: string, zh: string, en: string): Issue => at("note", code, heading, zh, en);

export const formulaUsed = (heading: string): Issue => note("formula-used", heading, `“${heading}”是公式，已采用其计算结果`, `“${heading}” is a formula; its result was used`);
export const formulaEmpty = (heading: string): Issue => block("formula-without-value", heading, `“${heading}”是公式且没有可用的结果，请改为填写数值`, `“${heading}” is a formula without a usable result; type the value instead`);
export const controlCharacters = (heading: string): Issue => block("control-characters", heading, `“${heading}”含有看不见的控制字符，请删除后重新输入`, `“${heading}” contains invisible control characters; delete them and type it again`);
export const cellTooLong = (heading: string, max: number): Issue => block("too-long", heading, `“${heading}”太长，最多${max}个字`, `“${heading}” is too long; at most ${max} characters`);
export const digitsLost = (heading: string): Issue =>
  block("id-digits-lost", heading, `“${heading}”被表格软件当成了数字，末几位已丢失；请把该列设为“文本”后重新填写`, `“${heading}” was turned into a number and lost its last digits; make the column text and type it again`);
export const ragged = (cells: number, width: number): Issue =>
  block("columns-do-not-fit", "", `本行有${cells}列，列名有${width}列，值与列名对不上；请检查分隔符、引号和换行`, `The row has ${cells} columns and the headings ${width}, so its values do not stand under them; check separators, quotes and line breaks`);
export const otherCounty = (heading: string): Issue => block("other-county", heading, `“${heading}”不属于本县（市、区），请核对区划代码`, `“${heading}” lies in another county; check the area code`);
export const notVillage = (heading: string): Issue => block("not-a-village", heading, `“${heading}”应填到村（社区）一级的12位代码`, `“${heading}” must be the 12-digit code of a village or community`);
export const dateOutOfRange = (heading: string): Issue => block("date-out-of-range", heading, `“${heading}”早于1850年或晚于今天，请核对`, `“${heading}” is before 1850 or after today; check it`);
export const duplicateInFile = (heading: string, first: number): Issue => block("duplicate-in-file", heading, `与本文件第${first}行重复`, `Repeats row ${first} of this file`);
export const alreadyListed = (heading: string): Issue => block("already-registered", heading, "该身份证号已在名册中，本行未采用", "This ID number is in the register already; the row was not used");
export const notCompared = (heading: string): Issue => note("not-compared", heading, `“${heading}”的写法不在对照表内，该项不参与比对`, `The word in “${heading}” is not in the table of words; this item will not be compared`);
export const birthDiffers = (heading: string): Issue => note("differs-from-id", heading, `“${heading}”与身份证号中的不一致，采集时请核对`, `“${heading}” differs from the ID number; check it when the person is captured`);

/** A label that is no option, with the nearest one when there is one. */
export const notOption = (heading: string, nearest: Text | undefined): Issue =>
  nearest === undefined
    ? block("not-an-option", heading, `“${heading}”不在可选范围内，请从“选项”表中选择`, `“${heading}” is not one of the options; choose from the sheet of options`)
    : block("not-an-option", heading, `“${heading}”不在可选范围内，最接近的选项是“${nearest.zh}”`, `“${heading}” is not one of the options; the nearest is “${nearest.en}”`);

/** The slip that would explain a wrong number, by places only. */
export function withSlip(issue: Issue, typed: string, proposal: string | undefined): Issue {
  const slip = proposal === undefined ? undefined : slipOf(typed, proposal);
  return slip === undefined ? issue : { ...issue, message: { zh: `${issue.message.zh}；${slip.zh}`, en: `${issue.message.en}; ${slip.en}` } };
}

function slipOf(typed: string, proposal: string): Text | undefined {
  const differing = [...proposal].flatMap((char, i) => (char === typed.charAt(i) ? [] : [i + 1]));
  const [first = 0, second = 0] = differing;
  if (typed.length < proposal.length) return { zh: `可能第${first}位处漏了一位`, en: `a digit may be missing at place ${first}` };
  if (typed.length > proposal.length) return { zh: `可能第${Math.max(first, 1)}位处多了一位`, en: `there may be one digit too many at place ${Math.max(first, 1)}` };
  if (differing.length === 1) return { zh: `可能第${first}位有误`, en: `place ${first} may be wrong` };
  if (differing.length === 2 && second === first + 1) return { zh: `可能第${first}位与第${second}位颠倒`, en: `places ${first} and ${second} may be swapped` };
  return undefined;
}
