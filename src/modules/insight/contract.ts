// Snapshots, cross-tables, indices, what-if, maps, portraits and tags; the parts of one household's index.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { area, bilingual, date, id, inCounty, literals, nothing } from "../shapes.ts";
import { setStates } from "./rules.ts";

const key = Type.String({ pattern: "^[a-z][a-z0-9_-]{0,39}$" });
const position = Type.Integer({ minimum: 0, maximum: 200 });
/** Axis → positions of its values; 0 is not told. */
export const filter = Type.Record(key, Type.Array(position, { minItems: 1, maxItems: 60 }));
const unit = literals(["people", "households"]);
const digest = Type.String({ pattern: "^[0-9a-f]{64}$" });

export const snapshotHead = Type.Object({
  id, scheme: Type.String(), campaign: Type.Union([id, Type.Null()]), asOf: Type.String(), digest: Type.String(), counties: Type.Integer(),
  changed: Type.Integer(), records: Type.Integer(), people: Type.Integer(), madeBy: Type.String(),
});
export const takeSnapshot = route({
  method: "POST", path: "/api/snapshots", permission: "insight.take", summary: { zh: "生成快照", en: "Take a snapshot" }, body: Type.Object({ campaign: id }),
  reply: Type.Object({ task: id }), problems: ["not-found", "bad-request"],
});
export const listSnapshots = route({
  method: "GET", path: "/api/snapshots", permission: "insight.read", summary: { zh: "快照清单", en: "Snapshots" },
  reply: Type.Object({ rows: Type.Array(snapshotHead) }),
});

const axisView = Type.Object({ key: Type.String(), label: bilingual, households: Type.Boolean(), values: Type.Array(bilingual) });
/** What a page needs before it asks: axes, sets, the newest snapshot, the areas below. */
export const getInsight = route({
  method: "GET",
  path: "/api/insight",
  permission: "insight.read",
  summary: { zh: "分析口径和最新快照", en: "Axes, sets and the newest snapshot" },
  query: Type.Object({ scheme: Type.String({ maxLength: 64 }), campaign: Type.Optional(id) }),
  reply: Type.Object({
    scheme: Type.String(), area, axes: Type.Array(axisView),
    measures: Type.Array(Type.Object({ key: Type.String(), label: bilingual, unit: Type.Optional(bilingual) })), snapshot: Type.Optional(snapshotHead),
    campaigns: Type.Array(Type.Object({ id, name: bilingual })),
  }),
  problems: ["not-found"],
});

const question = Type.Object({
  scheme: Type.String({ maxLength: 64 }), campaign: Type.Optional(id), axes: Type.Array(key, { minItems: 1, maxItems: 3 }), of: unit,
  area: Type.Optional(area), filter: Type.Optional(filter),
});
const cell = Type.Union([Type.Integer(), Type.Null()]);
const value = Type.Object({ key: Type.String(), label: bilingual });
export const crossView = Type.Object({
  of: unit,
  area: Type.Object({ code: area, name: Type.String(), fullName: Type.String() }),
  asOf: Type.String(),
  digest: Type.String(),
  /** Everybody that the table counts; null where that is fewer than five. */
  base: cell,
  axes: Type.Array(value),
  filter: bilingual,
  rows: Type.Array(value),
  columns: Type.Array(Type.Array(value)),
  cells: Type.Array(Type.Array(cell)),
  hidden: Type.Integer(),
});
const asking = ["bad-request", "not-found", "search-too-wide", "snapshot-missing", "snapshot-damaged", "statistics-locked"] as const;
export const crossTable = route({
  method: "POST", path: "/api/cross-tables", permission: "insight.read", reads: true,
  summary: { zh: "交叉表（13个分类中的1至3个）", en: "A cross-table of one to three of the thirteen axes" }, body: question, reply: crossView, problems: [...asking],
});
const asQuery = Type.Object({ question: Type.String({ maxLength: 4000 }), lang: Type.Optional(literals(["zh", "en"])) });
/** `question`: the body of the table as JSON, so that a link holds it. */
export const crossWorkbook = route({
  method: "GET", path: "/api/cross-tables/table.xlsx", permission: "insight.read", summary: { zh: "交叉表工作簿", en: "A cross-table as a workbook" },
  query: asQuery, transfer: "file", problems: [...asking],
});
export const crossLines = route({
  method: "GET", path: "/api/cross-tables/table.csv", permission: "insight.read", summary: { zh: "交叉表CSV", en: "A cross-table as CSV" }, query: asQuery,
  transfer: "file", problems: [...asking],
});

