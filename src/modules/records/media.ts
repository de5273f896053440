// Pictures of a record: taken in by the photo standard, kept by content, shown with a trace.
import { sql } from "kysely";
import { Problem } from "../../core/problem.ts";
import { newId } from "../../core/ids.ts";
import type { ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { FileReply } from "../../platform/http.ts";
import { personKey, withPersonKey } from "../../platform/person-keys.ts";
import type { Platform } from "../../platform/platform.ts";
import { itemAt } from "../../scheme/layout.ts";
import type { Scheme } from "../../scheme/model.ts";
import { loadScheme } from "../schemes/service.ts";
import { takesMedia } from "./capture.ts";
import type { addMedia as mediaRoute } from "./contract.ts";
import { acceptPhoto } from "./photo.ts";
import { fileKeyOf, readPicture, type StoredPicture, type TakenPicture } from "./picture.ts";
import type { State } from "./rules.ts";
import { stateLabels } from "./rules.ts";

const pictures = new Set(["photo", "document", "signature"]);
/** Items that show the person's face. */
const portraits = /photo_recent$/u;

type MediaView = ReplyOf<typeof mediaRoute>;
export type NewPicture = { readonly path: string; readonly bytes: Buffer };

/** Looks at pictures by the standard of their items and stores the files. @throws Problem bad-request, photo-not-accepted, file-too-large, disk-full */
export async function takePictures(platform: Platform, scheme: Scheme, county: number, files: readonly NewPicture[]): Promise<TakenPicture[]> {
  const taken: TakenPicture[] = [];
  for (const { path, bytes: given } of files) {
    const item = itemAt(scheme, path)?.item;
    if (!item || !pictures.has(item.kind)) throw new Problem("bad-request", { zh: "此项目不收照片", en: "This item takes no picture" });
    const bytes = await acceptPhoto(given, item.maxBytes, portraits.test(path));
    taken.push({ id: newId(), path, ...(await platform.blobs.putOwn(county, bytes)), bytes: bytes.length });
  }
  return taken;
}

/** Stores pictures for items of one record and gives their ids, which are the items' answers. @throws Problem not-found, move-not-possible, and as `takePictures` */
export async function attachMedia(tx: Tx, platform: Platform, input: { readonly county: number; readonly id: string; readonly files: readonly NewPicture[] }): Promise<MediaView[]> {
  const { county, id: recordId, files } = input;
  const record = await tx.selectFrom("record").select(["subjectId", "area", "state", "scheme", "version"]).where("county", "=", county).where("id", "=", recordId).executeTakeFirst();
  if (!record) throw new Problem("not-found");
  const state = record.state as State;
  if (!takesMedia.includes(state)) throw new Problem("move-not-possible", { zh: `“${stateLabels[state].zh}”状态下不能上传`, en: `Not possible while the record is “${stateLabels[state].en}”` });
  const { definition } = await loadScheme(tx, record.scheme, record.version);
  const taken = await takePictures(platform, definition, county, files);
  if (taken.length === 0) return [];
  const at = new Date();
  const person = await personKey(tx, platform.keys, { county, subjectId: record.subjectId });
  const rows = taken.map(({ key, ...picture }) => ({ ...picture, county, recordId, area: record.area, mime: "image/jpeg", at, fileKey: fileKeyOf(platform.keys, person, county, { id: picture.id, key }) }));
  await tx.insertInto("media").values(rows).execute();
  await audit(tx, { action: "media.add", county, area: record.area, recordId, detail: { paths: rows.map((row) => row.path) } });
  return rows.map(({ id, path, mime, bytes }) => ({ id, path, mime, bytes, at: at.toISOString() }));
}

/** Stores one picture. */
export async function addMedia(tx: Tx, platform: Platform, input: { readonly county: number; readonly id: string } & NewPicture): Promise<MediaView> {
  const [view] = await attachMedia(tx, platform, { county: input.county, id: input.id, files: [{ path: input.path, bytes: input.bytes }] });
  if (!view) throw new Problem("internal");
  return view;
}

type Row = StoredPicture & { readonly county: number; readonly area: number; readonly recordId: string; readonly mime: string };
/** The sealed key of a picture `m` of a record `r`, with the key that opens it. */
export const storedKey = withPersonKey("m.file_key", "r.county", "r.subject_id");

/** The picture itself. @throws Problem not-found */
export async function getMedia(tx: Tx, platform: Platform, input: { readonly county: number; readonly id: string; readonly media: string }): Promise<FileReply> {
  const { rows } = await sql<Row>`select m.county, m.id, m.area, m.record_id, m.mime, m.sha256, ${storedKey} as file_key from media m join record r on r.county = m.county and r.id = m.record_id
    where m.county = ${input.county} and m.id = ${input.media}::uuid and m.record_id = ${input.id}::uuid`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem("not-found");
  const bytes = await readPicture(platform, row.county, row);
  await audit(tx, { action: "media.open", county: row.county, area: row.area, recordId: row.recordId, detail: { media: row.id } });
  return { fileName: `${row.id}.jpg`, mime: row.mime, bytes, inline: true };
}
