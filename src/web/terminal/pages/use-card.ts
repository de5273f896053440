// A card put into the form: its values taken, locked and marked, the chip's picture kept, and what was known otherwise shown.
import { useCallback, useState } from "react";
import { itemAt } from "../../../scheme/layout.ts";
import type { Answers, Scheme } from "../../../scheme/model.ts";
import type { FormAction } from "../../office/form/form-state.ts";
import { shrunk } from "../../office/form/media.ts";
import type { TerminalCore } from "../ports.ts";
import { type CardDifference, cardDifferences, cardValues, chipPortraitPath } from "../readers/card-answers.ts";
import type { CardReading } from "../readers/card.ts";
import type { WorkInUse } from "./use-work.ts";

export type CardNote = { readonly taken: number; readonly differences: readonly CardDifference[] };
type Input = { readonly core: TerminalCore; readonly record: string; readonly scheme: Scheme; readonly answers: Answers; readonly dispatch: (action: FormAction) => void; readonly work: WorkInUse };

/** The chip's picture as a file within the item's size; undefined when it cannot be brought there: the item may stay empty. */
async function chipPicture(card: CardReading, maxBytes: number | undefined): Promise<File | undefined> {
  if (!card.portrait) return undefined;
  try {
    return await shrunk(new File([card.portrait], "chip.jpg", { type: card.portrait.type }), maxBytes);
  } catch {
    return undefined;
  }
}

export function useCard({ core, record, scheme, answers, dispatch, work }: Input): { readonly note: CardNote | undefined; readonly apply: (card: CardReading) => Promise<void> } {
  const [note, setNote] = useState<CardNote>();
  const { change } = work;
  const apply = useCallback(
    async (card: CardReading): Promise<void> => {
      const values = new Map(cardValues(scheme, card));
      const differences = cardDifferences(answers, values);
      const chip = chipPortraitPath(scheme);
      const picture = chip === undefined ? undefined : await chipPicture(card, itemAt(scheme, chip)?.item.maxBytes);
      if (chip !== undefined && picture) values.set(chip, await core.storePicture(record, chip, picture));
      for (const [path, value] of values) dispatch({ kind: "answer", path, value });
      setNote({ taken: values.size, differences });
      change((beside) => ({ ...beside, provenance: { ...beside.provenance, ...Object.fromEntries([...values.keys()].map((path) => [path, "card"])) } }));
    },
    [core, record, scheme, answers, dispatch, change],
  );
  return { note, apply };
}
