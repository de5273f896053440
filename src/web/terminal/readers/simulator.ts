// A reader without a device, for demonstrations, training and journeys. It knows fictional cards only: a number must begin with 999999,
// which is given to nobody, so that nothing typed here can pass for a card that was read.
import { checkCharacter, citizenIdFacts } from "../../../core/citizen-id.ts";
import type { CardReading } from "./card.ts";
import { ReaderFault } from "./card.ts";

export const FICTIONAL_PREFIX = "999999";
export type FictionalCard = { readonly name: string; readonly idNumber: string; readonly address?: string };

const numbered = (first17: string): string => first17 + checkCharacter(first17);
export const fictionalCards: readonly FictionalCard[] = [
  { name: "虚构林建国", idNumber: numbered("99999919580312001"), address: "某省某县甲镇甲一村1号" },
  { name: "虚构陈秀英", idNumber: numbered("99999919630725102"), address: "某省某县甲镇甲二村12号" },
  { name: "虚构·买买提", idNumber: numbered("99999919790101003"), address: "某省某县乙镇乙一村3号" },
];

let lying: FictionalCard | undefined;
const listeners = new Set<() => void>();

/** Lays a card on the simulated reader, or takes it away. @throws ReaderFault not-understood for a number that is not fictional or not whole */
export function layCard(card: FictionalCard | undefined): void {
  if (card && (!card.idNumber.startsWith(FICTIONAL_PREFIX) || citizenIdFacts(card.idNumber) === undefined || card.name.trim() === "")) throw new ReaderFault("not-understood");
  lying = card;
  for (const listener of listeners) listener();
}

export const lyingCard = (): FictionalCard | undefined => lying;
export const watchSimulator = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** A drawn head, so that nobody takes it for a photograph. */
async function drawnPortrait(seed: number): Promise<Blob | undefined> {
  if (typeof document === "undefined") return undefined;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [102, 126];
  const pen = canvas.getContext("2d");
  if (!pen) return undefined;
  const fill = (colour: string, draw: () => void): void => {
    pen.fillStyle = colour;
    pen.beginPath();
    draw();
    pen.fill();
  };
  fill("#fff", () => pen.rect(0, 0, 102, 126));
  fill(`hsl(${seed % 360} 40% 35%)`, () => pen.ellipse(51, 130, 46, 34, 0, 0, 7));
  fill("#e3b593", () => pen.rect(42, 78, 18, 24));
  fill("#221c18", () => pen.ellipse(51, 46, 28, 34, 0, 0, 7));
  fill("#e3b593", () => pen.ellipse(51, 54, 24, 30, 0, 0, 7));
  return (await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.7))) ?? undefined;
}

/** Reads the card that lies there. @throws ReaderFault no-card */
export async function readSimulator(): Promise<CardReading> {
  if (!lying) throw new ReaderFault("no-card");
  const facts = citizenIdFacts(lying.idNumber);
  const portrait = await drawnPortrait(Number(lying.idNumber.slice(6, 17)) % 360);
  const older = (facts?.birthDate ?? "") < "1970";
  return {
    name: lying.name,
    idNumber: lying.idNumber,
    ...(facts && { sex: facts.sex, birthDate: facts.birthDate }),
    nation: lying.name.includes("·") ? "维吾尔" : "汉",
    address: lying.address ?? "某省某县甲镇甲一村（虚构地址）",
    issuer: "虚构县公安局",
    validFrom: "2016-03-01",
    ...(older ? {} : { validTo: "2036-03-01" }),
    longTerm: older,
    ...(portrait && { portrait }),
  };
}
