// The offline page: whatever stands in a definition or in the script, the page holds it whole and runs nothing else.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Script } from "node:vm";
import { DATA_ELEMENT, offlinePage } from "./offline-page.ts";
import { smallScheme } from "./small-scheme.ts";

const nasty = "</script><script>alert(1)</script><!-- \u2028 & \"";
const scheme = { ...smallScheme(), label: { zh: nasty, en: "x" } };
const script = 'window.said = "</script><!-- </SCRIPT>"; window.found = /<\\/script>/u.test("</script>");';
const page = await offlinePage({ scheme, hash: "ab", madeAt: "2026-01-01", areas: { top: "某县", rows: [["350524000000", "</script>"]] } }, { script, style: 'a::after { content: "</style>" }' });
const parts = [...page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];

test("the definition comes out of the page as it went in", () => {
  assert.equal(parts.length, 2);
  assert.match(parts[0]![1]!, new RegExp(`id="${DATA_ELEMENT}"`));
  const data = JSON.parse(parts[0]![2]!) as { scheme: unknown; areas: { rows: unknown } };
  assert.deepEqual(data.scheme, JSON.parse(JSON.stringify(scheme)));
  assert.deepEqual(data.areas.rows, [["350524000000", "</script>"]]);
});

test("the script says the same, and the policy lets this very script run and no request leave", () => {
  const [, , code = ""] = parts[1]!;
  const window: { said?: string; found?: boolean } = {};
  new Script(code).runInNewContext({ window });
  assert.deepEqual([window.said, window.found], ["</script><!-- </SCRIPT>", true]);
  const digest = createHash("sha256").update(code).digest("base64");
  assert.ok(page.includes(`script-src 'sha256-${digest}'`) && page.includes("default-src 'none'"));
  assert.ok(!/\b(src|href)="/.test(page));
});

test("a title and a style sheet cannot end their elements", () => {
  assert.equal(page.match(/<\/title>/g)?.length, 1);
  assert.equal(page.match(/<\/style>/g)?.length, 1);
});
