// Complete fictional answers for tests of the other categories; each pairs a general form's changes with a sub-form.
import type { Answers, FormAnswers } from "../../src/scheme/model.ts";
import { disabledSoldierAnswers, generalAnswers, idOf, martyrFamilyAnswers, pay } from "./sample-records.ts";

const service: FormAnswers = { enlist_place: "350524000000", enlist_hukou: "rural", cert_no: "某字第1号", cert_photo: "photo-9" };
const plain: FormAnswers = { state_pension: ["none"], honours: ["none"], honours_photo: undefined, health: "10" };

const person = (id: string, birth: string, more: FormAnswers): FormAnswers => ({
  ...generalAnswers,
  ...plain,
  id_number: idOf(id),
  birth_date: birth,
  ...more,
});

const { rehabilitated_child: _child, d_burial_kind: _burial, ...bereavedAnswers } = martyrFamilyAnswers;

/** One sound record for each category that the first sample does not hold. */
export const soundRecords: { readonly [category: string]: Answers } = {
  transferred_cadre: {
    general: person("99999919620505001", "1962-05-05", {
      categories: ["transferred_cadre"],
      service_identity: "1",
      enlist_date: "1980-09-01",
      leave_date: "2002-10-01",
    }),
    transferred_cadre: {
      ...service,
      placement_kind: "self_chosen",
      rank_class: "officer",
      rank: "officer_lieutenant_colonel",
      cert_type: "transfer",
      officer_kind: "command",
      duty_grade: "regiment_deputy",
      place_region: "350524000000",
      pension_start: "2002-11",
      pension_month: 6500,
    },
  },
  retired_cadre_nco: {
    general: person("99999919450505001", "1945-05-05", {
      categories: ["retired_cadre_nco"],
      service_identity: "1",
      enlist_date: "1963-01-01",
      leave_date: "1995-06-01",
    }),
    retired_cadre_nco: {
      ...service,
      rank_class: "officer",
      rank: "officer_colonel",
      cert_type: "retirement",
      rest_kind: "retired_officer",
      retire_cert_no: "退字第1号",
      place_mode: "here",
      place_region: "350524000000",
      place_unit: "某县退役军人事务局",
      service_org: "某县军休所",
      manager_kind: "government",
      received_at: "1996-01-01",
      cadre_kind: "officer",
      treat_level: "regiment_chief",
    },
  },
  non_military_staff: {
    general: person("99999919450606001", "1945-06-06", {
      categories: ["non_military_staff"],
      service_identity: undefined,
      enlist_date: "1966-01-01",
      leave_date: "2000-06-01",
    }),
    non_military_staff: {
      retire_cert_no: "退字第2号",
      cert_photo: "photo-9",
      former_unit: "37001部队",
      former_level: "basic",
      former_identity: "skilled_worker",
      former_title: "skilled_middle",
      become_staff_by: "recruited",
      staff_kind: "retired",
      manager_kind: "government",
      place_region: "350524000000",
      received_at: "2001-01-01",
    },
  },
  red_army_veteran: {
    general: person("99999919150101001", "1915-01-01", {
      categories: ["red_army_veteran"],
      service_identity: "3",
      enlist_date: "1934-03-01",
      leave_date: "1937-01-01",
      state_pension: ["red_army"],
    }),
    red_army_veteran: { red_kind: "33", cert_photo: "photo-9", ...pay },
  },
  demobilised: {
    general: person("99999919330101001", "1933-01-01", {
      categories: ["demobilised"],
      service_identity: "3",
      enlist_date: "1951-02-01",
      leave_date: "1955-03-01",
      state_pension: ["rural_demobilised"],
    }),
    demobilised: {
      ...service,
      rank_class: "conscript",
      rank: "none",
      cert_type: "demobilisation",
      demob_kind: "2",
      war_period: "3",
      korea_war: true,
      benefit_kind: "subsidy",
      subsidy_cert_no: "补字第1号",
      ...pay,
    },
  },
  disabled_militia: {
    general: person("99999919500101001", "1950-01-01", {
      categories: ["disabled_militia"],
      health: "64",
      state_pension: ["disabled_soldier"],
      service_identity: undefined,
      enlist_date: undefined,
      leave_date: undefined,
    }),
    disabled_militia: { ...disabledSoldierAnswers, disab_type: "14", cert_name: "militia", cert_no: "1980010110850010110001" },
  },
  illness_death_family: {
    general: person("99999919350101001", "1935-01-01", {
      categories: ["illness_death_family"],
      service_identity: undefined,
      enlist_date: undefined,
      leave_date: undefined,
      honours: undefined,
      state_pension: ["bereaved_regular"],
    }),
    illness_death_family: {
      ...bereavedAnswers,
      relation: "1",
      disabled_flag: false,
      d_birth: "1960-01-01",
      d_join_date: "1978-03-01",
      d_death_date: "1985-01-01",
      approved_at: "1985-06-01",
    },
  },
  serving_family: {
    general: person("99999919700101001", "1970-01-01", {
      categories: ["serving_family"],
      service_identity: undefined,
      enlist_date: undefined,
      leave_date: undefined,
      honours: undefined,
    }),
    serving_family: {
      relation: "parent",
      s_name: "陈虚拟",
      s_id_number: idOf("99999919960101001"),
      s_kind: "conscript",
      s_rank: "conscript_private",
      s_enlist_date: "2017-09-01",
      s_enlist_region: "350524000000",
    },
  },
};
