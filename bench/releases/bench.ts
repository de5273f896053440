// A release of N rows from asking to the sealed file, against a bare COPY of the same columns to a file in the same run. RELEASE_ROWS: rows;
// RELEASE_SEALED: rows of a further release whose numbers must be opened one by one; RELEASE_SMALL: releases of one village each out of these.
import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { veterans } from "../../schemes/veterans/scheme.ts";
import { suites } from "../../src/bundle/suite.ts";
import { newId } from "../../src/core/ids.ts";
import { addYears } from "../../src/core/time.ts";
import { createCampaign } from "../../src/modules/campaigns/service.ts";
import { actorOfAccount } from "../../src/modules/access/sign-in.ts";
import { addBasePeople } from "../../src/modules/records/service.ts";
import { jobs } from "../../src/modules/releases/jobs.ts";
import { releaseFile } from "../../src/modules/releases/produce.ts";
import type { Query } from "../../src/modules/releases/risk.ts";
import { approveRelease, askRelease, makeRelease } from "../../src/modules/releases/service.ts";
import { approveAssessment, writeAssessment } from "../../src/modules/safeguards/service.ts";
import { publishScheme } from "../../src/modules/schemes/service.ts";
import { projectRoot, readConfig } from "../../src/platform/config.ts";
import { type Actor, systemActor } from "../../src/platform/database.ts";
import { openInstallation } from "../../src/platform/start.ts";
import { quantile } from "../county.ts";
import { measured } from "../findings/cpu.ts";
import type { Bench, Figure } from "../run.ts";
import { baseAnswers } from "../uploads/people.ts";

const rows = Number(process.env["RELEASE_ROWS"] ?? 1_000_000);
const sealedRows = Number(process.env["RELEASE_SEALED"] ?? 20_000);
const smallReleases = Number(process.env["RELEASE_SMALL"] ?? 40);
const county = 350524;
/** Processor time beside the clock. */
const processor = ({ ours, database }: { readonly ours: number; readonly database: number }): string => `processor ${ours.toFixed(1)} s and database ${database.toFixed(1)} s`;
const said = (n: number): string => Math.round(n).toLocaleString("en");

/** Before a release, so that what it takes is not hidden in what the one before it left. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

/** Records by SQL; the villages of a county, a hundred of them. */
async function plant(owner: pg.Client, campaign: { readonly id: string; readonly scheme: string; readonly version: string }): Promise<void> {
  const uuid = (kind: string): string => `('${kind}' || lpad(to_hex(n), 7, '0') || '-0000-7000-8000-000000000000')::uuid`;
  const village = "350524100200 + n % 100";
  await owner.query(`insert into area (code, level, parent, hi, name, full_name, pinyin, initials, edition, valid_from) select 350524100200 + n, 5, 350524100000, 350524100200 + n, '虚构村' || n, '某省某市虚构县甲镇虚构村' || n, '', '', 'bench', '2020-01-01' from generate_series(0, 99) n on conflict do nothing`);
  await owner.query(`insert into subject (county, id, area, name, pinyin, initials, sex, birth_date, id_masked) select ${county}, ${uuid("1")}, ${village}, (array['陈','林','黄','欧阳'])[1 + n % 4] || '虚构', 'x', 'x', '1', date '1940-01-01' + n % 20000, '999999********' || lpad((n % 10000)::text, 4, '0') from generate_series(1, ${rows}) n`);
  await owner.query(`insert into record (county, id, subject_id, area, scheme, version, campaign_id, origin, state, head) select ${county}, ${uuid("2")}, ${uuid("1")}, ${village}, $1, $2, $3, 'base', 'accepted', 1 from generate_series(1, ${rows}) n`, [campaign.scheme, campaign.version, campaign.id]);
  await owner.query(`insert into revision (county, record_id, no, based_on, area, kind, answers, author) select ${county}, ${uuid("2")}, 1, 0, ${village}, 'base',
    jsonb_build_object('general', jsonb_build_object('sex', '1', 'ethnic', '01', 'birth_date', (date '1940-01-01' + n % 20000)::text, 'domicile_region', (${village})::text, 'education', '70', 'marital', '21', 'employer_name', '虚构单位' || n % 977, 'annual_income', n % 90000, 'categories', jsonb_build_array('serving_family'))), 'bench' from generate_series(1, ${rows}) n`);
  await owner.query("vacuum analyze");
}

