// What concerns a draft as a whole: version, reference date, a shipped overlay, replacing it by an uploaded definition.
import { Button, Input, Select } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { Scheme } from "../../../scheme/model.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { draftWords } from "./draft-words.ts";
import { definitionIn, type Edit } from "./editing.ts";
import type { Draft, Saving } from "./use-draft.ts";

export function DraftSettings({ draft, scheme, saving }: { readonly draft: Draft; readonly scheme: Scheme; readonly saving: Saving }): ReactNode {
  const say = usePhrases(draftWords);
  const read = useText();
  const [version, setVersion] = useState(draft.version);
  const [date, setDate] = useState(scheme.referenceDate);
  const [overlay, setOverlay] = useState<string>();
  const [file, setFile] = useState<File>();
  const [wrong, setWrong] = useState(false);
  const save = (): void => {
    const edits: Edit[] = [];
    if (version.trim() !== draft.version) edits.push({ kind: "version", version: version.trim() });
    if (date !== scheme.referenceDate) edits.push({ kind: "reference-date", date });
    void saving.save(edits);
  };
  const replace = async (): Promise<void> => {
    const definition = file && definitionIn(await file.text());
    setWrong(definition === undefined);
    if (definition !== undefined) await saving.save([{ kind: "replace", definition }]);
  };
  return (
    <details className="panel no-print">
      <summary>{say("settings")}</summary>
      <div className="edit-grid" style={{ marginTop: 12 }}>
        <label htmlFor="draft-version">{say("version")}</label>
        <Input id="draft-version" value={version} maxLength={40} onChange={(event) => setVersion(event.target.value)} />
        <span />
        <label htmlFor="draft-date">{say("referenceDate")}</label>
        <Input id="draft-date" type="date" value={date} onChange={(event) => setDate(event.target.value)} />
        <Button data-move="save-settings" loading={saving.busy} onClick={save}>
          {say("save")}
        </Button>
        {draft.overlays.length === 0 ? null : (
          <>
            <label htmlFor="draft-overlay">{say("overlay")}</label>
            <Select id="draft-overlay" placeholder={say("chooseOverlay")} value={overlay} onChange={setOverlay} options={draft.overlays.map(({ key, label }) => ({ value: key, label: read(label) }))} />
            <Button disabled={overlay === undefined} onClick={() => overlay !== undefined && void saving.save([{ kind: "overlay", overlay }])}>
              {say("apply")}
            </Button>
          </>
        )}
        <label htmlFor="draft-file">{say("upload")}</label>
        <FilePick id="draft-file" name="definition" accept=".json,application/json" onPick={setFile} />
        <Button disabled={file === undefined} data-move="replace-definition" onClick={() => void replace()}>
          {say("replace")}
        </Button>
      </div>
      {wrong ? <p className="fault-block" role="alert">{say("notJson")}</p> : null}
      <p style={{ margin: "12px 0 0" }}>
        <a href={`data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(scheme, null, 2))}`} download={`${scheme.key}-${scheme.version}.json`}>
          {say("downloadJson")}
        </a>
      </p>
      <ProblemView error={saving.error} />
    </details>
  );
}
