// The visits: collectors find people on their lists, capture them with photos and signature, record outcomes, hand people over.
import { maskId } from "../../core/citizen-id.ts";
import { Problem } from "../../core/problem.ts";
import type { Answers } from "../../scheme/model.ts";
import type { Actor } from "../../platform/database.ts";
import { addPerson, type CaptureContent, type CaptureReply, listRecords, saveCapture, searchPeople, setOutcome, signedDigestOf, takePictures } from "../../modules/records/service.ts";
import { askHandover, settleHandover } from "../../modules/review/service.ts";
import type { Capture, PictureUse } from "./captures.ts";
import type { Images } from "./images.ts";
import { inParallel } from "../../platform/lanes.ts";
import type { World } from "./world.ts";

/** A record as its collector knows it. */
export type Held = { readonly county: number; readonly id: string; head: number };
/** Records by the person's key; second captures of somebody stand apart; visits whose planted fault a reviewer will find are kept. */
export type Caught = { readonly first: Map<string, Held>; readonly second: Map<string, Held>; readonly faulty: Map<string, Capture> };

export type Picture = { readonly path: string; readonly bytes: Buffer; readonly fileName: string };

const lanes = 6;
const reason = "已与本人及材料核对，情况属实（虚构示例）";

/** Makes all visits in the order given, a few at a time. Second captures come last and begin when all first ones are done. */
export async function makeVisits(world: World, captures: Iterable<Capture>, images: Images, onVisit: (done: number) => void): Promise<Caught> {
  const caught: Caught = { first: new Map(), second: new Map(), faulty: new Map() };
  const lists = new Map<number, Promise<VisitList>>();
  const seconds: Capture[] = [];
  let done = 0;
  await inParallel(captures, lanes, async (visit) => {
    if (visit.second) return void seconds.push(visit);
    const known = lists.get(visit.townshipIndex) ?? listOf(world, world.collectors[visit.townshipIndex]![0]);
    lists.set(visit.townshipIndex, known);
    const held = await makeVisit(world, visit, images, await known);
    caught.first.set(visit.person, held);
    if (visit.fault) caught.faulty.set(held.id, visit);
    onVisit(++done);
  });
  await inParallel(seconds, lanes, async (visit) => {
    caught.second.set(visit.person, await captureNew(world, world.collectors[visit.townshipIndex]![visit.collector], visit, images));
    onVisit(++done);
  });
  return caught;
}

type VisitList = ReadonlyMap<string, Held>;
const entry = (name: string, idMasked: string, birthDate: string): string => `${name} ${idMasked} ${birthDate}`;

/** The collector's list of people to visit. Two people who look the same on it are left out and found by their number. */
async function listOf(world: World, collector: Actor): Promise<VisitList> {
  const list = new Map<string, Held>();
  const twice = new Set<string>();
  let after: string | undefined;
  do {
    const page = await world.platform.database.write(collector, (tx) => listRecords(tx, world.platform, { campaign: world.campaign.id, state: "listed", limit: 500, ...(after && { after }) }));
    for (const row of page.rows) {
      const key = entry(row.name, row.idMasked, row.birthDate ?? "");
      if (list.has(key)) twice.add(key);
      list.set(key, { county: row.county, id: row.id, head: row.head });
    }
    after = page.next;
  } while (after);
  for (const key of twice) list.delete(key);
  return list;
}

async function makeVisit(world: World, visit: Capture, images: Images, list: VisitList): Promise<Held> {
  const collector = world.collectors[visit.townshipIndex]![visit.collector];
  if (visit.who === "new") {
    const held = await captureNew(world, collector, visit, images);
    if (visit.handover) await handOver(world, collector, visit, held);
    return held;
  }
  const held = await find(world, collector, visit, list);
  if (visit.handover) await handOver(world, collector, visit, held);
  if (visit.outcome) {
    const { outcome, note, date } = visit.outcome;
    const reply = await world.platform.database.write(collector, (tx) => setOutcome(tx, world.platform, { county: held.county, id: held.id, basedOn: held.head, outcome, note, ...(date && { date }) }));
    held.head = reply.head;
    return held;
  }
  const doer = visit.handover ? world.collectors[townshipIndexOf(world, visit.handover.toTownship)]![visit.collector] : collector;
  return capture(world, doer, visit, images, held, visit.answers);
}

