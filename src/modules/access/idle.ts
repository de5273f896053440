// Accounts that nobody has used for ninety days are disabled; whoever comes back asks the system administrator.
import { audit } from "../../platform/audit.ts";
import { systemActor } from "../../platform/database.ts";
import { startDuty, type Duty, type Log } from "../../platform/duty.ts";
import type { Platform } from "../../platform/platform.ts";
import * as rows from "./account-queries.ts";
import * as queries from "./queries.ts";
import { idleDays } from "./rules.ts";
import { forgetSessions } from "./sign-in.ts";

const duty = systemActor("accounts");

/** @returns how many were disabled now; the last administrator of a kind is none of them */
export async function disableIdle(platform: Platform): Promise<number> {
  const now = platform.clock.now();
  const idle = await platform.database.write(duty, async (tx) => {
    const ids = await rows.idleSince(tx, new Date(now.getTime() - idleDays * 86_400_000));
    for (const id of ids) {
      await rows.setDisabled(tx, id, now, "idle");
      await queries.removeSessionsOf(tx, id);
      await audit(tx, { action: "account.idle", people: 0, detail: { account: id } });
    }
    return ids.length;
  });
  if (idle > 0) forgetSessions(platform);
  return idle;
}

export const startAccountDuties = (platform: Platform, log: Log): Duty => startDuty({ name: "idle accounts", everyMs: 3_600_000, log, work: () => disableIdle(platform) });
