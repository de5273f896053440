// Binds the routes of self-declaration: those of the person by a token of their own, those of the office by its session.
import { bind, bindAlone, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import type { SelfService } from "../../scheme/self-service.ts";
import * as contract from "./contract.ts";
import type { Shipped } from "../insight/service.ts";
import type { IdentityProvider } from "./identity.ts";
import * as service from "./service.ts";

export const routes = (platform: Platform, services: readonly SelfService[], insights: Shipped, providers: readonly IdentityProvider[]): Binding[] => [
  bindAlone(contract.listProviders, async () => service.listProviders(providers)),
  bindAlone(contract.openSession, ({ body, from }) => service.openSession(platform, providers, from, body)),
  bindAlone(contract.closeSession, ({ header }) => service.closeSession(platform, header("authorization"))),
  bindAlone(contract.listPlaces, ({ query, from }) => service.listPlaces(platform, from, query.within ?? 0)),
  bindAlone(contract.listOffers, ({ query, from }) => service.listOffers(platform, services, from, query.area)),
  bindAlone(contract.getForm, ({ params, query, from }) => service.getForm(platform, services, from, { ...params, ...query })),
  bindAlone(contract.getHeld, ({ header }) => service.asSelf(platform, header("authorization"), "read", (tx, me) => service.getHeld(tx, platform, insights, me))),
  bindAlone(contract.declare, ({ body, header }) => service.asSelf(platform, header("authorization"), "declare", (tx, me) => service.declare(tx, platform, services, me, body))),
  bindAlone(contract.listOwn, ({ query, header }) => service.asSelf(platform, header("authorization"), undefined, (tx) => service.listOwn(tx, platform, query.after))),
  bindAlone(contract.moveOwn, ({ params, body, header }) => service.asSelf(platform, header("authorization"), "move", (tx) => service.moveOwn(tx, platform, params, body))),
  bind(contract.listDeclarations, (tx, { query }) => service.listDeclarations(tx, platform, query.list, query.after)),
  bind(contract.getDeclaration, (tx, { params }) => service.getDeclaration(tx, platform, params)),
  bind(contract.decideDeclaration, (tx, { params, body }) => service.decideDeclaration(tx, platform, params, body)),
];
