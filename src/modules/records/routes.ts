// Binds the routes of records.
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { campaignOf } from "../campaigns/service.ts";
import * as contract from "./contract.ts";
import * as service from "./service.ts";

export const routes = (platform: Platform): Binding[] => [
  bind(contract.getRecord, (tx, { params, query }) => service.openRecord(tx, platform, { ...params, for: query.for })),
  bind(contract.revealValue, (tx, { params, body }) => service.revealValue(tx, platform, { ...params, ...body })),
  bind(contract.addPerson, async (tx, { body }) => service.addPerson(tx, platform, { ...body, campaign: await campaignOf(tx, body.campaign) })),
  bind(contract.saveCapture, (tx, { params, body }) => service.saveCapture(tx, platform, { ...params, ...body })),
];
