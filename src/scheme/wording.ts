// What a person is told about each fault of a record: one sentence with the item's own label, in Chinese and English,
// that says what to do. Values people typed are never repeated.
import type { CitizenIdFault } from "../core/citizen-id.ts";
import type { Issue, Severity, Text } from "../core/issue.ts";
import type { NameFault } from "../core/names.ts";
import type { Span } from "../core/unit-designation.ts";

/** An issue at one or more item paths. */
export function issue(severity: Severity, code: string, paths: string | readonly string[], zh: string, en: string): Issue {
  return { severity, code, paths: typeof paths === "string" ? [paths] : paths, message: { zh, en } };
}

const block = (code: string, path: string, zh: string, en: string): Issue => issue("block", code, path, zh, en);

type Words = { readonly zh: string; readonly en: string };

const ID_FAULTS: Readonly<Record<CitizenIdFault, Words>> = {
  empty: { zh: "没有填写", en: "is empty" },
  pseudo: { zh: "是临时编号或占位号码，不是真实的身份证号，请填写证件上的号码", en: "is a placeholder, not a real number; enter the number on the card" },
  length: { zh: "位数不对，应为18位（老证15位），请对照证件重新输入", en: "has the wrong length; it must have 18 characters (15 on old cards). Compare it with the card" },
  characters: { zh: "含有不应出现的字符，只能是数字，最后一位可以是X", en: "contains a wrong character; only digits are allowed, and X in the last place" },
  region: { zh: "开头的地区码不对，请对照证件重新输入", en: "begins with an impossible region; compare it with the card" },
  calendar: { zh: "第7至14位不是有效的出生日期，请对照证件重新输入", en: "holds an impossible birth date in places 7–14; compare it with the card" },
  future: { zh: "中的出生日期晚于今天，请对照证件重新输入", en: "holds a birth date later than today; compare it with the card" },
  "check-digit": { zh: "校验不通过，可能有一位输错或前后颠倒，请对照证件逐位核对", en: "fails its check digit; one digit may be wrong or two swapped. Compare it with the card digit by digit" },
};

const NAME_FAULTS: Readonly<Record<NameFault, Words>> = {
  empty: { zh: "没有填写", en: "is empty" },
  "too-long": { zh: "太长，最多50个字", en: "is too long; at most 50 characters" },
  control: { zh: "含有看不见的字符，请删除后重新输入", en: "contains an invisible character; delete it and type the name again" },
  space: { zh: "中间有空格，请删去", en: "contains a space; remove it" },
  "private-use": { zh: "含有无法识别的生僻字编码，请说明该字的写法", en: "contains a character without a standard code; please describe the character" },
  characters: { zh: "只能是汉字，少数民族姓名中间的点请用“·”", en: "may only hold Chinese characters; write the dot inside names as “·”" },
};

const place = (spans: readonly Span[]): Words => ({
  zh: spans.map((s) => (s.from === s.to ? `第${s.from}个字` : `第${s.from}至${s.to}个字`)).join("、"),
  en: spans.map((s) => (s.from === s.to ? `character ${s.from}` : `characters ${s.from}–${s.to}`)).join(", "),
});

export const unknownForm = (path: string): Issue => block("unknown-form", path, "数据中有本业务没有的表，已不采用", "The data contain a form this programme does not have; it was left out");
export const unknownItem = (path: string): Issue => block("unknown-item", path, "数据中有本表没有的项目，已不采用", "The data contain an item this form does not have; it was left out");
export const wrongType = (path: string, label: Text): Issue => block("wrong-type", path, `“${label.zh}”的数据格式不对，请重新填写`, `“${label.en}” has the wrong kind of data; please enter it again`);
export const tooLong = (path: string, label: Text, max: number): Issue => block("too-long", path, `“${label.zh}”太长，最多${max}个字`, `“${label.en}” is too long; at most ${max} characters`);
export const controlCharacters = (path: string, label: Text): Issue =>
  block("control-characters", path, `“${label.zh}”含有看不见的控制字符，请删除后重新输入`, `“${label.en}” contains invisible control characters; delete them and type it again`);
export const tooManyRows = (path: string, label: Text, max: number): Issue => block("too-many-rows", path, `“${label.zh}”最多填${max}行`, `“${label.en}” takes at most ${max} rows`);
export const tooManyFaults = (form: string): Issue => block("too-many-faults", form, "这份数据的问题太多，只列出前面的一部分，请先改正", "This record has too many faults; only the first are listed. Please correct them first");

export const required = (path: string, label: Text): Issue => block("required", path, `请填写“${label.zh}”`, `Please fill in “${label.en}”`);
export const formMissing = (path: string, form: Text, category: Text): Issue =>
  block("sub-form-missing", path, `已选择“${category.zh}”，请填写《${form.zh}》`, `“${category.en}” is ticked; please fill in “${form.en}”`);
export const unknownCategory = (path: string): Issue => block("unknown-category", path, "所选对象类别不在本业务的类别之内", "A chosen category is not one of this programme");
export const combination = (path: string, message: Text): Issue => issue("block", "category-combination", path, message.zh, message.en);

export const notInteger = (path: string, label: Text): Issue => block("not-an-integer", path, `“${label.zh}”应为整数`, `“${label.en}” must be a whole number`);
export const belowMin = (path: string, label: Text, min: number): Issue => block("below-minimum", path, `“${label.zh}”不能小于${min}`, `“${label.en}” may not be less than ${min}`);
export const aboveMax = (path: string, label: Text, max: number): Issue => block("above-maximum", path, `“${label.zh}”不能大于${max}`, `“${label.en}” may not be more than ${max}`);
export const tooManyDecimals = (path: string, label: Text, places: number): Issue =>
  block("too-many-decimals", path, `“${label.zh}”最多${places}位小数`, `“${label.en}” takes at most ${places} decimal places`);
