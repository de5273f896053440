// An office with many enrolled terminals, made by SQL: some of them with real keys, a village each and people to capture; and their sealed bundles.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { veterans } from "../../schemes/veterans/scheme.ts";
import type { CaptureEntry, PictureEntry } from "../../src/bundle/contents.ts";
import { seal } from "../../src/bundle/seal.ts";
import { keyName, suites } from "../../src/bundle/suite.ts";
import { areaRange } from "../../src/core/area-code.ts";
import { newId } from "../../src/core/ids.ts";
import { createCampaign } from "../../src/modules/campaigns/service.ts";
import { officeKeys } from "../../src/modules/fieldwork/office-keys.ts";
import { contentFor } from "../../src/modules/fieldwork/person-content.ts";
import { addBasePeople } from "../../src/modules/records/service.ts";
import { publishScheme } from "../../src/modules/schemes/service.ts";
import { readConfig } from "../../src/platform/config.ts";
import { systemActor } from "../../src/platform/database.ts";
import { openInstallation, type Installation } from "../../src/platform/start.ts";
import { baseAnswers, county, drawPortrait, mobileOf, portraitOf, townshipOf, villageCode } from "./people.ts";

/** One piece of work as it was packed: whose it is, and what the office must have of it afterwards. */
export type Sent = { readonly entry: string; readonly record: string; readonly photo: string; readonly sha256: string; readonly mobile: string };
/** A terminal as the other process plays it; keys in hexadecimal. */
export type Played = { readonly id: string; readonly seed: string; readonly sealSecret: string; readonly sealPublic: string; readonly cursor: string; readonly file: string; readonly entries: readonly string[] };
export type Job = { readonly officeSign: string; readonly piece: number; readonly terminals: readonly Played[] };
export type Planted = { readonly installation: Installation; readonly owner: pg.Client; readonly folder: string; readonly job: Job; readonly sent: readonly Sent[]; readonly bytes: number; readonly photoBytes: number; readonly stop: () => Promise<void> };

const suite = suites.international;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const none = "0".repeat(64);

