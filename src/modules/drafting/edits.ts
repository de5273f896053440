// Edits of a definition as data: each is applied to a draft, says where it took hold and what stood there before and after.
// Expressions keep their form: only thresholds inside a check change. Anything larger comes as a whole definition.
import type { Severity, Text } from "../../core/issue.ts";
import { isDate } from "../../core/time.ts";
import { itemAt, placePath } from "../../scheme/layout.ts";
import type { Check, CodeSet, Item, Option, Overlay, Scheme } from "../../scheme/model.ts";
import { applyOverlay } from "../../scheme/overlay.ts";
import { constantsOf, mapConstants } from "./rules.ts";

export type Edit =
  | { readonly kind: "item-label" | "item-help"; readonly item: string; readonly text: Text }
  | { readonly kind: "item-required"; readonly item: string; readonly required: boolean }
  | { readonly kind: "item-bound"; readonly item: string; readonly bound: "min" | "max" | "maxLength"; readonly value: number | null }
  | { readonly kind: "option-label"; readonly codeSet: string; readonly code: string; readonly text: Text }
  | { readonly kind: "option-add"; readonly codeSet: string; readonly code: string; readonly text: Text; readonly after?: string }
  | { readonly kind: "option-withdraw"; readonly codeSet: string; readonly code: string; readonly replacedBy: string }
  | { readonly kind: "check-constant"; readonly check: string; readonly at: number; readonly value: number | string }
  | { readonly kind: "check-severity"; readonly check: string; readonly severity: Severity }
  | { readonly kind: "check-message"; readonly check: string; readonly text: Text }
  | { readonly kind: "version"; readonly version: string }
  | { readonly kind: "reference-date"; readonly date: string }
  | { readonly kind: "overlay"; readonly overlay: string }
  | { readonly kind: "replace"; readonly definition: unknown };

/** `path` as the faults of a definition name it; `was` and `now` as JSON (undefined where there was nothing). */
export type Edited = { readonly ok: true; readonly scheme: Scheme; readonly path: string; readonly was: unknown; readonly now: unknown } | { readonly ok: false; readonly why: Text };
type Refused = Extract<Edited, { readonly ok: false }>;

const no = (zh: string, en: string): Refused => ({ ok: false, why: { zh, en } });
const MAX_WORDS = 500;

const textFault = (text: Text, mayBeEmpty = false): Refused | undefined => {
  if (!mayBeEmpty && (text.zh.trim() === "" || text.en.trim() === "")) return no("中文和英文都要填写", "Both the Chinese and the English wording are needed");
  if ((text.zh.trim() === "") !== (text.en.trim() === "")) return no("中文和英文要么都填，要么都不填", "Give both wordings or neither");
  return text.zh.length > MAX_WORDS || text.en.length > MAX_WORDS ? no(`文字最多${MAX_WORDS}个字`, `A wording may have at most ${MAX_WORDS} characters`) : undefined;
};

/** Changes one item; `change` gives its new form, `part` is the property whose before and after are told. */
function editItem(scheme: Scheme, path: string, part: keyof Item, change: (item: Item) => Item | Refused): Edited {
  const place = itemAt(scheme, path);
  if (!place) return no(`没有项目“${path.slice(0, 100)}”`, `There is no item “${path.slice(0, 100)}”`);
  const changed = change(place.item);
  if ("ok" in changed) return changed;
  const forms = scheme.forms.map((form) =>
    form.key !== place.form.key
      ? form
      : {
          ...form,
          sections: form.sections.map((section) =>
            section.key !== place.section.key ? section : { ...section, items: section.items.map((item) => (placePath(form, section, item) === place.path ? changed : item)) },
          ),
        },
  );
  return { ok: true, scheme: { ...scheme, forms }, path: `forms.${place.form.key}.sections.${place.section.key}.items.${place.item.key}.${part}`, was: place.item[part], now: changed[part] };
}

/** An object without a property, or with it. */
function withPart<T extends object, K extends keyof T>(whole: T, key: K, value: T[K] | undefined): T {
  const { [key]: _, ...rest } = whole;
  return (value === undefined ? rest : { ...rest, [key]: value }) as T;
}

