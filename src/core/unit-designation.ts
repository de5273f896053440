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

/** Chinese numerals, formal ones, and the digits as soldiers speak them (幺 1, 拐 7, 洞 0, 勾 9). */
const HAN = "一二三四五六七八九十百千零〇○壹贰叁肆伍陆柒捌玖拾佰两廿卅幺拐洞勾";
/** A number before a level: up to four digits, up to six Chinese ones, or what stands in a number's place. */
const NUMBER = `(?:(?<![0-9]|[0-9]\\.)[0-9]{1,4}|(?<![0-9A-Za-z]|[0-9]\\.)(?=[OoIlxX*]{0,3}[0-9])[0-9OoIlxX*]{2,4}|[${HAN}]{1,6}|[xX*某□?]{1,4})`;
/** Arms that stand before a number (步兵第40师) or between it and its level (112机步师). */
const ARM =
  "(?:机械化|摩托化|机步|摩步|步兵|装甲|坦克|炮兵|高炮|高射炮兵|火箭炮|工兵|工程兵|通信|防化|骑兵|铁道兵|基建工程兵|舟桥|高射机枪|榴炮|加榴炮|反坦克|汽车|坦|预备役|空降兵?|航空兵|歼击|轰炸|强击|运输|导弹|地空导弹|特种作战|特战|特务|侦察|雷达|电子对抗|陆战|海军陆战队?|岸炮|水警|潜艇|合成|轻型|重型|守备|海防|边防|警卫|警备|独立|教导|机动|内卫|陆航|防空)";
const NAMED = "(?:陆军|空军|海军|武警|火箭军|二炮|志愿军|解放军|八路军|新四军|军区|总队|空|炮|铁|沈空|北空|兰空|济空|南空|广空|成空|海航)";
const LEVELS = ["集团军", "野战军", "方面军", "军团", "军", "师", "旅", "团", "营", "连", "排"] as const;
type Level = (typeof LEVELS)[number];
const RANK: { readonly [level in Level]: number } = { 集团军: 8, 野战军: 9, 方面军: 9, 军团: 7, 军: 6, 师: 5, 旅: 4, 团: 3, 营: 2, 连: 1, 排: 0 };
const TOKEN = new RegExp(`(第)?(${NUMBER})(${ARM}{0,2})(${LEVELS.join("|")})`, "gu");

/** A place or an institution follows: 五营村, 三营镇, 十团医院. */
const PLACE = "[镇村乡屯庄街路巷弄县市]|医院|中学|小学|学校|幼儿园|社区|居委会|农场|牧场|职工|农工";
/** What follows makes another word of the level: 三军仪仗队, 二师傅, 第三团委, 五营业点, 三连冠. */
const OTHER_WORD: { readonly [level in Level]?: RegExp } = {
  军: new RegExp(
    `^(?:[人属烈休官衔籍龄民转校礼仪总用旅粮港舰马种区事绿嫂歌功帽鞋被备令心威法情魂史娃鼓容垦号垒]|医(?!院)|装(?!甲|备部)|训(?!练|大队)|工(?!兵|程兵)|需(?!处|科|股)|大(?!队|院)|车(?!队|务)|服(?!兵?役|过)|政(?!委|治)|乐(?!队)|警(?![卫备])|干所|分区|对垒|万马|${PLACE})`,
    "u",
  ),
  师: new RegExp(`^(?:[傅范生资徒兄弟姐妹母父叔伯爷德承专大附道门恩训职级友从表节爱太宗]|出[名有身]|一优|型|${PLACE})`, "u"),
  旅: new RegExp(`^(?:[游行客店馆社程途居费次美日欧检伴拍舍]|${PLACE})`, "u"),
  团: new RegExp(`^(?:[员委支队结体购圆聚级场伙糟和火课餐拜费校日圈建总务缩雾乱漆浆面毛泥麻纸黑气云烟棉花线扇脸鱼粉圈友票山]|年(?!终|底|度)|组(?!织[股处科])|干校|市委|县委|省委|区委|中央|大战|小组|${PLACE})`, "u"),
  营: new RegExp(`^(?:[业养销口子盘地收利运造建区城帐火救商生改商户]|${PLACE})`, "u"),
  连: new RegExp(`^(?:[续接锁衣冠串环体任襟胜败霸跳拍击音板休涨跌阳阴抽杀着带同忙声夜番载珠轴心线贯拱廊桥片说问发笑哭云江城州山南平湖麦赢号浩杆]|通(?![信讯])|中(?!队)|排(?:别墅|房|屋)|${PLACE})`, "u"),
  排: /^(?:[列队名球水放查除污气骨版序行斥场座位]|第|左|右)/u,
};

