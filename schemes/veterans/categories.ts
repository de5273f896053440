// The twelve categories and the rules for ticking several of them (S2, two (2) 1). Keys, not numbers: the plan itself
// numbers 5 and 6 in two orders.
import { codeSet, option, source, text } from "../../src/scheme/define.ts";
import type { Category, CategoryRule, CodeSet } from "../../src/scheme/define.ts";
import { serviceCategories } from "./forms/marks.ts";
import { papersOf } from "./papers.ts";

type Row = readonly [key: string, zh: string, en: string, definitionZh: string, definitionEn: string, ...alsoWritten: string[]];

const rows: readonly Row[] = [
  [
    "transferred_cadre",
    "军队转业干部",
    "Transferred officer or cadre",
    "退出现役作转业安置的军官和文职干部，包括计划分配、自主择业、自谋职业、自愿自行就业干部和企业军转干部",
    "Officers and civilian cadres who left service by transfer to civilian work, placed or self-chosen",
    "转业干部",
    "军转干部",
  ],
  [
    "retired_soldier",
    "退役士兵",
    "Retired soldier",
    "政府安排工作、自主就业、自谋职业、回乡生产、符合转业条件选择复员、按政策取消待遇、复工复职复学、国家供养等情形的退役士兵",
    "Discharged soldiers, however they were placed",
    "退伍军人",
    "退伍士兵",
  ],
  [
    "retired_cadre_nco",
    "军队离退休干部和退休士官",
    "Retired officer or NCO",
    "退出现役后移交政府安置管理的军队离退休干部、退休士官，以及军队直接管理的军队离退休干部",
    "Retired officers and NCOs in the care of the government, and retired officers still managed by the army",
    "军休干部",
  ],
  [
    "non_military_staff",
    "军队无军籍离退休退职职工",
    "Retired army worker without military status",
    "已移交政府安置的军队无军籍离休干部、退休退职职工",
    "Retired and resigned workers of the army without military status, handed over to the government",
    "无军籍职工",
  ],
  [
    "red_army_veteran",
    "退伍红军老战士",
    "Red Army veteran",
    "退伍红军老战士，含西路军红军老战士和红军失散人员",
    "Red Army veterans, including those of the Western Route Army and those separated from it",
    "退伍红军老战士(含西路军红军老战士和红军失散人员)",
  ],
  [
    "demobilised",
    "复员军人",
    "Demobilised soldier",
    "按复员方式安置的军官和文职干部;1954年10月31日之前入伍、后经批准从部队复员的人员",
    "Officers and civilian cadres demobilised, and those enlisted by 31 October 1954 and later demobilised",
    "老复员军人",
  ],
  [
    "disabled_soldier",
    "残疾军人",
    "Disabled soldier",
    "服役期间因战因公因病致残评定等级退出现役，以及退役后补办评定等级，持有残疾军人证的人员",
    "Holders of the disabled soldier's certificate",
  ],
  [
    "disabled_militia",
    "伤残民兵民工",
    "Disabled militia member or labourer",
    "因参战、军事演习、军事训练和执行军事勤务致残，持有伤残民兵民工证或因战因公伤残人员证的人员",
    "Militia and labourers disabled in war, exercises, training or military duty, with a certificate",
  ],
  [
    "martyr_family",
    "烈士遗属",
    "Family of a martyr",
    "烈士的父母(抚养人)、配偶、子女(含建国前错杀后被平反人员子女)和兄弟姐妹，无论是否享受待遇",
    "Parents or foster parents, spouse, children and siblings of a martyr, paid or not",
    "烈属",
  ],
  [
    "duty_death_family",
    "因公牺牲军人遗属",
    "Family of a soldier who died on duty",
    "因公牺牲军人的父母(抚养人)、配偶、子女和兄弟姐妹，无论是否享受定期抚恤金",
    "Parents or foster parents, spouse, children and siblings of a soldier who died on duty",
  ],
  [
    "illness_death_family",
    "病故军人遗属",
    "Family of a soldier who died of illness",
    "病故军人的父母(抚养人)、配偶、子女和兄弟姐妹，无论是否享受定期抚恤金",
    "Parents or foster parents, spouse, children and siblings of a soldier who died of illness",
  ],
  [
    "serving_family",
    "现役军人家属",
    "Family of a serving soldier",
    "中国人民解放军(含中国人民武装警察部队)现役军人的父母、配偶和子女",
    "Parents, spouse and children of serving members of the army and the armed police",
    "军属",
  ],
];

/** The categories; `form` is set for those whose sub-form exists in this version. */
export const categoriesWith = (forms: readonly string[]): readonly Category[] =>
  rows.map(([key, zh, en, definitionZh, definitionEn]) => ({
    key,
    label: text(zh, en),
    definition: text(definitionZh, definitionEn),
    ...(forms.includes(key) ? { form: key } : {}),
    papers: papersOf[key] ?? [],
    source: key === "serving_family" ? source(["S2", "FE", "R"], "S2 one (12); its papers are reconstructed") : source(["S2", "FE"], "S2 one (1)–(12)"),
  }));

/** The categories as the code set of the item `categories`. */
export const categoryCodes: CodeSet = codeSet(
  "category",
  "人员类别",
  "Category",
  rows.map(([key, zh, en, , , ...alsoWritten]) => option(key, zh, en, alsoWritten.length > 0 ? { alsoWritten } : {})),
);

const rule = (key: string): CategoryRule["source"] => source(["S2"], `${key}; S2 two (2) 1`);

/** R-14 (families combine freely) is what the absence of further rules says. */
export const categoryRules: readonly CategoryRule[] = [
  {
    kind: "at-most-one",
    of: serviceCategories,
    message: text(
      "军队转业干部、退役士兵、军队离退休干部和退休士官、无军籍职工、红军老战士、复员军人只能选其中一类",
      "Of transferred officers, retired soldiers, retired officers and NCOs, army workers, Red Army veterans and demobilised soldiers only one can be chosen",
    ),
    source: rule("R-10"),
  },
  {
    kind: "at-most-one",
    of: ["disabled_soldier", "disabled_militia"],
    message: text("残疾军人和伤残民兵民工只能选其中一类", "Disabled soldier and disabled militia cannot both be chosen"),
    source: rule("R-11"),
  },
  {
    kind: "needs-one-of",
    category: "disabled_soldier",
    of: serviceCategories,
    message: text(
      "选了残疾军人，还须选一类退役身份(如退役士兵、复员军人)",
      "A disabled soldier also needs the category under which he or she left service, such as retired soldier",
    ),
    source: rule("R-12"),
  },
  {
    kind: "excludes",
    category: "disabled_militia",
    of: serviceCategories,
    message: text("伤残民兵民工不能与退役身份同时选", "Disabled militia cannot be combined with a category of former service"),
    source: rule("R-13"),
  },
];
