// `npm run bench -- [name …]`: runs benchmarks and prints what they measured. They print ratios; none fails on a time.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export type Figure = { readonly what: string; readonly value: string; readonly beside?: string };
export type Bench = { readonly summary: string; readonly run: () => Promise<readonly Figure[]> };

const here = import.meta.dirname;
const names = fs.readdirSync(here).filter((name) => fs.existsSync(path.join(here, name, "bench.ts")));

if (import.meta.main) {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`no benchmark ${unknown.join(", ")}; there are: ${names.join(", ")}`);
    process.exit(1);
  }
  console.log(`${os.cpus()[0]?.model ?? "unknown processor"} × ${os.cpus().length}, ${Math.round(os.totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}, load ${os.loadavg()[0]?.toFixed(1)}`);
  for (const name of asked.length > 0 ? asked : names) {
    const { bench } = (await import(`./${name}/bench.ts`)) as { bench: Bench };
    console.log(`\n${name}: ${bench.summary}`);
    for (const { what, value, beside } of await bench.run()) console.log(`  ${what.padEnd(58)} ${value.padStart(16)}${beside ? `   ${beside}` : ""}`);
  }
  process.exit(0);
}
