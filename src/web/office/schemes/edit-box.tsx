// The frame in which a part of a draft is edited in place: saved with Enter or the button, left with Escape.
import { Button } from "antd";
import type { ReactNode } from "react";
import { usePhrases } from "../../shared/words.ts";
import { draftWords } from "./draft-words.ts";

/** A form that has just opened is wholly in sight. */
const inSight = (form: HTMLFormElement | null): void => form?.scrollIntoView({ block: "nearest" });

type EditBoxProps = {
  readonly label: string;
  readonly move: "save-item" | "save-check";
  readonly busy: boolean;
  readonly wrong: boolean;
  readonly onSave: () => Promise<void>;
  readonly onClose: () => void;
  /** Rows of the grid: name, field, and what is said of it. */
  readonly children: ReactNode;
  readonly below?: ReactNode;
};

export function EditBox({ label, move, busy, wrong, onSave, onClose, children, below }: EditBoxProps): ReactNode {
  const say = usePhrases(draftWords);
  return (
    <form
      ref={inSight}
      className="edit-box"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        void onSave();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <div className="edit-grid">{children}</div>
      {below}
      <div className="edit-acts">
        <Button type="primary" htmlType="submit" data-move={move} loading={busy} disabled={wrong}>
          {say("save")}
        </Button>
        <Button onClick={onClose}>{say("close")}</Button>
      </div>
    </form>
  );
}
