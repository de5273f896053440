// A scheme as an XLSForm, for those who collect with ODK Collect or KoboToolbox already: the rows of its three sheets. Rules become XPath;
// what XPath cannot say becomes a note and is listed, to be checked when the answers come in.
import type { Text } from "../core/issue.ts";
import { codeSetOf, indexOf, itemAt, placePath } from "./layout.ts";
import type { CodeSet, Form, Item, Scheme, Section } from "./model.ts";
import { checkRows, type CheckPlacement } from "./xlsform-checks.ts";
import { withoutCycles } from "./xlsform-cycles.ts";
import { formScope, type Helpers, nameOf } from "./xlsform-scope.ts";
import { itemConstraints } from "./xlsform-values.ts";
import { isTrue, known, NotExpressed, value, type XPathScope } from "./xpath.ts";

export const LABEL_ZH = "label::中文 (zh)";
export const LABEL_EN = "label::English (en)";
/** One row of a sheet, by column heading. */
export type FormRow = { readonly [column: string]: string };
/** Something of the scheme that the form does not hold: where, and what kind of thing. */
export type NotInForm = { readonly path: string; readonly why: string };
export type XlsForm = { readonly survey: readonly FormRow[]; readonly choices: readonly FormRow[]; readonly settings: readonly FormRow[]; readonly notExpressed: readonly NotInForm[] };

export const labelled = (text: Text): FormRow => ({ [LABEL_ZH]: text.zh, [LABEL_EN]: text.en });
const worded = (column: string, text: Text | undefined): FormRow => (text === undefined ? {} : { [`${column}::中文 (zh)`]: text.zh, [`${column}::English (en)`]: text.en });

const TYPES: Readonly<Record<Item["kind"], string>> = {
  text: "text", integer: "integer", decimal: "decimal", money: "decimal", date: "date", month: "date", code: "select_one", codes: "select_multiple", "yes-no": "select_one yes_no",
  "id-number": "text", phone: "text", area: "text", address: "text", photo: "image", document: "image", signature: "image", computed: "calculate",
};
const APPEARANCES: Readonly<Partial<Record<Item["kind"], string>>> = { month: "month-year", signature: "signature", phone: "numbers", area: "numbers" };

/** Names of choice lists: a single choice leaves out what only heads its sub-options. */
const listName = (set: CodeSet, item: Item): string => `${set.key.replaceAll("-", "_")}${item.kind === "code" && set.options.some((option) => option.needsSub === true) ? "__one" : ""}`;
const listed = (set: CodeSet, item: Item) => set.options.filter((option) => option.replacedBy === undefined && !(item.kind === "code" && option.needsSub === true));

class Builder {
  readonly scheme: Scheme;
  readonly notExpressed: NotInForm[] = [];
  readonly helpers: Helpers = new Map();
  readonly lists = new Map<string, FormRow[]>();
  readonly scope: XPathScope;
  readonly checks: CheckPlacement;

  constructor(scheme: Scheme) {
    this.scheme = scheme;
    this.scope = formScope(scheme, this.helpers);
    this.checks = checkRows(scheme, this.scope, this.helpers, (path, why) => void this.notExpressed.push({ path, why }));
  }

