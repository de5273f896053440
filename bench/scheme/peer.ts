// A peer beside the engine: @getodk/xforms-engine fills the same form, written as XLSForm by the scheme and brought into XForm XML here.
// It is not part of the project: `npm install @getodk/xforms-engine@0.22.0 jsdom --ignore-scripts` in a folder of its own, then BENCH_PEER=<folder>.
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { veterans } from "../../schemes/veterans/scheme.ts";
import type { FormAnswers } from "../../src/scheme/model.ts";
import { type FormRow, xlsform } from "../../src/scheme/xlsform.ts";
import type { Figure } from "../run.ts";

type PeerNode = { readonly currentState: { readonly children?: readonly PeerNode[] | null; readonly reference: string }; readonly setValue?: (value: string) => void };
type PeerForm = { readonly status: string; readonly createInstance: () => { readonly root: PeerNode & { readonly validationState: { readonly violations: readonly unknown[] } } } };
type Peer = { readonly loadForm: (xml: string) => Promise<PeerForm> };

const TYPES: { readonly [type: string]: string } = { integer: "int", decimal: "decimal", date: "date" };
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The survey as an XForm: the same questions, conditions and constraints, choices as free text. */
const xformOf = (survey: readonly FormRow[]): string => {
  const at = new Map<string, string>();
  const stack: { readonly name: string; readonly end: string }[] = [];
  const here = (name = ""): string => ["/data", ...stack.map((group) => group.name), name].join("/");
  const starts = (row: FormRow): boolean => (row["type"] ?? "").startsWith("begin");
  for (const row of survey) {
    const name = row["name"] ?? "";
    if ((row["type"] ?? "").startsWith("end")) stack.pop();
    else if (name !== "") at.set(name, here(name));
    if (starts(row)) stack.push({ name, end: "" });
  }
  const xpath = (text: string): string => escaped(text.replace(/\$\{(\w+)\}/gu, (_, name: string) => at.get(name) ?? name));
  let [instance, binds, body] = ["", "", ""];
  for (const row of survey) {
    const [type, name] = [row["type"] ?? "", row["name"] ?? ""];
    const ref = at.get(name) ?? "";
    if (type.startsWith("end")) {
      const group = stack.pop();
      instance += `</${group?.name ?? ""}>`;
      body += group?.end ?? "";
      continue;
    }
    if (name === "") continue;
    const required = row["required"] === undefined || row["required"] === "" ? undefined : /^(?:yes|true)$/iu.test(row["required"]) ? "true()" : row["required"];
    const parts = { relevant: row["relevant"], constraint: row["constraint"], calculate: row["calculation"], required };
    binds += `<bind nodeset="${ref}" type="${TYPES[type] ?? "string"}"${Object.entries(parts).map(([key, text]) => (text === undefined || text === "" ? "" : ` ${key}="${xpath(text)}"`)).join("")}/>`;
    instance += starts(row) ? `<${name}>` : `<${name}/>`;
    if (!starts(row)) body += type === "calculate" ? "" : `<input ref="${ref}"><label>x</label></input>`;
    else {
      const repeats = type.includes("repeat");
      stack.push({ name, end: repeats ? "</repeat></group>" : "</group>" });
      body += `<group ref="${ref}">${repeats ? `<repeat nodeset="${ref}">` : ""}`;
    }
  }
  return `<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>t</h:title><model><instance><data id="t">${instance}</data></instance>${binds}</model></h:head><h:body>${body}</h:body></h:html>`;
};

const DOM = ["DOMParser", "Document", "Node", "Element", "XMLSerializer", "XPathResult", "Attr", "Text", "Comment", "CDATASection", "ProcessingInstruction", "XMLDocument", "DocumentFragment", "NodeFilter"];

const open = async (folder: string): Promise<Peer> => {
  const require = createRequire(path.join(folder, "package.json"));
  const { JSDOM } = (await import(pathToFileURL(require.resolve("jsdom")).href)) as { JSDOM: new (html: string) => { readonly window: { readonly [name: string]: unknown } } };
  const { window } = new JSDOM("");
  const entry = path.join(folder, "node_modules/@getodk/xforms-engine/dist/index.js");
  const lent = Object.fromEntries(DOM.map((name) => [name, window[name]]));
  Object.assign(globalThis, lent, { window, document: window["document"], __dirname: path.dirname(entry), require });
  return (await import(pathToFileURL(entry).href)) as Peer;
};

const leavesOf = (node: PeerNode): PeerNode[] => (node.currentState.children ?? []).flatMap((child) => [...(child.setValue === undefined ? [] : [child]), ...leavesOf(child)]);

/** Seconds of processor time in which the peer fills the general form's answers into the whole form and knows its violations. */
export async function peerFigures(general: FormAnswers): Promise<readonly Figure[]> {
  const what = "peer @getodk/xforms-engine, one record filled and validated";
  const folder = process.env["BENCH_PEER"];
  if (folder === undefined) return [{ what, value: "not run", beside: "npm install @getodk/xforms-engine@0.22.0 jsdom --ignore-scripts in a folder, BENCH_PEER=<folder>" }];
  const form = await (await open(folder)).loadForm(xformOf(xlsform(veterans).survey));
  let best = Infinity;
  let [questions, filled] = [0, 0];
  for (let round = 0; round < 4; round += 1) {
    const started = process.cpuUsage();
    const { root } = form.createInstance();
    const leaves = leavesOf(root);
    filled = 0;
    for (const leaf of leaves) {
      const value = general[(leaf.currentState.reference.split("/").at(-1) ?? "").replace(/^general_+/u, "")];
      if (value === undefined || (Array.isArray(value) && typeof value[0] === "object")) continue;
      leaf.setValue?.(Array.isArray(value) ? value.join(" ") : typeof value === "boolean" ? (value ? "yes" : "no") : String(value));
      filled += 1;
    }
    void root.validationState.violations.length;
    const { user, system } = process.cpuUsage(started);
    [best, questions] = [Math.min(best, (user + system) / 1000), leaves.length];
  }
  return [{ what, value: `${best.toFixed(0)} ms`, beside: `${filled} answers into a form of ${questions} questions, under jsdom; choices as text` }];
}
