// Relation between family members: GB/T 4761-2008. One digit is the group, two digits the relation itself.
import { codeSet, option } from "../../src/scheme/define.ts";
import type { CodeSet } from "../../src/scheme/define.ts";

const groups: readonly (readonly [string, string, string])[] = [
  ["0", "本人或户主", "Self or head of household"],
  ["1", "配偶", "Spouse"],
  ["2", "子", "Son"],
  ["3", "女", "Daughter"],
  ["4", "孙子、孙女或外孙子、外孙女", "Grandchild"],
  ["5", "父母", "Parent"],
  ["6", "祖父母或外祖父母", "Grandparent"],
  ["7", "兄、弟、姐、妹", "Sibling"],
  ["8", "其他", "Other"],
];

const relations: readonly (readonly [string, string, string])[] = [
  ["01", "本人", "Self"],
  ["02", "户主", "Head of household"],
  ["11", "夫", "Husband"],
  ["12", "妻", "Wife"],
  ["20", "儿子", "Son (unspecified)"],
  ["21", "独生子", "Only son"],
  ["22", "长子", "Eldest son"],
  ["23", "次子", "Second son"],
  ["24", "三子", "Third son"],
  ["25", "四子", "Fourth son"],
  ["26", "五子", "Fifth son"],
  ["27", "养子或继子", "Adopted son or stepson"],
  ["28", "女婿", "Son-in-law"],
  ["30", "女儿", "Daughter (unspecified)"],
  ["31", "独生女", "Only daughter"],
  ["32", "长女", "Eldest daughter"],
  ["33", "次女", "Second daughter"],
  ["34", "三女", "Third daughter"],
  ["35", "四女", "Fourth daughter"],
  ["36", "五女", "Fifth daughter"],
  ["37", "养女或继女", "Adopted daughter or stepdaughter"],
  ["38", "儿媳", "Daughter-in-law"],
  ["41", "孙子", "Son's son"],
  ["42", "孙女", "Son's daughter"],
  ["43", "外孙子", "Daughter's son"],
  ["44", "外孙女", "Daughter's daughter"],
  ["51", "父亲", "Father"],
  ["52", "母亲", "Mother"],
  ["53", "公公", "Husband's father"],
  ["54", "婆婆", "Husband's mother"],
  ["55", "岳父", "Wife's father"],
  ["56", "岳母", "Wife's mother"],
  ["57", "继父或养父", "Stepfather or adoptive father"],
  ["58", "继母或养母", "Stepmother or adoptive mother"],
  ["61", "祖父", "Paternal grandfather"],
  ["62", "祖母", "Paternal grandmother"],
  ["63", "外祖父", "Maternal grandfather"],
  ["64", "外祖母", "Maternal grandmother"],
  ["71", "兄", "Elder brother"],
  ["72", "嫂", "Elder brother's wife"],
  ["73", "弟", "Younger brother"],
  ["74", "弟媳", "Younger brother's wife"],
  ["75", "姐姐", "Elder sister"],
  ["76", "姐夫", "Elder sister's husband"],
  ["77", "妹妹", "Younger sister"],
  ["78", "妹夫", "Younger sister's husband"],
  ["97", "其他亲属", "Other relative"],
  ["99", "非亲属", "Not a relative"],
];

/** Other relatives (97) and non-relatives (99) belong to group 8, every other code to the group of its first digit. */
const groupOf = (code: string): string => (code.startsWith("9") ? "8" : code.slice(0, 1));

/** Nine groups and forty-eight relations; forms accept either. */
export const familyRelation: CodeSet = codeSet(
  "family-relation",
  "家庭关系",
  "Family relation",
  [
    ...groups.map(([code, zh, en]) => option(code, zh, en)),
    ...relations.map(([code, zh, en]) => option(code, zh, en, { parent: groupOf(code) })),
  ],
  { standard: "GB/T 4761", edition: "2008" },
);
