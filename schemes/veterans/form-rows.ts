// The rows of the form descriptions this scheme is built from, as data for the test that no row is missing: key, kind, whether it must
// be answered (Y always, C under a condition, N never, A filled by itself) and the marks of its sources. Shared blocks are named once.

import { bereaved, disability, type FormRow, pay, plaque, rowsOf, service } from "./form-rows-shared.ts";

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
