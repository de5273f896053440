// Routes of cases.
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { caseProof, getCase, listCases } from "./case-view.ts";
import * as contract from "./contract.ts";
import { answerCase, decideCase } from "./service.ts";

export const routes = (platform: Platform): Binding[] => [
  bind(contract.listCases, (tx, { query }) => listCases(tx, platform, query)),
  bind(contract.getCase, (tx, { params }) => getCase(tx, platform, params.county, params.id)),
  bind(contract.getCaseProof, (tx, { params }) => caseProof(tx, platform, params.county, params.id)),
  bind(contract.answerCase, (tx, { params, body, file }) => answerCase(tx, platform, params, body, file)),
  bind(contract.decideCase, (tx, { params, body }) => decideCase(tx, platform, params, body)),
];
