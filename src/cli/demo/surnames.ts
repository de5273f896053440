// Surnames of the demo county with rough weights written for it.
// The order of the national list follows the annual name reports of the Ministry of Public Security (王 李 张 刘 陈 first, 王 and 李 about 7 % each);
// the weights of Fujian follow what is commonly published of its south: 林 and 陈 first, then 黄 吴 李 王 张 …. No table was copied.
import { weightedTable, type Weighted } from "./random.ts";

/** National order, most frequent first. */
const NATIONAL =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪辛柯庄安章鲁柳俞骆颜葛翁凌詹欧阮耿涂倪华童温齐申牛岳聂焦祝殷管游盛甘靳裴解岑";

/** Southern Fujian: shares in parts of a thousand (among them the old families of Anxi). */
const LOCAL: readonly (readonly [string, number])[] = [
  ["林", 92], ["陈", 108], ["王", 78], ["李", 84], ["吴", 62], ["黄", 76], ["张", 46], ["许", 32], ["苏", 34], ["廖", 24], ["谢", 26],
  ["刘", 24], ["郑", 22], ["杨", 20], ["蔡", 20], ["叶", 14], ["詹", 14], ["高", 14], ["白", 13], ["汪", 9], ["周", 12], ["洪", 10],
  ["庄", 8], ["柯", 8], ["傅", 8], ["郭", 10], ["沈", 6], ["温", 6], ["施", 5], ["章", 4], ["易", 4], ["潘", 5], ["胡", 5], ["魏", 4],
  ["曾", 6], ["余", 4], ["董", 3], ["颜", 3], ["占", 3], ["上官", 2], ["钟", 4], ["蓝", 3], ["雷", 2], ["欧阳", 2],
];

const national = [...NATIONAL].map((surname, rank): readonly [string, number] => [surname, 200 / (rank + 6)]);

/** All surnames that may appear: local families weighted up over the national tail. */
export const surnames: Weighted<string> = weightedTable([...LOCAL, ...national]);

/** How many different surnames there are. */
export const surnameCount: number = new Set(surnames.values).size;
