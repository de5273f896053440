// A seeded corpus of texts with and without military unit designations, put together from words and sentence patterns of its own: it knows
// nothing of the scanner. Every unit, person and place is invented at random. The lots of `later` were written after the scanner had been mended
// by those before them, and are measured apart.

export type Labelled = {
  readonly text: string;
  /** `unit`: a designation, to be refused; `lone`: one low-level name, at least for a person to look at; `civil`: neither. */
  readonly kind: "unit" | "lone" | "civil";
  /** The pattern it was made by, for finding out what fails. */
  readonly by: string;
};

/** mulberry32 */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Pick = { readonly below: (n: number) => number; readonly of: <T>(list: readonly T[]) => T; readonly chance: (share: number) => boolean };
type Maker = (p: Pick) => string;

const DIGITS = "零一二三四五六七八九";
const SPOKEN = "洞幺两三四五六拐八勾";
const FORMAL = "零壹贰叁肆伍陆柒捌玖";

/** 1–199 in one of the ways people write numbers. */
function numeral(p: Pick, n: number): string {
  const spelled = n < 10 ? DIGITS.charAt(n) : n < 20 ? `十${n % 10 === 0 ? "" : DIGITS.charAt(n % 10)}` : n < 100 ? `${DIGITS.charAt(Math.floor(n / 10))}十${n % 10 === 0 ? "" : DIGITS.charAt(n % 10)}` : undefined;
  const each = (digits: string): string => [...String(n)].map((d) => digits.charAt(Number(d))).join("");
  switch (p.below(12)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
      return String(n);
    case 5:
    case 6:
    case 7:
      return spelled ?? each(DIGITS);
    case 8:
      return each(DIGITS).replaceAll("零", p.of(["〇", "○", "零"]));
    case 9:
      return [...String(n)].map((d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)).join("");
    case 10:
      return n >= 10 ? each(SPOKEN) : String(n);
    default:
      return n >= 10 ? each(FORMAL) : DIGITS.charAt(n);
  }
}

const ARMS = ["步兵", "装甲", "摩托化步兵", "机械化步兵", "炮兵", "高炮", "坦克", "防空", "工兵", "航空兵", "合成", "特种作战"];
const SERVICES = ["空军", "海军", "武警", "陆军", "火箭军", "原沈阳军区", "志愿军", "解放军"];

