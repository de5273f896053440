// What a task means to the one who waits for it: whether it is over, how far it is, and how it ended.
import { problems, type ProblemBody } from "../../core/problem.ts";
import { ProblemError } from "./client.ts";

export type TaskState = "waiting" | "running" | "done" | "failed" | "cancelled";
type Progress = { readonly done: number; readonly total: number };

/** True when nothing more will happen to the task. */
export const isOver = (state: TaskState): boolean => state === "done" || state === "failed" || state === "cancelled";

/** Milliseconds until the next look at a task: half a second while it is under way, false when it is over. */
export const taskPause = (task: { readonly state: TaskState } | undefined): number | false => (task && isOver(task.state) ? false : 500);

/** Whole per cent of the stage under way, 0 … 100; 100 is shown only when all is done. */
export function stagePercent(progress: Progress | undefined): number {
  if (!progress || progress.total <= 0) return 0;
  if (progress.done >= progress.total) return 100;
  return Math.max(0, Math.min(99, Math.floor((progress.done / progress.total) * 100)));
}

/** Seconds a task has run, or ran; undefined before it started. `now` in milliseconds. */
export function taskSeconds(task: { readonly startedAt?: string; readonly finishedAt?: string }, now: number): number | undefined {
  if (task.startedAt === undefined) return undefined;
  const end = task.finishedAt === undefined ? now : Date.parse(task.finishedAt);
  return Math.max(0, Math.round((end - Date.parse(task.startedAt)) / 1000));
}

const isBody = (value: unknown): value is ProblemBody => typeof value === "object" && value !== null && "code" in value && "title" in value;

/** The stored refusal of a failed task, ready to be shown; an internal error when it holds none. */
export const taskProblem = (problem: unknown): ProblemError => new ProblemError(isBody(problem) ? problem : { code: "internal", status: 500, title: problems.internal.title });
