// Binds the console of the audit administrator.
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import * as contract from "./contract.ts";
import * as service from "./service.ts";

export const routes = (platform: Platform): Binding[] => [
  bind(contract.findAudit, (tx, { body }) => service.findAudit(tx, platform, body)),
  bind(contract.getAuditFile, (tx, { body }) => service.fileOfAudit(tx, platform, body)),
  bind(contract.getAuditState, (tx) => service.auditState(tx)),
  bind(contract.verifyAudit, (tx) => service.askCheck(tx, platform)),
  bind(contract.keepAudit, (tx, { body }) => service.setYears(tx, body.years)),
  bind(contract.listMarks, (tx, { query }) => service.marksOfWeek(tx, platform, query.week)),
  bind(contract.seeMark, (tx, { params, body }) => service.seeMark(tx, platform, params, body.remark)),
];
