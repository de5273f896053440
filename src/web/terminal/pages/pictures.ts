// Pictures of the person at hand: opened from the sealed store as addresses for the page, and let go with it.
import { createContext, useContext, useEffect, useState } from "react";
import type { TerminalCore } from "../ports.ts";

/** What picture fields need besides their item. */
export type CaptureDesk = {
  readonly core: TerminalCore;
  readonly record: string;
  readonly toJudge: readonly string[];
  /** The check left the picture to a reviewer. */
  readonly onToJudge: (picture: string) => void;
  /** Signed, by hand or on a sheet: the digest of what is shown at this moment goes with it. */
  readonly onSigned: (path: string) => Promise<void>;
};
const Desk = createContext<CaptureDesk | undefined>(undefined);
export const CaptureDeskProvider = Desk.Provider;

/** @throws Error outside a form */
export function useCaptureDesk(): CaptureDesk {
  const desk = useContext(Desk);
  if (!desk) throw new Error("no form around this picture");
  return desk;
}

/** Address of a picture; `missing` when this terminal does not hold it (the office does). */
export function usePicture(core: TerminalCore, id: string | undefined): { readonly address: string | undefined; readonly missing: boolean } {
  const [found, setFound] = useState<{ readonly id: string; readonly address: string | undefined }>();
  useEffect(() => {
    if (id === undefined) return;
    let address: string | undefined;
    let gone = false;
    void core.picture(id).then((blob) => {
      if (gone) return;
      address = blob && URL.createObjectURL(blob);
      setFound({ id, address });
    });
    return () => {
      gone = true;
      if (address !== undefined) URL.revokeObjectURL(address);
    };
  }, [core, id]);
  const current = found?.id === id ? found : undefined;
  return { address: current?.address, missing: current !== undefined && current.address === undefined };
}
