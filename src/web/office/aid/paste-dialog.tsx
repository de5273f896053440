// Rows pasted from a department's sheet for one item of aid, and what became of each line: taken, known, or returned with its reason.
import { Alert, Button, Form, Input, Modal, Select } from "antd";
import { type ReactNode, useState } from "react";
import type { Text } from "../../../core/issue.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { useMarks, usePhrases, useText } from "../../shared/words.ts";
import { deliveryWords } from "./delivery-words.ts";
import type { Pasted, Reading } from "./pasted-rows.ts";

type Item = { readonly key: string; readonly label: Text; readonly department: string };
type Done = { readonly rows: number; readonly taken: number; readonly known: number; readonly returned: readonly { readonly row: number; readonly why: string; readonly message: Text }[] };
type Wish<T extends Pasted> = {
  readonly title: string;
  readonly rowsLabel: string;
  readonly example: string;
  readonly columns: number;
  readonly items: readonly Item[];
  readonly read: (text: string) => Reading<T>;
  readonly onSend: (item: Item, rows: readonly T[]) => void;
  readonly done: Done | undefined;
  readonly error: Error | null;
  readonly busy: boolean;
  readonly move: string;
  readonly onDone: () => void;
};

export function PasteDialog<T extends Pasted>({ title, rowsLabel, example, columns, items, read: readRows, onSend, done, error, busy, move, onDone }: Wish<T>): ReactNode {
  const say = usePhrases(deliveryWords);
  const mark = useMarks();
  const read = useText();
  const department = useDepartmentLabel();
  // Empty lines are none: a returned row is found again by the line that was pasted.
  const [lines, setLines] = useState<readonly number[]>([]);
  type Fields = { readonly item: string; readonly pasted: string };
  const send = ({ item: key, pasted }: Fields): void => {
    const item = items.find((one) => one.key === key);
    if (!item) return;
    const { rows, lines: of } = readRows(pasted);
    setLines(of);
    onSend(item, rows);
  };
  const fault = (text: string | undefined): string | undefined => {
    const { rows, bad } = readRows(text ?? "");
    if (bad.length > 0) return say("badRows", { rows: bad.slice(0, 8).join(mark.list), columns });
    return rows.length === 0 ? say("noRows") : rows.length > 3000 ? say("tooMany") : undefined;
  };
  const check = (_: unknown, text: string | undefined): Promise<void> => {
    const why = fault(text);
    return why === undefined ? Promise.resolve() : Promise.reject(new Error(why));
  };
  return (
    <Modal open title={title} footer={null} onCancel={onDone} mask={{ closable: false }} width={720}>
      {done ? (
        <>
          <Alert role="status" data-taken={done.taken} type={done.returned.length > 0 ? "warning" : "success"} showIcon title={say("outcome", { rows: done.rows, taken: done.taken, known: done.known, returned: done.returned.length })} />
          {done.returned.length > 0 ? <ul>{done.returned.map((one) => <li key={`${one.row} ${one.why}`} data-returned={one.why}>{say("line", { n: lines[one.row - 1] ?? one.row })}{mark.colon}{read(one.message)}</li>)}</ul> : null}
          <Button style={{ marginTop: 16 }} onClick={onDone}>{say("close")}</Button>
        </>
      ) : (
        <Form<Fields> layout="vertical" onFinish={send}>
          <ProblemView error={error} />
          <Form.Item name="item" label={say("item")} rules={[{ required: true, message: say("required") }]}>
            <Select autoFocus showSearch={{ optionFilterProp: "label" }} options={items.map((one) => ({ value: one.key, label: `${read(one.label)}${mark.inside(department(one.department))}` }))} />
          </Form.Item>
          <Form.Item name="pasted" label={rowsLabel} extra={example} validateTrigger="onSubmit" rules={[{ validator: check }]}>
            <Input.TextArea rows={8} autoComplete="off" spellCheck={false} style={{ fontVariantNumeric: "tabular-nums" }} />
          </Form.Item>
          <FormEnd move={move} label={say("send")} busy={busy} onClose={onDone} />
        </Form>
      )}
    </Modal>
  );
}
