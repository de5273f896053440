// Binds the routes of papers.
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { getAnswersSchema, getBlankForms, getDictionary, getOfflineForm, getSchemeTemplate, getXlsForm, printRecord, takeFilledWorkbook } from "./contract.ts";
import { takeFilled } from "./filled.ts";
import { offlineFormOf } from "./offline-form.ts";
import { answersSchemaOf, blankForms, dictionaryOf, recordOnPaper, templateOf, xlsformOf } from "./service.ts";

export const routes = (platform: Platform): Binding[] => [
  bind(getSchemeTemplate, (tx, { params }) => templateOf(tx, params)),
  bind(getBlankForms, (tx, { params, query }) => blankForms(tx, platform, params, query)),
  bind(getDictionary, (tx, { params }) => dictionaryOf(tx, params)),
  bind(getXlsForm, (tx, { params }) => xlsformOf(tx, params)),
  bind(getAnswersSchema, (tx, { params }) => answersSchemaOf(tx, params)),
  bind(getOfflineForm, (tx, { params }) => offlineFormOf(tx, platform, params)),
  bind(takeFilledWorkbook, (tx, { body, file }) => takeFilled(tx, platform, { campaign: body.campaign, file })),
  bind(printRecord, (tx, { params, query }) => recordOnPaper(tx, platform, params, query)),
];
