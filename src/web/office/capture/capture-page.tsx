// Capture of a known record, or a correction of an accepted one.
import { Alert } from "antd";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useState } from "react";
import { getRecord } from "../../../modules/records/contract.ts";
import { useRoute } from "../../shared/data.ts";
import { useCampaign, useScheme } from "../../shared/session.ts";
import { Loaded, Loading, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { CaptureForm } from "./capture-form.tsx";
import { captureWords } from "./words.ts";

export function CapturePage(): ReactNode {
  const say = usePhrases(captureWords);
  const read = useText();
  const { county, id } = useParams({ from: "/shell/records/$county/$id/capture" });
  const [opened, setOpened] = useState(0);
  const query = useRoute(getRecord, { params: { county: Number(county), id }, query: { for: "capture" } }, { staleTime: 0 });
  const { scheme, query: schemeQuery } = useScheme(query.data?.scheme, query.data?.version);
  const { campaigns } = useCampaign();
  return (
    <main className="page">
      <Loaded query={query}>
        {(view) => {
          if (!scheme) return schemeQuery.isError ? <ProblemView error={schemeQuery.error} onRetry={() => void schemeQuery.refetch()} /> : <Loading />;
          const move = view.moves.find((one) => one.move === (view.record.state === "accepted" ? "correct" : "capture"));
          if (move && !move.open) {
            return (
              <Alert
                type="info"
                showIcon
                title={say("shut", { why: read(move.why) })}
                action={
                  <Link to="/records/$county/$id" params={{ county, id }}>
                    {say("back")}
                  </Link>
                }
              />
            );
          }
          return (
            <CaptureForm
              key={`${view.record.id}-${opened}`}
              view={view}
              scheme={scheme}
              referenceDate={campaigns.find((one) => one.id === view.campaign)?.referenceDate ?? scheme.referenceDate}
              onReopen={() => void query.refetch().then(() => setOpened(opened + 1))}
            />
          );
        }}
      </Loaded>
    </main>
  );
}
