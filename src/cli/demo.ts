// `npm run demo`: a fictional county, its whole round with a progress bar for each stage, a second one with low-income households, then the office on this machine.
import fs from "node:fs";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { readConfig } from "../platform/config.ts";
import { systemActor } from "../platform/database.ts";
import { openInstallation, type Installation } from "../platform/start.ts";
import { setUpState } from "../modules/access/service.ts";
import { expectFreePort } from "../server.ts";
import { startWorker, type Worker } from "../worker.ts";
import { generateCounty } from "./demo/county.ts";
import { geographyFromPackage } from "./demo/geography.ts";
import { runLoop, type Stages } from "./demo/loop.ts";
import { watchMemory } from "./demo/memory.ts";
import { openOtherRounds } from "./demo/other-rounds.ts";
import { daysOf, SECOND_COUNTY } from "./demo/second/households.ts";
import { runSecond } from "./demo/second/loop.ts";
import { accounts as secondAccounts, openSecondWorld } from "./demo/second/world.ts";
import { demoPassword, openWorld } from "./demo/world.ts";
import { closeReaders } from "../modules/insight/service.ts";
import { numberFlag, textFlags, type Flags } from "./flags.ts";
import { progressBar } from "./progress-bar.ts";
import { demoIdentity } from "../modules/citizen/service.ts";
import { expectRightCiphers, openDoors, prepare, stage } from "./serve.ts";
import { buildWeb } from "./web-build.ts";

export const demo = {
  summary: "make a fictional county, run its round, serve the office (--people N --households N --seed S --no-serve --json FILE; 0 leaves a county out)",
  options: { households: { type: "string" as const } },
  async run(flags: Flags): Promise<void> {
    const started = performance.now();
    const people = flags["people"] === "0" ? 0 : numberFlag(flags, "people", 20_000, 60, 1_000_000);
    const households = flags["households"] === "0" ? 0 : numberFlag(flags, "households", Math.max(60, Math.min(30_000, Math.round(people * 1.5))), 60, 1_000_000);
    const seed = numberFlag(flags, "seed", 1, 0, Number.MAX_SAFE_INTEGER);
    const serves = flags["no-serve"] !== true;
    const config = readConfig(textFlags(flags));
    if (serves) {
      await expectFreePort(config.host, config.port);
      await stage("网页 web pages", async () => ((await buildWeb()) ? "built" : "up to date"));
    }
    await expectRightCiphers();
    const installation = await openInstallation(config);
    const seconds: Record<string, number> = {};
    let result: unknown;
    if (await hasDemo(installation)) console.error("演示数据已在库中，直接启动。 The demonstration is there already; serving it.");
    else {
      const memory = watchMemory(() => [installation.postgresPid() ?? process.pid]);
      await prepare(installation);
      result = { people, seed, ...(await makeRounds(installation, { people, households, seed }, seconds)), peakMemoryMb: memory.peak() };
      memory.stop();
    }
    const json = flags["json"];
    if (typeof json === "string") fs.writeFileSync(json, `${JSON.stringify({ ...(result as object), seconds, totalSeconds: (performance.now() - started) / 1000 }, null, 2)}\n`);
    if (!serves) {
      await installation.stop();
      process.exit(isSound(result) ? 0 : 1);
    }
    const { office } = await openDoors(installation, config, [demoIdentity]);
    console.log(`\n清册演示已就绪 The demonstration is ready in ${((performance.now() - started) / 1000).toFixed(1)} s: ${office.address}`);
    console.log(`所有数据均为虚构。All data are fictional. 演示口令 password of all demo accounts: ${demoPassword}`);
    console.log("  county-lead 县负责人 · county-reviewer 县审核员 · county-reviewer-2 第二审核员 · reviewer-01 乡镇审核员 · collector-01a 采集员 · contact-housing 部门联络员 · scheme-editor 方案编辑员 · approver 审批员 · sysadmin 系统管理员 · secadmin 安全管理员 · auditadmin 审计管理员");
    console.log(`  德化县低收入人口 second county: ${secondAccounts}`);
  },
};

const hasDemo = async (installation: Installation): Promise<boolean> => !(await installation.platform.database.read(systemActor("start"), setUpState)).needed;

type Size = { readonly people: number; readonly households: number; readonly seed: number };
async function makeRounds(installation: Installation, { people, households, seed }: Size, seconds: Record<string, number>) {
  const worker = await startWorker(installation.platform, (line) => console.error(JSON.stringify(line)));
  const stages: Stages = async (name, work) => {
    const bar = progressBar(name);
    const [done, sum] = await work(bar.show);
    seconds[name.replace(/^[^a-z]*/i, "").trim() || name] = bar.end(sum);
    return done;
  };
  const first = people === 0 ? {} : await makeRound(installation, worker, { people, seed }, stages);
  const second = households === 0 ? {} : { second: await makeSecond(installation, worker, { households, seed }, stages) };
  await worker.stop();
  return { ...first, ...second };
}

async function makeRound(installation: Installation, worker: Worker, { people, seed }: Omit<Size, "households">, stages: Stages) {
  const geography = geographyFromPackage();
  const world = await openWorld(installation.platform, worker, veterans, geography);
  const county = generateCounty({ seed, people, geography, scheme: veterans });
  const result = await runLoop(world, county, stages);
  await stages("其他业务 other programmes", async () => [undefined, `${await openOtherRounds(world, geography, seed)} people and households listed`]);
  return result;
}

/** A visit costs some hundredths of a second: a county of so many households is visited whole, of a larger one so many. */
const MOST_VISITS = 3000;

async function makeSecond(installation: Installation, worker: Worker, { households, seed }: Omit<Size, "people">, stages: Stages) {
  const geography = geographyFromPackage(SECOND_COUNTY);
  const world = await openSecondWorld(installation.platform, worker, geography, daysOf(installation.platform.clock.today()));
  const result = await runSecond(world, seed, { count: households, visits: MOST_VISITS }, stages);
  await closeReaders();
  for (const line of result.wrong) console.error(`  不符 wrong: ${line}`);
  return result;
}

/** The round is sound when all states add up and the findings meet their truth. */
function isSound(result: unknown): boolean {
  if (result === undefined) return true;
  const { states, findings, second } = result as Partial<Awaited<ReturnType<typeof runLoop>>> & { readonly second?: Awaited<ReturnType<typeof runSecond>> };
  if (second !== undefined && second.wrong.length > 0) return false;
  if (states === undefined || findings === undefined) return true;
  return states.addUp && states.wrong.length === 0 && findings.precision >= 0.99 && findings.recall >= 0.99;
}
