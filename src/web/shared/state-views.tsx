// The three states every page has besides its content: loading, empty, and an error that says what and offers to try again.
import { Alert, Button, Empty, Spin } from "antd";
import type { ReactNode } from "react";
import type { UseQueryResult } from "@tanstack/react-query";
import { ProblemError } from "./client.ts";
import { phrases, useLang, usePhrases } from "./words.ts";

const words = phrases({
  loading: { zh: "正在读取…", en: "Loading…" },
  rereading: { zh: "正在读取，下面还是上一次的结果…", en: "Loading; what stands below is the answer before…" },
  retry: { zh: "重试", en: "Try again" },
  unknown: { zh: "页面出现意外错误，请刷新后重试", en: "Something unexpected happened on this page; reload and try again" },
  number: { zh: "错误编号：{n}", en: "Error number: {n}" },
});

export function Loading(): ReactNode {
  const say = usePhrases(words);
  return (
    <div role="status" style={{ padding: 48, textAlign: "center" }}>
      <Spin size="large" />
      <div className="quiet" style={{ marginTop: 12 }}>
        {say("loading")}
      </div>
    </div>
  );
}

/** A refusal in the reader's language, with the faults it names. Shows nothing when there is no error. */
export function ProblemView({ error, onRetry, retryLabel }: { readonly error: Error | null | undefined; readonly onRetry?: () => void; readonly retryLabel?: string }): ReactNode {
  const lang = useLang();
  const say = usePhrases(words);
  if (!error) return null;
  const known = error instanceof ProblemError;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={{ marginBottom: 16 }}
      title={known ? error.title[lang] : say("unknown")}
      description={
        known && (error.detail || error.issues.length > 0 || error.instance) ? (
          <>
            {error.detail ? <div>{error.detail[lang]}</div> : null}
            {error.issues.length > 0 ? (
              <ul style={{ margin: "4px 0 0", paddingInlineStart: 20 }}>
                {error.issues.map((issue, i) => (
                  <li key={`${issue.code}-${i}`}>{issue.message[lang]}</li>
                ))}
              </ul>
            ) : null}
            {error.code === "internal" && error.instance ? <div>{say("number", { n: error.instance })}</div> : null}
          </>
        ) : undefined
      }
      action={onRetry && !(known && error.code === "not-allowed") ? <Button onClick={onRetry} data-action="retry">{retryLabel ?? say("retry")}</Button> : undefined}
    />
  );
}

/** Says that what is seen is still the answer before: numbers under another question would be taken for its own. Waits half a second with it. */
function Rereading(): ReactNode {
  const say = usePhrases(words);
  return <div role="status" className="rereading">{say("rereading")}</div>;
}

/** Draws the content once the data are there; until then loading, or the error with a way to try again. */
export function Loaded<T>({ query, children }: { readonly query: UseQueryResult<T, ProblemError>; readonly children: (data: T) => ReactNode }): ReactNode {
  if (query.data !== undefined) {
    return (
      <>
        {query.isPlaceholderData ? <Rereading /> : null}
        <ProblemView error={query.error} onRetry={() => void query.refetch()} />
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading />;
}

/** A page that could not be drawn or loaded (a new version was installed meanwhile, a fault of ours). */
export function PageFault({ error }: { readonly error: unknown }): ReactNode {
  return (
    <main className="page">
      <ProblemView error={error instanceof Error ? error : new Error(String(error))} onRetry={() => window.location.reload()} />
    </main>
  );
}

/** Says that there is nothing, and what can be done about it. */
export function Nothing({ text, children }: { readonly text: string; readonly children?: ReactNode }): ReactNode {
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<span className="quiet">{text}</span>}>
      {children}
    </Empty>
  );
}
