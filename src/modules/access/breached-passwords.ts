// Passwords known from breaches: a list that the operator puts on the server, in the form in which it is published for use without a network. Nothing is
// asked of anybody. It is far larger than memory, so it is searched where it lies.
import { createHash } from "node:crypto";
import fs from "node:fs";

/** Longer than any line: 40 digits, a colon, a count. */
const longest = 80;

/**
 * Does a file with lines `<SHA-1 in hexadecimal>` or `<SHA-1>:<count>`, in ascending order, name the password? About forty reads of the
 * file at a thousand million lines. @throws what the file system says when the file cannot be read
 */
export function isBreached(file: string, password: string): boolean {
  const wanted = createHash("sha1").update(password, "utf8").digest("hex").toUpperCase();
  const handle = fs.openSync(file, "r");
  const piece = Buffer.alloc(longest);
  /** The first whole line that begins at a place or behind it; the file's own beginning begins one. */
  const lineAt = (place: number): { readonly from: number; readonly digest: string } | undefined => {
    const read = (from: number): string => piece.toString("latin1", 0, fs.readSync(handle, piece, 0, longest, from));
    const from = place === 0 ? 0 : place + read(place - 1).indexOf("\n");
    if (place > 0 && from === place - 1) return undefined;
    const digest = /^[0-9A-F]{40}/iu.exec(read(from))?.[0].toUpperCase();
    return digest === undefined ? undefined : { from, digest };
  };
  try {
    // The wanted line, if there is one, begins in [low, high).
    let [low, high] = [0, fs.fstatSync(handle).size];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const line = lineAt(middle);
      if (line?.digest === wanted) return true;
      if (line === undefined || line.from >= high || line.digest > wanted) high = middle;
      else low = line.from + 1;
    }
    return false;
  } finally {
    fs.closeSync(handle);
  }
}
