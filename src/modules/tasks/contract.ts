// Long work as people see it: what runs, how far it is, how it ended.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { bilingual, id } from "../shapes.ts";

export const taskView = Type.Object({
  id,
  kind: Type.String(),
  state: Type.Union([Type.Literal("waiting"), Type.Literal("running"), Type.Literal("done"), Type.Literal("failed"), Type.Literal("cancelled")]),
  progress: Type.Optional(Type.Object({ stage: bilingual, done: Type.Number(), total: Type.Number() })),
  result: Type.Optional(Type.Unknown()),
  problem: Type.Optional(Type.Unknown()),
  askedAt: Type.String(),
  startedAt: Type.Optional(Type.String()),
  finishedAt: Type.Optional(Type.String()),
});

export const getTask = route({
  method: "GET",
  path: "/api/tasks/:id",
  permission: "signed-in",
  summary: { zh: "任务进度", en: "Progress of a task" },
  params: Type.Object({ id }),
  reply: taskView,
});
export const cancelTask = route({
  method: "POST",
  path: "/api/tasks/:id/cancel",
  permission: "signed-in",
  summary: { zh: "取消任务", en: "Cancel a task" },
  params: Type.Object({ id }),
  reply: taskView,
  problems: ["move-not-possible"],
});
