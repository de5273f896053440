// What the module of people's rights offers to routes and reactions.
export { findAffected, listAffected, tellAffected } from "./affected.ts";
export { getCopy } from "./copy.ts";
export { explainRequest } from "./explain.ts";
export { noteErasedAt, onCorrectionInRegister, tellReceiver } from "./receivers.ts";
export { confirmRequest, decideRequest, endRestriction, finishRequest, getRequest, listRequests, takeRequest } from "./requests.ts";