export const moneyDecimals = (path: string, label: Text): Issue => block("money-decimals", path, `“${label.zh}”以元为单位，最多两位小数`, `“${label.en}” is in yuan with at most two decimals`);
export const notDate = (path: string, label: Text): Issue =>
  block("not-a-date", path, `“${label.zh}”不是有效的日期，请按“年-月-日”填写，如1978-06-15`, `“${label.en}” is not a date; write it as year-month-day, such as 1978-06-15`);
export const notMonth = (path: string, label: Text): Issue => block("not-a-month", path, `“${label.zh}”不是有效的年月，请按“年-月”填写，如2018-10`, `“${label.en}” is not a month; write it as year-month, such as 2018-10`);
export const notOption = (path: string, label: Text): Issue => block("not-an-option", path, `“${label.zh}”不在可选范围内，请从选项中选择`, `“${label.en}” is not one of the options; choose from the list`);
export const withdrawnOption = (path: string, label: Text, now: Text | undefined): Issue =>
  issue("note", "withdrawn-option", path, `“${label.zh}”用的是已停用的选项${now ? `，现为“${now.zh}”` : ""}`, `“${label.en}” uses a withdrawn option${now ? `, now “${now.en}”` : ""}`);
export const exclusive = (path: string, label: Text, option: Text): Issue =>
  block("exclusive-option", path, `“${label.zh}”选了“${option.zh}”，就不能再选其他项`, `“${label.en}”: “${option.en}” cannot be chosen together with other options`);
export const subOptionMissing = (path: string, label: Text, option: Text): Issue =>
  block("sub-option-missing", path, `“${label.zh}”选了“${option.zh}”，请再选其中的细项`, `“${label.en}”: “${option.en}” needs one of its sub-options`);
export const parentMissing = (path: string, label: Text, option: Text, parent: Text): Issue =>
  block("parent-option-missing", path, `“${label.zh}”的“${option.zh}”属于“${parent.zh}”，请一并选上`, `“${label.en}”: “${option.en}” belongs to “${parent.en}”, which must be chosen too`);
export const closedOption = (path: string, label: Text, option: Text, why: Text): Issue =>
  block("closed-option", path, `“${label.zh}”不能选“${option.zh}”：${why.zh}`, `“${label.en}” cannot be “${option.en}”: ${why.en}`);
export const repeatedOption = (path: string, label: Text): Issue => block("repeated-option", path, `“${label.zh}”中同一选项选了两次`, `“${label.en}” holds the same option twice`);
export const idFault = (path: string, label: Text, fault: CitizenIdFault): Issue => block(`id-${fault}`, path, `“${label.zh}”${ID_FAULTS[fault].zh}`, `“${label.en}” ${ID_FAULTS[fault].en}`);
export const idDigitsLost = (path: string, label: Text): Issue =>
  block("id-digits-lost", path, `“${label.zh}”的单元格是数字格式，末尾几位已丢失，请改为文本格式后重新输入`, `The cell of “${label.en}” is a number and has lost its last digits; format it as text and enter it again`);
export const idConverted = (path: string, label: Text): Issue =>
  issue("note", "id-converted", path, `“${label.zh}”由15位换算为18位，请与证件核对`, `“${label.en}” was converted from 15 to 18 characters; compare it with the card`);
export const notPhone = (path: string, label: Text): Issue =>
  block("not-a-phone", path, `“${label.zh}”不是有效的电话号码：手机11位，固定电话带区号，如0595-12345678`, `“${label.en}” is not a telephone number: 11 digits for a mobile, area code first for a landline, such as 0595-12345678`);
export const notArea = (path: string, label: Text): Issue => block("not-an-area", path, `“${label.zh}”不是有效的行政区划，请从区划树中选择`, `“${label.en}” is not an area; choose it from the list of areas`);
export const unknownArea = (path: string, label: Text): Issue => block("unknown-area", path, `“${label.zh}”的区划代码查不到，请从区划树中选择`, `“${label.en}” is not among the known areas; choose it from the list of areas`);
export const nameWrong = (path: string, label: Text, fault: NameFault): Issue =>
  issue(fault === "private-use" ? "explain" : "block", `name-${fault}`, path, `“${label.zh}”${NAME_FAULTS[fault].zh}`, `“${label.en}” ${NAME_FAULTS[fault].en}`);

/** The text itself is not shown: the message says where it stands. */
export const designation = (path: string, label: Text, spans: readonly Span[]): Issue =>
  block(
    "unit-designation",
    path,
    `“${label.zh}”${place(spans).zh}像是部队番号。番号不得填写、不得保存，请删去，部队只能写代号（如37001部队）`,
    `“${label.en}”, ${place(spans).en}: this looks like a military unit designation, which may not be entered or kept. Remove it; units are named by cover name only (such as 37001部队)`,
  );
export const designationDoubt = (path: string, label: Text, spans: readonly Span[]): Issue =>
  issue(
    "explain",
    "unit-designation-doubt",
    path,
    `“${label.zh}”${place(spans).zh}可能是部队番号，请确认；不是番号的请说明，是番号的请删去`,
    `“${label.en}”, ${place(spans).en}: this may be a military unit designation. Remove it if it is one, or say what it is`,
  );
export const notCoverName = (path: string, label: Text): Issue =>
  block(
    "unit-designation",
    path,
    `“${label.zh}”只能填部队代号，如“37001部队”；番号、单位名称不得填写`,
    `“${label.en}” takes a unit's cover name only, such as 37001部队; designations and unit names may not be entered`,
  );
