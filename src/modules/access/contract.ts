// Signing in, the first-run set-up, offices and accounts.
import { Type } from "typebox";
import { route } from "../../core/route.ts";
import { area, areaName, bilingual, date, id, nothing } from "../shapes.ts";

const password = Type.String({ minLength: 1, maxLength: 200 });
/** Why these are not scanned for unit designations. */
const hashed = "a secret: only its hash is stored";
const compared = "compared with the console's code, never stored";
const login = Type.String({ minLength: 3, maxLength: 60, pattern: "^[a-z0-9][a-z0-9._-]*$" });

export const me = Type.Object({
  account: id,
  login: Type.String(),
  name: Type.String(),
  office: Type.Object({ id, name: Type.String(), department: Type.String() }),
  area: areaName,
  level: Type.Integer({ minimum: 0, maximum: 5 }),
  roles: Type.Array(Type.String()),
  permissions: Type.Array(Type.String()),
  demo: Type.Boolean(),
});

export const officeView = Type.Object({ id, area: areaName, department: Type.String(), name: Type.String() });
export const accountView = Type.Object({
  id,
  login: Type.String(),
  name: Type.String(),
  office: officeView,
  roles: Type.Array(Type.String()),
  endsOn: date,
  disabled: Type.Boolean(),
});

export const getSetUp = route({
  method: "GET",
  path: "/api/set-up",
  permission: "public",
  summary: { zh: "系统状态", en: "State of the installation" },
  reply: Type.Object({ needed: Type.Boolean(), demo: Type.Boolean(), demoAccounts: Type.Array(Type.Object({ login: Type.String(), name: Type.String(), office: Type.String() })) }),
});
export const setUp = route({
  method: "POST",
  path: "/api/set-up",
  permission: "public",
  summary: { zh: "首次初始化，需要控制台上显示的初始化码", en: "First-run set-up, with the code shown on the server's console" },
  body: Type.Object({ code: Type.String(), login, name: Type.String({ minLength: 1, maxLength: 50 }), password: Type.String({ minLength: 10, maxLength: 200 }), area, officeName: Type.String({ minLength: 1, maxLength: 80 }) }),
  reply: nothing,
  unscanned: { password: hashed, code: compared },
  problems: ["set-up-done", "sign-in-failed", "unit-designation"],
});
export const signIn = route({
  method: "POST",
  path: "/api/session",
  permission: "public",
  summary: { zh: "登录", en: "Sign in" },
  body: Type.Object({ login: Type.String({ maxLength: 60 }), password }),
  reply: me,
  unscanned: { password: hashed },
  problems: ["sign-in-failed", "too-many-requests", "unit-designation"],
});
export const signOut = route({ method: "DELETE", path: "/api/session", permission: "signed-in", summary: { zh: "退出登录", en: "Sign out" }, reply: nothing });
export const getMe = route({ method: "GET", path: "/api/me", permission: "signed-in", summary: { zh: "当前用户", en: "Who is signed in" }, reply: me });
export const listAccounts = route({
  method: "GET",
  path: "/api/accounts",
  permission: "account.open",
  summary: { zh: "账号列表", en: "Accounts" },
  reply: Type.Object({ accounts: Type.Array(accountView), offices: Type.Array(officeView), roles: Type.Array(Type.String()) }),
});
export const createOffice = route({
  method: "POST",
  path: "/api/offices",
  permission: "account.open",
  summary: { zh: "新建机构", en: "Create an office" },
  body: Type.Object({ area, department: Type.String({ minLength: 1, maxLength: 40 }), name: Type.String({ minLength: 1, maxLength: 80 }) }),
  reply: officeView,
  problems: ["already-exists", "unit-designation"],
});
export const createAccount = route({
  method: "POST",
  path: "/api/accounts",
  permission: "account.open",
  summary: { zh: "新建账号", en: "Create an account" },
  body: Type.Object({ login, name: Type.String({ minLength: 1, maxLength: 50 }), password: Type.String({ minLength: 10, maxLength: 200 }), officeId: id, roles: Type.Array(Type.String(), { minItems: 1 }), endsOn: date }),
  reply: accountView,
  unscanned: { password: hashed },
  problems: ["already-exists", "bad-request", "unit-designation"],
});
export const disableAccount = route({
  method: "POST",
  path: "/api/accounts/:id/disable",
  permission: "account.open",
  summary: { zh: "停用账号", en: "Disable an account" },
  params: Type.Object({ id }),
  reply: accountView,
});

const accessRow = Type.Object({ operation: Type.String(), summary: bilingual, permission: Type.String(), reach: Type.String(), personal: Type.Boolean(), roles: Type.Array(Type.String()), from: Type.Array(Type.String()) });
/** The table that docs/authority.json holds too. */
export const getAccessMatrix = route({
  method: "GET",
  path: "/api/access-matrix",
  permission: "signed-in",
  summary: { zh: "权限总表", en: "Who may do what" },
  reply: Type.Object({ roles: Type.Array(Type.Object({ key: Type.String(), label: bilingual })), reaches: Type.Record(Type.String(), bilingual), relations: Type.Record(Type.String(), bilingual), operations: Type.Array(accessRow) }),
});