const NUMBERS = new Set(["integer", "decimal", "money"]);

function editBound(item: Item, bound: "min" | "max" | "maxLength", value: number | null): Item | Refused {
  const fits = bound === "maxLength" ? item.kind === "text" || item.kind === "address" : NUMBERS.has(item.kind);
  if (!fits) return no("这种项目没有此项界限", "An item of this kind has no such bound");
  if (value !== null && (!Number.isFinite(value) || (item.kind !== "decimal" && item.kind !== "money" && !Number.isInteger(value)))) return no("应为整数", "Must be a whole number");
  return withPart(item, bound, value ?? undefined);
}

function editRequired(item: Item, required: boolean): Item | Refused {
  if (item.kind === "computed") return no("计算项目不由人填写", "Nobody types a computed item");
  if (required && item.required !== undefined && item.required !== true) return withPart(item, "required", true);
  return withPart(item, "required", required ? true : undefined);
}

function editSet(scheme: Scheme, key: string, code: string, change: (set: CodeSet) => { readonly options: readonly Option[]; readonly was: unknown; readonly now: unknown } | Refused): Edited {
  const set = scheme.codeSets.find((each) => each.key === key);
  if (!set) return no(`没有代码集“${key.slice(0, 100)}”`, `There is no code set “${key.slice(0, 100)}”`);
  const changed = change(set);
  if ("ok" in changed) return changed;
  const codeSets = scheme.codeSets.map((each) => (each.key === key ? { ...each, options: changed.options } : each));
  return { ok: true, scheme: { ...scheme, codeSets }, path: `codeSets.${key}.options.${code}`, was: changed.was, now: changed.now };
}

const CODE = /^[A-Za-z0-9_.-]{1,64}$/;

function addOption(set: CodeSet, edit: Extract<Edit, { kind: "option-add" }>): { options: Option[]; was: unknown; now: unknown } | Refused {
  if (!CODE.test(edit.code)) return no("代码只能用字母、数字、下划线、点和横线", "A code holds letters, digits, underscores, dots and hyphens only");
  if (set.options.some((option) => option.code === edit.code)) return no(`选项代码“${edit.code}”已存在，代码不能重用`, `The code “${edit.code}” exists already; codes are never reused`);
  const at = edit.after === undefined ? set.options.length : set.options.findIndex((option) => option.code === edit.after) + 1;
  if (at === 0) return no(`没有选项“${edit.after}”`, `There is no option “${edit.after}”`);
  const option: Option = { code: edit.code, label: edit.text };
  return { options: set.options.toSpliced(at, 0, option), was: undefined, now: option };
}

function withdrawOption(set: CodeSet, code: string, replacedBy: string): { options: Option[]; was: unknown; now: unknown } | Refused {
  const option = set.options.find((each) => each.code === code);
  const other = set.options.find((each) => each.code === replacedBy);
  if (!option || !other || code === replacedBy) return no("请从本代码集中选择另一个选项作为替代项", "Choose another option of the set to take its place");
  if (other.replacedBy !== undefined) return no("替代项本身已停用", "The option in its place is withdrawn itself");
  // What pointed at the withdrawn option points on, so that no chain arises.
  const options = set.options.map((each) => (each.code === code || each.replacedBy === code ? { ...each, replacedBy } : each));
  return { options, was: option, now: { ...option, replacedBy } };
}

function editCheck(scheme: Scheme, key: string, part: "when" | "severity" | "message", change: (check: Check) => { readonly check: Check; readonly was: unknown; readonly now: unknown } | Refused): Edited {
  const check = scheme.checks.find((each) => each.key === key);
  if (!check) return no(`没有规则“${key.slice(0, 100)}”`, `There is no check “${key.slice(0, 100)}”`);
  const changed = change(check);
  if ("ok" in changed) return changed;
  return { ok: true, scheme: { ...scheme, checks: scheme.checks.map((each) => (each.key === key ? changed.check : each)) }, path: `checks.${key}.${part}`, was: changed.was, now: changed.now };
}

