// A draft's way from its base to publication, over real records: two persons, stale edits, broken definitions, dry runs that count right.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { veterans } from "../../../schemes/veterans/scheme.ts";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { addBase, as, save, submitted, type Held } from "../../../test/people.ts";
import { areas, completeAnswers, county, smallWorld, type World } from "../../../test/world.ts";
import { areaRange } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { Actor, Tx } from "../../platform/database.ts";
import type { Scheme } from "../../scheme/model.ts";
import { openRecord } from "../records/service.ts";
import { listPublished, loadScheme } from "../schemes/service.ts";
import type { Edit } from "./edits.ts";
import { runDry } from "./jobs.ts";
import * as service from "./service.ts";
import { comparison, draftDefinition, draftWithAll, drafts } from "./view.ts";

let t: TestDatabase;
let w: World;
let editor: Actor;
let township: Actor;
let open: Held;
const inA = 3;

const at = (area: number, roles: readonly string[], name: string): Actor => {
  const range = areaRange(area);
  return { account: newId(), name, office: null, department: null, roles, area, lo: range.lo, hi: range.hi };
};
const write = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => t.database.write(actor, work);
const refused = (code: Problem["code"]) => (error: unknown) => error instanceof Problem && error.code === code;
const untimed = { signal: new AbortController().signal, progress: () => Promise.resolve() };

before(async () => {
  t = await testDatabase();
  w = await smallWorld(t, { queue: true });
  editor = at(w.actors.countyLead.area, ["scheme-editor"], "editor");
  township = at(areas.A, ["scheme-editor"], "township editor");
  open = await submitted(w, 1);
  await submitted(w, 2);
  // One whose income lies above the threshold that a draft will set, one of the other township, one nobody visited yet.
  const rich = await addBase(w, 3, { annual_income: 90_000 });
  await save(w, rich, completeAnswers(3, { annual_income: 90_000 }));
  const away = await addBase(w, 4, { domicile_region: String(areas.B1), residence_region: String(areas.B1) });
  await save(w, away, completeAnswers(4, { domicile_region: String(areas.B1), residence_region: String(areas.B1), housing: ["1"] }), {}, "collectorB");
  await addBase(w, 5);
});
after(async () => {
  await w?.close();
  await t?.close();
});

let serial = 0;
const begin = async (actor = editor): Promise<string> => (await write(actor, (tx) => service.beginDraft(tx, w.platform, { scheme: veterans.key, baseVersion: veterans.version, version: `next-${(serial += 1)}` }))).id;
async function edit(id: string, revision: number, change: Edit, actor = editor): Promise<number> {
  return (await write(actor, (tx) => service.editDraft(tx, w.platform, { id, revision, edit: change }))).revision;
}
/** Starts a dry run and works it off as the worker would, under the asker. */
async function dryRun(id: string, revision: number, actor = editor): Promise<NonNullable<Awaited<ReturnType<typeof draftWithAll>>["dryRun"]>> {
  const { county: of, id: run } = await write(actor, (tx) => service.startDryRun(tx, w.platform, id, revision));
  await runDry(w.platform, { actor, input: { county: of, id: run }, ...untimed });
  return (await write(actor, (tx) => draftWithAll(tx, id, []))).dryRun!;
}
const label: Edit = { kind: "item-label", item: "general.mobile", text: { zh: "手机号码（新）", en: "Mobile number (new)" } };
const definition = async (id: string): Promise<Scheme> => (await write(editor, (tx) => draftDefinition(tx, id))).definition as Scheme;
const approver = (): Actor => w.actors.countyLead;

