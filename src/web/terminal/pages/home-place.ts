// Where a home visit is made, as the browser tells it: asked once at a button, rounded before anything else sees it.
import { coarse } from "../../../modules/supervision/rules.ts";

/** Metres of uncertainty beyond which a position is that of a mast or a network and tells nothing of a door. */
const MOST_METRES = 100;
const SECONDS = 20;

export type Measured = { readonly longitude: number; readonly latitude: number };
export type PlaceFault = "placeDenied" | "placeNone" | "placeInexact";
type Locator = Pick<Geolocation, "getCurrentPosition">;

/** A position as it may be kept. */
export const keptOf = ({ longitude, latitude, accuracy }: Pick<GeolocationCoordinates, "longitude" | "latitude" | "accuracy">): Measured | "placeInexact" =>
  accuracy > MOST_METRES ? "placeInexact" : { longitude: coarse(longitude), latitude: coarse(latitude) };

/** Asks the browser, which asks whoever sits there; nothing is asked again by itself. */
export function measure(locator: Locator | undefined): Promise<Measured | PlaceFault> {
  if (!locator) return Promise.resolve("placeNone");
  return new Promise((resolve) => {
    locator.getCurrentPosition(
      ({ coords }) => resolve(keptOf(coords)),
      (error) => resolve(error.code === error.PERMISSION_DENIED ? "placeDenied" : "placeNone"),
      { enableHighAccuracy: true, maximumAge: 0, timeout: SECONDS * 1000 },
    );
  });
}
