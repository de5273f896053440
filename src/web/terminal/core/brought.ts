// What a bundle of the office brought, between reading it and putting it in force.
import type { AreasEntry, CampaignEntry, LeaseEntry, NoticeEntry, ReceiptEntry, RevocationsEntry, SchemeEntry, TakenEntry } from "../../../bundle/contents.ts";

/** What a bundle brought besides people; put in force by the commit. */
export type Brought = {
  readonly papers: (SchemeEntry | CampaignEntry | AreasEntry | NoticeEntry)[];
  readonly receipts: ReceiptEntry[];
  /** Record → revision at the office, of the people in the bundle. */
  readonly people: Map<string, number>;
  gone: number;
  returned: number;
  lease?: LeaseEntry;
  revocations?: RevocationsEntry;
  taken?: TakenEntry;
};
