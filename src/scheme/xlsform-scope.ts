// Names of a scheme's items in an XLSForm, and the helper calculations that sums over a repeat need.
import { itemAt, placesOf } from "./layout.ts";
import type { Form, Item, Scheme, Section } from "./model.ts";
import { NotExpressed, typeOf, type XPathScope, type XPathType } from "./xpath.ts";

/** Calculations inside each repeat, by its path; made as they are asked for. */
export type Helpers = Map<string, { readonly known: Map<string, string>; readonly rows: { readonly [column: string]: string }[] }>;

/** Name of a question: unique in the whole form, so that `${name}` is. */
export function nameOf({ form, section, item }: { readonly form: Form; readonly section: Section; readonly item: Item }): string {
  return section.repeats ? `${form.key}__${section.key}__${item.key}` : `${form.key}__${item.key}`;
}

const TYPES: Readonly<Partial<Record<Item["kind"], XPathType>>> = { integer: "number", decimal: "number", money: "number", date: "date", month: "date", codes: "codes", "yes-no": "boolean" };

const rowPath = (path: string): string => {
  const [form = "", section = ""] = path.split(".");
  return `${form}.${section}[]`;
};

/** How expressions of a scheme name things; `section` is the repeat (`form.section`) in whose row they stand. */
export function formScope(scheme: Scheme, helpers: Helpers, section?: string): XPathScope {
  const scope: XPathScope = {
    ref: (path) => {
      const place = itemAt(scheme, path.startsWith(".") && section !== undefined ? `${rowPath(section)}${path}` : path);
      if (!place) throw new NotExpressed(`“${path}”`);
      const { item } = place;
      const inRow = place.section.repeats ? formScope(scheme, helpers, `${place.form.key}.${place.section.key}`) : scope;
      const type = item.kind === "computed" && item.computed ? typeOf(item.computed, inRow) : (TYPES[item.kind] ?? "text");
      return { xpath: `\${${nameOf(place)}}`, type };
    },
    rows: (path) => `\${${path.replace(".", "__")}}`,
    perRow: (path, make) => {
      if (section !== undefined) throw new NotExpressed("rows within rows");
      if (!placesOf(scheme).some((place) => place.path.startsWith(`${rowPath(path)}.`))) throw new NotExpressed(`“${path}”`);
      const calculation = make(formScope(scheme, helpers, path));
      const own = helpers.get(path) ?? { known: new Map<string, string>(), rows: [] };
      helpers.set(path, own);
      const name = own.known.get(calculation) ?? `${path.replace(".", "__")}__row_${own.known.size + 1}`;
      if (!own.known.has(calculation)) own.rows.push({ type: "calculate", name, calculation });
      own.known.set(calculation, name);
      return `\${${name}}`;
    },
    referenceDate: scheme.referenceDate,
  };
  return scope;
}
