// Where the office and the offline form say different things of one person: both side by side, one choice an item.
import { Button, Radio } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { parseAreaCode } from "../../../core/area-code.ts";
import type { Text } from "../../../core/issue.ts";
import { isRows, labelOf } from "../../../scheme/layout.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { AreaName } from "../../shared/area-picker.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import type { Choice, Conflict } from "./offline-merge.ts";
import { offlineWords } from "./offline-words.ts";

function Said({ scheme, conflict, side }: { readonly scheme: Scheme; readonly conflict: Conflict; readonly side: Choice }): ReactNode {
  const say = usePhrases(offlineWords);
  const lang = useLang();
  const value = conflict[side];
  if (isRows(value)) return say("rows", { n: value.length });
  const { item } = conflict;
  if (item === undefined || value === undefined) return null;
  if (item.kind === "photo" || item.kind === "document" || item.kind === "signature") return say("picture");
  const area = item.kind === "area" && typeof value === "string" ? parseAreaCode(value) : undefined;
  return area === undefined ? labelOf(scheme, item, value, lang) : <AreaName code={area} />;
}

type Props = {
  readonly scheme: Scheme;
  readonly conflicts: readonly Conflict[];
  /** What the other side is called, when it is no offline form. */
  readonly other?: Text;
  readonly disabled?: boolean;
  readonly onDecide: (choices: ReadonlyMap<string, Choice>) => void;
};

export function OfflineConflicts({ scheme, conflicts, other, disabled = false, onDecide }: Props): ReactNode {
  const say = usePhrases(offlineWords);
  const read = useText();
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const choose = (path: string, choice: Choice): void => setChoices(new Map([...choices, [path, choice]]));
  const all = (choice: Choice): void => setChoices(new Map(conflicts.map(({ path }) => [path, choice])));
  const option = (conflict: Conflict, side: Choice): ReactNode => (
    <Radio value={side} data-side={side}>
      <span style={{ overflowWrap: "anywhere" }}>
        <Said scheme={scheme} conflict={conflict} side={side} />
      </span>
    </Radio>
  );
  return (
    <div data-conflicts={conflicts.length}>
      <div style={{ display: "flex", flexWrap: "wrap", gap: 8, marginBottom: 8 }}>
        <Button data-action="keep-all" onClick={() => all("office")}>
          {say("keepAll")}
        </Button>
        <Button data-action="take-all" onClick={() => all("brought")}>
          {other ? say("takeAllOf", { other: read(other) }) : say("takeAll")}
        </Button>
      </div>
      {conflicts.map((conflict) => (
        <div key={conflict.path} className="field" data-conflict={conflict.path}>
          <div className="field-label">{read(conflict.label)}</div>
          <Radio.Group role="radiogroup" aria-label={read(conflict.label)} value={choices.get(conflict.path) ?? null} onChange={(event) => choose(conflict.path, event.target.value === "brought" ? "brought" : "office")} style={{ display: "grid", gridTemplateColumns: "1fr 1fr", gap: 8, width: "100%", fontSize: 16 }}>
            <div>
              <div className="quiet">{say("office")}</div>
              {option(conflict, "office")}
            </div>
            <div>
              <div className="quiet">{other ? read(other) : say("brought")}</div>
              {option(conflict, "brought")}
            </div>
          </Radio.Group>
        </div>
      ))}
      <Button type="primary" data-action="decide" disabled={disabled || choices.size < conflicts.length} onClick={() => onDecide(choices)}>
        {say("confirm")}
      </Button>
    </div>
  );
}
