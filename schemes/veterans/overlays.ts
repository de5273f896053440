// The extension sections that later and provincial systems have, as overlays: shipped with the scheme, switched off until a province adds them.
import type { Overlay } from "../../src/scheme/define.ts";
import { businessOverlay } from "./overlays/business.ts";
import { employmentOverlay } from "./overlays/employment.ts";
import { familyMembersOverlay } from "./overlays/family-members.ts";
import { helpOverlay } from "./overlays/help.ts";
import { housingDetailsOverlay } from "./overlays/housing-details.ts";
import { identityMoreOverlay } from "./overlays/identity-more.ts";
import { preferentialCardOverlay } from "./overlays/preferential-card.ts";
import { punishmentsOverlay } from "./overlays/punishments.ts";
import { trainingOverlay } from "./overlays/training.ts";

/** Every overlay of this scheme, in the order in which they are usually added. */
export const veteransOverlays: readonly Overlay[] = [
  identityMoreOverlay,
  employmentOverlay,
  businessOverlay,
  trainingOverlay,
  helpOverlay,
  familyMembersOverlay,
  housingDetailsOverlay,
  punishmentsOverlay,
  preferentialCardOverlay,
];
