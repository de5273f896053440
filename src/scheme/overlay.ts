// Puts what a province or county adds on top of a scheme: sections, items, options, code sets and checks. Nothing of the scheme is
// taken away or loosened, and the result is a scheme like any other, checked wholly here.
import { type DefinitionFault, definitionFaults } from "./check-definition.ts";
import { overlayShapeFaults, type Say } from "./definition-shape.ts";
import type { Form, Item, Option, Overlay, Scheme, Section } from "./model.ts";

export type Overlaid = { readonly ok: true; readonly scheme: Scheme } | { readonly ok: false; readonly faults: readonly DefinitionFault[] };

/** Puts a part behind the one with the key `after` (and behind what this overlay put there before), or at the end. */
const placed = <T extends { readonly key: string }>(parts: readonly T[], part: T, after: string | undefined, behind: Map<string, string>, within: string): readonly T[] => {
  if (after === undefined) return [...parts, part];
  const anchor = `${within} ${after}`;
  const at = parts.findIndex((each) => each.key === (behind.get(anchor) ?? after));
  behind.set(anchor, part.key);
  return [...parts.slice(0, at + 1), part, ...parts.slice(at + 1)];
};

/** Keys of a form's answers: items outside rows, and the repeating sections. */
const answerKeys = (form: Form): Set<string> => new Set(form.sections.flatMap((section) => (section.repeats ? [section.key] : section.items.map((item) => item.key))));

type Additions<Name extends "sections" | "items" | "options"> = NonNullable<Overlay[Name]>[number];

/** A scheme while it grows. */
class Growing {
  scheme: Scheme;
  readonly say: Say;
  readonly behind = new Map<string, string>();
  constructor(scheme: Scheme, say: Say) {
    this.scheme = scheme;
    this.say = say;
  }

  form(key: string, at: string): Form | undefined {
    const form = this.scheme.forms.find((each) => each.key === key);
    if (form === undefined) this.say(`${at}.form`, `没有表“${key}”`, `names an unknown form “${key}”`);
    return form;
  }

  replaceForm(form: Form): void {
    this.scheme = { ...this.scheme, forms: this.scheme.forms.map((each) => (each.key === form.key ? form : each)) };
  }

  /** True when `after` is absent or names one of the parts. */
  anchored(parts: readonly (Item | Section)[], after: string | undefined, at: string): boolean {
    if (after === undefined || parts.some((part) => part.key === after)) return true;
    this.say(`${at}.after`, `没有“${after}”`, `names nothing that exists: “${after}”`);
    return false;
  }

  addSection({ form: formKey, after, section }: Additions<"sections">): void {
    const at = `overlay.sections.${section.key}`;
    const form = this.form(formKey, at);
    if (form === undefined || !this.anchored(form.sections, after, at)) return;
    if (form.sections.some((each) => each.key === section.key)) return this.say(at, `“${formKey}”已有这个栏`, `is a section that “${formKey}” has already`);
    const taken = answerKeys(form);
    const added = section.repeats ? [section.key] : section.items.map((item) => item.key);
    const clashing = added.filter((key) => taken.has(key));
    for (const key of clashing) this.say(`${at}.items.${key}`, `“${formKey}”已有项目“${key}”`, `is an item that “${formKey}” has already: “${key}”`);
    if (clashing.length === 0) this.replaceForm({ ...form, sections: placed(form.sections, section, after, this.behind, formKey) });
  }

