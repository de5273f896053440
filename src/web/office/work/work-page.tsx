// My work: one card a queue with its count and its oldest entry; each leads to the list behind it.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { getWork } from "../../../modules/records/contract.ts";
import { useRoute } from "../../shared/data.ts";
import { count, moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useCampaign, useMay } from "../../shared/session.ts";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { phrases, useLang, usePhrases, useText } from "../../shared/words.ts";
import { UrgentPanel } from "../dispatch/urgent-panel.tsx";
import { inOrder, queues } from "./queues.ts";

const words = phrases({
  title: { zh: "我的工作", en: "My work" },
  none: { zh: "现在没有等待您处理的事项", en: "Nothing waits for you now" },
  noCampaign: { zh: "还没有采集轮次", en: "There is no campaign yet" },
  oldest: { zh: "最早：{at}", en: "Oldest: {at}" },
});

type QueueRow = { readonly key: string; readonly count: number; readonly oldest?: string };

function QueueCard({ queue }: { readonly queue: QueueRow }): ReactNode {
  const say = usePhrases(words);
  const read = useText();
  const lang = useLang();
  const known = queues[queue.key];
  const card = (
    <>
      <span style={{ fontSize: 32, fontWeight: 600, lineHeight: 1.2, color: queue.count > 0 ? (queue.key === "cases-overdue" || queue.key === "returned" ? "#b42318" : "#0b3d6e") : "#4a5563" }} className="number">
        {count(queue.count, lang)}
      </span>
      <span style={{ fontSize: 18, color: "#1a1f26" }}>{known ? read(known.label) : queue.key}</span>
      <span className="quiet" style={{ fontSize: 15 }}>
        {known ? read(known.hint) : ""}
        {queue.oldest ? <span style={{ display: "block" }}>{say("oldest", { at: moment(queue.oldest) })}</span> : null}
      </span>
    </>
  );
  return known ? (
    <Link to={known.href} className="queue-card" data-queue={queue.key}>
      {card}
    </Link>
  ) : (
    <div className="queue-card" data-queue={queue.key}>
      {card}
    </div>
  );
}

function Queues({ campaign }: { readonly campaign: string }): ReactNode {
  const say = usePhrases(words);
  const query = useRoute(getWork, { query: { campaign } }, { every: 60_000 });
  return (
    <Loaded query={query}>
      {(data) =>
        data.queues.length === 0 ? (
          <div className="panel">
            <Nothing text={say("none")} />
          </div>
        ) : (
          <div className="queue-cards">
            {inOrder(data.queues).map((queue) => (
              <QueueCard key={queue.key} queue={queue} />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}

export function WorkPage(): ReactNode {
  const say = usePhrases(words);
  const read = useText();
  const { campaign, query } = useCampaign();
  const [mayCases, mayDecide, mayReport] = [useMay("case.read"), useMay("case.decide"), useMay("report.make")];
  return (
    <main className="page">
      <PageHead title={say("title")}>
        <span className="quiet">{read(campaign?.name)}</span>
      </PageHead>
      {mayCases && (mayDecide || mayReport) ? <UrgentPanel /> : null}
      <Loaded query={query}>{() => (campaign ? <Queues campaign={campaign.id} /> : <Nothing text={say("noCampaign")} />)}</Loaded>
    </main>
  );
}
