// Regular expressions of rules: the part of them that JavaScript and RE2 read alike (see expression.ts), and the same in words,
// such as 4位数字＋（“军”或“武”）.
import type { Text } from "../core/issue.ts";

type Lang = keyof Text;
/** What a pattern is made of. `max` is Infinity where a repeat has no end. */
export type Piece =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "set"; readonly not: boolean; readonly ranges: readonly (readonly [string, string])[] }
  | { readonly kind: "start" | "end" }
  | { readonly kind: "group"; readonly branches: readonly (readonly Piece[])[] }
  | { readonly kind: "repeat"; readonly of: Piece; readonly min: number; readonly max: number };
export type Pattern = readonly (readonly Piece[])[];
export type ReadPattern = { readonly ok: true; readonly pattern: Pattern } | { readonly ok: false; readonly fault: Text };

const MAX_LENGTH = 500;
const MAX_REPEAT = 1000;
/** Repeats without end in one pattern, fewer when it may begin anywhere; more of them make a text of 2,000 characters slow to read. */
const MAX_ENDLESS = { anchored: 4, free: 2 } as const;
const LITERAL_ESCAPES = "\\.*+?()[]{}|^$/";
const WHITE: { readonly [escape: string]: string } = { n: "\n", t: "\t", r: "\r" };

class PatternFault extends Error {
  readonly fault: Text;
  constructor(zh: string, en: string) {
    super(en);
    this.fault = { zh, en };
  }
}

class Reader {
  readonly chars: readonly string[];
  at = 0;
  endless = 0;
  constructor(pattern: string) {
    this.chars = [...pattern];
  }

  get next(): string | undefined {
    return this.chars[this.at];
  }

  branches(depth: number): Piece[][] {
    if (depth > 20) throw new PatternFault("括号嵌套太深", "has brackets nested too deeply");
    const all: Piece[][] = [[]];
    while (this.next !== undefined && this.next !== ")") {
      if (this.next === "|") {
        this.at += 1;
        all.push([]);
      } else all.at(-1)?.push(this.repeated(this.piece(depth)));
    }
    return all;
  }

  piece(depth: number): Piece {
    const char = this.chars[this.at++] ?? "";
    if (char === "^") return { kind: "start" };
    if (char === "$") return { kind: "end" };
    if (char === ".") throw new PatternFault("“.”在不同程序中含义不同，请写明是哪些字符", "uses “.”, which programs read differently: say which characters");
    if (char === "\\") return this.escape();
    if (char === "[") return this.set();
    if (char !== "(") return { kind: "literal", text: char };
    if (this.next === "?") {
      if (this.chars[this.at + 1] !== ":") throw new PatternFault("不能用前后查找和命名括号", "uses look-around or named groups");
      this.at += 2;
    }
    const branches = this.branches(depth + 1);
    this.at += 1;
    return { kind: "group", branches };
  }

  escape(): Piece {
    const char = this.chars[this.at++] ?? "";
    if (char === "d" || char === "D") return { kind: "set", not: char === "D", ranges: [["0", "9"]] };
    const literal = WHITE[char] ?? (LITERAL_ESCAPES.includes(char) ? char : undefined);
    if (literal === undefined) throw new PatternFault(`“\\${char}”在不同程序中含义不同，不能使用`, `uses “\\${char}”, which programs read differently`);
    return { kind: "literal", text: literal };
  }

  set(): Piece {
    const not = this.next === "^";
    if (not) this.at += 1;
    const ranges: [string, string][] = [];
    while (this.next !== "]") {
      const from = this.member();
      const ranged = this.next === "-" && this.chars[this.at + 1] !== "]";
      if (ranged) this.at += 1;
      const to = ranged ? this.member() : from;
      ranges.push(...(from.length === 1 && to.length === 1 ? [[from[0] ?? "", to[0] ?? ""] as [string, string]] : [["0", "9"] as [string, string]]));
    }
    this.at += 1;
    if (ranges.length === 0) throw new PatternFault("方括号是空的", "has empty brackets");
    return { kind: "set", not, ranges };
  }

  /** A character of a set, or the two ends of `\d`. */
  member(): readonly string[] {
    const char = this.chars[this.at++] ?? "";
    if (char === "[" || char === "&" || char === "~") throw new PatternFault(`方括号内的“${char}”前应加“\\”或移出`, `has “${char}” within brackets, which programs read differently`);
    if (char !== "\\") return [char];
    const escaped = this.chars[this.at++] ?? "";
    if (escaped === "d") return ["0", "9"];
    const literal = WHITE[escaped] ?? (LITERAL_ESCAPES.includes(escaped) || escaped === "-" ? escaped : undefined);
    if (literal === undefined) throw new PatternFault(`“\\${escaped}”在不同程序中含义不同，不能使用`, `uses “\\${escaped}”, which programs read differently`);
    return [literal];
  }

