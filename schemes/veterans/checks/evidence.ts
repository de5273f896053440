// Evidence: a certificate, or other proof with a statement of the village committee; and whether any paper of a category is shown.
import { and, eq, explain, missing, note, source, text, value } from "../../../src/scheme/define.ts";
import type { AcrossCheck, Check } from "../../../src/scheme/define.ts";
import { papersOf } from "../papers.ts";
import { bereavedCategories, ticked } from "../forms/marks.ts";

const byProof = eq("general.evidence_kind", value("2"));

/** The plan wants papers as far as people have them: a paper that is not shown is noted, not refused. Families of the serving have no paper of their own in the plan. */
const paperMissing: readonly Check[] = Object.entries(papersOf)
  .filter(([category]) => category !== "serving_family")
  .map(([category, papers]) =>
    note(
      `${category}.papers_missing`,
      and(ticked(category), ...papers.map(missing)),
      [papers[0] ?? "general.other_photo"],
      "还没有这一类别的证件或证明材料照片，能够提供的请拍照",
      "No picture yet of a certificate or proof of this category: please take one if there is any",
      ["S2", "QA"],
      "R-23; S2 four (2): papers as far as people can show them",
    ),
  );

/** Rules of evidence. */
export const evidenceChecks: readonly Check[] = [
  explain(
    "general.proof_missing",
    and(byProof, missing("general.register_form_photo"), missing("general.other_photo")),
    ["general.evidence_kind"],
    "选了证明材料，请拍摄退伍军人登记表或其他证明材料；战友证明无效",
    "Other proof is chosen: please photograph the registration form from the file or another proof; fellow soldiers' words do not count",
    ["QA", "S2"],
    "R-23",
  ),
  ...paperMissing,
];

const holder = (form: string): AcrossCheck => ({
  key: `${form}.one_holder`,
  kind: "at-most-one",
  severity: "explain",
  same: [`${form}.d_name`, `${form}.cert_no`],
  when: eq(`${form}.is_holder`, true),
  at: [`${form}.is_holder`, `${form}.cert_no`],
  message: text(
    "同一证明书已有一名持证人；一份证明书至多一人持证，请核对",
    "This certificate has a holder already; at most one person holds it: please check",
  ),
  source: source(["R"], "R-22"),
});

/** At most one holder of each certificate of a deceased soldier, and of each disability certificate. */
export const certificatesAcross: readonly AcrossCheck[] = [
  ...bereavedCategories.map(holder),
  ...["disabled_soldier", "disabled_militia"].map(
    (form): AcrossCheck => ({
      key: `${form}.one_certificate`,
      kind: "at-most-one",
      severity: "explain",
      same: [`${form}.cert_name`, `${form}.cert_no`],
      at: [`${form}.cert_no`],
      message: text("这个伤残证件编号已登记在另一人名下，请核对", "This disability certificate is recorded for somebody else already: please check"),
      source: source(["R"], "A certificate's number ends in a serial and belongs to one person"),
    }),
  ),
];
