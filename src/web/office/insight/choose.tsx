// Choosing axes and narrowing: plain lists that work by keyboard and on any screen.
import { Button, Tag } from "antd";
import { useId, useState } from "react";
import type { ReactNode } from "react";
import { useMarks, usePhrases, useText } from "../../shared/words.ts";
import type { Known } from "./snapshot-bar.tsx";
import { insightWords } from "./words.ts";

export type Filter = Readonly<Record<string, readonly number[]>>;

export function Choose({ label, name, value, options, onChange }: { readonly label: string; readonly name: string; readonly value: string; readonly options: readonly (readonly [value: string, label: string])[]; readonly onChange: (value: string) => void }): ReactNode {
  const id = useId();
  return (
    <label htmlFor={id} style={{ display: "grid", gap: 4 }}>
      <span>{label}</span>
      <select id={id} name={name} value={value} onChange={({ target }) => onChange(target.value)} style={{ font: "inherit", padding: "6px 8px", borderRadius: 6, border: "1px solid #8a97a5", background: "#fff", maxWidth: 320 }}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

export function NumberIn({ label, name, value, onChange }: { readonly label: string; readonly name: string; readonly value: string; readonly onChange: (value: string) => void }): ReactNode {
  const id = useId();
  return (
    <label htmlFor={id} style={{ display: "grid", gap: 4 }}>
      <span>{label}</span>
      <input id={id} name={name} inputMode="decimal" value={value} onChange={({ target }) => onChange(target.value)} style={{ font: "inherit", padding: "6px 8px", borderRadius: 6, border: "1px solid #8a97a5", width: 180 }} />
    </label>
  );
}

/** Narrowing by axes: what is chosen stands as marks that can be taken off. */
export function Narrow({ known, filter, onChange }: { readonly known: Known; readonly filter: Filter; readonly onChange: (filter: Filter) => void }): ReactNode {
  const say = usePhrases(insightWords);
  const mark = useMarks();
  const read = useText();
  const [axis, setAxis] = useState("");
  const chosen = known.axes.find(({ key }) => key === axis);
  const nameOf = (key: string, n: number): string => {
    const own = known.axes.find((each) => each.key === key);
    return `${read(own?.label)}${mark.colon}${n === 0 ? "—" : read(own?.values[n - 1])}`;
  };
  return (
    <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "end" }}>
      <Choose label={say("narrow")} name="narrow-axis" value={axis} options={[["", say("addFilter")], ...known.axes.map(({ key, label }): [string, string] => [key, read(label)])]} onChange={setAxis} />
      {chosen ? (
        <Choose
          label={say("value")}
          name="narrow-value"
          value=""
          options={[["", say("addFilter")], ...chosen.values.map((value, i): [string, string] => [String(i + 1), read(value)])]}
          onChange={(value) => {
            if (value === "") return;
            onChange({ ...filter, [axis]: [...new Set([...(filter[axis] ?? []), Number(value)])] });
          }}
        />
      ) : null}
      <span>
        {Object.entries(filter).flatMap(([key, positions]) =>
          positions.map((n) => (
            <Tag key={`${key}-${n}`} style={{ fontSize: 15, padding: "3px 8px" }}>
              {nameOf(key, n)}
              <Button size="small" type="text" aria-label={say("remove", { what: nameOf(key, n) })} onClick={() => onChange(Object.fromEntries(Object.entries({ ...filter, [key]: positions.filter((each) => each !== n) }).filter(([, list]) => list.length > 0)))}>
                ✕
              </Button>
            </Tag>
          )),
        )}
      </span>
    </div>
  );
}
