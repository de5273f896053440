// The service block (SVC) that the sub-forms of former soldiers share, with its awards.
// Category 7 never stands alone: its service is told in the sub-form of the category it goes with.
import { and, answered, eq, grounded, item, missing, ne, or, ref, section, text, value } from "../../../src/scheme/define.ts";
import type { ClosedOptions, Expression, Item, Section } from "../../../src/scheme/define.ts";
import { rank, ranksOf } from "../codes/ranks.ts";
import { certificatePictures, closedBut, noted, sizes } from "./marks.ts";

const servicePurpose = text("认定服役经历与安置待遇", "To establish service, placement and entitlement");
const serviceBasis = "安政办〔2018〕157号 二(二)2 具体对象信息";
const rankCodes = rank.options.map((each) => each.code);
const classes = Object.keys(ranksOf);

/** The class decides the list of ranks. */
const ranksClosed = (form: string): readonly ClosedOptions[] =>
  classes.map((each) =>
    closedBut(rankCodes, ranksOf[each] ?? [], eq(`${form}.rank_class`, value(each)), "军衔与军人类别不符", "the rank does not belong to the class of soldier"),
  );

/** A certificate that is lost: a reason and a paper in its place (QA). */
export const lostItems = (form: string, of: string, lost: Expression): readonly Item[] => [
  item("cert_lost_reason", "text", "遗失说明", "How it was lost", ["R", "QA"], { shownIf: lost, required: lost, maxLength: 200 }),
  item("cert_lost_proof", "photo", `${of}遗失证明材料照片`, "Proof in place of the lost certificate", ["QA"], {
    shownIf: lost,
    required: lost,
    maxBytes: sizes.paper,
    help: text("村(居)委会证明或档案复印件；战友证明无效", "A statement of the village committee or a copy from the file; fellow soldiers' words do not count"),
  }),
];

/** The service block with its awards; `of` are the classes of soldier that the category holds. What the general form says is held, not asked again. */
export function serviceBlock(form: string, of: readonly string[] = classes): readonly Section[] {
  const at = (key: string): string => `${form}.${key}`;
  const lost = eq(at("cert_lost"), true);
  const certificateKept: Expression = or(missing(at("cert_lost")), eq(at("cert_lost"), false));
  const classClosed = of.length === classes.length ? {} : { closed: [closedBut(classes, of, value(true), "这一类对象没有这种军人类别", "this category has no such class of soldier")] };
  const service = section("service", "服役情况", "Service", [
    item("enlist_place", "area", "入伍地", "Place of enlistment", ["SD", "CJ"], { required: true }),
    item("enlist_hukou", "code", "入伍时户籍", "Registration at enlistment", ["SD", "CJ"], { codeSet: "enlist-hukou", required: true }),
    item("enlist_date", "date", "入伍时间", "Date of enlistment", ["SD", "CJ", "XH"], { required: true, forced: ref("general.enlist_date") }),
    item("second_enlist", "yes-no", "二次入伍", "Enlisted twice", ["CJ"]),
    item("leave_date", "date", "退役时间", "Date of discharge", ["SD", "CJ", "XH"], { required: true, forced: ref("general.leave_date") }),
    item("service_years", "computed", "军龄", "Years of service", ["SD", "CJ"], {
      computed: ["years", ref(at("enlist_date")), ref(at("leave_date"))],
      unit: text("年", "years"),
    }),
    item("unit_code", "text", "部队代号", "Unit (cover number)", ["SD", "CJ", "XH"], {
      text: "unit-code",
      maxLength: 20,
      forced: ref("general.unit_code"),
    }),
    item("major_unit", "text", "所属大单位(代码)", "Command (code)", ["SD", "CJ"], {
      maxLength: 2,
      ...noted(["SD", "CJ"], "The list of commands is not public; the two-digit code of the disability certificate is kept"),
    }),
    item("arm", "text", "兵种", "Arm of service", ["SD"], { maxLength: 20 }),
    item("rank_class", "code", "军人类别", "Class of soldier", ["CJ"], { codeSet: "rank-class", required: true, ...classClosed }),
    item("rank", "code", "军衔(级别)", "Rank", ["SD", "CJ", "DC", "P", "K"], {
      codeSet: "rank",
      required: true,
      closed: ranksClosed(form),
      ...noted(["SD", "CJ", "DC", "P", "K"], "Generals, old volunteers and the ranks of 2022 are general knowledge; administrative grades are of DC"),
    }),
    item("special_region", "codes", "艰苦边远地区服役", "Hard or remote regions", ["SD", "CJ", "DC"], { codeSet: "special-region" }),
    item("special_region_months", "integer", "艰苦边远地区服役月数", "Months in such regions", ["SD", "CJ", "DC"], {
      shownIf: answered(at("special_region")),
      min: 0,
      max: 600,
      unit: text("月", "months"),
    }),
    item("special_post", "codes", "特殊岗位", "Special posts", ["CJ", "SD"], { codeSet: "special-post" }),
    item("overseas_base", "yes-no", "是否驻海外基地服役", "Served at a base overseas", ["SD"]),
    item("war_participation", "codes", "参战", "Wars and actions", ["SD", "XH"], { codeSet: "war" }),
    item("nuclear_test", "code", "参试(涉核)", "Nuclear tests", ["XH"], { codeSet: "nuclear-test" }),
    item("cert_type", "code", "退役证件类型", "Kind of certificate", ["CJ", "S2"], { codeSet: "certificate-type", required: true }),
    item("cert_lost", "yes-no", "退役证件遗失", "Certificate lost", ["CJ", "SD"]),
    ...lostItems(form, "退役证件", lost),
    item("cert_no", "text", "退役证件号", "Certificate number", ["CJ", "SD", "XH"], {
      required: certificateKept,
      text: "certificate",
      maxLength: 40,
      sensitivity: "identity",
    }),
    ...certificatePictures("退役证件", ["S2", "SD"], and(certificateKept, ne("general.evidence_kind", value("2")))),
  ]);
  const awards = section(
    "awards",
    "立功受奖",
    "Awards",
    [
      item("kind", "code", "种类", "Kind", ["SD", "CJ", "DC"], { codeSet: "award-kind", required: true }),
      item("year", "integer", "年度", "Year", ["SD", "CJ", "DC"], { required: true, min: 1927, max: 2100 }),
      item("cert_no", "text", "证件号", "Certificate number", ["SD", "CJ"], { text: "certificate", maxLength: 40 }),
    ],
    { repeats: { max: 20 } },
  );
  return [grounded(servicePurpose, serviceBasis, service), grounded(servicePurpose, serviceBasis, awards)];
}
