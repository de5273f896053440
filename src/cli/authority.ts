// `qingce authority [--out FILE]`: the table of who may do what, as JSON, made from the routes and roles of this program.
import fs from "node:fs";
import { accessMatrix } from "../modules/access/matrix.ts";
import type { Platform } from "../platform/platform.ts";
import { allBindings } from "../server.ts";
import type { Flags } from "./flags.ts";

/** The published text, byte for byte. Routes are bound, not called: no platform is touched. */
export const authorityText = (): string => `${JSON.stringify(accessMatrix(allBindings({} as Platform).map(({ route }) => route)), null, 1)}\n`;

export const authority = {
  summary: "write the table of who may do what: --out FILE; without it, to the screen",
  run: async (flags: Flags): Promise<void> => {
    const out = flags["out"];
    if (typeof out === "string") fs.writeFileSync(out, authorityText());
    else process.stdout.write(authorityText());
  },
};
