// The whole matrix: every operation by every role from every place for every programme, held against the oracle; every byte of every answer searched.
import type { Bench } from "../run.ts";
import { walk } from "../../test/authority/walk.ts";

export const bench: Bench = {
  summary: "who may do what, all cells; AUTHORITY_SHARE (0–1) walks a share of them, AUTHORITY_PART (such as 2/6) one of several parts that together are all",
  async run() {
    const share = Number(process.env["AUTHORITY_SHARE"] ?? 1);
    const [no = 1, of = 1] = (process.env["AUTHORITY_PART"] ?? "1/1").split("/").map(Number);
    if (!(Number.isInteger(no) && Number.isInteger(of) && no >= 1 && no <= of)) throw new Error("AUTHORITY_PART is a number and how many parts there are, such as 2/6");
    const before = process.cpuUsage();
    const walked = await walk(share, (done, all) => process.stderr.write(`\r  ${done} of ${all} operations`), { no, of });
    const { user, system } = process.cpuUsage(before);
    process.stderr.write("\r\u001b[K");
    for (const { cell, fault } of [...walked.leaks, ...walked.wrong].slice(0, 100)) console.log(`  ${cell}: ${fault}`);
    const count = (beginning: string): number => Object.entries(walked.byStatus).reduce((sum, [status, n]) => sum + (status.startsWith(beginning) ? n : 0), 0);
    return [
      { what: "operations", value: String(walked.operations), beside: `${walked.withoutThing.length} on things that the walk does not make` },
      { what: "cells walked", value: walked.cells.toLocaleString("en") },
      { what: "seconds", value: walked.seconds.toFixed(1), beside: `${((walked.seconds * 1000) / walked.cells).toFixed(2)} ms a cell; processor ${((user + system) / 1e3 / walked.cells).toFixed(2)} ms of it, making the ground counted in; the database besides` },
      { what: "answered, refused, not found", value: `${count("2")} / ${count("403")} / ${count("404")}`, beside: `${count("400") + count("409") + count("422")} otherwise` },
      { what: "leaks", value: String(walked.leaks.length) },
      { what: "wrong answers", value: String(walked.wrong.length) },
    ];
  },
};
