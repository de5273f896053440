// Ethnic groups: GB/T 3304-1991, fifty-six groups with numeric and letter codes, and the two codes in use beside them.
import { codeSet, option } from "../../src/scheme/define.ts";
import type { CodeSet, Option } from "../../src/scheme/define.ts";

const groups: readonly (readonly [code: string, name: string, letters: string, en: string])[] = [
  ["01", "汉", "HA", "Han"],
  ["02", "蒙古", "MG", "Mongol"],
  ["03", "回", "HU", "Hui"],
  ["04", "藏", "ZA", "Tibetan"],
  ["05", "维吾尔", "UG", "Uygur"],
  ["06", "苗", "MH", "Miao"],
  ["07", "彝", "YI", "Yi"],
  ["08", "壮", "ZH", "Zhuang"],
  ["09", "布依", "BY", "Bouyei"],
  ["10", "朝鲜", "CS", "Korean"],
  ["11", "满", "MA", "Manchu"],
  ["12", "侗", "DO", "Dong"],
  ["13", "瑶", "YA", "Yao"],
  ["14", "白", "BA", "Bai"],
  ["15", "土家", "TJ", "Tujia"],
  ["16", "哈尼", "HN", "Hani"],
  ["17", "哈萨克", "KZ", "Kazak"],
  ["18", "傣", "DA", "Dai"],
  ["19", "黎", "LI", "Li"],
  ["20", "傈僳", "LS", "Lisu"],
  ["21", "佤", "VA", "Va"],
  ["22", "畲", "SH", "She"],
  ["23", "高山", "GS", "Gaoshan"],
  ["24", "拉祜", "LH", "Lahu"],
  ["25", "水", "SU", "Sui"],
  ["26", "东乡", "DX", "Dongxiang"],
  ["27", "纳西", "NX", "Naxi"],
  ["28", "景颇", "JP", "Jingpo"],
  ["29", "柯尔克孜", "KG", "Kirgiz"],
  ["30", "土", "TU", "Tu"],
  ["31", "达斡尔", "DU", "Daur"],
  ["32", "仫佬", "ML", "Mulao"],
  ["33", "羌", "QI", "Qiang"],
  ["34", "布朗", "BL", "Blang"],
  ["35", "撒拉", "SL", "Salar"],
  ["36", "毛南", "MN", "Maonan"],
  ["37", "仡佬", "GL", "Gelao"],
  ["38", "锡伯", "XB", "Xibe"],
  ["39", "阿昌", "AC", "Achang"],
  ["40", "普米", "PM", "Pumi"],
  ["41", "塔吉克", "TA", "Tajik"],
  ["42", "怒", "NU", "Nu"],
  ["43", "乌孜别克", "UZ", "Uzbek"],
  ["44", "俄罗斯", "RS", "Russ"],
  ["45", "鄂温克", "EW", "Ewenki"],
  ["46", "德昂", "DE", "Deang"],
  ["47", "保安", "BO", "Bonan"],
  ["48", "裕固", "YG", "Yugur"],
  ["49", "京", "GI", "Gin"],
  ["50", "塔塔尔", "TT", "Tatar"],
  ["51", "独龙", "DR", "Derung"],
  ["52", "鄂伦春", "OR", "Oroqen"],
  ["53", "赫哲", "HZ", "Hezhen"],
  ["54", "门巴", "MB", "Monba"],
  ["55", "珞巴", "LB", "Lhoba"],
  ["56", "基诺", "JN", "Jino"],
];

/** Names that stood on cards and in registers before the present ones. */
const older: { readonly [code: string]: readonly string[] } = {
  "05": ["维族"],
  "21": ["佧佤", "佧佤族"],
  "36": ["毛难", "毛难族"],
  "43": ["乌兹别克", "乌兹别克族"],
  "46": ["崩龙", "崩龙族"],
  "49": ["越族"],
};

/** The card prints the short name (汉), forms the full one (汉族); both are read, and the letter code too. */
const group = ([code, name, letters, en]: (typeof groups)[number]): Option =>
  option(code, `${name}族`, en, { alsoWritten: [name, letters, ...(older[code] ?? [])] });

/**
 * Fifty-six groups, 97 for others (peoples not yet determined, as some cards print) and 98 for naturalised foreigners. Older relief
 * systems store the last two as 57 and 68.
 */
export const ethnic: CodeSet = codeSet(
  "ethnic",
  "民族",
  "Ethnic group",
  [
    ...groups.map(group),
    option("97", "其他", "Other (not yet determined)", {
      alsoWritten: ["57", "其他族", "其他民族", "未识别民族", "未定族称", "穿青人", "穿青", "革家人", "革家", "僜人", "夏尔巴人"],
    }),
    option("98", "外国血统中国籍人士", "Chinese citizen of foreign descent", { alsoWritten: ["68", "外国血统", "外国血统中国籍", "入籍", "入籍外国人"] }),
  ],
  { standard: "GB/T 3304", edition: "1991" },
);
