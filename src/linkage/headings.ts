// What a column's heading says, in the languages lists come in: Chinese, English, German, French, Spanish, Portuguese, Italian,
// Dutch, Polish, Russian, Japanese, Korean. Headings only hint; the values decide (suggest.ts).

export type Hint = "truth" | "id" | "identifier" | "given" | "surname" | "name" | "birth" | "year" | "month" | "day" | "sex" | "phone" | "email" | "postcode" | "place-code" | "address" | "place" | "text" | "amount";

/** Tried in this order on the heading in lower case, words joined by `_`. */
const HINTS: readonly (readonly [Hint, RegExp])[] = [
  ["truth", /^(true_?)?(cluster|entity|ent|match|truth|label|gold|group|class)(_?(id|no|label))?$/],
  ["email", /e_?mail|邮箱|メール|correo/],
  ["phone", /phone|tel(efon[eo]?)?\b|^tel|mobile|cell|fax|handy|手机|电话|联系方式|電話|전화|телефон/],
  ["sex", /^(sex|gender|geschlecht|sexe|sexo|sesso|geslacht|plec|płeć|пол)$|性别|性別|성별/],
  ["postcode", /post_?(al)?_?code|postcode|^zip|plz|code_?postal|codigo_?postal|cap$|郵便|邮编|邮政编码|우편|индекс/],
  ["year", /^(b|birth_?|dob_?|geb_?)?(y|yr|year|jahr|annee|année|ano|anno|año)(_?(of_?)?birth)?$|^出生年$/],
  ["month", /^(b|birth_?|dob_?|geb_?)?(m|mon|month|monat|mois|mes|mese)(_?(of_?)?birth)?$|^出生月$/],
  ["day", /^(b|birth_?|dob_?|geb_?)?(d|day|tag|jour|dia|día|giorno)(_?(of_?)?birth)?$|^出生日$/],
  ["birth", /dob|birth_?da|date_?of_?birth|birth(day)?$|geburt|geb_?dat|naissance|nacimiento|nascimento|nascita|geboorte|urodzenia|рожд|出生|生日|생년/],
  ["identifier", /ssn|soc(ial)?_?sec|nhs|passport|身份证|证件号|公民身份|national_?id|id_?(no|num|number|card)|tax_?id|steuer|nino|licen[cs]e|isbn|issn|upc|ean|sku|isrc/],
  ["place-code", /region_?code|area_?code|area12|行政区划|区划代码|地区代码|^region$/],
  ["surname", /sur_?name|last_?name|^lname|_?family|nachname|familienname|^nom$|nom_?de_?famille|apellido|sobrenome|cognome|achternaam|nazwisko|фамилия|^姓$|^姓氏$/],
  ["given", /given|first_?name|^fname|forename|vorname|prenom|prénom|^nombre$|middle_?name|voornaam|^imie$|imię|^имя$|отчество|^名$/],
  ["name", /name|姓名|氏名|이름|фио|titular/],
  ["address", /addr|street|strasse|straße|^rue|calle|rua|住址|地址|住所|주소|адрес/],
  ["place", /city|town|suburb|local|village|county|state|province|country|ort$|ville|ciudad|stadt|город|birth_?place|省|市|县|乡|镇/],
  ["amount", /price|amount|cost|salary|income|age$|year$|pages|time$|length|金额|年龄|收入/],
  ["text", /title|descr|author|text|note|remark|comment|备注|名称/],
  ["id", /^(unique_?id|rec(ord)?_?id|row_?(id|no)|id|uid|uuid|key|no|nr|nummer|num|index|序号|编号|番号)$|_id$|^id_/],
];

/** The hint of a heading, or nothing. */
export function hintOf(heading: string): Hint | undefined {
  const plain = heading
    .trim()
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[\s.\-/]+/g, "_");
  return HINTS.find(([, pattern]) => pattern.test(plain))?.[0];
}

/** Heading without case and signs, to pair the columns of two lists. */
export const plainHeading = (heading: string): string => heading.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
