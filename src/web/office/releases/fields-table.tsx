// The fields of a release as they are chosen: each in a shape, a full sensitive value with its reason.
import { Button, Input, Select, Tag } from "antd";
import type { ReactNode } from "react";
import { shapeLabels } from "../../../modules/releases/rules.ts";
import { usePhrases, useText } from "../../shared/words.ts";
import { chosen, type Choices, type FieldAsked, withShape } from "./ask.ts";
import { releaseWords } from "./words.ts";

type FieldsTableProps = { readonly choices: Choices; readonly fields: readonly FieldAsked[]; readonly onChange: (fields: FieldAsked[]) => void };

export function FieldsTable({ choices, fields, onChange }: FieldsTableProps): ReactNode {
  const say = usePhrases(releaseWords);
  const read = useText();
  const change = (path: string, next: FieldAsked | undefined): void => onChange(fields.flatMap((field) => (field.path !== path ? [field] : next ? [next] : [])));
  const groups = Map.groupBy(choices.fields, (choice) => read(choice.group));
  return (
    <>
      <Select
        mode="multiple"
        aria-label={say("addField")}
        data-filter="fields"
        placeholder={say("addField")}
        style={{ width: "100%", marginBottom: 12 }}
        maxTagCount={0}
        maxTagPlaceholder={() => say("addField")}
        showSearch={{ optionFilterProp: "label" }}
        value={fields.map((field) => field.path)}
        onChange={(paths: string[]) => onChange(chosen(choices, paths, fields))}
        options={[...groups].map(([label, options]) => ({ label, title: label, options: options.map((choice) => ({ value: choice.path, label: read(choice.label) })) }))}
      />
      <table className="beside" style={{ width: "100%" }}>
        <thead>
          <tr>
            <th scope="col">{say("field")}</th>
            <th scope="col">{say("as")}</th>
            <th scope="col">{say("reason")}</th>
            <th scope="col" />
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const choice = choices.fields.find((one) => one.path === field.path);
            if (!choice) return null;
            const label = read(choice.label);
            return (
              <tr key={field.path} data-field={field.path}>
                <td>
                  {label} {choice.sensitive ? <Tag style={{ color: "#b42318", background: "#fff5f4" }}>{say("sensitive")}</Tag> : null}
                </td>
                <td>
                  <Select aria-label={`${label} ${say("as")}`} style={{ minWidth: 130 }} value={field.as} onChange={(as) => change(field.path, withShape(field, as))} options={choice.shapes.map((shape) => ({ value: shape, label: read(shapeLabels[shape]) }))} />
                </td>
                <td>
                  {field.as === "full" ? <Input aria-label={`${label} ${say("reason")}`} maxLength={200} placeholder={say("needsReason")} value={field.reason ?? ""} onChange={(event) => change(field.path, { ...field, reason: event.target.value })} /> : null}
                </td>
                <td>
                  <Button size="small" aria-label={say("removeOf", { field: label })} onClick={() => change(field.path, undefined)}>
                    {say("remove")}
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
