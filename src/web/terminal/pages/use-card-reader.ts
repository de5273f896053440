// Reading a card and finding whose it is: the person opens at once; somebody on no list is offered to be added.
import { useCallback, useState, useSyncExternalStore } from "react";
import type { Text } from "../../../core/issue.ts";
import type { CardReading } from "../readers/card.ts";
import { type CardReader, chosenReader, watchReader } from "../readers/readers.ts";
import { faultText } from "./fault-view.tsx";
import { useTerminal } from "./terminal-context.tsx";

export function useReader(): CardReader | undefined {
  return useSyncExternalStore(watchReader, chosenReader);
}

export type CardReaderInUse = {
  readonly reader: CardReader | undefined;
  readonly busy: boolean;
  readonly fault: Text | undefined;
  /** Reads the card that lies there and gives it to `take`; nothing happens while one is being read. */
  readonly read: () => Promise<void>;
  readonly clear: () => void;
};

export function useCardReader(take: (card: CardReading) => void): CardReaderInUse {
  const reader = useReader();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Text>();
  const read = async (): Promise<void> => {
    if (busy || !reader) return;
    setBusy(true);
    setFault(undefined);
    try {
      take(await reader.read());
    } catch (error) {
      setFault(faultText(error));
    } finally {
      setBusy(false);
    }
  };
  return { reader, busy, fault, read, clear: () => setFault(undefined) };
}

/** Record of the only person on this terminal with the number; undefined when there is none or it is not clear. */
export function useFindByNumber(): (idNumber: string) => string | undefined {
  const { core, campaign } = useTerminal();
  return useCallback(
    (idNumber) => {
      if (campaign === undefined) return undefined;
      const same = core.search({ text: idNumber, campaign }, 5).rows.filter((row) => row.idNumber.toUpperCase() === idNumber);
      return same.length > 0 ? same[0]?.record : undefined;
    },
    [core, campaign],
  );
}
