// Ways in which departments write the same name differently: homophones, traditional characters, spaces between characters.
import type { Random } from "./random.ts";

/** Pairs of characters that sound alike in the standard language and are easily mistaken for each other by ear. */
const HOMOPHONES =
  "丽莉 英瑛 明铭 华桦 芳方 强墙 志智 建健 平萍 玲铃 伟炜 军君 杰捷 红虹 辉晖 云芸 文纹 林霖 生升 金今 清青 福富 成诚 秀绣 兰岚 珍贞 美镁 燕艳 梅玫 娟涓 静婧 慧惠 敏闵 雪学 霞遐 琴芹 玉钰 珠朱 勇咏 刚钢 峰锋 东冬 鹏朋 龙隆 超抄 涛滔 斌彬 磊垒 宇羽 浩皓 凯楷 俊骏 豪毫 佳嘉 艺毅 雅亚 婷亭 思斯 诗师 欣新 怡宜 颖影 琳淋 春椿 荣容 祥详 德得 永泳 水睡 木沐 山珊 财才 发法 进近 世仕 民珉 国帼 忠钟 良梁 兴星 源元 泉全 昌常 康亢 安氨 和河 治志 凤奉 月悦 香乡 花划 莲连 枝芝 娥俄 菊局 桂贵 素速 淑书 碧必 彩采 宝保 爱艾 小晓 炳柄 坤昆 添天 振震 庆清 树述 钦亲 聪匆 煌皇 阳杨 培陪 少绍 松嵩 炎延 彤同 波玻 滨彬 鸿宏 锦紧 瑞锐 雄熊 毅义 剑箭 景井 贤闲 达答 森僧 育玉";

const heard = new Map<string, string>();
for (const pair of HOMOPHONES.split(" ")) {
  const [a, b] = [...pair];
  if (a === undefined || b === undefined) continue;
  if (!heard.has(a)) heard.set(a, b);
  if (!heard.has(b)) heard.set(b, a);
}

const TRADITIONAL =
  "国國 华華 丽麗 兰蘭 凤鳳 强強 伟偉 军軍 陈陳 张張 刘劉 黄黃 吴吳 郑鄭 谢謝 许許 苏蘇 萧蕭 叶葉 杨楊 赵趙 孙孫 马馬 罗羅 邓鄧 冯馮 卢盧 陆陸 钟鍾 龙龍 庆慶 辉輝 东東 荣榮 义義 宝寶 财財 发發 进進 树樹 云雲 红紅 绣繡 莲蓮 贤賢 达達 剑劍 锋鋒 杰傑 鹏鵬 涛濤 坚堅 兴興 爱愛 艺藝 艳艷 静靜 贞貞 颖穎 滨濱 鸿鴻 锦錦 聪聰 学學 卫衛 长長 双雙 连連 琼瓊 银銀 扬揚 庄莊 颜顏 严嚴 汤湯 赖賴 贾賈 邹鄒 阳陽 飞飛 万萬 韦韋 齐齊 温溫 蓝藍 欧歐 莹瑩 铭銘 权權 诗詩 梦夢 志誌";

const traditional = new Map<string, string>();
for (const pair of TRADITIONAL.split(" ")) {
  const [simple, full] = [...pair];
  if (simple !== undefined && full !== undefined && simple !== full && simple !== "志") traditional.set(simple, full);
}

/** The name as someone heard it: one character of the given name by another that sounds the same; undefined when none is known. */
export function heardName(random: Random, name: string): string | undefined {
  const chars = [...name];
  const places = chars.flatMap((char, i) => (i > 0 && heard.has(char) ? [i] : []));
  if (places.length === 0) return undefined;
  const at = random.pick(places);
  return chars.map((char, i) => (i === at ? (heard.get(char) ?? char) : char)).join("");
}

/** The name in traditional characters; undefined when it has none that differ. */
export function traditionalName(name: string): string | undefined {
  const written = [...name].map((char) => traditional.get(char) ?? char).join("");
  return written === name ? undefined : written;
}

/** The name set wide, as clerks do with short names: 张 三. */
export function spacedName(name: string): string {
  return [...name].join(name.length === 2 ? "　" : " ");
}
