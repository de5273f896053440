// Short ways to make people and move their records in tests, through the same services as the routes.
import { addBasePeople, attachMedia, type CaptureContent, type CaptureReply, saveCapture } from "../src/modules/records/service.ts";
import { newId } from "../src/core/ids.ts";
import type { Tx } from "../src/platform/database.ts";
import type { Answers, FormAnswers } from "../src/scheme/model.ts";
import { areas, completeAnswers, county, picture, type World, type WorldActor } from "./world.ts";

export type Held = { readonly county: number; readonly id: string; readonly head: number };

export const as = <T>(w: World, actor: WorldActor, work: (tx: Tx) => Promise<T>): Promise<T> => w.platform.database.write(w.actors[actor], work);

/** One person of the base list in village A1, or where they are registered. */
export async function addBase(w: World, n: number, more: FormAnswers = {}): Promise<Held> {
  const people = [{ index: 0, area: areas.A1, answers: completeAnswers(n, more) }];
  const { added } = await as(w, "countyLead", (tx) => addBasePeople(tx, w.platform, { campaign: w.campaign, batchId: newId(), people }));
  if (!added[0]) throw new Error("the number is in the register already");
  return { county, id: added[0].recordId, head: 1 };
}

export const save = (w: World, held: Held, answers: Answers, more: Partial<CaptureContent> = {}, actor: WorldActor = "collectorA"): Promise<CaptureReply> =>
  as(w, actor, (tx) => saveCapture(tx, w.platform, { county: held.county, id: held.id, basedOn: held.head, channel: "home", submit: false, ...more, answers }));

/** Complete answers with photo and signature stored for the record. */
export async function withPictures(w: World, held: Held, answers: Answers, actor: WorldActor = "collectorA"): Promise<Answers> {
  const bytes = await picture();
  const [photo, signature] = await as(w, actor, (tx) => attachMedia(tx, w.platform, { ...held, files: [{ path: "general.photo_recent", bytes }, { path: "general.signature", bytes }] }));
  return { ...answers, general: { ...answers["general"], photo_recent: photo!.id, signature: signature!.id } };
}

/** A base-list person captured completely and submitted. */
export async function submitted(w: World, n: number, actor: WorldActor = "collectorA"): Promise<Held & { readonly answers: Answers }> {
  const held = await addBase(w, n);
  const answers = await withPictures(w, held, completeAnswers(n), actor);
  const reply = await save(w, held, answers, { submit: true }, actor);
  return { county, id: held.id, head: reply.head, answers };
}
