// One field as a telephone draws it best: the browser's own inputs, a label, what must be filled, a fault beside it.
import type { ReactNode } from "react";
import type { ReplyOf } from "../../core/route.ts";
import type { getForm } from "../../modules/citizen/contract.ts";
import { type Text, useWords } from "./words.ts";

export type Field = ReplyOf<typeof getForm>["fields"][number];
export type Fault = { readonly paths: readonly string[]; readonly message: Text };
const inputs: Readonly<Record<string, string>> = { date: "date", month: "month", phone: "tel", integer: "text", decimal: "text", money: "text" };
const numeric: ReadonlySet<string> = new Set(["integer", "decimal", "money"]);

/** What the server takes for what was typed; undefined for nothing. */
export function typedValue(field: Field, text: string | readonly string[]): unknown {
  if (typeof text !== "string") return text.length === 0 ? undefined : text;
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  if (field.kind === "yes-no") return trimmed === "yes";
  return numeric.has(field.kind) && /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}

type Props = { readonly field: Field; readonly id: string; readonly value: string | readonly string[]; readonly faults: readonly Fault[]; readonly onValue: (value: string | readonly string[]) => void };

export function FieldInput({ field, id, value, faults, onValue }: Props): ReactNode {
  const { say, read, mark } = useWords();
  const own = faults.filter((fault) => fault.paths.includes(id));
  const described = [...(field.help ? [`${id}-help`] : []), ...(own.length > 0 ? [`${id}-fault`] : [])].join(" ") || undefined;
  const below = (
    <>
      {field.help ? <p className="quiet" id={`${id}-help`}>{read(field.help)}</p> : null}
      {own.length > 0 ? <p className="fault" id={`${id}-fault`} role="alert">{own.map((fault) => read(fault.message)).join(mark.semicolon)}</p> : null}
    </>
  );
  const must = field.required ? <span className="must">{say("mustFill")}</span> : null;
  if (field.kind === "codes") {
    const chosen = typeof value === "string" ? [] : value;
    return (
      <fieldset data-field={id} aria-describedby={described}>
        <legend>{read(field.label)}{must}</legend>
        {(field.options ?? []).map((option) => (
          <label key={option.code}>
            <input type="checkbox" value={option.code} checked={chosen.includes(option.code)} onChange={(event) => onValue(event.target.checked ? [...chosen, option.code] : chosen.filter((one) => one !== option.code))} />
            {read(option.label)}
          </label>
        ))}
        {below}
      </fieldset>
    );
  }
  const shared = { id, "data-field": id, "aria-describedby": described, "aria-invalid": own.length > 0 || undefined, value: typeof value === "string" ? value : "", maxLength: field.maxLength };
  const options = field.kind === "yes-no" ? [{ code: "yes", label: { zh: "是", en: "Yes" } }, { code: "no", label: { zh: "否", en: "No" } }] : field.options;
  return (
    <>
      <label htmlFor={id}>{read(field.label)}{must}</label>
      {options ? (
        <select id={id} data-field={id} aria-describedby={described} value={shared.value} onChange={(event) => onValue(event.target.value)}>
          <option value="">{say("choose")}</option>
          {options.map((option) => <option key={option.code} value={option.code}>{read(option.label)}</option>)}
        </select>
      ) : field.kind === "long" ? (
        <textarea {...shared} rows={3} onChange={(event) => onValue(event.target.value)} />
      ) : (
        <input {...shared} type={inputs[field.kind] ?? "text"} inputMode={numeric.has(field.kind) ? "decimal" : undefined} autoComplete="off" onChange={(event) => onValue(event.target.value)} />
      )}
      {below}
    </>
  );
}
