// Reads a boundary file (GeoJSON, RFC 7946): areas by their code, checked against the areas that are known, simplified to what a page can show.
// Coordinates are taken as they are: the operator's file decides which map is drawn, no tiles come from outside.
import type { Text } from "../../core/issue.ts";
import { parseAreaCode } from "../../core/area-code.ts";

export type Ring = readonly (readonly [number, number])[];
export type Shape = { readonly code: number; readonly polygons: readonly (readonly Ring[])[] };
export type Read = { readonly shapes: readonly Shape[]; readonly faults: readonly Text[]; readonly points: { readonly before: number; readonly after: number } };

/** Names under which files keep the code of an area. */
const codeNames = ["code", "adcode", "area_code", "areaCode", "id", "PAC", "代码", "区划代码"] as const;
/** Points that the shapes of one map may have in all. */
export const MOST_POINTS = 60_000;
const TOLERANCE = 1 / 1500;
/** Points of a ring between which one surely stays: a ring made to divide badly would else cost the square of its points. */
const STRETCH = 128;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const codeOf = (feature: Record<string, unknown>): number | undefined => {
  const properties = isObject(feature["properties"]) ? feature["properties"] : {};
  const raw = codeNames.map((name) => properties[name] ?? (name === "id" ? feature["id"] : undefined)).find((value) => typeof value === "string" || typeof value === "number");
  return raw === undefined ? undefined : parseAreaCode(String(raw));
};
const isPoint = (value: unknown): value is [number, number] => Array.isArray(value) && value.length >= 2 && value.slice(0, 2).every((n) => typeof n === "number" && Number.isFinite(n));
/** A closed ring of at least four positions. */
const ringOf = (value: unknown): Ring | undefined => {
  if (!Array.isArray(value) || value.length < 4 || !value.every(isPoint)) return undefined;
  const ring = value.map(([x, y]) => [x, y] as const);
  const [first, last] = [ring[0]!, ring.at(-1)!];
  return first[0] === last[0] && first[1] === last[1] ? ring : undefined;
};
const polygonOf = (value: unknown): readonly Ring[] | undefined => {
  const rings = Array.isArray(value) ? value.map(ringOf) : [undefined];
  return rings.length > 0 && rings.every((ring) => ring !== undefined) ? rings : undefined;
};
const polygonsOf = (geometry: unknown): readonly (readonly Ring[])[] | undefined => {
  if (!isObject(geometry)) return undefined;
  if (geometry["type"] === "Polygon") {
    const polygon = polygonOf(geometry["coordinates"]);
    return polygon && [polygon];
  }
  if (geometry["type"] !== "MultiPolygon" || !Array.isArray(geometry["coordinates"])) return undefined;
  const polygons = geometry["coordinates"].map(polygonOf);
  return polygons.every((polygon) => polygon !== undefined) ? polygons : undefined;
};

