// Writing a set of cutoffs and weights, or a new version of one: dimensions, indicators over what is collected, weights in parts with their shares; it is kept as a draft.
import { App, Button, Form, Input, InputNumber, Modal, Select } from "antd";
import type { FormListFieldData } from "antd";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { type listSets, writeSet } from "../../../modules/insight/contract.ts";
import { counted, missingRules, mostIndicators, operators, type ParameterSet } from "../../../modules/insight/rules.ts";
import { useCall } from "../../shared/data.ts";
import { count } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { draftFrom, emptyDraft, freeKey, type IndicatorDraft, type SetDraft, setFrom } from "./set-draft.ts";
import { countsWords, missingWords, operatorWords, setWords } from "./set-words.ts";

type Known = ReplyOf<typeof listSets>;

/** Choices and figures of one indicator; of a measure that is yes or no there is nothing to compare. */
function IndicatorRow({ field, known, dimensions, whole, onRemove }: { readonly field: FormListFieldData; readonly known: Known; readonly dimensions: SetDraft["dimensions"]; readonly whole: number; readonly onRemove: () => void }): ReactNode {
  const say = usePhrases(setWords);
  const sayOperator = usePhrases(operatorWords);
  const read = useText();
  const form = Form.useFormInstance<SetDraft>();
  const row = Form.useWatch<IndicatorDraft | undefined>(["indicators", field.name], form);
  const measure = known.measures.find(({ key }) => key === row?.measure);
  const must = [{ required: true, message: say("required") }];
  return (
    <tr data-indicator={row?.measure ?? ""}>
      <td><Form.Item name={[field.name, "measure"]} rules={must} style={{ margin: 0 }}><Select aria-label={say("measure")} showSearch={{ optionFilterProp: "label" }} popupMatchSelectWidth={false} style={{ width: "100%" }} options={known.measures.map(({ key, label }) => ({ value: key, label: read(label) }))} /></Form.Item></td>
      <td><Form.Item name={[field.name, "dimension"]} rules={must} style={{ margin: 0 }}><Select aria-label={say("dimension")} style={{ width: "100%" }} options={dimensions.map(({ key, zh, en }) => ({ value: key, label: read({ zh: zh || en || key, en: en || zh || key }) }))} /></Form.Item></td>
      {measure?.yes ? <td colSpan={2} className="quiet">{say("isSo")}</td> : (
        <>
          <td><Form.Item name={[field.name, "operator"]} rules={must} style={{ margin: 0 }}><Select aria-label={say("operator")} style={{ width: "100%" }} options={operators.map((value) => ({ value, label: sayOperator(value) }))} /></Form.Item></td>
          <td><Form.Item name={[field.name, "cutoff"]} rules={must} style={{ margin: 0 }}><InputNumber aria-label={say("cutoff")} min={-1e9} max={1e9} suffix={read(measure?.unit)} style={{ width: "100%" }} /></Form.Item></td>
        </>
      )}
      <td><Form.Item name={[field.name, "weight"]} rules={must} style={{ margin: 0 }}><InputNumber aria-label={say("weight")} min={1} max={10_000} precision={0} style={{ width: "100%" }} /></Form.Item></td>
      <td className="number to-right" data-share>{whole > 0 ? `${((100 * (row?.weight ?? 0)) / whole).toFixed(1)}%` : "—"}</td>
      <td><Button size="small" aria-label={say("removeThis", { name: read(measure?.label) })} onClick={onRemove}>{say("remove")}</Button></td>
    </tr>
  );
}

/**
 * @param of the set that is revised or copied; absent for one begun from nothing
 * @param draft the id of the draft that is changed
 */
