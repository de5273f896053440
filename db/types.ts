// Generated from the migrated database by scripts/generate-types.ts. Do not edit.
import type { ColumnType, Generated, GeneratedAlways } from "kysely";

type Json = string | number | boolean | null | { readonly [key: string]: Json | undefined } | readonly Json[];
/** Read as parsed JSON, written as text. */
type JsonColumn<Nullable extends boolean = false> = ColumnType<Nullable extends true ? Json | null : Json, Nullable extends true ? string | null : string, Nullable extends true ? string | null : string>;

export type DB = {
  account: {
    id: string;
    login: string;
    name: string;
    officeId: string;
    passwordHash: string;
    roles: string[];
    endsOn: string;
    disabledAt: Date | null;
    demo: Generated<boolean>;
    createdAt: Generated<Date>;
  };
  area: {
    code: number;
    level: number;
    parent: number;
    hi: number;
    name: string;
    fullName: string;
    pinyin: string;
    initials: string;
    edition: string;
    validFrom: string;
    validTo: string | null;
  };
  areaLoad: {
    edition: string;
    part: string;
    rows: number;
    loadedAt: Generated<Date>;
  };
  auditEntry: {
    id: GeneratedAlways<number>;
    at: Generated<Date>;
    account: string;
    office: string | null;
    action: string;
    purpose: string | null;
    county: number | null;
    area: number | null;
    recordId: string | null;
    people: Generated<number>;
    detail: JsonColumn<true>;
  };
  campaign: {
    id: string;
    scheme: string;
    version: string;
    nameZh: string;
    nameEn: string;
    area: number;
    hi: number;
    referenceDate: string;
    startsOn: string;
    endsOn: string;
  };
  caseFile: {
    county: number;
    id: string;
    area: number;
    classGroup: string;
    subjectId: string | null;
    recordId: string | null;
    personKey: string;
    personName: string;
    state: Generated<string>;
    routedBy: string;
    openedAt: Generated<Date>;
    dueOn: string;
    answer: string | null;
    answerNote: string | null;
    proofSha256: string | null;
    answeredBy: string | null;
    answeredAt: Date | null;
    decidedBy: string | null;
    timesReopened: Generated<number>;
    closedAt: Date | null;
    decidedAt: Date | null;
    proofMime: string | null;
  };
  caseStep: {
    county: number;
    id: string;
    caseId: string;
    area: number;
    kind: string;
    actor: string;
    note: string | null;
    at: Generated<Date>;
  };
  columnMapping: {
    area: number;
    kind: string;
    department: Generated<string>;
    mapping: JsonColumn;
    at: Generated<Date>;
  };
  event: {
    id: GeneratedAlways<number>;
    txid: Generated<string>;
    at: Generated<Date>;
    kind: string;
    area: number;
    county: number;
    actor: string;
    subjectId: string | null;
    recordId: string | null;
    data: JsonColumn;
  };
  finding: {
    county: number;
    id: string;
    area: number;
    key: string;
    class: string;
    department: string;
    path: string | null;
    recordId: string | null;
    subjectId: string | null;
    runId: string;
    rowNo: number | null;
    sealed: Buffer;
    state: Generated<string>;
    closedBecause: string | null;
    raisedAt: Generated<Date>;
    closedAt: Date | null;
    caseId: string | null;
    personKey: string;
    confirmedPair: Buffer | null;
    confirmedBy: string | null;
  };
  handover: {
    county: number;
    id: string;
    recordId: string;
    area: number;
    toArea: number;
    reason: string;
    state: Generated<string>;
    askedBy: string;
    askedAt: Generated<Date>;
    settledBy: string | null;
    settledAt: Date | null;
    settleReason: string | null;
  };
  idempotency: {
    account: string;
    key: string;
    route: string;
    requestDigest: string;
    status: number;
    body: JsonColumn<true>;
    at: Generated<Date>;
  };
  identityClaim: {
    scheme: string;
    idDigest: Buffer;
    county: number;
    subjectId: string;
  };
  importBatch: {
    county: number;
    id: string;
    area: number;
    kind: string;
    department: string | null;
    campaignId: string | null;
    scheme: string;
    fileName: string;
    fileSha256: string;
    fileBytes: number;
    sheet: string | null;
    state: Generated<string>;
    headings: Generated<JsonColumn>;
    mapping: Generated<JsonColumn>;
    asOf: string | null;
    purpose: string | null;
    taskId: string | null;
    rows: Generated<number>;
    accepted: Generated<number>;
    returned: Generated<number>;
    sentBy: string;
    at: Generated<Date>;
    finishedAt: Date | null;
  };
  importRow: {
    county: number;
    batchId: string;
    rowNo: number;
    area: number;
    outcome: string;
    issues: Generated<JsonColumn>;
    subjectId: string | null;
  };
  installation: {
    onlyRow: Generated<boolean>;
    setUpAt: Generated<Date>;
    demo: boolean;
  };
  link: {
    county: number;
    runId: string;
    rowNo: number;
    area: number;
    recordId: string;
    subjectId: string;
    weight: number;
    probability: number;
    decision: string;
    why: JsonColumn;
    decidedBy: string | null;
    decidedAt: Date | null;
  };
  listedPerson: {
    county: number;
    runId: string;
    idDigest: Buffer;
    area: number;
  };
  loginAttempt: {
    key: string;
    failures: number;
    blockedUntil: Date | null;
  };
  matchRun: {
    county: number;
    id: string;
    area: number;
    batchId: string;
    department: string;
    campaignId: string;
    state: Generated<string>;
    taskId: string | null;
    counts: Generated<JsonColumn>;
    steps: Generated<JsonColumn>;
    askedBy: string;
    at: Generated<Date>;
    finishedAt: Date | null;
  };
  media: {
    county: number;
    id: string;
    recordId: string;
    area: number;
    path: string;
    sha256: string;
    mime: string;
    bytes: number;
    at: Generated<Date>;
  };
  migration: {
    name: string;
    appliedAt: Generated<Date>;
  };
  office: {
    id: string;
    area: number;
    department: string;
    name: string;
  };
  reactionCursor: {
    reaction: string;
    txid: Generated<string>;
    eventId: Generated<number>;
  };
  record: {
    county: number;
    id: string;
    subjectId: string;
    area: number;
    scheme: string;
    version: string;
    campaignId: string;
    origin: string;
    state: string;
    categories: Generated<string[]>;
    head: Generated<number>;
    collector: string | null;
    channel: string | null;
    mergedInto: string | null;
    openRemarks: Generated<number>;
    issues: Generated<JsonColumn>;
    capturedAt: Date | null;
    submittedAt: Date | null;
    decidedAt: Date | null;
    updatedAt: Generated<Date>;
    heldFrom: string | null;
  };
  remark: {
    county: number;
    id: string;
    recordId: string;
    area: number;
    revision: number;
    path: string;
    body: string;
    author: string;
    at: Generated<Date>;
    answer: string | null;
    answeredBy: string | null;
    answeredAt: Date | null;
  };
  report: {
    county: number;
    id: string;
    area: number;
    kind: string;
    campaignId: string;
    asOf: Date;
    figures: JsonColumn;
    digest: string;
    madeBy: string;
    at: Generated<Date>;
  };
  revision: {
    county: number;
    recordId: string;
    no: number;
    basedOn: number;
    area: number;
    kind: string;
    answers: JsonColumn;
    sealed: Buffer | null;
    provenance: Generated<JsonColumn>;
    signedDigest: string | null;
    reason: string | null;
    author: string;
    channel: string | null;
    at: Generated<Date>;
  };
  schemeVersion: {
    scheme: string;
    version: string;
    hash: string;
    definition: JsonColumn;
    publishedAt: Generated<Date>;
  };
  session: {
    tokenDigest: Buffer;
    accountId: string;
    createdAt: Generated<Date>;
    lastSeenAt: Generated<Date>;
    expiresAt: Date;
  };
  subject: {
    county: number;
    id: string;
    area: number;
    name: string;
    pinyin: string;
    initials: string;
    sex: string | null;
    birthDate: string | null;
    idDigest: Buffer | null;
    idMasked: string | null;
    createdAt: Generated<Date>;
  };
  subjectNamePart: {
    county: number;
    part: string;
    area: number;
    subjectId: string;
  };
  task: {
    id: string;
    kind: string;
    area: number;
    county: number;
    askedBy: string;
    state: Generated<string>;
    input: JsonColumn;
    progress: JsonColumn<true>;
    result: JsonColumn<true>;
    problem: JsonColumn<true>;
    cancelAsked: Generated<boolean>;
    askedAt: Generated<Date>;
    startedAt: Date | null;
    finishedAt: Date | null;
  };
  vouch: {
    county: number;
    recordId: string;
    path: string;
    department: string;
    area: number;
    agrees: boolean;
    extractId: string;
    asOf: string;
    at: Generated<Date>;
  };
};
