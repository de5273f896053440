// Cards from every bridge come out in one form; what is misread or real is not taken.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { lowIncome } from "../../../../schemes/low-income/scheme.ts";
import { veterans } from "../../../../schemes/veterans/scheme.ts";
import { checkCharacter } from "../../../core/citizen-id.ts";
import { accepted, cardIn, loopback, readBridgeA } from "./bridges.ts";
import { cardDifferences, cardValues, chipPortraitPath } from "./card-answers.ts";
import { cardOfFile, cardOfText } from "./card-file.ts";
import { cardOf, portraitOf, ReaderFault, sexOf, validityOf } from "./card.ts";
import { fictionalCards, layCard, readSimulator } from "./simulator.ts";

const idNumber = `99999919580312001${checkCharacter("99999919580312001")}`;
const jpeg = `/9j/${"A".repeat(400)}`;
const code = (expected: string) => (error: unknown): boolean => error instanceof ReaderFault && error.code === expected;

test("dates, sex and validity are understood in every writing", () => {
  assert.equal(sexOf("男"), "1");
  assert.equal(sexOf("2"), "2");
  assert.equal(sexOf("未知"), undefined);
  assert.deepEqual(validityOf("长期"), { longTerm: true });
  assert.deepEqual(validityOf("2030.01.01"), { validTo: "2030-01-01", longTerm: false });
  assert.deepEqual(validityOf("20300101"), { validTo: "2030-01-01", longTerm: false });
  assert.equal(validityOf("soon"), undefined);
});

test("one card through four bridges and two files is one card", () => {
  const a = { resultFlag: 0, resultContent: { partyName: "虚构林建国", gender: "男", nation: "汉", bornDay: "19580312", certAddress: "某省某县甲镇甲一村1号", certNumber: idNumber, certOrg: "虚构县公安局", effDate: "20160301", expDate: "长期", identityPic: jpeg } };
  const b = { info: { name: "虚构林建国", sex: "1", nation: "汉族", birthday: "1958-03-12", address: "某省某县甲镇甲一村1号", idCode: idNumber, department: "虚构县公安局", startDate: "2016.03.01", endDate: "长期", Photo: jpeg }, result: { resultFlag: "0", errorMsg: "" } };
  const dongxin = { IDCardInfo: { name: "虚构林建国", sex: "男", nation: "汉", birthday: "19580312", address: "某省某县甲镇甲一村1号", cardID: idNumber, issueOrgan: "虚构县公安局", validDateStart: "20160301", validDateExpire: "长期", photo: jpeg } };
  const numbered = JSON.stringify({ type: 5, attrs: [["9", "虚构林建国"], ["10", idNumber], ["11", "男"], ["12", "汉"], ["13", "19580312"], ["14", "某省某县甲镇甲一村1号"], ["15", "虚构县公安局"], ["16", "20160301"], ["17", "长期"]].map(([id, value]) => ({ id, value })) });
  const expected = { name: "虚构林建国", idNumber, sex: "1", birthDate: "1958-03-12", address: "某省某县甲镇甲一村1号", issuer: "虚构县公安局", validFrom: "2016-03-01", longTerm: true };
  for (const reading of [cardOf(accepted(a)), cardOf(accepted(b)), cardOf(accepted(dongxin)), cardIn(numbered)]) {
    assert.ok(reading && !(reading instanceof ReaderFault));
    const { nation, portrait, ...rest } = reading;
    assert.deepEqual(rest, expected);
    assert.match(nation ?? "", /^汉/);
  }
  assert.equal(cardOf(accepted(a)).portrait?.type, "image/jpeg");
  const lines = `姓名：虚构林建国\n性别：男\n民族：汉\n出生：1958年3月12日\n住址：某省某县甲镇甲一村1号\n公民身份号码：${idNumber}\n签发机关：虚构县公安局\n有效期起：2016.03.01\n有效期止：长期`;
  const { nation, ...rest } = cardOfText(lines);
  assert.deepEqual([rest, nation], [expected, "汉"]);
  assert.equal(cardOfText(`姓名,性别,身份证号\n虚构林建国,男,${idNumber}`).idNumber, idNumber);
});

