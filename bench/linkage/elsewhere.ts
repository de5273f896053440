// Fictional people of two other kinds of list, with the dirt of such lists and the truth: voters as American counties list them, and Arabic names
// as different offices write them in Latin letters. Settings are never chosen for them: they show what `--suggest` makes of lists nobody prepared.
import fs from "node:fs";
import path from "node:path";
import { type Dice, dice } from "./dice.ts";
import type { Lists } from "./people.ts";

type Cells = Readonly<Record<string, string>>;
type Kind = { readonly person: (dice: Dice) => Cells; /** The same person as another office has it. */ readonly other: (person: Cells, dice: Dice) => Cells; readonly headings: readonly [left: readonly string[], right: readonly string[]] };

const words = (text: string): readonly string[] => text.split(" ");
const two = (n: number): string => String(n).padStart(2, "0");
const digits = (dice: Dice, n: number): string => Array.from({ length: n }, () => dice.below(10)).join("");

/** One letter wrong, lost, doubled or exchanged with the next. */
function slip(text: string, { below }: Dice): string {
  if (text.length < 3) return text;
  const at = 1 + below(text.length - 2);
  const [before, one, next, after] = [text.slice(0, at), text.charAt(at), text.charAt(at + 1), text.slice(at + 2)];
  return [`${before}${String.fromCharCode((/\d/.test(one) ? 48 + below(10) : 97 + below(26)))}${next}${after}`, `${before}${next}${after}`, `${before}${one}${one}${next}${after}`, `${before}${next}${one}${after}`][below(4)] ?? text;
}

const NICK = new Map(words("William:Bill Robert:Bob James:Jim John:Jack Elizabeth:Liz Margaret:Peggy Katherine:Kate Michael:Mike Richard:Rick Thomas:Tom Patricia:Pat Jennifer:Jen Joseph:Joe Charles:Chuck Daniel:Dan Anthony:Tony Deborah:Debbie Susan:Sue").map((pair) => pair.split(":") as [string, string]));
const GIVEN = [...NICK.keys(), ...words("Mary Linda Barbara Jessica Sarah Karen Lisa Nancy Betty Sandra Ashley Kimberly Emily Donna Michelle Carol Amanda Melissa David Matthew Mark Donald Steven Andrew Paul Joshua Kenneth Kevin Brian George Timothy Ronald Jason Edward Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon")];
const SURNAMES = words("Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez");
const STREETS = words("Oak Maple Cedar Pine Elm Washington Lake Hill Walnut Spring North Ridge Church Willow Mill Sunset Railroad Jackson Highland Lincoln");
const TOWNS = words("Fairview:27 Midway:28 Oakland:29 Georgetown:30 Salem:31 Greenville:32 Franklin:33 Clinton:34 Madison:35 Bristol:36");

const voters: Kind = {
  headings: [["voter_id", "first_name", "middle_name", "last_name", "birth_date", "street_address", "city", "zip", "phone"], ["record", "FirstName", "MiddleName", "LastName", "DOB", "Address", "City", "ZipCode", "PhoneNumber"]],
  person: (d) => {
    const [town = "", zip = ""] = d.pick(TOWNS).split(":");
    return { given: d.pick(GIVEN), middle: d.chance(0.8) ? d.pick(GIVEN) : "", surname: d.chance(0.1) ? `${d.pick(SURNAMES)}-${d.pick(SURNAMES)}` : d.pick(SURNAMES), birth: `${two(1 + d.below(12))}/${two(1 + d.below(28))}/${1930 + d.below(75)}`, street: `${1 + d.below(9900)} ${d.pick(STREETS)} ${d.pick(words("St Ave Rd Dr Ln"))}`, town, zip: `${zip}${digits(d, 3)}`, phone: d.chance(0.7) ? `(${d.pick(["919", "336", "704"])}) ${digits(d, 3)}-${digits(d, 4)}` : "" };
  },
  other: (p, d) => {
    const moved = d.chance(0.12) ? voters.person(d) : p;
    const given = d.chance(0.12) ? (NICK.get(p["given"] ?? "") ?? p["given"] ?? "") : (p["given"] ?? "");
    const [m = "", day = "", y = ""] = (p["birth"] ?? "").split("/");
    return {
      given: d.chance(0.04) ? slip(given, d) : given,
      middle: d.chance(0.5) ? (p["middle"] ?? "").slice(0, 1) : (p["middle"] ?? ""),
      surname: d.chance(0.05) ? d.pick(SURNAMES) : d.chance(0.04) ? slip(p["surname"] ?? "", d) : (p["surname"] ?? ""),
      birth: d.chance(0.02) ? "" : d.chance(0.02) ? `${day}/${m}/${y}` : d.chance(0.02) ? `${m}/${day}/${Number(y) + 1}` : `${m}/${day}/${y}`,
      street: d.chance(0.2) ? (moved["street"] ?? "").replace(/ (St|Ave|Rd|Dr|Ln)$/, (all) => ({ " St": " Street", " Ave": " Avenue", " Rd": " Road", " Dr": " Drive", " Ln": " Lane" })[all] ?? all) : (moved["street"] ?? ""),
      town: moved["town"] ?? "",
      zip: moved["zip"] ?? "",
      phone: d.chance(0.3) ? "" : d.chance(0.15) ? digits(d, 10) : (p["phone"] ?? "").replaceAll(/\D/g, ""),
    };
  },
};