  repeated(piece: Piece): Piece {
    const bounds = this.bounds();
    if (bounds === undefined) return piece;
    const [min, max] = bounds;
    if (this.next === "?") this.at += 1;
    if (deepest(piece) * (max === Infinity ? Math.max(min, 1) : max) > MAX_REPEAT) throw new PatternFault(`重复次数不能超过${MAX_REPEAT}`, `repeats more than ${MAX_REPEAT} times`);
    if (max - min > 50) this.endless += 1;
    const most = this.chars[0] === "^" ? MAX_ENDLESS.anchored : MAX_ENDLESS.free;
    if (this.endless > most) throw new PatternFault(`不定长的重复最多${most}处`, `has more than ${most} repeats without end`);
    if (max > 1 && varies(piece)) throw new PatternFault("重复之中又有不定长的重复，会很慢", "repeats what repeats itself, which is slow");
    if (max > 10 && piece.kind === "group" && piece.branches.length > 1) throw new PatternFault("多次重复的括号中不能有“|”", "has “|” in a group that repeats often, which is slow");
    return { kind: "repeat", of: piece, min, max };
  }

  bounds(): readonly [number, number] | undefined {
    const char = this.next;
    if (char === "*" || char === "+" || char === "?") {
      this.at += 1;
      return char === "?" ? [0, 1] : [char === "+" ? 1 : 0, Infinity];
    }
    const found = char === "{" ? /^\{(\d+)(,(\d*))?\}/.exec(this.chars.slice(this.at, this.at + 20).join("")) : null;
    if (found === null) return undefined;
    this.at += found[0].length;
    const min = Number(found[1]);
    return [min, found[2] === undefined ? min : found[3] === "" ? Infinity : Number(found[3])];
  }
}

/** True for a piece that may take texts of several lengths by a repeat within it (`x?` aside). */
const varies = (piece: Piece): boolean => {
  if (piece.kind === "repeat") return (piece.max > 1 && piece.max !== piece.min) || varies(piece.of);
  return piece.kind === "group" && piece.branches.some((branch) => branch.some(varies));
};

/** How often the innermost part of a piece is repeated; RE2 takes no more than a thousand. */
const deepest = (piece: Piece): number => {
  if (piece.kind === "repeat") return deepest(piece.of) * (piece.max === Infinity ? Math.max(piece.min, 1) : Math.max(piece.max, 1));
  return piece.kind === "group" ? Math.max(1, ...piece.branches.flatMap((branch) => branch.map(deepest))) : 1;
};

/** Reads a pattern; the fault when it is none, or when programs would read it differently. */
export function readPattern(pattern: string): ReadPattern {
  if (pattern.length > MAX_LENGTH) return { ok: false, fault: { zh: `正则表达式不能超过${MAX_LENGTH}个字符`, en: `has a regular expression of more than ${MAX_LENGTH} characters` } };
  try {
    new RegExp(pattern, "u");
    return { ok: true, pattern: new Reader(pattern).branches(0) };
  } catch (error) {
    const fault = error instanceof PatternFault ? error.fault : { zh: "正则表达式无效", en: "has an invalid regular expression" };
    return { ok: false, fault };
  }
}

const NAMES: readonly (readonly [from: string, to: string, words: Text])[] = [
  ["0", "9", { zh: "数字", en: "digit" }],
  ["A", "Z", { zh: "大写字母", en: "capital letter" }],
  ["a", "z", { zh: "小写字母", en: "small letter" }],
  ["一", "龥", { zh: "汉字", en: "Chinese character" }],
  ["一", "鿿", { zh: "汉字", en: "Chinese character" }],
];

const setInWords = (piece: Piece & { readonly kind: "set" }, lang: Lang): string => {
  const zh = lang === "zh";
  const named = piece.ranges.map(([from, to]) => {
    const name = NAMES.find(([a, b]) => a === from && b === to)?.[2][lang];
    if (name !== undefined) return name;
    if (from === to) return quoted(from);
    return zh ? `${from}至${to}的${/\d/u.test(from) ? "数字" : "字符"}` : `${/\d/u.test(from) ? "digit" : "character"} from ${from} to ${to}`;
  });
  const singles = piece.ranges.every(([from, to]) => from === to);
  const list = zh ? (singles && named.length > 1 ? `${named.join("")}之一` : named.join("或")) : named.join(" or ");
  return piece.not ? (zh ? `${list}以外的字符` : `character other than ${list}`) : list;
};

const quoted = (text: string): string => `“${text}”`;

