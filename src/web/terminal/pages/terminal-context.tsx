// What every page of the terminal has at hand: the core, its status as it changes, where one is, the round in use, and a card that was just read.
import { createContext, useCallback, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { ReactNode } from "react";
import type { PersonFile, Status, TerminalCore } from "../ports.ts";
import type { CardReading } from "../readers/card.ts";
import { hashOf, type Place, placeOf } from "./place.ts";

/** What a page hands to the person's page: the card just read, and somebody just begun, whom the store does not know before the first draft. */
export type Handed = { readonly card?: CardReading | undefined; readonly file?: PersonFile };

export type Terminal = {
  readonly core: TerminalCore;
  readonly status: Status;
  /** Grows with every change of the status: what is asked of the core in drawing is asked again. */
  readonly turn: number;
  readonly place: Place;
  readonly go: (place: Place, handed?: Handed) => void;
  readonly handed: Handed;
  readonly campaign: string | undefined;
  readonly setCampaign: (id: string) => void;
};

const NOTHING: Handed = {};
const Context = createContext<Terminal | undefined>(undefined);

/** @throws Error outside the terminal */
export function useTerminal(): Terminal {
  const terminal = useContext(Context);
  if (!terminal) throw new Error("no terminal around this page");
  return terminal;
}

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
};
const currentHash = (): string => window.location.hash;

export function TerminalProvider({ core, first, children }: { readonly core: TerminalCore; readonly first: Status; readonly children: ReactNode }): ReactNode {
  const [{ status, turn }, setStanding] = useState({ status: first, turn: 0 });
  const [chosen, setCampaign] = useState<string>();
  const [handing, setHanding] = useState<{ readonly record: string; readonly what: Handed }>();
  const hash = useSyncExternalStore(subscribe, currentHash);
  const place = useMemo(() => placeOf(hash), [hash]);
  useEffect(() => {
    let gone = false;
    const look = (): void => void core.status().then((now) => gone || setStanding((before) => ({ status: now, turn: before.turn + 1 })));
    const stop = core.watch(look);
    look();
    return () => {
      gone = true;
      stop();
    };
  }, [core]);
  const go = useCallback((to: Place, what: Handed = NOTHING): void => {
    setHanding(to.page === "person" ? { record: to.record, what } : undefined);
    window.location.hash = hashOf(to);
    window.scrollTo({ top: 0 });
  }, []);
  const campaigns = status.stage === "open" ? core.campaigns() : [];
  const campaign = (campaigns.find(({ id }) => id === chosen) ?? campaigns.at(-1))?.id;
  const handed = place.page === "person" && handing?.record === place.record ? handing.what : NOTHING;
  const terminal = useMemo(() => ({ core, status, turn, place, go, handed, campaign, setCampaign }), [core, status, turn, place, go, handed, campaign]);
  return <Context value={terminal}>{children}</Context>;
}
