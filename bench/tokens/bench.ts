// Matching without showing lists beside matching in the clear: the same two fictional lists of 100,000 people with dirt, once as keyed
// tokens and once as they are. How many of the true persons are found, how many wrongly, and what it costs.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { chinesePersons } from "../../src/linkage/chinese-persons.ts";
import { linkInChild } from "../../src/linkage/child.ts";
import { dirtyPeople, random, type Row, type Sample, withId, writeCsv } from "../../src/linkage/dirty-people.fixture.ts";
import { readLinks } from "../../src/linkage/results.ts";
import { matchTokens, readTokens } from "../../src/linkage/token-match.ts";
import { kinds, newTokenKey, tokenFile, tokenMaker, type TokenPerson } from "../../src/linkage/tokens.ts";
import type { Bench } from "../run.ts";

const people = Number(process.env["TOKEN_PEOPLE"] ?? 100_000);
const personOf = (row: Row): TokenPerson => ({ id: row.id, name: row.name, sound: row.name_pinyin, id18: row.id18, valid: row.id_valid === "1", birth: row.birth, sex: row.sex, phone: row.phone, area: row.area12 });

/** A tenth of the right rows lose more: the number with the phone, the place, or a part of the birth date. */
function dirtier(sample: Sample, seed: number): Row[] {
  const next = random(seed);
  return sample.right.map((row) => {
    if (next() >= 0.1) return row;
    const kind = next();
    if (kind < 0.4) return { ...withId(row, ""), phone: "" };
    if (kind < 0.7) return { ...withId(row, ""), area12: `${row.area12.slice(0, 6)}099099` };
    return { ...withId(row, ""), birth: `${row.birth.slice(0, 8)}${String(1 + Math.floor(next() * 28)).padStart(2, "0")}` };
  });
}

/** Rows of the list (right) that were found, and how many of them truly. */
const rates = (found: ReadonlySet<string>, truth: ReadonlyMap<string, string>): string => {
  const right = [...found].filter((id) => truth.has(id)).length;
  const [precision, recall] = [right / Math.max(1, found.size), right / truth.size];
  return `${precision.toFixed(5)} / ${recall.toFixed(5)} / ${((2 * precision * recall) / (precision + recall)).toFixed(5)}`;
};

export const bench: Bench = {
  summary: `${people.toLocaleString("en")} × ${people.toLocaleString("en")} people found without showing the lists, beside the clear match of the same lists`,
  async run() {
    const sample = dirtyPeople({ people, strangers: Math.round(people * 0.12), seed: 20_261 });
    const right = dirtier(sample, 7);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "qingce-tokens-"));
    try {
      const key = newTokenKey();
      const timed = <T>(act: () => T): [T, number] => {
        const from = performance.now();
        return [act(), (performance.now() - from) / 1000];
      };
      const [files, making] = timed(() => [tokenFile(right.map(personOf), key, "sha256"), tokenFile(sample.left.map(personOf), key, "sha256")] as const);
      const [, sm3] = timed(() => sample.left.slice(0, 10_000).map(personOf).map(tokenMaker(key, "sm3")));
      const [lists, reading] = timed(() => [readTokens(files[0].file), readTokens(files[1].file)] as const);
      const [match, matching] = timed(() => matchTokens(lists[0], lists[1]));
      const blind = new Set(match.hits.filter((hit) => hit.decision === "hit").map((hit) => files[0].rows.get(hit.row) ?? ""));
      const withPerhaps = new Set(match.hits.map((hit) => files[0].rows.get(hit.row) ?? ""));
      const from = performance.now();
      const report = await linkInChild({ left: writeCsv(path.join(folder, "left.csv"), sample.left), right: writeCsv(path.join(folder, "right.csv"), right), settings: chinesePersons, workFolder: path.join(folder, "link") });
      const clearSeconds = (performance.now() - from) / 1000;
      const [clear, clearWithReview] = [new Set<string>(), new Set<string>()];
      for await (const link of readLinks(path.join(folder, "link"))) {
        clearWithReview.add(link.right_id);
        if (link.decision === "automatic") clear.add(link.right_id);
      }
      const rows = sample.left.length + right.length;
      return [
        { what: "blind: precision / recall / F1 of the hits", value: rates(blind, sample.truth), beside: `${blind.size.toLocaleString("en")} of ${right.length.toLocaleString("en")} rows` },
        { what: "clear: precision / recall / F1 of the automatic links", value: rates(clear, sample.truth), beside: `${clear.size.toLocaleString("en")} rows` },
        { what: "blind with perhaps", value: rates(withPerhaps, sample.truth) },
        { what: "clear with review", value: rates(clearWithReview, sample.truth), beside: `${report.counts.review} for review` },
        { what: "making tokens (HMAC-SHA-256 and filter)", value: `${making.toFixed(1)} s`, beside: `${Math.round(rows / making).toLocaleString("en")} people/s, ${Math.round((rows * kinds.length) / making).toLocaleString("en")} tokens/s` },
        { what: "making tokens (HMAC-SM3), 10,000 people", value: `${sm3.toFixed(1)} s`, beside: `${Math.round(10_000 / sm3).toLocaleString("en")} people/s` },
        { what: "blind match (reading and matching)", value: `${reading.toFixed(1)} + ${matching.toFixed(1)} s`, beside: `clear match ${clearSeconds.toFixed(1)} s; ${match.pairs.toLocaleString("en")} pairs, ${match.skippedPairs} left out` },
        { what: "token file", value: `${Math.round(files[1].file.length / 2 ** 20)} MB`, beside: `${Math.round(files[1].file.length / sample.left.length)} bytes a person` },
      ];
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  },
};
