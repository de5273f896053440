// Why a bundle is not taken, as a code for programs and a sentence for people.
import type { Text } from "../core/issue.ts";

const sentences = {
  "not-a-bundle": { zh: "这不是清册数据包", en: "this is not a bundle of Qingce" },
  "newer-format": { zh: "数据包的格式比本系统新，请先升级", en: "the bundle is of a newer format; update this system first" },
  damaged: { zh: "数据包已损坏或被改动", en: "the bundle is damaged or was altered" },
  "wrong-signature": { zh: "数据包的签名不对，不能确认由谁制作", en: "the signature of the bundle is wrong: nobody can tell who made it" },
  "not-for-us": { zh: "数据包不是发给本机的", en: "the bundle is addressed to somebody else" },
  "cut-short": { zh: "数据包不完整，请重新复制或上传", en: "the bundle is not complete; copy or upload it again" },
  "too-large": { zh: "数据包超出允许的大小", en: "the bundle is larger than is allowed" },
  expired: { zh: "数据包已过有效期", en: "the bundle has expired" },
} as const satisfies Readonly<Record<string, Text>>;

export type BundleFaultCode = keyof typeof sentences;

/** Thrown for a bundle that is not taken; `message` says for the log what exactly, with no content of the bundle in it. */
export class BundleFault extends Error {
  readonly code: BundleFaultCode;
  readonly say: Text;
  constructor(code: BundleFaultCode, what: string) {
    super(`${code}: ${what}`);
    this.name = "BundleFault";
    this.code = code;
    this.say = sentences[code];
  }
}
