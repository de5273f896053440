// Binds the routes of the rounds.
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { getProgress, listCampaigns } from "./contract.ts";
import * as service from "./service.ts";

export const routes = (platform: Platform): Binding[] => [
  bind(listCampaigns, (tx) => service.listCampaigns(tx)),
  bind(getProgress, (tx, { query }) => service.getProgress(tx, platform, query)),
];
