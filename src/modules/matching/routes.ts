// Routes of matching.
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import * as contract from "./contract.ts";
import { decidePair, listPairs } from "./pairs.ts";
import * as service from "./service.ts";

export const routes = (platform: Platform): Binding[] => [
  bind(contract.startMatch, (tx, { body }) => service.startMatch(tx, platform, body.batch)),
  bind(contract.listMatchRuns, (tx) => service.matchRuns(tx)),
  bind(contract.getMatchRun, (tx, { params }) => service.matchRun(tx, params.county, params.id)),
  bind(contract.listPairs, (tx, { params }) => listPairs(tx, platform, params.county, params.id)),
  bind(contract.decidePair, (tx, { params, body }) => decidePair(tx, platform, params.county, params.id, body)),
  bind(contract.listFindings, (tx, { query }) => service.listFindings(tx, platform, query)),
];
