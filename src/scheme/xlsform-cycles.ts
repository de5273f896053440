// ODK refuses a form in which what must be answered depends on itself by way of others. Such a condition becomes a note that cannot be passed
// while the answer is missing: nothing depends on a note.
type Row = { readonly [column: string]: string };

const refsIn = (text: string | undefined): string[] => [...(text ?? "").matchAll(/\$\{([^}]+)\}/gu)].map((match) => match[1] ?? "");

/** What each question waits for: its own conditions and those of the groups around it. */
function needsOf(survey: readonly Row[]): ReadonlyMap<string, ReadonlySet<string>> {
  const needs = new Map<string, ReadonlySet<string>>();
  const around: string[][] = [];
  for (const row of survey) {
    if (row["type"]?.startsWith("begin_")) around.push(refsIn(row["relevant"]));
    else if (row["type"]?.startsWith("end_")) around.pop();
    else needs.set(row["name"] ?? "", new Set([...around.flat(), ...["relevant", "calculation", "required", "choice_filter"].flatMap((column) => refsIn(row[column]))]));
  }
  return needs;
}

function reachesItself(name: string, needs: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set<string>();
  const open = [...(needs.get(name) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === name) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(needs.get(next) ?? []));
  }
  return false;
}

/** The survey without circles of required answers. */
export function withoutCycles(survey: readonly Row[]): Row[] {
  const needs = needsOf(survey);
  return survey.flatMap((row): Row[] => {
    const { required, relevant, name = "" } = row;
    if (required === undefined || refsIn(required).length === 0 || !reachesItself(name, needs)) return [row];
    const { required: _, "required_message::中文 (zh)": zh = "", "required_message::English (en)": en = "", ...question } = row;
    const conditions = [...(relevant === undefined ? [] : [`(${relevant})`]), `(${required})`, `\${${name}} = ''`];
    return [question, { type: "note", name: `${name}__must`, "label::中文 (zh)": zh, "label::English (en)": en, required: "yes", relevant: conditions.join(" and ") }];
  });
}
