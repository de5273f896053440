// Long work on a page: stage and bar, time, cancel; and how it ended when it did not end well.
import { Alert, App, Button, Progress } from "antd";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { cancelTask, getTask } from "../../modules/tasks/contract.ts";
import { refresh, useCall, useRoute } from "./data.ts";
import { count } from "./figures.ts";
import { Loaded, ProblemView } from "./state-views.tsx";
import { isOver, stagePercent, taskPause, taskProblem, taskSeconds } from "./task.ts";
import { phrases, useLang, usePhrases, useText } from "./words.ts";

const words = phrases({
  waiting: { zh: "排队等待处理…", en: "Waiting for its turn…" },
  running: { zh: "正在处理…", en: "Working…" },
  done: { zh: "处理完成", en: "Done" },
  cancelled: { zh: "任务已取消，已完成的部分不受影响", en: "The task was cancelled; what was finished stays" },
  seconds: { zh: "已用时 {n} 秒", en: "{n} {n|second|seconds} so far" },
  of: { zh: "{done} / {total}", en: "{done} of {total}" },
  cancel: { zh: "取消", en: "Cancel" },
  cancelAsked: { zh: "正在取消…", en: "Cancelling…" },
  leave: { zh: "可以离开本页，处理会在后台继续。", en: "You may leave this page; the work goes on without it." },
  sure: { zh: "确定要取消正在进行的处理吗？", en: "Cancel the work in progress?" },
  yes: { zh: "取消任务", en: "Cancel the task" },
  no: { zh: "继续处理", en: "Go on" },
});

export type TaskPanelProps = {
  readonly id: string;
  /** Paths of the reads that are made again when the task is over. */
  readonly refreshes: readonly string[];
  /** False for those who only look on. */
  readonly mayCancel: boolean;
};

export function TaskPanel({ id, refreshes, mayCancel }: TaskPanelProps): ReactNode {
  const say = usePhrases(words);
  const read = useText();
  const lang = useLang();
  const client = useQueryClient();
  const { modal } = App.useApp();
  const query = useRoute(getTask, { params: { id } }, { every: taskPause, staleTime: 0 });
  const cancel = useCall(cancelTask, ["/api/tasks"]);
  const [now, setNow] = useState(() => Date.now());
  const over = query.data !== undefined && isOver(query.data.state);
  const paths = useRef(refreshes);
  useEffect(() => {
    if (over) refresh(client, paths.current);
  }, [over, client]);
  useEffect(() => {
    if (over) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [over]);
  const ask = (): void => void modal.confirm({ title: say("sure"), okText: say("yes"), cancelText: say("no"), autoFocusButton: "cancel", onOk: () => cancel.mutate({ params: { id } }) });
  return (
    <Loaded query={query}>
      {(task) => {
        if (task.state === "failed") return <ProblemView error={taskProblem(task.problem)} />;
        if (task.state === "cancelled") return <Alert type="warning" showIcon title={say("cancelled")} style={{ marginBottom: 16 }} />;
        const stage = task.state === "waiting" ? say("waiting") : task.state === "done" ? say("done") : read(task.progress?.stage) || say("running");
        const seconds = taskSeconds(task, now);
        return (
          <div data-task={task.state} style={{ marginBottom: 16 }}>
            <div role="status" style={{ display: "flex", flexWrap: "wrap", gap: "4px 16px", alignItems: "baseline" }}>
              <b style={{ fontSize: 18 }}>{stage}</b>
              {task.progress && task.progress.total > 1 ? <span className="number">{say("of", { done: count(task.progress.done, lang), total: count(task.progress.total, lang) })}</span> : null}
              {seconds === undefined ? null : <span className="quiet number">{say("seconds", { n: seconds })}</span>}
            </div>
            <Progress percent={task.state === "done" ? 100 : stagePercent(task.progress)} status={task.state === "done" ? "success" : "active"} aria-label={stage} size={["100%", 16]} />
            <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" }}>
              {mayCancel && !over ? (
                <Button data-move="cancel-task" disabled={cancel.isPending || cancel.isSuccess} onClick={ask}>
                  {say(cancel.isSuccess ? "cancelAsked" : "cancel")}
                </Button>
              ) : null}
              {over ? null : <span className="quiet">{say("leave")}</span>}
            </div>
            <ProblemView error={cancel.error} />
          </div>
        );
      }}
    </Loaded>
  );
}
