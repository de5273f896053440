// One line of a form: label, field, help, faults and remarks. It is drawn again only when something of its own changed.
import { Button } from "antd";
import { memo } from "react";
import type { Dispatch, ReactNode } from "react";
import type { Issue } from "../../../core/issue.ts";
import type { Item, Scheme, Value } from "../../../scheme/model.ts";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { type FieldMark, type FieldProps, fieldId, type FormMedia, labelId, notesId } from "./field-props.ts";
import { FieldInput } from "./fields.tsx";
import type { FormAction } from "./form-state.ts";
import { type Remark, RemarkBox } from "./remark-box.tsx";
import { formWords } from "./words.ts";

export type FieldRowProps = {
  readonly scheme: Scheme;
  readonly path: string;
  readonly item: Item;
  readonly value: Value | undefined;
  readonly required: boolean;
  readonly disabled: boolean;
  readonly issues: readonly Issue[];
  readonly remarks: readonly Remark[];
  readonly dispatch: Dispatch<FormAction>;
  readonly media: FormMedia | undefined;
  readonly closed: FieldProps["closed"];
  readonly onAnswer: ((remark: Remark, answer: string) => void) | undefined;
  readonly mark?: FieldMark | undefined;
  readonly onUnlock?: ((path: string) => void) | undefined;
};

const sameMark = (a: FieldMark | undefined, b: FieldMark | undefined): boolean => a === b || (a?.label === b?.label && a?.known === b?.known && a?.locked === b?.locked);

const sameIssues = (a: readonly Issue[], b: readonly Issue[]): boolean => a === b || (a.length === b.length && a.every((issue, i) => issue.code === b[i]?.code && issue.message.zh === b[i]?.message.zh));

const sameReasons = (a: FieldProps["closed"], b: FieldProps["closed"]): boolean => a === b || (a.size === b.size && [...a].every(([code, why]) => b.get(code)?.zh === why.zh));

/** True when the row would look the same. */
export function sameRow(a: FieldRowProps, b: FieldRowProps): boolean {
  return (
    a.scheme === b.scheme &&
    a.path === b.path &&
    a.value === b.value &&
    a.required === b.required &&
    a.disabled === b.disabled &&
    a.media === b.media &&
    sameReasons(a.closed, b.closed) &&
    a.remarks === b.remarks &&
    a.onAnswer === b.onAnswer &&
    a.onUnlock === b.onUnlock &&
    sameMark(a.mark, b.mark) &&
    sameIssues(a.issues, b.issues)
  );
}

/** Kinds whose label points at one input; groups are named by `aria-labelledby` alone. */
const isGroup = (item: Item): boolean => item.kind === "codes" || item.kind === "yes-no" || item.kind === "code";

function Row(props: FieldRowProps): ReactNode {
  const say = usePhrases(formWords);
  const read = useText();
  const lang = useLang();
  const { item, path, issues, mark, onUnlock } = props;
  const hasNotes = issues.length > 0 || item.help !== undefined;
  return (
    <div className={mark?.known ? "field field-known" : "field"} data-item={path}>
      <div className="field-label">
        {props.required ? (
          <span className="must" aria-hidden="true">
            *
          </span>
        ) : null}
        {isGroup(item) ? <span id={labelId(path)}>{read(item.label)}</span> : (
          <label id={labelId(path)} htmlFor={fieldId(path)}>
            {read(item.label)}
          </label>
        )}
        {props.required ? <span className="sr-only">{punct.inside(say("required"))}</span> : null}
      </div>
      <div>
        <FieldInput
          scheme={props.scheme}
          path={path}
          item={item}
          value={props.value}
          disabled={props.disabled || (mark?.locked ?? false)}
          invalid={issues.some((issue) => issue.severity === "block")}
          describedBy={hasNotes ? notesId(path) : undefined}
          media={props.media}
          closed={props.closed}
          onChange={(value) => props.dispatch({ kind: "answer", path, value })}
          onLeave={() => props.dispatch({ kind: "visit", path })}
        />
        {mark ? (
          <div className="field-mark">
            <span className="vouch">{mark.label}</span>
            {mark.locked && onUnlock && !props.disabled ? (
              <Button data-focus data-action="unlock" data-path={path} onClick={() => onUnlock(path)}>
                {say("unlock")}
              </Button>
            ) : null}
          </div>
        ) : null}
        <div id={notesId(path)}>
          {issues.map((issue, i) => (
            <div key={`${issue.code}-${i}`} className={`field-fault fault-${issue.severity}`} data-issue={issue.code}>
              {say(issue.severity)}{punct.colon}{issue.message[lang]}
            </div>
          ))}
          {item.help ? <div className="field-help">{read(item.help)}</div> : null}
        </div>
        {props.remarks.map((remark) => (
          <RemarkBox key={remark.id} remark={remark} {...(props.onAnswer ? { onAnswer: props.onAnswer } : {})} />
        ))}
      </div>
    </div>
  );
}

export const FieldRow = memo(Row, sameRow);
