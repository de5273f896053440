// Overlay: punishments (处分) in the service blocks. Off by default: not in the plans.
import { codeSet, item, options, text } from "../../../src/scheme/define.ts";
import type { Overlay } from "../../../src/scheme/define.ts";

const punishments = item("punishments", "codes", "处分", "Punishments", ["DC", "CJ", "SD"], {
  codeSet: "punishment",
  sensitivity: "identity",
  purpose: text("核定安置待遇", "To settle placement and entitlement"),
  basis: "省级扩展项目",
});

/** Military and Party punishments of former soldiers. */
export const punishmentsOverlay: Overlay = {
  key: "punishments",
  label: text("处分情况", "Punishments"),
  scheme: "veterans",
  codeSets: [
    codeSet("punishment", "处分", "Punishments", options([
      ["warning", "警告", "Warning"],
      ["serious_warning", "严重警告", "Serious warning"],
      ["demerit", "记过", "Demerit"],
      ["major_demerit", "记大过", "Major demerit"],
      ["down_1", "降一级", "Lowered by one grade"],
      ["down_2", "降二级", "Lowered by two grades"],
      ["demoted", "降职", "Demoted"],
      ["removed", "撤职", "Removed from office"],
      ["discharged", "开除军籍", "Expelled from the army"],
      ["party_removed", "撤销党内职务", "Removed from Party office"],
      ["party_probation", "留党察看", "Probation within the Party"],
      ["party_expelled", "开除党籍", "Expelled from the Party"],
    ])),
  ],
  items: ["transferred_cadre", "retired_soldier", "retired_cadre_nco", "demobilised"].map((form) => ({ form, section: "service", after: "nuclear_test", item: punishments })),
};
