// `npm test`: builds the pages, starts one PostgreSQL with a migrated template, and runs every test file by node's own runner.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { buildWeb } from "../src/cli/web-build.ts";
import { projectRoot } from "../src/platform/config.ts";
import { startScratch } from "./database.ts";

const wanted = process.argv.slice(2);
const folders = ["src", "schemes", "db", "test"];
const files = folders
  .flatMap((folder) => fs.readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: "utf8" }).map((file) => path.join(folder, file)))
  .filter((file) => file.endsWith(".test.ts") && (wanted.length === 0 || wanted.some((part) => file.includes(part))))
  .sort();
if (files.length === 0) {
  console.error(`no test file has ${wanted.join(" or ")} in its name`);
  process.exit(1);
}

await buildWeb();
const scratch = await startScratch();
const { host, port, user, password } = scratch.owner("postgres");
const runner = spawn(process.execPath, ["--test", "--test-concurrency=2", "--test-reporter=spec", ...files], {
  cwd: projectRoot,
  stdio: "inherit",
  env: { ...process.env, QINGCE_TEST_SERVER: JSON.stringify({ host, port, user, password }) },
});
const code = await new Promise<number>((resolve) => runner.on("exit", (status) => resolve(status ?? 1)));
await scratch.stop();
process.exit(code);