const times = (min: number, max: number, lang: Lang): string => {
  if (min === max) return lang === "zh" ? `${min}` : `${min} times`;
  if (max === Infinity) return lang === "zh" ? (min === 0 ? "任意多" : `至少${min}`) : min === 0 ? "any number of" : `at least ${min}`;
  return lang === "zh" ? `${min}至${max}` : `${min} to ${max}`;
};

const pieceInWords = (piece: Piece, lang: Lang): string => {
  switch (piece.kind) {
    case "literal":
      return quoted(piece.text);
    case "set":
      return lang === "zh" ? (piece.not || piece.ranges.length === 1 ? `1位${setInWords(piece, lang)}` : piece.ranges.every(([from, to]) => from === to) ? setInWords(piece, lang) : `1位（${setInWords(piece, lang)}）`) : `a ${setInWords(piece, lang)}`.replace("a “", "“");
    case "start":
    case "end":
      return "";
    case "group":
      return piece.branches.length === 1 ? branchesInWords(piece.branches, lang) : lang === "zh" ? `（${branchesInWords(piece.branches, lang)}）` : `(${branchesInWords(piece.branches, lang)})`;
    case "repeat": {
      const { of, min, max } = piece;
      const inner = of.kind === "group" && of.branches.length === 1 && joined(of.branches[0] ?? []).length > 1 ? (lang === "zh" ? `（${pieceInWords(of, lang)}）` : `(${pieceInWords(of, lang)})`) : pieceInWords(of, lang);
      if (min === 0 && max === 1) return lang === "zh" ? `可有可无的${inner}` : `optionally ${inner}`;
      if (of.kind === "set") return lang === "zh" ? `${times(min, max, lang)}位${setInWords(of, lang)}` : `${times(min, max, lang).replace(" times", "")} ${setInWords(of, lang)}${max === 1 ? "" : "s"}`;
      return lang === "zh" ? `${inner}重复${times(min, max, lang)}次` : `${inner} repeated ${times(min, max, lang)}`;
    }
  }
};

/** Neighbouring letters make one literal. */
const joined = (pieces: readonly Piece[]): Piece[] => {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const before = out.at(-1);
    if (piece.kind === "literal" && before?.kind === "literal") out[out.length - 1] = { kind: "literal", text: before.text + piece.text };
    else if (piece.kind !== "start" && piece.kind !== "end") out.push(piece);
  }
  return out;
};

const branchInWords = (pieces: readonly Piece[], lang: Lang): string => joined(pieces).map((piece) => pieceInWords(piece, lang)).join(lang === "zh" ? "＋" : ", then ");
const branchesInWords = (branches: readonly (readonly Piece[])[], lang: Lang): string => branches.map((branch) => branchInWords(branch, lang)).join(lang === "zh" ? "或" : " or ");

/** `^(军|文)` as its beginnings 军 and 文; undefined for anything but literal beginnings. */
const beginnings = (pattern: Pattern): string[] | undefined => {
  const found: string[] = [];
  for (const branch of pattern) {
    const [start, ...rest] = branch;
    const body = joined(rest);
    if (start?.kind !== "start" || rest.some((piece) => piece.kind === "end") || body.length !== 1) return undefined;
    const [only] = body;
    if (only?.kind === "literal") found.push(only.text);
    else if (only?.kind === "group") for (const inner of only.branches) {
      const [literal, ...more] = joined(inner);
      if (literal?.kind !== "literal" || more.length > 0) return undefined;
      found.push(literal.text);
    }
    else return undefined;
  }
  return found.length === 0 ? undefined : found;
};

/** What `text matches pattern` (or, negated, does not) means, with the text's own name: 「“证件编号”的格式为：4位数字加…」. */
export function patternInWords(subject: string, pattern: string, negated: boolean, lang: Lang): string {
  const read = readPattern(pattern);
  const zh = lang === "zh";
  if (!read.ok) return zh ? `${subject}${negated ? "不" : ""}符合格式 ${pattern}` : `${subject} ${negated ? "does not match" : "matches"} ${pattern}`;
  const starts = beginnings(read.pattern);
  if (starts !== undefined) {
    const list = starts.map(quoted).join(zh ? "" : " or ");
    return zh ? `${subject}${negated ? "不" : ""}以${list}${starts.length > 1 ? "之一" : ""}开头` : `${subject} ${negated ? "does not begin" : "begins"} with ${list}`;
  }
  const whole = read.pattern.every((branch) => branch[0]?.kind === "start" && branch.at(-1)?.kind === "end");
  const words = branchesInWords(read.pattern, lang);
  if (whole) return zh ? `${subject}${negated ? "不符合" : "符合"}格式：${words}` : `${subject} ${negated ? "is not of" : "is of"} the form: ${words}`;
  return zh ? `${subject}中${negated ? "没有" : "有"}${words}` : `${subject} ${negated ? "does not contain" : "contains"} ${words}`;
}
