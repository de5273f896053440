// An office for tests of the terminal's core: enrols one device, takes its bundles, gives bundles; over HTTP beside the page it serves. Fictional data.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { CampaignEntry, CaptureEntry, DownEntry, LeaseEntry, PersonEntry, ReceiptEntry, SchemeEntry } from "../../src/bundle/contents.ts";
import type { Piece } from "../../src/bundle/frames.ts";
import { NO_PREVIOUS } from "../../src/bundle/header.ts";
import { open } from "../../src/bundle/open.ts";
import { seal } from "../../src/bundle/seal.ts";
import { sourceOf } from "../../src/bundle/source.ts";
import { type SealKeys, type SignKeys, type SuiteName, suites } from "../../src/bundle/suite.ts";
import { checkCharacter } from "../../src/core/citizen-id.ts";
import type { Json } from "../../src/core/json.ts";
import type { Scheme } from "../../src/scheme/model.ts";
import { item, scheme as define, section, text } from "../../src/scheme/define.ts";
import { terminalPermissions, typeOf } from "../../src/terminal-pages.ts";

export const village = 350524100201;
export const campaign = "019abcde-0000-7000-8000-00000000c001";
export const account = "019abcde-0000-7000-8000-00000000a001";
export const device = "019abcde-0000-7000-8000-00000000d001";

/** A short form: who, where, a phone, a word, a picture. */
export const scheme: Scheme = define({
  key: "tryout",
  version: "1.0",
  label: text("试用", "Tryout"),
  referenceDate: "2026-11-01",
  generalForm: "general",
  forms: [
    {
      key: "general",
      label: text("总表", "General"),
      sections: [
        section("who", "身份", "Identity", [
          item("name", "text", "姓名", "Name", ["K"], { required: true, maxLength: 40, sensitivity: "identity" }),
          item("id_number", "id-number", "身份证号", "ID number", ["K"], { required: true, sensitivity: "identity" }),
          item("village", "area", "村居", "Village", ["K"], { required: true }),
          item("mobile", "phone", "手机", "Mobile", ["K"], { sensitivity: "contact" }),
          item("remark", "text", "备注", "Remark", ["K"], { maxLength: 200, text: "long" }),
          item("photo", "photo", "照片", "Photo", ["K"], { maxBytes: 40_960, sensitivity: "image" }),
        ]),
      ],
    },
  ],
  categories: [],
  categoryRules: [],
  checks: [],
  codeSets: [],
  departments: [],
  findingClasses: [],
  identity: { idNumber: "general.id_number", name: "general.name", area: "general.village" },
});

const surnames = [..."陈林黄张李王吴刘蔡杨曾单"];
const given = [..."建国志强秀英丽华美玲文杰海燕春梅"];
export const nameOf = (n: number): string => `${surnames[n % surnames.length]}${given[n % given.length]}${given[(n * 7 + 3) % given.length]}`;
export function idOf(n: number): string {
  const day = new Date(Date.UTC(1950, 0, 1 + (n % 18_000)));
  const first17 = `999999${day.toISOString().slice(0, 10).replaceAll("-", "")}${String(Math.floor(n / 18_000) * 2 + 1).padStart(3, "0")}`;
  return first17 + checkCharacter(first17);
}
export const recordOf = (n: number): string => `019abcde-1111-7000-8000-${n.toString(16).padStart(12, "0")}`;

export const person = (n: number, more: Partial<PersonEntry> = {}, answers: Readonly<Record<string, Json>> = {}): PersonEntry => ({
  type: "person",
  county: 350524,
  record: recordOf(n),
  campaign,
  area: village + (n % 40),
  state: "listed",
  head: 1,
  answers: { general: { name: nameOf(n), id_number: idOf(n), village: String(village), ...answers } },
  remarks: [],
  issues: [],
  ...more,
});

export const campaignEntry: CampaignEntry = { type: "campaign", id: campaign, scheme: "tryout", version: "1.0", label: text("二〇二六年采集", "Round of 2026"), referenceDate: "2026-11-01", area: 350524000000 };
export const schemeEntry: SchemeEntry = { type: "scheme", key: "tryout", version: "1.0", hash: "f".repeat(64), definition: scheme as unknown as Json };

/** What came in one bundle of the terminal. */
export type Arrived = { readonly seq: number; readonly previous: string; readonly digest: string; readonly captures: readonly CaptureEntry[]; readonly pictures: number };
type Upload = { readonly bytes: number; readonly sha256: string; held: Buffer; state: "receiving" | "applied" | "refused" };