test("a draft begins as its base under another name; a name that is taken is refused", async () => {
  const id = await begin();
  const view = await write(editor, (tx) => draftWithAll(tx, id, []));
  assert.equal(view.state, "editing");
  assert.deepEqual(view.faults, []);
  assert.equal((await definition(id)).follows, veterans.version);
  await assert.rejects(write(editor, (tx) => service.beginDraft(tx, w.platform, { scheme: veterans.key, baseVersion: veterans.version, version: veterans.version })), refused("already-exists"));
  await assert.rejects(write(editor, (tx) => service.beginDraft(tx, w.platform, { scheme: veterans.key, baseVersion: veterans.version, version: view.version })), refused("already-exists"));
  await assert.rejects(write(editor, (tx) => service.beginDraft(tx, w.platform, { scheme: veterans.key, baseVersion: "none", version: "x" })), refused("not-found"));
  await assert.rejects(write(editor, (tx) => service.submitDraft(tx, w.platform, id, 1)), refused("move-not-possible"));
  assert.ok((await write(editor, drafts)).drafts.some((draft) => draft.id === id && draft.edits === 0));
});

test("an edit names the revision it was made on; a stale one changes nothing", async () => {
  const id = await begin();
  assert.equal(await edit(id, 1, label), 2);
  await assert.rejects(edit(id, 1, { kind: "item-required", item: "general.mobile", required: false }), refused("draft-changed"));
  await assert.rejects(edit(id, 2, label), refused("edit-not-possible"), "what stands there already is no edit");
  const view = await write(editor, (tx) => draftWithAll(tx, id, []));
  assert.deepEqual(view.edits.map((each) => [each.revision, each.path]), [[2, "forms.general.sections.other_identity.items.mobile.label"]]);
  assert.equal((view.edits[0]!.now as { zh: string }).zh, "手机号码（新）");
});

test("a broken definition is refused whole with every path, and one of another scheme too", async () => {
  const id = await begin();
  const base = await definition(id);
  const broken = { ...base, generalForm: "none", checks: base.checks.map((check, i) => (i < 2 ? { ...check, when: ["ref", `nowhere.${i}`] } : check)) };
  await assert.rejects(edit(id, 1, { kind: "replace", definition: broken }), (error) => {
    assert.ok(error instanceof Problem && error.code === "definition-has-faults");
    const paths = error.issues.flatMap((issue) => issue.paths);
    for (const i of [0, 1]) assert.ok(paths.some((path) => path.includes(base.checks[i]!.key)), "each broken check is named");
    assert.ok(paths.includes("scheme.generalForm"));
    return true;
  });
  await assert.rejects(edit(id, 1, { kind: "replace", definition: "nonsense" }), refused("definition-has-faults"));
  await assert.rejects(edit(id, 1, { kind: "replace", definition: { ...base, key: "other" } }), refused("edit-not-possible"));
});

test("edits that contradict each other are told with their path and stop submission", async () => {
  const id = await begin();
  await edit(id, 1, { kind: "item-bound", item: "general.annual_income", bound: "min", value: 10 });
  const revision = await edit(id, 2, { kind: "item-bound", item: "general.annual_income", bound: "max", value: 5 });
  const view = await write(editor, (tx) => draftWithAll(tx, id, []));
  assert.ok(view.faults.some((fault) => fault.path.includes("annual_income")));
  await dryRun(id, revision);
  await assert.rejects(write(editor, (tx) => service.submitDraft(tx, w.platform, id, revision)), refused("definition-has-faults"));
});

test("a dry run counts the records that would newly fail, by area and rule, and names samples without values", async () => {
  const id = await begin();
  const revision = await edit(id, 1, { kind: "item-bound", item: "general.annual_income", bound: "max", value: 50_000 });
  const run = await dryRun(id, revision);
  assert.equal(run.state, "done");
  assert.ok(run.current);
  assert.equal(run.counts.records, 4, "the one whom nobody visited is no record yet");
  assert.equal(run.counts.newlyFailing, 1);
  assert.equal(run.counts.resolved, 0);
  assert.deepEqual(run.areas.map((row) => [row.area.code, row.records, row.newlyFailing]), [[areas.A, inA, 1], [areas.B, 1, 0]]);
  assert.deepEqual(run.rules, [{ severity: "block", rule: "above-maximum", path: "general.annual_income", records: 1 }]);
  assert.equal(run.samples.length, 1);
  assert.deepEqual(Object.keys(run.samples[0]!).sort(), ["area", "county", "path", "record", "rule", "severity"]);
  assert.ok(!JSON.stringify(run).includes("90000"), "no answer is kept");
  const again = await dryRun(id, revision);
  assert.deepEqual([again.counts, again.areas, again.rules], [run.counts, run.areas, run.rules]);
});

