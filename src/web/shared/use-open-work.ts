// Opening a work file with its passphrase: what was chosen, whether it is at work, and what went wrong in words.
import { useState } from "react";
import { useText } from "./words.ts";
import { openWork, type WorkFile, WorkFileFault } from "./work-file.ts";

export type OpenWork = {
  readonly passphrase: string;
  readonly busy: boolean;
  readonly fault: string;
  readonly ready: boolean;
  readonly setFile: (file: File | undefined) => void;
  readonly setPassphrase: (passphrase: string) => void;
  readonly open: () => Promise<void>;
};

/** `take` gets what was opened and returns a sentence when it does not fit; `failed` is said of a fault that is nobody's doing. */
export function useOpenWork(failed: string, take: (work: WorkFile, passphrase: string) => string | undefined): OpenWork {
  const read = useText();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState("");
  const ready = file !== undefined && passphrase !== "";
  const open = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    setFault("");
    try {
      const misfit = take(await openWork(new Uint8Array(await file.arrayBuffer()), passphrase), passphrase);
      if (misfit === undefined) setPassphrase("");
      else setFault(misfit);
    } catch (error) {
      setFault(error instanceof WorkFileFault ? read(error.say) : failed);
    } finally {
      setBusy(false);
    }
  };
  return { passphrase, busy, fault, ready, setFile, setPassphrase, open };
}
