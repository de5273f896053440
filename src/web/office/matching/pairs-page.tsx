// Pairs that a person decides, one at a time and by keyboard alone: ours beside theirs, differing characters marked, and why.
import { Alert, Button, Progress } from "antd";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { decidePair, listPairs } from "../../../modules/matching/contract.ts";
import { Compared } from "../../shared/compared.tsx";
import { useCall, useRoute } from "../../shared/data.ts";
import { comboOf, isTyping } from "../../shared/keys.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, Loading, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { useHold } from "./hold.ts";
import { decided, decisionOf, type Decisions, linesOf, nextUndecided, pairMove, type PairMove, sideLabels } from "./pairs.ts";
import { matchingWords } from "./words.ts";

type Pair = ReplyOf<typeof listPairs>["rows"][number];

function SideBySide({ pair }: { readonly pair: Pair }): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  return (
    <table className="beside" style={{ fontSize: 18 }}>
      <thead>
        <tr>
          <th scope="col">{say("line")}</th>
          <th scope="col" style={{ width: "42%" }}>
            {say("ours")}
          </th>
          <th scope="col" style={{ width: "42%" }}>
            {say("theirs")} <span className="quiet">{say("theirRow", { n: pair.row })}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {linesOf(pair.ours, pair.theirs).map((line) => (
          <tr key={line}>
            <th scope="row">{read(sideLabels[line]) || line}</th>
            <td className="wide-number">
              <Compared value={pair.ours[line]} against={pair.theirs[line]} absent={say("empty")} />
            </td>
            <td className="wide-number">
              <Compared value={pair.theirs[line]} against={pair.ours[line]} absent={say("empty")} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The list stays as it was when the page was opened, so that pairs keep their places while they are decided. */
function Deciding({ found, county, id }: { readonly found: readonly Pair[]; readonly county: number; readonly id: string }): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  const navigate = useNavigate();
  const [pairs] = useState(found);
  const { at: asked = 1 } = useSearch({ from: "/shell/match-runs/$county/$id/pairs" });
  const at = Math.max(0, Math.min(pairs.length - 1, asked - 1));
  const [decisions, setDecisions] = useState<Decisions>(() => new Map());
  const mayDecide = useMay("match.decide");
  const mayOpen = useMay("record.read");
  const decide = useCall(decidePair, ["/api/findings"]);
  const hold = useHold(({ pair, same }) => decide.mutate({ params: { county, id }, body: { row: pair.row, record: pair.record, same } }));
  const [before, setBefore] = useState<Decisions>(decisions);
  const pair = pairs[at];
  const goTo = (place: number): void => void navigate({ to: "/match-runs/$county/$id/pairs", params: { county: String(county), id }, search: { at: place + 1 }, replace: true });
  const decision = pair ? decisionOf(pair, decisions) : undefined;
  const done = pairs.filter((each) => decisionOf(each, decisions) !== undefined).length;
  const settle = (same: boolean): void => {
    if (!pair || decision !== undefined || !mayDecide) return;
    const next = decided(pairs, decisions, pair, same);
    setBefore(decisions);
    setDecisions(next);
    hold.put({ pair, same, at });
    goTo(nextUndecided(pairs, next, at));
  };
  const moves: Readonly<Record<PairMove, () => void>> = {
    back: () => goTo((at - 1 + pairs.length) % pairs.length),
    forth: () => goTo((at + 1) % pairs.length),
    same: () => settle(true),
    different: () => settle(false),
    undo: () => {
      const taken = hold.take();
      if (!taken) return;
      setDecisions(before);
      goTo(taken.at);
    },
  };
  const act = useRef(moves);
  useEffect(() => {
    act.current = moves;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || event.repeat) return;
      const move = pairMove(comboOf(event));
      if (!move) return;
      event.preventDefault();
      act.current[move]();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  if (!pair) return null;
  const shut = decision !== undefined || !mayDecide;
  return (
    <div className="panel">
      <div role="status" style={{ display: "flex", flexWrap: "wrap", gap: "4px 16px", alignItems: "center", marginBottom: 8 }}>
        <b className="number" data-pairs-done={done}>
          {say("pairAt", { n: at + 1, of: pairs.length, done })}
        </b>
        <Progress percent={Math.floor((done / pairs.length) * 100)} showInfo={false} style={{ maxWidth: 240, margin: 0 }} aria-label={say("pairAt", { n: at + 1, of: pairs.length, done })} />
      </div>
      {done === pairs.length ? <Alert type="success" showIcon title={say("allDone")} style={{ marginBottom: 12 }} /> : null}
      <ProblemView error={decide.error} />
      <SideBySide pair={pair} />
      <p style={{ margin: "12px 0", fontSize: 17 }}>
        <b>{say("why")}</b>：{read(pair.why)} <span className="quiet">{say("likely", { p: `${Math.min(99, Math.max(1, Math.round(pair.probability * 100)))}%` })}</span>
      </p>
      <div role="status" style={{ minHeight: 30 }}>
        {decision === undefined ? "" : <b style={{ color: decision === "confirmed" ? "#14532d" : "#8c1d12" }}>{say(decision === "confirmed" ? "decidedSame" : "decidedDifferent")}</b>}
        {!mayDecide ? <span className="quiet">{say("mayNot")}</span> : null}
      </div>
      <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" }}>
        <Button size="large" type="primary" data-move="same" disabled={shut} onClick={moves.same} aria-keyshortcuts="S">
          {say("same")} <kbd>S</kbd>
        </Button>
        <Button size="large" data-move="different" disabled={shut} onClick={moves.different} aria-keyshortcuts="D">
          {say("different")} <kbd>D</kbd>
        </Button>
        <span style={{ width: 24 }} />
        <Button size="large" data-move="back" onClick={moves.back} aria-keyshortcuts="ArrowLeft K">
          {say("prev")} <kbd>←</kbd>
        </Button>
        <Button size="large" data-move="forth" onClick={moves.forth} aria-keyshortcuts="ArrowRight J">
          {say("next")} <kbd>→</kbd>
        </Button>
        {mayOpen ? (
          <Link to="/records/$county/$id" params={{ county: String(county), id: pair.record }}>
            {say("openRecord")}
          </Link>
        ) : null}
      </div>
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
  );
}

export function PairsPage(): ReactNode {
  const say = usePhrases(matchingWords);
  const { county, id } = useParams({ from: "/shell/match-runs/$county/$id/pairs" });
  const query = useRoute(listPairs, { params: { county: Number(county), id } }, { staleTime: 0 });
  return (
    <main className="page">
      <PageHead title={say("pairsTitle")}>
        <span className="spread" />
        <Link to="/match-runs/$county/$id" params={{ county, id }}>
          {say("back")}
        </Link>
      </PageHead>
      <Loaded query={query}>
        {({ rows }) =>
          !query.isFetchedAfterMount ? (
            <Loading />
          ) : rows.length === 0 ? (
            <div className="panel">
              <Nothing text={say("noPairs")} />
            </div>
          ) : (
            <Deciding found={rows} county={Number(county)} id={id} />
          )
        }
      </Loaded>
    </main>
  );
}
