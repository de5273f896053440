// Writing a rule of warnings, or a new version of one: what raises it is chosen and filled in; it is kept as a draft.
import { App, Form, Input, InputNumber, Modal, Select } from "antd";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { type listRules, writeRule } from "../../../modules/aid/contract.ts";
import { eventLabels, levelLabels, type Standard, standardLabels } from "../../../modules/aid/rules.ts";
import { eventKinds, measures, type WarningDefinition, warningLevels } from "../../../scheme/aid-model.ts";
import { useCall } from "../../shared/data.ts";
import { DateField } from "../../shared/date-field.tsx";
import { today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { agesIn, definitionFrom, type Draft, draftFrom, fieldsOf, FIXED, monthsOf } from "./rule-draft.ts";
import { kindWords, measureWords, ruleWords } from "./rule-words.ts";

type Rule = ReplyOf<typeof listRules>["rules"][number];
/** Lines that a rule of money may stand on. */
const yearOrMonthLines: readonly Standard[] = ["medical-month-line", "allowance-line", "disposable-income"];
const keysOf = <T extends object>(table: T): readonly (keyof T & string)[] => Object.keys(table) as (keyof T & string)[];

/** The field of one part of a definition. */
function Part({ part, kind, standard }: { readonly part: keyof Draft; readonly kind: WarningDefinition["kind"]; readonly standard: string | undefined }): ReactNode {
  const say = usePhrases(ruleWords);
  const sayMeasure = usePhrases(measureWords);
  const read = useText();
  const must = [{ required: true, message: say("required") }];
  const number = (name: "percent" | "times" | "before" | "least" | "hardships", min: number, max: number, precision = 0): ReactNode => (
    <Form.Item name={name} label={say(name)} rules={must}><InputNumber min={min} max={max} precision={precision} style={{ width: "100%" }} /></Form.Item>
  );
  const choices = measures.map((value) => ({ value, label: sayMeasure(value) }));
  switch (part) {
    case "measure":
      return <Form.Item name="measure" label={say("measure")} rules={must}><Select options={choices} /></Form.Item>;
    case "measures":
      return <Form.Item name="measures" label={say("measures")} rules={must}><Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={choices} /></Form.Item>;
    case "below":
      return <Form.Item name="below" label={say("below")} initialValue={false}><Select options={[{ value: false, label: say("reaches") }, { value: true, label: say("fallsBelow") }]} /></Form.Item>;
    case "falling":
      return <Form.Item name="falling" label={say("falling")} initialValue={false}><Select options={[{ value: false, label: say("rises") }, { value: true, label: say("falls") }]} /></Form.Item>;
    case "standard":
      return (
        <>
          <Form.Item name="standard" label={say("line")} rules={must}>
            <Select options={[...yearOrMonthLines.map((value) => ({ value: value as string, label: read(standardLabels[value]) })), { value: FIXED, label: say("fixed") }]} />
          </Form.Item>
          {standard === FIXED ? <Form.Item name="value" label={say("lineValue")} rules={must}><InputNumber min={0} max={10_000_000} precision={2} style={{ width: "100%" }} /></Form.Item> : null}
        </>
      );
    case "events":
      return <Form.Item name="events" label={say("events")} rules={must}><Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={eventKinds.map((value) => ({ value, label: read(eventLabels[value]) }))} /></Form.Item>;
    case "ages":
      return (
        <Form.Item name="ages" label={say("ages")} rules={[{ validator: (_, text: string | undefined) => (agesIn(text) ? Promise.resolve() : Promise.reject(new Error(say("badAges")))) }]}>
          <Input maxLength={60} />
        </Form.Item>
      );
    case "months":
      return <Form.Item name="months" label={say("months")} rules={must}><InputNumber min={monthsOf(kind)[0]} max={monthsOf(kind)[1]} precision={0} style={{ width: "100%" }} /></Form.Item>;
    case "percent":
      return number("percent", 1, 1000);
    case "times":
      return number("times", 1.1, 100, 1);
    case "before":
      return number("before", 1, 12);
    case "least":
      return number("least", 0, 10_000_000, 2);
    case "hardships":
      return number("hardships", 1, 6);
    default:
      return null;
  }
}

/** @param rule the one that is revised; absent for a new one */
export function RuleEditor({ scheme, rule, onDone }: { readonly scheme: string; readonly rule?: Rule | undefined; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(ruleWords);
  const sayKind = usePhrases(kindWords);
  const read = useText();
  const { message } = App.useApp();
  const write = useCall(writeRule, ["/api/warning-rules"]);
  const [form] = Form.useForm<Draft>();
  const kind = Form.useWatch("kind", form);
  const standard = Form.useWatch("standard", form);
  const must = [{ required: true, message: say("required") }];
  const known = rule ? { key: rule.key, nameZh: rule.label.zh, nameEn: rule.label.en, level: rule.level, days: rule.days, ...draftFrom(rule.definition as WarningDefinition) } : { level: "yellow" as const, days: 10 };
  const send = (draft: Draft): void =>
    write.mutate(
      { body: { scheme, key: draft.key, label: { zh: draft.nameZh, en: draft.nameEn }, level: draft.level, days: draft.days, from: draft.from, definition: definitionFrom({ ...known, ...draft }) } },
      { onSuccess: ({ version }) => { void message.success(say("saved", { version })); onDone(); } },
    );
  return (
    <Modal open title={say(rule ? "newVersion" : "write")} footer={null} onCancel={onDone} mask={{ closable: false }} width={640}>
      <p className="quiet">{say("help")}</p>
      <Form<Draft> form={form} layout="vertical" initialValues={{ ...known, from: today() }} onFinish={send}>
        <ProblemView error={write.error} />
        <Form.Item name="key" label={say("key")} extra={rule ? undefined : say("keyHelp")} rules={[...must, { pattern: /^[A-Z][A-Za-z0-9-]{0,19}$/u, message: say("badKey") }]}><Input autoFocus={!rule} disabled={rule !== undefined} maxLength={20} /></Form.Item>
        <Form.Item name="nameZh" label={say("nameZh")} rules={must}><Input maxLength={60} /></Form.Item>
        <Form.Item name="nameEn" label={say("nameEn")} rules={must}><Input maxLength={120} /></Form.Item>
        <Form.Item name="kind" label={say("kind")} rules={must}><Select options={keysOf(kindWords).map((value) => ({ value, label: sayKind(value) }))} /></Form.Item>
        {kind ? fieldsOf[kind].map((part) => <Part key={`${kind}-${part}`} part={part} kind={kind} standard={standard} />) : null}
        <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(160px, 1fr))", gap: "0 16px" }}>
          <Form.Item name="level" label={say("level")} rules={must}><Select options={warningLevels.map((value) => ({ value, label: read(levelLabels[value]) }))} /></Form.Item>
          <Form.Item name="days" label={say("days")} rules={must}><InputNumber min={1} max={90} precision={0} style={{ width: "100%" }} /></Form.Item>
          <Form.Item name="from" label={say("from")} rules={must}><DateField name="rule-from" style={{ width: "100%" }} /></Form.Item>
        </div>
        <FormEnd move="save-rule" label={say("save")} busy={write.isPending} onClose={onDone} />
      </Form>
    </Modal>
  );
}
