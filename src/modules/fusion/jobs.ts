// Work that fusions do in the background.
import type { Platform } from "../../platform/platform.ts";
import type { TaskKind, TaskRun } from "../../platform/queue.ts";
import { runAccept } from "./accept.ts";
import { runTokens } from "./blind.ts";
import { runHits } from "./blind-hits.ts";
import { type FusionInput, runFusion } from "./run-fusion.ts";

export const jobs = (platform: Platform): TaskKind[] => [
  { kind: "fusion", run: (task) => runFusion(platform, task as unknown as TaskRun<FusionInput>) },
  { kind: "fusion-accept", run: (task) => runAccept(platform, task as unknown as TaskRun<FusionInput>) },
  { kind: "blind-tokens", run: (task) => runTokens(platform, task as unknown as TaskRun<FusionInput>) },
  { kind: "blind-hits", run: (task) => runHits(platform, task as unknown as TaskRun<FusionInput>) },
];
