// What each role may do, written down by people from the plans and not from the program: the walk of the matrix holds the program against it.
// A place is seen from another by its digits alone: 2 province, 4 city, 6 county, 9 township, 12 village.

/** Offices from which each role tries everything; the target lies in village A1 of county 350524. */
export const places = {
  ministry: "000000000000",
  province: "350000000000",
  city: "350500000000",
  county: "350524000000",
  townshipA: "350524100000",
  villageA1: "350524100201",
  villageA2: "350524100202",
  townshipB: "350524101000",
  villageB1: "350524101201",
  nextCounty: "350525000000",
  nextVillage: "350525100201",
  otherCity: "350600000000",
  otherProvince: "440000000000",
} as const;
export type Place = keyof typeof places;

/** Whether an office sees what lies at `target`: its own code without the trailing levels is where the target's code begins. */
export function sees(office: string, target: string): boolean {
  const length = [12, 9, 6, 4, 2, 0].findLast((digits) => /^0*$/.test(office.slice(digits)))!;
  return target.slice(0, length) === office.slice(0, length);
}

/** Operations by the beginnings of `METHOD /path`, and who may; the first line that fits counts. `-` nobody signs in, `*` everybody who has, `~role` for its own things only. */
const lines: readonly (readonly [beginning: string, who: string])[] = [
  // Before signing in, or by another proof than a session.
  ["GET /api/set-up", "-"],
  ["POST /api/set-up", "-"],
  ["POST /api/session", "-"],
  ["GET /api/terminal", "-"],
  ["POST /api/terminal", "-"],
  ["PUT /api/terminal", "-"],
  ["POST /api/departments", "-"],
  ["GET /api/departments", "-"],
  ["PUT /api/federation", "-"],
  // Everybody who has signed in.
  ["DELETE /api/session", "*"],
  ["GET /api/me", "*"],
  ["POST /api/me/account", "*"],
  ["POST /api/me/kin", "*"],
  ["GET /api/areas", "*"],
  ["GET /api/tasks", "*"],
  ["POST /api/tasks", "*"],
  ["GET /api/schemes", "*"],
  ["GET /api/campaigns", "*"],
  ["GET /api/work", "*"],
  ["GET /api/authority", "*"],
  ["GET /api/access-matrix", "*"],
  ["POST /api/returns/verification", "*"],
  ["GET /api/holidays", "*"],
  // The three administrators, and nobody else: the system's opens accounts without rights and keeps the calendar, the security's gives rights and sets
  // the policy, the audit's reads the audit. Each is replaced by the two others. None of them stands in any other line.
  ["GET /api/accounts/replacements", "system-administrator security-administrator audit-administrator"],
  ["POST /api/accounts/replacements", "system-administrator security-administrator audit-administrator"],
  ["GET /api/accounts/policy", "security-administrator"],
  ["PUT /api/accounts/policy", "security-administrator"],
  ["POST /api/accounts/rights", "security-administrator"],
  ["POST /api/accounts/:id/rights", "security-administrator"],
  ["POST /api/accounts/:id/unlock", "security-administrator"],
  ["POST /api/accounts/:id/activation", "security-administrator"],
  ["GET /api/accounts/roster", "system-administrator"],
  ["GET /api/accounts/:id/work", "system-administrator"],
  ["GET /api/accounts", "system-administrator security-administrator"],
  ["POST /api/accounts", "system-administrator"],
  ["POST /api/offices", "system-administrator"],
  ["PUT /api/holidays", "system-administrator"],
  ["GET /api/keys", "system-administrator"],
  ["POST /api/keys", "system-administrator"],
  ["GET /api/audit/", "audit-administrator"],
  ["POST /api/audit/", "audit-administrator"],
  ["PUT /api/audit/", "audit-administrator"],
  // Rounds: the lead opens them and moves their days; an office asks for more days, the lead of the level above gives them.
  ["POST /api/campaigns/:id/extensions/:extension", "county-lead"],
  ["POST /api/campaigns/:id/extensions", "township-reviewer county-lead"],
  ["POST /api/campaigns/:id/locks", "township-reviewer county-reviewer level-reviewer"],
  ["POST /api/campaigns", "county-lead"],
  ["PUT /api/campaigns", "county-lead"],
  // A seat of another department sees its own fields through its own door, and through no other.
  ["GET /api/seats", "joint-reviewer"],
  ["POST /api/seats", "joint-reviewer"],
  // People: collectors capture, two levels review, the county lead answers for it; a third party under contract only captures what it was given.
  ["POST /api/people/search", "collector township-reviewer county-reviewer county-lead level-reviewer"],
  ["GET /api/records/:county/:id/kept", "collector entrusted"],
  // What leaves as a file is for officials: a third party under contract gets neither a form on paper nor a picture.
  ["GET /api/records/:county/:id/print.pdf", "collector township-reviewer county-reviewer county-lead level-reviewer"],
  ["GET /api/records/:county/:id/media/:media", "collector township-reviewer county-reviewer county-lead level-reviewer"],
  ["GET /api/records/:county", "collector township-reviewer county-reviewer county-lead entrusted level-reviewer"],
  ["GET /api/records", "collector township-reviewer county-reviewer county-lead level-reviewer"],
  ["POST /api/records/:county/:id/reveal", "collector township-reviewer county-reviewer county-lead entrusted level-reviewer"],
  ["POST /api/records/:county/:id/review", "township-reviewer county-reviewer level-reviewer"],
  ["POST /api/records/:county/:id/duplicate-of", "county-reviewer"],
  ["POST /api/records/:county/:id/unmerge", "county-reviewer county-lead"],
  ["POST /api/records", "collector entrusted"],
  ["PUT /api/records", "collector entrusted"],
  ["POST /api/review/batch", "township-reviewer county-reviewer level-reviewer"],
  // Stations and the roster are the county lead's; who works in the field sees them and the visits that were asked for.
  // Aid: townships and collectors enter it, the county's reviewer decides and takes departments' lists, the lead lets collected data be cited and sets lines;
  // warnings are evaluated by the reviewer and switched on by the lead.
  ["GET /api/households/coverage", "collector township-reviewer county-reviewer county-lead approver analyst level-reviewer"],
  ["PUT /api/households/population", "county-lead"],
  ["POST /api/households/building", "county-lead"],
  ["GET /api/households", "township-reviewer county-reviewer county-lead"],
  ["POST /api/households", "collector township-reviewer county-reviewer"],
  ["GET /api/aid/deliveries", "county-reviewer contact"],
  ["GET /api/aid", "township-reviewer county-reviewer county-lead"],
  ["PUT /api/aid/standards", "county-lead"],
  ["POST /api/aid/applications/:county/:id/decision", "county-reviewer"],
  ["POST /api/aid/decision-lists", "county-reviewer"],
  ["POST /api/aid/uses", "county-lead"],
  ["POST /api/aid/deliveries", "county-reviewer contact"],
  ["POST /api/aid/check", "county-reviewer"],
  ["POST /api/aid", "collector township-reviewer county-reviewer"],
  ["GET /api/warnings", "township-reviewer county-reviewer county-lead"],
  ["POST /api/warnings/evaluation", "county-reviewer"],
  ["POST /api/warnings", "township-reviewer county-reviewer"],
  ["GET /api/warning-rules", "township-reviewer county-reviewer county-lead"],
  ["POST /api/warning-rules/:id/switch", "county-lead"],
  ["POST /api/warning-rules", "county-reviewer"],
  ["GET /api/stations", "collector township-reviewer county-reviewer county-lead"],
  ["POST /api/stations", "county-lead"],
  ["POST /api/roster/:id/phone", "collector township-reviewer county-reviewer county-lead"],
  ["POST /api/roster", "county-lead"],
  ["GET /api/visits", "collector township-reviewer county-reviewer county-lead"],
  // Supervision: who sees progress sees the counts; reviewers and the lead look at collectors' work and write to the offices below.
  ["GET /api/supervision/signals", "township-reviewer county-reviewer county-lead level-reviewer"],
  ["POST /api/supervision/signals", "township-reviewer county-reviewer county-lead level-reviewer"],
  ["GET /api/supervision", "collector township-reviewer county-reviewer county-lead approver analyst level-reviewer"],
  ["GET /api/office-messages", "collector township-reviewer county-reviewer county-lead approver analyst level-reviewer"],
  ["POST /api/office-messages/:id/read", "collector township-reviewer county-reviewer county-lead approver analyst level-reviewer"],
  ["POST /api/office-messages", "township-reviewer county-reviewer county-lead level-reviewer"],
  // Sampling: the lead sets the plan, the two levels of reviewers draw and judge, other collectors and evaluators under contract capture again.
  ["GET /api/sampling", "township-reviewer county-reviewer county-lead level-reviewer"],
  ["PUT /api/sampling/plans", "county-lead"],
  ["GET /api/samples", "township-reviewer county-reviewer county-lead level-reviewer"],
  ["POST /api/samples", "township-reviewer county-reviewer level-reviewer"],
  ["GET /api/recaptures", "collector entrusted"],
  ["POST /api/recaptures", "collector entrusted"],
  // In an emergency who works with people asks, an approver or a lead of another office lets them, and the lead over the asker looks at what was read.
  ["POST /api/emergency-access/:id/decision", "county-lead approver"],
  ["POST /api/emergency-access/:id/review", "county-lead"],
  ["GET /api/emergency-access/:id/records", "collector township-reviewer county-reviewer county-lead"],
  ["GET /api/emergency-access", "collector township-reviewer county-reviewer county-lead approver"],
  ["POST /api/emergency-access", "collector township-reviewer county-reviewer county-lead"],
  // Decoys are asked for by approvers and planted by the security administrator; the audit administrator is told who opens one.
  ["GET /api/decoys", "approver security-administrator audit-administrator"],
  ["POST /api/decoys/:county/:id", "security-administrator"],
  ["POST /api/decoys", "approver"],
  // Look-ups of relatives, colleagues and namesakes are looked at by the lead.
  ["GET /api/lookups", "county-lead"],
  ["POST /api/lookups", "county-lead"],
  // One number in two counties: both look, the reviewer of the one that holds it decides.
  ["GET /api/contested-numbers", "county-reviewer county-lead"],
  ["POST /api/contested-numbers", "county-reviewer"],
  ["GET /api/handovers", "collector township-reviewer county-reviewer county-lead level-reviewer"],
  ["POST /api/handovers", "township-reviewer"],
  ["GET /api/progress", "collector township-reviewer county-reviewer county-lead approver analyst level-reviewer"],
  // Terminals are the county lead's; collectors and townships exchange with theirs.
  ["GET /api/fieldwork/handed-back", "township-reviewer county-reviewer level-reviewer"],
  ["POST /api/fieldwork/handed-back", "township-reviewer county-reviewer level-reviewer"],
  ["GET /api/fieldwork/collectors", "county-lead"],
  ["GET /api/fieldwork", "collector township-reviewer county-reviewer county-lead"],
  ["POST /api/fieldwork/bundles", "collector township-reviewer county-lead"],
  ["POST /api/fieldwork/devices/:id/bundle", "collector township-reviewer county-lead"],
  ["POST /api/fieldwork", "county-lead"],
  // Lists of departments: their contact and the county lead bring them in, reviewers look at them, the lead alone agrees and wipes.
  ["POST /api/imports/:county/:id/wipe", "county-lead"],
  ["GET /api/imports", "county-reviewer county-lead contact"],
  // Columns and words are said, and the run is started, by who sent the list: on the ground of the walk the contact.
  ["POST /api/imports/:county", "~county-lead contact"],
  ["POST /api/imports", "county-lead contact"],
  ["PUT /api/imports", "~county-lead contact"],
  ["GET /api/templates", "county-reviewer county-lead contact"],
  ["GET /api/supplier-words", "county-reviewer county-lead contact"],
  ["POST /api/supplier-words", "county-lead contact"],
  // What an agreement serves over HTTP is asked by the lead and let by a second person.
  ["GET /api/agreements-serving", "county-reviewer county-lead contact approver"],
  ["POST /api/agreements-serving", "county-lead approver"],
  ["GET /api/agreements", "county-reviewer county-lead contact"],
  ["POST /api/agreements", "county-lead"],
  ["GET /api/catalogue", "county-reviewer county-lead contact"],
  ["PUT /api/catalogue", "county-lead"],
  ["GET /api/authorisations", "county-lead"],
  ["POST /api/authorisations", "county-lead"],
  ["GET /api/intake-tokens", "county-lead"],
  ["POST /api/intake-tokens", "county-lead"],
  // Matching: the lead starts it and settles where two people disagree, reviewers judge pairs.
  ["POST /api/match-runs/:county/:id/pairs/:row/:record/reveal", "county-reviewer county-lead"],
  ["POST /api/match-runs/:county/:id/pairs/settle", "county-lead"],
  ["POST /api/match-runs/:county/:id/pairs/revoke", "county-reviewer county-lead"],
  ["POST /api/match-runs/:county/:id/pairs", "county-reviewer"],
  ["GET /api/match-runs", "county-reviewer county-lead"],
  ["POST /api/match-runs", "county-lead"],
  ["GET /api/pairs", "county-reviewer county-lead"],
  ["GET /api/findings", "county-reviewer county-lead"],
  ["GET /api/blind-exchanges/:county/:id/", "county-lead"],
  ["GET /api/blind-exchanges", "county-reviewer county-lead"],
  ["POST /api/blind-exchanges", "county-lead"],
  ["POST /api/fusions/:county/:id/doubts", "county-reviewer"],
  ["GET /api/fusions", "county-reviewer county-lead"],
  ["POST /api/fusions", "county-lead"],
  // Cases: collectors and townships answer, the county's reviewer decides.
  ["GET /api/cases/:county/:id/alike", "collector township-reviewer"],
  ["GET /api/cases-repeated", "county-reviewer"],
  ["GET /api/cases", "collector township-reviewer county-reviewer county-lead"],
  ["GET /api/case-reroutes", "collector township-reviewer county-reviewer county-lead"],
  ["POST /api/case-reroutes", "collector township-reviewer"],
  ["POST /api/cases/:county/:id/values", "collector"],
  ["POST /api/cases/:county/:id/decision", "county-reviewer"],
  ["POST /api/cases/:county/decisions", "county-reviewer"],
  ["POST /api/cases", "collector township-reviewer"],
  // A file for a department is let go by a second person; whoever may see releases sees what waits.
  ["POST /api/returns/:county/:id/confirm", "county-lead approver"],
  ["GET /api/returns/:county", "county-lead"],
  ["GET /api/returns", "township-reviewer county-reviewer county-lead approver"],
  ["POST /api/returns", "county-lead"],
  // Snapshots, tables and indices: who works with figures reads them, the lead and the analyst take and draft, the government's office puts a set in force.
  ["POST /api/snapshots", "county-lead analyst"],
  ["GET /api/snapshots", "county-reviewer county-lead approver analyst level-reviewer"],
  ["GET /api/insight", "county-reviewer county-lead approver analyst level-reviewer"],
  ["POST /api/cross-tables", "county-reviewer county-lead approver analyst level-reviewer"],
  ["GET /api/cross-tables", "county-reviewer county-lead approver analyst level-reviewer"],
  ["POST /api/indices", "county-lead analyst"],
  ["GET /api/indices", "county-reviewer county-lead approver analyst level-reviewer"],
  ["POST /api/parameter-sets/:id/approve", "approver"],
  ["POST /api/parameter-sets", "county-lead analyst"],
  ["GET /api/parameter-sets", "county-reviewer county-lead approver analyst level-reviewer"],
  ["POST /api/what-if", "county-reviewer county-lead approver analyst level-reviewer"],
  ["GET /api/what-if", "county-reviewer county-lead approver analyst level-reviewer"],
  ["POST /api/boundaries", "county-lead analyst"],
  ["GET /api/boundaries", "county-reviewer county-lead approver analyst level-reviewer"],
  ["POST /api/portraits", "county-reviewer county-lead approver analyst level-reviewer"],
  ["POST /api/tags", "county-lead analyst"],
  ["DELETE /api/tags", "county-lead analyst"],
  ["GET /api/tags", "county-reviewer county-lead approver analyst level-reviewer"],
  // One household's score is for those who settle its case.
  ["GET /api/household-index", "township-reviewer county-reviewer county-lead"],
  ["GET /api/reports", "county-reviewer county-lead approver analyst"],
  // The lead drafts and sends, the reviewer checks, the government's office signs and seals; of reports from below the lead of the level above answers.
  ["POST /api/reports/:county/:id/check", "county-reviewer"],
  ["POST /api/reports/:county/:id/decline", "county-reviewer"],
  ["POST /api/reports/:county/:id/sign", "approver"],
  ["POST /api/reports/:county/:id/seal", "approver"],
  ["POST /api/reports", "county-lead"],
  ["PUT /api/reports", "county-lead"],
  ["GET /api/report-tables", "county-reviewer county-lead approver analyst"],
  ["GET /api/statistics-lock", "county-reviewer county-lead approver analyst"],
  ["POST /api/statistics-lock", "county-lead approver"],
  ["GET /api/plaques", "collector township-reviewer county-reviewer county-lead level-reviewer"],
  // Data leave when who needs them has asked and an approver or another lead has let them go.
  ["POST /api/releases/trace", "county-lead approver"],
  ["POST /api/releases/:county/:id/approve", "county-lead approver"],
  ["POST /api/releases/:county/:id/decline", "county-lead approver"],
  ["GET /api/releases/choices", "township-reviewer county-reviewer county-lead"],
  // Only who asked changes, makes, takes and accounts for it.
  ["GET /api/releases/:county/:id/file", "~township-reviewer ~county-reviewer ~county-lead"],
  ["POST /api/releases/:county/:id/", "~township-reviewer ~county-reviewer ~county-lead"],
  ["PUT /api/releases", "~township-reviewer ~county-reviewer ~county-lead"],
  ["GET /api/releases", "township-reviewer county-reviewer county-lead approver"],
  ["POST /api/releases", "township-reviewer county-reviewer county-lead"],
  ["POST /api/notices", "township-reviewer county-reviewer county-lead"],
  ["GET /api/notices", "township-reviewer county-reviewer county-lead"],
  // What may begin is written by the lead and approved by another office; an incident is asked for by the approver, and the security administrator confirms it.
  ["GET /api/assessments", "county-reviewer county-lead approver"],
  ["POST /api/assessments/:id/approve", "approver"],
  ["POST /api/assessments", "county-lead"],
  // What people are told is for everybody; the desk enters what they agreed to.
  ["GET /api/privacy-notices", "*"],
  ["POST /api/privacy-notices", "county-lead"],
  ["GET /api/consents", "collector township-reviewer county-reviewer county-lead"],
  ["POST /api/consents/:county/:id/left-out", "township-reviewer county-reviewer level-reviewer"],
  ["POST /api/consents", "collector township-reviewer"],
  ["GET /api/incidents", "county-lead approver security-administrator"],
  ["POST /api/incidents/:id/confirm", "security-administrator"],
  ["POST /api/incidents/:id/drop", "security-administrator"],
  ["POST /api/incidents/:id/lifted", "security-administrator"],
  ["POST /api/incidents", "approver"],
  ["PUT /api/incidents", "approver"],
  ["POST /api/affected-people/:county", "county-lead approver"],
  ["POST /api/affected-people", "approver"],
  ["GET /api/affected-people", "county-lead approver"],
  // A person asks at the desk; the county decides, and says which receivers were told.
  ["POST /api/person-requests/:county/:id/handed-over", "collector township-reviewer"],
  ["GET /api/person-requests/:county/:id/copy", "collector township-reviewer"],
  ["GET /api/person-requests", "collector township-reviewer county-reviewer county-lead"],
  ["POST /api/person-requests/:county", "county-reviewer county-lead"],
  ["POST /api/person-requests", "collector township-reviewer"],
  ["POST /api/restrictions", "county-reviewer county-lead"],
  // People for themselves come with a proof of identity and no account. What they declare is seen where records are captured and reviewed, and taken in where they are captured.
  ["GET /api/self", "-"],
  ["POST /api/self", "-"],
  ["GET /api/declarations", "collector township-reviewer"],
  ["POST /api/declarations", "collector"],
  // A bundle with people in it is let go by a second person; whoever may see releases sees what waits.
  ["POST /api/nodes/:name/bundles/:seq/confirm", "county-lead approver"],
  ["GET /api/nodes/:name", "county-lead"],
  ["GET /api/nodes", "township-reviewer county-reviewer county-lead approver"],
  ["POST /api/nodes", "county-lead"],
  // Programmes are drafted by one and approved by another.
  ["GET /api/scheme-drafts", "county-lead scheme-editor"],
  ["POST /api/scheme-drafts/:id/approve", "county-lead"],
  ["POST /api/scheme-drafts/:id/return", "county-lead"],
  ["POST /api/scheme-drafts", "scheme-editor"],
];

const lineOf = (operation: string) => lines.find(([beginning]) => operation.startsWith(beginning));

/** @returns the roles that may, `*` or `-`; undefined when nobody has written the operation down */
export const mayDo = (operation: string): readonly string[] | undefined => lineOf(operation)?.[1].split(" ");

/** Lines that speak of none of these operations. */
export const unused = (operations: readonly string[]): readonly string[] => {
  const used = new Set(operations.map((operation) => lineOf(operation)?.[0]));
  return lines.flatMap(([beginning]) => (used.has(beginning) ? [] : [beginning]));
};
