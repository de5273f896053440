// Given names by decade of birth and sex, with rough weights written for the demo: the fashions follow what the annual name reports of the
// Ministry of Public Security say of each generation (建国 and 秀英 of the fifties, 军 and 丽 of the seventies, 伟 and 静 of the eighties …).
import { type Random, weightedTable, type Weighted } from "./random.ts";

export type Sex = "1" | "2";
type Era = { readonly from: number; readonly whole: Weighted<string>; readonly first: readonly string[]; readonly second: readonly string[]; readonly single: number };

/** Words separated by spaces; earlier ones are more frequent. */
const whole = (words: string): Weighted<string> => weightedTable(words.split(" ").map((word, rank): readonly [string, number] => [word, 30 / (rank + 8)]));
const era = (from: number, words: string, first: string, second: string, single: number): Era => ({
  from,
  whole: whole(words),
  first: [...first],
  second: [...second],
  single,
});

const MALE: readonly Era[] = [
  era(
    1900,
    "金水 水木 文山 天送 清水 德福 金土 火木 木生 添福 进财 福来 天赐 有福 长寿 金木 振声 文彬 庆祥 永福 炳坤 金发 清泉 水源 土生 春木 书田 玉山 成德 树德",
    "金水文天清德木添进福有长振庆永炳春书玉成树火土孝忠廷克宗耀昌",
    "水木山送福土生财来赐寿声彬祥坤发泉源田德海池钟根荣昌清添富义",
    0.06,
  ),
  era(
    1945,
    "建国 国强 文革 志强 建华 建军 国华 金水 志明 建成 国庆 和平 解放 援朝 建设 卫国 清水 文辉 金城 明德 振华 清池 金山 永康 永昌 国栋 文忠 建平 金福 清源 世昌 进发 国平 水生 树林 火炎 南山 新民 跃进 建新",
    "建国文志金清永振明世进水树春新和卫庆祥德福长荣宝忠良万光天加松再炳瑞成",
    "国强华军成庆平明生水山城辉源池发福康昌林忠德民新木泉荣祥财旺东海来安义金火炎",
    0.04,
  ),
  era(
    1960,
    "志强 建军 建华 志明 文斌 卫东 国强 向东 红卫 永红 建平 建明 国荣 金龙 清海 文龙 志勇 志刚 海水 福生 建民 卫民 学军 学文 东升 小平 福成 清华 国清 进福 木水 金成 荣生 跃文 伟民 永强 振兴 文明 建福 加福",
    "志建文卫国永向红金清海福学东荣伟振加进春秋宝景新松世祥贵亚瑞木添炳良水连",
    "强军华明斌东卫红平荣龙海勇刚水生民文升成清福兴金辉忠辉坤阳雄泉法章地来源木聪",
    0.07,
  ),
  era(
    1970,
    "志强 志伟 建军 建辉 志勇 伟强 文辉 海峰 志明 文强 志军 晓东 建华 建伟 永辉 国辉 小明 文艺 清辉 金辉 志鹏 伟明 进强 志坚 海明 志辉 建忠 俊杰 剑峰 文华 小龙 福明 小军 江海 永志 清江 建东 金全 国明 世民",
    "志建文海伟永晓国小清金俊剑进世福江少艺炳景荣亚火明春松添毅思振东培加延良全",
    "强伟军辉勇峰明东华鹏坚忠杰龙海民志兴平阳生文斌彬雄聪锋波林清坤全泉煌地阔法钦",
    0.12,
  ),
  era(
    1980,
    "伟 勇 志强 磊 军 强 杰 涛 明 超 鹏 志伟 斌 辉 小龙 俊杰 志鹏 建伟 海龙 文杰 晓东 伟杰 志勇 艺辉 建辉 毅 炜 少华 伟鹏 海波 志杰 剑辉 明辉 永强 文彬 俊峰 志坚 晓峰 金龙 艺彬",
    "志文伟海俊晓建艺明永剑少小金国清家炜毅育培东思景振景进伟良宇瑞子冠世锦荣超",
    "强伟杰鹏辉龙东勇波峰明坚彬斌华文阳林煌聪锋毅涛鸿艺源滨泉森达祥凯雄贤河能铭钦",
    0.3,
  ),
  era(
    1990,
    "伟 杰 鑫 鹏 志强 俊杰 浩 宇 凯 龙 志鹏 伟杰 家豪 晓龙 俊鹏 艺文 文杰 超 泽宇 嘉伟 志杰 艺鹏 炜彬 俊辉 俊艺 梓豪 子豪 佳伟 伟伟 铭杰 宏伟 泽铭 艺龙 宇航 智伟 毅鹏 剑锋 锦辉 世杰 煜",
    "俊志艺家泽嘉伟梓子佳宇铭文宏晓智毅锦世煜浩炜冠景鸿诗剑明国培建永凯晨圣逸金",
    "杰伟鹏豪龙宇辉彬艺文铭航锋煌强凡涛阳鑫滨源鸿烨坤林森聪轩斌楠博浩毅荣祥权贤财",
    0.22,
  ),
];

