// What is sent for a call, and what a refusal says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { signIn } from "../../modules/access/contract.ts";
import { uploadImport } from "../../modules/exchange/contract.ts";
import { addMedia, getRecord, listRecords } from "../../modules/records/contract.ts";
import { addressOf, call, ProblemError, requestOf } from "./client.ts";

const id = "018f0000-0000-7000-8000-000000000001";

test("the address fills parameters and leaves out what is undefined", () => {
  assert.equal(addressOf(getRecord, { params: { county: 350524, id }, query: { for: "capture" } }), `/api/records/350524/${id}?for=capture`);
  assert.equal(addressOf(listRecords, { query: { campaign: id, area: undefined, state: "draft" } }), `/api/records?campaign=${id}&state=draft`);
  assert.equal(addressOf(getRecord, { params: { county: 350524, id: "a/b?c" } }), "/api/records/350524/a%2Fb%3Fc");
});

test("a write carries its idempotency key and JSON, a read neither", () => {
  const write = requestOf(signIn, { body: { login: "demo", password: "x" } }, "key-1");
  assert.deepEqual(write.init.headers, { accept: "application/json", "content-type": "application/json", "idempotency-key": "key-1" });
  assert.equal(write.init.body, '{"login":"demo","password":"x"}');
  const read = requestOf(listRecords, { query: { campaign: id } }, "key-1");
  assert.deepEqual(read.init.headers, { accept: "application/json" });
  assert.equal(read.init.body, undefined);
});

test("an upload sends the fields of the body before the file", () => {
  const file = new File(["x"], "底册.xlsx");
  const { init } = requestOf(uploadImport, { body: { kind: "base-list", campaign: id, department: undefined }, file }, "k");
  assert.ok(init.body instanceof FormData);
  assert.deepEqual([...init.body.keys()], ["kind", "campaign", "file"]);
  const photo = requestOf(addMedia, { params: { county: 350524, id }, body: { path: "general.photo_recent" }, file }, "k").init.body;
  assert.ok(photo instanceof FormData);
  assert.equal(photo.get("path"), "general.photo_recent");
});

const answering = async <T>(answers: readonly Response[], act: () => Promise<T>): Promise<{ readonly result: T | Error; readonly keys: (string | null)[] }> => {
  const keys: (string | null)[] = [];
  const queue = [...answers];
  const own = globalThis.fetch;
  globalThis.fetch = (_, init) => {
    keys.push(new Headers(init?.headers).get("idempotency-key"));
    const next = queue.shift();
    return next ? Promise.resolve(next) : Promise.reject(new TypeError("no answer"));
  };
  try {
    return { result: await act().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error)))), keys };
  } finally {
    globalThis.fetch = own;
  }
};
const problem = (status: number, code: string): Response => new Response(JSON.stringify({ code, status, title: { zh: "标题", en: "Title" }, detail: { zh: "详情", en: "Detail" } }), { status });

test("a database that is away is tried again under the same key", async () => {
  const { result, keys } = await answering([problem(503, "database-away"), new Response("{}")], () => call(signIn, { body: { login: "demo", password: "x" } }));
  assert.deepEqual(result, {});
  assert.equal(keys.length, 2);
  assert.ok(keys[0]);
  assert.equal(keys[0], keys[1]);
});

test("a refusal is a ProblemError in both languages and is not tried again", async () => {
  const { result, keys } = await answering([problem(409, "changed-meanwhile")], () => call(signIn, { body: { login: "demo", password: "x" } }));
  assert.ok(result instanceof ProblemError);
  assert.equal(result.code, "changed-meanwhile");
  assert.equal(result.say("zh"), "标题：详情");
  assert.equal(result.say("en"), "Title: Detail");
  assert.equal(keys.length, 1);
});

test("an answer that is no problem document still becomes one by its status", async () => {
  const { result } = await answering([new Response("<html>", { status: 404 })], () => call(signIn, { body: { login: "demo", password: "x" } }));
  assert.ok(result instanceof ProblemError);
  assert.equal(result.code, "not-found");
});
