// What people are told about a record beyond the check of its answers.
import type { Issue, Text } from "../../core/issue.ts";

const issue = (severity: Issue["severity"], code: string, path: string, zh: string, en: string): Issue => ({ severity, code, paths: [path], message: { zh, en } });

/** Never says where or under which name the number is held. */
export const duplicatePerson = (path: string): Issue =>
  issue("block", "duplicate-person", path, "该身份证号已在登记册中，请与县级联系核实；可先提交，由县级审核合并", "This identity number is in the register already. Please contact the county; you may submit, and the county settles it");
export const registeredElsewhere = (path: string): Issue =>
  issue("block", "registered-elsewhere", path, "户籍不在本县，应在户籍地采集；请核对户籍行政区划，或登记为“已迁出”", "Registered in another county, where the record belongs; check the area of registration, or record the person as moved away");
export const registeredInOtherTownship = (path: string): Issue =>
  issue("explain", "registered-in-other-township", path, "户籍在本县其他乡镇，请移交给户籍地；确需在此采集的，请说明原因", "Registered in another township of the county: hand the record over to it, or say why it is captured here");
export const mediaMissing = (path: string, label: Text): Issue =>
  issue("block", "media-missing", path, `“${label.zh}”的文件没有上传成功，请重新上传`, `The file of “${label.en}” was not uploaded; please upload it again`);

/** Code of the note that keeps an approval waiting for the reviewer's tick. */
export const PICTURE_TO_JUDGE = "picture-to-judge";
export const pictureToJudge = (path: string, label: Text): Issue =>
  issue("note", PICTURE_TO_JUDGE, path, `“${label.zh}”的头部大小和位置没能自动判定，请审核人员看照片后勾选确认`, `Size and place of the head in “${label.en}” could not be told by the check; the reviewer looks and ticks`);

export const reasonMissing: Text = { zh: "请填写说明或修订原因", en: "Please give a reason" };
export const keptWaitsForReview: Text = { zh: "档案正在审核，审核通过或退回后才能采用终端的内容；也可以全部保留办公室的内容", en: "The record is under review: values of the terminal can be taken once it is accepted or returned. You may keep the office's values now" };
export const correctionIsSubmitted: Text = { zh: "已入库档案的修订须写明原因并提交审核", en: "A correction of an accepted record gives its reason and goes to review at once" };
