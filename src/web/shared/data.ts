// React Query over routes: `useRoute` reads, `useCall` writes. Keys are [path, params, query or body], so a write can refresh by path.
import { keepPreviousData, QueryClient, useMutation, type UseMutationResult, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import type { ReplyOf, RouteShape } from "../../core/route.ts";
import { call, type InputOf, type LooseInput, type ProblemError } from "./client.ts";

/** Retries are the client's own, and so is what is said while nothing answers: whether a closed network is one, no browser can tell. What a page read is forgotten when it is left: others work on the same records, and people's data stay in no memory for nothing. */
export const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: "always", refetchOnReconnect: true, staleTime: 1_000, gcTime: 0 }, mutations: { retry: false, networkMode: "always" } } });

export const keyOf = (route: RouteShape, input: LooseInput): readonly unknown[] => [route.path, input.params ?? null, input.query ?? input.body ?? null];

export type ReadOptions<T = unknown> = {
  readonly enabled?: boolean;
  /** Milliseconds between automatic reads (tasks, progress), or a function of what was read last that says so; false stops. */
  readonly every?: number | false | ((data: T | undefined) => number | false);
  /** Milliseconds for which what was read is kept and taken as fresh, also between pages (definitions, lists of rounds). */
  readonly staleTime?: number;
  /** Shows the rows of the last query until the next ones are there. */
  readonly keep?: boolean;
};

/** Reads a GET route, or a POST that only shows something. */
export function useRoute<R extends RouteShape>(route: R, input: InputOf<R>, options: ReadOptions<ReplyOf<R>> = {}): UseQueryResult<ReplyOf<R>, ProblemError> {
  const { every = false } = options;
  return useQuery<ReplyOf<R>, ProblemError>({
    queryKey: keyOf(route, input as LooseInput),
    queryFn: ({ signal }) => call(route, input, signal),
    enabled: options.enabled ?? true,
    refetchInterval: typeof every === "function" ? ({ state }) => every(state.data) : every,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime, gcTime: options.staleTime }),
    ...(options.keep ? { placeholderData: keepPreviousData as never } : {}),
  });
}

/** Writes by a route; on success every read whose path begins with one of `refreshes` is read again. */
export function useCall<R extends RouteShape>(route: R, refreshes: readonly string[] = []): UseMutationResult<ReplyOf<R>, ProblemError, InputOf<R>> {
  const client = useQueryClient();
  return useMutation<ReplyOf<R>, ProblemError, InputOf<R>>({
    mutationFn: (input) => call(route, input),
    onSuccess: () => refresh(client, refreshes),
  });
}

/** Marks all reads whose path begins with one of the prefixes as old. */
export function refresh(client: QueryClient, prefixes: readonly string[]): void {
  if (prefixes.length === 0) return;
  void client.invalidateQueries({ predicate: ({ queryKey: [path] }) => typeof path === "string" && prefixes.some((prefix) => path.startsWith(prefix)) });
}
