// The table of Chinese characters in the database: `han` (simplified form, sound classes) and `alike` (pairs that look alike).
// Made by scripts/generate-han-table.ts, which names its sources.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PAIR_BASE } from "../roles/name.ts";
import { text } from "../sql.ts";
import type { Work } from "./step.ts";

const TABLE = join(import.meta.dirname, "../han.txt");
/** Sound classes lie above all code points, so that an unknown character never has the sound of another. */
const ABOVE_CODE_POINTS = 10_000_000;

/** Loads what the settings' names need; the look-alikes are there for every name, empty when there is no name. */
export async function loadCharacters({ db, settings }: Pick<Work, "db" | "settings">): Promise<void> {
  const names = settings.comparisons.filter((comparison) => comparison.role === "name");
  const lines = names.length === 0 ? "" : await readFile(TABLE, "utf8");
  await db.run(`CREATE TABLE characters AS SELECT list_extract(cells, 1) AS character, list_extract(cells, 2) AS plain, list_extract(cells, 3) AS sound, list_extract(cells, 4) AS alike
    FROM (SELECT string_split(unnest(string_split(${text(lines.trimEnd())}, chr(10))), chr(9)) AS cells)`);
  await db.run(`CREATE TABLE alike AS SELECT unicode(character)::BIGINT * ${PAIR_BASE} + unicode(other) AS pair
    FROM (SELECT character, unnest(string_split(alike, '')) AS other FROM characters WHERE alike <> '') UNION SELECT unicode(other)::BIGINT * ${PAIR_BASE} + unicode(character)
    FROM (SELECT character, unnest(string_split(alike, '')) AS other FROM characters WHERE alike <> '')`);
  if (names.some((comparison) => comparison.role === "name" && comparison.han === true)) {
    const near = "replace(replace(replace(replace(sound, 'zh', 'z'), 'ch', 'c'), 'sh', 's'), 'ng', 'n')";
    await db.run(`CREATE TABLE han AS SELECT unicode(character) AS point, unicode(plain) AS simplified,
        CASE WHEN sound = '' THEN NULL ELSE ${ABOVE_CODE_POINTS} + dense_rank() OVER (ORDER BY sound) END::INTEGER AS sound,
        CASE WHEN sound = '' THEN NULL ELSE ${ABOVE_CODE_POINTS} + dense_rank() OVER (ORDER BY letters) END::INTEGER AS near, letters
      FROM (SELECT *, CASE WHEN starts_with(${near}, 'l') THEN 'n' || substr(${near}, 2) ELSE ${near} END AS letters FROM characters WHERE character <> '')`);
  }
  await db.run("DROP TABLE characters");
}
