// Fetches the file for a terminal and hands it to the browser to save; a refusal comes with its words.
import { newId } from "../../../core/ids.ts";
import type { ProblemBody } from "../../../core/problem.ts";
import { takeBundle } from "../../../modules/fieldwork/contract.ts";
import { ProblemError, requestOf } from "../../shared/client.ts";
import { fileNameOf } from "./standings.ts";

/** Resolves to the file's name. @throws ProblemError */
export async function saveBundleFor(device: string, whole: boolean): Promise<string> {
  const { address, init } = requestOf(takeBundle, { params: { id: device }, body: { whole } }, newId());
  const response = await fetch(address, init);
  if (!response.ok) throw new ProblemError((await response.json()) as ProblemBody);
  const name = fileNameOf(response.headers.get("content-disposition"), "terminal.qcb");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return name;
}
