// Editing one item of a draft in place: label, help, required mark, bounds.
import { Button, Checkbox, Input } from "antd";
import { useId, useState } from "react";
import type { ReactNode } from "react";
import type { Text } from "../../../core/issue.ts";
import type { Place } from "../../../scheme/layout.ts";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { draftWords } from "./draft-words.ts";
import { EditBox } from "./edit-box.tsx";
import { boundIn, boundsOf, fieldsOf, itemEdits } from "./editing.ts";
import type { Saving } from "./use-draft.ts";

/** A wording in both languages, as two fields of one row. */
export function TextFields({ name, value, onChange, first = false }: { readonly name: string; readonly value: Text; readonly onChange: (next: Text) => void; readonly first?: boolean }): ReactNode {
  const say = usePhrases(draftWords);
  const key = name.replace(/\s/gu, "");
  return (
    <>
      <span>{name}</span>
      <Input autoFocus={first} name={`${key}-zh`} aria-label={`${name}${punct.inside(say("chinese"))}`} value={value.zh} maxLength={500} onChange={(event) => onChange({ ...value, zh: event.target.value })} />
      <Input name={`${key}-en`} aria-label={`${name}${punct.inside(say("english"))}`} lang="en" value={value.en} maxLength={500} onChange={(event) => onChange({ ...value, en: event.target.value })} />
    </>
  );
}

/** A field for a number that says when it is none. */
export function NumberField({ name, value, empty, onChange }: { readonly name: string; readonly value: string; readonly empty?: string; readonly onChange: (text: string) => void }): ReactNode {
  const say = usePhrases(draftWords);
  const id = useId();
  const wrong = boundIn(value) === undefined || (empty === undefined && value.trim() === "");
  return (
    <>
      <label htmlFor={id}>{name}</label>
      <Input id={id} name={name} inputMode="decimal" style={{ maxWidth: 200 }} value={value} status={wrong ? "error" : ""} aria-invalid={wrong} {...(empty === undefined ? {} : { placeholder: empty })} onChange={(event) => onChange(event.target.value)} />
      <span className="fault-block">{wrong ? say("notNumber") : ""}</span>
    </>
  );
}

export function ItemEditor({ place, saving }: { readonly place: Place; readonly saving: Saving }): ReactNode {
  const say = usePhrases(draftWords);
  const read = useText();
  const { item } = place;
  const [fields, setFields] = useState<ReturnType<typeof fieldsOf>>();
  if (!saving.open) return null;
  if (fields === undefined) {
    return (
      <Button size="small" data-move="edit-item" aria-label={say("editOf", { label: read(item.label) })} onClick={() => setFields(fieldsOf(item))}>
        {say("edit")}
      </Button>
    );
  }
  const wrong = boundsOf(item).some((bound) => boundIn(fields[bound]) === undefined);
  const save = async (): Promise<void> => {
    if (wrong) return;
    if (await saving.save(itemEdits(place.path, item, fields))) setFields(undefined);
  };
  return (
    <EditBox label={say("editOf", { label: read(item.label) })} move="save-item" busy={saving.busy} wrong={wrong} onSave={save} onClose={() => setFields(undefined)}>
      <TextFields first name={say("label")} value={fields.label} onChange={(label) => setFields({ ...fields, label })} />
      <TextFields name={say("help")} value={fields.help} onChange={(help) => setFields({ ...fields, help })} />
      {item.kind === "computed" ? null : (
        <>
          <span>{say("required")}</span>
          <Checkbox name="required" checked={fields.required} onChange={(event) => setFields({ ...fields, required: event.target.checked })}>
            {say("required")}
          </Checkbox>
          <span className="quiet">{item.required !== undefined && item.required !== true ? say("requiredCondition") : ""}</span>
        </>
      )}
      {boundsOf(item).map((bound) => (
        <NumberField key={bound} name={say(bound)} value={fields[bound]} empty={say("none")} onChange={(text) => setFields({ ...fields, [bound]: text })} />
      ))}
    </EditBox>
  );
}
