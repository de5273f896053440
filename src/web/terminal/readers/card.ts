// What a reader says of an identity card, in one form whatever bridge it came through: dates as YYYY-MM-DD, sex as its code, the name of the nation as printed.
import { checkCitizenId, citizenIdFacts, type SexCode } from "../../../core/citizen-id.ts";
import type { Text } from "../../../core/issue.ts";
import { parseDate } from "../../../core/time.ts";

export type CardReading = {
  readonly name: string;
  readonly idNumber: string;
  readonly sex?: SexCode;
  /** As the card prints it, with or without 族, or a code. */
  readonly nation?: string;
  readonly birthDate?: string;
  readonly address?: string;
  readonly issuer?: string;
  readonly validFrom?: string;
  /** Absent when the card is valid without end. */
  readonly validTo?: string;
  readonly longTerm: boolean;
  /** Picture of the chip, JPEG or BMP. */
  readonly portrait?: Blob;
};

export type ReaderFaultCode = "no-bridge" | "no-card" | "reader-fault" | "not-understood";
const says: Readonly<Record<ReaderFaultCode, Text>> = {
  "no-bridge": { zh: "读卡程序没有应答。请检查读卡器和读卡程序，或改用手工录入", en: "The card reader's program does not answer. Check reader and program, or enter by hand" },
  "no-card": { zh: "没有读到身份证。请把证件平放在读卡器上，再按“读卡”", en: "No card was found. Lay the card flat on the reader and read again" },
  "reader-fault": { zh: "读卡器报告错误。请取下证件，重新放好再读", en: "The reader reports a fault. Lift the card, lay it down again and read again" },
  "not-understood": { zh: "读到的内容不完整，不能采用。请再读一次，或改用手工录入", en: "What was read is not whole and is not used. Read again, or enter by hand" },
};

/** Why no card was read; `say` is for people, and never holds what stood on a card. */
export class ReaderFault extends Error {
  readonly code: ReaderFaultCode;
  readonly say: Text;
  constructor(code: ReaderFaultCode) {
    super(code);
    this.name = "ReaderFault";
    this.code = code;
    this.say = says[code];
  }
}

/** Field names of the bridges in use, by what they mean. Case does not matter. */
const names = {
  name: ["name", "partyname", "9"],
  idNumber: ["idnumber", "certnumber", "idcode", "cardid", "cardno", "citizenid", "idno", "10", "身份证号", "公民身份号码", "证件号码"],
  sex: ["sex", "gender", "11", "性别"],
  nation: ["nation", "ethnic", "nationcode", "12", "民族"],
  birthDate: ["birthdate", "birthday", "bornday", "born", "birth", "13", "出生", "出生日期"],
  address: ["address", "certaddress", "14", "住址", "地址"],
  issuer: ["issuer", "issueorgan", "certorg", "department", "issuedat", "issuingauthority", "police", "15", "签发机关"],
  validFrom: ["validfrom", "effdate", "startdate", "validdatestart", "effecteddate", "begindate", "16", "有效期起"],
  validTo: ["validto", "expdate", "enddate", "validdateexpire", "expireddate", "17", "有效期止"],
  portrait: ["portrait", "identitypic", "photo", "photodata", "picture", "headimage", "portraitjpegbase64"],
} as const;
type Field = keyof typeof names;
const extraNames: Partial<Record<Field, readonly string[]>> = { name: ["姓名"] };

export type RawCard = Readonly<Record<string, unknown>>;

const folded = (text: string): string => text.normalize("NFKC").replace(/[\s\u0000\u200b\ufeff]+/gu, " ").trim();

/** `1` or `男` is male, `2` or `女` female; undefined for anything else. */
export function sexOf(text: string): SexCode | undefined {
  const plain = folded(text);
  return /^(0?1|男|男性|M)$/iu.test(plain) ? "1" : /^(0?2|女|女性|F)$/iu.test(plain) ? "2" : undefined;
}

const LONG = /长期|永久|long|^0{8}$|^9999/iu;

/** End of validity: a date, or `longTerm` for 长期; undefined when neither. */
export function validityOf(text: string): { readonly validTo?: string; readonly longTerm: boolean } | undefined {
  const plain = folded(text);
  if (plain === "") return undefined;
  if (LONG.test(plain)) return { longTerm: true };
  const validTo = parseDate(plain);
  return validTo === undefined ? undefined : { validTo, longTerm: false };
}

/** The picture behind base64 text, with or without `data:` in front; undefined when it is no JPEG or BMP. */
export function portraitOf(text: string): Blob | undefined {
  const plain = text.replace(/^data:[^,]*,/u, "").replace(/\s+/gu, "");
  if (plain.length < 200 || !/^[A-Za-z0-9+/]+=*$/u.test(plain)) return undefined;
  const bytes = Uint8Array.from(atob(plain), (c) => c.charCodeAt(0));
  const type = bytes[0] === 0xff && bytes[1] === 0xd8 ? "image/jpeg" : bytes[0] === 0x42 && bytes[1] === 0x4d ? "image/bmp" : undefined;
  return type && new Blob([bytes], { type });
}

/**
 * The card from whatever a bridge calls its fields. A card whose number does not hold (GB 11643), or whose sex or birth date contradict the
 * number, was misread. @throws ReaderFault not-understood
 */
export function cardOf(raw: RawCard): CardReading {
  const given = new Map(Object.entries(raw).map(([key, value]) => [key.toLowerCase(), value]));
  const said = (field: Field): string => {
    for (const key of [...names[field], ...(extraNames[field] ?? [])]) {
      const value = given.get(key);
      if (typeof value === "string" && folded(value) !== "") return value;
      if (typeof value === "number") return String(value);
    }
    return "";
  };
  const checked = checkCitizenId(said("idNumber"));
  const name = folded(said("name"));
  if (!checked.ok || name === "") throw new ReaderFault("not-understood");
  const facts = citizenIdFacts(checked.id);
  const sex = sexOf(said("sex")) ?? facts?.sex;
  const birthDate = parseDate(folded(said("birthDate"))) ?? facts?.birthDate;
  if (facts && (sex !== facts.sex || birthDate !== facts.birthDate)) throw new ReaderFault("not-understood");
  // Some bridges give both ends in one field: 20100101-20300101.
  const span = /^(\S+?)\s*[-—至~]\s*(\d{4}.*|长期)$/u.exec(folded(said("validFrom")));
  const from = parseDate(span && span[1] !== undefined && parseDate(span[1]) !== undefined ? span[1] : folded(said("validFrom")));
  const validity = validityOf(said("validTo")) ?? (span?.[2] === undefined || parseDate(span[1] ?? "") === undefined ? undefined : validityOf(span[2]));
  const optional = (field: "nation" | "address" | "issuer"): { readonly [key in typeof field]?: string } => (folded(said(field)) === "" ? {} : { [field]: folded(said(field)) });
  const portrait = portraitOf(said("portrait"));
  return {
    name,
    idNumber: checked.id,
    ...(sex && { sex }),
    ...(birthDate && { birthDate }),
    ...optional("nation"),
    ...optional("address"),
    ...optional("issuer"),
    ...(from && { validFrom: from }),
    ...(validity?.validTo && { validTo: validity.validTo }),
    longTerm: validity?.longTerm ?? false,
    ...(portrait && { portrait }),
  };
}
