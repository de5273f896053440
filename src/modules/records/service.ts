// What records offer to routes and to later modules, by use case.
export { claimMarksAgain, releaseMarks } from "./across.ts";
export { type AddedPeople, addBasePeople, type BasePeople, type BasePerson } from "./base-people.ts";
export { addPerson, type CaptureContent, type CaptureReply, mutable, saveCapture } from "./capture.ts";
export { refuseDesignationIn } from "./designation.ts";
export { type Head, headAnswers, recordVouches, recordVouchLists, streamHeads, type Vouch, type VouchLists, withdrawVouches } from "./heads.ts";
export { addMedia, attachMedia, getMedia, type NewPicture, takePictures } from "./media.ts";
export { withoutPngTexts, withoutSideData } from "./photo.ts";
export type { TakenPicture } from "./picture.ts";
export { openRecord, revealValue } from "./open-record.ts";
export { type OutcomeInput, setOutcome } from "./outcome.ts";
export { type BriefRow, claimNumber, countAnsweredRemark, type Decided, lockRecord, lockRecords, type RecordRow, releaseNumber, store, storeDecisions, storeIssues } from "./queries.ts";
export { listRecords, searchPeople } from "./search.ts";
export { signedDigestOf, signedText } from "./signing.ts";
export { demandCurrent, demandMove, standingOf } from "./standing.ts";
export { getWork } from "./work.ts";
export { duplicatePerson } from "./wording.ts";