const measured = Type.Object({ value: Type.Number(), error: Type.Number(), low: Type.Number(), high: Type.Number() });
const indicator = Type.Object({
  key, dimension: key, label: bilingual, measure: Type.Optional(key), operator: literals(["<", "<=", ">", ">=", "="]), cutoff: Type.Number(),
  weight: Type.Integer({ minimum: 1, maximum: 10_000 }),
});
export const parameterSet = Type.Object({
  key: Type.String({ pattern: "^[a-z][a-z0-9-]{1,39}$" }),
  version: Type.Integer({ minimum: 1 }),
  label: bilingual,
  source: bilingual,
  dimensions: Type.Array(Type.Object({ key, label: bilingual }), { minItems: 1, maxItems: 10 }),
  indicators: Type.Array(indicator, { minItems: 1, maxItems: 20 }),
  k: Type.Object({ of: Type.Integer({ minimum: 1, maximum: 1000 }), in: Type.Integer({ minimum: 1, maximum: 1000 }) }),
  missing: literals(["not-deprived", "left-out"]),
  counts: literals(["people", "households"]),
});
const told = Type.Object({
  households: Type.Integer(), base: Type.Integer(), poor: Type.Integer(), h: measured, a: measured, m0: measured, m1: Type.Number(), m2: Type.Number(),
  indicators: Type.Array(Type.Object({ key: Type.String(), raw: Type.Number(), censored: Type.Number(), share: Type.Number() })),
  dimensions: Type.Array(Type.Object({ key: Type.String(), share: Type.Number() })),
});
/** Of a part what its indicators say is left out where few households stand behind one of them. */
const partTold = Type.Object({ ...told.properties, indicators: Type.Optional(told.properties.indicators), dimensions: Type.Optional(told.properties.dimensions) });
const part = Type.Object({
  key: Type.String(), label: bilingual, hidden: Type.Boolean(), told: Type.Optional(partTold),
  place: Type.Optional(Type.Object({ from: Type.Integer(), to: Type.Integer() })), ofPeople: Type.Optional(Type.Number()), ofM0: Type.Optional(Type.Number()),
});
const grown = Type.Object({ value: Type.Number(), parts: Type.Array(Type.Object({ key: Type.String(), raw: Type.Number(), index: Type.Number(), most: Type.Optional(Type.Number()) })) });
const developmentSet = Type.Object({
  key: Type.String(), version: Type.Integer(), label: bilingual, source: bilingual,
  parts: Type.Array(Type.Object({
    key: Type.String(), label: bilingual, unit: bilingual, sum: Type.String(), per: Type.String(), ofEach: Type.Optional(Type.Literal(true)),
    least: Type.Number(), most: Type.Number(), line: Type.Optional(Type.String()),
  })),
});
export const indexResult = Type.Object({
  formula: Type.String(),
  set: parameterSet,
  snapshot: Type.Object({ id, asOf: Type.String(), digest: Type.String(), campaign: id }),
  missing: Type.Object({
    households: Type.Integer(), leftOut: Type.Integer(), of: Type.Array(Type.Object({ key: Type.String(), households: Type.Integer() })),
  }),
  notCollected: Type.Array(Type.String()),
  whole: told,
  areas: Type.Array(part),
  groups: Type.Optional(Type.Object({ axis: Type.String(), label: bilingual, parts: Type.Array(part) })),
  development: Type.Optional(Type.Object({
    set: developmentSet,
    lines: Type.Optional(Type.Array(Type.Object({ key: Type.String(), value: Type.Integer(), of: Type.String(), name: Type.String(), from: date, areas: Type.Array(Type.String()) }))),
    whole: Type.Optional(grown), areas: Type.Array(Type.Object({ code: Type.String(), told: Type.Optional(grown) })),
  })),
});
const valueView = Type.Object({ id, inputsDigest: digest, digest, result: indexResult });
/** With the full name of the area that it measures. */
const openedValue = Type.Object({ ...valueView.properties, area: Type.String() });
export const computeIndex = route({
  method: "POST", path: "/api/indices", permission: "insight.take", summary: { zh: "计算指数并留存", en: "Compute an index and keep it" },
  body: Type.Object({ scheme: Type.String({ maxLength: 64 }), campaign: Type.Optional(id), set: key, area: Type.Optional(area), group: Type.Optional(key) }),
  reply: valueView,
  problems: ["not-found", "bad-request", "snapshot-missing", "snapshot-damaged", "nothing-to-measure", "assessment-missing", "statistics-locked"],
});
export const listIndices = route({
  method: "GET",
  path: "/api/indices",
  permission: "insight.read",
  summary: { zh: "指数清单和变化", en: "Indices and their changes" },
  query: Type.Object({ scheme: Type.String({ maxLength: 64 }) }),
  reply: Type.Object({
    rows: Type.Array(Type.Object({
      id, setKey: Type.String(), setVersion: Type.Integer(), campaign: Type.String(), asOf: Type.String(), madeAt: Type.String(), digest: Type.String(),
      area: Type.Integer(), m0: measured, h: measured,
      change: Type.Optional(Type.Object({ change: Type.Number(), error: Type.Number(), told: Type.Boolean() })),
    })),
    /** How many older ones are not among them. */
    older: Type.Integer(),
  }),
});
export const getIndex = route({
  method: "GET", path: "/api/indices/:id", permission: "insight.read", summary: { zh: "一个指数及其构成", en: "One index with its parts" },
  params: Type.Object({ id }), reply: openedValue, problems: ["not-found", "statistics-locked"],
});

