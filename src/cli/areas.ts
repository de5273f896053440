// `qingce areas`: loads the national tree of administrative areas; a stopped load goes on where it was.
import { loadAreas } from "../modules/areas/load.ts";
import { readConfig } from "../platform/config.ts";
import { openInstallation } from "../platform/start.ts";
import { progressBar } from "./progress-bar.ts";
import { textFlags, type Flags } from "./flags.ts";

export const areas = {
  summary: "load the national tree of areas (resumable)",
  async run(flags: Flags): Promise<void> {
    const installation = await openInstallation(readConfig(textFlags(flags)));
    const bar = progressBar("区划 areas");
    const written = await loadAreas(installation.owner, bar.show);
    bar.end(written > 0 ? `${written.toLocaleString("en")} areas` : "已是最新 up to date");
    await installation.stop();
  },
};
