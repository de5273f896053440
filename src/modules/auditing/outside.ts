// Reads what stands outside the database: folders of checkpoints, each with the public keys that its lines cite.
import fs from "node:fs";
import path from "node:path";
import type { Kept } from "./verify-lines.ts";

export type Outside = { readonly place: string; readonly checkpoints: readonly Kept[]; readonly keys: ReadonlyMap<string, string> };

/** A folder's checkpoints; lines that a power cut left half are passed over. Undefined when the folder holds none. */
export function readOutside(folder: string): Outside | undefined {
  const file = path.join(folder, "checkpoints.jsonl");
  if (!fs.existsSync(file)) return undefined;
  const lines = fs.readFileSync(file, "utf8").split("\n").filter((line) => line.startsWith("{") && line.endsWith("}"));
  const keys = fs.readdirSync(folder).flatMap((name): [string, string][] => {
    const key = /^key-([0-9a-f]+)\.pem$/.exec(name)?.[1];
    return key === undefined ? [] : [[key, fs.readFileSync(path.join(folder, name), "utf8")]];
  });
  return { place: folder, checkpoints: lines.map((line) => JSON.parse(line) as Kept), keys: new Map(keys) };
}