const inLanguage = Type.Object({ lang: Type.Optional(literals(["zh", "en"])) });
export const indexWorkbook = route({
  method: "GET", path: "/api/indices/:id/table.xlsx", permission: "insight.read", summary: { zh: "指数工作簿", en: "An index as a workbook" },
  params: Type.Object({ id }), query: inLanguage, transfer: "file", problems: ["not-found", "statistics-locked"],
});
export const indexLines = route({
  method: "GET", path: "/api/indices/:id/table.csv", permission: "insight.read", summary: { zh: "指数CSV", en: "An index as CSV" }, params: Type.Object({ id }),
  query: inLanguage, transfer: "file", problems: ["not-found", "statistics-locked"],
});

const setView = Type.Object({
  id: Type.Optional(id), state: literals(setStates), set: parameterSet, mine: Type.Boolean(), shipped: Type.Boolean(), from: Type.Optional(Type.String()), applies: Type.Boolean(),
  tried: Type.Optional(Type.Object({ before: Type.Number(), after: Type.Number(), base: Type.Integer() })),
});
export const listSets = route({
  method: "GET", path: "/api/parameter-sets", permission: "insight.read", summary: { zh: "指数参数组", en: "Sets of cutoffs and weights" },
  query: Type.Object({ scheme: Type.String({ maxLength: 64 }) }),
  reply: Type.Object({ rows: Type.Array(setView), measures: Type.Array(Type.Object({ key: Type.String(), label: bilingual, unit: Type.Optional(bilingual), yes: Type.Boolean() })) }), problems: ["not-found"],
});
export const writeSet = route({
  method: "POST", path: "/api/parameter-sets", permission: "insight.set", summary: { zh: "起草参数组", en: "Draft a set" },
  body: Type.Object({ scheme: Type.String({ maxLength: 64 }), set: parameterSet, id: Type.Optional(id) }), reply: setView,
  problems: ["bad-request", "not-found", "not-allowed", "move-not-possible"],
});
export const trySet = route({
  method: "POST", path: "/api/parameter-sets/:id/try", permission: "insight.set", summary: { zh: "用快照试算参数组", en: "Try a set on the snapshot" },
  params: Type.Object({ id }), body: Type.Object({ scheme: Type.String({ maxLength: 64 }) }), reply: setView,
  problems: ["not-found", "snapshot-missing", "snapshot-damaged", "nothing-to-measure", "move-not-possible", "assessment-missing"],
});
export const approveSet = route({
  method: "POST", path: "/api/parameter-sets/:id/approve", permission: "insight.approve", summary: { zh: "批准参数组", en: "Put a set in force" },
  params: Type.Object({ id }), body: nothing, reply: setView, problems: ["not-found", "second-person-needed", "move-not-possible"],
});
export const dropSet = route({
  method: "DELETE", path: "/api/parameter-sets/:id", permission: "insight.set", summary: { zh: "丢弃参数组草案", en: "Throw a draft of a set away" },
  params: Type.Object({ id }), reply: nothing, problems: ["not-found", "not-allowed", "move-not-possible"],
});
export const endSet = route({
  method: "POST", path: "/api/parameter-sets/:id/end", permission: "insight.approve", summary: { zh: "停用参数组", en: "End a set in force" },
  params: Type.Object({ id }), body: nothing, reply: nothing, problems: ["not-found", "move-not-possible"],
});

