// When a department's lists are due.
import { App, Form, InputNumber, Modal, Select } from "antd";
import type { ReactNode } from "react";
import { arrivalPeriods, setArrivalPlan } from "../../../modules/exchange/contract.ts";
import { dayFits } from "../../../modules/exchange/rules.ts";
import { useCall } from "../../shared/data.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import type { Entry } from "./catalogue-table.tsx";
import { catalogueWords } from "./catalogue-words.ts";

type Fields = { readonly period: (typeof arrivalPeriods)[number]; readonly day: number; readonly remindDays: number };

export function PlanForm({ entry, campaign, onClose }: { readonly entry: Entry; readonly campaign: string; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(catalogueWords);
  const read = useText();
  const { message } = App.useApp();
  const save = useCall(setArrivalPlan, ["/api/catalogue"]);
  const submit = (fields: Fields): void =>
    save.mutate({ params: { department: entry.department }, body: { campaign, ...fields } }, {
      onSuccess: () => {
        void message.success(say("saved"));
        onClose();
      },
    });
  return (
    <Modal open title={`${say("setPlan")} · ${read(entry.label)}`} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" onFinish={submit} initialValues={entry.plan ?? { period: "monthly", day: 15, remindDays: 3 }}>
        <ProblemView error={save.error} />
        <Form.Item name="period" label={say("period")}>
          <Select data-filter="period" options={arrivalPeriods.map((one) => ({ value: one, label: say(one) }))} />
        </Form.Item>
        <Form.Item
          name="day"
          label={say("day")}
          extra={say("dayHelp")}
          dependencies={["period"]}
          rules={[{ required: true, message: say("required") }, ({ getFieldValue }) => ({ validator: (_, day: number) => (dayFits({ period: getFieldValue("period") as Fields["period"], day }) ? Promise.resolve() : Promise.reject(new Error(say("dayHelp")))) })]}
        >
          <InputNumber min={0} max={366} precision={0} />
        </Form.Item>
        <Form.Item name="remindDays" label={say("remind")} rules={[{ required: true, message: say("required") }]}>
          <InputNumber min={0} max={60} precision={0} />
        </Form.Item>
        <FormEnd move="save-plan" label={say("save")} busy={save.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}
