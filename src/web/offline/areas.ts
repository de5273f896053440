// The areas of one county inside the page: they answer the routes of areas that the form's fields ask.
import { areaRange, formatAreaCode, levelOf, parentOf, parseAreaCode } from "../../core/area-code.ts";
import type { ReplyOf, RouteShape } from "../../core/route.ts";
import { getArea, listAreas, searchAreas } from "../../modules/areas/contract.ts";
import type { LooseInput } from "../shared/client.ts";
import type { PageAreas } from "../../scheme/offline-page.ts";
import { fits } from "../shared/pinyin.ts";

type Node = ReplyOf<typeof listAreas>["areas"][number];
const MOST = 30;

/** Nodes in the order of their codes; a full name holds the county's and the township's. */
export function nodesOf({ top, rows }: PageAreas): readonly Node[] {
  const names = new Map(rows.map(([code, name]) => [Number(code), name]));
  const parents = new Set(rows.map(([code]) => parentOf(Number(code))));
  return rows.map(([text, name]) => {
    const code = Number(text);
    const level = levelOf(code);
    const fullName = level <= 3 ? top : `${top}${level === 5 ? (names.get(parentOf(code) ?? 0) ?? "") : ""}${name}`;
    return { code, level, name, fullName, hi: areaRange(code).hi, hasChildren: parents.has(code) };
  });
}

/** A code of an area that is not in the page: taken as it is, known by its digits. */
const byDigits = (text: string): readonly Node[] => {
  const code = /^\d{12}$/u.test(text) ? parseAreaCode(text) : undefined;
  return code === undefined ? [] : [{ code, level: levelOf(code), name: text, fullName: text, hi: areaRange(code).hi, hasChildren: false }];
};

type Asked = { readonly q?: string; readonly parent?: number; readonly code?: number };

/** Replies to the routes of areas; `spell` gives initials and pinyin of a name. */
export function areaAnswers(areas: PageAreas | undefined, spell: () => ((name: string) => string) | undefined): (route: RouteShape, input: LooseInput) => unknown {
  const nodes = areas ? nodesOf(areas) : [];
  const byCode = new Map(nodes.map((node) => [node.code, node]));
  const spelled = new Map<number, string>();
  const spellingOf = (node: Node): string => {
    const known = spelled.get(node.code);
    if (known !== undefined) return known;
    const made = spell()?.(node.name);
    if (made !== undefined) spelled.set(node.code, made);
    return made ?? "";
  };
  const found = (typed: string): readonly Node[] => {
    const asked = typed.normalize("NFKC").trim();
    const here = nodes.filter((node) => fits(asked, node.name, String(node.code), spellingOf(node)));
    return here.length > 0 ? here.slice(0, MOST) : byDigits(asked);
  };
  return (route, input) => {
    const query = (input.query ?? {}) as Asked;
    if (route.path === listAreas.path) return { areas: query.parent === undefined ? nodes.filter((node) => !byCode.has(parentOf(node.code) ?? -1)) : nodes.filter((node) => parentOf(node.code) === query.parent) };
    if (route.path === searchAreas.path) return { areas: found(query.q ?? "") };
    if (route.path !== getArea.path) return undefined;
    const code = (input.params as Asked).code ?? 0;
    const area = byCode.get(code) ?? byDigits(formatAreaCode(code))[0];
    return area && { area, above: [] };
  };
}
