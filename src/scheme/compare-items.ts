// What became of the items between two versions of a scheme, by their stable keys: moved, renumbered, reworded, asked otherwise, limits.
import type { Text } from "../core/issue.ts";
import type { Expression } from "./expression.ts";
import { longest } from "./check-structure.ts";
import { indexOf } from "./layout.ts";
import type { Item, Kind, Scheme } from "./model.ts";
import { allOf, anywhere, both, type Effect, formOpen, type Note, paired, quoted, refTo, same, type SchemeChange, sectionPath, shown, type Spot, worded } from "./scheme-change.ts";

const KIND_WORDS: Readonly<Record<Kind, Text>> = {
  text: both("文字", "text"), integer: both("整数", "whole number"), decimal: both("小数", "decimal number"), money: both("金额", "amount of money"), date: both("日期", "date"), month: both("年月", "month"),
  code: both("单选", "one option"), codes: both("多选", "several options"), "yes-no": both("是否", "yes or no"), "id-number": both("身份证号", "identity number"), phone: both("电话", "telephone"), area: both("区划", "area"),
  address: both("地址", "address"), photo: both("照片", "photo"), document: both("材料", "paper"), signature: both("签名", "signature"), computed: both("自动计算", "computed"),
};

const spots = (scheme: Scheme): ReadonlyMap<string, Spot> => new Map(indexOf(scheme).places.map(({ path, form, section, item }) => [path, { scheme, form, section, item }]));
const pathOf = (spot: Spot): string => `forms.${spot.form.key}.sections.${spot.section.key}.items.${spot.item.key}`;
const name = (spot: Spot): Text => quoted(spot.item.label);
const given = (spot: Spot): Expression => anywhere(spot, ["is-answered", refTo(spot)]);

/** True for a missing answer where it must now be given: the form is open, the section and the item are shown. */
const requiredAndMissing = (spot: Spot, required: true | Expression): Expression =>
  allOf(formOpen(spot.scheme, spot.form), spot.section.shownIf, anywhere(spot, allOf(spot.item.shownIf, required === true ? undefined : required, ["is-missing", refTo(spot)])));

const added = (spot: Spot, note: Note): void => {
  const label = name(spot);
  const { required } = spot.item;
  const must = required === true ? both("，必填", ", required") : required === undefined ? both("", "") : both("，有条件必填", ", required under a condition");
  note({
    code: "item.added", effect: "added", path: pathOf(spot), sentence: both(`新增项目${label.zh}${must.zh}`, `New item ${label.en}${must.en}`), now: quoted(spot.item.label),
    stored: required === undefined || spot.item.forced !== undefined ? undefined : { when: requiredAndMissing(spot, required), breaks: true },
  });
};

const removed = (spot: Spot, note: Note): void => {
  const label = name(spot);
  const stored = spot.item.kind === "computed" ? undefined : { when: given(spot), breaks: true };
  note({ code: "item.removed", effect: "removed", path: pathOf(spot), sentence: both(`取消项目${label.zh}`, `Item ${label.en} is dropped`), was: quoted(spot.item.label), stored });
};

/** Narrowed, widened or both at once, by two limits of which `undefined` means none. */
const limitEffect = (was: readonly [number | undefined, number | undefined], now: readonly [number | undefined, number | undefined]): Effect => {
  const narrower = (now[0] ?? -Infinity) > (was[0] ?? -Infinity) || (now[1] ?? Infinity) < (was[1] ?? Infinity);
  const wider = (now[0] ?? -Infinity) < (was[0] ?? -Infinity) || (now[1] ?? Infinity) > (was[1] ?? Infinity);
  return narrower && wider ? "changed" : narrower ? "narrowed" : "widened";
};

const range = (min: number | undefined, max: number | undefined): Text => both(`${min ?? "不限"}至${max ?? "不限"}`, `${min ?? "any"} to ${max ?? "any"}`);