/** One name in the ways that offices write it. */
const ARABIC = words("Mohammed|Muhammad|Mohamed|Mohamad Ahmed|Ahmad Abdulrahman|Abd-al-Rahman|Abdelrahman Abdullah|Abdallah Youssef|Yusuf|Yousef Ibrahim|Ebrahim Khaled|Khalid Hussein|Husayn|Hussain Hassan|Hasan Omar|Umar Ali|Aly Mahmoud|Mahmud Mustafa|Moustafa Said|Saeed|Sayed Fatima|Fatma|Fatimah Aisha|Aicha|Ayesha Maryam|Mariam|Meryem Zainab|Zeinab|Zaynab Khadija|Khadijah Layla|Leila|Laila Nour|Noor|Nur Huda|Hoda Samira|Sameera Salma|Salmah Tariq|Tarek|Tarik Karim|Kareem Nasser|Nasir Jamal|Gamal Faisal|Faysal Rashid|Rachid|Rasheed Bilal|Belal Hamza|Hamzah Suleiman|Sulaiman|Soliman Yahya|Yehia").map((each) => each.split("|"));
const FAMILIES = words("al-Masri|El-Masry|Almasri al-Haddad|El-Haddad|Haddad al-Najjar|El-Naggar|Alnajjar al-Sharif|El-Sherif|Alsharif Qasim|Kassem|Qassem al-Khatib|El-Khatib|Alkhatib Mansour|Mansur al-Tamimi|Altamimi|Tamimi Othman|Uthman|Osman al-Shami|El-Shamy|Alshami Saleh|Salih al-Qadi|El-Kady|Alqadi Daoud|Dawood|Daud al-Bakri|El-Bakry|Albakri Zaki|Zaky Shahin|Shaheen|Chahine al-Hashimi|El-Hashemy|Alhashimi Barakat|Baraket Farouk|Faruq Ghanem|Ghanim al-Ansari|El-Ansary|Alansari Hamdan|Hamdane Jaber|Gaber|Jabir Khoury|Khouri|Elkhoury Naim|Naeem Rahal|Rahhal Sabbagh|Sabagh Tahir|Taher Wahba|Wahbah Yazbek|Yazbeck").map((each) => each.split("|"));
const CITIES = words("Cairo Giza Alexandria Mansoura Tanta Aswan Luxor Suez Ismailia Minya");
const first = (of: readonly string[]): string => of[0] ?? "";

const romanised: Kind = {
  headings: [["id", "name", "father_name", "family_name", "national_id", "date_of_birth", "city"], ["ref", "given_name", "father_name", "surname", "id_number", "dob", "city"]],
  person: (d) => {
    const [y, m, day] = [1935 + d.below(70), 1 + d.below(12), 1 + d.below(28)];
    return { given: String(d.below(ARABIC.length)), father: String(d.below(ARABIC.length)), family: String(d.below(FAMILIES.length)), number: `${y < 2000 ? 2 : 3}${two(y % 100)}${two(m)}${two(day)}${digits(d, 7)}`, birth: `${two(day)}/${two(m)}/${y}`, town: d.pick(CITIES) };
  },
  other: (p, d) => {
    const [day = "", m = "", y = ""] = (p["birth"] ?? "").split("/");
    return { ...p, again: "yes", number: d.chance(0.35) ? "" : d.chance(0.05) ? slip(p["number"] ?? "", d) : (p["number"] ?? ""), birth: d.chance(0.05) ? "" : d.chance(0.06) ? `01/01/${y}` : d.chance(0.02) ? `${m}/${day}/${y}` : (p["birth"] ?? ""), town: d.chance(0.15) ? d.pick(CITIES) : (p["town"] ?? "") };
  },
};

/** Cells in the order of the headings; a romanised name is written as this office writes it. */
function written(kind: keyof typeof KINDS, p: Cells, d: Dice): readonly string[] {
  if (kind === "voters") return ["given", "middle", "surname", "birth", "street", "town", "zip", "phone"].map((key) => p[key] ?? "");
  const name = (list: readonly (readonly string[])[], key: string): string => {
    const ways = list[Number(p[key])] ?? [];
    const way = p["again"] === undefined ? first(ways) : d.pick(ways);
    return d.chance(0.03) ? slip(way, d) : way;
  };
  return [name(ARABIC, "given"), name(ARABIC, "father"), name(FAMILIES, "family"), p["number"] ?? "", p["birth"] ?? "", p["town"] ?? ""];
}

export const KINDS = { voters, romanised } as const satisfies Readonly<Record<string, Kind>>;

/** Writes `<folder>/<kind>-{left,right,truth}.csv`: `rows` on each side, three in four of the left list stand in the right one, in another order. */
export function writeElsewhere(folder: string, kind: keyof typeof KINDS, rows: number, seed: number): Lists {
  const d = dice(seed);
  const { person, other, headings } = KINDS[kind];
  const file = (name: string): string => path.join(folder, `${kind}-${name}.csv`);
  const [left, right, truth]: [string[], string[], string[]] = [[], [], []];
  for (let i = 0; i < rows; i += 1) {
    const one = person(d);
    left.push([`L${i}`, ...written(kind, one, d)].join(","));
    const stands = d.chance(0.75);
    const place = `R${((i * 7919) % rows) + rows}`;
    right.push([place, ...written(kind, other(stands ? one : person(d), d), d)].join(","));
    if (stands) truth.push(`L${i},${place}`);
  }
  const save = (name: string, heading: readonly string[], lines: readonly string[]): void => fs.writeFileSync(file(name), `${heading.join(",")}\n${lines.join("\n")}\n`);
  save("left", headings[0], left);
  save("right", headings[1], right.toSorted());
  save("truth", ["left_id", "right_id"], truth);
  return { left: file("left"), right: file("right"), truth: file("truth"), truePairs: truth.length };
}
