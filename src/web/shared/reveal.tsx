// A masked value is shown for a purpose: the button, and the purposes to choose from. The choosing itself is the request.
import { Button, Popover, Radio } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";

type RevealProps<Purpose extends string> = {
  readonly label: string;
  /** What a screen reader says, where the label alone does not tell which value. */
  readonly about?: string;
  readonly why: string;
  readonly purposes: readonly { readonly purpose: Purpose; readonly label: string }[];
  /** `data-` attributes of the button. */
  readonly marks: Readonly<Record<`data-${string}`, string>>;
  readonly onPurpose: (purpose: Purpose) => void;
};

export function Reveal<Purpose extends string>({ label, about, why, purposes, marks, onPurpose }: RevealProps<Purpose>): ReactNode {
  const [open, setOpen] = useState(false);
  const choose = (given: unknown): void => {
    setOpen(false);
    const chosen = purposes.find(({ purpose }) => purpose === given);
    if (chosen) onPurpose(chosen.purpose);
  };
  return (
    <Popover
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      title={why}
      content={
        <Radio.Group role="radiogroup" aria-label={why} style={{ display: "flex", flexDirection: "column", gap: 6 }} onChange={(event) => choose(event.target.value)}>
          {purposes.map((each) => (
            <Radio key={each.purpose} value={each.purpose} data-purpose={each.purpose}>
              {each.label}
            </Radio>
          ))}
        </Radio.Group>
      }
    >
      <Button size="small" {...marks} {...(about === undefined ? {} : { "aria-label": about })}>
        {label}
      </Button>
    </Popover>
  );
}
