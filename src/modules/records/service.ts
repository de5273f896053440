// What later modules may do with records, by use case.
export { type AddedPeople, addBasePeople, type BasePeople, type BasePerson } from "./base-people.ts";
export { addPerson, type CaptureContent, type CaptureReply, saveCapture } from "./capture.ts";
export { type Head, headAnswers, recordVouches, streamHeads, type Vouch } from "./heads.ts";
export { openRecord, revealValue } from "./open-record.ts";
