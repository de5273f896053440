// The walk: every operation is tried by every role from every place for every scheme, held against the oracle, and every byte of every answer is searched
// for people who lie outside the caller's area.
import type { FastifyInstance } from "fastify";
import { createHash } from "node:crypto";
import { formatAreaCode } from "../../src/core/area-code.ts";
import type { RouteShape } from "../../src/core/route.ts";
import { createHttp } from "../../src/platform/http.ts";
import { openZip } from "../../src/platform/zip-parts.ts";
import { maskId } from "../../src/core/citizen-id.ts";
import { maskName } from "../../src/core/names.ts";
import { type PlainKind, plainKinds, shownPlain } from "../../src/modules/access/display.ts";
import { rowOf } from "../../src/modules/access/matrix.ts";
import { allBindings } from "../../src/server.ts";
import type { Platform } from "../../src/platform/platform.ts";
import { publicId } from "../../src/modules/releases/notice.ts";
import { pdfText, streamsOf } from "../pdf-text.ts";
import { mayDo, type Place, places, sees } from "./oracle.ts";
import { type Finder, finderOf } from "./find.ts";
import { type Asked, askFor, purposesOf } from "./requests.ts";
import { insideOfSealed } from "./sealed.ts";
import { makeTargets, type Targets } from "./targets.ts";
import { playedSessions } from "../world.ts";
import { type Canary, type Ground, openGround, type Principal, type SchemeKey, schemes, type Tokens } from "./world.ts";

export type Fault = { readonly cell: string; readonly fault: string };
export type Walked = { readonly cells: number; readonly operations: number; readonly byStatus: Readonly<Record<string, number>>; readonly withoutThing: readonly string[]; /** What of people stands in the answers of an operation. */ readonly told: ReadonlyMap<string, Told>; /** What was opened with a receiver's key, and how many people of the caller's area stood in it. */ readonly opened: Readonly<Record<string, number>>; readonly leaks: readonly Fault[]; readonly wrong: readonly Fault[]; readonly seconds: number };

async function appOf(ground: Ground, platform: Platform, faults: unknown[]): Promise<FastifyInstance> {
  return createHttp({
    database: platform.database,
    bindings: allBindings(platform),
    isSetUp: async () => true,
    log: (line) => faults.push(line),
    sessions: playedSessions((token) => ground.principals.get(token)),
  });
}

const kinds = Object.keys(plainKinds) as PlainKind[];
const unpacked = new WeakMap<Buffer, Buffer>();
/** The bytes of an answer and of everything packed inside it. */
export function bytesOf(raw: Buffer): Buffer {
  const inside = unpacked.get(raw) ?? unpack(raw);
  unpacked.set(raw, inside);
  return inside;
}

function unpack(raw: Buffer): Buffer {
  if (raw.subarray(0, 2).toString("latin1") === "PK") {
    const zip = openZip(raw);
    return Buffer.concat([raw, ...zip.names.map((name) => zip.read(name, 64 << 20) ?? Buffer.alloc(0))]);
  }
  if (raw.subarray(0, 4).toString("latin1") === "%PDF") return Buffer.concat([raw, ...streamsOf(raw), Buffer.from(pdfText(raw))]);
  return raw;
}

const finders = new WeakMap<readonly Tokens[], Finder>();
/** What stands of these people in the bytes: the parts of their names and numbers, as they are and masked. */
function foundOf(inside: Buffer, people: readonly (Tokens & { readonly record?: string })[]): ReadonlySet<string> {
  const find = finders.get(people) ?? finderOf(people.flatMap((one) => [...kinds.map((kind) => one[kind]), ...shownForms(one), ...(one.record === undefined ? [] : [one.record])]));
  finders.set(people, find);
  return find(inside);
}

const tokensOf = (canary: Canary): readonly string[] => [canary.name, canary.idNumber, canary.phone, canary.address, canary.record];
/** @returns a token of somebody outside the caller's area that stands in the answer though not in the question */
export function leakIn(answer: Buffer, question: string, caller: Principal, canaries: readonly Canary[], offered?: string): string | undefined {
  const found = foundOf(bytesOf(answer), canaries);
  for (const canary of canaries) {
    if (sees(places[caller.place], formatAreaCode(canary.area))) continue;
    if (offered !== undefined && offered === canary.record) continue;
    const token = tokensOf(canary).find((one) => found.has(one) && !question.includes(one));
    if (token !== undefined) return `${canary.scheme} at ${canary.area}`;
  }
  return undefined;
}

