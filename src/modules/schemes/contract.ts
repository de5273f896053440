// Published definitions.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { bilingual } from "../shapes.ts";

export const schemeVersion = Type.Object({ scheme: Type.String(), version: Type.String(), hash: Type.String(), definition: Type.Unknown() });
export const listSchemes = route({
  method: "GET",
  path: "/api/schemes",
  permission: "signed-in",
  summary: { zh: "业务专项", en: "Schemes and their published versions" },
  reply: Type.Object({ schemes: Type.Array(Type.Object({ scheme: Type.String(), version: Type.String(), label: bilingual, hash: Type.String(), publishedAt: Type.String() })) }),
});
export const getScheme = route({
  method: "GET",
  path: "/api/schemes/:scheme/:version",
  permission: "signed-in",
  summary: { zh: "业务专项定义", en: "A published definition" },
  params: Type.Object({ scheme: Type.String(), version: Type.String() }),
  reply: schemeVersion,
});
