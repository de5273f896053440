// The program that reads what others sent, in a process of its own: whatever a file does to its reader, the office goes on. Asked over the
// channel of its parent (`reading.ts`); it ends with it.
import fs from "node:fs/promises";
import type { Issue, Text } from "../../core/issue.ts";
import { Problem, type ProblemCode } from "../../core/problem.ts";
import { scanFreeText } from "../../core/unit-designation.ts";
import type { SheetRow } from "../../platform/sheet-row.ts";
import { openSpreadsheet, type Spreadsheet } from "../../platform/spreadsheet.ts";
import { openArrived, type Reading } from "./arrived-file.ts";
import { withoutDesignations } from "./clean-copy.ts";
import { type Peek, peek } from "./peek.ts";
import type { Target } from "./targets.ts";

/** `file` holds the bytes; what is made of them is written beside it. */
export type Question =
  | { readonly ask: "arrived"; readonly file: string; readonly folder: string; readonly targets: readonly Target[]; readonly remembered: Readonly<Record<string, string>>; readonly sheet?: string; readonly parquet: boolean }
  | { readonly ask: "peek"; readonly file: string; readonly targets: readonly Target[]; readonly remembered: Readonly<Record<string, string>>; readonly sheet?: string }
  | { readonly ask: "open"; readonly file: string; readonly sheet: string }
  | { readonly ask: "next" };
export type Answer =
  /** `kept`: the file with what is kept of the content. */
  | { readonly say: "arrived"; readonly reading: Reading; readonly seen: Peek; readonly kept: string }
  | { readonly say: "peek"; readonly seen: Peek }
  | { readonly say: "open"; readonly expected: number }
  /** Undefined at the end. */
  | { readonly say: "next"; readonly rows: readonly SheetRow[] | undefined }
  | { readonly say: "problem"; readonly code: ProblemCode; readonly detail?: Text; readonly issues: readonly Issue[] }
  | { readonly say: "broken"; readonly error: string };

/** A sheet program holds 32,767 characters in a cell; longer texts are no list of people. */
const LONGEST_CELL = 100_000;
const MOST_COLUMNS = 512;

/** The same rows; one that no list has ends the reading. */
function bounded(book: Spreadsheet): Spreadsheet {
  return {
    ...book,
    async *rows(sheet) {
      for await (const chunk of book.rows(sheet)) {
        for (const { no, cells } of chunk) {
          if (cells.length > MOST_COLUMNS) throw new Problem("file-not-readable", { zh: `第 ${no} 行有 ${cells.length} 列，最多 ${MOST_COLUMNS} 列；请检查分隔符`, en: `Row ${no} has ${cells.length} columns, at most ${MOST_COLUMNS}; check the separator` });
          if (cells.some((cell) => typeof cell === "string" && cell.length > LONGEST_CELL)) throw new Problem("file-not-readable", { zh: `第 ${no} 行有一个单元格超过 ${LONGEST_CELL / 10_000} 万字，请检查引号是否配对`, en: `Row ${no} has a cell of more than ${LONGEST_CELL} characters; check whether quotes are paired` });
        }
        yield chunk;
      }
    },
  };
}

let reading: AsyncGenerator<readonly SheetRow[]> | undefined;

async function answer(question: Question): Promise<Answer> {
  if (question.ask === "next") return { say: "next", rows: (await reading?.next())?.value as readonly SheetRow[] | undefined };
  reading = undefined;
  const bytes = await fs.readFile(question.file);
  if (question.ask === "open") {
    const book = bounded(openSpreadsheet(bytes));
    reading = book.rows(question.sheet);
    return { say: "open", expected: await book.expectedRows(question.sheet) };
  }
  if (question.ask === "peek") return { say: "peek", seen: await peek(bounded(openSpreadsheet(bytes)), question.targets, question.remembered, question.sheet) };
  const arrived = await openArrived(question.folder, bytes);
  if (arrived.reading.format === "parquet" && !question.parquet) throw new Problem("file-not-readable", { zh: "底册请用 xlsx 或 csv 上传", en: "Send a base list as xlsx or csv" });
  const book = bounded(arrived.book);
  if (book.sheets.some((name) => scanFreeText(name).verdict === "refuse")) throw new Problem("unit-designation");
  const seen = await peek(book, question.targets, question.remembered, question.sheet);
  const clean = await withoutDesignations(book, arrived.bytes);
  const kept = clean === bytes ? question.file : `${question.file}.kept`;
  if (kept !== question.file) await fs.writeFile(kept, clean, { mode: 0o600 });
  return { say: "arrived", reading: arrived.reading, seen, kept };
}

function main(): void {
  const tell = (said: Answer): void => void process.send?.(said);
  process.on("disconnect", () => process.exit(1)); // the parent is gone
  process.on("message", (question: Question) => {
    answer(question).then(tell, (error: unknown) => {
      if (error instanceof Problem) tell({ say: "problem", code: error.code, issues: error.issues, ...(error.detail && { detail: error.detail }) });
      else tell({ say: "broken", error: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : "unknown" });
    });
  });
}

if (process.argv[1] === import.meta.filename) main();
