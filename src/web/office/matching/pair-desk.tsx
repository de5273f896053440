// The desk at which pairs are decided one after another, by keyboard alone: the pair, its weights, what was said, and the keys.
import { Alert, App, Button, Input } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { decidePair, getPair, type listPairs, settlePair } from "../../../modules/matching/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { isTyping } from "../../shared/keys.ts";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useShortcuts } from "../../shared/use-shortcuts.ts";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { type Held, useHold } from "./hold.ts";
import { Opinions } from "./pair-opinions.tsx";
import { type PairView, SideBySide } from "./pair-sides.tsx";
import { Waterfall } from "./pair-waterfall.tsx";
import { nameOf, nextOpen, pairMove, type PairMove, type Queued, said, type Said, type Sayings, unsaid } from "./pairs.ts";
import { matchingWords } from "./words.ts";

export type Page = Pick<ReplyOf<typeof listPairs>, "rows" | "next">;

/** The move by which the pair is decided now, with the reason when it is closed to the reader. */
const opinionOf = (pair: PairView): PairView["moves"][number] | undefined => pair.moves.find((move) => move.move === (pair.state === "second-needed" ? "second" : pair.state === "disputed" ? "settle" : "decide"));
const sayingWords = { same: "saidSame", different: "saidDifferent", fallen: "saidFallen", later: "saidLater" } as const;

function Key({ move, hint, why, primary = false, onPress, children }: { readonly move: PairMove; readonly hint: string; readonly why?: string; readonly primary?: boolean; readonly onPress: () => void; readonly children: ReactNode }): ReactNode {
  return (
    <Button size="large" type={primary && why === undefined ? "primary" : "default"} data-move={move} aria-keyshortcuts={hint} aria-disabled={why !== undefined} {...(why !== undefined && { "aria-description": why, title: why, className: "move-closed" })} onClick={onPress}>
      {children}
    </Button>
  );
}

function Reasons({ pair }: { readonly pair: PairView }): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  return (
    <>
      <p style={{ margin: "12px 0 4px", fontSize: 18 }}>
        <b>{say("why")}</b>{punct.colon}{read(pair.why)} {pair.veto ? <span>{say("veto", { rule: read(pair.veto) })}</span> : null}
      </p>
      {pair.hard.length > 0 ? (
        <p style={{ margin: "0 0 8px" }} data-hard={pair.hard.map((reason) => reason.key).join(" ")}>
          <b style={{ color: "#7a4a00" }}>{say("hard")}</b>{punct.colon}{pair.hard.map((reason) => read(reason.text)).join(punct.semicolon)}
        </p>
      ) : null}
    </>
  );
}

