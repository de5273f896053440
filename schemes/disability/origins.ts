// Where the items of the disability survey come from, said the same way everywhere, and the builder of a numbered question.
// The marks of the definition language name the trust; the note names the paper: N57, APP, ANN, N22 are all secondary (P).
import { item } from "../../src/scheme/define.ts";
import type { Item, Source, SourceMark } from "../../src/scheme/define.ts";

/** N57: national form 动态1表, 国统制〔2016〕57号. APP: collection app of the 2017–18 round. ANN: table of a provincial system. N22: a system of 2022. */
export type Origin = "N57" | "APP" | "ANN" | "N22" | "S3" | "XH" | "STD" | "P" | "K" | "R";

const PAPERS: Readonly<Partial<Record<Origin, string>>> = {
  N57: "N57 动态1表(国统制〔2016〕57号)",
  APP: "APP 2017–18采集程序",
  ANN: "ANN 省级系统登记表",
  N22: "N22 2022年系统",
};

/** A source by its papers; `remark` says what was chosen or reconstructed, such as labels that are editable defaults. */
export function from(origins: readonly Origin[], remark?: string): Source {
  const marks = [...new Set(origins.map((origin): SourceMark => (origin in PAPERS ? "P" : (origin as SourceMark))))];
  const note = [...origins.flatMap((origin) => PAPERS[origin] ?? []), ...(remark === undefined ? [] : [remark])].join("; ");
  return note === "" ? { marks } : { marks, note };
}

/** The remark of items whose option labels were found in no source. */
export const EDITABLE = "labels marked R are editable defaults, not literal";

type Rest = Omit<Item, "key" | "kind" | "label" | "source" | "sensitivity" | "number"> & Partial<Pick<Item, "sensitivity">>;

/** An item of the form with its number of the year (`R12`); no number for items the form leaves without one. */
export function question(number: string | undefined, key: string, kind: Item["kind"], zh: string, en: string, source: Source, rest: Rest = {}): Item {
  return { ...item(key, kind, zh, en, source.marks, rest), source, ...(number === undefined ? {} : { number }) };
}
