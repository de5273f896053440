// Versions that terminals brought and the office could not take: both values of each difference side by side, one choice an item.
import { App, Input } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { listKept, settleKept } from "../../../modules/records/contract.ts";
import { itemAt } from "../../../scheme/layout.ts";
import type { FormAnswers, Scheme } from "../../../scheme/model.ts";
import { refresh, useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { phrases, usePhrases } from "../../shared/words.ts";
import { OfflineConflicts } from "../capture/offline-conflicts.tsx";
import { REFRESHED } from "../capture/refreshed.ts";

const words = phrases({
  title: { zh: "终端带回的另一版本", en: "Another version from a terminal" },
  help: { zh: "办公室和终端都改动了同一份档案，系统没有覆盖任何一方。请逐项选定，必要时与本人核实；选定后作为新的修订进入审核。", en: "The office and a terminal changed the same record; neither was overwritten. Choose item by item, with the person where needed; what is taken becomes a revision and goes to review." },
  conflict: { zh: "双方改动了同一项", en: "Both changed the same item" },
  late: { zh: "带回时档案已提交审核或已入库", en: "The record was under review or accepted when it came" },
  faults: { zh: "合并后出现单方没有的问题", en: "Together they have faults that neither has alone" },
  version: { zh: "终端使用的表单版本较旧，有项目无处存放", en: "The terminal used an older form with items that have no place now" },
  from: { zh: "{operator} · {at} · 依据修订 {no}", en: "{operator} · {at} · begun from revision {no}" },
  said: { zh: "采集员说明：{said}", en: "The collector said: {said}" },
  reason: { zh: "选定的依据（必填）", en: "Why so (needed)" },
  done: { zh: "已按所选存入", en: "Stored as chosen" },
});
const terminal = { zh: "终端", en: "terminal" };

type Kept = ReplyOf<typeof listKept>["kept"][number];
type At = { readonly county: number; readonly id: string; readonly head: number };

function Version({ at, scheme, kept }: { readonly at: At; readonly scheme: Scheme; readonly kept: Kept }): ReactNode {
  const say = usePhrases(words);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [reason, setReason] = useState("");
  const settle = useCall(settleKept);
  const conflicts = kept.choices.map(({ path, label, office, terminal: theirs }) => ({ path, label, item: itemAt(scheme, path)?.item, office: (office ?? undefined) as FormAnswers[string], brought: (theirs ?? undefined) as FormAnswers[string] }));
  const decide = (chosen: ReadonlyMap<string, "office" | "brought">): void =>
    settle.mutate(
      { params: { county: at.county, id: at.id, kept: kept.id }, body: { basedOn: at.head, reason: reason.trim(), choices: [...chosen].map(([path, side]) => ({ path, take: side === "office" ? ("office" as const) : ("terminal" as const) })) } },
      {
        onSuccess: () => {
          void message.success(say("done"));
          refresh(client, REFRESHED);
        },
      },
    );
  return (
    <div data-kept={kept.reason} style={{ marginBottom: 16 }}>
      <b>{say(kept.reason)}</b>
      <div className="quiet">{say("from", { operator: kept.operator, at: moment(kept.at), no: kept.basedOn })}</div>
      {kept.said === undefined ? null : <div>{say("said", { said: kept.said })}</div>}
      <label style={{ display: "block", margin: "8px 0" }}>
        {say("reason")}
        <Input.TextArea name="kept-reason" value={reason} maxLength={500} autoSize={{ minRows: 1 }} onChange={(event) => setReason(event.target.value)} />
      </label>
      <OfflineConflicts scheme={scheme} conflicts={conflicts} other={terminal} disabled={reason.trim() === "" || settle.isPending} onDecide={decide} />
      <ProblemView error={settle.error} />
    </div>
  );
}

export function KeptVersions({ at, scheme }: { readonly at: At; readonly scheme: Scheme }): ReactNode {
  const say = usePhrases(words);
  const query = useRoute(listKept, { params: { county: at.county, id: at.id } }, { staleTime: 0 });
  return (
    <section className="panel" aria-label={say("title")} data-panel="kept-versions">
      <h2>{say("title")}</h2>
      <p className="quiet">{say("help")}</p>
      <Loaded query={query}>{({ kept }) => kept.map((each) => <Version key={each.id} at={at} scheme={scheme} kept={each} />)}</Loaded>
    </section>
  );
}
