// `npm run qingce -- activate --login NAME`: a new activation code from the server's own console, for the day when nobody is left who could give one
// in the office. Whoever can run it can read the data folder anyway; the audit says that the console did it.
import { issueActivation } from "../modules/access/activation.ts";
import { accountByLogin } from "../modules/access/queries.ts";
import { readConfig } from "../platform/config.ts";
import { systemActor } from "../platform/database.ts";
import { openInstallation } from "../platform/start.ts";
import { textFlags, type Flags } from "./flags.ts";

export const activate = {
  summary: "a new activation code for an account whose way in is lost (with the server stopped)",
  options: { login: { type: "string" } },
  async run(flags: Flags): Promise<void> {
    const login = textFlags(flags)["login"];
    if (!login) {
      console.error("usage: npm run qingce -- activate --login NAME [--data DIR]");
      process.exitCode = 2;
      return;
    }
    const installation = await openInstallation(readConfig(textFlags(flags)));
    try {
      const { platform } = installation;
      const given = await platform.database.write(systemActor("console"), async (tx) => {
        const account = await accountByLogin(tx, login);
        return account && { ...(await issueActivation(tx, platform, account.id)), name: account.name };
      });
      if (!given) {
        console.error(`没有账号 there is no account ${login}`);
        process.exitCode = 1;
        return;
      }
      console.log(`账号 account ${login}：原密码、第二因素和登录已失效 its password, second factor and sessions have ended`);
      console.log(`激活码 activation code: ${given.code} （七天内有效 good for seven days, until ${given.expiresAt}）`);
    } finally {
      await installation.stop();
    }
  },
} as const;
