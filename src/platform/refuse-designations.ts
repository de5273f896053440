// One gate for every path in: all texts of a request (values, keys, names of files) are scanned for unit designations before a handler, an
// idempotency row or a log line can hold them. A query is not scanned: what is searched for is stored nowhere. Exempt parts of a body are
// named by their route with the reason (secrets that are only hashed; answers, which the rule engine scans item by item and places better).
import type { Issue } from "../core/issue.ts";
import type { RouteShape } from "../core/route.ts";
import { scanFreeText, type Span } from "../core/unit-designation.ts";
import { audit } from "./audit.ts";
import type { Actor, Database } from "./database.ts";

const MOST = 50;
type Place = { readonly value: unknown; readonly path: string };

/** Where a request names a unit: paths such as `remarks[0].body` or `file.name`, positions, never the text. Any depth, at most 50 places. */
export function designationsIn(route: Pick<RouteShape, "unscanned">, body: unknown, file?: { readonly fileName: string; readonly mime: string }): readonly Issue[] {
  const issues: Issue[] = [];
  const look = (text: string, path: string): boolean => {
    const { verdict, spans } = scanFreeText(text);
    if (verdict === "refuse") issues.push(issueAt(path, spans));
    return verdict === "refuse";
  };
  if (file) {
    look(file.fileName, "file.name");
    look(file.mime, "file.type");
  }
  const waiting: Place[] = [{ value: body, path: "" }];
  for (let place = waiting.pop(); place && issues.length < MOST; place = waiting.pop()) {
    const { value, path } = place;
    if (typeof value === "string") look(value, path);
    else if (Array.isArray(value)) for (let i = value.length - 1; i >= 0; i -= 1) waiting.push({ value: value[i], path: under(path, `[${i}]`) });
    else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value).reverse()) {
        if (path === "" && route.unscanned?.[key] !== undefined) continue;
        const at = under(path, path === "" ? shown(key) : `.${shown(key)}`);
        look(key, at);
        waiting.push({ value: inner, path: at });
      }
    }
  }
  return issues;
}

/** Paths end where nobody would read on. */
const under = (path: string, step: string): string => (path.length > 200 ? path : path + step);
/** Keys of our own forms are plain words; any other is not repeated. */
const shown = (key: string): string => (/^[\w-]{1,60}$/u.test(key) ? key : "…");

function issueAt(path: string, spans: readonly Span[]): Issue {
  const at = spans.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).slice(0, 5).join("、");
  return {
    severity: "block",
    code: "unit-designation",
    paths: [path],
    message: {
      zh: `第${at}字疑似部队番号，不得填写和保存；部队只填代号（如37001部队）`,
      en: `Characters ${at.replaceAll("、", ", ")} look like a military unit designation, which may not be entered or kept; units are named by cover name only (such as 37001部队)`,
    },
  };
}

/** Who was refused how often is counted, in a transaction of its own that nobody waits for. */
export function countRefusal(database: Database, caller: Actor, route: RouteShape, found: number): void {
  if (route.permission === "public") return;
  void database.write(caller, (tx) => audit(tx, { action: "text.refuse-designation", area: caller.area, people: 0, detail: { route: `${route.method} ${route.path}`, refused: found } })).catch(() => {
    /* The refusal stands; only its count is missing. */
  });
}