  /** The translation, or undefined with a line in the list of what is not expressed. */
  attempt(path: string, make: () => string): string | undefined {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof NotExpressed)) throw error;
      this.notExpressed.push({ path, why: error.message });
      return undefined;
    }
  }

  form(form: Form): FormRow[] {
    const { scheme } = this;
    const category = scheme.categoryItem === undefined ? undefined : itemAt(scheme, scheme.categoryItem);
    const relevant = form.category === undefined || category === undefined ? undefined : `selected(\${${nameOf(category)}}, '${form.category}')`;
    return [
      { type: "begin_group", name: `g__${form.key}`, ...labelled(form.label), ...(relevant !== undefined && { relevant }) },
      ...form.sections.flatMap((section) => this.section(form, section)),
      { type: "end_group", name: `g__${form.key}` },
    ];
  }

  section(form: Form, section: Section): FormRow[] {
    const { shownIf } = section;
    const path = `${form.key}.${section.key}`;
    const relevant = shownIf === undefined ? undefined : this.attempt(`${path}.shownIf`, () => isTrue(shownIf, this.scope));
    const kind = section.repeats ? "repeat" : "group";
    const name = section.repeats ? `${form.key}__${section.key}` : `g__${form.key}__${section.key}`;
    const scope = section.repeats ? formScope(this.scheme, this.helpers, path) : this.scope;
    const rows = section.items.flatMap((item) => this.item(form, section, item, scope));
    const tooMany: FormRow[] = section.repeats
      ? [{ type: "note", name: `${name}__too_many`, ...labelled({ zh: `“${section.label.zh}”最多填${section.repeats.max}行，请删去多余的行`, en: `“${section.label.en}” takes at most ${section.repeats.max} rows; remove the others` }), required: "yes", relevant: `count(\${${name}}) > ${section.repeats.max}` }]
      : [];
    // A group with nothing to see in it is refused by ODK: what it computes is shown.
    const seen = rows.some((row) => row["type"] !== "calculate") ? [] : rows.map((row): FormRow => ({ type: "note", name: `${row["name"]}__shown`, [LABEL_ZH]: `${row[LABEL_ZH]}：\${${row["name"]}}`, [LABEL_EN]: `${row[LABEL_EN]}: \${${row["name"]}}` }));
    // Helpers of a repeat are made while other parts are translated: the list is filled in later.
    return [
      { type: `begin_${kind}`, name, ...labelled(section.label), ...(relevant !== undefined && { relevant }) },
      ...rows,
      ...seen,
      ...this.checks.inside(path),
      { type: HELPERS, name: path },
      { type: `end_${kind}`, name },
      ...tooMany,
    ];
  }

  item(form: Form, section: Section, item: Item, scope: XPathScope): FormRow[] {
    const path = placePath(form, section, item);
    const name = nameOf({ form, section, item });
    const { computed, forced, shownIf } = item;
    if (item.kind === "computed") {
      const calculation = computed && this.attempt(path, () => `if(${known(computed, scope)}, ${value(computed, scope, scope.ref(section.repeats ? `.${item.key}` : path).type)}, '')`);
      return [{ type: "calculate", name, ...labelled(item.label), calculation: calculation ?? "''" }];
    }
    const held = forced && this.attempt(`${path}.forced`, () => known(forced, scope));
    const shown = shownIf && this.attempt(`${path}.shownIf`, () => isTrue(shownIf, scope));
    const type = scope.ref(section.repeats ? `.${item.key}` : path).type;
    if (forced === undefined || held === undefined || held === "false()") return [this.question(path, name, name, item, scope, shown)];
    const relevant = [...(shown === undefined ? [] : [shown]), `not(${held})`].join(" and ");
    return [
      this.question(path, `${name}__asked`, `${name}__asked`, item, scope, relevant),
      { type: "calculate", name, ...labelled(item.label), calculation: `if(${held}, ${value(forced, scope, type)}, \${${name}__asked})` },
      { type: "note", name: `${name}__held`, ...labelled({ zh: `${item.label.zh}：\${${name}}`, en: `${item.label.en}: \${${name}}` }), relevant: [...(shown === undefined ? [] : [shown]), held].join(" and ") },
    ];
  }

  question(path: string, name: string, own: string, item: Item, scope: XPathScope, relevant: string | undefined): FormRow {
    const { required } = item;
    const set = codeSetOf(this.scheme, item);
    const limits = [...itemConstraints(this.scheme, path, item, set), ...this.checks.constraints(path)];
    const must = required === undefined ? undefined : required === true ? "yes" : this.attempt(`${path}.required`, () => isTrue(required, scope));
    const filter = item.closed && this.attempt(`${path}.closed`, () => item.closed?.map(({ codes, when }) => `(not(${isTrue(when, scope)}) or (${codes.map((code) => `name != '${code}'`).join(" and ")}))`).join(" and ") ?? "true()");
    const first = item.default && this.attempt(`${path}.default`, () => (item.default?.[0] === "const" ? plainDefault(item.default[1]) : item.default?.[0] === "list" ? item.default[1].join(" ") : value(item.default ?? ["const", ""], scope)));
    const list = set && (item.kind === "code" || item.kind === "codes") ? this.list(set, item) : undefined;
    const type = TYPES[item.kind];
    return {
      type: `${type}${list === undefined ? "" : ` ${list}`}`,
      name,
      ...labelled({ zh: `${item.label.zh}${item.unit ? `（${item.unit.zh}）` : ""}`, en: `${item.label.en}${item.unit ? ` (${item.unit.en})` : ""}` }),
      ...worded("hint", item.help),
      ...(must !== undefined && must !== "false()" && { required: must, ...worded("required_message", { zh: `请填写“${item.label.zh}”`, en: `Please fill in “${item.label.en}”` }) }),
      ...(relevant !== undefined && relevant !== "true()" && { relevant }),
      ...(limits.length > 0 && { constraint: limits.map(({ xpath }) => (limits.length > 1 ? `(${xpath})` : xpath)).join(" and ").replaceAll(`\${${own}}`, "."), ...worded("constraint_message", { zh: limits.map(({ message }) => message.zh).join("；"), en: limits.map(({ message }) => message.en).join("; ") }) }),
      ...(filter !== undefined && { choice_filter: filter }),
      ...(first !== undefined && { default: first }),
      ...(type === "image" && { parameters: "max-pixels=2048" }),
      ...(item.text === "long" ? { appearance: "multiline" } : APPEARANCES[item.kind] !== undefined && { appearance: APPEARANCES[item.kind] ?? "" }),
    };
  }

  list(set: CodeSet, item: Item): string {
    const name = listName(set, item);
    if (!this.lists.has(name)) this.lists.set(name, listed(set, item).map((option) => ({ list_name: name, name: option.code, ...labelled(option.label) })));
    return name;
  }
}

