// `qingce bundle`: keys, seal, open, inspect and verify sealed bundles by hand; for tests and for those who write a second program
// (docs/bundle-format.md). Ends with 0 when all is well, 1 when the bundle is refused, 2 when the command is wrong.
import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { toHex } from "../bundle/bytes.ts";
import { BundleFault } from "../bundle/fault.ts";
import { inspect, open, verify } from "../bundle/open.ts";
import { seal } from "../bundle/seal.ts";
import { selfTest } from "../bundle/self-test.ts";
import { suites } from "../bundle/suite.ts";
import { bundleIn, CommandFault, headerIn, piecesIn, readPublicKeys, readSecretKeys, writeFolder, writeKeys } from "./bundle-files.ts";
import type { Flags } from "./flags.ts";

/** What a verb found, for programs, and its sentences for people. */
type Answer = { readonly json: Readonly<Record<string, unknown>>; readonly lines: readonly string[] };

function given(flags: Flags, name: string): string {
  const value = flags[name];
  if (typeof value !== "string" || value === "") throw new CommandFault(`请用 --${name} 指明文件`, `name the file with --${name}`);
  return path.resolve(value);
}
const maybe = (flags: Flags, name: string): string | undefined => (typeof flags[name] === "string" ? given(flags, name) : undefined);

/** Text of a file for a console: nothing in it steers the screen. */
const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value)).replace(/\p{C}/gu, "\u{fffd}");

function alike(all: readonly ({ readonly suite: string } | undefined)[]): void {
  if (new Set(all.flatMap((keys) => keys?.suite ?? [])).size > 1) throw new CommandFault("密钥属于不同的密码套件", "the keys are of different suites");
}

const verbs: Readonly<Record<string, (flags: Flags, target: string) => Promise<Answer>>> = {
  async keys(flags) {
    const suite = flags["suite"] ?? "international";
    if (suite !== "international" && suite !== "national") throw new CommandFault("--suite 只能是 international 或 national", "--suite is international or national");
    const file = given(flags, "out");
    const publicFile = writeKeys(file, { suite, sign: suites[suite].newSignKeys(), seal: suites[suite].newSealKeys() });
    return { json: { suite, secret: file, public: publicFile }, lines: [`私钥只留在本机 / secret, stays here: ${file}`, `公钥交给对方 / public, to be handed out: ${publicFile}`] };
  },
  async seal(flags, folder) {
    const [device, receiver, personFile, out] = [readSecretKeys(given(flags, "key")), readPublicKeys(given(flags, "to")), maybe(flags, "person"), given(flags, "out")];
    const person = personFile === undefined ? undefined : readSecretKeys(personFile);
    alike([device, receiver, person]);
    if (fs.existsSync(out)) throw new CommandFault(`文件已存在：${out}`, `the file exists already: ${out}`);
    const work = `${out}.part-${process.pid}`;
    let entries = 0;
    const counted = async function* (): ReturnType<typeof piecesIn> {
      for await (const piece of piecesIn(folder)) {
        entries += 1;
        yield piece;
      }
    };
    try {
      fs.mkdirSync(path.dirname(out), { recursive: true });
      const bytes = seal({ suite: device.suite, header: headerIn(folder), pieces: counted(), device: device.sign, ...(person && { person: person.sign }), receiver: receiver.seal });
      await pipeline(Readable.from(bytes, { objectMode: true }), fs.createWriteStream(work, { flags: "wx", mode: 0o600, flush: true }));
      fs.renameSync(work, out);
    } catch (error) {
      // What cannot be sealed is a fault of the folder, and says so in its own words.
      if (error instanceof TypeError || error instanceof RangeError) throw new CommandFault(`文件夹内容不符合要求：${error.message}`, `the folder cannot be sealed: ${error.message}`);
      throw error;
    } finally {
      fs.rmSync(work, { force: true });
    }
    const { size } = fs.statSync(out);
    return { json: { bundle: out, entries, bytes: size }, lines: [`已封装 ${entries} 项，${size} 字节 / sealed ${entries} entries in ${size} bytes: ${out}`] };
  },
  async inspect(_, target) {
    const { source, close } = await bundleIn(target);
    try {
      const { keys, header, parts } = await inspect(source);
      const names = { suite: keys.suite, device: toHex(keys.device), person: keys.person && toHex(keys.person), receiver: toHex(keys.receiver) };
      return {
        json: { verified: false, keys: names, header, parts },
        lines: [
          "以下内容未经核验，只是文件自己的说法；用 bundle verify 核验签名",
          "NOT VERIFIED: this is what the file says of itself; check its signatures with bundle verify",
          ...Object.entries(names).map(([name, value]) => `  ${name.padEnd(10)} ${value ?? "-"}`),
          ...Object.entries(header).map(([name, value]) => `  ${name.padEnd(10)} ${shown(value)}`),
          ...Object.entries(parts).map(([name, value]) => `  ${name.padEnd(10)} ${value}`),
        ],
      };
    } finally {
      await close();
    }
  },
  async verify(flags, target) {
    const [device, personFile] = [readPublicKeys(given(flags, "device")), maybe(flags, "person")];
    const person = personFile === undefined ? undefined : readPublicKeys(personFile);
    alike([device, person]);
    const { source, close } = await bundleIn(target);
    try {
      const { digest, header } = await verify(source, { device: device.sign, ...(person && { person: person.sign }) });
      return { json: { verified: true, digest: toHex(digest), header }, lines: [`签名有效，文件未被改动 / valid, and the file is unchanged: ${header.kind} ${shown(header.from)} → ${shown(header.to)}, seq ${header.seq}`, `摘要 / digest: ${toHex(digest)}`] };
    } finally {
      await close();
    }
  },
  async open(flags, target) {
    const [device, receiver, personFile, out] = [readPublicKeys(given(flags, "device")), readSecretKeys(given(flags, "key")), maybe(flags, "person"), given(flags, "out")];
    const person = personFile === undefined ? undefined : readPublicKeys(personFile);
    alike([device, receiver, person]);
    const { source, close } = await bundleIn(target);
    try {
      const { header, digest, pieces } = await open(source, { device: device.sign, ...(person && { person: person.sign }), receiver: receiver.seal });
      const entries = await writeFolder(out, header, pieces);
      return { json: { folder: out, entries, digest, header }, lines: [`已解开 ${entries} 项 / opened ${entries} entries: ${out}`, `摘要 / digest: ${digest}`] };
    } finally {
      await close();
    }
  },
};

