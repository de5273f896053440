// Facts about records, by which later modules react. Data hold ids, states, item paths and counts only.
export const recordEvents = {
  /** Base-list people were added: data {batch, people}. */
  listed: "record.listed",
  /** A revision was stored: data {revision, kind, changed: item paths}. */
  captured: "record.captured",
  submitted: "record.submitted",
  returned: "record.returned",
  held: "record.held",
  townshipApproved: "record.township-approved",
  /** The record, or a correction of it, is in the register: data {revision}. */
  accepted: "record.accepted",
  /** Refused, not found, deceased, moved: data {outcome}. */
  outcome: "record.outcome",
  merged: "record.merged",
  handedOver: "record.handed-over",
  remarkAnswered: "record.remark-answered",
} as const;
