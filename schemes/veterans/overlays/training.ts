// Overlay: training in detail for everybody (培训), where the sub-form of retired soldiers has only its own short list. Off by default.
import { any, check, codeSet, grounded, gt, item, options, section, source, text, today } from "../../../src/scheme/define.ts";
import type { Overlay } from "../../../src/scheme/define.ts";

/** One row for each training. */
export const trainingOverlay: Overlay = {
  key: "training",
  label: text("教育培训", "Training"),
  scheme: "veterans",
  codeSets: [
    codeSet("training-type", "培训类型", "Kind of training", options([
      ["adaptation", "适应性培训", "Adaptation"],
      ["skill", "职业技能培训", "Vocational skills"],
      ["individual", "个性化培训", "Individual"],
      ["other", "其他培训", "Other"],
    ])),
    codeSet("training-certificate", "证书类别", "Kind of certificate", options([
      ["qualification", "职业资格证", "Professional qualification"],
      ["skill_level", "职业技能等级证", "Skill level"],
      ["special_skill", "专项职业能力证", "Special skill"],
      ["special_work", "特种作业操作证", "Special operations"],
      ["provincial", "全民技能提升培训合格证", "Provincial skills programme"],
      ["other", "其他", "Other"],
    ])),
  ],
  sections: [
    {
      form: "general",
      after: "living",
      section: grounded(
        text("掌握教育培训情况", "To know training"),
        "退役军人保障法 第四章 教育培训",
        section(
          "training_detail",
          "教育培训",
          "Training",
          [
            item("kind", "code", "培训类型", "Kind", ["CJ"], { codeSet: "training-type", required: true }),
            item("finished_at", "date", "结业时间", "Finished on", ["R"]),
            item("certificate", "code", "证书类别", "Certificate", ["CJ"], { codeSet: "training-certificate" }),
            item("certificate_no", "text", "证书编号", "Certificate number", ["R"], { text: "certificate", maxLength: 40, sensitivity: "identity" }),
          ],
          { repeats: { max: 20 } },
        ),
      ),
    },
  ],
  checks: [
    check(
      "training.finished_future",
      "block",
      any("general.training_detail", gt(".finished_at", today)),
      [".finished_at"],
      text("结业时间不能晚于今天", "The training cannot have ended in the future"),
      source(["R"]),
    ),
  ],
};
