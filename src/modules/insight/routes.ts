// Binds snapshots, tables, indices, maps, portraits and tags.
import type { Tx } from "../../platform/database.ts";
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import { asCsv, asXlsx, questionIn } from "./along.ts";
import * as contract from "./contract.ts";
import { householdParts } from "./household.ts";
import { loadBoundary, shapesUnder } from "./maps.ts";
import { endTag, listTags, writeTag } from "./portraits.ts";
import { newestSnapshot } from "./queries.ts";
import { approve, askSnapshotTask, compute, cross, dropSet, endSet, indices, insightView, listSnapshots, named, openIndex, openPortrait, ownInsight, sets, snapshotFor, trial, tryOut, write } from "./service.ts";
import type { Shipped } from "./shipped.ts";
import { indexLines, whatIfLines } from "./taken.ts";
import { crossCsv, crossXlsx } from "./workbook.ts";

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const csv = "text/csv; charset=utf-8";
const plain = <T>(value: unknown): T => JSON.parse(JSON.stringify(value)) as T;

const triedOut = (platform: Platform, shipped: Shipped) => async (tx: Tx, { question, lang }: { readonly question: string; readonly lang?: "zh" | "en" | undefined }) => {
  const asked = questionIn(contract.whatIf.body, question);
  const found = await tryOut(tx, platform, shipped, asked);
  return whatIfLines(found, { asked, ...(await named(tx, shipped, asked)) }, lang ?? "zh");
};

/** The name of a file in the language that was asked for. */
const fileIn = (zh: string, en: string, extension: string, language: "zh" | "en" | undefined): string => `${language === "en" ? en : zh}.${extension}`;

export const routes = (platform: Platform, shipped: Shipped): Binding[] => [
  bind(contract.takeSnapshot, (tx, { body }) => askSnapshotTask(tx, platform, body)),
  bind(contract.listSnapshots, (tx) => listSnapshots(tx)),
  bind(contract.getInsight, (tx, { query }) => insightView(tx, shipped, query)),
  bind(contract.crossTable, (tx, { body }) => cross(tx, platform, shipped, body)),
  bind(contract.crossWorkbook, async (tx, { query }) => ({ fileName: fileIn("交叉表", "cross-table", "xlsx", query.lang), mime: xlsx, bytes: await crossXlsx(await cross(tx, platform, shipped, questionIn(contract.crossTable.body, query.question)), query.lang ?? "zh") })),
  bind(contract.crossLines, async (tx, { query }) => ({ fileName: fileIn("交叉表", "cross-table", "csv", query.lang), mime: csv, bytes: crossCsv(await cross(tx, platform, shipped, questionIn(contract.crossTable.body, query.question)), query.lang ?? "zh") })),
  bind(contract.computeIndex, (tx, { body }) => compute(tx, platform, shipped, body)),
  bind(contract.listIndices, (tx, { query }) => indices(tx, query.scheme)),
  bind(contract.getIndex, (tx, { params }) => openIndex(tx, params.id)),
  bind(contract.indexWorkbook, async (tx, { params, query }) => ({ fileName: fileIn("指数", "index", "xlsx", query.lang), mime: xlsx, bytes: await asXlsx(indexLines(await openIndex(tx, params.id), query.lang ?? "zh"), "M0") })),
  bind(contract.indexLines, async (tx, { params, query }) => ({ fileName: fileIn("指数", "index", "csv", query.lang), mime: csv, bytes: asCsv(indexLines(await openIndex(tx, params.id), query.lang ?? "zh")) })),
  bind(contract.listSets, (tx, { query }) => sets(tx, shipped, query.scheme)),
  bind(contract.writeSet, (tx, { body }) => write(tx, platform, shipped, body)),
  bind(contract.trySet, (tx, { params, body }) => trial(tx, platform, shipped, params.id, body.scheme)),
  bind(contract.approveSet, (tx, { params }) => approve(tx, platform, params.id)),
  bind(contract.dropSet, (tx, { params }) => dropSet(tx, platform, params.id)),
  bind(contract.endSet, (tx, { params }) => endSet(tx, platform, params.id)),
  bind(contract.whatIf, (tx, { body }) => tryOut(tx, platform, shipped, body)),
  bind(contract.whatIfWorkbook, async (tx, { query }) => ({ fileName: fileIn("试算", "what-if", "xlsx", query.lang), mime: xlsx, bytes: await asXlsx(await triedOut(platform, shipped)(tx, query), query.lang === "en" ? "What if" : "政策试算") })),
  bind(contract.whatIfLines, async (tx, { query }) => ({ fileName: fileIn("试算", "what-if", "csv", query.lang), mime: csv, bytes: asCsv(await triedOut(platform, shipped)(tx, query)) })),
  bind(contract.loadBoundary, async (tx, { file }) => plain(await loadBoundary(tx, platform, file))),
  bind(contract.getShapes, async (tx, { query }) => plain(await shapesUnder(tx, query.area ?? tx.actor.area))),
  bind(contract.getPortrait, (tx, { body }) => openPortrait(tx, platform, shipped, body)),
  bind(contract.listTags, async (tx, { query }) => plain({ rows: await listTags(tx, platform, (await newestSnapshot(tx, query)) && (await snapshotFor(tx, query)), ownInsight(shipped, query.scheme).insight) })),
  bind(contract.writeTag, (tx, { body }) => writeTag(tx, platform, ownInsight(shipped, body.scheme).insight, body)),
  bind(contract.endTag, (tx, { params }) => endTag(tx, platform, params.id)),
  bind(contract.getHouseholdParts, async (tx, { params, query }) => plain(await householdParts(tx, platform, shipped, params, query.set))),
];
