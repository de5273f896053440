// Binds the routes of drafts.
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import type { Overlay } from "../../scheme/model.ts";
import * as contract from "./contract.ts";
import * as service from "./service.ts";
import { comparison, draftDefinition, drafts, draftWithAll } from "./view.ts";

/** @param overlays what ships with the product for provinces to add */
export const routes = (platform: Platform, overlays: readonly Overlay[] = []): Binding[] => [
  bind(contract.listDrafts, (tx) => drafts(tx)),
  bind(contract.createDraft, (tx, { body }) => service.beginDraft(tx, platform, body)),
  bind(contract.getDraft, (tx, { params }) => draftWithAll(tx, params.id, overlays)),
  bind(contract.getDraftDefinition, (tx, { params }) => draftDefinition(tx, params.id)),
  bind(contract.editDraft, (tx, { params, body }) => service.editDraft(tx, platform, { ...params, ...body }, overlays)),
  bind(contract.compareDraft, (tx, { params }) => comparison(tx, params.id)),
  bind(contract.startDryRun, (tx, { params, body }) => service.startDryRun(tx, platform, params.id, body.revision)),
  bind(contract.submitDraft, (tx, { params, body }) => service.submitDraft(tx, platform, params.id, body.revision)),
  bind(contract.approveDraft, (tx, { params, body }) => service.approveDraft(tx, platform, params.id, body.revision)),
  bind(contract.returnDraft, (tx, { params, body }) => service.returnDraft(tx, platform, params.id, body.revision, body.reason)),
  bind(contract.publishDraft, (tx, { params, body }) => service.publishDraft(tx, platform, params.id, body.revision)),
  bind(contract.withdrawDraft, (tx, { params, body }) => service.withdrawDraft(tx, platform, params.id, body.revision)),
];
