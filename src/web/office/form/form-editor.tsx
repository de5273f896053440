// A scheme's form to fill in: open forms, sections and rows as the answers make them, and Enter to go on to the next field.
import { Button } from "antd";
import { useDeferredValue, useEffect, useMemo, useRef } from "react";
import type { Dispatch, KeyboardEvent, ReactNode } from "react";
import type { Issue } from "../../../core/issue.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import type { FieldMark, FormMedia } from "./field-props.ts";
import { FieldRow } from "./field-row.tsx";
import { entersOn, focusAfter, focusItem } from "./focus.ts";
import { byPath } from "./form-issues.ts";
import type { DrawnForm, DrawnSection, Field } from "./form-layout.ts";
import type { FormAction } from "./form-state.ts";
import { type Remark, RemarkBox } from "./remark-box.tsx";
import { formWords } from "./words.ts";

export type FormEditorProps = {
  readonly scheme: Scheme;
  readonly forms: readonly DrawnForm[];
  readonly shownIssues: readonly Issue[];
  readonly remarks: ReadonlyMap<string, readonly Remark[]>;
  readonly dispatch: Dispatch<FormAction>;
  readonly media: FormMedia | undefined;
  readonly disabled: boolean;
  readonly onAnswer: ((remark: Remark, answer: string) => void) | undefined;
  /** What is known of single values, by path. */
  readonly marks?: ReadonlyMap<string, FieldMark>;
  readonly onUnlock?: (path: string) => void;
};

const NONE: readonly never[] = [];
/** Sections that fill the first screen. */
const AT_ONCE = 2;

type Drawing = FormEditorProps & { readonly issuesAt: ReadonlyMap<string, readonly Issue[]> };

function Fields({ fields, drawing }: { readonly fields: readonly Field[]; readonly drawing: Drawing }): ReactNode {
  return fields.map((field) => (
    <FieldRow
      key={field.path}
      scheme={drawing.scheme}
      path={field.path}
      item={field.item}
      value={field.value}
      required={field.required}
      disabled={drawing.disabled}
      issues={drawing.issuesAt.get(field.path) ?? NONE}
      remarks={drawing.remarks.get(field.path) ?? NONE}
      dispatch={drawing.dispatch}
      media={drawing.media}
      closed={field.closed}
      onAnswer={drawing.onAnswer}
      mark={drawing.marks?.get(field.path)}
      onUnlock={drawing.onUnlock}
    />
  ));
}

function Notes({ path, drawing }: { readonly path: string; readonly drawing: Drawing }): ReactNode {
  const say = usePhrases(formWords);
  const lang = useLang();
  return (
    <>
      {(drawing.issuesAt.get(path) ?? NONE).map((issue, i) => (
        <div key={`${issue.code}-${i}`} className={`field-fault fault-${issue.severity}`}>
          {say(issue.severity)}{punct.colon}{issue.message[lang]}
        </div>
      ))}
      {(drawing.remarks.get(path) ?? NONE).map((remark) => (
        <RemarkBox key={remark.id} remark={remark} {...(drawing.onAnswer ? { onAnswer: drawing.onAnswer } : {})} />
      ))}
    </>
  );
}

function Section({ drawn, drawing }: { readonly drawn: DrawnSection; readonly drawing: Drawing }): ReactNode {
  const say = usePhrases(formWords);
  const read = useText();
  const { section, path, rows } = drawn;
  /** The row just asked for: the cursor goes there once it is drawn. */
  const asked = useRef<number>(undefined);
  useEffect(() => {
    if (asked.current === undefined || asked.current >= rows.length) return;
    focusItem(`${path}[${asked.current}].${section.items[0]?.key ?? ""}`);
    asked.current = undefined;
  }, [rows.length, path, section]);
  return (
    <section className="form-section" data-section={path} aria-label={read(section.label)}>
      <h3>{read(section.label)}</h3>
      <Notes path={path} drawing={drawing} />
      {section.repeats ? (
        <>
          {rows.length === 0 ? <p className="quiet">{say("noRows")}</p> : null}
          {rows.map((fields, i) => (
            <div key={i} className="form-row" role="group" aria-label={say("row", { n: i + 1 })}>
              <h4>
                {say("row", { n: i + 1 })}
                <span style={{ flex: 1 }} />
                <Button size="small" disabled={drawing.disabled} data-action="remove-row" data-row={`${path}[${i}]`} onClick={() => drawing.dispatch({ kind: "remove-row", section: path, index: i })}>
                  {say("removeRow", { n: i + 1 })}
                </Button>
              </h4>
              <Fields fields={fields} drawing={drawing} />
            </div>
          ))}
          <Button data-focus data-action="add-row" data-row={path} disabled={drawing.disabled || rows.length >= section.repeats.max} onClick={() => {
              drawing.dispatch({ kind: "add-row", section: path });
              asked.current = rows.length;
            }}>
            {rows.length >= section.repeats.max ? say("rowsFull", { n: section.repeats.max }) : say("addRow")}
          </Button>
        </>
      ) : (
        rows.map((fields) => <Fields key={path} fields={fields} drawing={drawing} />)
      )}
    </section>
  );
}

export function FormEditor(props: FormEditorProps): ReactNode {
  const read = useText();
  const issuesAt = useMemo(() => byPath(props.shownIssues), [props.shownIssues]);
  // The first sections stand at once; the rest of a long form follows without holding up a key.
  const whole = useDeferredValue(true, false);
  const shown = whole ? props.forms : props.forms.slice(0, 1).map((drawn) => ({ ...drawn, sections: drawn.sections.slice(0, AT_ONCE) }));
  const drawing: Drawing = { ...props, issuesAt };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing || !entersOn(event.target)) return;
    event.preventDefault();
    focusAfter(event.target);
  };
  return (
    <div onKeyDown={onKey}>
      {shown.map((drawn) => (
        <section key={drawn.form.key} className="form-part" data-form={drawn.form.key} aria-label={read(drawn.form.label)}>
          <h2>{read(drawn.form.label)}</h2>
          <Notes path={drawn.form.key} drawing={drawing} />
          {drawn.sections.map((section) => (
            <Section key={section.path} drawn={section} drawing={drawing} />
          ))}
        </section>
      ))}
    </div>
  );
}
