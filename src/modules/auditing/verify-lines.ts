// The heart of the verifier: it walks the rows of the chain in their order and compares digests, checkpoints and stubs. It shares no code with
// the writer but the digest; what a row looks like and what a signature stands for are written here once more.
import { createPublicKey, verify } from "node:crypto";
import { chainDigest, chainStart } from "../../platform/audit-digest.ts";
import type { Text } from "../../core/issue.ts";

/** A row as it is read: its place in the chain, and the entry as COPY writes it (`undefined`: the entry is gone). */
export type ChainLine = { readonly seq: number; readonly algorithm: string; readonly digest: string; readonly entryId: string; readonly line: string | undefined };
export type Kept = { readonly no: number; readonly seq: number; readonly digest: string; readonly rows: number; readonly algorithm: string; readonly at: string; readonly key: string; readonly signature: string };
export type Stub = { readonly toSeq: number; readonly digest: string; readonly removed: number; readonly at: string; readonly key: string; readonly signature: string };
/** Public keys as PEM by the name under which rows cite them. */
export type KeyRing = ReadonlyMap<string, string>;

export type FaultKind = "row-changed" | "row-deleted" | "row-inserted" | "chain-gap" | "chain-changed" | "tail-cut" | "checkpoint-signature" | "checkpoint-missing" | "checkpoint-differs" | "stub-wrong" | "unknown-algorithm" | "signature-wrong";
/** `row`: number in the chain of the first wrong row; `entry`: id of the entry there. */
export type Fault = { readonly kind: FaultKind; readonly row: number; readonly entry?: string; readonly message: Text };
export type Verdict = { readonly clean: boolean; readonly rows: number; readonly fromSeq: number; readonly toSeq: number; readonly checkpoints: number; readonly outside: number; readonly digest: string; readonly fault?: Fault };

/** What is known of the chain besides its rows. `outside`: checkpoints from other places than the database, each with the name of its place. */
export type Anchors = { readonly stubs: readonly Stub[]; readonly inside: readonly Kept[]; readonly outside: readonly { readonly place: string; readonly checkpoints: readonly Kept[] }[]; readonly keys: KeyRing; /** Where a stretch begins that was taken out of the chain. */ readonly start?: Pick<Stub, "toSeq" | "digest"> };

const fault = (kind: FaultKind, row: number, zh: string, en: string, entry?: string): Fault => ({ kind, row, ...(entry !== undefined && { entry }), message: { zh, en } });

function isSigned(keys: KeyRing, key: string, text: string, signature: string): boolean {
  const pem = keys.get(key);
  return pem !== undefined && verify(null, Buffer.from(text), createPublicKey(pem), Buffer.from(signature, "base64"));
}

/** Checkpoints follow one another without a gap, each signed over itself and the signature before it. */
function faultOfCheckpoints(list: readonly Kept[], keys: KeyRing, place: string): Fault | undefined {
  let before: Kept | undefined;
  for (const one of list) {
    const from = (before?.seq ?? 0) + 1;
    if (one.no !== (before?.no ?? 0) + 1) return fault("checkpoint-missing", from, `${place}：缺少第${(before?.no ?? 0) + 1}个检查点`, `${place}: checkpoint ${(before?.no ?? 0) + 1} is missing`);
    const text = ["qingce audit checkpoint 1", one.no, one.seq, one.digest, one.rows, one.algorithm, one.at, before?.signature ?? ""].join("\n");
    if (!isSigned(keys, one.key, text, one.signature) || one.rows !== one.seq - (before?.seq ?? 0)) return fault("checkpoint-signature", from, `${place}：第${one.no}个检查点的签名不符`, `${place}: the signature of checkpoint ${one.no} does not fit`);
    before = one;
  }
  return undefined;
}

/** Outside and inside must tell the same; more outside than inside means that the database lost its end. */
function faultOfPlaces({ inside, outside }: Anchors): Fault | undefined {
  for (const { place, checkpoints } of outside) {
    for (const one of checkpoints) {
      const own = inside[one.no - 1];
      if (own === undefined) continue;
      if (own.seq !== one.seq || own.digest !== one.digest || own.signature !== one.signature) {
        const from = (inside[one.no - 2]?.seq ?? 0) + 1;
        return fault("checkpoint-differs", from, `第${from}–${one.seq}行：数据库中的第${one.no}个检查点与${place}中的不同`, `rows ${from}–${one.seq}: checkpoint ${one.no} in the database differs from the one in ${place}`);
      }
    }
  }
  return undefined;
}

export class ChainWalk {
  #digest: Buffer = chainStart;
  #seq = 0;
  #from = 0;
  #rows = 0;
  #fault: Fault | undefined;
  #next = 0;
  readonly #anchors: Anchors;
  /** All checkpoints by their place in the chain, the database's own and those from outside. */
  readonly #marks: readonly { readonly seq: number; readonly no: number; readonly digest: string; readonly place: string }[];

