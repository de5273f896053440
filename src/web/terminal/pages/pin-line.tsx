// A line for a PIN: large, hidden, with its help read out.
import { Input } from "antd";
import type { ReactNode } from "react";

type Props = { readonly id: string; readonly label: string; readonly value: string; readonly fresh?: boolean; readonly help?: string; readonly onChange: (value: string) => void; readonly onEnter: () => void };

export function PinLine({ id, label, value, fresh = false, help, onChange, onEnter }: Props): ReactNode {
  return (
    <div className="gate-line">
      <label htmlFor={id}>{label}</label>
      <Input.Password
        id={id}
        name={id}
        size="large"
        value={value}
        maxLength={64}
        autoComplete={fresh ? "new-password" : "off"}
        visibilityToggle={false}
        {...(help === undefined ? {} : { "aria-describedby": `${id}-help` })}
        onChange={(event) => onChange(event.target.value)}
        onPressEnter={onEnter}
      />
      {help === undefined ? null : (
        <div id={`${id}-help`} className="quiet">
          {help}
        </div>
      )}
    </div>
  );
}