test("an edit makes the dry run old, and a run over what is no longer there fails", async () => {
  const id = await begin();
  const revision = await edit(id, 1, label);
  await dryRun(id, revision);
  const { county: of, id: run } = await write(editor, (tx) => service.startDryRun(tx, w.platform, id, revision));
  const next = await edit(id, revision, { kind: "item-required", item: "general.wechat_qq", required: true });
  await assert.rejects(runDry(w.platform, { actor: editor, input: { county: of, id: run }, ...untimed }), refused("draft-changed"));
  assert.equal((await write(editor, (tx) => draftWithAll(tx, id, []))).dryRun?.state, "failed");
  await assert.rejects(write(editor, (tx) => service.submitDraft(tx, w.platform, id, next)), refused("dry-run-needed"));
});

test("scope: a township's dry run sees its own records, and the county's run is not shown to it", async () => {
  const id = await begin();
  const revision = await edit(id, 1, { kind: "item-bound", item: "general.annual_income", bound: "max", value: 50_000 });
  await dryRun(id, revision);
  assert.equal((await write(township, (tx) => draftWithAll(tx, id, []))).dryRun, undefined);
  const own = await dryRun(id, revision, township);
  assert.equal(own.counts.records, inA);
  assert.deepEqual(own.areas.map((row) => row.area.code), [areas.A1]);
  const elsewhere = at(areas.elsewhere, ["scheme-editor"], "elsewhere");
  assert.equal((await write(elsewhere, (tx) => draftWithAll(tx, id, []))).dryRun, undefined);
  assert.deepEqual((await write(elsewhere, (tx) => comparison(tx, id))).records, []);
  assert.equal((await write(editor, (tx) => comparison(tx, id))).records.reduce((sum, row) => sum + row.count, 0), 5);
});

test("an option that records use may be withdrawn for another; removed with nothing in its place it is named and refused", async () => {
  const id = await begin();
  const base = await definition(id);
  const without = { ...base, codeSets: base.codeSets.map((set) => (set.key === "housing" || set.options.some((o) => o.code === "2" && set.key.startsWith("housing")) ? { ...set, options: set.options.filter((option) => option.code !== "2") } : set)) };
  const set = base.forms.flatMap((form) => form.sections).flatMap((section) => section.items).find((item) => item.key === "housing")!.codeSet!;
  const removed = await edit(id, 1, { kind: "replace", definition: without });
  const run = await dryRun(id, removed);
  const used = run.options.find((option) => option.codeSet === set && option.code === "2");
  assert.equal(used?.records, 4, "all but the one of township B, the unvisited one included");
  assert.equal(used?.replacedBy, undefined);
  await assert.rejects(write(editor, (tx) => service.submitDraft(tx, w.platform, id, removed)), refused("option-in-use"));
  const restored = await edit(id, removed, { kind: "replace", definition: base });
  const mapped = await edit(id, restored, { kind: "option-withdraw", codeSet: set, code: "2", replacedBy: "1" });
  const better = await dryRun(id, mapped);
  assert.deepEqual(better.options.map((option) => [option.code, option.records, option.replacedBy]), [["2", 4, "1"]]);
  await write(editor, (tx) => service.submitDraft(tx, w.platform, id, mapped));
});

