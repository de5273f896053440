// People of a fusion as they are read: labels of the scheme, words for codes, numbers and phones masked.
import type { Static } from "typebox";
import type { Text } from "../../core/issue.ts";
import { isSealed } from "../../scheme/differences.ts";
import { itemAt, textOf } from "../../scheme/layout.ts";
import { maskValue } from "../../scheme/masked.ts";
import type { Scheme, Value } from "../../scheme/model.ts";
import type { fusedPerson } from "./contract.ts";
import { type Chosen, fuse, type FusionGround, type Known, type Said } from "./fuse.ts";
import type { StoredPerson } from "./queries.ts";
import { choiceLabels, reasonLabels } from "./rules.ts";

export type PersonView = Static<typeof fusedPerson>;

export const labelOfDepartment = (scheme: Scheme, key: string): Text => scheme.departments.find((each) => each.key === key)?.label ?? { zh: key, en: key };

/** Names of areas by code, for areas among the values. */
export type AreaNames = ReadonlyMap<number, { readonly fullName: string }>;
export const areasSaid = (known: Known): number[] => known.members.flatMap((member) => Object.values(member.says).flatMap((value) => (typeof value === "string" && /^\d{12}$/u.test(value) ? [Number(value)] : [])));

const same = (text: string): Text => ({ zh: text, en: text });

/** Words of a value; sensitive values show their shape only. */
function words(ground: FusionGround, path: string, value: Value, areas: AreaNames): Text {
  const item = itemAt(ground.scheme, path)?.item;
  if (item === undefined) return same(String(value));
  if (item.kind === "area") return same(areas.get(Number(value))?.fullName ?? String(value));
  if (isSealed(item)) return same(String(maskValue(item, value)));
  return textOf(ground.scheme, item, value);
}

const sourced = (ground: FusionGround, path: string, said: Said, areas: AreaNames): PersonView["values"][number]["from"] => {
  const list = ground.lists[said.list];
  return { department: labelOfDepartment(ground.scheme, list?.department ?? ""), list: said.list, row: said.row, asOf: list?.asOf ?? "", value: { ...words(ground, path, said.value, areas) } };
};

function valueView(ground: FusionGround, chosen: Chosen, areas: AreaNames): PersonView["values"][number] {
  const { path, why, agree, differ } = chosen;
  const of = (said: Said): PersonView["values"][number]["from"] => sourced(ground, path, said, areas);
  return {
    path,
    label: itemAt(ground.scheme, path)?.item.label ?? { zh: path, en: path },
    value: { ...words(ground, path, chosen.value, areas) },
    from: of(chosen),
    why,
    whyLabel: choiceLabels[why] ?? { zh: why, en: why },
    agree: agree.map(of),
    differ: differ.map(of),
  };
}

export function personView(ground: FusionGround, person: StoredPerson, known: Known, areas: AreaNames = new Map()): PersonView {
  const { values } = fuse(ground, known);
  const name = values.find((one) => one.path === ground.identity.name)?.value;
  return {
    no: person.no,
    name: typeof name === "string" ? name : "—",
    state: person.state,
    ...(person.reason !== null && { reason: reasonLabels[person.reason] ?? { zh: person.reason, en: person.reason } }),
    conflicts: person.conflicts,
    rows: known.members.map(({ list, row }) => ({ department: labelOfDepartment(ground.scheme, ground.lists[list]?.department ?? ""), list, row })),
    values: values.map((one) => valueView(ground, one, areas)),
    ...(person.recordId !== null && { record: person.recordId }),
  };
}
