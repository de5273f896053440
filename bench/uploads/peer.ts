// The peer: the simplest honest server of submissions, one Node process before PostgreSQL that stores a form and its photo in one insert
// and answers. `peer.ts <connection as JSON>`; prints its address, ends with its standard input and says then what processor time it took.
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";

const pool = new pg.Pool({ ...(JSON.parse(process.argv[2] ?? "{}") as pg.PoolConfig), max: 12 });
await pool.query(
  "create table if not exists submission (id bigint generated always as identity primary key, instance_id text not null unique, form_id text not null, submitter text not null, xml text not null, photo bytea not null, at timestamptz not null default now())",
);
const server = http.createServer((request, reply) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    const body = Buffer.concat(parts);
    const cut = 4 + body.readUInt32BE(0);
    const { "x-instance-id": instance, "x-form-id": form, "x-submitter": submitter } = request.headers;
    pool.query({ name: "store", text: "insert into submission (instance_id, form_id, submitter, xml, photo) values ($1, $2, $3, $4, $5) on conflict do nothing", values: [instance, form, submitter, body.toString("utf8", 4, cut), body.subarray(cut)] }).then(
      () => reply.writeHead(201).end("{}"),
      () => reply.writeHead(500).end(),
    );
  });
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
await once(process.stdin.resume(), "end");
const { user, system } = process.cpuUsage();
process.stdout.write(`${(user + system) / 1e6}\n`);
process.exit(0);