/** What stood unmasked before offices that go to people and before those above them, and whether anybody stood there at all. */
export type Told = { readonly nearby: Set<PlainKind>; readonly above: Set<PlainKind>; somebody: boolean };
/** @returns what of a person stands in the answer unmasked, though not in the question */
export function plainIn(inside: Buffer, question: string, people: readonly Tokens[]): PlainKind[] {
  const found = foundOf(inside, people);
  return kinds.filter((kind) => people.some((person) => found.has(person[kind]) && !question.includes(person[kind])));
}
const shownForms = ({ name, idNumber }: Tokens): readonly string[] => [name, maskName(name), idNumber, maskId(idNumber), publicId(maskId(idNumber))];
function anybodyIn(inside: Buffer, people: readonly Tokens[]): boolean {
  const found = foundOf(inside, people);
  return people.some((one) => shownForms(one).some((form) => found.has(form)));
}

/** From where each role looks at people in the course of its work, and one office above: these cells are always walked, in a sample for one programme. */
const desks: Readonly<Record<string, Place>> = { collector: "villageA1", entrusted: "villageA1", "township-reviewer": "townshipA" };
const isAbove = ({ place }: Principal): boolean => ["ministry", "province", "city"].includes(place);
const atDesk = (caller: Principal, operation: string): boolean => caller.place === (desks[caller.role] ?? "county") || (caller.place === "city" && caller.role.startsWith("county") && shownPlain[operation]?.nearby === true);

/** The person who is offered to the caller's office may be seen there. */
function offeredTo(caller: Principal, targets: Targets): string | undefined {
  const handover = targets.of("/api/handovers/:county/:id", "veterans");
  return handover?.to !== undefined && sees(places[caller.place], formatAreaCode(handover.to)) ? handover.person : undefined;
}

/** What an answer says that the oracle does not: undefined when all is well. */
function wrongIn(status: number, code: unknown, caller: Principal, allowed: readonly string[], asked: Asked, reach: string): string | undefined {
  if (status >= 500) return `the program failed (${status})`;
  if (allowed.includes(`~${caller.role}`) && asked.about?.by !== `${caller.role}@${caller.place}`) return status >= 400 ? undefined : `not its own, and got ${status}`;
  const may = allowed.includes("*") || allowed.includes(caller.role) || allowed.includes(`~${caller.role}`);
  if (!may) return status === 403 && code === "not-allowed" ? undefined : `may not, and got ${status} ${String(code)}`;
  if (code === "second-person-needed") return undefined;
  if (reach === "installation" || reach === "account" || asked.about === undefined) return (status === 401 && code !== "sign-in-failed") || (status === 403 && code === "not-allowed" && reach !== "scope") ? `may, and got ${status} ${String(code)}` : undefined;
  const { area, to } = asked.about;
  const visible = sees(places[caller.place], formatAreaCode(area)) || (to !== undefined && sees(places[caller.place], formatAreaCode(to)));
  if (!visible) return status === 403 || status === 404 ? undefined : `lies outside, and got ${status} ${String(code)}`;
  if (asked.missing) return status === 404 ? undefined : status === 403 ? `may, and got 403` : undefined;
  return status === 401 || status === 403 || status === 404 ? `may and sees it, and got ${status} ${String(code)}` : undefined;
}

/** Keeps what an answer told of people. */
function note(told: Map<string, Told>, operation: string, caller: Principal, answer: Buffer, question: string, people: readonly Tokens[]): void {
  const inside = bytesOf(answer);
  const now = told.get(operation) ?? { nearby: new Set(), above: new Set(), somebody: false };
  for (const kind of plainIn(inside, question, people)) now[isAbove(caller) ? "above" : "nearby"].add(kind);
  told.set(operation, { ...now, somebody: now.somebody || anybodyIn(inside, people) });
}

/** Where more was shown than the table allows. */
export const showingMore = (told: ReadonlyMap<string, Told>): string[] =>
  [...told].flatMap(([operation, { nearby, above }]) => {
    const line = shownPlain[operation];
    const more = [...nearby].filter((kind) => !line?.values.includes(kind));
    const higher = [...above].filter((kind) => line?.nearby === true || !line?.values.includes(kind));
    return [...(more.length > 0 ? [`${operation} shows ${more.join(", ")}`] : []), ...(higher.length > 0 ? [`${operation} shows offices above: ${higher.join(", ")}`] : [])];
  });

/** Lines of the table that allow what is not shown, among operations whose answers hold people on the ground. */
export const needless = (told: ReadonlyMap<string, Told>, peopled: readonly string[]): string[] => peopled.filter((operation) => shownPlain[operation] && told.get(operation)?.somebody === true && told.get(operation)?.nearby.size === 0);