  constructor(anchors: Anchors) {
    this.#anchors = anchors;
    const all = [{ place: "database", checkpoints: anchors.inside }, ...anchors.outside];
    this.#marks = all.flatMap(({ place, checkpoints }) => checkpoints.map(({ seq, no, digest }) => ({ seq, no, digest, place }))).sort((a, b) => a.seq - b.seq || a.no - b.no);
    const stub = anchors.stubs.at(-1);
    if (stub) {
      const text = ["qingce audit stub 1", stub.toSeq, stub.digest, stub.removed, stub.at].join("\n");
      if (!isSigned(anchors.keys, stub.key, text, stub.signature)) this.#fault = fault("stub-wrong", stub.toSeq, "已到期删除部分的签名存根不符", "the signed stub of what was deleted after its years does not fit");
      this.#seq = stub.toSeq;
      this.#digest = Buffer.from(stub.digest, "hex");
    }
    if (anchors.start) {
      this.#seq = anchors.start.toSeq;
      this.#digest = Buffer.from(anchors.start.digest, "hex");
    }
    this.#from = this.#seq + 1;
    for (const mark of this.#marks) {
      if (mark.seq > this.#seq) break;
      if (mark.seq === this.#seq && mark.digest !== this.#digest.toString("hex")) this.#fault ??= fault("stub-wrong", this.#seq, "存根与检查点不符", "the stub does not fit its checkpoint");
      this.#next += 1;
    }
  }

  /** False once a fault was found: nothing behind it can be trusted. */
  take(row: ChainLine): boolean {
    if (this.#fault) return false;
    this.#rows += 1;
    const seq = this.#seq + 1;
    if (row.seq !== seq) return this.#stop(fault("chain-gap", seq, `第${seq}行不在链中`, `row ${seq} is not in the chain`));
    if (row.algorithm !== "sha-256" && row.algorithm !== "sm3") return this.#stop(fault("unknown-algorithm", seq, `第${seq}行的摘要算法未知`, `row ${seq} names an unknown digest`, row.entryId));
    if (row.line === undefined) return this.#stop(fault("row-deleted", seq, `第${seq}行（条目${row.entryId}）已被删除`, `row ${seq} (entry ${row.entryId}) was deleted`, row.entryId));
    const digest = chainDigest(row.algorithm, this.#digest, seq, row.line);
    if (digest.toString("hex") !== row.digest) return this.#stop(fault("row-changed", seq, `第${seq}行（条目${row.entryId}）或其摘要已被改动`, `row ${seq} (entry ${row.entryId}) or its digest was changed`, row.entryId));
    this.#digest = digest;
    this.#seq = seq;
    return this.#meetMarks();
  }

  #meetMarks(): boolean {
    for (let mark = this.#marks[this.#next]; mark && mark.seq <= this.#seq; mark = this.#marks[this.#next]) {
      if (mark.digest !== this.#digest.toString("hex")) {
        // Every row fits the one before it, and yet the sum is another: somebody computed the chain anew from somewhere behind the checkpoint before.
        const from = Math.max(this.#from, (this.#marks.findLast((each) => each.seq < mark.seq)?.seq ?? 0) + 1);
        return this.#stop(fault("chain-changed", from, `第${from}–${mark.seq}行被整体改写：与第${mark.no}个检查点（${mark.place}）不符`, `rows ${from}–${mark.seq} were computed anew: they do not fit checkpoint ${mark.no} (${mark.place})`));
      }
      this.#next += 1;
    }
    return true;
  }

  #stop(found: Fault): false {
    this.#fault = found;
    return false;
  }

  /** What the rows alone told. */
  walked(): { readonly rows: number; readonly fault?: Fault } {
    const cut = this.#marks[this.#next];
    if (!this.#fault && cut) this.#fault = fault("tail-cut", this.#seq + 1, `第${this.#seq + 1}行起被截去：第${cut.no}个检查点（${cut.place}）到第${cut.seq}行`, `everything from row ${this.#seq + 1} on was cut off: checkpoint ${cut.no} (${cut.place}) reaches row ${cut.seq}`);
    return { rows: this.#rows, ...(this.#fault && { fault: this.#fault }) };
  }

  /** @param slippedIn entries that stand behind the chain's end and not in it, each with the row before which it pretends to stand */
  end(slippedIn: readonly { readonly id: string; readonly row: number }[] = []): Verdict {
    const { inside, outside, keys } = this.#anchors;
    this.walked();
    this.#fault ??= faultOfCheckpoints(inside, keys, "database");
    for (const { place, checkpoints } of outside) this.#fault ??= faultOfCheckpoints(checkpoints, keys, place);
    this.#fault ??= faultOfPlaces(this.#anchors);
    const [slipped] = slippedIn;
    if (!this.#fault && slipped !== undefined) this.#fault = fault("row-inserted", slipped.row, `第${slipped.row}行之前的条目${slipped.id}是事后插入的，不在链中`, `entry ${slipped.id} before row ${slipped.row} was put in afterwards: it is not in the chain`, slipped.id);
    const digest = this.#digest.toString("hex");
    return { clean: this.#fault === undefined, rows: this.#rows, fromSeq: this.#from, toSeq: this.#seq, checkpoints: inside.length, outside: outside.reduce((sum, one) => sum + one.checkpoints.length, 0), digest, ...(this.#fault && { fault: this.#fault }) };
  }
}
