// The audit's duties in the worker: the chain every second, retention every hour; a last checkpoint when the worker stops.
import { chainAudit, type ChainOptions, closeAudit } from "./audit-chain.ts";
import { retireAudit } from "./audit-retention.ts";
import { type Duty, type Log, startDuty } from "./duty.ts";
import path from "node:path";
import type { Platform } from "./platform.ts";

/** Folders that get the checkpoints, and the digest of the chain, of this installation. */
export const chainOptions = (platform: Platform): ChainOptions => ({
  folders: platform.auditFolders ?? [path.join(platform.workFolder, "audit")],
  algorithm: platform.keys.suite() === "national" ? "sm3" : "sha-256",
  now: () => platform.clock.now(),
});

export function startAuditDuties(platform: Platform, log: Log): Duty {
  const options = chainOptions(platform);
  const chain = startDuty({ name: "audit chain", everyMs: 1_000, log, work: () => chainAudit(platform.database, options) });
  const retention = startDuty({ name: "audit retention", everyMs: 3_600_000, log, work: () => retireAudit(platform.database, options) });
  return {
    async stop() {
      await retention.stop();
      await chain.stop();
      await closeAudit(platform.database, options).catch((error: unknown) => log({ level: "error", where: "audit chain", error: error instanceof Error ? error.message : String(error) }));
    },
  };
}
