// Opens a person from the store, or shows that the work is done or the record cannot be captured now.
import { Alert, Button } from "antd";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import type { Text } from "../../../core/issue.ts";
import { moves, stateLabels } from "../../../modules/records/rules.ts";
import { Loading } from "../../shared/state-views.tsx";
import { useShortcuts } from "../../shared/use-shortcuts.ts";
import { usePhrases, useText } from "../../shared/words.ts";
import { personWords } from "../capture-words.ts";
import { captureWords } from "../../office/capture/words.ts";
import type { PersonFile, PersonRow } from "../ports.ts";
import { terminalWords } from "../words.ts";
import { answersOf, textAt } from "./capture.ts";
import { CaptureView } from "./capture-view.tsx";
import { FaultView, faultText } from "./fault-view.tsx";
import { isState } from "./person-rows.tsx";
import { useTerminal } from "./terminal-context.tsx";

/** How the person stands in the list; asked by what is known of them, since the search knows no record ids. */
function useRow(file: PersonFile | undefined): PersonRow | undefined {
  const { core, campaign } = useTerminal();
  if (!file || campaign === undefined) return undefined;
  const { identity } = file.scheme;
  const answers = file.draft?.answers ?? answersOf(file.person);
  const text = textAt(answers, identity?.idNumber) || textAt(answers, identity?.name);
  return text === "" ? undefined : core.search({ text, campaign }, 20).rows.find((row) => row.record === file.person.record);
}

function Shut({ name, say: words, onBack, onTakeBack }: { readonly name: string; readonly say: string; readonly onBack: () => void; readonly onTakeBack?: () => void }): ReactNode {
  const say = usePhrases(personWords);
  const sayShell = usePhrases(terminalWords);
  useEffect(() => document.querySelector<HTMLElement>('[data-action="home"]')?.focus(), []);
  useShortcuts((combo) => {
    if (combo !== "Escape") return false;
    onBack();
    return true;
  });
  return (
    <>
      <div className="page-head">
        <h1>{name === "" ? sayShell("unnamed") : name}</h1>
      </div>
      <Alert type="info" showIcon title={words} data-shut style={{ marginBottom: 16 }} />
      <div className="gate-acts">
        <Button size="large" data-action="home" onClick={onBack}>
          {sayShell("home")} <kbd>Esc</kbd>
        </Button>
        {onTakeBack ? (
          <Button size="large" data-action="take-back" onClick={onTakeBack}>
            {say("takeBack")}
          </Button>
        ) : null}
      </div>
    </>
  );
}

export function PersonPage({ record }: { readonly record: string }): ReactNode {
  const say = usePhrases(personWords);
  const sayCapture = usePhrases(captureWords);
  const sayShell = usePhrases(terminalWords);
  const read = useText();
  const { core, handed, go } = useTerminal();
  const [file, setFile] = useState<PersonFile | undefined>(handed.file);
  const [card] = useState(handed.card);
  const [fault, setFault] = useState<Text>();
  /** The row as it stood when the person was opened: what is done on this page does not shut it. */
  const [first] = useState(handed.file);
  useEffect(() => {
    if (first) return;
    let gone = false;
    core.open(record).then(
      (opened) => gone || setFile(opened),
      (error: unknown) => gone || setFault(faultText(error)),
    );
    return () => {
      gone = true;
    };
  }, [core, record, first]);
  const row = useRow(file);
  const [stood, setStood] = useState<{ readonly file: PersonFile; readonly work: PersonRow["work"] }>();
  if (file && stood?.file !== file) setStood({ file, work: row?.work });
  const home = (): void => go({ page: "home" });
  if (fault) {
    return (
      <>
        <FaultView say={fault} />
        <Button size="large" data-action="home" onClick={home}>
          {sayShell("home")}
        </Button>
      </>
    );
  }
  if (!file || !stood) return <Loading />;
  const name = textAt(file.draft?.answers ?? answersOf(file.person), file.scheme.identity?.name);
  if (stood.work === "finished") {
    const takeBack = (): void => void core.reopen(record).then((again) => { setFile(again); setStood({ file: again, work: "draft" }); }, (error: unknown) => setFault(faultText(error)));
    return <Shut name={name} say={say("finishedAlready")} onBack={home} onTakeBack={takeBack} />;
  }
  const { state } = file.person;
  const capturable = !isState(state) || moves.capture.from.includes(state) || moves.correct.from.includes(state) || file.draft !== undefined || stood.work === "packed";
  if (!capturable) return <Shut name={name} say={sayCapture("shut", { why: isState(state) ? read(stateLabels[state]) : state })} onBack={home} />;
  return (
    <>
      {stood.work === "packed" ? <Alert type="info" showIcon title={say("packedAlready")} style={{ marginBottom: 16 }} /> : null}
      <CaptureView key={file.draft?.entry ?? record} file={file} card={card} />
    </>
  );
}
