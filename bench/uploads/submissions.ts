// A process of its own that sends the same people's forms and photos to the peer, as many senders at the same time as there are terminals,
// each its people one after another, once and uncut: the peer's best case. `submissions.ts <address> <senders> <each> <round>`.
import http from "node:http";
import { baseAnswers, drawPortrait, mobileOf, portraitOf } from "./people.ts";
import { pause, send } from "./wire.ts";

export type Submitted = { readonly seconds: number; readonly acknowledged: readonly number[]; readonly again: number; readonly processor: number };

const [address = "", senders = "1", each = "1", round = "1"] = process.argv.slice(2);
const drawn = await drawPortrait();
const escaped = (value: unknown): string => String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const elements = (value: unknown): string =>
  Array.isArray(value) ? value.map((one) => `<item>${elements(one)}</item>`).join("") : typeof value === "object" && value !== null ? Object.entries(value).map(([key, one]) => `<${key}>${elements(one)}</${key}>`).join("") : escaped(value);

const bodies = Array.from({ length: Number(senders) * Number(each) }, (_, n) => {
  const xml = Buffer.from(`<data id="veterans" version="1"><meta><instanceID>uuid:${round}-${n}</instanceID></meta>${elements(baseAnswers(n, Math.floor(n / Number(each)), { education: "60", mobile: mobileOf(n), photo_recent: "photo.jpg" }))}</data>`);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(xml.length);
  return Buffer.concat([length, xml, portraitOf(drawn, n)]);
});
const acknowledged: number[] = [];
let again = 0;
const before = process.cpuUsage();
const started = performance.now();
await Promise.all(
  Array.from({ length: Number(senders) }, async (_, sender) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    for (let n = sender * Number(each); n < (sender + 1) * Number(each); n += 1) {
      for (;;) {
        const headers = { "content-type": "application/octet-stream", "x-instance-id": `uuid:${round}-${n}`, "x-form-id": "veterans", "x-submitter": `collector-${sender}` };
        const heard = await send(agent, address, { method: "POST", path: "/submission", headers, payload: bodies[n]! });
        if (heard?.status === 201) {
          acknowledged.push(heard.milliseconds);
          break;
        }
        again += 1;
        await pause(500);
      }
    }
    agent.destroy();
  }),
);
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ seconds, acknowledged, again, processor: (user + system) / 1e6 } satisfies Submitted));
