// Kind of household registration. No national code since the reform of 2014 (国发〔2014〕25号), whose year is the edition; most new cards say 居民户口.
import { codeSet, option } from "../../src/scheme/define.ts";
import type { CodeSet } from "../../src/scheme/define.ts";

/** Farming, non-farming and, since 2014, the undivided resident registration. */
export const hukouType: CodeSet = codeSet(
  "hukou-type",
  "户口类型",
  "Kind of household registration",
  [
    option("1", "农业(农村)户口", "Rural (farming)", { alsoWritten: ["农业", "农村", "农业户口", "农村户口", "农业家庭户"] }),
    option("2", "非农业(城镇)户口", "Urban (non-farming)", { alsoWritten: ["非农业", "城镇", "非农业户口", "城镇户口", "非农业家庭户"] }),
    option("3", "居民户口", "Resident (undivided, since 2014)", { alsoWritten: ["居民", "居民家庭户"] }),
  ],
  { edition: "2014" },
);
