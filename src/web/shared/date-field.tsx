// The office's date field: typed in any usual writing (1978-06-15, 19780615), the same in every browser and language; read when it is left.
import { Input } from "antd";
import { useState } from "react";
import type { CSSProperties, ReactNode } from "react";
import { isDate, parseDate } from "../../core/time.ts";
import { phrases, usePhrases } from "./words.ts";

const words = phrases({ hint: { zh: "如 2026-06-15 或 20260615", en: "2026-06-15 or 20260615" } });

export type DateFieldProps = {
  readonly id?: string;
  readonly name?: string;
  readonly label?: string;
  readonly value?: string | undefined;
  /** A day as `YYYY-MM-DD`, undefined when empty; what cannot be read comes as it was typed. */
  readonly onChange?: (day: string | undefined) => void;
  readonly hint?: string | undefined;
  readonly style?: CSSProperties;
};

export function DateField({ id, name, label, value, onChange, hint, style }: DateFieldProps): ReactNode {
  const say = usePhrases(words);
  const [text, setText] = useState(value ?? "");
  const [known, setKnown] = useState(value);
  const [left, setLeft] = useState(false);
  if (value !== known) {
    setKnown(value);
    setText(value ?? "");
  }
  const told = (day: string | undefined): void => {
    if (day !== (value === "" ? undefined : value)) onChange?.(day);
  };
  const read = (): void => {
    const day = parseDate(text);
    setLeft(true);
    if (day !== undefined) setText(day);
    told(day ?? (text.trim() === "" ? undefined : text));
  };
  const write = (typed: string): void => {
    setText(typed);
    setLeft(false);
    if (typed === "" || isDate(typed)) told(typed === "" ? undefined : typed);
  };
  return (
    <Input
      {...(id !== undefined && { id })}
      {...(name !== undefined && { name })}
      aria-label={label}
      style={{ width: 220, ...style }}
      maxLength={20}
      placeholder={hint ?? say("hint")}
      status={left && text.trim() !== "" && parseDate(text) === undefined ? "error" : ""}
      value={text}
      onChange={(event) => write(event.target.value)}
      onBlur={read}
      onPressEnter={read}
    />
  );
}
