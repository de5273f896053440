// Routes of matching.
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import * as contract from "./contract.ts";
import { decidePair, revokePair, settlePair } from "./decisions.ts";
import { getPair, listAllPairs, listPairs, revealPair } from "./pairs.ts";
import * as service from "./service.ts";

export const routes = (platform: Platform): Binding[] => [
  bind(contract.startMatch, (tx, { body }) => service.startMatch(tx, platform, body.batch)),
  bind(contract.listMatchRuns, (tx) => service.matchRuns(tx)),
  bind(contract.getMatchRun, (tx, { params }) => service.matchRun(tx, params.county, params.id)),
  bind(contract.listPairs, (tx, { params, query }) => listPairs(tx, params.county, params.id, query)),
  bind(contract.listAllPairs, (tx, { query }) => listAllPairs(tx, query)),
  bind(contract.getPair, (tx, { params }) => getPair(tx, platform, params)),
  bind(contract.revealPair, (tx, { params, body }) => revealPair(tx, platform, params, body)),
  bind(contract.decidePair, (tx, { params, body }) => decidePair(tx, platform, params.county, params.id, body)),
  bind(contract.settlePair, (tx, { params, body }) => settlePair(tx, platform, params.county, params.id, body)),
  bind(contract.revokePair, (tx, { params, body }) => revokePair(tx, platform, params.county, params.id, body)),
  bind(contract.listFindings, (tx, { query }) => service.listFindings(tx, platform, query)),
];
