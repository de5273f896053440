// Who is signed in, what they may do, and which campaign they work on (chosen on this machine; the first one otherwise).
import type { UseQueryResult } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { ReplyOf } from "../../core/route.ts";
import { getMe } from "../../modules/access/contract.ts";
import type { Permission } from "../../modules/access/rules.ts";
import { listCampaigns } from "../../modules/campaigns/contract.ts";
import { getScheme } from "../../modules/schemes/contract.ts";
import type { Scheme } from "../../scheme/model.ts";
import type { ProblemError } from "./client.ts";
import { useRoute } from "./data.ts";

export type Me = ReplyOf<typeof getMe>;
export type Campaign = ReplyOf<typeof listCampaigns>["campaigns"][number];

export const useMe = (): UseQueryResult<Me, ProblemError> => useRoute(getMe, {}, { staleTime: 300_000 });

/** True when the signed-in person's roles include the permission. */
export function useMay(permission: Permission): boolean {
  return useMe().data?.permissions.includes(permission) ?? false;
}

const KEY = "qingce.campaign";
const listeners = new Set<() => void>();
const chosenId = (): string => localStorage.getItem(KEY) ?? "";

export function chooseCampaign(id: string): void {
  localStorage.setItem(KEY, id);
  for (const listener of listeners) listener();
}

/** Forgets what this browser kept of a person's work. The language stays; so do a terminal's own sealed drafts, should it be used on the same address. */
export function forgetWork(): void {
  localStorage.removeItem(KEY);
  inUse = undefined;
  sessionStorage.clear();
}

/** The campaign that pages show where none was chosen: one that is opened meanwhile does not take its place under somebody's hands. */
let inUse: string | undefined;

/** The campaign in force among those visible; undefined while loading or when there is none. */
export function useCampaign(): { readonly campaign: Campaign | undefined; readonly campaigns: readonly Campaign[]; readonly query: UseQueryResult<{ campaigns: Campaign[] }, ProblemError> } {
  const query = useRoute(listCampaigns, {}, { staleTime: 300_000 });
  const chosen = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    chosenId,
  );
  const campaigns = query.data?.campaigns ?? [];
  const campaign = campaigns.find((c) => c.id === chosen) ?? campaigns.find((c) => c.id === inUse) ?? campaigns[0];
  inUse = campaign?.id ?? inUse;
  return { campaign, campaigns, query };
}

const isScheme = (value: unknown): value is Scheme => typeof value === "object" && value !== null && "forms" in value && "generalForm" in value;

/** A published definition; it never changes under its version, so it is read once. */
export function useScheme(key: string | undefined, version: string | undefined): { readonly scheme: Scheme | undefined; readonly query: UseQueryResult<{ definition: unknown }, ProblemError> } {
  const query = useRoute(getScheme, { params: { scheme: key ?? "", version: version ?? "" } }, { enabled: key !== undefined && version !== undefined, staleTime: Infinity });
  const definition = query.data?.definition;
  return { scheme: isScheme(definition) ? definition : undefined, query };
}
