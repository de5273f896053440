// Households come in: by the three lists of civil affairs, by visits, and by their own declaration from a telephone.
import { shippedSelfServices } from "../../../../schemes/shipped.ts";
import { addYears } from "../../../core/time.ts";
import { newId } from "../../../core/ids.ts";
import { asSelf, declare, decideDeclaration, demoIdentity, openSession } from "../../../modules/citizen/service.ts";
import { enterAuthorisations } from "../../../modules/exchange/authorisations.ts";
import { addBasePeople, addPerson, type CaptureContent, saveCapture, signedDigestOf, takePictures } from "../../../modules/records/service.ts";
import { edited } from "../../../../schemes/low-income/sample-households.ts";
import { approveEverything } from "../loop-review.ts";
import { inParallel } from "../../../platform/lanes.ts";
import { categoryOf, type Household, kinds } from "./households.ts";
import type { SecondWorld } from "./world.ts";

const lanes = 4;
type Show = (done: number, total: number) => void;
/** Records by the household's number. */
export type Records = Map<number, string>;

const villageOf = (world: SecondWorld, { township, village }: Household): number => Number(world.geography.townships[township]?.villages[village]?.code);
export const isListed = ({ way }: Household): boolean => way === "listed" || way === "visited";

/** The lists one after another; a household that stands on two is taken once. @returns rows and how many were there already */
export async function bringLists(world: SecondWorld, households: readonly Household[], records: Records, show: Show): Promise<{ rows: number; duplicates: number }> {
  const sum = { rows: 0, duplicates: 0 };
  const listed = households.filter(isListed);
  const lists = kinds.map((kind) => listed.filter((one) => one.kind === kind || (kind === "relief" && one.twiceListed)));
  const all = lists.reduce((total, list) => total + list.length, 0);
  for (const list of lists) {
    const batchId = newId();
    for (let from = 0; from < list.length; from += 4000) {
      const people = list.slice(from, from + 4000).map((one) => ({ index: one.index, area: villageOf(world, one), answers: one.answers }));
      const { added, duplicates } = await world.platform.database.write(world.countyLead, (tx) => addBasePeople(tx, world.platform, { campaign: world.campaign, batchId, people }));
      for (const { index, recordId } of added) records.set(index, recordId);
      sum.rows += people.length;
      sum.duplicates += duplicates.length;
      show(sum.rows, all);
    }
  }
  return sum;
}

/** Every adult's signature on paper, entered by the county's lead; some households have not signed. @returns adults who signed, of how many */
export async function signPapers(world: SecondWorld, households: readonly Household[]): Promise<{ signed: number; adults: number }> {
  const { platform, days } = world;
  const adultBy = addYears(days.today, -18) ?? days.today;
  const adults = households.flatMap(({ members, authorised }) => members.filter((row) => String(row["birth_date"]) <= adultBy).map((row) => ({ idNumber: String(row["id_number"]), authorised })));
  const numbers = [...new Set(adults.filter((one) => one.authorised).map((one) => one.idNumber))];
  for (let from = 0; from < numbers.length; from += 2000) {
    const idNumbers = numbers.slice(from, from + 2000);
    await platform.database.write(world.countyLead, (tx) => enterAuthorisations(tx, platform, { campaign: world.campaign.id, idNumbers, document: `演示授权〔${from / 2000 + 1}〕号（虚构）`, fromOn: days.referenceDate, toOn: addYears(days.today, 1) ?? days.today }));
  }
  return { signed: numbers.length, adults: new Set(adults.map((one) => one.idNumber)).size };
}

const reason = "已入户核实，情况属实（虚构示例）";
/** The answers as they are signed at home, with the picture of the signature. */
async function contentOf(world: SecondWorld, household: Household, picture: Buffer): Promise<CaptureContent> {
  const { definition } = world.scheme;
  const pictures = await takePictures(world.platform, definition, world.county, [{ path: "household.declaration_sign", bytes: picture }]);
  const guardian = household.members.length > 2 ? await takePictures(world.platform, definition, world.county, [{ path: "household.guardian_consent", bytes: picture }]) : [];
  const answers = edited(household.answers, { declaration_sign: pictures[0]?.id, ...(guardian[0] && { guardian_consent: guardian[0].id }) });
  return { answers, channel: "home", reason, pictures: [...pictures, ...guardian], signedDigest: signedDigestOf(definition, answers), submit: true };
}

/** Visits to listed households, households found on the way, and declarations from telephones taken in and completed; then review. */
export async function visit(world: SecondWorld, households: readonly Household[], records: Records, signature: Buffer, show: Show): Promise<{ visited: number; found: number; declared: number }> {
  const { database } = world.platform;
  const met = households.filter((one) => one.way === "visited" || one.way === "found");
  const declared = households.filter((one) => one.way === "declared");
  let done = 0;
  await inParallel(met, lanes, async (one) => {
    const collector = world.collectors[one.township]![0];
    const content = await contentOf(world, one, signature);
    if (one.way === "found") records.set(one.index, (await database.write(collector, (tx) => addPerson(tx, world.platform, { ...content, campaign: world.campaign, area: villageOf(world, one) }))).id);
    else await database.write(collector, (tx) => saveCapture(tx, world.platform, { ...content, county: world.county, id: records.get(one.index)!, basedOn: 1 }));
    show(++done, met.length + declared.length);
  });
  const taken: (readonly [Household, Taken])[] = [];
  await inParallel(declared, lanes, async (one) => void taken.push([one, await declareOne(world, one)]));
  // What moves by itself has entered each as an application for aid before anybody visits.
  await world.worker.settle();
  await inParallel(taken, lanes, async ([one, record]) => {
    const content = await contentOf(world, one, signature);
    await database.write(world.collectors[one.township]![0], (tx) => saveCapture(tx, world.platform, { ...content, county: record.county, id: record.id, basedOn: record.head }));
    records.set(one.index, record.id);
    show(++done, met.length + declared.length);
  });
  await approveEverything(world);
  await world.worker.settle();
  return { visited: met.filter((one) => one.way === "visited").length, found: met.filter((one) => one.way === "found").length, declared: declared.length };
}

type Taken = { readonly county: number; readonly id: string; readonly head: number };
/** From the telephone to the township's desk. */
async function declareOne(world: SecondWorld, one: Household): Promise<Taken> {
  const { platform } = world;
  const { token } = await openSession(platform, [demoIdentity], `demo-${one.index}`, { provider: demoIdentity.key, given: { name: one.head.name, idNumber: one.head.idNumber } });
  const others = Object.fromEntries(one.members.slice(1).flatMap((row, i) => ["name", "id_number", "relation_to_head", "job_state", "health"].map((item) => [`household.members[${i + 1}].${item}`, row[item]])));
  const form = one.answers["household"] ?? {};
  const answers = { ...Object.fromEntries(["phone", "address", "hukou_kind", "poverty_cause_main", "poverty_since", "urgency"].map((item) => [`household.${item}`, form[item]])), "household.categories": [categoryOf(one.kind)], "household.assistance": ["0"], ...others };
  const sent = await asSelf(platform, `Bearer ${token}`, "declare", (tx, me) => declare(tx, platform, shippedSelfServices, me, { id: newId(), kind: "apply", campaign: world.campaign.id, area: villageOf(world, one), answers }));
  const collector = world.collectors[one.township]![0];
  const { record } = await platform.database.write(collector, (tx) => decideDeclaration(tx, platform, { county: world.county, id: sent.id }, { decision: "accept" }));
  if (!record) throw new Error("a declaration that was taken in became no record");
  return record;
}
