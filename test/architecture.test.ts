// The plan of the house, executable: who may import whom, who owns which table, that every route names its permission,
// that files stay readable. When it fails it prints the table and the offenders.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { order } from "../src/modules/order.ts";
import { permissions } from "../src/modules/access/rules.ts";
import { projectRoot } from "../src/platform/config.ts";

type SourceFile = { readonly file: string; readonly text: string; readonly imports: readonly { readonly from: string; readonly typeOnly: boolean; readonly lazy: boolean }[] };

const table = `
  folder             may import
  core               nothing (types of TypeBox)
  scheme, bundle,    core (+ TypeBox; a cipher library in bundle)
    statistics
  linkage            core, TypeBox, DuckDB in one file
  platform           core, db; the ciphers of bundle
  modules/x          core, scheme, bundle, statistics, platform; of modules before x only contract, rules, service, events; linkage only from matching and fusion,
                     its reading of Parquet from exchange, its opening of DuckDB from insight
  web                core, scheme, bundle, and contract.ts and rules.ts of modules
  server, worker,    everything but web
    reactions, cli
  schemes            core, scheme/define, scheme/model, scheme/expression, linkage/model, statistics`;

const sources = walk(["src", "schemes", "db"]).map(read);
const product = sources.filter(({ file }) => !file.endsWith(".test.ts"));

function walk(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => path.posix.join(folder, file)),
  );
}

function read(file: string): SourceFile {
  const text = fs.readFileSync(path.join(projectRoot, file), "utf8");
  const found = [...text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gms), ...text.matchAll(/(await )?import\("([^"]+)"\)/g)];
  const imports = found.map((match) => {
    const from = match[2]!;
    const lazy = match[0].includes("import(");
    return { lazy, from: from.startsWith(".") ? path.posix.normalize(path.posix.join(path.posix.dirname(file), from)) : from, typeOnly: match[1]?.startsWith("type") ?? false };
  });
  return { file, text, imports };
}

const isPackage = (from: string): boolean => !/^(src|schemes|db|test|scripts)\//.test(from);
const inside = (file: string, folder: string): boolean => file.startsWith(`${folder}/`);
const moduleOf = (file: string): string | undefined => /^src\/modules\/([^/]+)\//.exec(file)?.[1];
const openParts = /^src\/modules\/[^/]+\/(contract|rules|service|events)\.ts$/;

