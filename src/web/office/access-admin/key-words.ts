// Phrases of the page of keys.
import { phrases } from "../../shared/words.ts";

export const keyWords = phrases({
  title: { zh: "密钥轮换", en: "Renewal of keys" },
  help: { zh: "密钥存放在数据库之外，本页不显示任何密钥。轮换时新数据立即使用新版，各人密钥在后台重新封装，不影响使用；旧版无人使用满 15 分钟后销毁。轮换后请备份密钥文件夹。", en: "Keys lie outside the database, and none is shown here. After a renewal what is new goes under the new version at once and people's keys are wrapped anew in the background while everybody works; the former version is destroyed 15 minutes after nothing lies under it. Copy the folder of keys afterwards." },
  versions: { zh: "密钥加密密钥的版本", en: "Versions of the key-encryption key" },
  renewing: { zh: "正在轮换：{all} 人中已完成 {done} 人", en: "At work: {done} of {all} {all|person is|people are} done" },
  version: { zh: "版本", en: "Version" },
  newest: { zh: "（当前）", en: "(in use)" },
  suite: { zh: "密码套件", en: "Cipher suite" },
  international: { zh: "国际（AES-256-GCM）", en: "International (AES-256-GCM)" },
  national: { zh: "国密（SM4-GCM）", en: "National (SM4-GCM)" },
  madeAt: { zh: "生成时间", en: "Made" },
  people: { zh: "封装人数", en: "People under it" },
  renew: { zh: "开始轮换", en: "Begin a renewal" },
  sure: { zh: "将生成新版密钥加密密钥。请确认密钥文件夹已有备份。", en: "A new version will be made. Make sure that the folder of keys has been copied." },
  cancel: { zh: "取消", en: "Cancel" },
  begun: { zh: "第 {version} 版已生成，正在后台重新封装", en: "Version {version} is made; people's keys are being wrapped anew" },
  busy: { zh: "上一次轮换尚未完成", en: "The renewal before is still at work" },
});