/** Distance of a point from the way between two others. */
function offWay([x, y]: readonly [number, number], [ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/** Ramer–Douglas–Peucker, without recursion; the ends stay. */
export function simplified(ring: Ring, tolerance: number): Ring {
  const keep = new Uint8Array(ring.length);
  keep[0] = keep[ring.length - 1] = 1;
  // A closed ring has no way between its ends: the point farthest from the first divides it.
  let far = 0;
  for (let i = 1; i < ring.length - 1; i += 1) if (Math.hypot(ring[i]![0] - ring[0]![0], ring[i]![1] - ring[0]![1]) > Math.hypot(ring[far]![0] - ring[0]![0], ring[far]![1] - ring[0]![1])) far = i;
  keep[far] = 1;
  const ends = [0, ...Array.from({ length: Math.floor((ring.length - 2) / STRETCH) }, (_, i) => (i + 1) * STRETCH), far, ring.length - 1].toSorted((a, b) => a - b);
  const open = ends.slice(1).map((to, i): [number, number] => [ends[i]!, to]);
  for (const end of ends) keep[end] = 1;
  for (let stretch = open.pop(); stretch; stretch = open.pop()) {
    const [from, to] = stretch;
    let [worst, at] = [0, -1];
    for (let i = from + 1; i < to; i += 1) {
      const off = offWay(ring[i]!, ring[from]!, ring[to]!);
      if (off > worst) [worst, at] = [off, i];
    }
    if (at < 0 || worst <= tolerance) continue;
    keep[at] = 1;
    open.push([from, at], [at, to]);
  }
  const left = ring.filter((_, i) => keep[i] === 1);
  return left.length >= 4 ? left : ring.slice(0, 3).concat([ring[0]!]);
}

/** Shapes of the known areas in the file; a file of which no area is known is one of another country or county. */
export function readBoundaries(file: unknown, known: ReadonlySet<number>): Read {
  const features = isObject(file) && file["type"] === "FeatureCollection" && Array.isArray(file["features"]) ? (file["features"] as unknown[]) : undefined;
  const none = { shapes: [], points: { before: 0, after: 0 } };
  if (!features || features.length === 0) return { ...none, faults: [{ zh: "文件不是GeoJSON要素集（FeatureCollection）", en: "The file is not a GeoJSON collection of features" }] };
  const found: { code: number; polygons: readonly (readonly Ring[])[] }[] = [];
  const faults: Text[] = [];
  let [strangers, broken] = [0, 0];
  for (const feature of features) {
    const code = isObject(feature) ? codeOf(feature) : undefined;
    const polygons = isObject(feature) ? polygonsOf(feature["geometry"]) : undefined;
    if (code === undefined || !known.has(code)) strangers += 1;
    else if (!polygons) broken += 1;
    else if (found.some((each) => each.code === code)) faults.push({ zh: `区划 ${code} 出现两次`, en: `area ${code} stands twice` });
    else found.push({ code, polygons });
  }
  if (found.length === 0) return { ...none, faults: [strangers > 0 ? { zh: `${strangers}个图形都不是本辖区的区划，可能是别处的边界文件`, en: `none of the ${strangers} shapes is an area of this office: the file may be of another place` } : { zh: `${broken}个图形无法读取`, en: `${broken} shapes cannot be read` }] };
  if (strangers > 0) faults.push({ zh: `${strangers}个图形不是本辖区的区划，未采用`, en: `${strangers} shapes are no areas of this office and were left out` });
  if (broken > 0) faults.push({ zh: `${broken}个图形不是完整的面，未采用`, en: `${broken} shapes are no whole polygons and were left out` });
  const points = found.flatMap(({ polygons }) => polygons.flat(2));
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const extent = (values: readonly number[]): number => values.reduce((most, n) => Math.max(most, n), -Infinity) - values.reduce((least, n) => Math.min(least, n), Infinity);
  const size = Math.max(extent(xs), extent(ys));
  let shapes: Shape[] = [];
  const count = (): number => shapes.reduce((sum, { polygons }) => sum + polygons.reduce((inner, rings) => inner + rings.reduce((all, ring) => all + ring.length, 0), 0), 0);
  // Without extent, or with one beyond numbers, no tolerance grows large enough to end.
  if (!(size > 0 && Number.isFinite(size))) return { ...none, faults: [{ zh: "图形没有范围，无法成图", en: "The shapes have no extent: no map can be made of them" }] };
  shapes = found;
  for (let tolerance = size * TOLERANCE; ; tolerance *= 2) {
    shapes = shapes.map(({ code, polygons }) => ({ code, polygons: polygons.map((rings) => rings.map((ring) => simplified(ring, tolerance))) }));
    if (count() <= MOST_POINTS || tolerance > size) break;
  }
  if (count() > MOST_POINTS) return { ...none, faults: [{ zh: `图形零碎，化简后仍有${count()}个点，一张图最多${MOST_POINTS}个：请先合并碎块`, en: `In so many pieces that ${count()} points are left after simplifying; a map may have ${MOST_POINTS}: merge the pieces first` }] };
  return { shapes, faults, points: { before: points.length, after: count() } };
}