const HELPERS = "helpers";
const plainDefault = (constant: string | number | boolean): string => (typeof constant === "boolean" ? (constant ? "yes" : "no") : String(constant));

const YES_NO: readonly FormRow[] = [
  { list_name: "yes_no", name: "yes", ...labelled({ zh: "是", en: "Yes" }) },
  { list_name: "yes_no", name: "no", ...labelled({ zh: "否", en: "No" }) },
];

/** The rows of the sheets `survey`, `choices` and `settings`; `notExpressed` counts what the notes at the end of the form tell of. */
export function xlsform(scheme: Scheme): XlsForm {
  const builder = new Builder(scheme);
  const asked = scheme.forms.flatMap((form) => builder.form(form));
  const survey = asked.flatMap((row) => (row["type"] === HELPERS ? [...(builder.helpers.get(row["name"] ?? "")?.rows ?? [])] : [row]));
  const notExpressed = [...builder.notExpressed, { path: "*", why: "unit-designation" }, ...(scheme.acrossRecords ?? []).map((check) => ({ path: `acrossRecords.${check.key}`, why: "other records" }))];
  return {
    survey: [...withoutCycles(survey), ...laterNotes(scheme, notExpressed)],
    choices: [...YES_NO, ...[...builder.lists.values()].flat()],
    settings: [{ form_title: scheme.label.zh, form_id: scheme.key.replaceAll("-", "_"), version: scheme.version, default_language: "中文 (zh)" }],
    notExpressed,
  };
}

/** What is checked only when the answers come in, told at the end of the form. */
function laterNotes(scheme: Scheme, left: readonly NotInForm[]): FormRow[] {
  const messages = new Map([...scheme.checks, ...(scheme.acrossRecords ?? [])].map((check) => [check.key, check.message]));
  const told = ({ path, why }: NotInForm): Text => {
    const message = messages.get(path.replace(/^(checks|acrossRecords)\./u, ""));
    if (message) return { zh: `导入时检查：${message.zh}`, en: `Checked on import: ${message.en}` };
    if (path === "*") return { zh: "导入时检查：任何文字中不得出现部队番号", en: "Checked on import: no text may name a military unit" };
    const label = indexOf(scheme).byPath.get(path.replace(/\.(shownIf|required|forced|default|closed)$/u, ""))?.item.label;
    return { zh: `导入时检查：${label?.zh ?? path}`, en: `Checked on import: ${label?.en ?? path} (${why})` };
  };
  return [
    { type: "begin_group", name: "g__later", ...labelled({ zh: "导入清册时检查的规则", en: "Rules checked on import" }) },
    ...left.map((each, i) => ({ type: "note", name: `later__${i + 1}`, ...labelled(told(each)) })),
    { type: "end_group", name: "g__later" },
  ];
}
