// Parts of a ZIP container (the shell of an XLSX) with every size bounded by what really comes out, never by what the file claims.
import { crc32, createInflateRaw, deflateRawSync, inflateRawSync } from "node:zlib";
import { Problem } from "../core/problem.ts";

export type ZipParts = {
  readonly names: readonly string[];
  /** The whole part; undefined when there is none of that name. @throws Problem file-too-large past `limit` bytes */
  read(name: string, limit: number): Buffer | undefined;
  /** The part in chunks as they are asked for. @throws Problem file-too-large past `limit` bytes, file-not-readable when it is damaged */
  stream(name: string, limit: number): AsyncGenerator<Buffer>;
};
type Entry = { readonly method: number; readonly data: Buffer; readonly crc: number; readonly size: number };

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const MOST_ENTRIES = 20_000;

const damaged = (): Problem => new Problem("file-not-readable", { zh: "文件已损坏或不完整，请重新导出后再上传", en: "The file is damaged or incomplete; export it again" });
const bomb = (): Problem => new Problem("file-too-large", { zh: "工作簿解压后过大", en: "The workbook is too large once unpacked" });

/** Reads the directory of the container. @throws Problem file-not-readable when it is damaged or encrypted */
export function openZip(bytes: Buffer): ZipParts {
  const entries = readDirectory(bytes);
  return {
    names: [...entries.keys()],
    read(name, limit) {
      const entry = entries.get(name);
      if (!entry) return undefined;
      if (entry.method === 0) return entry.data;
      try {
        return inflateRawSync(entry.data, { maxOutputLength: limit });
      } catch (error) {
        throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? bomb() : damaged();
      }
    },
    async *stream(name, limit) {
      const entry = entries.get(name);
      if (!entry) throw damaged();
      if (entry.method === 0) {
        yield entry.data;
        return;
      }
      const inflate = createInflateRaw({ chunkSize: 256 << 10 });
      inflate.end(entry.data);
      let total = 0;
      try {
        for await (const chunk of inflate as AsyncIterable<Buffer>) {
          total += chunk.length;
          if (total > limit) throw bomb();
          yield chunk;
        }
      } catch (error) {
        throw error instanceof Problem ? error : damaged();
      } finally {
        inflate.destroy();
      }
    },
  };
}

function readDirectory(bytes: Buffer): ReadonlyMap<string, Entry> {
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > MOST_ENTRIES) throw bomb();
  const entries = new Map<string, Entry>();
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw damaged();
    const flags = bytes.readUInt16LE(at + 8);
    const method = bytes.readUInt16LE(at + 10);
    const crcAt = at + 16;
    const size = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength).replaceAll("\\", "/");
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if ((flags & 1) === 1) throw new Problem("file-not-readable", { zh: "文件已加密，请取消密码后再上传", en: "The file is encrypted; remove the password first" });
    if (name.endsWith("/")) continue;
    if ((method !== 0 && method !== 8) || local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL) throw damaged();
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    if (from + size > bytes.length) throw damaged();
    if (!entries.has(name)) entries.set(name, { method, data: bytes.subarray(from, from + size), crc: bytes.readUInt32LE(crcAt), size: bytes.readUInt32LE(crcAt + 8) });
  }
  return entries;
}

/** The container with some parts in another wording; the others are taken over as they are packed. @throws Problem file-not-readable */
export function rewriteZip(bytes: Buffer, changed: ReadonlyMap<string, Buffer>): Buffer {
  const [files, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, entry] of readDirectory(bytes)) {
    const text = changed.get(name);
    const { method, data, crc, size } = text === undefined ? entry : { method: 8, data: deflateRawSync(text, { level: 6 }), crc: crc32(text), size: text.length };
    const written = Buffer.from(name, "utf8");
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(written.length, 22);
    const [local, central] = [Buffer.alloc(4), Buffer.alloc(6)];
    local.writeUInt32LE(LOCAL);
    central.writeUInt32LE(CENTRAL);
    central.writeUInt16LE(20, 4);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    files.push(local, common, written, data);
    directory.push(central, common, place, written);
    offset += 30 + written.length + data.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END);
  const count = directory.length / 4;
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, listed, end]);
}

function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= 0 && at >= bytes.length - 22 - 65_535; at -= 1) if (bytes.readUInt32LE(at) === END) return at;
  throw damaged();
}