const moves = { enter: cell, leave: cell, stay: cell, never: cell };
const costs = Type.Object({ households: cell, topUp: cell });
export const whatIf = route({
  method: "POST",
  path: "/api/what-if",
  permission: "insight.read",
  reads: true,
  summary: { zh: "试算：线、权重或临界值变动的影响", en: "What if a line, a weight or a cutoff moved" },
  body: Type.Object({
    scheme: Type.String({ maxLength: 64 }),
    campaign: Type.Optional(id),
    set: key,
    area: Type.Optional(area),
    k: Type.Optional(Type.Object({ of: Type.Integer({ minimum: 1, maximum: 1000 }), in: Type.Integer({ minimum: 1, maximum: 1000 }) })),
    cutoffs: Type.Optional(Type.Record(key, Type.Number({ minimum: -1e9, maximum: 1e9 }))),
    weights: Type.Optional(Type.Record(key, Type.Integer({ minimum: 1, maximum: 10_000 }))),
    line: Type.Optional(Type.Object({
      from: Type.Integer({ minimum: 1, maximum: 1_000_000 }), to: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
      attached: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    })),
  }),
  reply: Type.Object({
    asOf: Type.String(),
    households: Type.Integer(),
    people: Type.Integer(),
    whole: Type.Object(moves),
    areas: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), ...moves })),
    money: Type.Optional(Type.Object({
      before: costs, after: costs, cliff: Type.Object({ households: cell, loss: Type.Integer(), upTo: Type.Integer() }),
      bands: Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer(), households: cell, resources: cell })),
    })),
  }),
  problems: ["bad-request", "not-found", "snapshot-missing", "snapshot-damaged", "nothing-to-measure", "statistics-locked", "assessment-missing"],
});

/** `question`: the body of what-if as JSON, so that a link holds it. */
export const whatIfWorkbook = route({
  method: "GET", path: "/api/what-if/table.xlsx", permission: "insight.read", summary: { zh: "试算工作簿", en: "What-if as a workbook" }, query: asQuery,
  transfer: "file", problems: [...whatIf.problems],
});
export const whatIfLines = route({
  method: "GET", path: "/api/what-if/table.csv", permission: "insight.read", summary: { zh: "试算CSV", en: "What-if as CSV" }, query: asQuery, transfer: "file",
  problems: [...whatIf.problems],
});

