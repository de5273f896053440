// Editing one check of a draft in place: its message, how severe it is, its thresholds.
import { Button, Input, Select } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { Check } from "../../../scheme/model.ts";
import { usePhrases, useText } from "../../shared/words.ts";
import { draftWords } from "./draft-words.ts";
import { EditBox } from "./edit-box.tsx";
import { boundIn, checkEdits, checkFieldsOf, thresholdsOf } from "./editing.ts";
import { NumberField, TextFields } from "./item-editor.tsx";
import { severityLabels } from "./meanings.ts";
import type { Saving } from "./use-draft.ts";

export function CheckEditor({ check, saving }: { readonly check: Check; readonly saving: Saving }): ReactNode {
  const say = usePhrases(draftWords);
  const read = useText();
  const [fields, setFields] = useState<ReturnType<typeof checkFieldsOf>>();
  if (!saving.open) return null;
  if (fields === undefined) {
    return (
      <Button size="small" data-move="edit-check" aria-label={say("editOf", { label: read(check.message) })} onClick={() => setFields(checkFieldsOf(check))}>
        {say("edit")}
      </Button>
    );
  }
  const thresholds = thresholdsOf(check);
  const set = (at: number, text: string): void => setFields({ ...fields, thresholds: { ...fields.thresholds, [at]: text } });
  const wrong = thresholds.some(({ at, value }) => typeof value === "number" && typeof boundIn(fields.thresholds[at] ?? "") !== "number");
  // A message that names the old threshold misleads once the threshold is another.
  const named = thresholds.find(({ at, value }) => (fields.thresholds[at] ?? "").trim() !== String(value) && fields.message.zh.includes(String(value)));
  const save = async (): Promise<void> => {
    if (!wrong && (await saving.save(checkEdits(check, fields)))) setFields(undefined);
  };
  return (
    <EditBox
      label={say("editOf", { label: read(check.message) })}
      move="save-check"
      busy={saving.busy}
      wrong={wrong}
      onSave={save}
      onClose={() => setFields(undefined)}
      below={named ? (
        <p className="fault-explain" role="status" style={{ margin: "6px 0 0" }}>
          {say("messageNames", { value: String(named.value) })}
        </p>
      ) : null}
    >
      <TextFields first name={say("message")} value={fields.message} onChange={(message) => setFields({ ...fields, message })} />
      <span>{say("severity")}</span>
      <Select aria-label={say("severity")} style={{ maxWidth: 240 }} value={fields.severity} onChange={(severity) => setFields({ ...fields, severity })} options={(["block", "explain", "note"] as const).map((value) => ({ value, label: read(severityLabels[value]) }))} />
      <span />
      {thresholds.map(({ at, value }, i) =>
        typeof value === "number" ? (
          <NumberField key={at} name={say("threshold", { n: i + 1 })} value={fields.thresholds[at] ?? ""} onChange={(text) => set(at, text)} />
        ) : (
          <DateRow key={at} name={say("threshold", { n: i + 1 })} value={fields.thresholds[at] ?? ""} onChange={(text) => set(at, text)} />
        ),
      )}
    </EditBox>
  );
}

function DateRow({ name, value, onChange }: { readonly name: string; readonly value: string; readonly onChange: (text: string) => void }): ReactNode {
  return (
    <>
      <span>{name}</span>
      <Input name={name} aria-label={name} type="date" style={{ maxWidth: 200 }} value={value} onChange={(event) => onChange(event.target.value)} />
      <span />
    </>
  );
}
