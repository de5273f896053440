// Where the inbox of an installation lies: one folder, in it a folder for each department, and beside them what was taken and what goes back.
import path from "node:path";
import type { Platform } from "../../platform/platform.ts";

export type InboxFolders = { readonly root: string; readonly done: string; readonly returned: string };

/** `done` and `returned` lie in the inbox itself, so that one place is mounted; undefined when the installation has none. */
export function folders(platform: Platform): InboxFolders | undefined {
  const root = platform.inboxFolder;
  return root === undefined ? undefined : { root, done: path.join(root, "done"), returned: path.join(root, "returned") };
}
