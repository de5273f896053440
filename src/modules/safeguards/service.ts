// What the guard over leaving data offers to routes and to later modules.
export { approveAssessment, demandAssessment, endAssessment, isAssessed, listAssessments, writeAssessment } from "./assessments.ts";
export { agreeLeftOut, bindNotice, getStanding, giveConsent, type Given, noticeAt, noticeFor, withdrawConsent, writeNotice } from "./notices.ts";
export { withdrawConsents } from "./consents.ts";
export { frozenRoutes, withFreeze } from "./frozen.ts";
export { askIncident, askLift, confirmIncident, demandOpen, describeIncident, dropIncident, incidentOf, type IncidentRow, isFrozen, listIncidents, settleLift } from "./incidents.ts";
