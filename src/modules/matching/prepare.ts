// The two lists as the linkage engine reads them: register heads on the left, the department's rows on the right.
import { once } from "node:events";
import fs from "node:fs";
import { checkCitizenId, normaliseCitizenId } from "../../core/citizen-id.ts";
import { answerAt } from "../../scheme/layout.ts";
import type { Answers, Department, IdentityItems } from "../../scheme/model.ts";
import { nameSyllables } from "../../platform/pinyin.ts";
import { simplified } from "./simplified.ts";
import { cellValue, type CodeSets, type ListRow } from "./values.ts";

/** A person as both lists are written for linking; everything may be empty. */
export type Prepared = { readonly name: string; readonly id18: string; readonly valid: boolean; readonly birth: string; readonly sex: string; readonly phone: string; readonly area: string };

const HEADER = "id,name,name_pinyin,id18,id_valid,birth,sex,phone,area12\n";
const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const sounds = new Map<string, string>();
function soundOf(name: string): string {
  let sound = sounds.get(name);
  if (sound === undefined) {
    if (sounds.size > 200_000) sounds.clear();
    sounds.set(name, (sound = nameSyllables(name)));
  }
  return sound;
}

export const preparedLine = (id: string, person: Prepared): string => {
  const name = simplified(person.name);
  return `${cell(id)},${cell(name)},${cell(soundOf(name))},${cell(person.id18)},${person.valid ? "1" : "0"},${person.birth},${cell(person.sex)},${cell(person.phone)},${person.area}\n`;
};

function identityOf(raw: string): { id18: string; valid: boolean } {
  const checked = checkCitizenId(raw);
  return checked.ok ? { id18: checked.id, valid: true } : { id18: normaliseCitizenId(raw), valid: false };
}

const textAt = (answers: Answers, path: string | undefined): string => {
  const value = path === undefined ? undefined : answerAt(answers, path);
  return typeof value === "string" ? value : "";
};

export function personOfAnswers(items: IdentityItems, answers: Answers): Prepared {
  return {
    name: textAt(answers, items.name),
    ...identityOf(textAt(answers, items.idNumber)),
    birth: textAt(answers, items.birthDate),
    sex: textAt(answers, items.sex),
    phone: textAt(answers, items.phone).replace(/\D/g, ""),
    area: textAt(answers, items.area),
  };
}

/** A person from texts as they are answered. */
export const personOfTexts = (said: { readonly name: string; readonly idNumber: string; readonly sex: string; readonly birth: string; readonly area: string }): Prepared => ({
  name: said.name,
  ...identityOf(said.idNumber),
  birth: said.birth,
  sex: said.sex,
  phone: "",
  area: said.area,
});

export function personOfListRow(department: Department, sets: CodeSets, row: ListRow): Prepared {
  const joined = (join: string): string => {
    const field = department.fields.find((each) => each.join === join);
    if (field === undefined) return "";
    const raw = row.cells[field.key]?.trim() ?? "";
    if (join === "id-number" || join === "name") return raw;
    const value = cellValue(field, sets, raw);
    return value === undefined ? "" : String(value);
  };
  return { name: joined("name"), ...identityOf(joined("id-number")), birth: joined("birth-date"), sex: joined("sex"), phone: joined("phone").replace(/\D/g, ""), area: joined("area") };
}

/** A file of prepared people, written as they come; readable by its owner only. */
export function preparedFile(file: string): { add: (lines: string) => Promise<void>; end: () => Promise<void> } {
  const out = fs.createWriteStream(file, { mode: 0o600, flags: "wx" });
  const failed = new Promise<never>((_, reject) => out.once("error", reject));
  failed.catch(() => undefined);
  out.write(HEADER);
  return {
    add: async (lines) => {
      if (!out.write(lines)) await Promise.race([once(out, "drain"), failed]);
    },
    end: async () => {
      out.end();
      await Promise.race([once(out, "close"), failed]);
    },
  };
}