/** Cities, and the word itself, of the production and construction corps (新疆生产建设兵团), whose divisions and regiments are civil places. */
const CITY = "(?:阿拉尔|铁门关|图木舒克|可克达拉|双河|五家渠|胡杨河|石河子|白杨|北屯|新星|昆玉)";
const NUMERAL = `[0-9${HAN}]{1,4}`;
const STEPS = `(?:第?${NUMERAL}[师团营连](?!${ARM})(?:${CITY}市?)?)`;
/** Civil addresses and everyday words, put out of sight before scanning. A 兵团 after an arm or a number (步兵团, 第19兵团) is another one. */
const CIVIL = new RegExp(
  [
    `(?<![步炮骑工装通侦防空雷导铁甲${HAN}0-9])(?:生产建设)?兵团(?:农垦|农业建设)?${STEPS}+`,
    `(?:农场|牧场|团场|垦区|农垦)${STEPS}{1,3}`,
    `农(?:业建设)?第?${NUMERAL}师(?:第?${NUMERAL}[团营连])*`,
    `${CITY}市?(?:[一-龥]{1,4}(?:镇|街道|社区))?${STEPS}+`,
    `第?${NUMERAL}师(?=${CITY})(?:${CITY}市?)(?:第?${NUMERAL}[团营连])*`,
    `一连(?=[几数好${HAN}0-9]+[天日年月个次夜晚周小])`,
    `千军万马|百团大战|(?<![第${HAN}0-9])三军(?![团部0-9${HAN}第])|一师一优课|一键三连`,
  ].join("|"),
  "gu",
);
const CIVIL_HINT = new RegExp(`兵团|农|团场|牧场|垦区|${CITY}|一连|千军|百团|三军|一师一|一键`, "u");
/** Stands for what is out of sight; no part of any pattern. */
const HIDDEN = "／";
/** What stands between two names of one chain (115师/344团, 二营的四连). */
const JOINED = /^(?:[-—–/\\·.,，、:：>→~_]{1,2}|的|下属|所属|下辖|属下|所辖|隶属)?$/u;
/** Words of service in the same clause make a lone name worth a look. */
const SERVICE = /当兵|服役|入伍|参军|从军|战士|士兵|新兵|老兵|班长|排长|连长|营长|团长|师长|旅长|军长|政委|指导员|教导员|炊事|卫生员|通信员|文书|部队|退伍|复员|转业|退役|战友|作战|打仗|战斗|牺牲|负伤|立功|番号|编制|驻地|驻防|所在单位/u;
const BEFORE_NAME = new RegExp(`(?:[在原任随调属系于至入]|${ARM}|${NAMED})$`, "u");
const ARM_BEFORE = new RegExp(`(?:${ARM}|${NAMED})$`, "u");
/** A part without a number behind a numbered one: 123师炮团, 112师侦察连. */
const PART_BEHIND = new RegExp(`^(?:${ARM}|炮|机枪|卫生|榴弹炮){1,2}[师旅团营连]`, "u");
/** Numbers above the fourteen divisions of the corps, whose hospitals are civil. */
const BEYOND_CORPS = /^(?:1[5-9]|[2-9][0-9]|[0-9]{3}|[一二三四五六七八九][一二三四五六七八九〇零○十]|[一二三四五六七八九〇零○]{3}|[二三四五六七八九]十.?)$/u;
/** Bases of the rocket force. */
const BASE = new RegExp(`(?:二炮|第二炮兵|火箭军|导弹部队)第?[0-9${HAN}]{1,4}(?:基地|支队)`, "gu");
const CLAUSE_END = /[。；;！!？?]/u;

/** Written with letters: 115D344T3L, 115shi344tuan. Three steps are a name, two a doubt. */
const LETTERS = /(?<![a-z0-9])(?:[0-9]{1,3}(?:jtj|jun|shi|l[vuü]|tuan|ying|lian|j|d|t|y|l)){2,6}(?![a-z0-9])/giu;
const SPELLED = /jun|shi|tuan|ying|lian/iu;

