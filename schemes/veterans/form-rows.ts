// The rows of the form descriptions this scheme is built from, as data for the test that no row is missing: key, kind, whether it must
// be answered (Y always, C under a condition, N never, A filled by itself) and the marks of its sources. Shared blocks are named once.

export type FormRow = { readonly key: string; readonly kind: string; readonly needed: "Y" | "C" | "N" | "A"; readonly marks: readonly string[] };

/** `key kind needed marks`, one row a line. */
const rowsOf = (lines: string): readonly FormRow[] =>
  lines
    .trim()
    .split("\n")
    .map((line) => {
      const [key = "", kind = "", needed = "", marks = ""] = line.trim().split(/ +/u);
      return { key, kind, needed: needed as FormRow["needed"], marks: marks.split(",") };
    });

const general = rowsOf(`
  name text Y FE,SD,CJ
  former_name text N FE
  id_number id-number Y FE,SD,CJ,STD
  sex code Y FE,SD
  ethnic code Y FE,SD
  birth_date date Y FE,SD
  issuing_authority text C FE,SD,CJ
  valid_from date C FE,CJ,LAW
  valid_to date C FE,CJ,LAW
  valid_long_term yes-no N FE,CJ,LAW
  domicile_address address Y FE,SD
  domicile_region area Y FE,XH,CJ
  card_portrait photo C S2
  card_photo_front photo Y S2,SD
  card_photo_back photo Y S2,SD
  photo_recent photo Y S2
  photo_hukou photo Y S2,CJ
  agent_flag yes-no Y FE
  agent_name text C R
  agent_id_number id-number C R
  agent_phone phone C R
  agent_relation code C R
  hukou_type code Y FE,XH,DC,R
  marital code Y FE,XH
  education code Y FE,DC
  political code Y S0,S1,S2,SD,CJ
  party_join_date date C SD,FE,CJ
  residence_address address Y FE,SD,CJ
  residence_region area Y FE,SD,CJ
  mobile phone Y FE,SD,CJ
  landline phone N FE
  wechat_qq text N FE,SD
  postcode text N SD
  email text N SD
  health code Y CJ,XH
  self_declared code Y R,S0,S1,S2
  remark text N FE,SD
  categories codes Y FE,S2
  evidence_kind code Y QA
  enlist_date date C S0,S1,S2,FE
  leave_date date C S0,S1,S2,FE
  service_identity code C S0,S1,S2,R
  unit_code text C S0,S1,S2,SD,XH
  service_no text N S0,S1,S2
  honours codes Y DC,S2
  employment_status code Y S0,S1,S2,CJ,DC
  employer_name text C S0,S1,S2
  employer_type code C DC
  annual_income money Y FE,SD,CJ
  family_income money N SD,CJ
  medical_ins codes Y FE
  pension_ins codes Y FE
  housing_fund yes-no Y FE,CJ
  state_pension codes Y FE,DC,R
  disabled_subsidy codes Y FE,SD,S0,S1,S2
  housing codes Y FE
  housing_area decimal C S0,S1,S2,FE
  social_assistance code Y FE
  difficulties codes N FE,S2
  demands codes N FE
  demand_class codes N SD
  demand_text text N FE,S2
  demand_answered_on_site yes-no N R
  signature signature Y S2,SD,CJ
  change_type code N SD
  change_date date N SD
  death_date date C SD
  death_cancel_date date N SD
  honours_photo photo N S2
  register_form_photo photo N S2
  other_photo photo N S2
  village_statement photo C QA
`);