/** Army, division, brigade, regiment, battalion, company, as full names. */
const UNITS: Readonly<Record<string, Maker>> = {
  "division-regiment-company": (p) => `${numeral(p, 1 + p.below(199))}师${numeral(p, 1 + p.below(199))}团${numeral(p, 1 + p.below(12))}连`,
  "division-regiment": (p) => `${numeral(p, 1 + p.below(199))}师${numeral(p, 1 + p.below(199))}团`,
  "army-division": (p) => `${numeral(p, 1 + p.below(80))}军${numeral(p, 1 + p.below(199))}师`,
  "ordinal division": (p) => `第${numeral(p, 15 + p.below(180))}师`,
  "ordinal army": (p) => `第${numeral(p, 1 + p.below(80))}军`,
  "ordinal regiment": (p) => `第${numeral(p, 1 + p.below(199))}团`,
  "ordinal brigade": (p) => `第${numeral(p, 1 + p.below(199))}旅`,
  "group army": (p) => `${p.of(["", "第"])}${numeral(p, 1 + p.below(90))}集团军`,
  "group army, division, regiment": (p) => `第${numeral(p, 1 + p.below(90))}集团军${numeral(p, 1 + p.below(199))}师${numeral(p, 1 + p.below(199))}团`,
  "group army, brigade": (p) => `${numeral(p, 1 + p.below(90))}集团军${p.of(ARMS)}第${numeral(p, 1 + p.below(199))}旅`,
  "battalion-company": (p) => `${numeral(p, 1 + p.below(5))}营${numeral(p, 1 + p.below(12))}连`,
  "regiment-battalion": (p) => `${numeral(p, 1 + p.below(199))}团${numeral(p, 1 + p.below(5))}营`,
  "regiment-battalion-company": (p) => `${numeral(p, 1 + p.below(199))}团${numeral(p, 1 + p.below(5))}营${numeral(p, 1 + p.below(12))}连`,
  "arm before": (p) => `${p.of(ARMS)}第${numeral(p, 1 + p.below(199))}${p.of(["师", "旅", "团"])}`,
  "arm before, without ordinal": (p) => `${p.of(["步兵", "炮兵", "高炮", "装甲"])}${numeral(p, 11 + p.below(180))}${p.of(["师", "团"])}`,
  "arm between": (p) => `第${numeral(p, 1 + p.below(199))}${p.of(["步兵", "装甲", "机械化步兵", "摩托化步兵", "炮兵"])}${p.of(["师", "旅", "团"])}`,
  "service before": (p) => `${p.of(SERVICES)}第${numeral(p, 1 + p.below(99))}${p.of(["师", "旅", "军", "团"])}`,
  anonymous: (p) => { const x = p.of(["X", "某", "×", "*", "XX", "××", "x"]); return `${x}师${x}团${p.of(["", `${x}连`])}`; },
  spaced: (p) => `第 ${numeral(p, 1 + p.below(199))} ${p.of(["师", "军", "团"])}`,
  separated: (p) => `${numeral(p, 1 + p.below(199))}师${p.of(["/", "-", "—", "的", "、", "，", "所属", "下属"])}${numeral(p, 1 + p.below(199))}团`,
  letters: (p) => `${1 + p.below(199)}${p.of(["D", "d", "师D"]).replace("师", "")}${1 + p.below(400)}T${1 + p.below(12)}L`,
};
const RARER_UNITS: Readonly<Record<string, Maker>> = {
  "army-division-regiment": (p) => `${numeral(p, 1 + p.below(80))}军${numeral(p, 1 + p.below(199))}师${numeral(p, 1 + p.below(199))}团`,
  "ordinal chain": (p) => `第${numeral(p, 1 + p.below(80))}军第${numeral(p, 1 + p.below(199))}师`,
  "brigade-battalion": (p) => `${numeral(p, 1 + p.below(199))}旅${numeral(p, 1 + p.below(6))}营${p.of(["", `${numeral(p, 1 + p.below(9))}连`])}`,
  "company-platoon": (p) => `${numeral(p, 1 + p.below(9))}连${numeral(p, 1 + p.below(3))}排`,
  "arm in a chain": (p) => `${numeral(p, 1 + p.below(199))}师${p.of(["炮兵", "坦克", "防空", "工兵"])}${numeral(p, 1 + p.below(199))}团`,
  "field army": (p) => `第${numeral(p, 1 + p.below(4))}野战军第${numeral(p, 1 + p.below(60))}军`,
  "reserve division": (p) => `${p.of(["预备役", "守备", "边防", "独立"])}第${numeral(p, 1 + p.below(60))}${p.of(["师", "团"])}`,
};
/** Units with a staff or arm behind them, short forms, look-alike digits, quotes. */
const SECOND_UNITS: Readonly<Record<string, Maker>> = {
  "division and its staff": (p) => `第${numeral(p, 15 + p.below(180))}师${p.of(["司令部", "政治部", "后勤部", "教导队", "侦察营", "通信连", "宣传队", "高炮团"])}`,
  "army and its troops": (p) => `第${numeral(p, 1 + p.below(80))}军${p.of(["警卫连", "炮兵旅", "工兵团", "军部", "教导队", "政委办公室", "司令部管理处"])}`,
  "regiment and its parts": (p) => `${numeral(p, 10 + p.below(180))}师${numeral(p, 10 + p.below(300))}团${p.of(["卫生队", "政治处", "特务连", "机枪连", "炮营", "后勤处"])}`,
  "four levels": (p) => `${numeral(p, 1 + p.below(199))}师${numeral(p, 1 + p.below(600))}团${numeral(p, 1 + p.below(3))}营${numeral(p, 1 + p.below(12))}连`,
  "short arm": (p) => `${p.of(["炮", "空", "铁", "坦克", "高炮", "海航"])}${numeral(p, 2 + p.below(70))}${p.of(["师", "团"])}`,
  "in quotes": (p) => `第${p.of(["“", "（", "【", "「"])}${1 + p.below(199)}${p.of(["”", "）", "】", "」"])}${p.of(["师", "军", "团"])}`,
  "look-alike digits": (p) => `第${p.of(["l", "I", "O"])}${1 + p.below(9)}${p.of(["l", "O", "5"])}${p.of(["师", "团"])}`,
  spelled: (p) => `${1 + p.below(199)}${p.of(["shi", "SHI", "Shi"])}${1 + p.below(400)}${p.of(["tuan", "TUAN"])}`,
  "brigade of an army": (p) => `第${numeral(p, 70 + p.below(14))}集团军${p.of(["某", ""])}${p.of(["合成", "炮兵", "防空", "特战"])}${numeral(p, 2 + p.below(190))}旅`,
  "with unit words": (p) => `番号为${numeral(p, 1 + p.below(199))}师${p.of(["的", "所属", ""])}${numeral(p, 1 + p.below(300))}团`,
};
const SECOND_SERVICE = ["……入伍登记表记载：…，担任机枪手", "户主之弟，生前在…任排长", "我父亲告诉我他那时是…的", "扫描_…_第2页.pdf", "由…出具证明，已存档", "老同志回忆：先到…，再调地方", "…", "单位：…；职务：驾驶员", "填表说明 单位写…即可"];
const LONES: Readonly<Record<string, Maker>> = {
  company: (p) => `${p.of(["", "第"])}${numeral(p, 1 + p.below(12))}连`,
  battalion: (p) => `${p.of(["", "第"])}${numeral(p, 1 + p.below(5))}营`,
  army: (p) => `${1 + p.below(80)}军`,
  division: (p) => `${20 + p.below(170)}师`,
  "regiment in words": (p) => `${DIGITS.charAt(1 + p.below(9))}${DIGITS.charAt(p.below(10))}${DIGITS.charAt(p.below(10))}团`,
};

