// States of terminals and of the bundles they send, and what is refused when.

/** `registered`: no key yet; `active`: enrolled; `revoked`: for ever. A lease that ran out leaves a device active: renewing is enough. */
export const deviceStates = ["registered", "active", "revoked"] as const;
export type DeviceState = (typeof deviceStates)[number];

/** `receiving` piece by piece, `waiting` for an earlier number of the chain, `queued`, then `applied` (each entry has an outcome) or `refused` whole. */
export const bundleStates = ["receiving", "waiting", "queued", "applied", "refused"] as const;
export type BundleState = (typeof bundleStates)[number];
