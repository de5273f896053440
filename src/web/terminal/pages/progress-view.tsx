// How far an exchange is: the step in words and a bar.
import { Progress as Bar } from "antd";
import type { ReactNode } from "react";
import { usePhrases } from "../../shared/words.ts";
import type { Progress } from "../ports.ts";
import { terminalWords } from "../words.ts";

export function ProgressView({ progress }: { readonly progress: Progress | undefined }): ReactNode {
  const say = usePhrases(terminalWords);
  if (!progress) return null;
  const label = say(progress.step === "reading" ? "stepReading" : progress.step);
  const percent = progress.total > 0 ? Math.min(100, Math.round((progress.done / progress.total) * 100)) : 0;
  return (
    <div className="progress" role="status" data-step={progress.step}>
      <div>{label}…</div>
      <Bar percent={percent} aria-label={label} {...(progress.total > 0 ? {} : { status: "active" as const, showInfo: false })} />
    </div>
  );
}
