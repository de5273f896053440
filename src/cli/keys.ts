// `qingce keys`: which versions of the key-encryption key there are and what lies under them; and a new version. With the server at work
// the server takes it up and wraps people's keys anew while people work; with the server stopped the command does it all and ends.
import type { SuiteName } from "../platform/ciphers.ts";
import { type Config, readConfig } from "../platform/config.ts";
import { countKeysBeside } from "../platform/key-counts.ts";
import { endRenewal, graceMs } from "../platform/key-rotation.ts";
import { hasKeys, openKeys } from "../platform/keys.ts";
import { isServed, openInstallation } from "../platform/start.ts";
import { type Flags, textFlags } from "./flags.ts";

/** What cannot be done, in both languages. */
class Refused extends Error {
  readonly zh: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
  }
}

const usage = (): Refused => new Refused("用法：keys status [--data DIR] ｜ keys rotate [--suite international|national] [--data DIR]", "usage: keys status [--data DIR] | keys rotate [--suite international|national] [--data DIR]");

async function status(config: Config): Promise<void> {
  const keys = openKeys(config.dataDir);
  const people = await countKeysBeside(config);
  console.log(`密码套件 suite: ${keys.suite()}`);
  for (const { version, suite, madeAt } of keys.versions()) {
    const under = people === undefined ? "" : `  ${people.get(version) ?? 0} 人 people`;
    console.log(`密钥加密密钥 key-encryption key ${version}: ${suite}  ${madeAt}${under}`);
  }
  if (people === undefined) console.log("数据库未运行，未统计人数 The database is not at work: people are not counted");
}

async function rotate(config: Config, suite: SuiteName): Promise<void> {
  const keys = openKeys(config.dataDir);
  const version = keys.renew(suite);
  console.log(`已生成第 ${version} 版密钥加密密钥（${suite}） Version ${version} of the key-encryption key is made (${suite})`);
  if (isServed(config.dataDir)) {
    const minutes = graceMs / 60_000;
    console.log(`服务正在运行：一分钟内换用，重新封装各人密钥，旧版至少 ${minutes} 分钟后、无人使用时销毁；用 keys status 查看\nThe server is at work: it takes the version up within a minute, wraps people's keys anew, and destroys the former version after ${minutes} minutes at least, when nothing lies under it; see keys status`);
    return;
  }
  const installation = await openInstallation(config);
  try {
    await endRenewal(installation.platform, new Date(Date.now() + 1000), 0);
    console.log(`各人密钥已重新封装，在用版本 People's keys are wrapped anew; versions in use: ${installation.platform.keys.versions().map((one) => one.version).join(", ")}`);
  } finally {
    await installation.stop();
  }
}

export const keys = {
  summary: "keys of this installation: keys status | keys rotate [--suite national] --data DIR（密钥状态与轮换）",
  run: async (flags: Flags, [verb]: readonly string[]): Promise<void> => {
    try {
      const config = readConfig(textFlags(flags));
      const suite = flags["suite"];
      if (verb !== "status" && verb !== "rotate") throw usage();
      if (suite !== undefined && suite !== "international" && suite !== "national") throw usage();
      if (!hasKeys(config.dataDir)) throw new Refused(`${config.dataDir} 中没有密钥`, `${config.dataDir} holds no keys`);
      if (verb === "status") await status(config);
      else await rotate(config, suite ?? openKeys(config.dataDir).suite());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      console.error(`${error.zh}\n${error.message}`);
      process.exitCode = 1;
    }
  },
};
