// Submits real captures over HTTP: pictures first, then the answers; only the submitting request is timed.
import { drawImages } from "../../src/cli/demo/images.ts";
import type { County } from "../../src/cli/demo/county.ts";
import { withPictures } from "../../src/cli/demo/loop-capture.ts";
import type { World } from "../../src/cli/demo/world.ts";
import { attachMedia, searchPeople } from "../../src/modules/records/service.ts";

type Call = (cookie: string, method: string, path: string, body?: unknown) => Promise<{ status: number; json: Record<string, unknown> }>;

/** @returns milliseconds of each submission */
export async function captureForBench(world: World, county: County, call: Call, signIn: (login: string) => Promise<string>, rounds: number): Promise<number[]> {
  const images = await drawImages(1);
  const times: number[] = [];
  const cookies = new Map<number, string>();
  for (const person of county.persons()) {
    if (times.length >= rounds) break;
    const [visit] = county.capturesOf(person);
    if (!visit || visit.who !== "base" || visit.outcome || visit.handover || visit.plan !== "clean") continue;
    const collector = world.collectors[visit.townshipIndex]![0];
    const cookie = cookies.get(visit.townshipIndex) ?? (await signIn(`collector-${String(visit.townshipIndex + 1).padStart(2, "0")}a`));
    cookies.set(visit.townshipIndex, cookie);
    const { platform } = world;
    const found = await platform.database.write(collector, (tx) => searchPeople(tx, platform, { campaign: world.campaign.id, q: visit.idNumber }));
    const row = found.rows[0];
    if (!row) continue;
    const files = visit.pictures.map((use) => ({ path: use.path, bytes: images[use.palette][use.index % images[use.palette].length]! }));
    const stored = await platform.database.write(collector, (tx) => attachMedia(tx, platform, { county: row.county, id: row.id, files }));
    const answers = withPictures(visit.answers, visit.pictures, stored.map((media) => media.id));
    const started = performance.now();
    const reply = await call(cookie, "PUT", `/api/records/${row.county}/${row.id}/capture`, { basedOn: row.head, answers, channel: visit.channel, provenance: visit.provenance, reason: "已核对（虚构示例）", submit: true });
    times.push(performance.now() - started);
    if (reply.status !== 200) throw new Error(`submission answered ${reply.status}: ${JSON.stringify(reply.json["issues"] ?? reply.json)}`);
  }
  return times;
}
