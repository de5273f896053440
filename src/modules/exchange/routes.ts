// Binds the routes of imports, agreements, the catalogue and machines' lists.
import { bind, bindAlone, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import * as agreements from "./agreements.ts";
import * as authorisations from "./authorisations.ts";
import { catalogueOf } from "./catalogue.ts";
import * as contract from "./contract.ts";
import * as intake from "./intake.ts";
import * as service from "./service.ts";
import { setPlan } from "./timetable.ts";
import * as words from "./unknown-words.ts";

export const routes = (platform: Platform): Binding[] => [
  bind(contract.uploadImport, (tx, { body, file }) => service.takeUpload(tx, platform, body, file)),
  bind(contract.listImports, (tx, { query }) => service.listBatches(tx, query)),
  bind(contract.getImport, (tx, { params }) => service.openBatch(tx, params)),
  bind(contract.mapImport, (tx, { params, body }) => service.setMapping(tx, platform, params, body)),
  bind(contract.runImport, (tx, { params }) => service.startRun(tx, platform, params)),
  bind(contract.listImportRows, (tx, { params, query }) => service.listOutcomes(tx, params, query)),
  bind(contract.getErrorWorkbook, (tx, { params }) => service.makeErrorWorkbook(tx, platform, params)),
  bind(contract.getReturnedFile, (tx, { params }) => service.makeReturnedFile(tx, platform, params)),
  bind(contract.wipeImport, (tx, { params, body }) => service.wipeImport(tx, platform, params, body.reason)),
  bind(contract.getTemplate, (tx, { params, query }) => service.makeTemplate(tx, params.kind, query.campaign)),
  bind(contract.listUnknownWords, (tx, { params }) => words.unknownWords(tx, platform, params)),
  bind(contract.sayWord, async (tx, { params, body }) => (await words.sayWord(tx, params, body), {})),
  bind(contract.listSupplierWords, (tx, { query }) => words.listWords(tx, query.campaign)),
  bind(contract.revokeSupplierWord, async (tx, { params }) => (await words.revokeWord(tx, params), {})),
  bind(contract.listAgreements, (tx, { query }) => agreements.listAgreements(tx, platform, query.campaign)),
  bind(contract.signAgreement, (tx, { body }) => agreements.signAgreement(tx, platform, body)),
  bind(contract.revokeAgreement, (tx, { params, body }) => agreements.revokeAgreement(tx, platform, params, body.reason)),
  bind(contract.enterAuthorisations, (tx, { body }) => authorisations.enterAuthorisations(tx, platform, body)),
  bind(contract.enterPaper, (tx, { body, file }) => authorisations.enterPaper(tx, platform, body, file)),
  bind(contract.listAuthorisations, (tx, { query }) => authorisations.listAuthorisations(tx, platform, query.campaign)),
  bind(contract.getPaper, (tx, { query }) => authorisations.paperOf(tx, platform, query)),
  bind(contract.revokeAuthorisations, (tx, { body }) => authorisations.revokeAuthorisations(tx, body)),
  bind(contract.getCatalogue, (tx, { query }) => catalogueOf(tx, platform, query.campaign)),
  bind(contract.setArrivalPlan, (tx, { params, body }) => setPlan(tx, params.department, body)),
  bind(contract.listIntakeTokens, (tx, { query }) => intake.listTokens(tx, query.campaign)),
  bind(contract.issueIntakeToken, (tx, { body }) => intake.issueToken(tx, platform, body)),
  bind(contract.revokeIntakeToken, async (tx, { params }) => (await intake.revokeToken(tx, params), {})),
  bindAlone(contract.sendList, ({ params, body, file, header }) =>
    intake.receiveList(platform, { department: params.department, authorization: header("authorization"), key: header("idempotency-key"), campaign: body.campaign, asOf: body.asOf, file })),
  bindAlone(contract.getSentList, ({ params, header }) => intake.listStatus(platform, params.department, params.id, header("authorization"))),
  bindAlone(contract.getSentListRows, ({ params, header }) => intake.returnedRows(platform, params.department, params.id, header("authorization"))),
];