export function SetEditor({ scheme, known, of, draft, onDone }: { readonly scheme: string; readonly known: Known; readonly of?: ParameterSet | undefined; readonly draft?: string | undefined; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(setWords);
  const [sayMissing, sayCounts] = [usePhrases(missingWords), usePhrases(countsWords)];
  const read = useText();
  const lang = useLang();
  const { message } = App.useApp();
  const write = useCall(writeSet, ["/api/parameter-sets"]);
  const [form] = Form.useForm<SetDraft>();
  // Also what has no field of its own: keys.
  const dimensions = Form.useWatch("dimensions", { form, preserve: true }) ?? [];
  const indicators = Form.useWatch("indicators", { form, preserve: true }) ?? [];
  const must = [{ required: true, whitespace: true, message: say("required") }];
  const whole = indicators.reduce((sum, row) => sum + (row?.weight ?? 0), 0);
  const unheard = of?.indicators.filter(({ measure }) => measure === undefined).length ?? 0;
  const send = (): void => {
    const given = form.getFieldsValue(true) as SetDraft;
    const key = of && (draft !== undefined || given.as === "version") ? of.key : freeKey("local", new Set(known.rows.map(({ set }) => set.key)));
    write.mutate(
      { body: { scheme, set: JSON.parse(JSON.stringify(setFrom(given, known.measures, of, key))), ...(draft !== undefined && { id: draft }) } },
      { onSuccess: ({ set }) => { void message.success(say("saved", { name: read(set.label), version: set.version })); onDone(); } },
    );
  };
  const atLeastOne = (words: string) => ({ validator: (_: unknown, list: readonly unknown[] | undefined) => ((list ?? []).length > 0 ? Promise.resolve() : Promise.reject(new Error(words))) });
  return (
    <Modal open title={say(draft !== undefined ? "edit" : of ? "reviseTitle" : "write")} footer={null} onCancel={onDone} mask={{ closable: false }} width={1120}>
      <p className="quiet">{say("help")}</p>
      <Form<SetDraft> form={form} layout="vertical" initialValues={of ? { ...draftFrom(of), as: "version" } : emptyDraft} onFinish={send} data-set-editor={of?.key ?? ""}>
        <ProblemView error={write.error} />
        {of && draft === undefined ? (
          <Form.Item name="as" label={say("as")}><Select options={[{ value: "version", label: say("asVersion", { name: read(of.label) }) }, { value: "own", label: say("asOwn") }]} /></Form.Item>
        ) : null}
        <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 420px), 1fr))", gap: "0 16px" }}>
          <Form.Item name="nameZh" label={say("nameZh")} rules={must}><Input maxLength={60} autoFocus /></Form.Item>
          <Form.Item name="nameEn" label={say("nameEn")} rules={must}><Input maxLength={120} /></Form.Item>
          <Form.Item name="sourceZh" label={say("sourceZh")} rules={must}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} /></Form.Item>
          <Form.Item name="sourceEn" label={say("sourceEn")} rules={must}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={800} /></Form.Item>
        </div>
        <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(300px, 1fr))", gap: "0 16px" }}>
          <Form.Item name="k" label={say("k")} rules={[{ required: true, message: say("required") }]}><InputNumber min={0.1} max={100} precision={1} style={{ width: "100%" }} /></Form.Item>
          <Form.Item name="counts" label={say("counts")}><Select options={counted.map((value) => ({ value, label: sayCounts(value) }))} /></Form.Item>
          <Form.Item name="missing" label={say("missing")}><Select options={missingRules.map((value) => ({ value, label: sayMissing(value) }))} /></Form.Item>
        </div>
        <h3>{say("dimensions")}</h3>
        <Form.List name="dimensions" rules={[atLeastOne(say("noDimension"))]}>
          {(fields, { add, remove }, { errors }) => (
            <>
              {fields.map((field) => (
                <div key={field.key} style={{ display: "flex", gap: 12, alignItems: "baseline" }}>
                  <Form.Item name={[field.name, "zh"]} rules={must} style={{ flex: 1, marginBottom: 8 }}><Input aria-label={say("dimensionZh")} placeholder={say("dimensionZh")} maxLength={40} /></Form.Item>
                  <Form.Item name={[field.name, "en"]} rules={must} style={{ flex: 1, marginBottom: 8 }}><Input aria-label={say("dimensionEn")} placeholder={say("dimensionEn")} maxLength={60} /></Form.Item>
                  <Button size="small" disabled={indicators.some((row) => row?.dimension === dimensions[field.name]?.key)} aria-label={say("removeThis", { name: read(dimensions[field.name]) })} onClick={() => remove(field.name)}>{say("remove")}</Button>
                </div>
              ))}
              <Form.ErrorList errors={errors} />
              {fields.length < 10 ? <Button size="small" data-move="add-dimension" onClick={() => add({ key: freeKey("d1", new Set(dimensions.map(({ key }) => key))), zh: "", en: "" })}>{say("addDimension")}</Button> : null}
            </>
          )}
        </Form.List>
        <h3>{say("indicators")}</h3>
        <Form.List name="indicators" rules={[atLeastOne(say("noIndicator"))]}>
          {(fields, { add, remove }, { errors }) => (
            <>
              <div style={{ overflowX: "auto" }} tabIndex={0} role="region" aria-label={say("indicators")}>
                <table className="beside level" style={{ minWidth: 860, tableLayout: "fixed" }}>
                  <colgroup><col style={{ width: "31%" }} /><col style={{ width: "14%" }} /><col style={{ width: "11%" }} /><col style={{ width: "16%" }} /><col style={{ width: "10%" }} /><col style={{ width: "8%" }} /><col style={{ width: "10%" }} /></colgroup>
                  <thead><tr><th scope="col">{say("measure")}</th><th scope="col">{say("dimension")}</th><th scope="col">{say("operator")}</th><th scope="col">{say("cutoff")}</th><th scope="col">{say("weight")}</th><th scope="col" className="to-right">{say("share")}</th><td /></tr></thead>
                  <tbody>{fields.map((field) => <IndicatorRow key={field.key} field={field} known={known} dimensions={dimensions} whole={whole} onRemove={() => remove(field.name)} />)}</tbody>
                </table>
              </div>
              <Form.ErrorList errors={errors} />
              <p className="quiet" style={{ display: "flex", gap: 12, alignItems: "center", flexWrap: "wrap" }}>
                {fields.length < mostIndicators ? <Button size="small" data-move="add-indicator" onClick={() => add({ operator: "<", weight: 1, ...(dimensions[0] && { dimension: dimensions[0].key }) } satisfies IndicatorDraft)}>{say("addIndicator")}</Button> : null}
                <span>{say("total", { n: count(whole, lang) })}</span>{unheard > 0 ? <span>{say("notCollected", { n: unheard })}</span> : null}
              </p>
            </>
          )}
        </Form.List>
        <FormEnd move="save-set" label={say("save")} busy={write.isPending} onClose={onDone} />
      </Form>
    </Modal>
  );
}
