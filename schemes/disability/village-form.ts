// The form of a village or community (村(社区)登记表). No literal form was found: its rows are rebuilt from the plan and the statistics of
// community rehabilitation, and every label is an editable default.
import { eq, ref, section, text } from "../../src/scheme/define.ts";
import type { Expression, Section } from "../../src/scheme/define.ts";
import { nothing } from "./conditions.ts";
import { from, question } from "./origins.ts";
import type { Origin } from "./origins.ts";

/** Path of an item of the village form. */
export const v = (key: string): string => `village.${key}`;

/** Digit 10 of the area code: 0–1 residents' committee, 2–3 villagers' committee, 4–5 others. */
export const kindDigit: Expression = ["slice", ref(v("region")), 10, 10];
const kindByCode: Expression = [
  "if",
  ["in", kindDigit, ["0", "1"]],
  ["const", "1"],
  ["if", ["in", kindDigit, ["2", "3"]], ["const", "2"], ["if", ["in", kindDigit, ["4", "5"]], ["const", "3"], nothing]],
];

const persons = text("人", "persons");
const count = (key: string, zh: string, en: string, origins: readonly Origin[], required: boolean, max = 100_000) =>
  question(undefined, key, "integer", zh, en, from(origins), { min: 0, max, unit: persons, ...(required ? { required: true } : {}) });
const flag = (key: string, zh: string, en: string, origins: readonly Origin[], required: boolean) =>
  question(undefined, key, "yes-no", zh, en, from(origins), required ? { required: true } : {});

export const place: Section = section("place", "村(社区)概况", "The community", [
  question(undefined, "region", "area", "村(社区)代码", "Code of the community", from(["STD"]), {
    required: true,
    fromBaseList: true,
    help: text("12位，后三位不为000", "Twelve digits, the last three not 000"),
  }),
  question(undefined, "village_name", "text", "村(社区)名称", "Name of the community", from(["STD"]), { required: true, fromBaseList: true, maxLength: 60 }),
  question(undefined, "village_kind", "code", "类别", "Kind", from(["STD"], "follows from the tenth digit of the code"), {
    codeSet: "community-kind",
    required: true,
    forced: kindByCode,
  }),
  count("population", "常住人口", "Resident population", ["R"], true, 1_000_000),
  question(undefined, "households", "integer", "户数", "Households", from(["R"]), { required: true, min: 0, max: 500_000, unit: text("户", "households") }),
  count("disabled_total", "残疾人总数(持证)", "Disabled persons with a certificate", ["P"], true),
]);

export const organisation: Section = section("organisation", "组织和人员", "Organisation and staff", [
  flag("has_association", "是否成立残疾人协会", "Has an association of disabled persons", ["S3"], true),
  count("specialists", "残疾人专职委员数", "Full-time commissioners", ["S3"], true, 500),
  count("specialists_disabled", "其中：残疾人", "Of these disabled", ["S3", "R"], false, 500),
  count("collectors", "信息采集人员数", "Surveyors", ["S3"], true, 500),
]);

export const rehabilitation: Section = section("rehabilitation", "康复与卫生", "Rehabilitation and health", [
  flag("rehab_station", "有无社区康复站(室)", "Has a rehabilitation station", ["P"], true),
  count("rehab_coordinators", "社区康复协调员人数", "Rehabilitation coordinators", ["P"], true, 500),
  count("rehab_files", "已建康复服务档案人数", "Persons with a rehabilitation file", ["P"], false),
  count("rehab_served", "接受社区康复服务人数", "Persons served with rehabilitation", ["P"], false),
  flag("clinic", "有无卫生室(社区卫生服务站)", "Has a clinic", ["R"], true),
  question(undefined, "clinic_barrier_free", "yes-no", "卫生室有无无障碍设施", "The clinic is barrier-free", from(["R"]), {
    required: true,
    shownIf: eq(v("clinic"), true),
  }),
]);

export const facilities: Section = section("facilities", "服务设施", "Facilities", [
  flag("service_centre", "有无综合服务设施(党群服务中心)", "Has a service centre", ["R"], true),
  question(undefined, "service_centre_barrier_free", "codes", "综合服务设施无障碍", "Barrier-free fittings of the centre", from(["R"]), {
    codeSet: "barrier-free-fittings",
    required: true,
    shownIf: eq(v("service_centre"), true),
  }),
  flag("care_place", "有无日间照料(托养)机构", "Has a place of day care", ["R"], true),
  question(undefined, "care_capacity", "integer", "日间照料(托养)床位(名额)数", "Places of day care", from(["R"]), {
    required: true,
    shownIf: eq(v("care_place"), true),
    min: 1,
    max: 10_000,
    unit: text("个", "places"),
  }),
  flag("culture_place", "有无残疾人可用的文化体育活动场所(活动室)", "Has a place of culture and sport that disabled persons can use", ["XH", "R"], true),
  question(undefined, "activities_per_year", "integer", "年度组织残疾人文体活动次数", "Activities for disabled persons in the year", from(["R"]), {
    min: 0,
    max: 1000,
    unit: text("次", "times"),
  }),
  flag("employment_base", "有无辅助性就业(扶贫)基地", "Has a base of supported employment", ["R"], false),
  flag("legal_station", "有无法律援助联系点", "Has a contact point of legal aid", ["R"], false),
]);

export const publicServices: Section = section(
  "public_service_list",
  "服务机构及人员",
  "Services and their staff",
  [
    question(undefined, "service_name", "text", "服务机构名称", "Name of the service", from(["R"]), { required: true, maxLength: 80 }),
    question(undefined, "service_content", "text", "服务内容", "What it offers", from(["R"]), { maxLength: 120 }),
    question(undefined, "service_contact", "text", "联系人", "Contact", from(["R"]), { text: "name", maxLength: 50, sensitivity: "contact" }),
    question(undefined, "service_phone", "phone", "联系电话", "Telephone", from(["R"]), { sensitivity: "contact" }),
  ],
  { repeats: { max: 30 } },
);

export const signatures: Section = section("signatures", "签署", "Signatures", [
  question(undefined, "filler", "text", "填表人", "Filled by", from(["S3"]), { required: true, text: "name", maxLength: 50 }),
  question(undefined, "filled_at", "date", "填表日期", "Filled on", from(["S3"]), { required: true }),
  question(undefined, "leader_sign", "signature", "村(居)委会主任签字", "Signature of the head of the committee", from(["S3"]), { required: true, maxBytes: 300 * 1024 }),
]);
