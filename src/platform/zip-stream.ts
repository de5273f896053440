// Writes a ZIP container as a stream: each part is packed while it is made, sizes follow it, and the directory stands at the end.
// For parts and containers below 4 GB.
import { Readable } from "node:stream";
import { crc32, createDeflateRaw } from "node:zlib";

export type ZipPart = { readonly name: string; readonly content: string | AsyncIterable<string | Buffer> };
type Written = { readonly name: Buffer; readonly crc: number; readonly packed: number; readonly size: number; readonly at: number };

const most = 0xffff_ffff;

function local(name: Buffer): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  // Sizes follow the part (bit 3), its name is UTF-8 (bit 11).
  head.writeUInt16LE(0x0808, 6);
  head.writeUInt16LE(8, 8);
  head.writeUInt16LE(0x21, 12);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function after({ crc, packed, size }: Written): Buffer {
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(0x08074b50, 0);
  tail.writeUInt32LE(crc, 4);
  tail.writeUInt32LE(packed, 8);
  tail.writeUInt32LE(size, 12);
  return tail;
}

function directory(parts: readonly Written[], at: number): Buffer {
  const entries = parts.map(({ name, crc, packed, size, at: offset }) => {
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    entry.writeUInt16LE(20, 6);
    entry.writeUInt16LE(0x0808, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt16LE(0x21, 14);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(packed, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    return Buffer.concat([entry, name]);
  });
  const listed = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([listed, end]);
}

/** The container's bytes in order; a part is asked for its content no faster than they are taken. @throws RangeError past 4 GB */
export async function* zipStream(parts: readonly ZipPart[], level = 3): AsyncGenerator<Buffer, void, undefined> {
  const done: Written[] = [];
  let at = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name, "utf8");
    const head = local(name);
    const began = at;
    yield head;
    at += head.length;
    let [crc, size, packed] = [0, 0, 0];
    const content = part.content;
    async function* counted(): AsyncGenerator<Buffer> {
      for await (const piece of typeof content === "string" ? [content] : content) {
        const bytes = typeof piece === "string" ? Buffer.from(piece, "utf8") : piece;
        crc = crc32(bytes, crc);
        size += bytes.length;
        yield bytes;
      }
    }
    const source = Readable.from(counted());
    const deflate = createDeflateRaw({ level, chunkSize: 256 << 10 });
    // What the source throws must reach the reader of the packed bytes.
    source.on("error", (error) => deflate.destroy(error));
    try {
      for await (const piece of source.pipe(deflate) as AsyncIterable<Buffer>) {
        packed += piece.length;
        yield piece;
      }
    } finally {
      source.destroy();
      deflate.destroy();
    }
    at += packed;
    if (size > most || at > most) throw new RangeError("a part or the container is larger than 4 GB");
    const written = { name, crc, packed, size, at: began };
    const tail = after(written);
    yield tail;
    at += tail.length;
    done.push(written);
  }
  yield directory(done, at);
}