  addItem({ form: formKey, section: sectionKey, after, item }: Additions<"items">): void {
    const at = `overlay.items.${item.key}`;
    const form = this.form(formKey, at);
    if (form === undefined) return;
    const section = form.sections.find((each) => each.key === sectionKey);
    if (section === undefined) return this.say(`${at}.section`, `“${formKey}”没有栏“${sectionKey}”`, `names an unknown section of “${formKey}”: “${sectionKey}”`);
    if (!this.anchored(section.items, after, at)) return;
    const taken = section.repeats ? new Set(section.items.map((each) => each.key)) : answerKeys(form);
    if (taken.has(item.key)) return this.say(at, `“${formKey}”已有项目“${item.key}”`, `is an item that “${formKey}” has already: “${item.key}”`);
    const grown: Section = { ...section, items: placed(section.items, item, after, this.behind, `${formKey}.${sectionKey}`) };
    this.replaceForm({ ...form, sections: form.sections.map((each) => (each.key === sectionKey ? grown : each)) });
  }

  addOption({ codeSet, option }: Additions<"options">): void {
    const at = `overlay.options.${codeSet}.${option.code}`;
    const set = this.scheme.codeSets.find((each) => each.key === codeSet);
    if (set === undefined) return this.say(at, `没有代码集“${codeSet}”`, `names an unknown code set “${codeSet}”`);
    if (set.options.some((each) => each.code === option.code)) return this.say(at, `代码集已有选项“${option.code}”`, `is an option that the set has already: “${option.code}”`);
    const grown = { ...set, options: [...set.options, option] satisfies readonly Option[] };
    this.scheme = { ...this.scheme, codeSets: this.scheme.codeSets.map((each) => (each.key === codeSet ? grown : each)) };
  }

  addKeyed<Name extends "codeSets" | "checks">(name: Name, added: readonly Scheme[Name][number][]): void {
    const taken = new Set<string>(this.scheme[name].map((each) => each.key));
    for (const each of added) {
      if (taken.has(each.key)) this.say(`overlay.${name}.${each.key}`, "业务专项已有这个键", "is a key that the scheme has already");
      taken.add(each.key);
    }
    this.scheme = { ...this.scheme, [name]: [...this.scheme[name], ...added] };
  }
}

/**
 * The scheme with an overlay, its version `<version>+<overlay key>`; or every fault, with its path (`overlay.…` for what clashes or names
 * nothing, the path in the resulting scheme for what makes no sense there). A scheme that comes back has passed `definitionFaults`.
 * Overlays are applied in turn: a later one may add to what an earlier one brought. The scheme given is left untouched.
 */
export function applyOverlay(scheme: Scheme, overlay: Overlay): Overlaid {
  const faults: DefinitionFault[] = [];
  const say: Say = (path, zh, en) => void faults.push({ path, message: { zh, en } });
  overlayShapeFaults(overlay, say);
  if (faults.length > 0) return { ok: false, faults };
  if (overlay.scheme !== scheme.key) say("overlay.scheme", `是为“${overlay.scheme}”写的，不是“${scheme.key}”`, `is made for “${overlay.scheme}”, not for “${scheme.key}”`);
  if (scheme.version.split("+").slice(1).includes(overlay.key)) say("overlay.key", "已经加过", "is applied already");
  const growing = new Growing({ ...scheme, version: `${scheme.version}+${overlay.key}` }, say);
  growing.addKeyed("codeSets", overlay.codeSets ?? []);
  for (const each of overlay.options ?? []) growing.addOption(each);
  for (const each of overlay.sections ?? []) growing.addSection(each);
  for (const each of overlay.items ?? []) growing.addItem(each);
  growing.addKeyed("checks", overlay.checks ?? []);
  if (faults.length > 0) return { ok: false, faults };
  const wrong = definitionFaults(growing.scheme);
  return wrong.length > 0 ? { ok: false, faults: wrong } : { ok: true, scheme: growing.scheme };
}

/** Several overlays one after the other; stops at the first that does not fit. */
export function applyOverlays(scheme: Scheme, overlays: readonly Overlay[]): Overlaid {
  let whole = scheme;
  for (const overlay of overlays) {
    const next = applyOverlay(whole, overlay);
    if (!next.ok) return next;
    whole = next.scheme;
  }
  return { ok: true, scheme: whole };
}