/** Why an import breaks the table, or undefined. */
function offence(file: string, from: string, typeOnly: boolean): string | undefined {
  const to = (...folders: string[]): boolean => folders.some((folder) => inside(from, folder) || from === folder);
  if (inside(file, "src/core")) return to("src/core") || (from === "typebox" && typeOnly) ? undefined : "core imports nothing";
  if (inside(file, "src/bundle") && /^@noble\/(curves|hashes)\//.test(from)) return undefined;
  if (inside(file, "src/scheme") || inside(file, "src/bundle") || inside(file, "src/statistics")) {
    return to("src/core", file.split("/").slice(0, 2).join("/")) || /^typebox(\/|$)/.test(from) ? undefined : "pure folders import core only";
  }
  if (inside(file, "src/linkage")) {
    if (from === "@duckdb/node-api") return file === "src/linkage/duckdb.ts" ? undefined : "DuckDB is used in linkage/duckdb.ts only";
    return to("src/core", "src/linkage") || /^typebox(\/|$)/.test(from) || from.startsWith("node:") ? undefined : "linkage imports core only";
  }
  if (inside(file, "src/platform")) return to("src/core", "src/platform", "db") || isPackage(from) || /^src\/bundle\/(bytes|sm4-gcm|suite-model)\.ts$/.test(from) ? undefined : "platform imports core, db and the ciphers of bundle";
  if (inside(file, "src/web")) {
    if (isPackage(from)) return from.startsWith("node:") && !/vite\.config\.ts$|^src\/web\/build\//.test(file) ? "web runs in a browser" : undefined;
    return to("src/core", "src/scheme", "src/bundle", "src/web") || /^src\/modules\/([^/]+\/(contract|rules)|order|shapes)\.ts$/.test(from) ? undefined : "web imports contracts and rules only";
  }
  const module = moduleOf(file);
  if (module) {
    if (isPackage(from) || to("src/core", "src/scheme", "src/bundle", "src/statistics", "src/platform", "db") || from === "src/modules/shapes.ts") return undefined;
    // Lists come as Parquet too, and only linkage knows DuckDB.
    if (module === "exchange" && /^src\/linkage\/(parquet-rows|fault)\.ts$/.test(from)) return undefined;
    // Snapshots are Parquet, asked through the one file that opens DuckDB.
    if (module === "insight" && /^src\/linkage\/(duckdb|sql)\.ts$/.test(from)) return undefined;
    if (to("src/linkage")) return module === "matching" || module === "fusion" ? undefined : "linkage is for matching and fusion";
    const other = moduleOf(from);
    if (other === module) return undefined;
    if (!other) return "a module imports no composition";
    if (order.indexOf(other as never) > order.indexOf(module as never)) return `${other} comes after ${module}`;
    return openParts.test(from) || typeOnly ? undefined : "of other modules only contract, rules, service, events";
  }
  if (inside(file, "schemes")) {
    return to("schemes", "src/core", "src/statistics") || /^src\/(scheme\/(define|model|expression)|linkage\/model)\.ts$/.test(from) ? undefined : "schemes are data";
  }
  if (inside(file, "db")) return to("db", "src/core") || isPackage(from) ? undefined : "db imports core";
  return inside(from, "src/web") ? "only web imports web" : undefined;
}

test("every import follows the table", () => {
  const offenders = product.flatMap(({ file, imports }) =>
    imports.flatMap(({ from, typeOnly }) => {
      const why = offence(file, from, typeOnly);
      return why ? [`${file} → ${from}: ${why}`] : [];
    }),
  );
  assert.deepEqual(offenders, [], `${table}\n\n${offenders.join("\n")}`);
});

test("there are no import cycles (a page that is loaded later may know its route)", () => {
  const graph = new Map(product.map(({ file, imports }) => [file, imports.filter(({ from, lazy }) => !lazy && !isPackage(from)).map(({ from }) => from)]));
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    const at = trail.indexOf(file);
    assert.equal(at, -1, `cycle: ${[...trail.slice(at), file].join(" → ")}`);
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
});

test("no barrels, no default exports, no catch-all names", () => {
  for (const { file, text } of product) {
    const name = path.basename(file);
    assert.ok(!/^index\.tsx?$/.test(name), `${file} is a barrel`);
    assert.ok(!/(util|helper|common|manager|misc)/i.test(name), `${file}: say what it is for`);
    if (!name.endsWith(".config.ts")) assert.ok(!/^export default /m.test(text), `${file} has a default export`);
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    assert.ok(!/\bas any\b|: any\b/.test(code) && !/@ts-(ignore|nocheck)/.test(text), `${file} turns the types off`);
  }
});

test("files open with what they are for and stay under 400 lines", () => {
  for (const { file, text } of sources) {
    assert.ok(/^(#!.*\n)?\/\/ /.test(text), `${file} opens without a comment`);
    assert.ok(text.split("\n").length <= 401 || file === "db/types.ts", `${file} has ${text.split("\n").length} lines`);
  }
});

/** Which module may write a table; the rest read it through services, or in one documented query. */
const owners: Readonly<Record<string, string>> = {
  office: "access", account: "access", account_role: "access", account_batch: "access", reveal_count: "auditing", administrator_handover: "access", session: "access", login_attempt: "access", installation: "access",
  access_policy: "access", former_password: "access", activation: "access", second_factor: "access", recovery_code: "access", enrolment: "access", pending_sign_in: "access",
  area: "areas", area_load: "areas",
  scheme_version: "schemes", campaign: "campaigns", campaign_window: "campaigns", campaign_seat: "campaigns", section_lock: "campaigns", record_step: "records", parked_fact: "records", area_change: "areas", campaign_move: "campaigns", window_extension: "campaigns",
  subject: "records", subject_name_part: "records", record: "records", revision: "records", media: "records", vouch_list: "records", kept_version: "records",
  emergency_access: "lookups", account_kin: "lookups", decoy: "lookups",
  remark: "review", handover: "review", contested_number: "records", record_merge: "review",
  collector_verdict: "supervision", collector_work: "supervision", collector_work_seen: "supervision", office_message: "supervision", station: "stations", roster_entry: "stations", visit: "stations",
  sampling_plan: "sampling", sample: "sampling", sample_person: "sampling",
  device: "fieldwork", device_operator: "fieldwork", device_lease: "fieldwork", up_bundle: "fieldwork", bundle_entry: "fieldwork", down_bundle: "fieldwork", notice: "fieldwork", handed_back: "fieldwork", record_left: "records",
  scheme_draft: "drafting", scheme_edit: "drafting", dry_run: "drafting", dry_run_sample: "drafting",
  import_batch: "exchange", import_row: "exchange", row_left_out: "exchange", agreement: "exchange", authorisation: "exchange", authorisation_need: "exchange",
  supplier_mapping: "exchange", supplier_word: "exchange", arrival_plan: "exchange", intake_token: "exchange", intake_request: "exchange", inbox_file: "exchange",
  match_run: "matching", link: "matching", finding: "matching", listed_person: "matching", pair_decision: "matching", pair_opinion: "matching",
  fusion: "fusion", fusion_person: "fusion", fusion_row: "fusion", fusion_doubt: "fusion", blind_exchange: "fusion",
  case_file: "dispatch", case_step: "dispatch", case_reroute: "dispatch", case_tally: "dispatch", case_span: "dispatch", return_file: "dispatch", holiday: "dispatch", holiday_year: "dispatch", row_claim: "matching", member_claim: "matching", report: "reports", statistics_release: "reports", count_change: "campaigns", count_start: "campaigns", count_standing: "campaigns", count_taken: "campaigns", release: "releases",
  assessment: "safeguards", incident: "safeguards", privacy_notice: "safeguards", notice_given: "safeguards", consent: "safeguards", restriction: "records", hold_below: "records",
  serving: "departments", outbox_head: "departments", outbox_event: "departments",
  citizen: "citizen", citizen_session: "citizen", citizen_use: "citizen", declaration: "citizen", declaration_step: "citizen",
  snapshot: "insight", parameter_set: "insight", index_value: "insight", tag_rule: "insight", boundary: "insight",
  person_request: "rights", correction_notice: "rights", incident_person: "rights",
  node_peer: "federation", node_bundle: "federation", node_sent: "federation", node_order: "federation",
  household: "aid", household_member: "aid", support_duty: "aid", household_change: "aid", household_event: "aid", aid_item: "aid", aid_standard: "aid", aid_tier: "aid", resident_population: "aid",
  aid_application: "aid", aid_use: "aid", aid_decision: "aid", aid_intake: "aid", aid_delivery: "aid", aid_offer: "aid", aid_need: "aid", aid_match: "aid", aid_duty: "aid", warning_rule: "aid", warning: "aid", warning_step: "aid", warning_tally: "aid",
  event: "platform", audit_entry: "platform", audit_chain: "platform", audit_checkpoint: "platform", audit_stub: "platform", audit_cursor: "platform", audit_retention: "platform",
  audit_check: "auditing", audit_mark: "auditing",
  idempotency: "platform", task: "platform", reaction_cursor: "platform", subject_key: "platform", erasure: "platform",
};
/** Writes that cross the border on purpose, each with its reason. */
const allowedWrites: Readonly<Record<string, readonly string[]>> = {
  // A remark's answer and a decision change the record's state and its count of open remarks in one statement.
  record: ["review"],
  remark: ["records"],
  // A capture stores its revision, its fact and its audit row in one round trip.
  event: ["records"],
  // People come with their keys, thousands in one statement.
  subject_key: ["records"],
  // A person asks their own task to stop.
  task: ["tasks"],
  // Opening a case marks its findings with it.
  finding: ["dispatch"],
};

test("a module writes only its own tables", () => {
  const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  for (const { file, text } of product) {
    const writer = moduleOf(file) ?? (inside(file, "src/platform") ? "platform" : undefined);
    if (!writer) continue;
    const written = [...text.matchAll(/\.(?:insertInto|updateTable|deleteFrom)\("(\w+)"/g), ...text.matchAll(/\b(?:insert into|update(?! of)|delete from|copy)\s+(?:public\.)?"?([a-z_]+)"?\s*(?:\(|set\b|where\b|as\b|\w\b|$)/gm)].map((match) => snake(match[1]!));
    for (const target of written) {
      const owner = owners[target];
      if (!owner || owner === writer || allowedWrites[target]?.includes(writer)) continue;
      assert.fail(`${file} writes ${target}, which belongs to ${owner}`);
    }
  }
});

test("every table has an owner", () => {
  const types = fs.readFileSync(path.join(projectRoot, "db/types.ts"), "utf8");
  const tables = [...types.matchAll(/^ {2}(\w+): \{/gm)].map((match) => match[1]!.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  assert.deepEqual(tables.filter((name) => !owners[name] && !["identity_claim", "mark_claim", "migration"].includes(name)), []);
});

test("every route names its permission, and each is one that a role can hold", async () => {
  const known = new Set<string>(["public", "signed-in", ...permissions]);
  const uploads = fs.readFileSync(path.join(projectRoot, "docs/operations.md"), "utf8");
  const seen = new Set<string>();
  for (const name of order) {
    const contract = (await import(`../src/modules/${name}/contract.ts`)) as Record<string, unknown>;
    for (const [key, value] of Object.entries(contract)) {
      if (typeof value !== "object" || value === null || !("method" in value && "path" in value)) continue;
      const route = value as { method: string; path: string; permission?: string };
      assert.ok(route.permission && known.has(route.permission), `${name}.${key} has no known permission`);
      assert.ok(!seen.has(`${route.method} ${route.path}`), `${route.method} ${route.path} stands twice`);
      seen.add(`${route.method} ${route.path}`);
      if ("transfer" in value && (value.transfer === "upload" || value.transfer === "bytes")) assert.ok(uploads.includes(`\`${route.path}\``), `docs/operations.md does not say what may be uploaded at ${route.path}`);
    }
  }
  assert.ok(seen.size > 40);
});

test("only the platform holds connections and sets the scope; SQL that is text stands written where it is used", () => {
  for (const { file, text } of product.filter(({ file: each }) => inside(each, "src") && !inside(each, "src/platform") && !each.endsWith(".fixture.ts"))) {
    assert.ok(!/\.pool\b|new pg\.(Pool|Client)|set_config\(|app\.context/.test(text) || ["src/modules/areas/load.ts", "src/modules/areas/change.ts"].includes(file), `${file} goes to the database by a way of its own`);
    assert.ok(!/sql\.(raw|lit)\((?!["`]|[A-Z_]+\))|sql\.raw\(`[^`]*\$\{/.test(text), `${file} makes SQL of a value`);
  }
});

test("the project speaks of itself alone", () => {
  for (const { file, text } of [...sources, ...walk(["test", "bench", "scripts"].filter((folder) => fs.existsSync(path.join(projectRoot, folder)))).map(read)]) {
    assert.ok(!/(^|[^a-z0-9._-])\/(work|root|home\/[a-z]+)\//.test(text.replaceAll("/(work|root", "")), `${file} names a folder of a workplace`);
  }
});
