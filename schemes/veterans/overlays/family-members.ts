// Overlay: members of the household (家庭成员). Off by default: these are other people's data, asked only where a province needs them.
import { any, check, eq, grounded, item, ne, ref, section, source, text } from "../../../src/scheme/define.ts";
import type { Overlay } from "../../../src/scheme/define.ts";

const rows = "general.family_members";

/** One row for each member. */
export const familyMembersOverlay: Overlay = {
  key: "family_members",
  label: text("家庭成员", "Members of the household"),
  scheme: "veterans",
  sections: [
    {
      form: "general",
      after: "living",
      section: grounded(
        text("掌握家庭情况", "To know the household"),
        "退役军人保障法 第六章 抚恤优待",
        section(
          "family_members",
          "家庭成员",
          "Members of the household",
          [
            item("relation", "code", "与本人关系", "Relation", ["CJ", "STD"], { codeSet: "family-relation", required: true }),
            item("name", "text", "姓名", "Name", ["CJ"], { text: "name", required: true, maxLength: 50 }),
            item("phone", "phone", "联系电话", "Telephone", ["CJ"], { sensitivity: "contact" }),
            item("id_number", "id-number", "身份证号", "Citizen ID number", ["CJ"], { sensitivity: "identity" }),
            item("sex", "code", "性别", "Sex", ["SD"], { codeSet: "sex" }),
            item("birth_date", "date", "出生日期", "Date of birth", ["SD"]),
            item("ethnic", "code", "民族", "Ethnic group", ["SD"], { codeSet: "ethnic" }),
            item("health", "code", "健康状况", "Health status", ["CJ"], { codeSet: "health", sensitivity: "health" }),
            item("employment", "code", "就业状况", "Employment", ["CJ"], { codeSet: "employment-status" }),
            item("employer", "text", "工作单位", "Employer", ["CJ"], { maxLength: 80 }),
            item("duty", "text", "工作职务", "Duty", ["CJ"], { maxLength: 40 }),
          ],
          { repeats: { max: 20 } },
        ),
      ),
    },
  ],
  checks: [
    check(
      "family_members.id_repeated",
      "block",
      ["repeated", rows, ref(".id_number")],
      [rows],
      text("两名家庭成员的身份证号相同", "Two members have the same ID number"),
      source(["R"]),
    ),
    check(
      "family_members.self",
      "block",
      any(rows, eq(".id_number", "general.id_number")),
      [".id_number"],
      text("家庭成员中不用填本人", "The person is not a member of this list"),
      source(["R"]),
    ),
    check(
      "family_members.sex_by_id",
      "block",
      any(rows, ne(["id-sex", ref(".id_number")], ".sex")),
      [".sex"],
      text("性别与身份证号不符", "Sex does not agree with the ID number"),
      source(["STD"], "R-02"),
    ),
    check(
      "family_members.birth_by_id",
      "block",
      any(rows, ne(["id-birth", ref(".id_number")], ".birth_date")),
      [".birth_date"],
      text("出生日期与身份证号不符", "Date of birth does not agree with the ID number"),
      source(["STD"], "R-02"),
    ),
  ],
};