/** Where a cell's digest lies, 0–1: the same every time. */
const placeOf = (cell: string): number => createHash("sha1").update(cell).digest().readUInt32BE() / 2 ** 32;

/** One of several parts that together are the whole, numbered from 1. */
export type Part = { readonly no: number; readonly of: number };

/** @param share of the cells that are walked, 0–1 @param part of these cells, when not all of them are walked at once */
export async function walk(share: number, progress: (done: number, of: number) => void = () => {}, part: Part = { no: 1, of: 1 }): Promise<Walked> {
  const ground = await openGround();
  const faults: unknown[] = [];
  const making = await appOf(ground, ground.m.w.platform, faults);
  const targets = await makeTargets(ground, making);
  const app = await appOf(ground, ground.platform, faults);
  const routes = allBindings(ground.platform).map(({ route }) => route);
  const everybody: readonly Tokens[] = [...ground.canaries, ...targets.people];
  const started = performance.now();
  const [leaks, wrong, byStatus, withoutThing]: [Fault[], Fault[], Record<string, number>, Set<string>] = [[], [], {}, new Set()];
  const told = new Map<string, Told>();
  let cells = 0;
  const ofScheme = (route: RouteShape): readonly SchemeKey[] => (rowOf(route).personal && rowOf(route).reach !== "proof" ? schemes : [schemes[0]]);
  for (const [index, route] of routes.entries()) {
    const row = rowOf(route);
    const allowed = mayDo(row.operation) ?? [];
    if (allowed.includes("-")) continue;
    for (const scheme of ofScheme(route)) {
      for (const [token, caller] of ground.principals) {
        const cell = `${row.operation} | ${scheme} | ${token}`;
        const place = placeOf(cell);
        // By other digits than the share, so that each part holds its share of the share.
        if (Math.floor((place * 1e6) % part.of) !== part.no - 1) continue;
        const looked = row.personal && (share === 1 || scheme === schemes[0]) && atDesk(caller, row.operation) && (allowed.includes(caller.role) || allowed.includes(`~${caller.role}`));
        if (!looked && place >= share) continue;
        for (const purpose of [undefined, ...(looked ? purposesOf(route) : [])]) {
          const asked = askFor(route, scheme, ground, targets, purpose);
          if (asked.missing) withoutThing.add(row.operation);
          const before = faults.length;
          const reply = await app.inject({ ...asked.options, cookies: { qingce_session: token } });
          const code = reply.headers["content-type"]?.toString().includes("json") ? (reply.json() as { code?: unknown } | null)?.code : undefined;
          cells += 1;
          byStatus[`${reply.statusCode} ${String(code ?? "")}`.trim()] = (byStatus[`${reply.statusCode} ${String(code ?? "")}`.trim()] ?? 0) + 1;
          const fault = purpose !== undefined && reply.statusCode < 500 ? undefined : wrongIn(reply.statusCode, code, caller, allowed, asked, row.reach);
          if (fault !== undefined) wrong.push({ cell, fault: faults.length > before ? `${fault}: ${JSON.stringify(faults.at(-1)).slice(0, 400)}` : reply.statusCode < 500 ? fault : `${fault}: ${reply.payload.slice(0, 300)}` });
          const question = JSON.stringify([asked.options.url, asked.options.payload]);
          if (reply.statusCode === 200) note(told, row.operation, caller, reply.rawPayload, question, everybody);
          const leak = leakIn(reply.rawPayload, question, caller, ground.canaries, offeredTo(caller, targets));
          if (leak !== undefined) leaks.push({ cell, fault: leak });
        }
      }
    }
    progress(index + 1, routes.length);
  }
  const opened: Record<string, number> = {};
  for (const { what, caller: token, content } of await insideOfSealed(ground, making)) {
    const caller = ground.principals.get(token)!;
    const leak = leakIn(content, "", caller, ground.canaries);
    if (leak !== undefined) leaks.push({ cell: `${what} | ${token}`, fault: leak });
    opened[what] = ground.canaries.filter((one) => sees(places[caller.place], formatAreaCode(one.area)) && bytesOf(content).includes(one.idNumber)).length;
  }
  const seconds = (performance.now() - started) / 1000;
  await app.close();
  await making.close();
  await ground.close();
  return { cells, operations: routes.length, byStatus, withoutThing: [...withoutThing], told, opened, leaks, wrong, seconds };
}
