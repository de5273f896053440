// Binds the routes of the administrative tree.
import { bind, type Binding } from "../../platform/http.ts";
import { getArea, listAreas, listAreasOpenly, searchAreas } from "./contract.ts";
import { areasUnder, areaWithPath, findAreas } from "./service.ts";

export const routes = (): Binding[] => [
  bind(listAreas, async (tx, { query }) => ({ areas: await areasUnder(tx, query.parent) })),
  bind(listAreasOpenly, async (tx, { query }) => ({ areas: await areasUnder(tx, query.parent) })),
  bind(searchAreas, async (tx, { query }) => ({ areas: await findAreas(tx, query.q, query.within) })),
  bind(getArea, async (tx, { params }) => areaWithPath(tx, params.code)),
];
