// When no card was read: why, and the ways without a reader, a card file or the number typed by hand.
import { Alert } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { Text } from "../../../core/issue.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { cardOfFile } from "../readers/card-file.ts";
import type { CardReading } from "../readers/card.ts";
import { terminalWords } from "../words.ts";
import { faultText } from "./fault-view.tsx";

type Props = { readonly fault: Text | undefined; readonly asking: boolean; readonly onCard: (card: CardReading) => void };

export function ReadFault({ fault, asking, onCard }: Props): ReactNode {
  const say = usePhrases(terminalWords);
  const read = useText();
  const [wrong, setWrong] = useState<Text>();
  const told = wrong ?? fault;
  if (!told && !asking) return null;
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      setWrong(undefined);
      onCard(await cardOfFile(file));
    } catch (error) {
      setWrong(faultText(error));
    }
  };
  return (
    <Alert
      type={told ? "error" : "info"}
      showIcon
      role="alert"
      data-read-fault
      style={{ marginBottom: 16 }}
      title={told ? `${say("readFailed")}${punct.colon}${read(told)}` : say("noReader")}
      description={
        <div>
          <label htmlFor="card-file">{say("cardFile")}</label>{" "}
          <FilePick id="card-file" name="card-file" accept=".json,.txt,.csv" onPick={(file) => void take(file)} />
        </div>
      }
    />
  );
}