const service = rowsOf(`
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

const plaque = rowsOf(`
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

const pay = rowsOf(`
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

const disability = rowsOf(`
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

const bereaved = rowsOf(`
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

/** Rows of every form by its key. */
export const formRows: { readonly [form: string]: readonly FormRow[] } = {
  general,
  transferred_cadre: [
    ...rowsOf(`
      placement_kind code Y S2,CJ,SD
      officer_kind code C CJ
      civil_kind code C CJ
      duty_grade code Y DC,SD,CJ
      duty_name text N SD
      duty_since date N SD
      law_qualification yes-no N SD
      place_region area Y SD
      place_unit text C SD,CJ
      place_unit_type code C SD,CJ
      place_level code N CJ
      place_date date N SD
      notice_date date N SD
      report_date date N SD
      pension_start month C SD,CJ
      pension_month money C SD,CJ
      enterprise_status code C DC
      file_keeper text N SD
      family_followed integer N SD
    `),
    ...service,
    ...plaque,
  ],
  retired_soldier: [
    ...rowsOf(`
      soldier_kind code Y S2,CJ
      leave_period computed A SD,K
      conscript_from date N XH,FE
      conscript_to date N XH,FE
      conscript_years decimal N XH
      skill_level text N SD
      place_region area Y SD,DC
      place_mode code N DC
      place_condition code C SD,K
      place_unit text C SD,CJ
      place_unit_type code C SD,CJ
      report_date date N SD,CJ
      on_post yes-no C SD,CJ
      lump_sum_taken yes-no C SD,CJ
      lump_sum money N SD,CJ
      self_job_cert_no text C S2
      resume_kind code C S2
      resume_unit text C S2
      rural60 computed A XH,K
      rural60_basis code C XH
      trainings.train_kind code Y SD,CJ
      trainings.train_name text N SD,CJ
      trainings.train_year integer N SD,CJ
      want_job yes-no N SD
      want_business yes-no N SD
    `),
    ...service,
    ...plaque,
  ],
  retired_cadre_nco: [
    ...rowsOf(`
      join_period code C SD,K
      rest_kind code Y CJ,DC,SD
      retire_date date Y SD
      retire_cert_no text Y SD
      handover_batch code N CJ,SD
      place_mode code Y DC,SD
      place_region area Y SD,CJ
      place_unit text Y SD,CJ
      service_org text Y SD,CJ
      manager_kind code Y CJ
      received_at date C SD
      cadre_kind code Y DC,SD
      treat_level code Y DC,SD
      retire_pay money N SD
      allowances money N SD
      care_fee yes-no N SD
      care_reason text N SD
      care_amount money N SD
    `),
    ...service,
    ...plaque,
  ],
  non_military_staff: [
    ...rowsOf(`
      start_work_date date Y CJ
      retire_date date Y CJ
      retire_cert_no text Y CJ,SD
      cert_photo photo C S2
      former_unit text Y CJ,SD
      former_level code Y CJ,SD
      former_identity code Y DC,SD
      former_title code N DC,SD
      become_staff_by code Y CJ,SD
      enlist_place area Y SD,CJ
      enlist_hukou code Y SD,CJ
      enlist_date date Y SD,CJ,XH
      leave_date date Y SD,R
      staff_kind code Y DC
      manager_kind code Y CJ
      place_region area Y CJ,SD
      handover_batch code N CJ
      received_at date Y CJ
      finance_channel text N SD
      retire_pay money N SD
    `),
    ...plaque,
  ],
  red_army_veteran: [
    ...rowsOf(`
      red_kind code Y XH,SD,S2
      join_date date Y SD
      leave_date date Y SD
      former_unit text N SD
      cert_no text N SD
      cert_photo photo N SD
    `),
    ...pay,
    ...plaque,
  ],
  demobilised: [
    ...rowsOf(`
      demob_kind code Y S2,SD,DC
      war_period code Y XH
      korea_war yes-no Y XH
      original_duty text N XH,SD
      demob_cert_no text N XH,SD
      subsidy_cert_no text C XH
      benefit_kind code Y DC
      place_region area N SD
      file_received_at date N SD
      mental_illness yes-no Y XH
    `),
    ...service,
    ...pay,
    ...plaque,
  ],
  disabled_soldier: [...disability, ...pay, ...plaque],
  disabled_militia: [...disability, ...pay],
  martyr_family: [
    ...rowsOf(`
      rehabilitated_child yes-no Y S2,XH
      rehabilitation_photo photo C S2
      d_burial_kind code Y CJ
    `),
    ...bereaved,
    ...pay,
    ...plaque,
  ],
  duty_death_family: [...bereaved, ...pay, ...plaque],
  illness_death_family: [...bereaved, ...pay, ...plaque],
  serving_family: [
    ...rowsOf(`
      relation code Y S2,CJ
      follow_army yes-no C SD,CJ
      placed yes-no N CJ
      placed_region area C CJ
      kin_count integer N SD
      treatment text N SD
      serving_proof photo N R
      s_name text Y SD,CJ
      s_id_number id-number Y SD,CJ
      s_kind code Y SD,CJ
      s_rank code N CJ
      s_cert_no text N SD
      s_enlist_date date Y CJ,SD
      s_enlist_region area Y CJ
      s_unit_code text N CJ
      s_region_kind code N CJ,R
    `),
    ...plaque,
  ],
};

/** Rows that are asked less strictly than their source says, and why. */
export const asksLess: { readonly [path: string]: string } = {
  "general.card_portrait": "a telephone in a village cannot read the chip",
  "general.card_photo_front": "a telephone in a village must suffice",
  "general.card_photo_back": "a telephone in a village must suffice",
  "general.photo_hukou": "a telephone in a village must suffice",
  "general.unit_code": "old soldiers often do not remember the cover number",
  "general.honours": "asked of those with service or injury of their own, not of families",
};

/** Rows that are no items: who holds their facts instead. */
export const heldElsewhere: { readonly [row: string]: string } = {
  "general.collect_org": "the capture event of the record",
  "general.collector_name": "the capture event of the record",
  "general.collector_phone": "the collector's account",
  "general.collected_at": "the capture event of the record",
  "general.reviewer_org": "the review event of the record",
  "general.reviewer_name": "the review event of the record",
  "general.reviewer_phone": "the reviewer's account",
  "general.reviewed_at": "the review event of the record",
  "disabled_soldier.service": "the service block of the category 1–6 it must go with",
  "service.punishments": "the overlay punishments, off by default",
};

/** Rows that are never collected. */
export const neverCollected: readonly string[] = ["serving_family.s_garrison"];
