// The gate of the audit: every request of a route that touches personal data leaves exactly one row in its own transaction, or is not answered.
// Who writes the row is said by a table of routes: the service, which knows most, or the gate for what needs no more than "who asked for it".
import { Problem } from "../core/problem.ts";
import type { RouteShape } from "../core/route.ts";
import { audit, auditRows } from "./audit.ts";
import type { Actor, Database, Tx } from "./database.ts";

/** `one`: the service writes exactly one row; `sometimes`: at most one; `gate`: written here; `apart`: in transactions of their own; `none`: nothing of people. */
export type AuditRule = { readonly by: "one" | "sometimes" | "gate" | "apart"; readonly actions: readonly [string, ...string[]] } | { readonly by: "none"; readonly because: string };
export type AuditRules = Readonly<Record<string, AuditRule>>;
export const routeKey = (route: Pick<RouteShape, "method" | "path">): string => `${route.method} ${route.path}`;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ids out of the address: a county, a record, other ids; nothing that a person typed. */
function idsIn(route: RouteShape, given: unknown): { readonly county?: number; readonly recordId?: string; readonly detail: Readonly<Record<string, unknown>> } {
  const params = (given ?? {}) as Readonly<Record<string, unknown>>;
  const county = Number(params["county"]);
  const id = params["id"];
  const others = Object.entries(params).filter(([key, value]) => key !== "county" && (typeof value === "number" || (typeof value === "string" && uuid.test(value))));
  const isRecord = route.path.startsWith("/api/records/:county/:id") && typeof id === "string" && uuid.test(id);
  return {
    ...(Number.isInteger(county) && county > 0 && county < 1_000_000 && { county }),
    ...(isRecord && { recordId: id }),
    detail: { route: routeKey(route), ...Object.fromEntries(isRecord ? others.filter(([key]) => key !== "id") : others) },
  };
}

type Handler<I> = (tx: Tx, input: I) => Promise<unknown>;

/** The handler, and after it in the same transaction the look at what it left. @throws when that is not what the route's rule says: nothing happened then */
export function gated<I extends { readonly params: unknown }>(handle: Handler<I>, route: RouteShape, rules: AuditRules | undefined): Handler<I> {
  const rule = rules?.[routeKey(route)];
  if (rule === undefined || rule.by === "apart") return handle;
  return async (tx, input) => {
    const result = await handle(tx, input);
    const rows = auditRows(tx);
    if (rule.by === "gate" && rows === 0) await audit(tx, { action: rule.actions[0], people: 0, ...idsIn(route, input.params) });
    else if (!((rule.by === "one" && rows === 1) || (rule.by === "sometimes" && rows <= 1) || (rule.by === "none" && rows === 0))) throw new Error(`${routeKey(route)} left ${rows} audit rows, which its rule (${rule.by}) does not allow`);
    return result;
  };
}

/** A stored answer that is shown once more. */
export const auditRepeat = (tx: Tx, route: RouteShape, params: unknown): Promise<void> => audit(tx, { action: "answer.repeat", people: 0, ...idsIn(route, params) });

/** Refusals of who asked for what is not theirs: by permission, for more than a day's number, or because what was named by its id is not in their reach. */
const isDenial = (error: unknown, route: RouteShape): error is Problem => error instanceof Problem && route.permission !== "public" && (error.code === "not-allowed" || error.code === "quota-used" || (error.code === "not-found" && route.path.includes(":")));

/** One row for a denial, in a transaction of its own under the caller's scope; the caller is answered when it is written. */
async function auditDenial(database: Database, caller: Actor, route: RouteShape, params: unknown, code: string): Promise<void> {
  const { detail, ...place } = idsIn(route, params);
  await database.write(caller, (tx) => audit(tx, { action: "denied", people: 0, ...place, detail: { ...detail, code } }));
}

/** Writes the denial of a permission; resolves to the problem to throw. */
export async function denied(database: Database, caller: Actor, route: RouteShape, params: unknown): Promise<Problem> {
  await auditDenial(database, caller, route, params, "not-allowed");
  return new Problem("not-allowed", route.refusal);
}

/** One row for the first request too many of a minute, none for those after it. */
export async function tooMany(database: Database, caller: Actor, route: RouteShape, params: unknown, first: boolean): Promise<Problem> {
  if (first) await auditDenial(database, caller, route, params, "too-many-requests");
  return new Problem("too-many-requests");
}

/** Runs a request; what it is denied is written before it is answered. */
export async function auditingDenials<T>(database: Database, caller: Actor, route: RouteShape, params: unknown, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDenial(error, route)) await auditDenial(database, caller, route, params, error.code);
    throw error;
  }
}
