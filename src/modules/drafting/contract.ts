// The next version of a scheme: drafts, their edits, checks, comparison, dry runs, approval by a second person, publishing.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { areaName, bilingual, county, date, id, literals } from "../shapes.ts";
import { draftMoves, draftStates } from "./rules.ts";

const key = Type.String({ minLength: 1, maxLength: 200 });
const words = Type.Object({ zh: Type.String({ maxLength: 600 }), en: Type.String({ maxLength: 600 }) });
const severity = literals(["block", "explain", "note"]);

/** One edit as data; see edits.ts for what each does. */
export const edit = Type.Union([
  Type.Object({ kind: literals(["item-label", "item-help"]), item: key, text: words }),
  Type.Object({ kind: Type.Literal("item-required"), item: key, required: Type.Boolean() }),
  Type.Object({ kind: Type.Literal("item-bound"), item: key, bound: literals(["min", "max", "maxLength"]), value: Type.Union([Type.Number(), Type.Null()]) }),
  Type.Object({ kind: Type.Literal("option-label"), codeSet: key, code: key, text: words }),
  Type.Object({ kind: Type.Literal("option-add"), codeSet: key, code: key, text: words, after: Type.Optional(key) }),
  Type.Object({ kind: Type.Literal("option-withdraw"), codeSet: key, code: key, replacedBy: key }),
  Type.Object({ kind: Type.Literal("check-constant"), check: key, at: Type.Integer({ minimum: 0 }), value: Type.Union([Type.Number(), Type.String({ maxLength: 40 })]) }),
  Type.Object({ kind: Type.Literal("check-severity"), check: key, severity }),
  Type.Object({ kind: Type.Literal("check-message"), check: key, text: words }),
  Type.Object({ kind: Type.Literal("version"), version: key }),
  Type.Object({ kind: Type.Literal("reference-date"), date }),
  Type.Object({ kind: Type.Literal("overlay"), overlay: key }),
  Type.Object({ kind: Type.Literal("replace"), definition: Type.Unknown() }),
]);

export const fault = Type.Object({ path: Type.String(), message: bilingual });
export const move = Type.Object({ move: literals(draftMoves), open: Type.Boolean(), why: Type.Optional(bilingual) });

export const editView = Type.Object({
  revision: Type.Integer(),
  at: Type.String(),
  who: Type.String(),
  edit: Type.Unknown(),
  path: Type.String(),
  was: Type.Optional(Type.Unknown()),
  now: Type.Optional(Type.Unknown()),
});

/** Records of an area: with faults that stop or need a reason before and after, with one they did not have, and with none left. */
export const areaCounts = Type.Object({ area: areaName, records: Type.Integer(), before: Type.Integer(), after: Type.Integer(), newlyFailing: Type.Integer(), resolved: Type.Integer() });
export const ruleCount = Type.Object({ severity, rule: Type.String(), path: Type.String(), records: Type.Integer() });
/** An option that stored records use and that the draft has withdrawn or lost; `replacedBy` absent: nothing takes its place. */
export const optionInUse = Type.Object({ codeSet: Type.String(), code: Type.String(), label: bilingual, records: Type.Integer(), replacedBy: Type.Optional(Type.String()) });
/** Never a value: which record, by what rule, at which item. */
export const sample = Type.Object({ county, record: id, area: areaName, severity, rule: Type.String(), path: Type.String() });
export const dryRunView = Type.Object({
  county,
  id,
  area: areaName,
  state: literals(["waiting", "running", "done", "failed"]),
  /** False when the draft was edited after it. */
  current: Type.Boolean(),
  task: Type.Optional(id),
  counts: Type.Object({ records: Type.Integer(), before: Type.Integer(), after: Type.Integer(), newlyFailing: Type.Integer(), resolved: Type.Integer() }),
  areas: Type.Array(areaCounts),
  rules: Type.Array(ruleCount),
  options: Type.Array(optionInUse),
  samples: Type.Array(sample),
  askedBy: Type.String(),
  at: Type.String(),
  finishedAt: Type.Optional(Type.String()),
});

export const draftView = Type.Object({
  id,
  scheme: Type.String(),
  label: bilingual,
  baseVersion: Type.String(),
  version: Type.String(),
  state: literals(draftStates),
  revision: Type.Integer(),
  hash: Type.String(),
  author: Type.String(),
  hands: Type.Array(Type.String()),
  createdAt: Type.String(),
  updatedAt: Type.String(),
  submitted: Type.Optional(Type.Object({ by: Type.String(), at: Type.String() })),
  approved: Type.Optional(Type.Object({ by: Type.String(), at: Type.String() })),
  published: Type.Optional(Type.Object({ by: Type.String(), at: Type.String() })),
  returnedBecause: Type.Optional(Type.String()),
  moves: Type.Array(move),
  faults: Type.Array(fault),
  edits: Type.Array(editView),
  dryRun: Type.Optional(dryRunView),
  /** Shipped overlays that fit the scheme. */
  overlays: Type.Array(Type.Object({ key: Type.String(), label: bilingual })),
});
export const draftRow = Type.Object({ id, scheme: Type.String(), label: bilingual, baseVersion: Type.String(), version: Type.String(), state: literals(draftStates), edits: Type.Integer(), author: Type.String(), updatedAt: Type.String() });