/** Ways to hide what is written: nothing, invisible characters, full width, traditional forms, blanks between. */
function disguise(p: Pick, unit: string): string {
  switch (p.below(10)) {
    case 0:
      return [...unit].join("\u200b");
    case 1:
      return [...unit].map((c) => ({ 军: "軍", 师: "師", 团: "團", 营: "營", 连: "連" })[c] ?? c).join("");
    case 2:
      return [...unit].map((c) => (/[0-9A-Za-z]/u.test(c) ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c)).join("");
    case 3:
      return [...unit].join(p.of([" ", "　", "\u2060", "\u00ad"]));
    default:
      return unit;
  }
}

const SURNAMES = ["陈", "林", "黄", "张", "吴", "王", "李", "连", "师", "谢"];
const GIVEN = ["建国", "志强", "小军", "建军", "国华", "三军", "秀英", "文斌", "永福", "连生"];
const person: Maker = (p) => p.of(SURNAMES) + p.of(GIVEN);
const year: Maker = (p) => String(1950 + p.below(65));

/** Where a service unit is written down. `…` is the unit. */
const SERVICE = [
  "在…当兵", "原在…服役", "…年入伍后分到…", "我在…当了五年兵", "曾任…文书", "退役前所在部队为…", "…战士", "19…年入伍，所在部队…", "备注：…", "…", "（…）", "老部队…的战友", "立功时所在单位…",
  "档案记载为…，待核实", "原…司机", "入伍时在…，后调机关", "…合影", "…入伍通知书", "…证书扫描件.jpg", "IMG_2018_…_01.jpg", "退伍证-…-正面.png", "…退役人员名单.xlsx",
];
const RARER_SERVICE = ["本人于七十年代在…服兵役三年", "其父生前系…干部", "证明人为…原指导员", "随…参加边境作战", "…_老兵照片_2.jpeg", "表格附注 …（本人口述）"];
/** A lone name is one only in words of service or by itself. */
const LONE_SERVICE = ["在…当兵", "原在…服役五年", "曾任…文书", "退伍前在…", "…战士", "…", "我是…的老兵", "在…炊事班", "分到…后入伍训练", "原…卫生员"];

