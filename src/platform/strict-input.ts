// What a request may hold: the keys its route names, each once, values of the very type. Nothing unknown is dropped in silence, nothing is coerced.
import { Compile } from "typebox/compile";
import type { TSchema } from "typebox";
import type { FastifyRequest } from "fastify";
import type { Text } from "../core/issue.ts";
import { Problem } from "../core/problem.ts";
import { faultInWords, type FormFault } from "./form-faults.ts";

type Schema = { readonly [keyword: string]: unknown };
const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);

/** The schema with every object closed to keys it does not name; records keep their free keys. */
export function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T;
  if (!isSchema(schema)) return schema;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) copy[key] = key === "const" || key === "enum" || key === "default" ? value : closed(value);
  if (schema["type"] === "object" && isSchema(schema["properties"]) && schema["patternProperties"] === undefined && schema["additionalProperties"] === undefined) copy["additionalProperties"] = false;
  return copy as T;
}

/** Refuses a JSON body that is not of the route's form as it came: a list where one value is asked, a number as text, a key that nobody asked for. */
export function refuseLooseBodies(body: TSchema): (request: FastifyRequest) => Promise<void> {
  let compiled: ReturnType<typeof Compile> | undefined;
  return async (request) => {
    compiled ??= Compile(closed(body));
    if (compiled.Check(request.body)) return;
    const where = inWords(compiled.Errors(request.body) as readonly Fault[]);
    throw new Problem("bad-request", { zh: `请求内容不符合要求：${where.zh}`, en: `Not of the expected form: ${where.en}` });
  };
}

type Fault = FormFault & { readonly schemaPath: string };
const branchOf = ({ schemaPath }: Fault): string => /^.*?\/anyOf\/\d+/u.exec(schemaPath)?.[0] ?? "";
/** The first fault of the form that is meant, and where; of one value out of several, which ones there are. */
function inWords(faults: readonly Fault[]): Text {
  const constants = faults.filter(({ keyword }) => keyword === "const");
  const depthOf = ({ schemaPath }: Fault): number => schemaPath.split("/anyOf/").length;
  // A form is not the one that was meant where the constant that tells forms apart is another; constants deeper inside it are its own matter.
  const least = Math.min(...constants.map(depthOf));
  const others = new Set(constants.filter((fault) => depthOf(fault) === least).map(branchOf));
  // A key that nobody asked for is told twice: once where it stands, as a form that nothing has.
  const first = faults.find((fault) => fault.keyword !== "anyOf" && fault.keyword !== "boolean" && !others.has(branchOf(fault))) ?? constants[0] ?? faults[0];
  if (!first) return { zh: "", en: "" };
  const values = first.keyword === "const" ? constants.filter(({ instancePath }) => instancePath === first.instancePath).map(({ params }) => params?.allowedValue) : [];
  return faultInWords(values.length > 1 ? { ...first, params: { allowedValues: values } } : first);
}

/** Does an object in this JSON text name a key twice? Readers differ in which of the two counts. Text that is no JSON is left to the parser. */
export function hasKeyTwice(text: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  let expectsKey = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (c === 0x22) {
      const from = i;
      let escaped = false;
      for (i += 1; i < text.length && text.charCodeAt(i) !== 0x22; i += 1) {
        if (text.charCodeAt(i) === 0x5c) {
          escaped = true;
          i += 1;
        }
      }
      const keys = open.at(-1);
      if (!expectsKey || !keys) continue;
      const key = escaped ? unescaped(text.slice(from, i + 1)) : text.slice(from + 1, i);
      if (key === undefined) return false;
      if (keys.has(key)) return true;
      keys.add(key);
      expectsKey = false;
    } else if (c === 0x7b) {
      open.push(new Set());
      expectsKey = true;
    } else if (c === 0x5b) {
      open.push(undefined);
      expectsKey = false;
    } else if (c === 0x7d || c === 0x5d) {
      open.pop();
      expectsKey = false;
    } else if (c === 0x2c) expectsKey = open.at(-1) !== undefined;
  }
  return false;
}

function unescaped(token: string): string | undefined {
  try {
    return JSON.parse(token) as string;
  } catch {
    return undefined;
  }
}
