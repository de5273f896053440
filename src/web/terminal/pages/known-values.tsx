// What is known already, section by section, to be gone through with the person: grey, in two columns, pictures small.
import type { ReactNode } from "react";
import { parseAreaCode } from "../../../core/area-code.ts";
import { labelOf } from "../../../scheme/layout.ts";
import type { Scheme } from "../../../scheme/model.ts";
import type { Field } from "../../office/form/form-layout.ts";
import { useLang, useText } from "../../shared/words.ts";
import type { knownParts } from "./capture.ts";
import { useAreaName } from "./area-names.ts";
import { Picture } from "./picture-field.tsx";

function Shown({ scheme, field }: { readonly scheme: Scheme; readonly field: Field }): ReactNode {
  const lang = useLang();
  const read = useText();
  const areaName = useAreaName();
  const { item, value } = field;
  if ((item.kind === "photo" || item.kind === "document" || item.kind === "signature") && typeof value === "string") return <Picture id={value} label={read(item.label)} />;
  const area = item.kind === "area" && typeof value === "string" ? parseAreaCode(value) : undefined;
  return <>{area === undefined ? labelOf(scheme, item, value, lang) : areaName(area)}</>;
}

export function KnownValues({ scheme, parts }: { readonly scheme: Scheme; readonly parts: ReturnType<typeof knownParts> }): ReactNode {
  const read = useText();
  return parts.map(({ key, form, section, fields }) => (
    <section key={key} className="known" aria-label={read(section.label)}>
      <h3>{form.key === scheme.generalForm ? read(section.label) : `${read(form.label)} · ${read(section.label)}`}</h3>
      <dl>
        {fields.map((field) => (
          <div key={field.path} data-known={field.path}>
            <dt>{read(field.item.label)}</dt>
            <dd>
              <Shown scheme={scheme} field={field} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}
