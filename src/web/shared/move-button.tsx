// A button for a move of a record or case. A closed one stays reachable by keyboard and says why it is closed.
import { App, Button, Tooltip } from "antd";
import type { ReactNode } from "react";
import type { Text } from "../../core/issue.ts";
import { useText } from "./words.ts";

export type MoveState = { readonly move: string; readonly open: boolean; readonly why?: Text };

export function MoveButton({ move, label, onPress, primary = false, danger = false, loading = false, hint }: {
  readonly move: MoveState;
  readonly label: string;
  readonly onPress: () => void;
  readonly primary?: boolean;
  readonly danger?: boolean;
  readonly loading?: boolean;
  readonly hint?: string;
}): ReactNode {
  const read = useText();
  const { message } = App.useApp();
  const why = read(move.why);
  return (
    <Tooltip title={move.open ? hint : why}>
      <Button
        data-move={move.move}
        type={primary && move.open ? "primary" : "default"}
        danger={danger && move.open}
        loading={loading}
        aria-disabled={!move.open}
        {...(move.open ? {} : { "aria-description": why, className: "move-closed" })}
        onClick={() => (move.open ? onPress() : void message.info(why))}
      >
        {label}
      </Button>
    </Tooltip>
  );
}
