// Work that matching does in the background.
import type { Platform } from "../../platform/platform.ts";
import type { TaskKind, TaskRun } from "../../platform/queue.ts";
import { runMatch, type MatchInput } from "./run-match.ts";

export const jobs = (platform: Platform): TaskKind[] => [{ kind: "match", run: (task) => runMatch(platform, task as unknown as TaskRun<MatchInput>) }];