const limits = (was: Spot, now: Spot, note: Note): void => {
  const [a, b] = [was.item, now.item];
  const label = name(now);
  if (a.min !== b.min || a.max !== b.max) {
    const ref = refTo(now);
    const outside: Expression[] = [...(b.min === undefined ? [] : [["<", ref, ["const", b.min]] as const]), ...(b.max === undefined ? [] : [[">", ref, ["const", b.max]] as const])];
    const [from, to] = [range(a.min, a.max), range(b.min, b.max)];
    const effect = limitEffect([a.min, a.max], [b.min, b.max]);
    note({
      code: "item.limits", effect, path: `${pathOf(now)}.min`, sentence: both(`${label.zh}的允许范围由${from.zh}改为${to.zh}`, `The limits of ${label.en} change from ${from.en} to ${to.en}`), was: from, now: to,
      stored: effect === "widened" || outside.length === 0 ? undefined : { when: anywhere(now, outside.length === 1 && outside[0] !== undefined ? outside[0] : ["or", ...outside]), breaks: true },
    });
  }
  const [wasLong, nowLong] = [longest(a), longest(b)];
  if ((a.kind === "text" || a.kind === "address") && wasLong !== nowLong) {
    note({
      code: "item.length", effect: nowLong < wasLong ? "narrowed" : "widened", path: `${pathOf(now)}.maxLength`, sentence: both(`${label.zh}由最多${wasLong}字改为最多${nowLong}字`, `${label.en} takes ${nowLong} characters instead of ${wasLong}`),
      was: shown(wasLong), now: shown(nowLong), stored: nowLong < wasLong ? { when: anywhere(now, [">", ["length", refTo(now)], ["const", nowLong]]), breaks: true } : undefined,
    });
  }
  if (a.decimals !== b.decimals) {
    note({ code: "item.decimals", effect: (b.decimals ?? 6) < (a.decimals ?? 6) ? "narrowed" : "widened", path: `${pathOf(now)}.decimals`, sentence: both(`${label.zh}的小数位数改变`, `${label.en} takes another number of decimals`), was: shown(a.decimals), now: shown(b.decimals) });
  }
  if (a.maxBytes !== b.maxBytes) {
    note({ code: "item.size", effect: limitEffect([undefined, a.maxBytes], [undefined, b.maxBytes]), path: `${pathOf(now)}.maxBytes`, sentence: both(`${label.zh}的文件大小上限改变`, `${label.en} takes another largest file`), was: shown(a.maxBytes), now: shown(b.maxBytes) });
  }
};

const required = (was: Spot, now: Spot, note: Note): void => {
  const [a, b] = [was.item.required, now.item.required];
  if (same(a, b)) return;
  const label = name(now);
  const words = (spot: Spot, part: true | Expression | undefined): Text => (part === undefined ? both("可不填", "optional") : part === true ? both("必填", "required") : worded(spot.scheme, part, sectionPath(spot)));
  const condition = typeof b === "object" ? words(now, b) : undefined;
  const sentence =
    b === undefined ? both(`${label.zh}不再必填`, `${label.en} is no longer required`)
    : condition === undefined ? both(`${label.zh}改为必填`, `${label.en} is now required`)
    : both(`${label.zh}在以下情况必填：${condition.zh}`, `${label.en} is now required when ${condition.en}`);
  const effect: Effect = b === undefined ? "widened" : a === undefined || b === true ? "narrowed" : a === true ? "widened" : "changed";
  note({ code: "item.required", effect, path: `${pathOf(now)}.required`, sentence, was: words(was, a), now: words(now, b), stored: b === undefined || effect === "widened" ? undefined : { when: requiredAndMissing(now, b), breaks: true } });
};

