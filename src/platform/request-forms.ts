// What a route asks of a request is compiled when the route is first asked: a server of hundreds of routes answers its first request seconds earlier.
import buildAjv, { type RouteDefinition } from "@fastify/ajv-compiler";
import type { FastifyServerOptions } from "fastify";

type BuildValidator = NonNullable<NonNullable<NonNullable<FastifyServerOptions["schemaController"]>["compilersFactory"]>["buildValidator"]>;
type Check = { (data: unknown): boolean; errors?: unknown };

const build = buildAjv();

/** A builder of validators for Fastify. A form that does not compile fails the first request of its route (and the test that asks every route). */
export const compiledWhenAsked = ((...given: Parameters<typeof build>) => {
  const compile = build(...given) as (route: RouteDefinition) => Check;
  return (route: RouteDefinition) => {
    let compiled: Check | undefined;
    const check: Check = (data) => {
      compiled ??= compile(route);
      const holds = compiled(data);
      check.errors = compiled.errors;
      return holds;
    };
    return check;
  };
}) as unknown as BuildValidator;
