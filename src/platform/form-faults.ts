// What is wrong with the form of a request, in words of people: which field, and what it should be. Faults come from two validators that name the same things.
import type { Text } from "../core/issue.ts";

/** As TypeBox (bodies) and Ajv (addresses) tell it. */
export type FormFault = {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message?: string | undefined;
  readonly params?: {
    readonly limit?: unknown;
    readonly pattern?: unknown;
    readonly type?: unknown;
    readonly allowedValue?: unknown;
    readonly allowedValues?: readonly unknown[];
    readonly requiredProperties?: readonly string[];
    readonly missingProperty?: string;
    readonly additionalProperties?: readonly string[];
    readonly additionalProperty?: string;
  };
};

const types: Readonly<Record<string, Text>> = {
  string: { zh: "文字", en: "text" },
  number: { zh: "数字", en: "a number" },
  integer: { zh: "整数", en: "a whole number" },
  boolean: { zh: "true 或 false", en: "true or false" },
  array: { zh: "列表", en: "a list" },
  object: { zh: "对象", en: "an object" },
  null: { zh: "空", en: "nothing" },
};

/** `/set/indicators/0/cutoff` as `set.indicators[0].cutoff`; the whole as nothing. */
export const fieldOf = (path: string): string => path.split("/").slice(1).map((part) => (/^\d+$/u.test(part) ? `[${part}]` : `.${part.replaceAll("~1", "/").replaceAll("~0", "~")}`)).join("").replace(/^\./u, "");

/** A fault that no keyword below names keeps the validator's own words. */
export function faultInWords({ keyword, instancePath, message = "", params = {} }: FormFault): Text {
  const field = fieldOf(instancePath);
  const at: Text = field === "" ? { zh: "", en: "" } : { zh: `${field} `, en: `${field} ` };
  const say = (zh: string, en: string): Text => ({ zh: `${at.zh}${zh}`, en: `${at.en}${en}` });
  const within = (name: string): string => (field === "" ? name : `${field}.${name}`);
  const limit = String(params.limit);
  switch (keyword) {
    case "minimum":
      return say(`不能小于 ${limit}`, `must be ${limit} or more`);
    case "maximum":
      return say(`不能大于 ${limit}`, `must be ${limit} or less`);
    case "minLength":
      return say(`至少 ${limit} 个字`, `must have ${limit} characters or more`);
    case "maxLength":
      return say(`最多 ${limit} 个字`, `must have ${limit} characters or fewer`);
    case "minItems":
      return say(`至少 ${limit} 项`, `must have ${limit} items or more`);
    case "maxItems":
      return say(`最多 ${limit} 项`, `must have ${limit} items or fewer`);
    case "type": {
      const wanted = (Array.isArray(params.type) ? params.type : [params.type]).map((type) => types[String(type)] ?? { zh: String(type), en: String(type) });
      return say(`应为${wanted.map(({ zh }) => zh).join("或")}`, `must be ${wanted.map(({ en }) => en).join(" or ")}`);
    }
    case "required": {
      const names = (params.requiredProperties ?? [params.missingProperty ?? ""]).map(within);
      return { zh: `缺少 ${names.join("、")}`, en: `${names.join(", ")} is missing` };
    }
    case "additionalProperties": {
      const names = (params.additionalProperties ?? [params.additionalProperty ?? ""]).map(within);
      return { zh: `没有这个字段：${names.join("、")}`, en: `there is no field ${names.join(", ")}` };
    }
    case "enum":
    case "const": {
      const values = (params.allowedValues ?? [params.allowedValue]).map(String);
      return values.length > 1 ? say(`应为${values.join("、")}之一`, `must be one of ${values.join(", ")}`) : say(`应为 ${values[0]}`, `must be ${values[0]}`);
    }
    case "pattern":
      return say(`的写法应符合 ${String(params.pattern)}`, `must be written as ${String(params.pattern)}`);
    default:
      return say(message, message);
  }
}