async function people(owner: pg.Client): Promise<readonly [string, string]> {
  const made = [];
  for (const [login, role] of [["lead", "county-lead"], ["approver", "approver"]] as const) {
    const [office, account] = [newId(), newId()];
    await owner.query("insert into office (id, area, department, name) values ($1, $2, $3, $3)", [office, county * 1e6, login]);
    await owner.query("insert into account (id, login, name, office_id, password_hash, roles, ends_on) values ($1, $2, $2, $3, 'none', $4, '2099-12-31')", [account, login, office, [role]]);
    made.push(account);
  }
  return [made[0]!, made[1]!];
}

export const bench: Bench = {
  summary: `${said(rows)} people let go: asked, approved, made, sealed, marked; beside a bare COPY of the same columns`,
  async run(): Promise<Figure[]> {
    const folder = path.join(projectRoot, ".cache", "bench", `releases-${process.pid}`);
    fs.rmSync(folder, { recursive: true, force: true });
    const installation = await openInstallation(readConfig({ data: folder }));
    const { platform } = installation;
    const owner = new pg.Client(installation.owner);
    await owner.connect();
    try {
      const campaign = await platform.database.write(systemActor("bench"), async (tx) => {
        const { scheme, version } = await publishScheme(tx, veterans);
        return createCampaign(tx, { scheme, version, name: { zh: "基准", en: "Bench" }, area: county * 1e6, referenceDate: "2018-10-01", startsOn: "2018-10-01", endsOn: "2099-12-31" });
      });
      await plant(owner, campaign);
      const [asker, second] = (await Promise.all((await people(owner)).map((account) => actorOfAccount(platform, account)))) as [Actor, Actor];
      const today = platform.clock.today();
      const { id: assessed } = await platform.database.write(asker, (tx) => writeAssessment(tx, platform, { matter: "release", title: "基准", purpose: "基准测试", effect: "基准测试", measures: "基准测试", risk: "low", madeOn: today, untilOn: addYears(today, 3)! }));
      await platform.database.write(second, (tx) => approveAssessment(tx, platform, assessed));
      await platform.queue.work(jobs(platform), (account) => actorOfAccount(platform, account));
      const query = (more: Partial<Query>): Query => ({
        purpose: "report-upward", ground: "基准测试", campaign: campaign.id, area: county * 1e6, states: ["accepted"], categories: [], takeDays: 1, keepUntil: "2027-12-31", format: "csv",
        receiver: { kind: "office", name: "某市", suite: "international", key: Buffer.from(suites.international.newSealKeys().publicKey).toString("hex") },
        fields: [{ path: "record.village", as: "value" }, { path: "general.name", as: "masked" }, { path: "general.id_number", as: "masked" }, { path: "general.ethnic", as: "value" }, { path: "general.birth_date", as: "year" }, { path: "general.education", as: "value" }, { path: "general.marital", as: "value" }, { path: "general.employer_name", as: "value" }, { path: "general.categories", as: "value" }],
        ...more,
      });
      const release = async (more: Partial<Query>) => {
        const asking = await measured(installation.postgresPid(), () => platform.database.write(asker, (tx) => askRelease(tx, platform, query(more))));
        const view = asking.result;
        await platform.database.write(second, (tx) => approveRelease(tx, platform, view, view.digest, undefined));
        collectGarbage();
        const before = process.memoryUsage.rss();
        // What is held beside how much of the file is written: memory that grew with the rows would show between the halves of the file.
        const file = `${releaseFile(platform, view)}.part`;
        const seen: { readonly written: number; readonly memory: NodeJS.MemoryUsage }[] = [];
        const watch = setInterval(() => seen.push({ written: fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0, memory: process.memoryUsage() }), 50);
        const making = await measured(installation.postgresPid(), async () => {
          const { task } = await platform.database.write(asker, (tx) => makeRelease(tx, platform, view));
          return platform.queue.wait(asker, task!);
        });
        clearInterval(watch);
        if (making.result.state !== "done") throw new Error(JSON.stringify(making.result.problem));
        const { rows: [made] } = await owner.query<{ rows: number; bytes: string }>("select rows, bytes from release where id = $1", [view.id]);
        const most = (part: typeof seen): number => (part.reduce((a, { memory }) => Math.max(a, memory.rss), before) - before) / 2 ** 20;
        return { asking, making, made: made!, peak: most(seen), early: most(seen.filter(({ written }) => written < Number(made!.bytes) / 2)) };
      };
      const bare = await measured(installation.postgresPid(), () =>
        platform.database.copy(asker, async (client) => {
          const text = (key: string): string => `v.answers -> 'general' ->> '${key}'`;
          const stream = client.query(copyTo(`copy (select a.full_name, s.name, s.id_masked, ${["ethnic", "birth_date", "education", "marital", "employer_name", "categories"].map(text).join(", ")} from record r join subject s on s.county = r.county and s.id = r.subject_id
            left join revision v on v.county = r.county and v.record_id = r.id and v.no = r.head left join area a on a.code = r.area where r.county = ${county} and r.campaign_id = '${campaign.id}' and r.state = 'accepted') to stdout (format csv)`));
          await pipeline(stream, fs.createWriteStream(path.join(folder, "bare.csv")));
        }),
      );
      const figures: Figure[] = [{ what: "bare COPY of the same columns, to a file", value: `${bare.seconds.toFixed(1)} s`, beside: `${said(fs.statSync(path.join(folder, "bare.csv")).size / 2 ** 20)} MB; processor ${bare.ours.toFixed(1)} s and database ${bare.database.toFixed(1)} s` }];
      for (const format of ["csv", "xlsx"] as const) {
        const { asking, making, made, peak, early } = await release({ format });
        if (made.rows !== rows) throw new Error(`${made.rows} of ${rows} rows`);
        figures.push({ what: `asked (risk counted), ${format}`, value: `${asking.seconds.toFixed(1)} s`, beside: processor(asking) });
        figures.push({ what: `made, marked, sealed, ${format}`, value: `${making.seconds.toFixed(1)} s`, beside: `${(making.seconds / bare.seconds).toFixed(1)} × bare; ${said(Number(made.bytes) / 2 ** 20)} MB; ${processor(making)}; memory at most ${said(peak)} MB more, ${said(early)} MB until half was written` });
      }
      if (sealedRows > 0) {
        const sealed = await platform.database.write(systemActor("bench"), async (tx) => createCampaign(tx, { scheme: campaign.scheme, version: campaign.version, name: { zh: "基准二", en: "Bench 2" }, area: county * 1e6, referenceDate: "2018-10-01", startsOn: "2018-10-01", endsOn: "2099-12-31" }));
        for (let from = 0; from < sealedRows; from += 2000) {
          const part = Array.from({ length: Math.min(2000, sealedRows - from) }, (_, i) => ({ index: i, area: 350524100200 + ((from + i) % 100), answers: baseAnswers(from + i, (from + i) % 100) }));
          await platform.database.write(systemActor("bench", county * 1e6, county * 1e6 + 999_999), (tx) => addBasePeople(tx, platform, { campaign: sealed, batchId: newId(), people: part }));
        }
        const { making, made, peak } = await release({ campaign: sealed.id, states: [], fields: [{ path: "general.name", as: "masked" }, { path: "general.id_number", as: "full", reason: "基准" }, { path: "general.mobile", as: "masked" }] });
        const small: number[] = [];
        for (let n = 0; n < smallReleases; n += 1) {
          const one = await release({ campaign: sealed.id, states: [], area: 350524100201 + (n % 99), fields: [{ path: "general.name", as: "masked" }, { path: "general.id_number", as: "masked" }] });
          small.push(one.asking.seconds + one.making.seconds);
        }
        figures.push({ what: "a village's people, asked, made and sealed: half / 95 in 100", value: `${quantile(small, 0.5).toFixed(2)} / ${quantile(small, 0.95).toFixed(2)} s`, beside: `${smallReleases} releases of about ${said(sealedRows / 100)} people` });
        figures.push({ what: `${said(made.rows)} rows with the number opened in full`, value: `${making.seconds.toFixed(1)} s`, beside: `${said(made.rows / making.seconds)} rows a second; ${processor(making)}, ${said(((making.ours + making.database) * 1e6) / made.rows)} µs a row; memory at most ${said(peak)} MB more` });
      }
      return figures;
    } finally {
      await owner.end();
      await installation.stop();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  },
};
