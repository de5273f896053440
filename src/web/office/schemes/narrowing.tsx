// Fields that narrow the items of a scheme: form, source mark, grade, text; with how many fit of how many.
import { Input } from "antd";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { placesOf } from "../../../scheme/layout.ts";
import type { Scheme, SourceMark } from "../../../scheme/model.ts";
import { count } from "../../shared/figures.ts";
import { FilterBar, FilterChoice } from "../../shared/filters.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { marks, sensitivityLabels } from "./meanings.ts";
import type { Narrowing } from "./reading.ts";
import { schemeWords } from "./words.ts";

/** A text field that tells what was typed once the typing pauses, so that a long list does not stutter. */
export function SearchField({ value, label, onSearch }: { readonly value: string | undefined; readonly label: string; readonly onSearch: (text: string | undefined) => void }): ReactNode {
  const [text, setText] = useState(value ?? "");
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState(value);
  // An address that changed by itself (back, clear) fills the field; one that we changed does not disturb who goes on typing.
  if (value !== seen) {
    setSeen(value);
    if (value !== sent) setText(value ?? "");
  }
  useEffect(() => {
    if (text === (sent ?? "")) return undefined;
    const timer = setTimeout(() => {
      const next = text === "" ? undefined : text;
      setSent(next);
      onSearch(next);
    }, 250);
    return () => clearTimeout(timer);
  }, [text, sent, onSearch]);
  return <Input allowClear data-filter="q" aria-label={label} placeholder={label} style={{ width: 280 }} value={text} onChange={(event) => setText(event.target.value)} />;
}

export function NarrowingBar({ scheme, by, fits, onChange, forms = true, sources = true }: { readonly scheme: Scheme; readonly by: Narrowing; readonly fits: number; readonly onChange: (next: Narrowing) => void; readonly forms?: boolean; readonly sources?: boolean }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const lang = useLang();
  const present = new Set(placesOf(scheme).flatMap(({ item }) => item.source.marks));
  const grades = [...new Set(placesOf(scheme).map(({ item }) => item.sensitivity))];
  const narrowed = by.mark !== undefined || by.sensitivity !== undefined || by.q !== undefined || (forms && by.form !== undefined);
  return (
    <FilterBar onClear={narrowed ? () => onChange(forms ? {} : { form: by.form }) : undefined}>
      {forms ? <FilterChoice name="form" label={say("form")} all={say("anyForm")} width={220} value={by.form} onChoose={(form) => onChange({ ...by, form })} options={scheme.forms.map((form) => ({ value: form.key, label: read(form.label) }))} /> : null}
      {sources ? (
        <>
          <FilterChoice
            name="mark"
            label={say("mark")}
            all={say("anyMark")}
            width={200}
            listWidth={420}
            value={by.mark}
            onChoose={(mark) => onChange({ ...by, mark })}
            options={(Object.keys(marks) as SourceMark[]).filter((mark) => present.has(mark)).map((mark) => ({ value: mark, label: `${mark}${punct.gap}${read(marks[mark].means)}` }))}
          />
          <FilterChoice name="sensitivity" label={say("sensitivity")} all={say("anySensitivity")} width={140} value={by.sensitivity} onChoose={(sensitivity) => onChange({ ...by, sensitivity })} options={grades.map((grade) => ({ value: grade, label: read(sensitivityLabels[grade]) }))} />
        </>
      ) : null}
      <SearchField value={by.q} label={say("find")} onSearch={(q) => onChange({ ...by, q })} />
      <span role="status" className="quiet">
        {say("fits", { n: count(fits, lang), all: count(placesOf(scheme).length, lang) })}
      </span>
    </FilterBar>
  );
}
