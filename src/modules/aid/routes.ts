// Binds the routes of households, aid and warnings.
import { bind, type Binding } from "../../platform/http.ts";
import type { Platform } from "../../platform/platform.ts";
import type { AidPlan } from "../../scheme/aid-model.ts";
import * as contract from "./contract.ts";
import { planFor } from "./jobs.ts";
import * as service from "./service.ts";

export const routes = (platform: Platform, plans: readonly AidPlan[]): Binding[] => [
  bind(contract.listHouseholds, (tx, { query }) => service.listHouseholds(tx, query)),
  bind(contract.getCoverage, (tx, { query }) => service.getCoverage(tx, query.scheme)),
  bind(contract.setPopulation, (tx, { body }) => service.setPopulation(tx, body)),
  bind(contract.buildRegister, (tx, { body }) => planFor(tx, platform, plans, body)),
  bind(contract.enterEvents, (tx, { body }) => service.takeEvents(tx, platform, body)),
  bind(contract.getHousehold, (tx, { params }) => service.getHousehold(tx, platform, params)),
  bind(contract.changeHousehold, (tx, { params, body }) => service.changeHousehold(tx, platform, params, body)),
  bind(contract.addSupport, (tx, { params, body }) => service.addSupport(tx, platform, params, body)),
  bind(contract.endSupport, (tx, { params, body }) => service.endSupport(tx, params, body)),
  bind(contract.getAidPlan, (tx, { query }) => service.getAidPlan(tx, platform, query.scheme)),
  bind(contract.setStandard, (tx, { body }) => service.setStandard(tx, body)),
  bind(contract.listEntries, (tx, { query }) => service.listEntries(tx, platform, query)),
  bind(contract.applyForAid, async (tx, { body }) => {
    const { id, dueOn } = await service.enterApplication(tx, platform, body);
    return { id, dueOn };
  }),
  bind(contract.decideAid, (tx, { params, body }) => service.decideAid(tx, platform, params, body)),
  bind(contract.enterMany, (tx, { body }) => service.enterMany(tx, platform, body)),
  bind(contract.decideMany, (tx, { body }) => service.decideMany(tx, platform, body)),
  bind(contract.withdrawAid, (tx, { params }) => service.withdrawAid(tx, params)),
  bind(contract.askUse, (tx, { params, body }) => service.askUse(tx, params, body)),
  bind(contract.settleUse, (tx, { params, body }) => service.settleUse(tx, platform, params, body)),
  bind(contract.takeDeliveries, (tx, { body }) => service.takeDeliveries(tx, platform, body)),
  bind(contract.listDeliveries, (tx, { query }) => service.listDeliveries(tx, platform, query)),
  bind(contract.takeBackDelivery, (tx, { params, body }) => service.takeBackDelivery(tx, platform, params, body)),
  bind(contract.checkAid, (tx, { body }) => service.checkAid(tx, platform, body)),
  bind(contract.listOffers, (tx, { query }) => service.listOffers(tx, platform, query.scheme)),
  bind(contract.addOffer, (tx, { body }) => service.addOffer(tx, platform, body)),
  bind(contract.addNeed, (tx, { body }) => service.addNeed(tx, body)),
  bind(contract.matchOffer, (tx, { params }) => service.matchOffer(tx, platform, params)),
  bind(contract.listWarnings, (tx, { query }) => service.listWarnings(tx, platform, query)),
  bind(contract.raiseWarnings, (tx, { body }) => service.raiseWarnings(tx, platform, body)),
  bind(contract.moveWarning, (tx, { params, body }) => service.moveWarning(tx, platform, params, body)),
  bind(contract.listRules, (tx, { query }) => service.listRules(tx, query.scheme)),
  bind(contract.writeRule, (tx, { body }) => service.writeRule(tx, body)),
  bind(contract.tryRule, (tx, { params, body }) => service.tryRule(tx, platform, params.id, body)),
  bind(contract.switchRule, (tx, { params, body }) => service.switchRule(tx, platform, params.id, body.on)),
];
