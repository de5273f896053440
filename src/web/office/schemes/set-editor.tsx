// Editing a code set of a draft: other words for an option, a new option, an option withdrawn for another.
import { Button, Input, Modal, Select } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { CodeSet, Option } from "../../../scheme/model.ts";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { draftWords } from "./draft-words.ts";
import { OptionList } from "./item-card.tsx";
import { TextFields } from "./item-editor.tsx";
import type { Saving } from "./use-draft.ts";
import { schemeWords } from "./words.ts";

type Open = { readonly kind: "relabel" | "withdraw"; readonly option: Option } | { readonly kind: "add" };

/** By which journeys find the dialog's button. */
const okMark = { "data-move": "save-option" };

function OptionDialog({ set, open, saving, onClose }: { readonly set: CodeSet; readonly open: Open; readonly saving: Saving; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(draftWords);
  const read = useText();
  const [text, setText] = useState(open.kind === "add" ? { zh: "", en: "" } : open.option.label);
  const [code, setCode] = useState("");
  const [other, setOther] = useState<string>();
  const title = open.kind === "add" ? say("addOption") : say(open.kind === "relabel" ? "relabelOf" : "withdrawOf", { label: read(open.option.label) });
  const save = async (): Promise<void> => {
    const done =
      open.kind === "add"
        ? await saving.save([{ kind: "option-add", codeSet: set.key, code: code.trim(), text }])
        : open.kind === "relabel"
          ? await saving.save([{ kind: "option-label", codeSet: set.key, code: open.option.code, text }])
          : other !== undefined && (await saving.save([{ kind: "option-withdraw", codeSet: set.key, code: open.option.code, replacedBy: other }]));
    if (done) onClose();
  };
  const ready = open.kind === "withdraw" ? other !== undefined : text.zh.trim() !== "" && text.en.trim() !== "" && (open.kind !== "add" || code.trim() !== "");
  return (
    <Modal open title={title} okText={say(open.kind === "add" ? "add" : open.kind === "withdraw" ? "withdraw" : "save")} cancelText={say("close")} okButtonProps={{ disabled: !ready, ...okMark }} confirmLoading={saving.busy} onCancel={onClose} onOk={() => void save()} width={720}>
      {open.kind === "withdraw" ? (
        <>
          <label htmlFor="replaced-by">{say("replacedBy")}</label>
          <Select id="replaced-by" style={{ width: "100%" }} value={other} onChange={setOther} options={set.options.filter((option) => option.code !== open.option.code && option.replacedBy === undefined).map((option) => ({ value: option.code, label: `${option.code} ${read(option.label)}` }))} />
          <p className="quiet">{say("withdrawHelp")}</p>
        </>
      ) : (
        <div className="edit-grid">
          {open.kind === "add" ? (
            <>
              <label htmlFor="new-code">{say("code")}</label>
              <Input id="new-code" name="code" value={code} maxLength={64} onChange={(event) => setCode(event.target.value)} />
              <span />
            </>
          ) : null}
          <TextFields name={say("label")} value={text} onChange={setText} />
        </div>
      )}
    </Modal>
  );
}

export function SetEditor({ set, saving }: { readonly set: CodeSet; readonly saving: Saving }): ReactNode {
  const say = usePhrases(draftWords);
  const words = usePhrases(schemeWords);
  const read = useText();
  const [shown, setShown] = useState(false);
  const [open, setOpen] = useState<Open>();
  if (!saving.open) return <OptionList set={set} />;
  if (!shown) {
    return (
      <>
        <OptionList set={set} />
        <Button size="small" data-move="edit-set" aria-label={say("editOf", { label: read(set.label) })} onClick={() => setShown(true)}>
          {say("edit")}
        </Button>
      </>
    );
  }
  return (
    <>
      <table className="beside">
        <tbody>
          {set.options.map((option) => (
            <tr key={option.code} data-option={option.code}>
              <td style={{ width: 120 }}>
                <code>{option.code}</code>
              </td>
              <td>
                {read(option.label)} {option.replacedBy === undefined ? null : <span className="quiet">{punct.inside(words("withdrawn", { code: option.replacedBy }))}</span>}
              </td>
              <td style={{ width: 220 }}>
                <Button size="small" aria-label={say("relabelOf", { label: read(option.label) })} onClick={() => setOpen({ kind: "relabel", option })}>
                  {say("relabel")}
                </Button>{" "}
                {option.replacedBy === undefined ? (
                  <Button size="small" aria-label={say("withdrawOf", { label: read(option.label) })} onClick={() => setOpen({ kind: "withdraw", option })}>
                    {say("withdraw")}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="edit-acts">
        <Button data-move="add-option" onClick={() => setOpen({ kind: "add" })}>{say("addOption")}</Button>
        <Button onClick={() => setShown(false)}>{say("close")}</Button>
      </div>
      {open ? <OptionDialog set={set} open={open} saving={saving} onClose={() => setOpen(undefined)} /> : null}
    </>
  );
}
