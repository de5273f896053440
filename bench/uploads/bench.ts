// Many terminals upload at the same time through the whole server, over lines that break, each bundle twice; then every piece of work is looked
// up. Beside it, in the same run, a peer that only stores forms with a photo. UPLOADS_DEVICES: enrolled terminals; UPLOADS_ACTIVE: those that
// upload at the same time; UPLOADS_RECORDS: captures in each bundle; UPLOADS_PIECE: bytes of a piece.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import pg from "pg";
import { openOffice } from "../../src/server.ts";
import { projectRoot } from "../../src/platform/config.ts";
import { startWorker } from "../../src/worker.ts";
import { quantile } from "../county.ts";
import { measured, type Measured } from "../findings/cpu.ts";
import type { Bench, Figure } from "../run.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { plant, type Planted } from "./planted.ts";
import type { Submitted } from "./submissions.ts";
import type { Seen } from "./terminals.ts";

const size = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const devices = size("UPLOADS_DEVICES", 20_000);
const active = size("UPLOADS_ACTIVE", 500);
const records = size("UPLOADS_RECORDS", 10);
const piece = size("UPLOADS_PIECE", 64 << 10);
const all = active * records;
const said = (n: number): string => Math.round(n).toLocaleString("en");

const child = async <T>(file: string, ...words: readonly (string | number)[]): Promise<T> => {
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, file), ...words.map(String)], { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout) as T;
};

async function uploads({ installation, owner, folder, job, sent }: Planted): Promise<Measured<Seen> & { readonly outcome: Outcome; readonly faults: number }> {
  const { platform } = installation;
  let faults = 0;
  const log = (line: Readonly<Record<string, unknown>>): void => {
    faults += 1;
    if (faults <= 5) console.error(JSON.stringify(line));
  };
  const worker = await startWorker(platform, log);
  const office = await openOffice(platform, { host: "127.0.0.1", port: 0, officeFolder: "none", log });
  try {
    const file = path.join(folder, "job.json");
    fs.writeFileSync(file, JSON.stringify(job));
    const seen = await measured(installation.postgresPid(), () => child<Seen>("terminals.ts", file, office.address));
    await worker.settle();
    return { ...seen, outcome: await outcomeOf(platform, owner, sent, seen.result), faults };
  } finally {
    await office.stop();
    await worker.stop();
  }
}

/** Server, database and sender of the peer; the same database server, the same number of connections and senders. */
async function peer({ installation, owner }: Planted, round: number): Promise<Submitted & { readonly server: number; readonly database: number }> {
  const connection = { ...installation.owner, database: "peer" } as pg.ClientConfig;
  if (round === 1) await owner.query("create database peer");
  const server = spawn(process.execPath, [path.join(import.meta.dirname, "peer.ts"), JSON.stringify(connection)], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const address = String((await lines.next()).value);
  const { result, database } = await measured(installation.postgresPid(), () => child<Submitted>("submissions.ts", address, active, records, round));
  server.stdin.end();
  const processor = Number((await lines.next()).value);
  if (server.exitCode === null) await once(server, "exit");
  const look = new pg.Client(connection);
  await look.connect();
  const { rows } = await look.query<{ n: number }>("select count(*)::int as n from submission where instance_id like $1", [`uuid:${round}-%`]);
  await look.end();
  if (rows[0]?.n !== all) throw new Error(`the peer stored ${rows[0]?.n} of ${all}`);
  return { ...result, server: processor, database };
}

const milliseconds = (samples: readonly number[]): string => `p95 ${said(quantile(samples, 0.95))} ms`;

export const bench: Bench = {
  summary: `${said(devices)} enrolled terminals, ${said(active)} upload at the same time, each a bundle of ${records} captures with a photo each, sent twice`,
  async run(): Promise<Figure[]> {
    const planted = await plant(path.join(projectRoot, ".cache", "bench", `uploads-${process.pid}`), { devices, active, records, piece });
    try {
      const before = await peer(planted, 1);
      const ours = await uploads(planted);
      const after = await peer(planted, 2);
      const { result: seen, outcome } = ours;
      const [rate, peerRate] = [all / seen.seconds, (2 * all) / (before.seconds + after.seconds)];
      const each = (seconds: number): string => `${((seconds / all) * 1000).toFixed(2)} ms`;
      const [serving, peerServing] = [(ours.ours + ours.database) / all, (before.server + before.database + after.server + after.database) / 2 / all];
      return [
        { what: "captures lost", value: said(outcome.lost), beside: `aim 0; of ${said(all)}: record, answers, photo and receipt looked up one by one${outcome.why.length > 0 ? ` (${outcome.why.join("; ")})` : ""}` },
        { what: "captures applied twice", value: said(outcome.double), beside: `aim 0; outcomes ${JSON.stringify(outcome.outcomes)}; ${seen.notTheSameUpload} bundles under two uploads; ${ours.faults} faults logged` },
        { what: "lines cut in a piece and gone on with", value: said(seen.cuts), beside: `${said(seen.requests)} requests; ${said(seen.again)} told “not now” and asked again` },
        { what: "records/s, from the first byte to the last receipt", value: rate.toFixed(1), beside: `${seen.seconds.toFixed(1)} s; ${(planted.bytes / 1e6).toFixed(0)} MB sealed; the last byte was here after ${seen.handedOver.toFixed(1)} s (${said(all / seen.handedOver)} records/s taken over)` },
        { what: `acknowledgement of a piece (${piece >> 10} KB, flushed)`, value: milliseconds(seen.acknowledged), beside: `median ${said(quantile(seen.acknowledged, 0.5))} ms; ${said(seen.acknowledged.length)} pieces, ${said(active)} terminals waiting at once` },
        { what: "    processor a record, server + database", value: each(ours.ours + ours.database), beside: `${each(ours.ours)} + ${each(ours.database)}; the terminals' own side ${each(seen.processor)}; load ${os.loadavg()[0]?.toFixed(1)}` },
        { what: "peer: records/s, stored and answered, nothing else", value: peerRate.toFixed(1), beside: `before ${before.seconds.toFixed(1)} s, after ${after.seconds.toFixed(1)} s; sent once and uncut; ${before.again + after.again} asked again` },
        { what: "peer: acknowledgement of a form with its photo", value: milliseconds([...before.acknowledged, ...after.acknowledged]), beside: `photo ${(planted.photoBytes / 1024).toFixed(0)} KB` },
        { what: "    processor a record, server + database", value: each(peerServing * all), beside: `ours takes ${(serving / peerServing).toFixed(1)} × the processor time` },
        { what: "peer : ours, records/s to the receipt", value: `${(peerRate / rate).toFixed(1)} ×`, beside: `to the flushed and acknowledged bundle ${((peerRate * seen.handedOver) / all).toFixed(1)} ×; ours has then opened, checked, merged, stored as a revision and receipted each` },
      ];
    } finally {
      await planted.stop();
    }
  },
};
