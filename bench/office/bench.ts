// What a person at the office feels at 100,000 people: search by number and by name, opening a record, submitting one — over HTTP.
import { openOffice } from "../../src/server.ts";
import { captureForBench } from "./captures.ts";
import { benchCounty, quantile } from "../county.ts";
import { demoPassword } from "../../src/cli/demo/world.ts";
import type { Bench } from "../run.ts";

const people = 125_000;
const rounds = 200;

export const bench: Bench = {
  summary: "at 100,000 people on the list, one person at work, through the whole server",
  async run() {
    const { installation, world, county, stop } = await benchCounty(people);
    const office = await openOffice(installation.platform, { host: "127.0.0.1", port: 0, officeFolder: "none" });
    const call = async (cookie: string, method: string, path: string, body?: unknown): Promise<{ status: number; json: Record<string, unknown>; cookie: string }> => {
      const response = await fetch(office.address + path, { method, headers: { cookie, ...(body !== undefined && { "content-type": "application/json" }), "idempotency-key": crypto.randomUUID() }, ...(body !== undefined && { body: JSON.stringify(body) }) });
      return { status: response.status, json: (await response.json()) as Record<string, unknown>, cookie: response.headers.get("set-cookie")?.split(";")[0] ?? cookie };
    };
    const signIn = async (login: string): Promise<string> => (await call("", "POST", "/api/session", { login, password: demoPassword })).cookie;
    const lead = await signIn("county-reviewer");
    const listed = county.persons().filter((person) => person.onBaseList && person.plan === "clean");
    const every = Math.floor(listed.length / rounds);
    const sample = Array.from({ length: rounds }, (_, i) => listed[i * every]!);
    const timed = async (work: (i: number) => Promise<{ status: number }>, warm = 10): Promise<number[]> => {
      for (let i = 0; i < warm; i++) await work(i);
      const times: number[] = [];
      for (let i = 0; i < rounds; i++) {
        const started = performance.now();
        const { status } = await work(i);
        times.push(performance.now() - started);
        if (status !== 200) throw new Error(`answered ${status}`);
      }
      return times;
    };
    const search = (q: string): ReturnType<typeof call> => call(lead, "POST", "/api/people/search", { campaign: world.campaign.id, q });
    const ids: string[] = [];
    const byId = await timed(async (i) => {
      const reply = await search(sample[i]!.idNumber);
      const [row] = reply.json["rows"] as { id: string }[];
      if (row) ids.push(row.id);
      return reply;
    });
    const byName = await timed((i) => search(sample[i]!.name));
    const byPart = await timed((i) => search([...sample[i]!.name].slice(-2).join("")));
    const open = await timed((i) => call(lead, "GET", `/api/records/${world.county}/${ids[i % ids.length]}`));
    const submit = await captureForBench(world, county, call, signIn, rounds);
    await office.stop();
    await stop();
    const line = (what: string, times: readonly number[], aim: number) => ({ what, value: `p95 ${quantile(times, 0.95).toFixed(1)} ms`, beside: `median ${quantile(times, 0.5).toFixed(1)} ms; aim p95 ≤ ${aim} ms` });
    return [line("search by ID number", byId, 20), line("search by name", byName, 100), line("search by part of a name", byPart, 100), line("open a record", open, 50), line("submit a capture", submit, 100)];
  },
};
