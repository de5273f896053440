// Merges of a record in its history: into which, by whom and why; undone with a reason, after a look at what that means.
import { App, Input, Modal } from "antd";
import { Link } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getMerge, unmergeRecord } from "../../../modules/review/contract.ts";
import { refresh, useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { MoveButton } from "../../shared/move-button.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { phrases, usePhrases } from "../../shared/words.ts";
import { REFRESHED } from "../capture/refreshed.ts";

const words = phrases({
  title: { zh: "合并经过", en: "Merges" },
  ended: { zh: "并入另一档案", en: "Merged into another record" },
  stayed: { zh: "另一档案并入本档案", en: "Another record was merged into this one" },
  other: { zh: "打开另一档案", en: "Open the other record" },
  note: { zh: "说明：{note}", en: "Note: {note}" },
  undone: { zh: "{at} 由 {by} 撤销：{reason}", en: "Undone {at} by {by}: {reason}" },
  undo: { zh: "撤销合并", en: "Undo the merge" },
  help: { zh: "撤销后两份档案恢复合并前的状态，身份证号归还原持有的档案，与部门名单的关联和问题重新核对。合并和撤销都保留在历史中。", en: "Both records stand as they did before the merge, the number goes back to the record that held it, and the departments' lists are judged anew. The merge and its undoing stay in the history." },
  reason: { zh: "理由（必填）", en: "Reason (needed)" },
  cancel: { zh: "取消", en: "Cancel" },
  done: { zh: "合并已撤销", en: "The merge is undone" },
});

type Merge = ReplyOf<typeof getMerge>["merges"][number];

function UndoDialog({ county, merge, onClose }: { readonly county: number; readonly merge: Merge; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(words);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [reason, setReason] = useState("");
  const undo = useCall(unmergeRecord);
  const ok = { disabled: reason.trim() === "", "data-action": "confirm-unmerge" };
  const send = (): void =>
    undo.mutate(
      { params: { county, id: merge.record }, body: { reason: reason.trim() } },
      {
        onSuccess: () => {
          void message.success(say("done"));
          onClose();
          refresh(client, REFRESHED);
        },
      },
    );
  return (
    <Modal open title={say("undo")} okText={say("undo")} cancelText={say("cancel")} onCancel={onClose} onOk={send} confirmLoading={undo.isPending} okButtonProps={ok}>
      <p>{say("help")}</p>
      <ProblemView error={undo.error} />
      <label>
        {say("reason")}
        <Input.TextArea name="unmerge-reason" value={reason} maxLength={500} autoSize={{ minRows: 2 }} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Modal>
  );
}

export function Merges({ county, id }: { readonly county: number; readonly id: string }): ReactNode {
  const say = usePhrases(words);
  const [asking, setAsking] = useState<Merge>();
  const query = useRoute(getMerge, { params: { county, id } }, { staleTime: 0 });
  return (
    <section className="panel" aria-label={say("title")}>
      <h2>{say("title")}</h2>
      <Loaded query={query}>
        {({ merges }) => (
          <ol className="timeline">
            {merges.map((merge) => (
              <li key={merge.id} data-merge-state={merge.undone ? "undone" : "in-force"}>
                <b>{say(merge.record === id ? "ended" : "stayed")}</b>
                <div className="quiet">
                  <span className="number">{moment(merge.at)}</span> {merge.by}
                </div>
                {merge.note === undefined ? null : <div>{say("note", { note: merge.note })}</div>}
                <Link to="/records/$county/$id" params={{ county: String(county), id: merge.record === id ? merge.into : merge.record }}>
                  {say("other")}
                </Link>
                {merge.undone ? <div>{say("undone", { at: moment(merge.undone.at), by: merge.undone.by, reason: merge.undone.reason })}</div> : <div style={{ marginTop: 6 }}><MoveButton move={merge.undo} label={say("undo")} danger onPress={() => setAsking(merge)} /></div>}
              </li>
            ))}
          </ol>
        )}
      </Loaded>
      {asking ? <UndoDialog county={county} merge={asking} onClose={() => setAsking(undefined)} /> : null}
    </section>
  );
}
