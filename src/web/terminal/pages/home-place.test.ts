// The place of a home visit: asked once, rounded to the square in which two visits count as one place, and not taken when it tells nothing of a door.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keptOf, measure } from "./home-place.ts";

const says = (longitude: number, latitude: number, accuracy: number): Pick<Geolocation, "getCurrentPosition"> => ({ getCurrentPosition: (found) => found({ coords: { longitude, latitude, accuracy } } as GeolocationPosition) });
const fails = (code: number): Pick<Geolocation, "getCurrentPosition"> => ({ getCurrentPosition: (_, failed) => failed?.({ code, PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3, message: "" }) });

test("a position is kept to about twenty metres, and one that is uncertain by more than a hundred is not", async () => {
  assert.deepEqual(await measure(says(118.123456, 25.987654, 30)), { longitude: 118.1234, latitude: 25.9876 });
  assert.deepEqual(keptOf({ longitude: 118.12349, latitude: 25.98761, accuracy: 100 }), keptOf({ longitude: 118.12335, latitude: 25.98769, accuracy: 5 }), "one door, one place");
  assert.equal(await measure(says(118.123456, 25.987654, 2000)), "placeInexact");
});

test("without leave, an answer or the means, nothing is taken and it is said which", async () => {
  assert.equal(await measure(fails(1)), "placeDenied");
  assert.equal(await measure(fails(3)), "placeNone");
  assert.equal(await measure(undefined), "placeNone");
});
