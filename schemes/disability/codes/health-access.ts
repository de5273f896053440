// Code sets of treatment, rehabilitation, barrier-free homes, culture and sport (R34–R41), and of the later check.
import { codeSet, option, options } from "../../../src/scheme/define.ts";
import type { CodeSet } from "../../../src/scheme/define.ts";

const untreatedReason = codeSet(
  "untreated-reason",
  "未就诊主要原因",
  "Main reasons for going without treatment",
  options([
    ["1", "自感病轻", "Felt only slightly ill"],
    ["2", "经济困难", "Cannot afford it"],
    ["3", "就医不便", "Hard to reach a doctor"],
    ["4", "无人陪护", "Nobody to go along"],
    ["5", "其他", "Other"],
  ]),
);

const rehabReceived = codeSet("rehab-received", "得到的康复服务", "Rehabilitation received", [
  option("1", "手术", "Operation"),
  option("2", "药物", "Medicine"),
  option("3", "功能训练", "Functional training"),
  option("4", "辅助器具", "Assistive devices", { alsoWritten: ["辅具"] }),
  option("5", "护理", "Nursing"),
  option("6", "未得到", "None received", { exclusive: true }),
]);

const noRehabReason = codeSet(
  "no-rehab-reason",
  "未得到康复服务原因",
  "Reasons for receiving no rehabilitation",
  options([
    ["1", "无需求", "Not needed"],
    ["2", "不知道有服务", "Did not know of the service"],
    ["3", "无服务机构或不便", "No place that offers it, or hard to reach"],
    ["4", "经济困难", "Cannot afford it"],
  ]),
);

/** Training and devices are told apart by the kind of disability; artificial limbs are a kind of device for physical disability. */
const rehabNeed = codeSet("rehab-need", "康复需求", "Need of rehabilitation", [
  option("1", "手术", "Operation"),
  option("2", "药物", "Medicine"),
  option("3", "功能训练", "Functional training", { needsSub: true }),
  option("31", "视力功能训练", "Training for sight", { parent: "3" }),
  option("32", "听力言语功能训练", "Training for hearing and speech", { parent: "3", alsoWritten: ["听力功能训练"] }),
  option("33", "肢体功能训练", "Physical training", { parent: "3" }),
  option("34", "智力功能训练", "Intellectual training", { parent: "3" }),
  option("35", "精神功能训练", "Mental training", { parent: "3" }),
  option("4", "辅助器具", "Assistive devices", { needsSub: true }),
  option("41", "视力辅助器具", "Devices for sight", { parent: "4" }),
  option("42", "听力辅助器具", "Devices for hearing", { parent: "4" }),
  option("43", "言语辅助器具", "Devices for speech", { parent: "4" }),
  option("44", "肢体辅助器具", "Devices for physical disability", { parent: "4" }),
  option("441", "上肢假肢", "Artificial arm or hand", { parent: "44" }),
  option("442", "小腿假肢", "Artificial lower leg", { parent: "44" }),
  option("443", "大腿假肢", "Artificial leg from the thigh", { parent: "44" }),
  option("45", "智力辅助器具", "Devices for intellectual disability", { parent: "4" }),
  option("5", "护理", "Nursing"),
  option("6", "无", "None", { exclusive: true }),
]);

const alterations: readonly (readonly [string, string, string])[] = [
  ["1", "平整地面、坡化", "Level floors and ramps"],
  ["2", "低位灶台", "Low kitchen counter"],
  ["3", "房门改造", "Altered doors"],
  ["4", "坐便器", "Seat toilet"],
  ["5", "扶手", "Handrails"],
  ["6", "闪光(可视)门铃", "Flashing or video doorbell"],
  ["7", "煤气泄漏报警装置", "Gas alarm"],
  ["8", "其他(热水器、上网读屏软件等)", "Other (water heater, screen reader …)"],
];

const barrierNeed = codeSet("barrier-need", "无障碍改造需求", "Need of alterations", [
  ...options(alterations),
  option("9", "无", "None", { exclusive: true }),
]);

/** What was altered; asked since 2022. */
export const barrierWorks: CodeSet = codeSet("barrier-works", "已改造项目", "Alterations made", options(alterations));

const cultureReason = codeSet(
  "culture-reason",
  "不能经常参加的原因",
  "Reasons for not taking part",
  options([
    ["1", "没有适合的活动项目", "No suitable activity"],
    ["2", "没有适合的场所和设施", "No suitable place and facilities"],
    ["3", "没有人组织和指导", "Nobody who organises and guides"],
    ["4", "其他", "Other"],
  ]),
);

const checkState = codeSet("check-state", "核查状态", "State of the check", [
  option("1", "待核查", "To be checked", { alsoWritten: ["自报待核", "未审核"] }),
  option("2", "审核通过", "Passed"),
  option("3", "退回核实", "Sent back"),
]);

/** Code sets of R34, R36 (asked until 2021), of R35 and R37, of R39 and R41. */
export const illnessCodes: readonly CodeSet[] = [untreatedReason, noRehabReason];
export const rehabCodes: readonly CodeSet[] = [rehabReceived, rehabNeed];
export const accessCodes: readonly CodeSet[] = [barrierNeed, cultureReason, checkState];