function editConstant(check: Check, at: number, value: number | string): { check: Check; was: unknown; now: unknown } | Refused {
  const constant = constantsOf(check.when).find((each) => each.at === at);
  if (!constant?.threshold) return no("规则中没有这个阈值", "The check has no such threshold");
  if (typeof constant.value !== typeof value || (typeof value === "string" && !isDate(value)) || (typeof value === "number" && !Number.isFinite(value))) return no("阈值的类型不对：数字仍为数字，日期仍为日期", "A threshold keeps its type: a number stays a number, a date a date");
  return { check: { ...check, when: mapConstants(check.when, (each) => (each.at === at ? value : each.value)) }, was: constant.value, now: value };
}

function editOverlay(scheme: Scheme, overlay: Overlay | undefined): Edited {
  if (!overlay) return no("没有这个增补方案", "There is no such overlay");
  const laid = applyOverlay(scheme, overlay);
  if (laid.ok) return { ok: true, scheme: laid.scheme, path: `overlay.${overlay.key}`, was: undefined, now: overlay.label };
  const [fault] = laid.faults;
  return no(`增补方案不能套用：${fault?.path} ${fault?.message.zh}`, `The overlay does not fit: ${fault?.path} ${fault?.message.en}`);
}

const VERSION = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;

/** Applies an edit to a sound or unsound definition. `replace` takes the key of the draft's scheme for granted: its service checks it. */
export function applyEdit(scheme: Scheme, edit: Edit, overlays: readonly Overlay[] = []): Edited {
  const worded = "text" in edit ? textFault(edit.text, edit.kind === "item-help") : undefined;
  if (worded) return worded;
  switch (edit.kind) {
    case "item-label":
      return editItem(scheme, edit.item, "label", (item) => ({ ...item, label: edit.text }));
    case "item-help":
      return editItem(scheme, edit.item, "help", (item) => withPart(item, "help", edit.text.zh.trim() === "" ? undefined : edit.text));
    case "item-required":
      return editItem(scheme, edit.item, "required", (item) => editRequired(item, edit.required));
    case "item-bound":
      return editItem(scheme, edit.item, edit.bound, (item) => editBound(item, edit.bound, edit.value));
    case "option-label":
      return editSet(scheme, edit.codeSet, edit.code, (set) => {
        const option = set.options.find((each) => each.code === edit.code);
        if (!option) return no("没有这个选项", "There is no such option");
        return { options: set.options.map((each) => (each.code === edit.code ? { ...each, label: edit.text } : each)), was: option.label, now: edit.text };
      });
    case "option-add":
      return editSet(scheme, edit.codeSet, edit.code, (set) => addOption(set, edit));
    case "option-withdraw":
      return editSet(scheme, edit.codeSet, edit.code, (set) => withdrawOption(set, edit.code, edit.replacedBy));
    case "check-constant":
      return editCheck(scheme, edit.check, "when", (check) => editConstant(check, edit.at, edit.value));
    case "check-severity":
      return editCheck(scheme, edit.check, "severity", (check) => ({ check: { ...check, severity: edit.severity }, was: check.severity, now: edit.severity }));
    case "check-message":
      return editCheck(scheme, edit.check, "message", (check) => ({ check: { ...check, message: edit.text }, was: check.message, now: edit.text }));
    case "version":
      if (!VERSION.test(edit.version)) return no("版本号用字母、数字、点、横线，最多40个字符", "A version holds letters, digits, dots and hyphens, at most 40");
      return { ok: true, scheme: { ...scheme, version: edit.version }, path: "scheme.version", was: scheme.version, now: edit.version };
    case "reference-date":
      if (!isDate(edit.date)) return no("不是日期", "Not a date");
      return { ok: true, scheme: { ...scheme, referenceDate: edit.date }, path: "scheme.referenceDate", was: scheme.referenceDate, now: edit.date };
    case "overlay":
      return editOverlay(scheme, overlays.find((each) => each.key === edit.overlay && each.scheme === scheme.key));
    case "replace":
      return { ok: true, scheme: edit.definition as Scheme, path: "scheme", was: undefined, now: undefined };
  }
}
