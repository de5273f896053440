// `npm run check`: format, lint, types, architecture.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { projectRoot } from "../src/platform/config.ts";

const bin = (name: string): string => path.join(projectRoot, "node_modules/.bin", name);
const steps: readonly (readonly [string, string, readonly string[]])[] = [
  ["lint", bin("oxlint"), ["--type-aware", "src", "schemes", "db", "test", "bench", "scripts"]],
  ["types", bin("tsc"), ["-p", "."]],
  ["architecture", process.execPath, ["--test", "--test-reporter=dot", "test/architecture.test.ts"]],
];
let failed = false;
for (const [name, command, args] of steps) {
  const { status } = spawnSync(command, args, { cwd: projectRoot, stdio: "inherit" });
  console.log(`${status === 0 ? "✔" : "✖"} ${name}`);
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
