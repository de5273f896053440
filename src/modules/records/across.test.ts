// Rules across records on a real database: one holder of a certificate in the nation, a village's number of people.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { testDatabase, type TestDatabase } from "../../../test/database.ts";
import { areas, countyArea, smallWorld, type World, type WorldActor } from "../../../test/world.ts";
import { systemActor, type Tx } from "../../platform/database.ts";
import { eq, item, source, text } from "../../scheme/define.ts";
import type { Answers, Scheme } from "../../scheme/model.ts";
import { type Campaign, createCampaign } from "../campaigns/service.ts";
import { publishScheme } from "../schemes/service.ts";
import * as records from "./service.ts";

const R = ["R"] as const;
const made = source(R, "made for tests");
const bare = { version: "1", referenceDate: "2018-10-01", generalForm: "form", categories: [], categoryRules: [], checks: [], codeSets: [], departments: [], findingClasses: [] } as const;

const holders: Scheme = {
  ...bare,
  key: "holders",
  label: text("持证人（测试）", "Holders (test)"),
  forms: [
    {
      key: "form",
      label: text("登记表", "Form"),
      sections: [
        {
          key: "main",
          label: text("基本", "Main"),
          items: [
            item("name", "text", "姓名", "Name", R, { text: "name" }),
            item("area", "area", "行政区划", "Area", R),
            item("certificate", "text", "证书号", "Certificate", R, { sensitivity: "identity" }),
            item("is_holder", "yes-no", "是否持证人", "Holder", R),
          ],
        },
        { key: "members", label: text("成员", "Members"), repeats: { max: 10 }, items: [item("number", "text", "编号", "Number", R)] },
      ],
    },
  ],
  identity: { idNumber: "form.certificate", name: "form.name", area: "form.area" },
  acrossRecords: [
    { key: "one-holder", kind: "at-most-one", same: ["form.certificate"], when: eq("form.is_holder", true), severity: "block", at: ["form.certificate"], message: text("该证书已有持证人", "The certificate has a holder"), source: made },
    { key: "one-household", kind: "at-most-one", same: ["form.members[].number"], severity: "explain", at: ["form.members"], message: text("成员已在另一户", "A member is in another household"), source: made },
  ],
};

const village: Scheme = {
  ...bare,
  key: "village",
  unit: "community",
  label: text("村表（测试）", "Village form (test)"),
  forms: [{ key: "form", label: text("村表", "Village form"), sections: [{ key: "main", label: text("基本", "Main"), items: [item("region", "area", "村", "Village", R, { required: true }), item("name", "text", "村名", "Name", R), item("total", "integer", "人数", "People", R)] }] }],
  identity: { idNumber: "form.region", name: "form.name", area: "form.region" },
  acrossRecords: [{ key: "total-counted", kind: "count-equals", of: "holders", item: "form.total", severity: "explain", at: ["form.total"], message: text("人数与个人档案不符", "Differs from the records of people"), source: made }],
};

let t: TestDatabase;
let w: World;
let round: Campaign;
let villageRound: Campaign;
before(async () => {
  t = await testDatabase();
  w = await smallWorld(t);
  const open = (scheme: Scheme): Promise<Campaign> =>
    t.database.write(systemActor("world"), async (tx) => {
      await publishScheme(tx, scheme);
      return createCampaign(tx, { scheme: scheme.key, version: scheme.version, name: scheme.label, area: countyArea, referenceDate: "2018-10-01", startsOn: "2018-10-01", endsOn: "2019-01-31" });
    });
  round = await open(holders);
  villageRound = await open(village);
});
after(() => t.close());

const as = <T>(actor: WorldActor, work: (tx: Tx) => Promise<T>): Promise<T> => t.database.write(w.actors[actor], work);
const add = (actor: WorldActor, area: number, answers: Answers, campaign = round, submit = false): Promise<records.CaptureReply> =>
  as(actor, (tx) => records.addPerson(tx, w.platform, { campaign, area, answers, channel: "home", submit, reason: "测试" }));
const again = (actor: WorldActor, at: records.CaptureReply, answers: Answers): Promise<records.CaptureReply> =>
  as(actor, (tx) => records.saveCapture(tx, w.platform, { county: at.county, id: at.id, basedOn: at.head, answers, channel: "home", submit: false }));
const codes = (reply: records.CaptureReply): string[] => reply.issues.map((issue) => issue.code);
const holder = (area: number, certificate: string, more: Answers["form"] = {}): Answers => ({ form: { name: "陈虚构", area: String(area), certificate, is_holder: true, ...more } });

test("a certificate has one holder in the nation, whoever asks, however it is spaced; it never says who", async () => {
  const first = await add("collectorA", areas.A1, holder(areas.A1, "闽烈字第1号"));
  assert.deepEqual(codes(first), []);
  const second = await add("collectorB", areas.B1, holder(areas.B1, " 闽烈字第 １ 号"));
  assert.deepEqual(codes(second), ["one-holder"]);
  assert.doesNotMatch(JSON.stringify(second), new RegExp(String(areas.A1)));
  assert.deepEqual(codes(await add("collectorB", areas.B1, holder(areas.B1, "闽烈字第1号", { is_holder: false }))), []);
  // The first gives it up; the second is free of it at its next save.
  await again("collectorA", first, holder(areas.A1, "闽烈字第2号"));
  assert.deepEqual(codes(await again("collectorB", second, holder(areas.B1, "闽烈字第1号"))), []);
});

test("a record that ends gives its marks up", async () => {
  const first = await add("collectorA", areas.A1, holder(areas.A1, "闽烈字第7号"));
  await as("collectorA", (tx) => records.setOutcome(tx, w.platform, { county: first.county, id: first.id, basedOn: first.head, outcome: "moved" }));
  assert.deepEqual(codes(await add("collectorB", areas.B1, holder(areas.B1, "闽烈字第7号"))), []);
});

test("rows make marks one by one: a member of one household is found in another", async () => {
  const household = (area: number, certificate: string, ...numbers: string[]): Answers => holder(area, certificate, { is_holder: false, members: numbers.map((number) => ({ number })) });
  assert.deepEqual(codes(await add("collectorA", areas.A1, household(areas.A1, "c1", "m1", "m2"))), []);
  assert.deepEqual(codes(await add("collectorA", areas.A1, household(areas.A1, "c2", "m3", "m2"))), ["one-household"]);
});

test("a village's number is compared with the people captured there, and the village is known by its code", async () => {
  await add("collectorA", areas.A2, holder(areas.A2, "v1"), round, true);
  await add("collectorA", areas.A2, holder(areas.A2, "v2"), round, true);
  const form = (total: number): Answers => ({ form: { region: String(areas.A2), name: "甲二村", total } });
  const stated = await add("collectorA", areas.A2, form(5), villageRound);
  assert.deepEqual(codes(stated), ["total-counted"]);
  assert.match(stated.issues[0]?.message.zh ?? "", /填报5，已采集2/u);
  assert.deepEqual(codes(await again("collectorA", stated, form(2))), []);
  assert.ok(codes(await add("collectorA", areas.A2, form(2), villageRound)).includes("duplicate-person"));
});
