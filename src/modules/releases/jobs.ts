// Work that releases do in the background.
import type { Platform } from "../../platform/platform.ts";
import type { TaskKind, TaskRun } from "../../platform/queue.ts";
import { runRelease } from "./produce.ts";
import type { Key } from "./queries.ts";

export const jobs = (platform: Platform): TaskKind[] => [{ kind: "release", run: (task) => runRelease(platform, task as unknown as TaskRun<Key>) }];