const ring = Type.Array(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }));
export const loadBoundary = route({
  method: "POST", path: "/api/boundaries", permission: "insight.take", transfer: "upload",
  summary: { zh: "上传边界文件（GeoJSON）", en: "Load a boundary file (GeoJSON)" }, body: nothing,
  reply: Type.Object({
    id, shapes: Type.Integer(), of: Type.Integer(), points: Type.Object({ before: Type.Integer(), after: Type.Integer() }), notes: Type.Array(bilingual),
  }),
  problems: ["file-not-readable", "file-too-large"],
});
export const getShapes = route({
  method: "GET", path: "/api/boundaries", permission: "insight.read", summary: { zh: "下级区划的边界", en: "Shapes of the areas below" },
  query: Type.Object({ area: Type.Optional(area) }),
  reply: Type.Object({
    areas: Type.Array(Type.Object({ code: area, name: Type.String() })),
    shapes: Type.Array(Type.Object({ code: area, polygons: Type.Array(Type.Array(ring)) })), fileName: Type.Optional(Type.String()),
  }),
  problems: ["not-found"],
});

export const getPortrait = route({
  method: "POST",
  path: "/api/portraits",
  permission: "insight.read",
  reads: true,
  summary: { zh: "群体画像", en: "The portrait of a group" },
  body: Type.Object({ scheme: Type.String({ maxLength: 64 }), campaign: Type.Optional(id), area: Type.Optional(area), filter: Type.Optional(filter) }),
  reply: Type.Object({
    asOf: Type.String(), people: cell, of: Type.Integer(), filter: bilingual,
    axes: Type.Array(Type.Object({ key: Type.String(), label: bilingual, values: Type.Array(Type.Object({ label: bilingual, count: cell })) })),
  }),
  problems: [...asking],
});
export const listTags = route({
  method: "GET", path: "/api/tags", permission: "insight.read", summary: { zh: "标签", en: "Tags" },
  query: Type.Object({ scheme: Type.String({ maxLength: 64 }) }),
  reply: Type.Object({
    rows: Type.Array(Type.Object({ id, label: Type.String(), rule: bilingual, filter, expiresOn: date, expired: Type.Boolean(), people: cell })),
  }),
  problems: ["not-found", "snapshot-damaged", "statistics-locked"],
});
export const writeTag = route({
  method: "POST", path: "/api/tags", permission: "insight.set", summary: { zh: "新建标签", en: "A new tag" },
  body: Type.Object({ scheme: Type.String({ maxLength: 64 }), label: Type.String({ minLength: 2, maxLength: 60 }), filter, expiresOn: date }),
  reply: Type.Object({ id }), problems: ["bad-request", "not-found", "unit-designation", "move-not-possible"],
});
export const endTag = route({
  method: "DELETE", path: "/api/tags/:id", permission: "insight.set", summary: { zh: "停用标签", en: "End a tag" }, params: Type.Object({ id }), reply: nothing,
  problems: ["not-found"],
});

export const getHouseholdParts = route({
  method: "GET",
  path: "/api/household-index/:county/:id",
  permission: "insight.household",
  summary: { zh: "一户的指数构成", en: "The parts of one household's index" },
  params: inCounty,
  query: Type.Object({ set: Type.Optional(key) }),
  reply: Type.Object({
    set: bilingual, setKey: Type.String(), version: Type.Integer(), score: Type.Number(), k: Type.Number(), poor: Type.Boolean(), asOf: Type.String(),
    words: bilingual,
    parts: Type.Array(Type.Object({
      key: Type.String(), dimension: bilingual, label: bilingual, standing: literals(["deprived", "not-deprived", "not-known"]), weight: Type.Number(),
      words: bilingual,
    })),
  }),
  problems: ["not-found", "assessment-missing"],
});
