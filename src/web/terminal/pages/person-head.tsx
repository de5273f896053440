// The head of a person's page: portrait, name and number, where, how the record stands, remarks of a return, and what else can be done.
import { Alert, Button } from "antd";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import type { RemarkEntry } from "../../../bundle/contents.ts";
import { StateTag } from "../../shared/record-marks.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { personWords } from "../capture-words.ts";
import type { PersonFile } from "../ports.ts";
import { terminalWords } from "../words.ts";
import { useAreaName } from "./area-names.ts";
import { isState } from "./person-rows.tsx";
import type { CardReaderInUse } from "./use-card-reader.ts";

type Props = {
  readonly file: PersonFile;
  readonly name: string;
  readonly idNumber: string;
  readonly remarks: readonly RemarkEntry[];
  readonly reader: CardReaderInUse;
  readonly onAgent: (() => void) | undefined;
  readonly onOutcome: (() => void) | undefined;
  readonly onHome: () => void;
};

/** The portrait the base list brought. */
function Portrait({ blob, label }: { readonly blob: Blob; readonly label: string }): ReactNode {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address === undefined ? null : <img className="portrait" src={address} alt={label} />;
}

export function PersonHead({ file, name, idNumber, remarks, reader, onAgent, onOutcome, onHome }: Props): ReactNode {
  const say = usePhrases(personWords);
  const sayShell = usePhrases(terminalWords);
  const read = useText();
  const areaName = useAreaName();
  const { person, portrait } = file;
  const shown = name === "" ? sayShell("unnamed") : name;
  const open = remarks.filter((remark) => remark.answer === undefined).length;
  const refusals = person.issues.filter((issue) => issue.code === "refused-by-office");
  useEffect(() => {
    // The title is kept by the browser's history: it names nobody.
    document.title = `${sayShell("title")} · 清册`;
  }, [sayShell]);
  return (
    <>
      <div className="person-head">
        {portrait ? <Portrait blob={portrait} label={say("pictureOf", { item: shown })} /> : null}
        <div className="who">
          <h1 tabIndex={-1}>{shown}</h1>
          <div>
            <span className="number">{idNumber}</span> <span className="quiet">{areaName(person.area)}</span> {isState(person.state) && (person.head > 0 || person.state === "listed") ? <StateTag state={person.state} /> : <span className="work-tag work-draft">{say("fresh")}</span>}
          </div>
        </div>
        <div className="acts">
          {reader.reader ? (
            <Button data-action="read-card" loading={reader.busy} onClick={() => void reader.read()}>
              {say("readCard")} <kbd>F2</kbd>
            </Button>
          ) : null}
          {onAgent ? (
            <Button data-action="agent" onClick={onAgent}>
              {say("agent")}
            </Button>
          ) : null}
          {onOutcome ? (
            <Button data-action="outcome" onClick={onOutcome}>
              {say("outcome")}
            </Button>
          ) : null}
          <Button data-action="home" onClick={onHome}>
            {sayShell("home")} <kbd>Esc</kbd>
          </Button>
        </div>
      </div>
      {reader.fault ? <Alert type="error" showIcon role="alert" data-read-fault style={{ marginBottom: 16 }} title={`${sayShell("readFailed")}${punct.colon}${read(reader.fault)}`} /> : null}
      {remarks.length > 0 ? <Alert type={open > 0 ? "warning" : "success"} showIcon data-remarks={open} style={{ marginBottom: 16 }} title={say("returnedTitle", { n: remarks.length, open })} /> : null}
      {refusals.length > 0 ? <Alert type="error" showIcon data-refused style={{ marginBottom: 16 }} title={say("refusedTitle")} description={refusals.map((issue) => read(issue.message)).join(" ")} /> : null}
      {person.state === "accepted" ? <Alert type="info" showIcon style={{ marginBottom: 16 }} title={say("correction")} /> : null}
    </>
  );
}
