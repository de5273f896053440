// Nodes in a real browser: a county registers the city with its keys, packs for it, takes in what the city sent down, a return in it, is told in
// words why a file is refused, and sets how bundles go over the network. The city is played here with keys of its own.
import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { collected } from "../../src/bundle/bundle.fixture.ts";
import { NO_PREVIOUS } from "../../src/bundle/header.ts";
import { open, verify } from "../../src/bundle/open.ts";
import { seal } from "../../src/bundle/seal.ts";
import { sourceOf } from "../../src/bundle/source.ts";
import { suites } from "../../src/bundle/suite.ts";
import { bringIn } from "../../src/cli/demo/loop-match.ts";
import { systemActor } from "../../src/platform/database.ts";
import { sendToNodes } from "../../src/modules/federation/send.ts";
import { openBrowser } from "../browser.ts";
import { accessible, type Desk, openDesk, signIn, told } from "./desk.ts";
import { type CountyOffice, serveCounty } from "./office.ts";

const suite = suites.international;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const city = { name: "node:350500000000", seal: suite.newSealKeys(), sign: suite.newSignKeys() };
let browser: Browser;
let office: CountyOffice;
let lead: Desk;
let county: { name: string; seal: string; sign: string };
before(async () => {
  [browser, office] = await Promise.all([openBrowser(), serveCounty()]);
  await bringIn(office.world, office.world.countyLead, await office.county.baseListFile());
  await office.settle();
  lead = await openDesk(browser, office.address, "county-lead");
  await signIn(lead);
});
after(async () => {
  await browser?.close();
  await office?.close();
});
const clean = (): void => assert.deepEqual(lead.complaints(), []);

let previous = NO_PREVIOUS;
/** The city's next bundle. */
async function fromCity(seq: number, entries: readonly object[], more: { readonly keep?: true } = {}): Promise<Buffer> {
  const now = Date.now();
  const header = { kind: "node-down", from: city.name, to: county.name, seq, previous, created: new Date(now).toISOString(), expires: new Date(now + 86_400_000).toISOString() } as const;
  const bytes = Buffer.concat(await collected(seal({ suite: "international", header, pieces: entries.map((entry) => ({ entry })), device: city.sign, receiver: Buffer.from(county.seal, "hex") })));
  if (!more.keep) previous = hex((await verify(sourceOf(bytes), { device: city.sign.publicKey })).digest);
  return bytes;
}
async function bring(bytes: Buffer): Promise<void> {
  await lead.page.locator("input[type=file][name=node-file]").setInputFiles({ name: "city.qcb", mimeType: "application/octet-stream", buffer: bytes });
  await lead.page.locator("[data-move=take-node-bundle]").click();
}

test("the county reads its own name and keys out, and registers the city with those that the city read out", async () => {
  const { page } = lead;
  await lead.go("/nodes");
  assert.equal(await lead.heading(), "上下级节点");
  await accessible(lead, "nodes");
  county = { name: await page.locator("[data-self]").innerText(), seal: await page.locator("[data-key=international-seal]").innerText(), sign: await page.locator("[data-key=international-sign]").innerText() };
  assert.match(county.name, /^node:3505\d{8}$/u);
  await page.locator("[data-move=add-node]").click();
  await page.getByLabel("名称").fill("虚构市");
  await page.getByLabel("加密公钥").fill("12");
  await page.getByLabel("签名公钥").fill(hex(city.sign.publicKey));
  await page.locator("[data-move=save-node]").click();
  await page.getByText("64 或 130 位十六进制").first().waitFor();
  await page.getByLabel("加密公钥").fill(hex(city.seal.publicKey));
  await chooseCity();
  await page.locator("[data-move=save-node]").click();
  await page.locator(`[data-node="${city.name}"]`).waitFor();
  clean();
});

