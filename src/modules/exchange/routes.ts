// Binds the routes of imports.
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { getErrorWorkbook, getImport, getTemplate, listImportRows, listImports, mapImport, runImport, uploadImport } from "./contract.ts";
import { listBatches, listOutcomes, makeErrorWorkbook, makeTemplate, openBatch, setMapping, startRun, takeUpload } from "./service.ts";

export const routes = (platform: Platform): Binding[] => [
  bind(uploadImport, (tx, { body, file }) => takeUpload(tx, platform, body, file)),
  bind(listImports, (tx, { query }) => listBatches(tx, query)),
  bind(getImport, (tx, { params }) => openBatch(tx, params)),
  bind(mapImport, (tx, { params, body }) => setMapping(tx, platform, params, body)),
  bind(runImport, (tx, { params }) => startRun(tx, platform, params)),
  bind(listImportRows, (tx, { params, query }) => listOutcomes(tx, params, query)),
  bind(getErrorWorkbook, (tx, { params }) => makeErrorWorkbook(tx, platform, params)),
  bind(getTemplate, (tx, { params, query }) => makeTemplate(tx, params.kind, query.campaign)),
];
