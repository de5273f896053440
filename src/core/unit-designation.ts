// Military unit designations (番号, such as numbered divisions, regiments and companies) may not enter any system; cover names
// (代号, five digits and 部队) may. Unit fields take cover names only; every other text is scanned before anything is stored.
// A result holds positions, never the text: results are logged and counted.

export type DesignationVerdict = "pass" | "review" | "refuse";
/** Characters `from`..`to`, 1-based, inclusive, by code point of the text as given. */
export type Span = { readonly from: number; readonly to: number };
export type DesignationScan = { readonly verdict: DesignationVerdict; readonly spans: readonly Span[] };

const PASS: DesignationScan = { verdict: "pass", spans: [] };

const COVER_NAMES = [/^[1-9]\d{4}(部队)?(\d{1,3}分队)?$/u, /^\d{4}部队$/u, /^[一-龥]字\d{3}部队$/u];

/** A unit field takes cover names only (37001部队, 97621部队16分队, 8341部队, 总字190部队, 58328); everything else is refused. */
export function checkUnitField(text: string): "accept" | "refuse" {
  const folded = text.normalize("NFKC").trim();
  return COVER_NAMES.some((pattern) => pattern.test(folded)) ? "accept" : "refuse";
}

const N = "[0-9一二三四五六七八九十百千零〇○×xX*某壹贰叁肆伍陆柒捌玖拾佰两廿]";
const LEVEL =
  "(?:集团军|野战军|军(?![人属烈休官衔籍龄民转校医])|师(?![傅范生资])|旅(?![游行客])|团(?![员委支队结体购圆聚年级场])|营(?![业养销])|连(?![续接锁衣冠串环]))";
/** Alone, a low-level name is often a place or an everyday word; these are not even worth a look. */
const ALONE = "(?:军(?![人属烈休官衔籍龄民转校医礼仪总])|师(?![傅范生资徒])|旅(?![游行客店馆])|团(?![员委支队结体购圆聚年级场伙糟和])|营(?![业养销口子镇村盘])|连(?![续接锁衣冠串环体任襟]))(?![镇村乡屯庄街路巷])";

/** Civil addresses of the production and construction corps (新疆生产建设兵团) and everyday words, put out of sight before scanning. */
const CIVIL = new RegExp(
  [
    `(?:生产建设)?兵团(?:第?${N}{1,4}[师团营连])+`,
    `第?${N}{1,3}师(?=阿拉尔|铁门关|图木舒克|可克达拉|双河|五家渠|胡杨河|石河子|白杨|北屯|新星|昆玉)(?:阿拉尔|铁门关|图木舒克|可克达拉|双河|五家渠|胡杨河|石河子|白杨|北屯|新星|昆玉)市?(?:第?${N}{1,4}[团营连])*`,
    `一连(?=[几数${N.slice(1, -1)}]+[天日年月个次夜晚周])`,
  ].join("|"),
  "gu",
);
const REFUSE = new RegExp(
  [
    `第${N}{1,6}(?:集团军|野战军|军(?![人医校])|师(?![傅范])|旅(?![游行客])|团(?![委场员]))`,
    `${N}{1,6}集团军`,
    `(?:第?${N}{1,6}${LEVEL}){2,}`,
  ].join("|"),
  "gu",
);
const REVIEW = new RegExp(`第?${N}{1,6}${ALONE}`, "gu");

const QUICK = /[军軍師师旅团團営營营连連]/u;
/** Texts of ordinary characters need a closer look only where a number stands before a level; others are folded first. */
const ORDINARY = /^[\s\u0020-\u007e\u00b7\u2013-\u2026\u3000-\u3030\u4e00-\u9fff\uff00-\uff5e]*$/u;
const NUMBERED = /[0-9０-９一二三四五六七八九十百千零〇○×xXｘＸ*＊某壹贰貳叁肆伍陆陸柒捌玖拾佰两兩廿]\s*[军軍師师旅团團營营连連集野]/u;
const TRADITIONAL: { readonly [char: string]: string } = { 軍: "军", 師: "师", 團: "团", 営: "营", 營: "营", 連: "连", 隊: "队", 戰: "战", 貳: "贰", 陸: "陆", 兩: "两" };

/** Half-width, simplified and without anything invisible, with the original position of each character left. */
const fold = (text: string): { readonly chars: string; readonly at: readonly number[] } => {
  let chars = "";
  const at: number[] = [];
  let position = 0;
  for (const char of text) {
    position += 1;
    const plain = /^[\s\p{Cf}\p{Cc}]$/u.test(char) ? "" : char.normalize("NFKC").replace(/\s+/gu, "");
    for (const unit of plain) {
      const one = TRADITIONAL[unit] ?? unit;
      chars += one;
      for (let i = 0; i < one.length; i += 1) at.push(position);
    }
  }
  return { chars, at };
};

const spansOf = (pattern: RegExp, chars: string, at: readonly number[]): Span[] =>
  [...chars.matchAll(pattern)].map((hit) => ({ from: at[hit.index] ?? 1, to: at[hit.index + hit[0].length - 1] ?? 1 }));

/**
 * Scans free text: `refuse` when it names a unit, `review` when a lone low-level name may be one and a person must look, else `pass`.
 * Positions are given, the text never.
 */
export function scanFreeText(text: string): DesignationScan {
  if (ORDINARY.test(text) && !(QUICK.test(text) && NUMBERED.test(text))) return PASS;
  const { chars, at } = fold(text);
  const visible = chars.replace(CIVIL, (hit) => "□".repeat(hit.length));
  const refused = spansOf(REFUSE, visible, at);
  if (refused.length > 0) return { verdict: "refuse", spans: refused };
  const doubtful = spansOf(REVIEW, visible, at);
  return doubtful.length > 0 ? { verdict: "review", spans: doubtful } : PASS;
}
