// Which characters of two short texts differ, so that an eye finds one wrong digit among eighteen.

export type Piece = { readonly text: string; readonly same: boolean };
export type Difference = { readonly ours: readonly Piece[]; readonly theirs: readonly Piece[] };

/** Longer texts are shown as different as a whole. */
const MOST = 200;
/** Share of characters in common up to which marking single characters would only confuse. */
const LIKENESS = 0.5;

/** Lengths of the longest common subsequence from (i, j) to both ends. */
function commonLengths(a: readonly string[], b: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = table[i];
      if (row) row[j] = a[i] === b[j] ? (table[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

const push = (pieces: { text: string; same: boolean }[], text: string, same: boolean): void => {
  const last = pieces.at(-1);
  if (last && last.same === same) last.text += text;
  else pieces.push({ text, same });
};

/** Numbers, dates and names of equal length are compared place by place. */
function byPlace(a: readonly string[], b: readonly string[]): Difference {
  const pieces = (from: readonly string[]): readonly Piece[] => {
    const made: { text: string; same: boolean }[] = [];
    for (const [i, char] of from.entries()) push(made, char, a[i] === b[i]);
    return made;
  };
  return { ours: pieces(a), theirs: pieces(b) };
}

/** Both texts cut into pieces that occur in both and pieces that do not; texts with little in common are one piece each. */
export function differing(ours: string, theirs: string): Difference {
  const [a, b] = [[...ours], [...theirs]];
  const whole = (text: string): readonly Piece[] => (text === "" ? [] : [{ text, same: ours === theirs }]);
  if (ours === theirs || a.length > MOST || b.length > MOST) return { ours: whole(ours), theirs: whole(theirs) };
  const lengths = commonLengths(a, b);
  if ((lengths[0]?.[0] ?? 0) / Math.max(a.length, b.length) <= LIKENESS) return { ours: whole(ours), theirs: whole(theirs) };
  if (a.length === b.length) return byPlace(a, b);
  const [left, right]: [{ text: string; same: boolean }[], { text: string; same: boolean }[]] = [[], []];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    if (x !== undefined && x === y) {
      push(left, x, true);
      push(right, x, true);
      i += 1;
      j += 1;
    } else if (x !== undefined && (y === undefined || (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))) {
      push(left, x, false);
      i += 1;
    } else if (y !== undefined) {
      push(right, y, false);
      j += 1;
    }
  }
  return { ours: left, theirs: right };
}