test("two persons: no hand in the draft approves it, not even through the database; what comes back is edited again", async () => {
  const both = at(w.actors.countyLead.area, ["scheme-editor", "county-lead"], "both");
  const id = await begin();
  const revision = await edit(id, await edit(id, 1, label), { kind: "item-required", item: "general.wechat_qq", required: true }, both);
  await dryRun(id, revision);
  await assert.rejects(write(approver(), (tx) => service.approveDraft(tx, w.platform, id, revision)), refused("move-not-possible"), "not submitted yet");
  await write(editor, (tx) => service.submitDraft(tx, w.platform, id, revision));
  await assert.rejects(edit(id, revision, { kind: "version", version: "late" }), refused("move-not-possible"));
  await assert.rejects(write(editor, (tx) => service.approveDraft(tx, w.platform, id, revision)), refused("not-allowed"));
  await assert.rejects(write(both, (tx) => service.approveDraft(tx, w.platform, id, revision)), refused("second-person-needed"));
  await assert.rejects(write(both, (tx) => tx.updateTable("schemeDraft").set({ approvedBy: both.account, approvedAt: new Date(), state: "approved" }).where("id", "=", id).execute()), refused("second-person-needed"));
  await assert.rejects(write(editor, (tx) => service.publishDraft(tx, w.platform, id, revision)), refused("move-not-possible"));
  await write(approver(), (tx) => service.returnDraft(tx, w.platform, id, revision, "请先核对标签"));
  const back = await write(editor, (tx) => draftWithAll(tx, id, []));
  assert.deepEqual([back.state, back.returnedBecause], ["editing", "请先核对标签"]);
  await write(editor, (tx) => service.withdrawDraft(tx, w.platform, id, revision));
});

test("what is published is what was approved; open records keep their version and their check", async () => {
  const looked = async (): Promise<{ version: string; issues: unknown }> => {
    const record = await as(w, "collectorA", (tx) => openRecord(tx, w.platform, { county, id: open.id }));
    const { check } = await loadOf(record.version);
    return { version: record.version, issues: check(completeAnswers(1), { today: "2018-11-01" }).issues };
  };
  const loadOf = (version: string) => write(editor, (tx) => loadScheme(tx, veterans.key, version));
  const before = await looked();
  const id = await begin();
  const revision = await edit(id, await edit(id, 1, label), { kind: "item-required", item: "general.wechat_qq", required: true });
  await dryRun(id, revision);
  await write(editor, (tx) => service.submitDraft(tx, w.platform, id, revision));
  await write(approver(), (tx) => service.approveDraft(tx, w.platform, id, revision));
  const { version, hash } = await write(editor, (tx) => draftWithAll(tx, id, []));
  await write(editor, (tx) => service.publishDraft(tx, w.platform, id, revision));
  assert.ok((await write(editor, listPublished)).some((one) => one.version === version && one.hash === hash));
  assert.deepEqual(await looked(), before);
  const strict = (await loadOf(version)).check(completeAnswers(1), { today: "2018-11-01" }).issues;
  assert.ok(strict.some((issue) => issue.code === "required" && issue.paths[0] === "general.wechat_qq"), "the new version does ask for it");
  const view = await write(editor, (tx) => draftWithAll(tx, id, []));
  assert.equal(view.state, "published");
  assert.ok(view.moves.every((move) => !move.open));
  await assert.rejects(write(editor, (tx) => service.publishDraft(tx, w.platform, id, revision)), refused("move-not-possible"));
});

test("the edits of a draft can neither be changed nor removed by the runtime role", async () => {
  await assert.rejects(write(editor, (tx) => tx.updateTable("schemeEdit").set({ who: "x" }).execute()), /permission denied/);
  await assert.rejects(write(editor, (tx) => tx.deleteFrom("schemeEdit").execute()), /permission denied/);
  await assert.rejects(write(editor, (tx) => tx.deleteFrom("schemeDraft").execute()), /permission denied/);
});
