// Routes of fusions and of exchanges without showing lists.
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import * as contract from "./contract.ts";
import * as blind from "./blind.ts";
import { takeHits } from "./blind-hits.ts";
import { makeReport } from "./report.ts";
import * as service from "./service.ts";

export const routes = (platform: Platform): Binding[] => [
  bind(contract.startFusion, (tx, { body }) => service.startFusion(tx, platform, body)),
  bind(contract.listFusions, (tx) => service.listFusions(tx)),
  bind(contract.getFusion, (tx, { params }) => service.openFusion(tx, params)),
  bind(contract.listFusedPeople, (tx, { params, query }) => service.listPeople(tx, platform, params, query)),
  bind(contract.listFusionDoubts, (tx, { params }) => service.listDoubts(tx, platform, params)),
  bind(contract.decideFusionDoubt, (tx, { params, body }) => service.decideDoubt(tx, platform, params, body)),
  bind(contract.getFusionReport, (tx, { params }) => makeReport(tx, platform, params)),
  bind(contract.acceptFusion, (tx, { params }) => service.acceptFusion(tx, platform, params)),
  bind(contract.discardFusion, (tx, { params }) => service.discardFusion(tx, params)),
  bind(contract.makeBlindExchange, (tx, { body }) => blind.makeExchange(tx, platform, body)),
  bind(contract.listBlindExchanges, (tx) => blind.listExchanges(tx)),
  bind(contract.getBlindTokens, (tx, { params }) => blind.tokensOf(tx, platform, params)),
  bind(contract.getBlindKey, (tx, { params }) => blind.agreedKey(tx, platform, params)),
  bind(contract.takeBlindHits, (tx, { params, body, file }) => takeHits(tx, platform, params, body, file)),
];
