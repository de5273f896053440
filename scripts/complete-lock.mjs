// After a change of dependencies: adds stubs for optional packages of other platforms that the registry did not have when
// the lock was made. npm drops them from the lock and then refuses its own lock; with the stubs `npm ci` accepts it.
import fs from "node:fs";

const file = "package-lock.json";
const lock = JSON.parse(fs.readFileSync(file, "utf8"));
const systems = ["android", "darwin", "win32", "linux", "freebsd", "openbsd", "netbsd", "sunos", "aix", "openharmony"];
const processors = ["arm64", "x64", "arm", "ia32", "ppc64", "loong64", "riscv64", "s390x"];

/** Looks a package up the way Node does: beside its dependent, then in each folder above. */
function isLocked(dependent, name) {
  for (let folder = dependent; ; ) {
    if (lock.packages[`${folder ? `${folder}/` : ""}node_modules/${name}`]) return true;
    if (!folder) return false;
    const up = folder.lastIndexOf("node_modules/");
    folder = up <= 0 ? "" : folder.slice(0, up - 1);
  }
}

let added = 0;
for (const [dependent, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(dependent, name) || !/^\d+\.\d+\.\d+[\w.+-]*$/.test(range)) continue;
    const parts = name.split("/").pop().split("-");
    const os = systems.find((system) => parts.includes(system)) ?? (parts.includes("windows") ? "win32" : undefined);
    const cpu = processors.find((processor) => parts.includes(processor));
    if (!os) continue;
    lock.packages[`node_modules/${name}`] = { version: range, optional: true, ...(entry.dev ? { dev: true } : {}), os: [os], ...(cpu ? { cpu: [cpu] } : {}) };
    added++;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`added ${added} entries`);
