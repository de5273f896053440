// Political status: GB/T 4762-1984. Older relief systems number a shorter list differently: map by wording, never by number.
import { codeSet, option } from "../../src/scheme/define.ts";
import type { CodeSet } from "../../src/scheme/define.ts";

/** The thirteen codes of GB/T 4762. */
export const political: CodeSet = codeSet(
  "political",
  "政治面貌",
  "Political status",
  [
    option("01", "中共党员", "Member of the CPC", { alsoWritten: ["中国共产党党员", "党员"] }),
    option("02", "中共预备党员", "Probationary member of the CPC", { alsoWritten: ["预备党员", "中国共产党预备党员"] }),
    option("03", "共青团员", "Member of the Communist Youth League", { alsoWritten: ["团员", "中国共产主义青年团团员"] }),
    option("04", "民革党员", "Member of the RCCK", { alsoWritten: ["民革会员", "民革"] }),
    option("05", "民盟盟员", "Member of the CDL", { alsoWritten: ["民盟"] }),
    option("06", "民建会员", "Member of the CNDCA", { alsoWritten: ["民建"] }),
    option("07", "民进会员", "Member of the CAPD", { alsoWritten: ["民进"] }),
    option("08", "农工党党员", "Member of the CPWDP", { alsoWritten: ["农工党"] }),
    option("09", "致公党党员", "Member of the CZGP", { alsoWritten: ["致公党"] }),
    option("10", "九三学社社员", "Member of the Jiusan Society", { alsoWritten: ["九三学社"] }),
    option("11", "台盟盟员", "Member of the TDSL", { alsoWritten: ["台盟"] }),
    option("12", "无党派人士", "Personage without party affiliation", { alsoWritten: ["无党派民主人士", "无党派"] }),
    option("13", "群众", "No party", { alsoWritten: ["普通居民"] }),
  ],
  { standard: "GB/T 4762", edition: "1984" },
);
