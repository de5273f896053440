// Rows of the blocks that several sub-forms share, as data for the test that no row is missing (form-rows.ts).

export type FormRow = { readonly key: string; readonly kind: string; readonly needed: "Y" | "C" | "N" | "A"; readonly marks: readonly string[] };

/** `key kind needed marks`, one row a line. */
export const rowsOf = (lines: string): readonly FormRow[] =>
  lines
    .trim()
    .split("\n")
    .map((line) => {
      const [key = "", kind = "", needed = "", marks = ""] = line.trim().split(/ +/u);
      return { key, kind, needed: needed as FormRow["needed"], marks: marks.split(",") };
    });

/** Rows of the shared part “service”. */
export const service: readonly FormRow[] = rowsOf(`
  enlist_place area Y SD,CJ
  enlist_hukou code Y SD,CJ
  enlist_date date Y SD,CJ,XH
  second_enlist yes-no N CJ
  leave_date date Y SD,CJ,XH
  service_years computed A SD,CJ
  unit_code text N SD,CJ,XH
  major_unit text N SD,CJ
  arm text N SD
  rank_class code Y CJ
  rank code Y SD,CJ,K
  special_region codes N SD,CJ,DC
  special_region_months integer N SD,CJ,DC
  special_post codes N CJ,SD
  overseas_base yes-no N SD
  war_participation codes N SD,XH
  nuclear_test code N XH
  awards.kind code Y SD,CJ,DC
  awards.year integer Y SD,CJ,DC
  awards.cert_no text N SD,CJ
  cert_type code Y CJ,S2
  cert_lost yes-no N CJ
  cert_lost_reason text C QA
  cert_lost_proof photo C QA
  cert_no text C CJ,SD,XH
  cert_photo photo C S2,SD
`);

/** Rows of the shared part “plaque”. */
export const plaque: readonly FormRow[] = rowsOf(`
  plaque_state computed A SD,CJ
  plaque_applied_at date N SD,CJ
  plaque_hung yes-no N SD,CJ
  plaque_hung_at date C SD,CJ
  plaque_region area C SD,CJ
  plaque_address address C SD,CJ
  plaque_cancelled yes-no N SD,CJ
  plaque_cancelled_at date C SD,CJ
  plaque_cancel_reason code C R
  plaque_replaced yes-no N SD,CJ
  plaque_replaced_at date C SD,CJ
  plaque_replace_reason code C P
`);

/** Rows of the shared part “pay”. */
export const pay: readonly FormRow[] = rowsOf(`
  state_benefit codes Y CJ
  benefit_amount money C CJ
  bank_code text N XH
  bank_account_name text N XH
  bank_account_no text N XH
  object_state code Y XH
  cancel_date date C FE,XH
  approved_at date C XH
  support_mode code Y XH,CJ,DC
  support_unit code N DC
  lonely_old yes-no Y XH
  labour code Y XH
  viability code Y XH
`);

/** Rows of the shared part “disability”. */
export const disability: readonly FormRow[] = rowsOf(`
  disab_type code Y XH
  disab_grade code Y XH,LAW
  old_grade code N DC
  disab_nature code Y XH,CJ,LAW,R
  disab_domain code Y XH
  disab_period code Y XH
  korea_war yes-no N XH
  injured_at date Y XH,SD
  injured_place text Y XH,SD
  injured_region area N XH,SD
  injured_unit text N XH
  injury_desc text Y XH,SD
  injury_parts codes N XH,SD
  injury_reason text Y XH
  assessed_at date Y SD,XH,CJ
  cert_name code Y DC,S2
  cert_no text Y XH,SD
  cert_valid_from date N SD
  cert_valid_to date N SD
  mental_assess yes-no Y XH,CJ
  mental_illness yes-no Y XH
  occupational yes-no N SD
  aids codes N SD
  aids_at date N SD
  grade_change.kind code Y SD,XH,K
  grade_change.date date Y SD,XH
  grade_change.grade code N SD,XH
  grade_change.part text N SD,XH
  grade_change.cert_no text N SD,XH
  care_level code N SD,CJ,K
  cert_photo photo Y S2
`);

/** Rows of the shared part “bereaved”. */
export const bereaved: readonly FormRow[] = rowsOf(`
  relation code Y XH,S2,CJ
  is_holder yes-no Y XH,CJ,SD
  cert_no text C XH,CJ
  cert_lost yes-no N CJ
  cert_lost_reason text C QA
  cert_lost_proof photo C QA
  cert_photo photo C S2,CJ
  pay_cert_no text C XH
  city_or_rural code Y SD
  studying yes-no C XH,R
  disabled_flag yes-no Y XH
  orphan yes-no Y XH
  death_kind code A S2
  d_name text Y XH,CJ,SD
  d_sex code Y XH,CJ,SD,FE
  d_birth date N XH,CJ,SD,FE
  d_ethnic code N XH,CJ,SD,FE
  d_native_place text N XH,CJ,SD,FE
  d_join_date date N XH,FE,SD
  d_unit text N XH,CJ,FE
  d_duty text N XH,CJ,FE
  d_political code N FE
  d_death_date date Y XH,CJ,FE
  d_death_place text N XH,CJ,FE
  d_death_reason text N XH,CJ,FE
  d_approved_at date N XH,CJ,SD
  d_approved_by text N XH,CJ,SD
  d_burial_place text N FE,SD,CJ
  d_deeds text N FE,SD,CJ
`);