/** A closer look is needed only where a number and a level stand in one text, or digits and letters alternate. */
const QUICK = /[军軍师師旅团團営營营连連基]/u;
const NUMBERED = /[0-9０-９一二三四五六七八九十百千零〇○xXｘＸ*＊某□?？壹贰貳叁參肆伍陆陸柒捌玖拾佰两兩廿卅幺么拐洞勾①-⑳×]/u;
const LETTERED = /[0-9０-９]\s*(?:[a-zａ-ｚ]\s*){1,5}[0-9０-９]/iu;
const ORDINARY = /^[\s\u0020-\u007e\u00b7\u2013-\u2026\u3000-\u3030\u4e00-\u9fff\uff00-\uff5e]*$/u;
const OTHER_FORM: { readonly [char: string]: string } = {
  軍: "军", 師: "师", 團: "团", 営: "营", 營: "营", 連: "连", 隊: "队", 戰: "战", 貳: "贰", 參: "叁", 陸: "陆", 兩: "两", 砲: "炮", 裝: "装", 獨: "独", 衛: "卫", 邊: "边", 預: "预", 備: "备", 機: "机", 騎: "骑",
  鐵: "铁", 導: "导", 偵: "侦", 運: "运", 輸: "输", 轟: "轰", 殲: "歼", 號: "号", 範: "范", 續: "续", 業: "业", 養: "养", 鎮: "镇", 鄉: "乡", 莊: "庄", 醫: "医", 屬: "属", 員: "员", 結: "结", 體: "体", 遊: "游",
  "×": "x", "✕": "x", "╳": "x", "◯": "〇", "⚪": "〇",
};

/** Texts that folding would leave as they are. */
const SETTLED = /^[\u0021-\u007e\u3001\u3002\u4e00-\u9fff]*$/u;
const FOREIGN = new RegExp(`[${Object.keys(OTHER_FORM).join("")}]`, "u");
type Folded = { readonly chars: string; readonly at: readonly number[] | undefined };

/** Half-width, simplified and without anything invisible, with the original position of each character left. */
const fold = (text: string): Folded => {
  if (SETTLED.test(text) && !FOREIGN.test(text)) return { chars: text, at: undefined };
  let chars = "";
  const at: number[] = [];
  let position = 0;
  for (const char of text) {
    position += 1;
    const code = char.codePointAt(0) ?? 0;
    let plain = char;
    if (code <= 0x20) plain = "";
    else if (code > 0x7e && (code < 0x4e00 || code > 0x9fff)) plain = /^[\s\p{Cf}\p{Cc}\p{Mn}]$/u.test(char) ? "" : char.normalize("NFKC").replace(/\s+/gu, "");
    for (const unit of plain) {
      const one = OTHER_FORM[unit] ?? unit;
      chars += one;
      for (let i = 0; i < one.length; i += 1) at.push(position);
    }
  }
  return { chars, at };
};

type Name = { readonly from: number; readonly to: number; readonly ordinal: boolean; readonly number: string; readonly arm: boolean; readonly level: Level };

/** Numbered levels that are not part of another word, left to right. */
function namesIn(chars: string): Name[] {
  const names: Name[] = [];
  for (const hit of chars.matchAll(TOKEN)) {
    const [whole, ordinal, number = "", infix = "", level] = hit;
    const to = hit.index + whole.length;
    const after = chars.slice(to, to + 8);
    if (OTHER_WORD[level as Level]?.test(after) === true && !(level === "师" && after.startsWith("医院") && BEYOND_CORPS.test(number))) continue;
    // 陆军 is the land force, 万军 and 百团 are no numbers; a spoken digit counts beside another one only.
    if (infix === "" && ordinal === undefined && /^[陆百千]$|^[幺拐洞勾]$/u.test(number)) continue;
    const before = chars.slice(Math.max(0, hit.index - 6), hit.index);
    const arm = infix !== "" || PART_BEHIND.test(after) || ARM_BEFORE.test(before);
    names.push({ from: hit.index, to, ordinal: ordinal !== undefined, number, arm, level: level as Level });
  }
  return names;
}

/** Names that stand in one chain: only a separator between them, their levels going down or up. */
function chainsOf(names: readonly Name[], chars: string): Name[][] {
  const chains: Name[][] = [];
  for (const name of names) {
    const chain = chains.at(-1);
    const last = chain?.at(-1);
    const joins = last !== undefined && name.from - last.to <= 2 && JOINED.test(chars.slice(last.to, name.from)) && RANK[name.level] !== RANK[last.level];
    if (joins) chain?.push(name);
    else if (name.level !== "排") chains.push([name]);
  }
  return chains;
}

const anonymous = (number: string): boolean => /^[xX*某□?]+$/u.test(number);

