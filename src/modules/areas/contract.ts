// The administrative tree, one level at a time, and search by name, pinyin or code.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { area } from "../shapes.ts";

export const areaNode = Type.Object({
  code: area,
  level: Type.Integer({ minimum: 1, maximum: 5 }),
  name: Type.String(),
  fullName: Type.String(),
  hi: area,
  hasChildren: Type.Boolean(),
});
export const listAreas = route({
  method: "GET",
  path: "/api/areas",
  permission: "signed-in",
  summary: { zh: "下级区划（不填上级为省级）", en: "Areas directly under one (provinces when no parent is given)" },
  query: Type.Object({ parent: Type.Optional(area) }),
  reply: Type.Object({ areas: Type.Array(areaNode) }),
});
export const searchAreas = route({
  method: "GET",
  path: "/api/areas/search",
  permission: "signed-in",
  summary: { zh: "按名称、拼音、首字母或代码查找区划", en: "Find areas by name, pinyin, initials or code" },
  query: Type.Object({ q: Type.String({ minLength: 1, maxLength: 40 }), within: Type.Optional(area) }),
  reply: Type.Object({ areas: Type.Array(areaNode) }),
});
export const getArea = route({
  method: "GET",
  path: "/api/areas/:code",
  permission: "signed-in",
  summary: { zh: "区划及其上级", en: "An area and the areas above it" },
  params: Type.Object({ code: area }),
  reply: Type.Object({ area: areaNode, above: Type.Array(areaNode) }),
});
export const listAreasOpenly = route({
  ...listAreas,
  path: "/api/set-up/areas",
  permission: "public",
  beforeSetUp: true,
  summary: { zh: "初始化时选择区划", en: "Areas, for the first-run set-up" },
  problems: ["set-up-done"],
});