test("an export in GB 18030 is read as it was written", async () => {
  const name = Uint8Array.of(0xd0, 0xd5, 0xc3, 0xfb, 0x3a, 0xd0, 0xe9, 0xb9, 0xb9, 0x0a);
  const file = new Blob([name, `cardNo:${idNumber}\n`]);
  assert.equal((await cardOfFile(file)).name, "虚构");
});

test("an empty reader, a failing one and a misread card each say what they are", () => {
  assert.throws(() => accepted({ resultFlag: -11, errorMsg: "" }), code("no-card"));
  assert.throws(() => accepted({ result: { resultFlag: "-1" }, info: {} }), code("reader-fault"));
  assert.throws(() => accepted("hello"), code("not-understood"));
  assert.throws(() => cardOf({ name: "虚构", idNumber: `${idNumber.slice(0, 17)}${idNumber.endsWith("1") ? "2" : "1"}` }), code("not-understood"), "the check digit does not hold");
  assert.throws(() => cardOf({ name: "虚构", idNumber, sex: "女" }), code("not-understood"), "sex against the number");
  assert.throws(() => cardOf({ idNumber }), code("not-understood"), "no name");
  assert.equal(cardIn(JSON.stringify({ type: "hello" })), undefined, "a greeting is no card");
  assert.equal(portraitOf("not a picture"), undefined);
});

test("a bridge is opened, read and closed, also after an empty reader", async (t) => {
  const asked: string[] = [];
  let flag = -11;
  const server = createServer((request, response) => {
    asked.push(String(request.url).replace(/\?.*/u, ""));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(request.url?.startsWith("/readcard") ? { resultFlag: flag, partyName: "虚构林建国", certNumber: idNumber } : { resultFlag: 0 }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  t.after(() => server.close());
  const at = server.address();
  const real = globalThis.fetch;
  t.mock.method(globalThis, "fetch", (address: string, init: RequestInit) => real(address.replace(loopback.a, `http://127.0.0.1:${typeof at === "object" ? at?.port : 0}`), init));
  await assert.rejects(readBridgeA(), code("no-card"));
  flag = 0;
  assert.equal((await readBridgeA()).name, "虚构林建国");
  assert.deepEqual(asked, ["/OpenDevice", "/readcard", "/CloseDevice", "/OpenDevice", "/readcard", "/CloseDevice"]);
  t.mock.method(globalThis, "fetch", () => Promise.reject(new TypeError("refused")));
  await assert.rejects(readBridgeA(), code("no-bridge"));
});

test("the simulator reads fictional cards only", async () => {
  await assert.rejects(readSimulator(), code("no-card"));
  const real = `11010519491231002${checkCharacter("11010519491231002")}`;
  assert.throws(() => layCard({ name: "某人", idNumber: real }), code("not-understood"));
  layCard(fictionalCards[0]);
  assert.equal((await readSimulator()).idNumber, fictionalCards[0]?.idNumber);
  layCard(undefined);
});

test("a card fills the items of each scheme that come from a card, and shows what was known otherwise", () => {
  const card = cardOf({ name: "虚构林建国", idNumber, nation: "汉", address: "某省某县甲镇甲一村1号", certOrg: "虚构县公安局", effDate: "20160301", expDate: "20360301" });
  const values = cardValues(veterans, card);
  assert.deepEqual(Object.fromEntries(values), {
    "general.name": "虚构林建国", "general.id_number": idNumber, "general.sex": "1", "general.birth_date": "1958-03-12", "general.ethnic": "01",
    "general.issuing_authority": "虚构县公安局", "general.valid_from": "2016-03-01", "general.valid_to": "2036-03-01", "general.valid_long_term": false, "general.domicile_address": "某省某县甲镇甲一村1号",
  });
  assert.equal(chipPortraitPath(veterans), "general.card_portrait");
  assert.ok(cardValues(lowIncome, card).size >= 4);
  assert.deepEqual(cardDifferences({ general: { name: "虚构林建国", ethnic: "02" } }, values), [{ path: "general.ethnic", known: "02", card: "01" }]);
});