const FEMALE: readonly Era[] = [
  era(
    1900,
    "阿香 秀英 玉兰 金花 素兰 玉英 桂英 招治 春花 秀兰 惠英 玉珠 阿花 网市 月英 玉叶 宝珠 银花 桂花 水治 秀花 金治 罔腰 乌治 玉治 素治 来治 月治 勤治 美治",
    "阿秀玉金素桂招春惠宝银水来月勤美雪珠香彩淑巧梅琴锦绣乌专粉扁",
    "香英兰花治珠叶市月琴枝莲梅宝雪娥凤玉菊桂春珍妹绸绢缎却彩",
    0.05,
  ),
  era(
    1945,
    "秀英 玉英 秀兰 丽华 淑珍 素珍 玉兰 美英 秀珍 宝珍 金英 淑英 桂兰 月英 丽珍 玉珍 惠珍 素英 秀华 碧玉 美珍 秀琴 清香 玉华 金兰 淑华 玉梅 月华 碧英 秀治",
    "秀玉丽淑素美宝金桂月惠碧清雪彩凤春梅珠爱锦瑞亚琼巧银",
    "英兰华珍玉香琴梅治花莲娥珠月凤霞云芳菊红枝招叶惠金桂",
    0.05,
  ),
  era(
    1960,
    "丽华 秀英 素珍 美英 秀丽 丽珍 玉珍 淑华 秀珍 美珍 丽红 秀红 爱华 玉华 金英 美丽 碧华 秀琴 小红 丽英 惠珍 素华 亚珍 宝珠 雪珍 美华 红英 秀云 淑珍 彩云",
    "丽秀素美玉淑爱金碧小惠亚宝雪红彩春月清阿琼燕凤梅锦瑞梨建",
    "华英珍丽红琴云珠霞兰芳玉治花香月娥梅莲萍娟珊清真凤菊卿琼",
    0.08,
  ),
  era(
    1970,
    "丽 丽红 小红 丽华 秀丽 燕 敏 红 丽萍 丽娟 秀红 雪梅 小燕 美红 玲 秀珍 丽珍 海燕 晓红 志红 淑红 丽英 小玲 美玲 素红 惠红 秀琴 丽琴 艺红 亚红",
    "丽小秀雪美海晓淑素惠艺亚志碧金彩燕春红清幼玉琼阿双宝建爱慧",
    "红华丽燕萍娟梅珍玲英琴芳霞云兰珠敏花香治莲端真恋卿环白缎",
    0.15,
  ),
  era(
    1980,
    "丽 静 燕 婷 敏 娟 芳 艳 丽娜 小燕 雅婷 丽萍 丽娟 晓燕 婷婷 梅 雪 小玲 丽丽 美玲 艺红 雅芳 雪芳 慧 静静 晓芳 小芬 惠玲 秋燕 春梅",
    "丽小雅晓美雪艺慧惠秋春静淑志碧婷彩素燕双梅金玉巧芳舒婉清诗",
    "燕婷娜萍娟玲芳红芬梅丽静霞虹真珊云琴珠敏华艳瑜卿端贞莹兰媛",
    0.22,
  ),
  era(
    1990,
    "婷 静 雅婷 慧 敏 诗婷 雅玲 婷婷 雪 思婷 佳慧 艺婷 颖 雨婷 丽婷 晓婷 诗琪 欣怡 嘉欣 琳 雅芳 燕婷 梦婷 佳颖 艺玲 雅静 宝婷 秋婷 小婷 雅琪",
    "雅诗婷思佳艺雨丽晓嘉欣梦燕小宝秋美慧淑静怡紫婉玉巧舒梓雪铭月",
    "婷玲琪慧怡颖欣芳静琳娜萍燕红云霞莹娟敏瑜真珊钰妮媛滢雯茹虹蓉",
    0.18,
  ),
];

const eraOf = (eras: readonly Era[], year: number): Era => eras.findLast((each) => each.from <= year) ?? (eras[0] as Era);

/** A given name as it was liked in that year: a common whole name, or a first and a second character of the time, or one character. */
export function givenName(random: Random, sex: Sex, birthYear: number): string {
  const now = eraOf(sex === "1" ? MALE : FEMALE, birthYear);
  const draw = random.unit();
  if (draw < now.single) return random.pick(now.second);
  if (draw < now.single + 0.3) return random.weighted(now.whole);
  const first = random.pick(now.first);
  let second = random.pick(now.second);
  if (second === first && random.chance(0.8)) second = random.pick(now.second);
  return first + second;
}

/** How many different names and characters the tables hold. */
export const givenNameParts: number = new Set([...MALE, ...FEMALE].flatMap((each) => [...each.whole.values, ...each.first, ...each.second])).size;