const PLACES = ["安宁", "太平", "新丰", "和顺", "长岭", "清河", "永兴", "石桥"];
const place: Maker = (p) => p.of(PLACES);
const small: Maker = (p) => p.of(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]);
const civilNumber: Maker = (p) => p.of([small(p), String(1 + p.below(40)), `十${small(p)}`]);

/** Words in which a number stands before a level and no unit is meant; and everything else that people write. */
const CIVIL: Readonly<Record<string, Maker>> = {
  "corps address": (p) => `新疆生产建设兵团第${small(p)}师${1 + p.below(190)}团${1 + p.below(20)}连`,
  "corps city": (p) => `第${small(p)}师${p.of(["阿拉尔市", "石河子市", "图木舒克市", "五家渠市", "北屯市"])}${p.of(["", `${1 + p.below(190)}团`, `${1 + p.below(190)}团${1 + p.below(15)}连`])}`,
  "corps short": (p) => `兵团${small(p)}师${1 + p.below(180)}团${p.of(["", "职工", "退休人员"])}`,
  "old farm division": (p) => `农${small(p)}师${1 + p.below(60)}团`,
  "city and regiment": (p) => `住${p.of(["石河子", "阿拉尔市", "五家渠市"])}${1 + p.below(180)}团`,
  "village of a camp": (p) => `${place(p)}县${small(p)}营${p.of(["村", "镇", "乡", "子村", "街"])}${1 + p.below(99)}号`,
  "company township": (p) => `${p.of(["六", "三", "五"])}连${p.of(["乡", "村", "屯"])}人`,
  "cover name": (p) => `原${30000 + p.below(60000)}部队${p.of(["服役", `${1 + p.below(90)}分队`, "战士"])}`,
  "old cover name": (p) => `${1000 + p.below(9000)}部队退役`,
  "three wins": (p) => `${p.of(["县运动会", "龙舟赛", "拔河比赛"])}${small(p)}连${p.of(["冠", "胜", "败", "霸"])}`,
  "days on end": (p) => `一连${p.of(["三天", "几天", "五日", "两个月", "十几天", "数日"])}没有${p.of(["回来", "下雨", "出门"])}`,
  "normal school": (p) => `${p.of(["毕业于", "就读", ""])}第${small(p)}师范${p.of(["学校", "学院", "附小", "大学"])}`,
  master: (p) => `${p.of(["王", "李", "老"])}${p.of(["二", "三", "大"])}师${p.of(["傅", "兄", "父"])}介绍的活`,
  league: (p) => `第${small(p)}团${p.of(["支部", "委", "总支", "小组"])}${p.of(["书记", "活动", ""])}`,
  "army hospital school": (p) => `第${p.of(["二", "三", "四"])}军医大学${p.of(["附属医院", "毕业", "门诊"])}`,
  families: (p) => `${p.of(["三", "两", "五"])}${p.of(["军人家庭", "军属", "军烈属户", "军人家属"])}`,
  "three services": (p) => `三军${p.of(["仪仗队", "将士", "同庆", ""])}${p.of(["表演", "节目", ""])}`,
  idiom: (p) => p.of(["千军万马过独木桥", "百团大战纪念馆", "一团和气", "一团糟", "两团火", "一团乱麻", "三连问", "心连心小组", "全国一师一优课", "一键三连", "九连环", "七连阳", "三营收入", "五百万营业额", "十营业网点"]),
  travel: (p) => `${p.of(["第一", "三", "五"])}旅${p.of(["游公司", "行社", "客运输", "馆"])}`,
  "group buying": (p) => `${p.of(["第一", "三", "五"])}团${p.of(["购站点", "队管理", "圆饭", "体意外险", "员证"])}`,
  "sports session": (p) => `第${1 + p.below(30)}届${p.of(["运动会", "军民联欢", "师生书画展", "连锁加盟展", "旅游节", "团拜会"])}`,
  "school class": (p) => `${small(p)}年级（${1 + p.below(9)}）班${p.of(["师生", "团员", "学生", "家长"])}`,
  telephone: (p) => `电话13${String(p.below(1e9)).padStart(9, "0")} ${p.of(["连先生", "师女士", "军属", "陈连生"])}`,
  name: (p) => `${p.of(["联系人", "本人", "父亲", "户主"])}${person(p)}${p.of(["", "，务农", "，已退休"])}`,
  award: (p) => `${p.of(["荣立", "获"])}${p.of(["一等功", "二等功", "三等功", "嘉奖"])}${1 + p.below(3)}次`,
  service: (p) => `${year(p)}年入伍，${year(p)}年${p.of(["退伍", "复员", "转业"])}，现${p.of(["务农", "做生意", "在外打工", "退休在家"])}`,
  land: (p) => `在${p.of(["陆军", "海军", "空军", "武警"])}服役${small(p)}年`,
  health: (p) => `${p.of(["腿部受伤", "高血压", "听力下降"])}，${p.of(["需要轮椅", "常年服药", "需要护理"])}`,
  address: (p) => `${place(p)}镇${place(p)}村${1 + p.below(200)}号`,
  chain: (p) => `${p.of(["开", "经营"])}了${small(p)}家连锁店，${p.of(["营业正常", "去年停业", "团购为主"])}`,
  continued: (p) => `${year(p)}年连续${small(p)}年${p.of(["领取补助", "参加体检", "获评先进"])}`,
  grade: (p) => `${p.of(["正", "副"])}${p.of(["师", "团", "营", "连"])}职${p.of(["转业", "退休", "离休"])}`,
  plain: (p) => p.of(["无", "情况属实", "本人不愿透露", "长期外出务工，由其子代办", "户籍已迁出", "待补证件", "与公安数据不一致，已核实", "同意", "照片不清，请重拍"]),
};
const RARER_CIVIL: Readonly<Record<string, Maker>> = {
  "corps farm": (p) => `兵团第${small(p)}师${place(p)}农场${1 + p.below(20)}连`,
  "school in a garrison town": (p) => `${place(p)}市第${civilNumber(p)}${p.of(["中学", "小学", "师范附小", "幼儿园"])}`,
  "linked county": (p) => `编号${1 + p.below(900)}${p.of(["连江县", "连城县", "连州市", "连云港市"])}户口`,
  file: (p) => `${p.of(["户口簿", "身份证", "军属证", "团员证", "营业执照", "师资证"])}_${1 + p.below(99)}.jpg`,
  "trade union": (p) => `第${small(p)}${p.of(["营业厅", "营销部", "军休所", "师训班", "团干校", "连接线"])}`,
  "music and play": (p) => p.of(["三连音", "五连发", "六连号", "四连环画", "二连拍", "一旅程", "两师徒", "百万军民", "十万师生", "二连浩特", "一营养师", "两团面"]),
  guard: (p) => `${p.of(["县消防", "交警", "巡特警"])}${small(p)}${p.of(["大队", "中队"])}`,
  farmers: (p) => `${small(p)}组${1 + p.below(99)}号，${p.of(["种地三亩", "养鸡五百只", "开小卖部"])}`,
};
const SECOND_CIVIL: Readonly<Record<string, Maker>> = {
  "roads and towns": (p) => `${p.of(["建军路", "军民路", "团结路", "三军路", "师专路", "营门口街", "团山村", "旅顺口区", "连山区", "师宗县", "营山县", "团风县", "军山镇"])}${1 + p.below(99)}号`,
  "retired cadres": (p) => `第${small(p)}${p.of(["军休所", "军干所", "团山社区", "师范附中", "营销中心", "连锁超市"])}`,
  meals: (p) => `${p.of(["每日", "共", "领取"])}${1 + p.below(30)}${p.of(["营养包", "营养餐", "团圆饼", "连体衣", "师生餐券"])}`,
  "housing in rows": (p) => `${small(p)}${p.of(["连排房", "连排别墅", "连体楼"])}${1 + p.below(9)}栋`,
  kin: (p) => `${p.of(["其", "我的", ""])}${p.of(["三连襟", "大师兄", "二师姐", "三师弟"])}${p.of(["证明", "代办", "同来"])}`,
  orders: (p) => `${p.of(["第", ""])}${1 + p.below(60)}${p.of(["号文件", "批次", "届团代会", "次军民座谈", "期师资培训", "号旅客", "个营业日", "届连任"])}`,
  numbers: (p) => `编号${100000 + p.below(900000)}${p.of(["", "，营业执照在家", "，军属", "，团员"])}`,
  aid: (p) => `${p.of(["低保金", "抚恤金", "补助"])}${100 + p.below(900)}元，${p.of(["连续发放", "营养补贴另计", "由社区发放"])}`,
  dates: (p) => `${year(p)}年${1 + p.below(12)}月${1 + p.below(28)}日${p.of(["入伍", "旅途中受伤", "团聚", "连夜返乡", "师范毕业", "军训受伤"])}`,
  ranks: (p) => p.of(["少校军衔转业", "正团职退休", "副营职转业", "正连职干部", "师职待遇", "技术9级", "上士退役", "四级军士长退役", "志愿兵复员"]),
  "corps, farming": (p) => `${p.of(["兵团", "生产建设兵团"])}第${small(p)}师${1 + p.below(190)}团${p.of(["棉花承包户", "退休职工", "医院护士", "中学教师"])}`,
  stories: (p) => p.of(["一家三口，两人务工", "子女三人均已成家", "右手三指残缺", "参加过抗洪抢险", "六十年代支边到新疆", "曾任村民兵营长", "曾任民兵连长", "担任基干民兵排长三年", "退伍后任村支书", "部队番号不清，待查"]),
};
const CIVIL_FRAMES = ["…", "备注：…", "…，已核对", "现住…", "…（本人口述）", "情况说明：…。", "经了解，…"];

