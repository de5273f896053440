// Rounds of collection and how far they are.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { area, areaName, bilingual, date, id } from "../shapes.ts";

export const campaignView = Type.Object({ id, scheme: Type.String(), version: Type.String(), name: bilingual, area: areaName, referenceDate: date, startsOn: date, endsOn: date });
export const listCampaigns = route({
  method: "GET",
  path: "/api/campaigns",
  permission: "signed-in",
  summary: { zh: "采集轮次", en: "Campaigns" },
  reply: Type.Object({ campaigns: Type.Array(campaignView) }),
});
/** Counts by record state; `total` is the base of every rate. */
export const stateCounts = Type.Record(Type.String(), Type.Integer());
export const progressRow = Type.Object({ area: areaName, level: Type.Integer(), total: Type.Integer(), base: Type.Integer(), added: Type.Integer(), states: stateCounts, openCases: Type.Integer() });
export const getProgress = route({
  method: "GET",
  path: "/api/progress",
  permission: "progress.read",
  summary: { zh: "本级及下一级区划的进度", en: "Progress of an area and of the areas directly under it" },
  query: Type.Object({ campaign: id, area: Type.Optional(area) }),
  reply: Type.Object({ asOf: Type.String(), whole: progressRow, parts: Type.Array(progressRow) }),
});
