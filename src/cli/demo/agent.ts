// Somebody who declares for an old person, and other invented people that forms name beside the subject.
import { checkCharacter } from "../../core/citizen-id.ts";
import type { Value } from "../../scheme/model.ts";
import { dayIn } from "./dates.ts";
import type { Sex } from "./given-names.ts";
import { phoneOf } from "./ids.ts";
import { fullName } from "./people.ts";
import type { Random } from "./random.ts";

/** An identity number of somebody who is no subject: valid in form, sequence 996–999, not kept unique. */
export function looseId(random: Random, sex: Sex, birth: string): string {
  const first17 = `350524${birth.replaceAll("-", "")}${random.pick(sex === "1" ? ["997", "999"] : ["996", "998"])}`;
  return first17 + checkCharacter(first17);
}

/** The agent block of the general form. */
export function agentOf(random: Random): { readonly [item: string]: Value } {
  const sex: Sex = random.chance(0.6) ? "1" : "2";
  const birth = dayIn(random, random.between(1965, 1992));
  return {
    agent_name: fullName(random, sex, birth),
    agent_id_number: looseId(random, sex, birth),
    agent_phone: phoneOf(random),
    agent_relation: sex === "1" ? "20" : "30",
  };
}