export class FakeOffice {
  readonly suite: SuiteName;
  readonly seal: SealKeys;
  readonly sign: SignKeys;
  terminal: { readonly seal: Uint8Array; readonly sign: Uint8Array; person: Uint8Array } | undefined;
  seq = 0;
  digest = NO_PREVIOUS;
  secret = randomBytes(32).toString("base64url");
  revoked: string[] = [];
  /** The office's clock. */
  now = (): number => Date.now();
  /** Bundle that waits to be fetched. */
  waiting: Buffer | undefined;
  readonly arrived: Arrived[] = [];
  readonly uploads = new Map<string, Upload>();
  readonly asked: string[] = [];
  /** Requests whose answer is cut: the connection ends before it. */
  cut: (method: string, path: string) => boolean = () => false;
  /** Files on the disk that the page may fetch, by address. */
  readonly files = new Map<string, string>();
  private server: http.Server | undefined;

  constructor(suite: SuiteName = "international") {
    this.suite = suite;
    this.seal = suites[suite].newSealKeys();
    this.sign = suites[suite].newSignKeys();
  }

  lease(more: Partial<LeaseEntry> = {}): LeaseEntry {
    const from = new Date(this.now());
    return {
      type: "lease",
      device,
      label: "甲镇1号",
      area: 350524100000,
      from: from.toISOString(),
      until: new Date(from.getTime() + 14 * 86_400_000).toISOString(),
      secret: this.secret,
      wipeAfterDays: 7,
      operators: [{ account, name: "陈虚构员", until: "2099-12-31" }],
      ...more,
    };
  }

  /** Lease, papers and people, as a whole base list. */
  base(people: Iterable<Piece>, papers: readonly DownEntry[] = [schemeEntry, campaignEntry]): Iterable<Piece> {
    const entries: DownEntry[] = [this.lease(), { type: "revocations", no: 1, devices: this.revoked }, ...papers, { type: "areas", top: "350524000000", rows: [["350524000000", "虚构县"], ["350524100000", "甲镇"], ["350524100201", "甲一村"]] }];
    return (function* () {
      for (const entry of entries) yield { entry };
      yield* people;
    })();
  }

  /** The next bundle of the office's chain. */
  async *stream(pieces: Iterable<Piece>, { whole = false, created = this.now() } = {}): AsyncGenerator<Uint8Array> {
    assert.ok(this.terminal, "no terminal is enrolled");
    this.seq += 1;
    const header = {
      kind: "terminal" as const,
      from: "office:350524",
      to: device,
      seq: this.seq,
      previous: this.digest,
      created: new Date(created).toISOString(),
      expires: new Date(created + 30 * 86_400_000).toISOString(),
      about: { cursor: `c${this.seq}`, ...(whole && { whole: true }) },
    };
    yield* seal({ suite: this.suite, header, pieces, device: this.sign, receiver: this.terminal.seal });
  }

