// What every page of insight begins with: the round it looks at, the moment of its snapshot, taking it anew.
import { Alert, Button } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getInsight, takeSnapshot } from "../../../modules/insight/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { count, moment } from "../../shared/figures.ts";
import { useCampaign, useMay } from "../../shared/session.ts";
import { Loading, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { TaskPanel } from "../../shared/task-panel.tsx";
import { useLang, usePhrases } from "../../shared/words.ts";
import { insightWords } from "./words.ts";

export type Known = ReplyOf<typeof getInsight> & { readonly campaign: string };
const refreshes = ["/api/insight", "/api/cross-tables", "/api/portraits", "/api/tags", "/api/what-if", "/api/snapshots"];

/** Draws its content once there is a snapshot of the chosen round. */
export function WithSnapshot({ children, quiet = false }: { readonly children: (known: Known) => ReactNode; readonly quiet?: boolean }): ReactNode {
  const say = usePhrases(insightWords);
  const lang = useLang();
  const may = useMay("insight.take");
  const { campaign, campaigns, query } = useCampaign();
  // The chosen round when its programme has axes; else the newest low-income round.
  const round = campaign?.scheme === "low-income" ? campaign : campaigns.find(({ scheme }) => scheme === "low-income");
  const known = useRoute(getInsight, { query: { scheme: round?.scheme ?? "", ...(round && { campaign: round.id }) } }, { enabled: round !== undefined });
  const take = useCall(takeSnapshot);
  const [task, setTask] = useState<string>();
  if (query.isSuccess && !round) return <Nothing text={say("none")} />;
  if (known.error) return <ProblemView error={known.error} onRetry={() => void known.refetch()} />;
  if (!round || !known.data) return <Loading />;
  const { snapshot } = known.data;
  const button = may ? (
    <Button data-move="take-snapshot" disabled={take.isPending} onClick={() => take.mutate({ body: { campaign: round.id } }, { onSuccess: (asked) => setTask(asked.task) })}>
      {say(snapshot ? "again" : "take")}
    </Button>
  ) : null;
  return (
    <>
      <ProblemView error={take.error} />
      {task === undefined ? null : <TaskPanel key={task} id={task} refreshes={refreshes} mayCancel />}
      {snapshot ? (
        <>
          {quiet ? null : (
            <p className="quiet" data-snapshot={snapshot.id} style={{ display: "flex", flexWrap: "wrap", gap: "4px 16px", alignItems: "center" }}>
              {say("asOf", { at: moment(snapshot.asOf), records: count(snapshot.records, lang), people: count(snapshot.people, lang), digest: snapshot.digest.slice(0, 8) })}
              <span className="no-print">{button}</span>
            </p>
          )}
          {children({ ...known.data, campaign: round.id })}
        </>
      ) : (
        <Alert type="info" showIcon title={say(may ? "noSnapshot" : "noSnapshotYet")} action={button} />
      )}
    </>
  );
}
