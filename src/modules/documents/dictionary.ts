// The data dictionary of a scheme as a workbook: every item, code, check and category, and what changed since the version before.
import type { Text } from "../../core/issue.ts";
import type { Cell } from "../../platform/sheet-row.ts";
import { type OutSheet, writeWorkbook } from "../../platform/spreadsheet.ts";
import { columnName } from "../../scheme/columns.ts";
import { compareSchemes, type Effect } from "../../scheme/compare.ts";
import { inWords } from "../../scheme/in-words.ts";
import { indexOf, type Place, placesOf } from "../../scheme/layout.ts";
import type { CategoryRule, Scheme } from "../../scheme/model.ts";
import { kindWords, lengthWords, ruleWords, sensitivityWords } from "./item-words.ts";

const severityWords: Readonly<Record<"block" | "explain" | "note", Text>> = {
  block: { zh: "阻止提交", en: "blocks" },
  explain: { zh: "须说明", en: "needs a reason" },
  note: { zh: "提示", en: "informs" },
};
const effectWords: Readonly<Record<Effect, Text>> = {
  added: { zh: "新增", en: "added" },
  removed: { zh: "取消", en: "removed" },
  narrowed: { zh: "收紧", en: "narrowed" },
  widened: { zh: "放宽", en: "widened" },
  worded: { zh: "改措辞", en: "reworded" },
  changed: { zh: "变更", en: "changed" },
};

/** Column of the snapshot that holds an item; of a repeating section, the member of its structures. */
const snapshotColumn = ({ form, section, item }: Place): string => (section.repeats ? `${columnName(form.key, section.key)}[].${item.key}` : columnName(form.key, item.key));

/** Sheets 说明, 条目, 代码, 校验, 类别 and, with an earlier version, 变化. */
export async function dataDictionary(scheme: Scheme, hash: string, before?: Scheme): Promise<Uint8Array> {
  return writeWorkbook([cover(scheme, hash, before), items(scheme), codes(scheme), checks(scheme), ...(scheme.categories.length > 0 ? [categories(scheme)] : []), ...(before ? [changes(before, scheme)] : [])]);
}

const cover = (scheme: Scheme, hash: string, before: Scheme | undefined): OutSheet => ({
  name: "说明",
  headRows: 1,
  widths: [24, 60, 60],
  wrap: true,
  rows: [
    [`${scheme.label.zh}　数据字典`, null, `${scheme.label.en}: data dictionary`],
    ["版本 Version", `${scheme.key} ${scheme.version}`, before ? `与 ${before.version} 比较 / compared with ${before.version}` : null],
    ["定义摘要 Hash", hash, "SHA-256"],
    ["标准时点 Reference date", scheme.referenceDate, null],
    ["表 Forms", scheme.forms.length, scheme.forms.map((form) => form.label.zh).join("、")],
    ["项目 Items", placesOf(scheme).length, null],
    ["代码 Codes", scheme.codeSets.reduce((sum, set) => sum + set.options.length, 0), `${scheme.codeSets.length} 个代码集 / code sets`],
    ["校验 Checks", scheme.checks.length + (scheme.acrossRecords?.length ?? 0), null],
    ["来源标记 Source marks", "S0–S4 官方方案；FE SD CJ XH DC 同类系统；QA 官方问答；P 公开网页；LAW 法规；STD 标准；K 行业常识；R 重构", "S0–S4 official plans; FE SD CJ XH DC systems of the same kind; QA official answers; P public pages; LAW statutes; STD standards; K common knowledge; R reconstructed"],
  ],
});

const ITEM_HEADS = ["路径 Path", "编号 No.", "表 Form", "栏目 Section", "名称", "Name", "类型 Kind", "长度或范围 Length", "单位 Unit", "代码集 Code set", "必填 Required", "规则", "Rules", "采集目的 Purpose", "依据 Basis", "敏感级别 Sensitivity", "来源 Source", "来源说明 Note", "底册带入 Base list", "身份证读入 Card", "快照列 Snapshot column", "说明 Help"];
const ITEM_WIDTHS = [34, 8, 22, 18, 26, 30, 16, 14, 8, 20, 12, 50, 50, 26, 26, 16, 14, 34, 8, 8, 34, 40];

const requiredWord = (place: Place): string => (place.item.required === true ? "是 yes" : place.item.required === undefined ? "否 no" : "有条件 conditional");

const items = (scheme: Scheme): OutSheet => ({
  name: "条目",
  headRows: 1,
  headColumns: 1,
  widths: ITEM_WIDTHS,
  wrap: true,
  rows: [
    ITEM_HEADS,
    ...placesOf(scheme).map((place): Cell[] => {
      const { path, form, section, item } = place;
      return [
        path,
        item.number ?? null,
        form.label.zh,
        section.label.zh,
        item.label.zh,
        item.label.en,
        `${kindWords[item.kind].zh} ${item.kind}`,
        lengthWords(item, "zh"),
        item.unit?.zh ?? null,
        item.codeSet ?? null,
        requiredWord(place),
        ruleWords(scheme, place, "zh").join("\n"),
        ruleWords(scheme, place, "en").join("\n"),
        item.purpose?.zh ?? null,
        item.basis ?? null,
        sensitivityWords[item.sensitivity].zh,
        item.source.marks.join(" "),
        item.source.note ?? null,
        item.fromBaseList === true ? "是" : null,
        item.fromCard === true ? "是" : null,
        snapshotColumn(place),
        item.help?.zh ?? null,
      ];
    }),
  ],
});

