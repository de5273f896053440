// Working files off in the background.
import type { Platform } from "../../platform/platform.ts";
import type { TaskKind } from "../../platform/queue.ts";
import { type ImportInput, runImport } from "./run.ts";

export const jobs = (platform: Platform): TaskKind[] => [{ kind: "import", run: (task) => runImport(platform, task.input as ImportInput, task) }];