const usage = new CommandFault(
  "用法：bundle keys --out K.json [--suite national] ｜ seal 文件夹 --key K.json [--person P.json] --to R.public.json --out B ｜ inspect B ｜ verify B --device D.public.json [--person P.public.json] ｜ open B --device D.public.json [--person P.public.json] --key R.json --out 文件夹",
  "usage: bundle keys --out K.json [--suite national] | seal FOLDER --key K.json [--person P.json] --to R.public.json --out B | inspect B | verify B --device D.public.json [--person P.public.json] | open B --device D.public.json [--person P.public.json] --key R.json --out FOLDER",
);

export const bundle = {
  summary: "sealed bundles by hand: bundle keys | seal | open | inspect | verify（数据包）",
  options: { device: { type: "string" }, person: { type: "string" }, to: { type: "string" }, json: { type: "boolean" } },
  run: async (flags: Flags, [verb = "", target]: readonly string[]): Promise<void> => {
    const asJson = flags["json"] === true;
    try {
      const act = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
      if (!act || (verb !== "keys" && target === undefined)) throw usage;
      await selfTest();
      const { json, lines } = await act(flags, path.resolve(target ?? "."));
      console.log(asJson ? JSON.stringify(json) : lines.join("\n"));
    } catch (error) {
      if (!(error instanceof BundleFault) && !(error instanceof CommandFault)) throw error;
      const refused = error instanceof BundleFault;
      const say = refused ? error.say : { zh: error.zh, en: error.message };
      if (asJson) console.log(JSON.stringify({ refused: refused ? error.code : "command", ...say }));
      else console.error(`${say.zh}\n${refused ? error.message : say.en}`);
      process.exitCode = refused ? 1 : 2;
    }
  },
} as const;
