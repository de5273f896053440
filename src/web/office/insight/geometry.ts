// Shapes as paths of an SVG, and tiles where there are none. Pure.
import type { ReplyOf } from "../../../core/route.ts";
import type { getShapes } from "../../../modules/insight/contract.ts";

export type Shapes = ReplyOf<typeof getShapes>;
export type Drawn = { readonly code: number; readonly name: string; readonly path: string; readonly at: readonly [number, number]; /** How wide it is, so that what is written stays within. */ readonly wide: number };
export type Sheet = { readonly width: number; readonly height: number; readonly drawn: readonly Drawn[]; readonly tiled: boolean };

const WIDTH = 720;
const TILE = 112;
const GAP = 8;

/** Tiles in the order of the codes, as square as they will be. */
export function tiles(areas: Shapes["areas"], most = 6): Sheet {
  const across = Math.max(1, Math.min(most, Math.ceil(Math.sqrt(areas.length * 1.4))));
  const drawn = areas.map(({ code, name }, i): Drawn => {
    const [x, y] = [(i % across) * (TILE + GAP), Math.floor(i / across) * (TILE * 0.7 + GAP)];
    return { code, name, path: `M${x} ${y}h${TILE}v${TILE * 0.7}h${-TILE}z`, at: [x + TILE / 2, y + TILE * 0.35], wide: TILE };
  });
  return { width: across * (TILE + GAP) - GAP, height: Math.ceil(areas.length / across) * (TILE * 0.7 + GAP) - GAP, drawn, tiled: true };
}

/** Longitudes shrink with the latitude of the middle; y goes down. Areas without a shape are tiles all, so that none is missing. */
export function sheetOf(shapes: Shapes, mostTiles?: number): Sheet {
  if (shapes.shapes.length === 0 || shapes.shapes.length < shapes.areas.length) return tiles(shapes.areas, mostTiles);
  const points = shapes.shapes.flatMap(({ polygons }) => polygons.flat(2));
  const [left, right] = [Math.min(...points.map(([x]) => x!)), Math.max(...points.map(([x]) => x!))];
  const [bottom, top] = [Math.min(...points.map(([, y]) => y!)), Math.max(...points.map(([, y]) => y!))];
  const shrink = Math.cos((((bottom + top) / 2) * Math.PI) / 180);
  const scale = WIDTH / Math.max(1e-9, (right - left) * shrink, (top - bottom) * 1.4);
  const place = ([x = 0, y = 0]: readonly number[]): readonly [number, number] => [(x - left) * shrink * scale, (top - y) * scale];
  const names = new Map(shapes.areas.map(({ code, name }) => [code, name]));
  const drawn = shapes.shapes.map(({ code, polygons }): Drawn => {
    const rings = polygons.flatMap((rings_) => rings_.map((ring) => ring.map(place)));
    const outer = rings.toSorted((a, b) => b.length - a.length)[0] ?? [];
    const middle = (n: 0 | 1): number => (Math.min(...outer.map((point) => point[n])) + Math.max(...outer.map((point) => point[n]))) / 2;
    const at: readonly [number, number] = outer.length === 0 ? [0, 0] : [middle(0), middle(1)];
    const wide = outer.length === 0 ? 0 : Math.max(...outer.map(([x]) => x)) - Math.min(...outer.map(([x]) => x));
    return { code, name: names.get(code) ?? String(code), path: rings.map((ring) => `M${ring.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`).join(""), at, wide };
  });
  return { width: Math.max(1, (right - left) * shrink * scale), height: Math.max(1, (top - bottom) * scale), drawn, tiled: false };
}

/** Widths of a text in its own letters' height: Latin letters and figures are about half as wide as they are high. */
const wideOf = (text: string): number => [...text].reduce((sum, letter) => sum + (letter < "\u0100" ? 0.55 : 1), 0);
/** A text that stands within so many letters' heights, its end left out where it is longer. */
export const cutTo = (text: string, most: number): string => (wideOf(text) <= most ? text : `${[...text].reduce((kept, letter) => (wideOf(kept + letter) <= most - 1 ? kept + letter : kept), "")}…`);
/** Letters of a size that lets a text stand within a shape, as large as is seen well and no smaller than is read at all. */
export const sizeIn = (wide: number, text: string, large: boolean): number => Math.max(9, Math.min(large ? 25 : 17, (wide * 0.9) / Math.max(1, wideOf(text))));

/** From light to dark, each with enough of a difference to the next in grey too. */
export const shades = ["#e3eef9", "#b3d2ee", "#79acdc", "#3b7fc0", "#0b4f8f"] as const;
export const inkOn = (step: number): string => (step >= 3 ? "#fff" : "#14212e");
