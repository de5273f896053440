// The terminal's real pages over its real core, served by a fake office with three fictional people of the veterans' scheme.
import path from "node:path";
import { veterans } from "../../schemes/veterans/scheme.ts";
import type { CampaignEntry, DownEntry, PersonEntry, SchemeEntry } from "../../src/bundle/contents.ts";
import { newId } from "../../src/core/ids.ts";
import type { Json } from "../../src/core/json.ts";
import { item, section } from "../../src/scheme/define.ts";
import type { Answers, Scheme } from "../../src/scheme/model.ts";
import { schemeHash } from "../../src/scheme/publish.ts";
import { terminalFiles, terminalFolder } from "../../src/terminal-pages.ts";
import { completeAnswers, fictionalId } from "../world.ts";
import { campaign, FakeOffice, recordOf, village } from "./fake-office.ts";

/** The veterans' scheme with a place for coordinates, as the plan of another programme has it. */
const degrees = (key: string) => item(key, "decimal", key === "gps_lon" ? "经度" : "纬度", key === "gps_lon" ? "Longitude" : "Latitude", ["K"], { min: 0, max: 180, decimals: 6, sensitivity: "contact" });
const whereabouts = section("whereabouts", "上报位置", "Place of the report", [degrees("gps_lon"), degrees("gps_lat"), item("gps_place", "address", "上报位置", "Place of the report", ["K"], { maxLength: 120, sensitivity: "contact" })]);
export const scheme: Scheme = { ...veterans, forms: veterans.forms.map((form) => (form.key === veterans.generalForm ? { ...form, sections: [...form.sections, whereabouts] } : form)) };

const who = (n: number, name: string, answers: Answers, more: Partial<PersonEntry> = {}): PersonEntry => ({
  type: "person",
  county: 350524,
  record: recordOf(n),
  campaign,
  area: village,
  state: "listed",
  head: 1,
  answers: { ...answers, general: { ...answers["general"], name } } as PersonEntry["answers"],
  remarks: [],
  issues: [],
  ...more,
});

const base = (n: number): Answers => ({ general: { id_number: fictionalId(n), sex: "1", ethnic: "01", birth_date: "1958-03-12", domicile_address: "某省某县甲镇甲一村1号", domicile_region: String(village), mobile: "13800000000" } });
const whole = (n: number): Answers => completeAnswers(n, { photo_recent: newId(), domicile_region: String(village), residence_region: String(village) }, { serving_family: { ...completeAnswers(n)["serving_family"], serving_proof: newId() } });

export const people = {
  /** Only what a base list holds. */
  listed: who(1, "虚构林建国", base(11)),
  /** Everything of last year; only the signature is wanted. */
  known: who(2, "虚构陈志强", whole(12)),
  returned: who(3, "虚构黄秀英", whole(13), { state: "returned", head: 2, remarks: [{ id: newId(), path: "general.mobile", body: "电话打不通，请核对", author: "乡镇审核员", at: "2026-11-20T02:00:00Z" }] }),
} as const;

export const campaignEntry: CampaignEntry = { type: "campaign", id: campaign, scheme: veterans.key, version: veterans.version, label: { zh: "二〇二六年采集（虚构）", en: "Round of 2026 (fictional)" }, referenceDate: "2026-10-01", area: 350524000000 };

/** Serves the built app beside the office's routes. @returns its address */
export async function servePages(office: FakeOffice): Promise<string> {
  for (const [name, file] of terminalFiles(terminalFolder)) office.files.set(`/terminal/${name}`, file);
  office.files.set("/terminal/", path.join(terminalFolder, "index.html"));
  return office.serve("");
}

/** The base list waits to be fetched, with the small portraits in front of their people. */
export async function giveList(office: FakeOffice): Promise<void> {
  const schemeEntry: SchemeEntry = { type: "scheme", key: veterans.key, version: veterans.version, hash: await schemeHash(scheme), definition: scheme as unknown as Json };
  const papers: readonly DownEntry[] = [schemeEntry, campaignEntry];
  office.waiting = await office.bundle(office.base(Object.values(people).map((entry) => ({ entry })), papers), { whole: true });
}