export async function plant(folder: string, input: { readonly devices: number; readonly active: number; readonly records: number; readonly piece: number }): Promise<Planted> {
  fs.rmSync(folder, { recursive: true, force: true });
  const installation = await openInstallation(readConfig({ data: folder }));
  const { platform } = installation;
  const owner = new pg.Client(installation.owner);
  await owner.connect();
  await owner.query("insert into installation (demo) values (true)");
  const villages = Array.from({ length: input.active }, (_, n) => villageCode(n));
  const accounts = await placesAndCollectors(owner, villages);
  const campaign = await platform.database.write(systemActor("bench"), async (tx) => {
    const { scheme, version } = await publishScheme(tx, veterans);
    return createCampaign(tx, { scheme, version, name: { zh: "基准", en: "Bench" }, area: county * 1e6, referenceDate: "2018-10-01", startsOn: "2018-10-01", endsOn: "2099-12-31" });
  });
  const people = Array.from({ length: input.active * input.records }, (_, n) => ({ index: n, area: villages[Math.floor(n / input.records)]!, answers: baseAnswers(n, Math.floor(n / input.records)) }));
  const { added } = await platform.database.write(systemActor("bench", county * 1e6, county * 1e6 + 999_999), (tx) => addBasePeople(tx, platform, { campaign, batchId: newId(), people }));
  if (added.length !== people.length) throw new Error(`${added.length} of ${people.length} people are on the list`);
  const records = new Map(added.map((one) => [one.index, one.recordId]));

  const keys = villages.map(() => ({ id: newId(), down: newId(), seal: suite.newSealKeys(), sign: suite.newSignKeys(), person: suite.newSignKeys() }));
  await enrolledIdle(owner, villages, input.devices - input.active);
  await enrolledActive(owner, keys.map((one, n) => ({ ...one, area: villages[n]!, account: accounts[n]! })), { campaign: campaign.id, scheme: `${campaign.scheme}@${campaign.version}` });
  await owner.query("analyze");

  const office = officeKeys(platform.keys, "international");
  const drawn = await drawPortrait();
  const now = new Date();
  const sent: Sent[] = [];
  let bytes = 0;
  const terminals: Played[] = [];
  for (const [n, one] of keys.entries()) {
    const pieces = [];
    const own: Sent[] = [];
    for (let i = n * input.records; i < (n + 1) * input.records; i += 1) {
      const photo = portraitOf(drawn, i);
      const work: Sent = { entry: newId(), record: records.get(i)!, photo: newId(), sha256: createHash("sha256").update(photo).digest("hex"), mobile: mobileOf(i) };
      const before = contentFor(veterans, "listed", people[i]!.answers);
      const answers = { ...before, general: { ...people[i]!.answers["general"], education: "60", mobile: work.mobile, photo_recent: work.photo } };
      const at = now.toISOString();
      const capture = { type: "capture", entry: work.entry, campaign: campaign.id, scheme: campaign.scheme, version: campaign.version, hash: none, county, record: work.record, fresh: false, area: villages[n]!, basedOn: 1, before, answers, channel: "home", submit: false, pictures: [work.photo], startedAt: at, finishedAt: at } as unknown as CaptureEntry;
      const picture: PictureEntry = { type: "picture", entry: work.entry, id: work.photo, path: "general.photo_recent", mime: "image/jpeg", sha256: work.sha256 };
      pieces.push({ entry: capture }, { entry: picture, bytes: new Uint8Array(photo) });
      own.push(work);
    }
    const header = { kind: "captures", from: one.id, to: `office:${county}`, seq: 1, previous: none, created: now.toISOString(), expires: new Date(now.getTime() + 30 * 86_400_000).toISOString(), about: { skewSeconds: 0 } } as const;
    const file = path.join(folder, `${n}.qcb`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of seal({ suite: "international", header, pieces, device: one.sign, person: one.person, receiver: office.seal.publicKey })) chunks.push(chunk);
    const whole = Buffer.concat(chunks);
    fs.writeFileSync(file, whole);
    bytes += whole.length;
    sent.push(...own);
    terminals.push({ id: one.id, seed: hex(one.sign.secretKey), sealSecret: hex(one.seal.secretKey), sealPublic: hex(one.seal.publicKey), cursor: `1.${one.down}`, file, entries: own.map((work) => work.entry) });
  }
  return {
    installation,
    owner,
    folder,
    job: { officeSign: hex(office.sign.publicKey), piece: input.piece, terminals },
    sent,
    bytes,
    photoBytes: drawn.length,
    async stop() {
      await owner.end();
      await installation.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The tree of areas, an office a township, and a collector a terminal. @returns the collectors' accounts */
async function placesAndCollectors(owner: pg.Client, villages: readonly number[]): Promise<string[]> {
  const townships = [...new Set(villages.map((_, n) => townshipOf(n)))];
  const area = (code: number, level: number, parent: number): Promise<unknown> =>
    owner.query("insert into area (code, level, parent, hi, name, full_name, pinyin, initials, edition, valid_from) values ($1, $2, $3, $4, $5, $5, '', '', 'bench', '2023-01-01')", [code, level, parent, areaRange(code).hi, `虚构区划${code}`]);
  await area(county * 1e6, 3, Math.floor(county / 100) * 1e8);
  for (const code of townships) await area(code, 4, county * 1e6);
  for (const [n, code] of villages.entries()) await area(code, 5, townshipOf(n));
  const offices = new Map(townships.map((code) => [code, newId()]));
  for (const [code, id] of offices) await owner.query("insert into office (id, area, department, name) values ($1, $2, 'bench', $3)", [id, code, `虚构办公室${code}`]);
  const accounts = villages.map(() => newId());
  await owner.query(
    "insert into account (id, login, name, office_id, password_hash, roles, ends_on) select a, 'collector-' || n, '虚构采集员' || n, o, 'none', '{collector}', '2099-12-31' from unnest($1::uuid[], $2::uuid[]) with ordinality as x (a, o, n)",
    [accounts, villages.map((_, n) => offices.get(townshipOf(n)))],
  );
  return accounts;
}

/** Terminals that are enrolled and silent: keys that nobody holds. */
async function enrolledIdle(owner: pg.Client, villages: readonly number[], count: number): Promise<void> {
  await owner.query(
    `with made as (
       insert into device (county, id, area, label, state, suite, seal_key, sign_key, key_name, lease_days, wipe_after_days, registered_by, enrolled_at, last_seen_at)
       select ${county}, gen_random_uuid(), ($1::bigint[])[1 + g % $2], '终端 ' || g, 'active', 'international', encode(sha256(('seal' || g)::bytea), 'hex'), encode(sha256(('sign' || g)::bytea), 'hex'), md5('name' || g), 14, 7, 'bench', now(), now()
       from generate_series(1, $3) g returning county, id, area)
     insert into device_lease (county, device_id, no, area, from_at, until_at, granted_by) select county, id, 1, area, now(), now() + interval '14 days', 'bench' from made`,
    [villages, villages.length, Math.max(0, count)],
  );
}

type Active = { readonly id: string; readonly down: string; readonly area: number; readonly account: string } & Readonly<Record<"seal" | "sign" | "person", { readonly publicKey: Uint8Array }>>;

/** Terminals with a collector and a lease that hold their village's people: the bundle that brought them is noted as made and taken in. */
async function enrolledActive(owner: pg.Client, all: readonly Active[], holds: { readonly campaign: string; readonly scheme: string }): Promise<void> {
  for (const one of all) {
    const name = (key: Uint8Array): string => hex(keyName(suite, key));
    await owner.query(
      `insert into device (county, id, area, label, state, suite, seal_key, sign_key, key_name, lease_days, wipe_after_days, registered_by, enrolled_at, down_seq, down_digest, confirmed_seq)
       values (${county}, $1, $2, '上传终端', 'active', 'international', $3, $4, $5, 14, 7, 'bench', now(), 1, '${none}', 1)`,
      [one.id, one.area, hex(one.seal.publicKey), hex(one.sign.publicKey), name(one.sign.publicKey)],
    );
    await owner.query("insert into device_lease (county, device_id, no, area, from_at, until_at, granted_by) values ($1, $2, 1, $3, now(), now() + interval '14 days', 'bench')", [county, one.id, one.area]);
    await owner.query(
      "insert into device_operator (county, device_id, account, area, trained_on, until, sign_key, key_name, activated_at, added_by) values ($1, $2, $3, $4, '2018-10-20', '2099-12-31', $5, $6, now(), 'bench')",
      [county, one.id, one.account, one.area, hex(one.person.publicKey), name(one.person.publicKey)],
    );
    await owner.query(
      `insert into down_bundle (county, device_id, seq, id, area, way, state, whole, snapshot, cluster, revocation_no, lease_no, taken_seq, holds, digest, asked_by, at)
       select $1, $2, 1, $3, $4, 'http', 'ready', true, pg_current_snapshot()::text, (select system_identifier::text from pg_control_system()), 0, 1, 0, $5, '${none}', 'bench', now()`,
      [county, one.id, one.down, one.area, [`campaign:${holds.campaign}`, `scheme:${holds.scheme}`]],
    );
  }
}
