// Who sends which file, what is still missing before an upload, and what an import's page shows in which state.
import { isId } from "../../../core/ids.ts";
import type { Text } from "../../../core/issue.ts";
import { parseDate } from "../../../core/time.ts";
import { type ImportKind, type ImportState, maySend } from "../../../modules/exchange/rules.ts";

export const kindLabels: Readonly<Record<ImportKind, Text>> = {
  "base-list": { zh: "底册", en: "Base list" },
  extract: { zh: "部门比对数据", en: "Department's extract" },
};
export const stateLabels: Readonly<Record<ImportState, Text>> = {
  uploaded: { zh: "待确认列对应", en: "Columns to be confirmed" },
  mapped: { zh: "列已对应，待导入", en: "Columns confirmed" },
  running: { zh: "正在导入", en: "Importing" },
  done: { zh: "已完成", en: "Done" },
  failed: { zh: "未完成", en: "Not finished" },
  wiped: { zh: "数据已按期清除", en: "Data wiped on schedule" },
};

type Sender = { readonly roles: readonly string[]; readonly office: { readonly department: string } };

/** Kinds of files this person may send. */
export const sendableKinds = (me: Sender): readonly ImportKind[] =>
  (["base-list", "extract"] as const).filter((kind) => maySend({ roles: me.roles, department: me.office.department }, kind, me.office.department));

export type Wish = { readonly kind: ImportKind; readonly file: { readonly name: string; readonly size: number } | undefined; readonly asOf: string; readonly purpose: string };
export type Fault = { readonly field: "file" | "asOf" | "purpose"; readonly message: Text };

/** Largest file the server takes, in bytes. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Why the file cannot be sent yet, field by field. `today` is `YYYY-MM-DD`. */
export function sendingFaults(wish: Wish, today: string): readonly Fault[] {
  const faults: Fault[] = [];
  const add = (field: Fault["field"], zh: string, en: string): void => void faults.push({ field, message: { zh, en } });
  if (!wish.file) add("file", "请选择文件", "Choose a file");
  else if (!(wish.kind === "extract" ? /\.(xlsx|csv|txt|tsv|dat|del|parquet)$/iu : /\.(xlsx|csv|txt|tsv)$/iu).test(wish.file.name)) add("file", "只接受 .xlsx、.csv、.txt 文件（部门数据也可用 .parquet）；.xls 请先另存为 .xlsx", "Only .xlsx, .csv and .txt files (extracts also .parquet); save an .xls file as .xlsx first");
  else if (wish.file.size === 0) add("file", "文件是空的", "The file is empty");
  else if (wish.file.size > MAX_FILE_BYTES) add("file", "文件超过 64 MB，请分成几个文件上传", "The file is larger than 64 MB; send it in parts");
  if (wish.kind === "extract") {
    const asOf = parseDate(wish.asOf.trim());
    if (wish.asOf.trim() === "") add("asOf", "请填写数据截止日期", "Give the date the data stand at");
    else if (asOf === undefined) add("asOf", "日期应如 2026-06-30", "Write the date as 2026-06-30");
    else if (asOf > today) add("asOf", "数据截止日期不能晚于今天", "The date cannot be later than today");
    if (wish.purpose.trim() === "") add("purpose", "请填写比对目的", "State the purpose of the match");
  }
  return faults;
}

export type ImportStage = "mapping" | "running" | "stopped" | "result" | "wiped";

/** What the page of an import shows. `stopped`: it failed or was cancelled and may be run again. */
export function importStage(state: ImportState): ImportStage {
  if (state === "uploaded" || state === "mapped") return "mapping";
  if (state === "running") return "running";
  if (state === "failed") return "stopped";
  return state === "wiped" ? "wiped" : "result";
}

/** File size as people say it. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Name of who sent a file; an account's number alone tells a reader nothing. */
export const senderName = (sentBy: string): string => (isId(sentBy) ? "" : sentBy);
