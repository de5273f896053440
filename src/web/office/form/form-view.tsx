// A scheme's form to read: values by label, masked ones with a way to see them for a purpose, who vouches, remarks and faults,
// and in review the items that changed and a way to pin a remark.
import { Tag } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { Issue } from "../../../core/issue.ts";
import { parseAreaCode } from "../../../core/area-code.ts";
import { labelOf } from "../../../scheme/layout.ts";
import type { Scheme, Value } from "../../../scheme/model.ts";
import { type RevealPurpose, revealPurposes } from "../../../modules/auditing/rules.ts";
import { AreaName } from "../../shared/area-picker.tsx";
import { Reveal } from "../../shared/reveal.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { type DrawnForm, type Field, isBlank } from "./form-layout.ts";
import { type Remark, RemarkBox } from "./remark-box.tsx";
import { formWords } from "./words.ts";

export const purposes = revealPurposes;
export type Purpose = RevealPurpose;
export type ValueSource = { readonly path: string; readonly from: string; readonly vouches: readonly { readonly department: string; readonly agrees: boolean; readonly asOf: string }[] };

export type FormViewProps = {
  readonly scheme: Scheme;
  readonly forms: readonly DrawnForm[];
  readonly masked: ReadonlySet<string>;
  readonly sources: ReadonlyMap<string, ValueSource>;
  readonly issuesAt: ReadonlyMap<string, readonly Issue[]>;
  readonly remarks: ReadonlyMap<string, readonly Remark[]>;
  readonly showBlank: boolean;
  /** Empty where the caller may not look at pictures. */
  readonly mediaAddress: (media: string) => string;
  readonly changed?: ReadonlySet<string>;
  readonly reveal?: (path: string, purpose: Purpose) => Promise<Value | undefined>;
  readonly onPin?: (path: string) => void;
};

function Shown({ field, value, view }: { readonly field: Field; readonly value: Value | undefined; readonly view: FormViewProps }): ReactNode {
  const say = usePhrases(formWords);
  const read = useText();
  const lang = useLang();
  const { item } = field;
  if (value === undefined || value === "") return <span className="quiet">{say("unanswered")}</span>;
  if ((item.kind === "photo" || item.kind === "signature" || item.kind === "document") && typeof value === "string") {
    const address = view.mediaAddress(value);
    if (address === "") return <span className="quiet">{say("pictureStays", { item: read(item.label) })}</span>;
    return (
      <a href={address} target="_blank" rel="noreferrer">
        <img src={address} alt={say("preview", { item: read(item.label) })} loading="lazy" style={{ maxWidth: 140, maxHeight: 110, border: "1px solid #8b95a1" }} />
      </a>
    );
  }
  const area = item.kind === "area" && typeof value === "string" ? parseAreaCode(value) : undefined;
  return <span style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{area === undefined ? labelOf(view.scheme, item, value, lang) : <AreaName code={area} />}</span>;
}

function Line({ field, view }: { readonly field: Field; readonly view: FormViewProps }): ReactNode {
  const say = usePhrases(formWords);
  const read = useText();
  const lang = useLang();
  const [open, setOpen] = useState<{ readonly value: Value | undefined }>();
  const { path, item } = field;
  const source = view.sources.get(path);
  const masked = view.masked.has(path) && !open;
  const department = (key: string): string => read(view.scheme.departments.find((one) => one.key === key)?.label) || key;
  const changed = view.changed?.has(path) ?? false;
  const { onPin, reveal } = view;
  return (
    <div className={changed ? "field field-changed" : "field"} data-item={path}>
      <div className="field-label" style={{ paddingTop: 0 }}>
        {onPin ? (
          <button type="button" className="pin" data-focus data-action="pin" data-path={path} onClick={() => onPin(path)}>
            {read(item.label)}
          </button>
        ) : (
          <span>{read(item.label)}</span>
        )}
      </div>
      <div>
        <Shown field={field} value={open ? open.value : field.value} view={view} />{" "}
        {masked && reveal ? (
          <Reveal<Purpose>
            label={say("reveal")}
            why={say("revealWhy")}
            purposes={purposes.map((purpose) => ({ purpose, label: say(purpose) }))}
            marks={{ "data-action": "reveal", "data-path": path }}
            onPurpose={(purpose) => void reveal(path, purpose).then((value) => setOpen({ value }), () => undefined)}
          />
        ) : null}
        {changed ? <span className="vouch vouch-changed">{say("changed")}</span> : null}
        {source?.from ? <Tag>{say("from", { from: source.from.startsWith("department:") ? department(source.from.slice("department:".length)) : sourceLabel(source.from)[lang] })}</Tag> : null}
        {source?.vouches.map((vouch) => (
          <span key={vouch.department} className={vouch.agrees ? "vouch" : "vouch vouch-differs"} data-vouch={vouch.department}>
            {say(vouch.agrees ? "agrees" : "differs", { department: department(vouch.department), asOf: vouch.asOf })}
          </span>
        ))}
        {(view.issuesAt.get(path) ?? []).map((issue, i) => (
          <div key={`${issue.code}-${i}`} className={`field-fault fault-${issue.severity}`} data-issue={issue.code}>
            {say(issue.severity)}{punct.colon}{issue.message[lang]}
          </div>
        ))}
        {(view.remarks.get(path) ?? []).map((remark) => (
          <RemarkBox key={remark.id} remark={remark} />
        ))}
      </div>
    </div>
  );
}

const SOURCES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  card: { zh: "身份证", en: "identity card" },
  declared: { zh: "本人申报", en: "declared by the person" },
  base: { zh: "底册", en: "base list" },
  paper: { zh: "纸质表", en: "paper form" },
  carried: { zh: "上一轮", en: "the last round" },
  unchanged: { zh: "上一轮，本人核对无变化", en: "the last round, said to be unchanged" },
  device: { zh: "终端定位", en: "measured by the terminal" },
  manual: { zh: "手工修改（与证件不同）", en: "changed by hand against the card" },
};
const sourceLabel = (from: string): { readonly zh: string; readonly en: string } => SOURCES[from] ?? { zh: from, en: from };

export function FormView(props: FormViewProps): ReactNode {
  const say = usePhrases(formWords);
  const read = useText();
  const lines = (fields: readonly Field[]): ReactNode =>
    fields.filter((field) => props.showBlank || (field.value !== undefined && field.value !== "") || props.remarks.has(field.path) || props.issuesAt.has(field.path)).map((field) => <Line key={field.path} field={field} view={props} />);
  return props.forms.map((drawn) => (
    <section key={drawn.form.key} className="form-part" data-form={drawn.form.key} aria-label={read(drawn.form.label)}>
      <h2>{read(drawn.form.label)}</h2>
      {drawn.sections
        .filter((section) => props.showBlank || !isBlank(section))
        .map((section) => (
          <section key={section.path} className="form-section" data-section={section.path} aria-label={read(section.section.label)}>
            <h3>{read(section.section.label)}</h3>
            {section.section.repeats
              ? section.rows.map((fields, i) => (
                  <div key={i} className="form-row">
                    <h4>{say("row", { n: i + 1 })}</h4>
                    {lines(fields)}
                  </div>
                ))
              : section.rows.map((fields) => lines(fields))}
          </section>
        ))}
    </section>
  ));
}
