// The papers that prove each category (S2 three (3) 1 and one (1)–(12)): pictures of which a record shows at least one.
import { familyCategories, serviceCategories } from "./forms/marks.ts";

/** What stands in when there is no certificate: the form from the file, the village committee's statement, other proof. */
const proof = ["general.register_form_photo", "general.village_statement", "general.other_photo"];
const certificate = (form: string): readonly string[] => [`${form}.cert_photo`];
const lostOf = (form: string): readonly string[] =>
  ["non_military_staff", "red_army_veteran"].includes(form) ? [] : [`${form}.cert_lost_proof`];

/** Paths of photo items by category. */
export const papersOf: { readonly [category: string]: readonly string[] } = {
  ...Object.fromEntries(serviceCategories.map((form) => [form, [...certificate(form), ...lostOf(form), ...proof]])),
  disabled_soldier: certificate("disabled_soldier"),
  disabled_militia: certificate("disabled_militia"),
  ...Object.fromEntries(
    familyCategories
      .filter((form) => form !== "serving_family")
      .map((form) => [form, [...certificate(form), `${form}.cert_lost_proof`, ...(form === "martyr_family" ? ["martyr_family.rehabilitation_photo"] : []), "general.other_photo"]]),
  ),
  serving_family: ["serving_family.serving_proof", "general.photo_hukou", "general.other_photo"],
};
