// What went wrong, in words: faults of the core and of readers bring their own; anything else says that it was not expected.
import { Alert } from "antd";
import type { ReactNode } from "react";
import type { Issue, Text } from "../../../core/issue.ts";
import { useLang } from "../../shared/words.ts";
import { terminalWords } from "../words.ts";

const isText = (value: unknown): value is Text => typeof value === "object" && value !== null && "zh" in value && "en" in value;

/** Words for a fault; a bug also goes to the console, whole. */
export function faultText(error: unknown): Text {
  if (typeof error === "object" && error !== null && "say" in error && isText(error.say)) return error.say;
  console.error(error);
  return terminalWords.unknownFault;
}

/** Faults in the answers that the core found, if that is why it refused. */
export function faultIssues(error: unknown): readonly Issue[] {
  return typeof error === "object" && error !== null && "issues" in error && Array.isArray(error.issues) ? (error.issues as readonly Issue[]) : [];
}

export function FaultView({ say, title, children }: { readonly say: Text | undefined; readonly title?: string; readonly children?: ReactNode }): ReactNode {
  const lang = useLang();
  if (!say) return null;
  return <Alert type="error" showIcon role="alert" data-fault style={{ marginBottom: 16 }} title={title ?? say[lang]} description={title === undefined && children === undefined ? undefined : (<>{title === undefined ? null : <div>{say[lang]}</div>}{children}</>)} />;
}
