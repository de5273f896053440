// `npm test`: builds the pages, starts one PostgreSQL with a migrated template, makes the installation that journeys copy, and runs every test file
// by node's own runner.
import fs from "node:fs";
import path from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { buildWeb } from "../src/cli/web-build.ts";
import { projectRoot } from "../src/platform/config.ts";
import { startScratch } from "./database.ts";
import { makeInstallation, temporaryFolder } from "./journeys/office.ts";

const lightRunner = import.meta.resolve("./light-runner.ts");
const wanted = process.argv.slice(2);
const folders = ["src", "schemes", "db", "test"];
const rank = (file: string): number => (file.includes("journeys") ? 0 : file.startsWith("test") || file.includes("linkage") ? 1 : 2);
const files = folders
  .flatMap((folder) => fs.readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: "utf8" }).map((file) => path.join(folder, file)))
  .filter((file) => file.endsWith(".test.ts") && (wanted.length === 0 || wanted.some((part) => file.includes(part))))
  // What takes longest first, so that what is left for the end is short: browsers, then whole commands, then modules.
  .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
if (files.length === 0) {
  console.error(`no test file has ${wanted.join(" or ")} in its name`);
  process.exit(1);
}

const [scratch] = await Promise.all([startScratch(), buildWeb()]);
const { host, port, user, password } = scratch.owner("postgres");
process.env["QINGCE_TEST_SERVER"] = JSON.stringify({ host, port, user, password });
const folder = temporaryFolder();
// Each file is a process, and so are the commands and servers they start: what one has compiled the others need not.
process.env["NODE_COMPILE_CACHE"] = path.join(folder, "compiled");
if (files.some((file) => file.includes("journeys"))) {
  process.env["QINGCE_TEST_INSTALLATION"] = path.join(folder, "data");
  await makeInstallation(path.join(folder, "data"));
}

const took = new Map<string, number>();
const events = run({ files, concurrency: 5, cwd: projectRoot, execArgv: ["--import", lightRunner] });
let failed = true;
events.on("test:summary", ({ file, success, duration_ms }) => {
  if (file === undefined) failed = !success;
  else took.set(file, duration_ms);
});
for await (const line of events.compose(new spec())) process.stdout.write(line as string);
// Whoever makes the suite slower should see it.
console.log("longest files, seconds:");
for (const [file, ms] of [...took].sort((a, b) => b[1] - a[1]).slice(0, 20)) console.log(`${(ms / 1000).toFixed(1).padStart(7)}  ${path.relative(projectRoot, file)}`);
await scratch.stop();
fs.rmSync(folder, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
