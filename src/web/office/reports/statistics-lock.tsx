// Whether the statistics of the round are released, and the two steps of releasing them.
import { Alert, Input } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { askStatisticsRelease, getStatisticsLock, liftStatisticsLock } from "../../../modules/reports/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { MoveButton } from "../../shared/move-button.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases } from "../../shared/words.ts";
import { reportsWords } from "./words.ts";

const REFRESHES = ["/api/statistics-lock", "/api/reports", "/api/report-tables"];

export function StatisticsLock({ campaign }: { readonly campaign: string }): ReactNode {
  const say = usePhrases(reportsWords);
  const query = useRoute(getStatisticsLock, { query: { campaign } });
  const ask = useCall(askStatisticsRelease, REFRESHES);
  const lift = useCall(liftStatisticsLock, REFRESHES);
  const [reason, setReason] = useState("");
  return (
    <section className="panel" aria-label={say("lock")}>
      <h2>{say("lock")}</h2>
      <ProblemView error={ask.error ?? lift.error} />
      <Loaded query={query}>
        {(lock) => (
          <div data-released={lock.released}>
            <Alert type={lock.released ? "success" : "info"} showIcon title={say(lock.released ? "released" : "notReleased")} description={lock.released ? undefined : say("lockHelp")} style={{ marginBottom: 12 }} />
            {lock.askedAt === undefined ? null : (
              <p className="quiet">
                {say("askedBy")} {lock.askedBy} {moment(lock.askedAt)}{punct.gap}{lock.reason}
                {lock.liftedAt === undefined ? "" : `${punct.gap}${say("liftedBy")} ${lock.liftedBy} ${moment(lock.liftedAt)}`}
              </p>
            )}
            {lock.cannotAsk ? null : (
              <>
                <label htmlFor="statistics-reason">{say("reason")}</label>
                <Input id="statistics-reason" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} style={{ margin: "4px 0 12px" }} />
              </>
            )}
            {lock.released ? null : (
              <div style={{ display: "flex", gap: 12 }}>
                {lock.askedAt === undefined ? <MoveButton move={{ move: "statistics-ask", open: lock.cannotAsk === undefined && reason.trim().length > 1, why: lock.cannotAsk ?? { zh: "请填写发布依据", en: "Say on what ground" } }} label={say("ask")} primary loading={ask.isPending} onPress={() => ask.mutate({ body: { campaign, reason: reason.trim() } })} /> : null}
                <MoveButton move={{ move: "statistics-lift", open: lock.cannotLift === undefined, ...(lock.cannotLift && { why: lock.cannotLift }) }} label={say("lift")} primary loading={lift.isPending} onPress={() => lift.mutate({ body: { campaign } })} />
              </div>
            )}
          </div>
        )}
      </Loaded>
    </section>
  );
}