const codes = (scheme: Scheme): OutSheet => ({
  name: "代码",
  headRows: 1,
  widths: [24, 28, 16, 12, 18, 30, 36, 16, 10, 16, 40],
  rows: [
    ["代码集 Set", "名称 Name", "标准 Standard", "版次 Edition", "代码 Code", "含义", "Meaning", "上级 Parent", "单独选 Alone", "已停用，改用 Replaced by", "也写作 Also written"],
    ...scheme.codeSets.flatMap((set) =>
      set.options.map((option): Cell[] => [set.key, set.label.zh, set.standard ?? null, set.edition ?? null, option.code, option.label.zh, option.label.en, option.parent ?? null, option.exclusive === true ? "是" : null, option.replacedBy ?? null, option.alsoWritten?.join("、") ?? null]),
    ),
  ],
});

function checks(scheme: Scheme): OutSheet {
  const label = (path: string): string => indexOf(scheme).byPath.get(path)?.item.label.zh ?? path;
  const own = scheme.checks.map((check): Cell[] => {
    const section = check.when[0] === "any" ? check.when[1] : undefined;
    const at = check.at.map((path) => (path.startsWith(".") && section !== undefined ? `${section}[]${path}` : path));
    return [check.key, severityWords[check.severity].zh, check.message.zh, check.message.en, inWords(scheme, check.when, "zh"), inWords(scheme, check.when, "en"), at.map(label).join("、"), at.join("\n"), check.source.marks.join(" "), check.source.note ?? null];
  });
  const across = (scheme.acrossRecords ?? []).map((check): Cell[] => {
    const paths = check.kind === "at-most-one" ? check.same : [check.item];
    const words: Text =
      check.kind === "at-most-one"
        ? { zh: `各档案之间${paths.map((path) => `“${label(path)}”`).join("、")}不得相同`, en: `no two records share ${paths.join(", ")}` }
        : { zh: `“${label(check.item)}”与本区划“${check.of}”的档案数一致`, en: `${check.item} equals the number of records of ${check.of} in the area` };
    return [check.key, severityWords[check.severity].zh, check.message.zh, check.message.en, words.zh, words.en, check.at.map(label).join("、"), check.at.join("\n"), check.source.marks.join(" "), check.source.note ?? null];
  });
  return { name: "校验", headRows: 1, headColumns: 1, widths: [36, 12, 44, 44, 56, 56, 30, 34, 12, 30], wrap: true, rows: [["编号 Key", "级别 Severity", "提示", "Message", "出现条件", "Fault when", "项目 Items", "路径 Paths", "来源 Source", "来源说明 Note"], ...own, ...across] };
}

function categories(scheme: Scheme): OutSheet {
  const label = (key: string): string => scheme.categories.find((category) => category.key === key)?.label.zh ?? key;
  const labels = (keys: readonly string[]): string => keys.map((key) => `“${label(key)}”`).join("、");
  const rule = (each: CategoryRule): string => {
    if (each.kind === "at-most-one") return `${labels(each.of)}最多选一类`;
    return each.kind === "needs-one-of" ? `选“${label(each.category)}”须同时选${labels(each.of)}之一` : `“${label(each.category)}”不能与${labels(each.of)}同选`;
  };
  return {
    name: "类别",
    headRows: 1,
    widths: [24, 30, 36, 70, 24, 50, 12],
    wrap: true,
    rows: [
      ["键 Key", "类别", "Category", "定义 Definition", "分表 Form", "证明材料 Papers", "来源 Source"],
      ...scheme.categories.map((category): Cell[] => [category.key, category.label.zh, category.label.en, category.definition.zh, category.form ?? null, (category.papers ?? []).map((path) => indexOf(scheme).byPath.get(path)?.item.label.zh ?? path).join("、"), category.source.marks.join(" ")]),
      [],
      ["组合规则 Rules"],
      ...scheme.categoryRules.map((each): Cell[] => [null, rule(each), each.message.en, each.message.zh, null, null, each.source.marks.join(" ")]),
    ],
  };
}

const changes = (before: Scheme, after: Scheme): OutSheet => ({
  name: "变化",
  headRows: 1,
  widths: [12, 60, 60, 30, 30, 50],
  wrap: true,
  rows: [
    ["影响 Effect", `自 ${before.version} 的变化`, `Changes since ${before.version}`, "原 Was", "现 Now", "路径 Path"],
    ...compareSchemes(before, after).map((change): Cell[] => [effectWords[change.effect].zh, change.sentence.zh, change.sentence.en, change.was?.zh ?? null, change.now?.zh ?? null, change.path]),
  ],
});
