// One field by the kind of its item. Fields only draw and report; what a value means is decided in `typed.ts` and the scheme's check.
import { Button, Checkbox, Input, Radio, Select } from "antd";
import { useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { formatAreaCode, parseAreaCode } from "../../../core/area-code.ts";
import { proposeIds } from "../../../core/citizen-id.ts";
import { codeSetOf } from "../../../scheme/layout.ts";
import type { Option } from "../../../scheme/model.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { today } from "../../shared/figures.ts";
import { fits, pinyinSpeller } from "../../shared/pinyin.ts";
import { usePhrases, useText } from "../../shared/words.ts";
import { drawnOptions, toggled } from "./answers.ts";
import { type FieldProps, fieldId, labelId } from "./field-props.ts";
import { MediaField } from "./media-field.tsx";
import { typedValue, written } from "./typed.ts";
import { formWords } from "./words.ts";

/** More options than this become a list with search. */
const RADIOS = 6;

const spoken = (props: FieldProps): { readonly "aria-labelledby": string; readonly "aria-describedby"?: string; readonly "aria-invalid"?: true; readonly "aria-required"?: true } => ({
  "aria-labelledby": labelId(props.path),
  ...(props.describedBy ? { "aria-describedby": props.describedBy } : {}),
  ...(props.invalid ? { "aria-invalid": true } : {}),
});

function LineField(props: FieldProps): ReactNode {
  const say = usePhrases(formWords);
  const read = useText();
  const { item, value, path } = props;
  const [text, setText] = useState(written(value));
  const isDate = item.kind === "date" || item.kind === "month";
  useEffect(() => {
    setText((now) => (written(typedValue(item, now)) === written(value) ? now : written(value)));
  }, [item, value]);
  const short = isDate || item.kind === "integer" || item.kind === "decimal" || item.kind === "money" || item.kind === "phone";
  return (
    <Input
      {...spoken(props)}
      id={fieldId(path)}
      name={path}
      value={text}
      disabled={props.disabled}
      status={props.invalid ? "error" : ""}
      autoComplete="off"
      style={{ maxWidth: short ? 260 : item.kind === "id-number" ? 320 : 560 }}
      maxLength={item.kind === "text" || item.kind === "address" ? (item.maxLength ?? 200) * 2 : 64}
      inputMode={item.kind === "integer" ? "numeric" : item.kind === "decimal" || item.kind === "money" ? "decimal" : item.kind === "phone" ? "tel" : "text"}
      placeholder={item.kind === "date" ? say("dateHint") : item.kind === "month" ? say("monthHint") : ""}
      suffix={item.unit ? <span className="quiet">{read(item.unit)}</span> : <span />}
      onChange={(event) => {
        setText(event.target.value);
        props.onChange(typedValue(item, event.target.value));
      }}
      onBlur={() => {
        setText(written(typedValue(item, text)));
        props.onLeave();
      }}
    />
  );
}

function LongField(props: FieldProps): ReactNode {
  return (
    <Input.TextArea
      {...spoken(props)}
      id={fieldId(props.path)}
      name={props.path}
      value={written(props.value)}
      disabled={props.disabled}
      status={props.invalid ? "error" : ""}
      autoSize={{ minRows: 2, maxRows: 8 }}
      maxLength={props.item.maxLength ?? 2000}
      showCount
      style={{ maxWidth: 720 }}
      onChange={(event) => props.onChange(event.target.value === "" ? undefined : event.target.value)}
      onBlur={props.onLeave}
    />
  );
}

function IdField(props: FieldProps): ReactNode {
  const say = usePhrases(formWords);
  const proposals = useMemo(() => (typeof props.value === "string" ? proposeIds(props.value, {}, today()) : []), [props.value]);
  return (
    <>
      <LineField {...props} />
      {proposals.length > 0 && !props.disabled ? (
        <div style={{ marginTop: 4 }} role="group" aria-label={say("didYouMean")}>
          <span className="quiet">{say("didYouMean")}</span>{" "}
          {proposals.map((proposal) => (
            <Button key={proposal} size="small" data-proposal={proposal} style={{ margin: 2 }} onClick={() => props.onChange(proposal)}>
              <span className="number">{proposal}</span>
            </Button>
          ))}
        </div>
      ) : null}
    </>
  );
}

const choosable = (props: FieldProps): readonly Option[] => {
  const chosen = typeof props.value === "object" ? props.value : [props.value];
  return (codeSetOf(props.scheme, props.item)?.options ?? []).filter((option) => option.replacedBy === undefined || chosen.includes(option.code));
};

/** The reasons why options are closed, said once each and pointed at by number. */
function ClosedWhys({ reasons }: { readonly reasons: readonly string[] }): ReactNode {
  const say = usePhrases(formWords);
  return reasons.length === 0 ? null : (
    <ul className="closed-why" data-closed-why>
      {reasons.map((why) => (
        <li key={why}>
          {markOf(reasons, why)} {say("closedCategory", { why })}
        </li>
      ))}
    </ul>
  );
}
const markOf = (reasons: readonly string[], why: string): string => `${reasons.length > 1 ? reasons.indexOf(why) + 1 : ""}*`;

function CodeField(props: FieldProps): ReactNode {
  const say = usePhrases(formWords);
  const read = useText();
  const [spell, setSpell] = useState<(label: string) => string>();
  // An option that needs a sub-option is not chosen itself: it stands before its sub-options' labels.
  const options = choosable(props);
  const heads = new Map(options.flatMap((option) => (option.needsSub === true ? [[option.code, option.label] as const] : [])));
  const offered = options.filter((option) => option.needsSub !== true);
  const worded = (option: Option): string => [heads.get(option.parent ?? ""), option.label].map((label) => (label ? read(label) : "")).filter((label) => label !== "").join(" › ");
  const value = typeof props.value === "string" ? props.value : undefined;
  const reasons = [...new Set(offered.flatMap((option) => (props.closed.has(option.code) ? [read(props.closed.get(option.code))] : [])))];
  if (offered.length <= RADIOS) {
    return (
      <>
        <Radio.Group {...spoken(props)} role="radiogroup" name={props.path} value={value ?? null} disabled={props.disabled} onChange={(event) => props.onChange(String(event.target.value))} onBlur={props.onLeave}>
          {offered.map((option, i) => (
            <Radio key={option.code} value={option.code} {...(i === 0 ? { id: fieldId(props.path) } : {})} data-code={option.code} disabled={props.disabled || (props.closed.has(option.code) && option.code !== value)}>
              {worded(option)}
              {props.closed.has(option.code) ? <span className="closed-mark"> {markOf(reasons, read(props.closed.get(option.code)))}</span> : null}
            </Radio>
          ))}
        </Radio.Group>
        <ClosedWhys reasons={reasons} />
      </>
    );
  }
  return (
    <>
      <Select
        {...spoken(props)}
        id={fieldId(props.path)}
        value={value ?? null}
        disabled={props.disabled}
        status={props.invalid ? "error" : ""}
        allowClear
        placeholder={say("choose")}
        style={{ width: "100%", maxWidth: 420 }}
        showSearch={{ filterOption: (typed, option) => fits(typed, String(option?.label ?? ""), String(option?.value ?? ""), spell?.(String(option?.["data-zh"] ?? "")) ?? "") }}
        onFocus={() => void pinyinSpeller().then((speller) => setSpell(() => speller))}
        onChange={(code: string | undefined) => props.onChange(code ?? undefined)}
        onBlur={props.onLeave}
        options={offered.map((option) => ({ value: option.code, label: worded(option), "data-zh": option.label.zh, disabled: props.closed.has(option.code) && option.code !== value }))}
      />
      <ClosedWhys reasons={reasons} />
    </>
  );
}

function CodesField(props: FieldProps): ReactNode {
  const read = useText();
  const options = choosable(props);
  const chosen = typeof props.value === "object" ? props.value : [];
  const reasons = [...new Set(options.flatMap((option) => (!chosen.includes(option.code) && props.closed.has(option.code) ? [read(props.closed.get(option.code))] : [])))];
  return (
    <div role="group" {...spoken(props)} className="codes">
      {drawnOptions(options, chosen).map((option, i) => {
        const why = chosen.includes(option.code) || !props.closed.has(option.code) ? undefined : read(props.closed.get(option.code));
        return (
          <div key={option.code} className={option.parent === undefined ? "" : "sub-option"}>
            <Checkbox
              {...(i === 0 ? { id: fieldId(props.path) } : {})}
              name={props.path}
              data-code={option.code}
              title={why ?? ""}
              checked={chosen.includes(option.code)}
              disabled={props.disabled || why !== undefined}
              onChange={() => {
                props.onChange(toggled(chosen, option.code, options));
                props.onLeave();
              }}
            >
              {read(option.label)}
              {why === undefined ? null : <span className="closed-mark"> {markOf(reasons, why)}</span>}
            </Checkbox>
          </div>
        );
      })}
      <ClosedWhys reasons={reasons} />
    </div>
  );
}

function YesNoField(props: FieldProps): ReactNode {
  const say = usePhrases(formWords);
  return (
    <Radio.Group {...spoken(props)} role="radiogroup" name={props.path} value={typeof props.value === "boolean" ? props.value : null} disabled={props.disabled} onChange={(event) => props.onChange(event.target.value === true)} onBlur={props.onLeave}>
      <Radio value id={fieldId(props.path)} data-code="yes">
        {say("yes")}
      </Radio>
      <Radio value={false} data-code="no">
        {say("no")}
      </Radio>
    </Radio.Group>
  );
}

function AreaField(props: FieldProps): ReactNode {
  const read = useText();
  const code = typeof props.value === "string" ? parseAreaCode(props.value) : undefined;
  return (
    <div onBlur={props.onLeave}>
      <AreaPicker
        id={fieldId(props.path)}
        name={props.path}
        label={read(props.item.label)}
        value={code}
        disabled={props.disabled}
        invalid={props.invalid}
        {...(props.describedBy ? { describedBy: props.describedBy } : {})}
        allowClear
        style={{ width: "100%", maxWidth: 560 }}
        onChange={(next) => props.onChange(next === undefined ? undefined : formatAreaCode(next))}
      />
    </div>
  );
}

function ComputedField(props: FieldProps): ReactNode {
  const say = usePhrases(formWords);
  return <Input {...spoken(props)} id={fieldId(props.path)} name={props.path} value={written(props.value)} readOnly placeholder={say("computed")} style={{ maxWidth: 260, background: "#f3f5f8" }} />;
}

/** The field of an item. */
export function FieldInput(props: FieldProps): ReactNode {
  switch (props.item.kind) {
    case "code":
      return <CodeField {...props} />;
    case "codes":
      return <CodesField {...props} />;
    case "yes-no":
      return <YesNoField {...props} />;
    case "id-number":
      return <IdField {...props} />;
    case "area":
      return <AreaField {...props} />;
    case "photo":
    case "document":
    case "signature":
      return props.media?.Field ? <props.media.Field {...props} /> : <MediaField {...props} />;
    case "computed":
      return <ComputedField {...props} />;
    case "text":
      return props.item.text === "long" ? <LongField {...props} /> : <LineField {...props} />;
    default:
      return <LineField {...props} />;
  }
}
