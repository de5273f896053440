// What the terminals' page says of leases, clocks and files.
import assert from "node:assert/strict";
import { test } from "node:test";
import { standingOfDevice } from "../../../modules/fieldwork/rules.ts";
import { byUrgency, fileNameOf, isFarOff, leaseLeft, needsSomething, skewText } from "./standings.ts";

const now = new Date("2018-11-10T00:00:00Z");
const device = { state: "active", leaseUntil: "2018-11-20T00:00:00Z", lastSeen: "2018-11-09T00:00:00Z" } as const;

test("the most urgent thing about a terminal is what it is called", () => {
  assert.equal(standingOfDevice(device, now), "in-order");
  assert.equal(standingOfDevice({ ...device, leaseUntil: "2018-11-11T00:00:00Z" }, now), "lease-ending");
  assert.equal(standingOfDevice({ ...device, leaseUntil: "2018-11-09T00:00:00Z" }, now), "lease-ended");
  assert.equal(standingOfDevice({ ...device, lastSeen: "2018-11-01T00:00:00Z" }, now), "silent");
  assert.equal(standingOfDevice({ ...device, state: "registered", leaseUntil: undefined }, now), "not-enrolled");
  assert.equal(standingOfDevice({ ...device, alarm: { zh: "", en: "" } }, now), "alarm");
  assert.equal(standingOfDevice({ ...device, state: "revoked", alarm: { zh: "", en: "" } }, now), "revoked");
  assert.deepEqual((["in-order", "revoked", "alarm", "lease-ended"] as const).toSorted(byUrgency), ["alarm", "lease-ended", "in-order", "revoked"]);
  assert.ok(needsSomething("silent") && !needsSomething("revoked"));
});

test("what is left of a lease is told in days, on the last day in hours", () => {
  assert.deepEqual(leaseLeft("2018-11-20T01:00:00Z", now), { key: "leaseLeft", n: 10 });
  assert.deepEqual(leaseLeft("2018-11-10T05:30:00Z", now), { key: "leaseHours", n: 5 });
  assert.deepEqual(leaseLeft("2018-11-10T00:10:00Z", now), { key: "leaseHours", n: 1 });
  assert.deepEqual(leaseLeft("2018-11-10T00:00:00Z", now), { key: "leaseOver", n: 0 });
  assert.equal(leaseLeft(undefined, now), undefined);
});

test("a clock is told with its sign in the largest unit that fits", () => {
  assert.deepEqual([0, 90, -600, 7_200, -259_200, 315_360_000].map(skewText), ["+0 s", "+90 s", "−10 min", "+2 h", "−3 d", "+10 a"]);
  assert.equal(skewText(undefined), undefined);
  assert.ok(isFarOff(-400) && !isFarOff(200) && !isFarOff(undefined));
});

test("a Chinese file name survives the header", () => {
  assert.equal(fileNameOf("attachment; filename*=UTF-8''%E6%B8%85%E5%86%8C-1.qcb", "x"), "清册-1.qcb");
  assert.equal(fileNameOf(null, "x"), "x");
});
