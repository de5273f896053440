// The command line: `npm run demo`, `npm start`, `npm run qingce -- <command>`. One file per command.
import { parseArgs } from "node:util";
import { textFlags, type Flags } from "./flags.ts";

type Option = { readonly type: "string" | "boolean" };
/** `options`: its own, beside or in place of those that commands share. */
type Command = { readonly summary: string; readonly options?: Readonly<Record<string, Option>>; readonly run: (flags: Flags, words: readonly string[]) => Promise<void> };

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import("./serve.ts")).serve,
  demo: async () => (await import("./demo.ts")).demo,
  areas: async () => (await import("./areas.ts")).areas,
  scheme: async () => (await import("./scheme.ts")).scheme,
  link: async () => (await import("./link.ts")).link,
  tokens: async () => (await import("./tokens.ts")).tokens,
  terminal: async () => (await import("./terminal-launcher.ts")).terminal,
  return: async () => (await import("./return.ts")).returns,
  authority: async () => (await import("./authority.ts")).authority,
  audit: async () => (await import("./audit.ts")).audit,
  snapshot: async () => (await import("./snapshot.ts")).snapshot,
  index: async () => (await import("./index-command.ts")).index,
  warn: async () => (await import("./warn.ts")).warn,
  release: async () => (await import("./release.ts")).release,
  keys: async () => (await import("./keys.ts")).keys,
  activate: async () => (await import("./activate.ts")).activate,
  bundle: async () => (await import("./bundle.ts")).bundle,
  simulate: async () => (await import("./simulate.ts")).simulate,
};

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 24 || (major === 24 && minor < 18)) {
  console.error(`Qingce needs Node 24.18 or newer; this is ${process.version}. Use "npm start" or "npm run qingce", which bring their own.`);
  process.exit(1);
}

const [name = "", ...rest] = process.argv.slice(2);
const load = commands[name];
if (!load) {
  const list = await Promise.all(Object.entries(commands).map(async ([key, each]) => `  ${key.padEnd(10)} ${(await each()).summary}`));
  console.error(`usage: npm run qingce -- <command>\n${list.join("\n")}`);
  process.exit(name === "" || name === "help" ? 0 : 1);
}
const command = await load();
const { values, positionals } = parsed({
  data: { type: "string" },
  host: { type: "string" },
  port: { type: "string" },
  people: { type: "string" },
  seed: { type: "string" },
  json: { type: "string" },
  out: { type: "string" },
  form: { type: "string" },
  lang: { type: "string" },
  answers: { type: "string" },
  county: { type: "string" },
  blank: { type: "boolean" },
  "no-serve": { type: "boolean" },
  settings: { type: "string" },
  left: { type: "string" },
  right: { type: "string" },
  truth: { type: "string" },
  suggest: { type: "string" },
  schema: { type: "boolean" },
  list: { type: "string" },
  key: { type: "string" },
  suite: { type: "string" },
  signature: { type: "string" },
  help: { type: "boolean" },
  ...command.options,
});
if (values["help"] === true) {
  console.log(`npm run qingce -- ${name}\n${command.summary}`);
  process.exit(0);
}
try {
  await command.run(values, positionals);
} catch (thrown) {
  // Only now: a command that has nothing to do with the server does not wait for its parts. A disk can fill up long after the start, in the midst of a command.
  const [{ Problem, problems }, { readConfig }, { diskFull, isDiskFull, StartRefused }] = await Promise.all([import("../core/problem.ts"), import("../platform/config.ts"), import("../platform/embedded-postgres.ts")]);
  const error = isDiskFull(thrown) ? diskFull(readConfig(textFlags(values)).dataDir) : thrown;
  if (!(error instanceof StartRefused) && !(error instanceof Problem)) throw error;
  if (error instanceof StartRefused) console.error(`清册未能启动：${error.zh}\nQingce did not start: ${error.message}`);
  else {
    const { title } = problems[error.code];
    const { detail, issues } = error;
    console.error(`未完成：${title.zh}${detail ? `：${detail.zh}` : ""}\nNot done: ${title.en}${detail ? `: ${detail.en}` : ""}`);
    for (const { message } of issues) console.error(`${message.zh} / ${message.en}`);
  }
  process.exit(1);
}

/** Flags and words of the command; a flag that is not known ends the process with one sentence. */
function parsed(options: Readonly<Record<string, Option>>): { readonly values: Flags; readonly positionals: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({ args: rest, allowPositionals: true, strict: true, options });
    return { values: values as Flags, positionals };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`命令写法有误 / the command is not right: ${error.message}`);
    process.exit(2);
  }
}