const conditions = (was: Spot, now: Spot, note: Note): void => {
  const label = name(now);
  const [a, b] = [was.item.shownIf, now.item.shownIf];
  if (!same(a, b)) {
    const words = worded(now.scheme, b, sectionPath(now));
    note({
      code: "item.shown-if", effect: b === undefined ? "widened" : a === undefined ? "narrowed" : "changed", path: `${pathOf(now)}.shownIf`,
      sentence: b === undefined ? both(`${label.zh}改为始终显示`, `${label.en} is now always shown`) : both(`${label.zh}只在以下情况显示：${words.zh}`, `${label.en} is shown only when ${words.en}`),
      was: worded(was.scheme, a, sectionPath(was)), now: words,
      stored: b === undefined ? undefined : { when: anywhere(now, allOf(["is-answered", refTo(was)], ["if", b, ["const", false], ["const", true]])), breaks: true },
    });
  }
  const asked: readonly (readonly ["forced" | "computed" | "default", string, string])[] = [["forced", "规定值", "held value"], ["computed", "计算式", "calculation"], ["default", "默认值", "default"]];
  for (const [part, zh, en] of asked) {
    const [before, after] = [was.item[part], now.item[part]];
    if (!same(before, after)) note({ code: `item.${part}`, effect: "changed", path: `${pathOf(now)}.${part}`, sentence: both(`${label.zh}的${zh}改变`, `The ${en} of ${label.en} changes`), was: worded(was.scheme, before, sectionPath(was)), now: worded(now.scheme, after, sectionPath(now)) });
  }
  const [open, closed] = [was.item.closed ?? [], now.item.closed ?? []];
  if (!same(open, closed)) {
    const holds = (codes: readonly string[]): Expression => (now.item.kind === "codes" ? ["has", refTo(now), codes] : ["in", refTo(now), codes]);
    const when = closed.map((rule): Expression => allOf(holds(rule.codes), rule.when));
    note({
      code: "item.closed", effect: open.length === 0 ? "narrowed" : closed.length === 0 ? "widened" : "changed", path: `${pathOf(now)}.closed`, sentence: both(`${label.zh}中何时不可选的规定改变`, `When options of ${label.en} are closed changes`),
      stored: when.length === 0 ? undefined : { when: anywhere(now, when.length === 1 && when[0] !== undefined ? when[0] : ["or", ...when]), breaks: true },
    });
  }
};

const nature = (was: Spot, now: Spot, note: Note): boolean => {
  const label = name(now);
  const [a, b] = [was.item, now.item];
  if (a.kind !== b.kind) {
    const [from, to] = [KIND_WORDS[a.kind], KIND_WORDS[b.kind]];
    const kept = (a.kind === "integer" && (b.kind === "decimal" || b.kind === "money")) || (a.kind === "code" && b.kind === "codes");
    note({ code: "item.kind", effect: kept ? "widened" : "changed", path: `${pathOf(now)}.kind`, sentence: both(`${label.zh}由${from.zh}改为${to.zh}`, `${label.en} changes from ${from.en} to ${to.en}`), was: from, now: to, stored: a.kind === "computed" ? undefined : { when: given(was), breaks: !kept } });
    return true;
  }
  if (a.codeSet !== b.codeSet) {
    note({ code: "item.code-set", effect: "changed", path: `${pathOf(now)}.codeSet`, sentence: both(`${label.zh}改用另一代码集`, `${label.en} takes its options from another code set`), was: shown(a.codeSet), now: shown(b.codeSet), stored: { when: given(was), breaks: false } });
  }
  return false;
};

type Plain = "number" | "basis" | "text" | "sensitivity" | "fromBaseList" | "fromCard";
const PLAIN: readonly (readonly [Plain, Effect, string, string])[] = [
  ["number", "worded", "编号", "number"],
  ["basis", "worded", "采集依据", "legal basis"],
  ["text", "changed", "文字规则", "rule for its text"],
  ["sensitivity", "changed", "敏感级别", "sensitivity grade"],
  ["fromBaseList", "changed", "底册预填", "filling from the base list"],
  ["fromCard", "changed", "读证锁定", "locking by the card"],
];
type Words = "label" | "help" | "purpose" | "unit";
const WORDS: readonly (readonly [Words, Effect, string, string])[] = [
  ["label", "worded", "名称", "label"],
  ["help", "worded", "填写说明", "help"],
  ["purpose", "worded", "采集目的", "purpose"],
  ["unit", "changed", "单位", "unit"],
];