  async bundle(pieces: Iterable<Piece>, options: { readonly whole?: boolean; readonly created?: number } = {}): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for await (const part of this.stream(pieces, options)) parts.push(part);
    return Buffer.concat(parts);
  }

  /** Opens a bundle of the terminal. */
  async read(bytes: Uint8Array): Promise<Arrived> {
    const { terminal } = this;
    assert.ok(terminal);
    const { header, digest, pieces } = await open(sourceOf(new Uint8Array(bytes)), { device: terminal.sign, person: terminal.person, receiver: this.seal });
    const captures: CaptureEntry[] = [];
    let pictures = 0;
    for await (const { entry } of pieces) {
      const one = entry as { readonly type: string };
      if (one.type === "capture") captures.push(entry as CaptureEntry);
      else pictures += 1;
    }
    return { seq: header.seq, previous: header.previous, digest, captures, pictures };
  }

  receipt(capture: CaptureEntry, outcome: ReceiptEntry["outcome"] = "applied", more: Partial<ReceiptEntry> = {}): ReceiptEntry {
    return { type: "receipt", entry: capture.entry, outcome, county: capture.county, record: capture.record, head: capture.basedOn + 1, state: "submitted", issues: [], at: new Date(this.now()).toISOString(), ...more };
  }

  /** Serves a script as the terminal's page, and the office's routes. */
  async serve(script: string): Promise<string> {
    this.server = http.createServer((request, response) => {
      this.answer(request, response, script).catch((error: unknown) => {
        response.writeHead(500).end(JSON.stringify({ code: "internal", title: { zh: String(error), en: String(error) } }));
      });
    });
    await new Promise<void>((done) => this.server!.listen(0, "127.0.0.1", done));
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }
  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => (this.server ? this.server.close(done) : done(undefined)));
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse, script: string): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const json = (reply: unknown, status = 200): void => {
      if (this.cut(request.method ?? "", pathname)) request.socket.destroy();
      else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(reply));
    };
    const refuse = (code: string, status: number): void => json({ code, status, title: { zh: code, en: code } }, status);
    if (pathname === "/terminal/core.js") return void response.writeHead(200, { "content-type": "text/javascript" }).end(script);
    const file = this.files.get(pathname);
    if (file) return void createReadStream(file).pipe(response.setHeader("permissions-policy", terminalPermissions(true)).setHeader("content-type", typeOf(file)));
    if (!pathname.startsWith("/api/")) return void response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end('<!doctype html><meta charset="utf-8"><title>终端</title><script src="/terminal/core.js"></script>');
    this.asked.push(`${request.method} ${pathname}`);
    if (pathname === "/api/terminal/hello") return json({ time: new Date(this.now()).toISOString(), challenge: "1.a" });
    if (pathname === "/api/terminal/enrol") return this.enrol(JSON.parse(body.toString()) as Parameters<FakeOffice["enrol"]>[0], json, refuse);
    if (pathname === "/api/terminal/revocations") return void response.end(await this.bundle([{ entry: { type: "revocations", no: 9, devices: this.revoked } }]));
    if (!this.isSigned(request, body) || this.revoked.includes(device)) return refuse("device-not-known", 401);
    const id = pathname.split("/")[4] ?? "";
    const upload = this.uploads.get(id);
    if (pathname === "/api/terminal/uploads") {
      const { bytes, sha256 } = JSON.parse(body.toString()) as { bytes: number; sha256: string };
      const one = this.uploads.get(sha256) ?? { bytes, sha256, held: Buffer.alloc(0), state: "receiving" };
      this.uploads.set(sha256, one);
      return json({ id: sha256, offset: one.held.length, state: one.state });
    }
    if (upload && request.method === "GET") return json({ id, offset: upload.held.length, state: upload.state });
    if (upload) return this.take(id, upload, Number(searchParams.get("offset")), body, json, refuse);
    if (pathname === "/api/terminal/down") return json(this.waiting ? { id: createHash("sha256").update(this.waiting).digest("hex").slice(0, 8), state: "ready", bytes: this.waiting.length, done: 1, total: 1 } : { id: "none", state: "nothing-new", bytes: 0, done: 0, total: 0 });
    if (pathname.startsWith("/api/terminal/down/") && this.waiting) {
      if (this.cut("GET", pathname)) return void request.socket.destroy();
      const offset = Number(searchParams.get("offset"));
      return void response.writeHead(200).end(this.waiting.subarray(offset, offset + Number(searchParams.get("length"))));
    }
    refuse("not-found", 404);
  }

  enrol(given: { readonly code: string; readonly deviceSeal: string; readonly deviceSign: string; readonly operatorSign: string }, json: (reply: unknown) => void, refuse: (code: string, status: number) => void): void {
    if (given.code !== "CODE-1") return refuse("code-not-valid", 409);
    const bytes = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, "base64url"));
    this.terminal = { seal: bytes(given.deviceSeal), sign: bytes(given.deviceSign), person: bytes(given.operatorSign) };
    json({ device, label: "甲镇1号", operator: { account, name: "陈虚构员" }, officeSeal: Buffer.from(this.seal.publicKey).toString("base64url"), officeSign: Buffer.from(this.sign.publicKey).toString("base64url"), time: new Date(this.now()).toISOString() });
  }

  private isSigned(request: http.IncomingMessage, body: Buffer): boolean {
    const [id = "", challenge = "", nonce = "", signature = ""] = String(request.headers["x-qingce-device"] ?? "").split(";");
    const message = ["QINGCE-DEVICE-1", request.method, request.url, challenge, nonce, createHash("sha256").update(body).digest("hex")].join("\n");
    return id === device && this.terminal !== undefined && suites[this.suite].verify(this.terminal.sign, new TextEncoder().encode(message), new Uint8Array(Buffer.from(signature, "base64url")));
  }

  private async take(id: string, upload: Upload, offset: number, body: Buffer, json: (reply: unknown) => void, refuse: (code: string, status: number) => void): Promise<void> {
    if (offset !== upload.held.length) return refuse("wrong-offset", 409);
    upload.held = Buffer.concat([upload.held, body]);
    if (upload.held.length === upload.bytes) {
      assert.equal(createHash("sha256").update(upload.held).digest("hex"), upload.sha256);
      this.arrived.push(await this.read(upload.held));
      upload.state = "applied";
    }
    json({ id, offset: upload.held.length, state: upload.state });
  }
}
