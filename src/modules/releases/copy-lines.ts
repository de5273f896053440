// Lines of PostgreSQL's COPY in text form, parted into values.

const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };
const plain = (value: string): string | null => (value === "\\N" ? null : value.includes("\\") ? value.replace(/\\(.)/gsu, (_, char: string) => ESCAPES[char] ?? char) : value);

/** Lines in the chunks they came in. */
export async function* copyLines(stream: AsyncIterable<Buffer>): AsyncGenerator<(string | null)[][]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(10);
    rest = bytes.subarray(end + 1);
    if (end >= 0) yield bytes.toString("utf8", 0, end).split("\n").map((line) => line.split("\t").map(plain));
  }
}
