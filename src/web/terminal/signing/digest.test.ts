// The browser's digest of what is signed equals the server's, and a later change shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { soundRecord } from "../../../../schemes/veterans/sample-records.ts";
import { veterans } from "../../../../schemes/veterans/scheme.ts";
import { signedDigestOf } from "../../../modules/records/signing.ts";
import { checker } from "../../../scheme/check.ts";
import { withAnswer } from "../../office/form/answers.ts";
import { shownDigest, signatureStanding } from "./digest.ts";

const settled = (answers: typeof soundRecord): typeof soundRecord => checker(veterans)(answers, { today: "2018-11-20", referenceDate: "2018-10-01" }).answers;

test("browser and server make one digest of the same answers", async () => {
  const shown = await shownDigest(veterans, settled(soundRecord));
  assert.equal(shown, signedDigestOf(veterans, settled(soundRecord)));
  assert.match(shown, /^[0-9a-f]{64}$/);
});

test("a change of an answer shows after signing, a picture put in does not", async () => {
  const signed = await shownDigest(veterans, settled(soundRecord));
  const changed = await shownDigest(veterans, settled(withAnswer(soundRecord, "general.mobile", "13999999999")));
  const pictured = await shownDigest(veterans, settled(withAnswer(soundRecord, "general.other_photo", "photo-1")));
  assert.equal(signatureStanding("picture", signed, changed), "differs");
  assert.equal(signatureStanding("picture", signed, pictured), "signed");
  assert.equal(signatureStanding(undefined, signed, changed), "none");
  assert.equal(signatureStanding("scan", undefined, changed), "signed", "a signature the office holds without a digest is taken as it is");
});