/** What one chain is: a name of two levels, an ordinal from regiment up or an army group is a designation; a lone one may be. */
function verdictOf(chain: readonly Name[], chars: string): DesignationVerdict {
  const [first] = chain;
  if (first === undefined) return "pass";
  if (chain.length > 1) return "refuse";
  const { level, number, ordinal, arm } = first;
  if (level === "集团军" || (level === "野战军" && ordinal)) return "refuse";
  if (level === "方面军" || level === "军团" || level === "野战军") return "review";
  const high = RANK[level] >= RANK.团;
  if (high && (ordinal || (arm && !anonymous(number)))) return "refuse";
  if (ordinal || arm) return "review";
  if (anonymous(number) ? /某|[xX*□]{2}/u.test(number) : /^[0-9]+$/u.test(number)) return "review";
  if (number.length > 1 && !/^[百千两十]+$/u.test(number)) return "review";
  if (chars.replace(/[\p{P}\p{S}]/gu, "").length <= first.to - first.from) return "review";
  return BEFORE_NAME.test(chars.slice(Math.max(0, first.from - 6), first.from)) || SERVICE.test(clauseOf(chars, first)) ? "review" : "pass";
}

/** At most 30 characters on either side, within the clause. */
function clauseOf(chars: string, { from, to }: Name): string {
  const before = chars.slice(Math.max(0, from - 30), from).split(CLAUSE_END).at(-1) ?? "";
  const after = chars.slice(to, to + 30).split(CLAUSE_END)[0] ?? "";
  return `${before}□${after}`;
}

/** A UUID as a machine makes it and nothing beside: one in a hundred thousand looks like companies and battalions in letters (3d4d946d123d). */
const MACHINE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;

/**
 * Scans free text: `refuse` when it names a unit, `review` when a lone low-level name may be one and a person must look, else `pass`.
 * Positions are given, the text never. Time grows with the length only.
 */
export function scanFreeText(text: string): DesignationScan {
  if (MACHINE_ID.test(text)) return PASS;
  if (ORDINARY.test(text) && !(QUICK.test(text) && NUMBERED.test(text)) && !LETTERED.test(text)) return PASS;
  const folded = fold(text);
  const found = judge(folded);
  if (found.verdict === "refuse" || !BRACKETED.test(folded.chars)) return found;
  const bare = judge(withoutBrackets(folded));
  return bare.verdict === "refuse" ? bare : found;
}

/** A number in quotes or brackets (第“38”军) is one all the same; only what is then certain counts. */
const BRACKETED = /["'“”‘’()<>《》「」『』【】〔〕[\]][^军师旅团营连]{0,6}[军师旅团营连]/u;
const BRACKET = /["'“”‘’()<>《》「」『』【】〔〕[\]]/u;
const withoutBrackets = ({ chars, at }: Folded): Folded => {
  let bare = "";
  const kept: number[] = [];
  for (let i = 0; i < chars.length; i += 1) {
    const char = chars.charAt(i);
    if (BRACKET.test(char)) continue;
    bare += char;
    kept.push(at ? (at[i] ?? 1) : i + 1);
  }
  return { chars: bare, at: kept };
};

function judge({ chars, at }: Folded): DesignationScan {
  const visible = !CIVIL_HINT.test(chars) ? chars : chars.replace(CIVIL, (hit) => HIDDEN.repeat(hit.length));
  const spans: { readonly [verdict in "refuse" | "review"]: Span[] } = { refuse: [], review: [] };
  const add = (verdict: DesignationVerdict, from: number, to: number): void => {
    if (verdict !== "pass") spans[verdict].push({ from: at ? (at[from] ?? 1) : from + 1, to: at ? (at[to - 1] ?? 1) : to });
  };
  for (const chain of chainsOf(namesIn(visible), visible)) add(verdictOf(chain, visible), chain[0]?.from ?? 0, chain.at(-1)?.to ?? 1);
  for (const hit of visible.matchAll(BASE)) add("refuse", hit.index, hit.index + hit[0].length);
  for (const hit of visible.matchAll(LETTERS)) {
    const steps = hit[0].match(/[0-9]+/gu)?.length ?? 0;
    add(steps > 2 || SPELLED.test(hit[0]) ? "refuse" : "review", hit.index, hit.index + hit[0].length);
  }
  if (spans.refuse.length > 0) return { verdict: "refuse", spans: spans.refuse };
  return spans.review.length > 0 ? { verdict: "review", spans: spans.review } : PASS;
}