/** One change against the base; see `SchemeChange` in scheme/scheme-change.ts. */
export const change = Type.Object({ code: Type.String(), effect: Type.String(), path: Type.String(), sentence: bilingual, was: Type.Optional(bilingual), now: Type.Optional(bilingual), breaks: Type.Boolean() });

const at = Type.Object({ id });
const seen = Type.Object({ revision: Type.Integer({ minimum: 1 }) });
const problems = ["not-found", "draft-changed", "move-not-possible"] as const;

export const listDrafts = route({ method: "GET", path: "/api/scheme-drafts", permission: "scheme.read-drafts", summary: { zh: "业务定义草案", en: "Drafts of schemes" }, reply: Type.Object({ drafts: Type.Array(draftRow) }) });
export const createDraft = route({
  method: "POST",
  path: "/api/scheme-drafts",
  permission: "scheme.draft",
  summary: { zh: "新建草案", en: "Begin a draft from a published version" },
  body: Type.Object({ scheme: key, baseVersion: key, version: key }),
  reply: Type.Object({ id }),
  problems: ["not-found", "already-exists"],
});
export const getDraft = route({ method: "GET", path: "/api/scheme-drafts/:id", permission: "scheme.read-drafts", summary: { zh: "草案", en: "A draft" }, params: at, reply: draftView });
export const getDraftDefinition = route({
  method: "GET",
  path: "/api/scheme-drafts/:id/definition",
  permission: "scheme.read-drafts",
  summary: { zh: "草案的定义", en: "The definition of a draft" },
  params: at,
  query: Type.Object({ revision: Type.Optional(Type.Integer()) }),
  reply: Type.Object({ revision: Type.Integer(), definition: Type.Unknown() }),
});
export const editDraft = route({
  method: "POST",
  path: "/api/scheme-drafts/:id/edits",
  permission: "scheme.draft",
  summary: { zh: "修改草案", en: "Edit a draft" },
  params: at,
  body: Type.Object({ revision: Type.Integer({ minimum: 1 }), edit }),
  reply: Type.Object({ revision: Type.Integer(), path: Type.String() }),
  problems: [...problems, "edit-not-possible", "definition-has-faults", "already-exists"],
});
/** What the draft changes against its base, and how many open records cite the base, by state. */
export const compareDraft = route({
  method: "GET",
  path: "/api/scheme-drafts/:id/comparison",
  permission: "scheme.read-drafts",
  summary: { zh: "与原版本比较", en: "Comparison with its base" },
  params: at,
  reply: Type.Object({ changes: Type.Array(change), records: Type.Array(Type.Object({ state: Type.String(), count: Type.Integer() })) }),
});
export const startDryRun = route({
  method: "POST",
  path: "/api/scheme-drafts/:id/dry-runs",
  permission: "scheme.draft",
  summary: { zh: "试运行", en: "Dry run over stored records" },
  params: at,
  body: seen,
  reply: Type.Object({ county, id, task: id }),
  problems,
});
const moving = (path: `/api/scheme-drafts/:id/${string}`, permission: "scheme.draft" | "scheme.approve", zh: string, en: string) =>
  route({ method: "POST", path, permission, summary: { zh, en }, params: at, body: seen, reply: Type.Object({ revision: Type.Integer() }), problems: [...problems, "definition-has-faults", "dry-run-needed", "option-in-use", "second-person-needed", "already-exists"] });
export const submitDraft = moving("/api/scheme-drafts/:id/submit", "scheme.draft", "提交审批", "Submit for approval");
export const approveDraft = moving("/api/scheme-drafts/:id/approve", "scheme.approve", "批准", "Approve as the second person");
export const publishDraft = moving("/api/scheme-drafts/:id/publish", "scheme.draft", "发布", "Publish the approved draft");
export const withdrawDraft = moving("/api/scheme-drafts/:id/withdraw", "scheme.draft", "作废", "Withdraw the draft");
export const returnDraft = route({
  method: "POST",
  path: "/api/scheme-drafts/:id/return",
  permission: "scheme.approve",
  summary: { zh: "退回修改", en: "Send back with a reason" },
  params: at,
  body: Type.Object({ revision: Type.Integer({ minimum: 1 }), reason: Type.String({ minLength: 1, maxLength: 1000 }) }),
  reply: Type.Object({ revision: Type.Integer() }),
  problems,
});