const attributes = (was: Spot, now: Spot, note: Note): void => {
  const label = name(was);
  const say = (part: Plain | Words, effect: Effect, zh: string, en: string, from: Text, to: Text): void => {
    const code = part === "number" ? "item.renumbered" : part === "label" ? "item.relabelled" : (`item.${part}` as const);
    note({ code, effect, path: `${pathOf(now)}.${part}`, sentence: both(`${label.zh}的${zh}由“${from.zh}”改为“${to.zh}”`, `The ${en} of ${label.en} changes from “${from.en}” to “${to.en}”`), was: from, now: to });
  };
  for (const [part, effect, zh, en] of WORDS) if (!same(was.item[part], now.item[part])) say(part, effect, zh, en, shown(was.item[part]), shown(now.item[part]));
  for (const [part, effect, zh, en] of PLAIN) {
    const [a, b] = [was.item[part], now.item[part]];
    if (a !== b) say(part, effect, zh, en, shown(a === undefined ? undefined : String(a)), shown(b === undefined ? undefined : String(b)));
  }
  if (!same(was.item.photo, now.item.photo)) note({ code: "item.photo", effect: "changed", path: `${pathOf(now)}.photo`, sentence: both(`${label.zh}的照片要求改变`, `What the picture of ${label.en} must be like changes`) });
  if (was.section.key !== now.section.key) {
    const [from, to] = [quoted(was.section.label), quoted(now.section.label)];
    note({ code: "item.moved", effect: "worded", path: pathOf(now), sentence: both(`${label.zh}由${from.zh}移到${to.zh}`, `${label.en} moves from ${from.en} to ${to.en}`), was: from, now: to });
  }
};

/** Told item by item up to this number; the same change of wording of more items is told once. */
const TOLD_SINGLY = 3;

/** Passes changes on, those that say the same of very many items (a new legal basis) as one. */
const gathering = (note: Note): { readonly note: Note; readonly end: () => void } => {
  const groups = new Map<string, SchemeChange[]>();
  return {
    note: (change) => {
      if (change.code !== "item.basis" && change.code !== "item.purpose") return note(change);
      const key = JSON.stringify([change.code, change.was, change.now]);
      groups.set(key, [...(groups.get(key) ?? []), change]);
    },
    end: () => {
      for (const group of groups.values()) {
        const [first] = group;
        if (first === undefined) continue;
        if (group.length <= TOLD_SINGLY) group.forEach(note);
        else note({ ...first, path: first.path.split(".").slice(0, 2).join("."), sentence: both(`${first.sentence.zh}，另有${group.length - 1}个项目相同`, `${first.sentence.en}, and so for ${group.length - 1} other items`) });
      }
    },
  };
};

/** Items gone, new and changed. */
export function compareItems(before: Scheme, after: Scheme, tell: Note): void {
  const { note, end } = gathering(tell);
  const { gone, added: fresh, kept } = paired(spots(before), spots(after));
  for (const spot of gone) removed(spot, note);
  for (const spot of fresh) added(spot, note);
  for (const [, was, now] of kept) {
    if (same(was.item, now.item) && was.section.key === now.section.key) continue;
    attributes(was, now, note);
    if (!nature(was, now, note)) limits(was, now, note);
    required(was, now, note);
    conditions(was, now, note);
  }
  end();
}

/** Items of a version that take their options from a set, with where they stand. */
export function itemsOfSet(scheme: Scheme, codeSet: string): Spot[] {
  return [...spots(scheme).values()].filter(({ item }: { readonly item: Item }) => item.codeSet === codeSet && (item.kind === "code" || item.kind === "codes"));
}