/** The list stays as it was when the page was opened, so that pairs keep their places while they are decided; further pages join its end. */
export function PairDesk({ county, first, load, onSent }: { readonly county: number; readonly first: Page; readonly load: (after: string) => Promise<Page>; readonly onSent: () => void }): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  const { message } = App.useApp();
  const mayOpen = useMay("record.read");
  const [queue, setQueue] = useState<readonly Queued[]>(first.rows);
  const [after, setAfter] = useState(first.next);
  const [loading, setLoading] = useState<Error | "loading">();
  const [at, setAt] = useState(0);
  const [sayings, setSayings] = useState<Sayings>(() => new Map());
  const [before, setBefore] = useState<Sayings>(sayings);
  const [note, setNote] = useState("");
  const decide = useCall(decidePair, ["/api/findings"]);
  const settle = useCall(settlePair, ["/api/findings"]);
  const pair = queue[at];
  const detail = useRoute(getPair, { params: { county, id: pair?.run ?? "", row: pair?.row ?? 0, record: pair?.record ?? "" } }, { enabled: pair !== undefined, staleTime: 0 });
  const view = detail.data;
  const send = ({ pair: one, same, settles, note: why }: Held): void => {
    const call = settles ? settle : decide;
    const body = { row: one.row, record: one.record, same, ...(why === "" ? {} : { note: why }) };
    call.mutateAsync({ params: { county, id: one.run }, body }).then(onSent, () => setSayings((now) => unsaid(queue, now, one)));
  };
  const hold = useHold(send);
  if (!pair) return null;
  const mine: Said | undefined = sayings.get(nameOf(pair));
  const opinion = view && opinionOf(view);
  const shut = mine !== undefined && mine !== "later" ? say(sayingWords[mine]) : view === undefined ? say("reading") : opinion?.open ? undefined : read(opinion?.why);
  const done = [...sayings.values()].filter((each) => each !== "later").length;
  const loadMore = (): void => {
    if (after === undefined || loading === "loading") return;
    setLoading("loading");
    load(after).then(
      (page) => {
        const known = new Set(queue.map(nameOf));
        setQueue((now) => [...now, ...page.rows.filter((row) => !known.has(nameOf(row)))]);
        setAfter(page.next);
        setLoading(undefined);
      },
      (error: unknown) => setLoading(error instanceof Error ? error : new Error(String(error))),
    );
  };
  const goTo = (place: number): void => {
    setAt(place);
    setNote("");
    if (place >= queue.length - 5) loadMore();
  };
  const put = (what: "same" | "different"): void => {
    if (shut !== undefined) return void message.info(shut);
    const next = said(queue, sayings, pair, what);
    setBefore(sayings);
    setSayings(next);
    hold.put({ pair, same: what === "same", at, settles: view?.state === "disputed", note: note.trim() });
    goTo(nextOpen(queue, next, at));
  };
  const moves: Readonly<Record<PairMove, () => void>> = {
    back: () => goTo((at - 1 + queue.length) % queue.length),
    forth: () => goTo((at + 1) % queue.length),
    same: () => put("same"),
    different: () => put("different"),
    later: () => {
      const next = mine === undefined ? said(queue, sayings, pair, "later") : sayings;
      setSayings(next);
      goTo(nextOpen(queue, next, at));
    },
    undo: () => {
      const taken = hold.take();
      if (!taken) return;
      setSayings(before);
      goTo(taken.at);
    },
  };
  return (
    <>
      <Keys moves={moves} />
      <div className="panel">
        <div role="status" style={{ display: "flex", flexWrap: "wrap", gap: "4px 20px", marginBottom: 8 }}>
          <b className="number" data-pairs-done={done} data-pairs-at={at + 1} data-pairs-of={queue.length}>
            {say(after === undefined ? "pairAt" : "pairAtMore", { n: at + 1, of: queue.length })}
          </b>
          <span className="number">{say("progressHere", { n: done })}</span>
          {mine === undefined ? null : <b data-said={mine}>{say(sayingWords[mine])}</b>}
        </div>
        {done === queue.length && after === undefined ? <Alert type="success" showIcon title={say("allDone")} style={{ marginBottom: 12 }} /> : null}
        <ProblemView error={decide.error ?? settle.error} />
        {loading instanceof Error ? <ProblemView error={loading} onRetry={loadMore} /> : null}
        <div style={{ minHeight: 320 }}>
          <Loaded query={detail}>
            {(shown) => (
              <>
                <SideBySide key={nameOf(pair)} pair={shown} />
                <Reasons pair={shown} />
              </>
            )}
          </Loaded>
        </div>
        <div className="pair-keys">
          <Key move="same" hint="Y" primary {...(shut !== undefined && { why: shut })} onPress={moves.same}>
            {say("same")} <kbd>Y</kbd>
          </Key>
          <Key move="different" hint="N" {...(shut !== undefined && { why: shut })} onPress={moves.different}>
            {say("different")} <kbd>N</kbd>
          </Key>
          <Key move="later" hint="S" onPress={moves.later}>
            {say("later")} <kbd>S</kbd>
          </Key>
          <span style={{ width: 16 }} />
          <Key move="back" hint="ArrowLeft K" onPress={moves.back}>
            {say("prev")} <kbd>←</kbd>
          </Key>
          <Key move="forth" hint="ArrowRight J" onPress={moves.forth}>
            {say("next")} <kbd>→</kbd>
          </Key>
          {mayOpen ? (
            <Link to="/records/$county/$id" params={{ county: String(county), id: pair.record }}>
              {say("openRecord")}
            </Link>
          ) : null}
        </div>
        {shut !== undefined && view !== undefined && mine === undefined ? (
          <p className="quiet" data-why-closed>
            {shut}
          </p>
        ) : (
          <label style={{ display: "block", marginTop: 12, maxWidth: 640 }}>
            {say("noteHere")}
            <Input name="pair-note" value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
          </label>
        )}
        {hold.held ? (
          <Alert
            type="info"
            style={{ marginTop: 16 }}
            title={<span data-held={hold.held.same ? "same" : "different"}>{say("holding", { decision: say(hold.held.same ? "same" : "different"), n: hold.left })}</span>}
            action={
              <Button data-move="undo" onClick={moves.undo} aria-keyshortcuts="U">
                {say("undo")} <kbd>U</kbd>
              </Button>
            }
          />
        ) : null}
      </div>
      {view ? (
        <div className="form-grid">
          <div className="panel">
            <Waterfall pair={view} />
          </div>
          <aside className="panel">
            <Opinions
              pair={view}
              onRevoked={() => {
                setSayings((now) => unsaid(queue, now, pair));
                void detail.refetch();
                onSent();
              }}
            />
          </aside>
        </div>
      ) : null}
    </>
  );
}

/** Keys act wherever the focus is, but not in a field, a dialog, or on the choices of a filter. */
function Keys({ moves }: { readonly moves: Readonly<Record<PairMove, () => void>> }): ReactNode {
  useShortcuts((combo, event) => {
    if (isTyping(event.target) || event.repeat) return false;
    if (event.target instanceof Element && event.target.closest("[role=dialog], [role=radiogroup]")) return false;
    const move = pairMove(combo);
    if (!move) return false;
    moves[move]();
    return true;
  });
  return null;
}