type Part = { readonly [name: string]: Maker };
const choose = (p: Pick, usual: Part, rarer: Part): readonly [by: string, make: Maker] => {
  return p.of(Object.entries(p.chance(0.2) ? rarer : usual));
};

/** The third lot, written last. */
const THIRD_UNITS: Part = {
  "history of service": (p) => `${numeral(p, 1 + p.below(70))}军${numeral(p, 1 + p.below(190))}师${numeral(p, 1 + p.below(500))}团${p.of(["二机连", "一营", "炮连", "卫生队"])}`,
  "army group, corps troops": (p) => `第${numeral(p, 1 + p.below(80))}集团军${p.of(["防空旅", "工化旅", "陆航旅", "炮兵旅", "某旅"])}`,
  "arm and ordinal without ordinal mark": (p) => `${p.of(["坦克", "装甲", "步兵", "炮兵", "边防", "守备", "汽车", "舟桥"])}${numeral(p, 2 + p.below(80))}${p.of(["师", "团", "旅"])}`,
  "fleet and air": (p) => `${p.of(["海军陆战队", "海军航空兵", "空军航空兵", "空降兵", "空军高炮"])}${p.of(["第", ""])}${numeral(p, 1 + p.below(60))}${p.of(["旅", "师", "团"])}`,
  "armed police division": (p) => `武警${p.of(["第", "机动第", ""])}${numeral(p, 2 + p.below(180))}师${p.of(["", `${numeral(p, 2 + p.below(600))}团`])}`,
  "reversed": (p) => `${numeral(p, 1 + p.below(12))}连，${numeral(p, 1 + p.below(400))}团`,
  "hyphens": (p) => `${1 + p.below(190)}师-${1 + p.below(500)}团-${1 + p.below(9)}连`,
  "old numerals": (p) => `第${FORMAL.charAt(1 + p.below(9))}${FORMAL.charAt(p.below(10))}${FORMAL.charAt(p.below(10))}${p.of(["师", "團"])}`,
  "railway corps": (p) => `铁道兵${p.of(["第", ""])}${numeral(p, 1 + p.below(15))}师${p.of(["", `${numeral(p, 1 + p.below(80))}团`])}`,
  "volunteers": (p) => `志愿军${p.of(["第", ""])}${numeral(p, 12 + p.below(60))}军${p.of(["", `${numeral(p, 20 + p.below(180))}师`])}`,
  "masked digits": (p) => `${1 + p.below(9)}${p.of(["*", "X", "×"])}${p.below(10)}师${1 + p.below(9)}${p.of(["**", "XX", "××"])}团`,
  "ordinal regiment, parts": (p) => `第${numeral(p, 20 + p.below(500))}团${p.of(["司令部", "一营", "政治处", "警卫排", "高机连"])}`,
};
const THIRD_SERVICE = ["经查阅档案，该同志1979年编入…", "…老兵联谊会", "家属自述：丈夫在…牺牲", "…（原件遗失）", "答复：经核实确系…退役", "移交说明：原隶属…", "批注：请补充…的证明", "证明书_…_扫描.tif", "回乡前一直在…，未提干", "【…】复员证"];
const THIRD_CIVIL: Part = {
  "answers of offices": (p) => p.of(["经核实，数据无误", "与户籍信息一致", "该户已脱贫三年", "已电话联系，本人外出", "请补传残疾证第2页", "同意移交，由户籍地采集", "联系三次均无人接听", "照片中二人非本人", "已于9月30日上门"]),
  "people in trades": (p) => `${p.of(["其子", "本人", "配偶"])}从事${p.of(["营销", "教师", "律师", "理发师", "工程师", "厨师", "旅游", "连锁经营"])}${1 + p.below(20)}年`,
  "numbers and trades": (p) => `全村有${1 + p.below(90)}${p.of(["名教师", "户军属", "个营业点", "名团员", "位老师傅", "家连锁店", "名军人家属", "名师生"])}`,
  "group of tourists": (p) => `${p.of(["随", "参加"])}${p.of(["夕阳红", "老年"])}旅游团${p.of(["外出", "去北京"])}${1 + p.below(9)}天`,
  "school by name": (p) => `${p.of(["安溪县", "吉安市", ""])}第${small(p)}${p.of(["中学", "实验小学", "师范学校", "幼儿师范", "军休中心小学"])}`,
  "things connected": (p) => `${1 + p.below(9)}${p.of(["连杆", "连廊", "连体", "连续"])}${p.of(["维修", "项目", "工程"])}`,
  "fire and fists": (p) => p.of(["一团火", "两团棉花", "三团毛线", "四营养师证", "五师同堂", "三师教育", "一军一民", "六军休干部", "八旅客遇险", "一连数日高烧"]),
  "road number": (p) => `${p.of(["解放军路", "八一路", "军营路", "连心路", "师大路", "团结东路"])}${1 + p.below(200)}号${1 + p.below(9)}栋`,
  "corps with farm": (p) => `${p.of(["新疆兵团", "兵团"])}${p.of(["农", "第"])}${small(p)}师${p.of(["", "北屯市", "团场"])}退休`,
  "dates before words": (p) => `${1 + p.below(12)}月${1 + p.below(28)}${p.of(["日连夜", "日军训", "日团聚", "日师生", "日旅行"])}`,
  "sums and words": (p) => `${100 + p.below(9000)}元${p.of(["营养费", "旅费", "团费", "军休补贴"])}`,
  "ranks of cadres": (p) => `${p.of(["某", "原", "曾任"])}${p.of(["正师级", "副团级", "正营级", "副连级"])}${p.of(["干部", "职务", "转业"])}`,
  "village militia": (p) => `${p.of(["村", "乡", "大队"])}民兵${p.of(["连", "营", "排"])}${p.of(["长", "指导员", "骨干"])}${1 + p.below(9)}年`,
  file: (p) => `${p.of(["立功证书", "户口本", "残疾军人证", "军属光荣牌", "退役证", "低保证"])}${p.of(["", "(2)", "_正", "第3页"])}.${p.of(["jpg", "png", "pdf"])}`,
  "given names": (p) => `${p.of(["王", "李", "张", "陈", "刘"])}${p.of(["三军", "一军", "建军", "小连", "连营", "百师", "万军", "六团", "五连"])}`,
};
const LATER_FRAMES = ["…", "…。", "核查结果：…", "来访登记 …", "…、需上门采集", "「…」"];
type Lot = { readonly units: Part; readonly service: readonly string[]; readonly civil: Part };
const LOTS: Readonly<Record<"second" | "third", Lot>> = {
  second: { units: SECOND_UNITS, service: SECOND_SERVICE, civil: SECOND_CIVIL },
  third: { units: THIRD_UNITS, service: THIRD_SERVICE, civil: THIRD_CIVIL },
};