async function chooseCity(): Promise<void> {
  const { page } = lead;
  await page.locator('[data-area-picker="node-area"]').getByRole("combobox").focus();
  await page.keyboard.type("泉州市");
  await page.locator(".ant-select-item-option").filter({ hasText: "泉州市" }).first().click();
}

test("it packs for the city, whose keys open the file; what the city sends down is taken in with its words, twice without a second effect", async () => {
  const { page } = lead;
  await page.locator("[data-move=pack-node]").click();
  await told(lead, "第 1 号已打包");
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-get='1']").click()]);
  const opened = await open(sourceOf(fs.readFileSync(await download.path())), { device: Buffer.from(county.sign, "hex"), receiver: city.seal });
  assert.deepEqual([opened.header.from, opened.header.to, opened.header.kind], [county.name, city.name, "node-up"]);
  await collected(opened.pieces);

  const record = await office.installation.platform.database.read(systemActor("journey"), (tx) => tx.selectFrom("record").select(["county", "id", "head"]).limit(1).executeTakeFirstOrThrow());
  const down = await fromCity(1, [{ type: "node-return", county: record.county, record: record.id, basedOn: record.head, remarks: [{ path: "general.name", body: "请核实姓名" }] }, { type: "node-taken", seq: 1, digest: opened.digest }]);
  await bring(down);
  await page.locator("[data-taken='1']").waitFor();
  await page.locator(`tr:has([data-node="${city.name}"])`).getByText("1 / 1 / 1").waitFor();
  await bring(down);
  await page.getByText("此前已读入，没有变化").waitFor();
  clean();
});

test("a file that is altered, of another maker, or out of turn is refused in words, and nothing of it is stored", async () => {
  const { page } = lead;
  const next = [{ type: "node-taken", seq: 1, digest: null }];
  const altered = await fromCity(2, next, { keep: true });
  altered[altered.length - 200]! ^= 1;
  await bring(altered);
  await told(lead, /签名|改动|损坏/u);
  await bring(await fromCity(3, next, { keep: true }));
  await told(lead, "缺少第 2 号");
  await bring(Buffer.from("不是数据包"));
  await told(lead, /不是|数据包/u);
  await page.reload();
  await page.locator(`tr:has([data-node="${city.name}"])`).getByText("1 / 1 / 1").waitFor();
  clean();
});

test("sending by itself is switched on with an address; why it fails is seen in words, and switched off it rests", async () => {
  const { page } = lead;
  const server = http.createServer((request, reply) => request.resume().once("end", () => reply.writeHead(422, { "content-type": "application/problem+json" }).end(JSON.stringify({ code: "bundle-not-accepted", detail: { zh: "市节点正在维护", en: "The city is under maintenance" } }))));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    await page.locator("[data-sending=file]").waitFor();
    await page.locator("[data-move=node-sending]").click();
    await page.getByLabel("对方服务器地址").fill("http://127.0.0.1:1/elsewhere");
    await page.getByText("开", { exact: true }).click();
    await page.locator("[data-move=save-sending]").click();
    await told(lead, "不带路径");
    await page.getByLabel("对方服务器地址").fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await page.getByText("每天").click();
    await accessible(lead, "nodes: sending");
    await page.locator("[data-move=save-sending]").click();
    await page.locator("[data-sending=done], [data-sending=failed], [data-sending=waiting]").waitFor();
    await office.installation.platform.database.write(systemActor("journey"), (tx) => tx.updateTable("nodePeer").set({ confirmedSeq: 0 }).execute());
    await sendToNodes(office.installation.platform);
    await page.reload();
    await page.locator("[data-sending=failed]").getByText("市节点正在维护").waitFor();
    await accessible(lead, "nodes: failed");
    await page.locator("[data-move=node-sending]").click();
    await page.getByText("关", { exact: true }).click();
    await page.locator("[data-move=save-sending]").click();
    await page.locator("[data-sending=off]").waitFor();
    clean();
  } finally {
    server.close();
  }
});
