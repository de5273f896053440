// Seats of other departments: each with its level, the items it sees, and whether the level waits for its word.
import { AutoComplete, Button, Checkbox, Select } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import type { getReview } from "../../../modules/campaigns/contract.ts";
import { itemAt } from "../../../scheme/layout.ts";
import { seatLevel } from "../../../modules/campaigns/rules.ts";
import { deskLabels } from "../../../modules/records/rules.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { RowTable } from "../../shared/row-table.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { roundWords } from "./words.ts";

type Seat = ReplyOf<typeof getReview>["seats"][number];
type SeatsProps = { readonly scheme: Scheme; readonly chain: readonly number[]; readonly seats: readonly Seat[]; readonly open: boolean; readonly onChange: (seats: Seat[]) => void };

const keyOf = (seat: Seat): string => `${seat.department} ${seat.level ?? seatLevel}`;

function NewSeat({ scheme, chain, taken, onAdd }: { readonly scheme: Scheme; readonly chain: readonly number[]; readonly taken: readonly string[]; readonly onAdd: (seat: Seat) => void }): ReactNode {
  const say = usePhrases(roundWords);
  const read = useText();
  const [department, setDepartment] = useState("");
  const [paths, setPaths] = useState<string[]>([]);
  const [required, setRequired] = useState(true);
  const [chosen, setLevel] = useState<number>(seatLevel);
  const level = chain.includes(chosen) ? chosen : (chain.at(-1) ?? seatLevel);
  const [tried, setTried] = useState(false);
  const whole = department.trim() !== "" && paths.length > 0 && !taken.includes(keyOf({ department: department.trim(), level, paths, required }));
  const add = (): void => {
    setTried(!whole);
    if (!whole) return;
    onAdd({ department: department.trim(), level, paths, required });
    setDepartment("");
    setPaths([]);
  };
  return (
    <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "end", marginTop: 12 }}>
      <div>
        <label htmlFor="seat-department" style={{ display: "block" }}>{say("department")}</label>
        <AutoComplete id="seat-department" style={{ width: 240 }} placeholder={say("departmentHelp")} value={department} onChange={setDepartment} options={scheme.departments.map((one) => ({ value: one.key, label: `${read(one.label)}${punct.inside(one.key)}` }))} />
      </div>
      <div>
        <label htmlFor="seat-level" style={{ display: "block" }}>{say("seatLevel")}</label>
        <Select<number> id="seat-level" style={{ width: 120 }} value={level} onChange={setLevel} options={chain.map((one) => ({ value: one, label: read(deskLabels[one]) }))} />
      </div>
      <div style={{ flex: "1 1 360px" }}>
        <label htmlFor="seat-fields" style={{ display: "block" }}>{say("fields")}</label>
        <Select<string[]>
          id="seat-fields"
          mode="multiple"
          style={{ width: "100%" }}
          value={paths}
          onChange={setPaths}
          showSearch={{ optionFilterProp: "label" }}
          options={scheme.forms.map((form) => ({ label: read(form.label), title: form.key, options: form.sections.filter((section) => !section.repeats).flatMap((section) => section.items.map((item) => ({ value: `${form.key}.${item.key}`, label: read(item.label) }))) }))}
        />
      </div>
      <Checkbox name="seat-required" checked={required} onChange={({ target }) => setRequired(target.checked)}>{say("required")}</Checkbox>
      <Button data-action="add-seat" onClick={add}>{say("addSeat")}</Button>
      {tried ? <div role="alert" className="field-fault fault-block" style={{ width: "100%" }}>{say("seatNeeds")}</div> : null}
    </div>
  );
}

export function SeatsEditor({ scheme, chain, seats, open, onChange }: SeatsProps): ReactNode {
  const say = usePhrases(roundWords);
  const read = useText();
  const label = useDepartmentLabel();
  return (
    <>
      <RowTable<Seat>
        rows={seats}
        rowKey={keyOf}
        empty={say("noSeats")}
        wraps
        columns={[
          { title: say("department"), key: "department", render: (_, row) => <b data-seat={row.department}>{label(row.department)}</b> },
          { title: say("seatLevel"), key: "level", render: (_, row) => read(deskLabels[row.level ?? seatLevel]) },
          { title: say("fields"), key: "fields", render: (_, row) => row.paths.map((path) => read(itemAt(scheme, path)?.item.label) || path).join(punct.list) },
          { title: "", key: "required", render: (_, row) => say(row.required ? "required" : "notRequired") },
          { title: "", key: "moves", render: (_, row) => (open ? <Button size="small" aria-label={`${say("remove")} ${label(row.department)}`} onClick={() => onChange(seats.filter((one) => one !== row))}>{say("remove")}</Button> : null) },
        ]}
      />
      {open ? <NewSeat scheme={scheme} chain={chain} taken={seats.map(keyOf)} onAdd={(seat) => onChange([...seats, seat])} /> : null}
    </>
  );
}