/** `count` texts of a lot of patterns that was written later, half of them with a unit. */
export function later(lot: "second" | "third", count: number, seed: number): Labelled[] {
  const { units, service, civil } = LOTS[lot];
  const next = random(seed);
  const p: Pick = { below: (n) => Math.floor(next() * n), of: (list) => list[Math.floor(next() * list.length)]!, chance: (share) => next() < share };
  return Array.from({ length: count }, (_, i): Labelled => {
    const [by, make] = p.of(Object.entries(i % 2 === 1 ? civil : units));
    if (i % 2 === 1) return { text: p.of(LATER_FRAMES).replace("…", make(p)), kind: "civil", by };
    return { text: p.of(service).replace(/…(?!…)/u, disguise(p, make(p))), kind: "unit", by };
  });
}

/** `count` texts, half of them with a unit (one in six of those a lone low-level name); the same for the same seed. */
export function corpus(count: number, seed: number): Labelled[] {
  const next = random(seed);
  const p: Pick = { below: (n) => Math.floor(next() * n), of: (list) => list[Math.floor(next() * list.length)]!, chance: (share) => next() < share };
  const fill = (frame: string, unit: string): string => frame.replace("…年", `${year(p)}年`).replace("19…", year(p)).replace("…", unit);
  return Array.from({ length: count }, (_, i): Labelled => {
    if (i % 2 === 1) {
      const [by, make] = choose(p, CIVIL, RARER_CIVIL);
      return { text: fill(p.of(CIVIL_FRAMES), make(p)), kind: "civil", by };
    }
    if (i % 12 === 0) {
      const [by, make] = p.of(Object.entries(LONES));
      return { text: fill(p.of(LONE_SERVICE), disguise(p, make(p))), kind: "lone", by };
    }
    const [by, make] = choose(p, UNITS, RARER_UNITS);
    return { text: fill(p.of(p.chance(0.2) ? RARER_SERVICE : SERVICE), disguise(p, make(p))), kind: "unit", by };
  });
}