async function find(world: World, collector: Actor, visit: Capture, list: VisitList): Promise<Held> {
  const birth = `${visit.idNumber.slice(6, 10)}-${visit.idNumber.slice(10, 12)}-${visit.idNumber.slice(12, 14)}`;
  const listed = list.get(entry(visit.name, maskId(visit.idNumber), birth));
  if (listed) return { ...listed };
  const { rows } = await world.platform.database.write(collector, (tx) => searchPeople(tx, world.platform, { campaign: world.campaign.id, q: visit.idNumber }));
  const row = rows[0];
  if (!row) throw new Error(`the base-list person ${visit.person} is not on the list of their collector`);
  return { county: row.county, id: row.id, head: row.head };
}

async function captureNew(world: World, collector: Actor, visit: Capture, images: Images): Promise<Held> {
  const inTownship = Math.floor(Number(visit.village) / 1000) === Math.floor(collector.area / 1000);
  const area = inTownship ? Number(visit.village) : collector.area;
  const reply = await signed(world, visit, images, visit.answers, (content) => world.platform.database.write(collector, (tx) => addPerson(tx, world.platform, { ...content, campaign: world.campaign, area })));
  return { county: reply.county, id: reply.id, head: reply.head };
}

/** A person who is on the list, or a record that was returned: captured anew from the revision the collector has seen. */
export async function capture(world: World, collector: Actor, visit: Capture, images: Images, held: Held, told: Answers): Promise<Held> {
  const reply = await signed(world, visit, images, told, (content) => world.platform.database.write(collector, (tx) => saveCapture(tx, world.platform, { ...content, county: held.county, id: held.id, basedOn: held.head })));
  held.head = reply.head;
  return held;
}

/** Pictures are taken in, the answers name them, the person signs; sent once more with a reason when the rules ask for one. */
async function signed(world: World, visit: Capture, images: Images, told: Answers, send: (content: CaptureContent) => Promise<CaptureReply>): Promise<CaptureReply> {
  const { definition } = world.scheme;
  const pictures = await takePictures(world.platform, definition, world.county, visit.pictures.map((use) => pictureOf(use, images)));
  const answers = withPictures(told, visit.pictures, pictures.map((picture) => picture.id));
  const content = { answers, provenance: visit.provenance, channel: visit.channel, signedDigest: signedDigestOf(definition, answers), pictures, submit: true };
  return send(content).catch((error: unknown) => {
    if (error instanceof Problem && error.code === "record-has-issues" && error.issues.every((issue) => issue.severity === "explain")) return send({ ...content, reason });
    throw error;
  });
}

const pictureOf = (use: PictureUse, images: Images): Picture => ({ path: use.path, bytes: images[use.palette][use.index % images[use.palette].length]!, fileName: `${use.palette}-${use.index}.jpg` });

/** The answers with the stored pictures' ids where the palette stood. */
export function withPictures(answers: Answers, uses: readonly PictureUse[], ids: readonly string[]): Answers {
  const copy = structuredClone(answers) as { [form: string]: { [key: string]: unknown } };
  uses.forEach((use, i) => {
    const parts = use.path.replace(/\[(\d+)\]/g, ".$1").split(".");
    let at: { [key: string]: unknown } = copy;
    for (const part of parts.slice(0, -1)) at = at[part] as { [key: string]: unknown };
    at[parts.at(-1)!] = ids[i];
  });
  return copy as Answers;
}

const townshipIndexOf = (world: World, code: string): number => world.reviewers.findIndex((reviewer) => reviewer.area === Number(code));

/** Asked by the office that holds the record, taken by the reviewer of the right township. */
async function handOver(world: World, collector: Actor, visit: Capture, held: Held): Promise<void> {
  const { toTownship, toVillage, reason: why } = visit.handover!;
  const asked = await world.platform.database.write(collector, (tx) => askHandover(tx, world.platform, { county: held.county, id: held.id, toArea: Number(toVillage), reason: why }));
  const reviewer = world.reviewers[townshipIndexOf(world, toTownship)]!;
  await world.platform.database.write(reviewer, (tx) => settleHandover(tx, world.platform, { county: asked.county, id: asked.id, accept: true }));
}
