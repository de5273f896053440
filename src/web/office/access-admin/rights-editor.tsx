// The rights of one account, line by line: a role, the schemes for which it holds, its last day, and a contract for a third party.
import { Button, Input, Select } from "antd";
import type { ReactNode } from "react";
import { roles as roleTable } from "../../../modules/access/rules.ts";
import { listSchemes } from "../../../modules/schemes/contract.ts";
import { useRoute } from "../../shared/data.ts";
import { usePhrases, useText } from "../../shared/words.ts";
import type { RightLine } from "./rights.ts";
import { rightsWords } from "./rights-words.ts";

type Props = { readonly id?: string; readonly value?: readonly RightLine[]; readonly onChange?: (lines: readonly RightLine[]) => void; readonly given: readonly string[] };

export function RightsEditor({ id, value = [], onChange, given }: Props): ReactNode {
  const say = usePhrases(rightsWords);
  const read = useText();
  const schemes = useRoute(listSchemes, {}).data?.schemes ?? [];
  const choices = [...new Map(schemes.map((one) => [one.scheme, read(one.label)])).entries()].map(([key, label]) => ({ value: key, label }));
  const change = (i: number, part: Partial<RightLine>): void => onChange?.(value.map((line, at) => (at === i ? { ...line, ...part } : line)));
  return (
    <div id={id} style={{ display: "grid", gap: 10 }}>
      {value.map((line, i) => (
        <fieldset key={i} style={{ display: "flex", flexWrap: "wrap", gap: 8, border: "1px solid #d5dbe1", borderRadius: 6, padding: 10, margin: 0 }}>
          <legend className="sr-only">{say("line", { n: String(i + 1) })}</legend>
          <Select data-filter="role" aria-label={say("role")} placeholder={say("role")} value={line.role || undefined} style={{ width: 170 }} showSearch={{ optionFilterProp: "label" }} options={given.map((role) => ({ value: role, label: read(roleTable[role]?.label) || role, disabled: value.some((other, at) => at !== i && other.role === role) }))} onChange={(role: string) => change(i, { role })} />
          <Select data-filter="schemes" mode="multiple" aria-label={say("schemes")} placeholder={say("allSchemes")} value={[...line.schemes]} style={{ minWidth: 200, flex: 1 }} options={choices} onChange={(chosen: string[]) => change(i, { schemes: chosen })} />
          <Input aria-label={say("until")} placeholder={say("until")} value={line.endsOn} maxLength={20} style={{ width: 170 }} onChange={(event) => change(i, { endsOn: event.target.value })} />
          {line.role === "entrusted" ? <Input aria-label={say("contract")} placeholder={say("contract")} value={line.contract} maxLength={100} style={{ width: 200 }} onChange={(event) => change(i, { contract: event.target.value })} /> : null}
          <Button data-move="drop-right" aria-label={say("dropWhich", { n: String(i + 1) })} onClick={() => onChange?.(value.filter((_, at) => at !== i))}>{say("drop")}</Button>
        </fieldset>
      ))}
      <div>
        <Button data-move="add-right" onClick={() => onChange?.([...value, { role: "", schemes: [], endsOn: "", contract: "" }])}>{say("add")}</Button>
      </div>
    </div>
  );
}
