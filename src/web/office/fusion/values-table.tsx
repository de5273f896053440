// What was chosen for a person, from which list and why, with the other lists beside it; differing characters are marked.
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import type { listFusedPeople } from "../../../modules/fusion/contract.ts";
import { Compared } from "../../shared/compared.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { fusionWords } from "./words.ts";

export type Person = ReplyOf<typeof listFusedPeople>["rows"][number];
type Value = Person["values"][number];

export function ValuesTable({ values }: { readonly values: readonly Value[] }): ReactNode {
  const say = usePhrases(fusionWords);
  const read = useText();
  const source = (one: Value["from"]): string => say("sourceLine", { department: read(one.department), asOf: one.asOf, row: one.row });
  return (
    <table className="beside">
      <thead>
        <tr>
          {(["item", "value", "from", "why", "others"] as const).map((key) => (
            <th key={key} scope="col">
              {say(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {values.map((value) => (
          <tr key={value.path} data-value={value.path} data-differs={value.differ.length > 0}>
            <th scope="row" style={{ fontWeight: 400 }}>
              {read(value.label)}
            </th>
            <td>
              <b>{read(value.value)}</b>
            </td>
            <td>{source(value.from)}</td>
            <td>{read(value.whyLabel)}</td>
            <td>
              {value.differ.map((one, i) => (
                <div key={i}>
                  <Compared value={read(one.value)} against={read(value.value)} absent={say("noOthers")} /> <span className="quiet">{source(one)}</span>
                </div>
              ))}
              {value.agree.map((one, i) => (
                <div key={`a${i}`} className="quiet">
                  {say("agrees")} · {source(one)}
                </div>
              ))}
              {value.differ.length + value.agree.length === 0 ? <span className="quiet">{say("noOthers")}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
