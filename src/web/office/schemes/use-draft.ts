// A draft with its definition and base in hand, and saving edits to it one after the other.
import { App } from "antd";
import { useMemo, useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import type { ReplyOf } from "../../../core/route.ts";
import { editDraft, type getDraft, getDraftDefinition } from "../../../modules/drafting/contract.ts";
import { compareSchemes, type SchemeChange } from "../../../scheme/compare.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { call, ProblemError } from "../../shared/client.ts";
import { useRoute } from "../../shared/data.ts";
import { useScheme } from "../../shared/session.ts";
import { useLang, usePhrases } from "../../shared/words.ts";
import { draftWords } from "./draft-words.ts";
import type { Edit } from "./editing.ts";

export type Draft = ReplyOf<typeof getDraft>;

/** Definition of the draft at its revision, its base, and what differs; undefined until both are there. */
export function useDefinitions(draft: Draft): { readonly scheme: Scheme; readonly base: Scheme; readonly changes: readonly SchemeChange[] } | { readonly error: ProblemError | null } {
  const definition = useRoute(getDraftDefinition, { params: { id: draft.id }, query: { revision: draft.revision } }, { staleTime: Infinity, keep: true });
  const { scheme: base, query } = useScheme(draft.scheme, draft.baseVersion);
  const scheme = definition.data?.definition as Scheme | undefined;
  const changes = useMemo(() => (base && scheme ? compareSchemes(base, scheme) : []), [base, scheme]);
  return base && scheme ? { scheme, base, changes } : { error: definition.error ?? query.error };
}

export type Saving = { readonly open: boolean; readonly busy: boolean; readonly error: ProblemError | undefined; readonly save: (edits: readonly Edit[]) => Promise<boolean> };

/** Saves edits in turn, each on the revision that the one before left; what was saved before a refusal stays. */
export function useSaving(draft: Draft): Saving {
  const say = usePhrases(draftWords);
  const lang = useLang();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ProblemError>();
  const open = draft.moves.some((move) => move.move === "edit" && move.open);
  const save = async (edits: readonly Edit[]): Promise<boolean> => {
    if (edits.length === 0) {
      void message.info(say("nothingChanged"));
      return false;
    }
    setBusy(true);
    setError(undefined);
    try {
      let { revision } = draft;
      for (const edit of edits) ({ revision } = await call(editDraft, { params: { id: draft.id }, body: { revision, edit } }));
      void message.success(say("saved", { n: edits.length }));
      return true;
    } catch (failed) {
      if (!(failed instanceof ProblemError)) throw failed;
      setError(failed);
      void message.error(failed.say(lang));
      return false;
    } finally {
      // The next edit stands on the new revision: the draft is read again before the form is free.
      await client.invalidateQueries({ predicate: ({ queryKey: [path] }) => typeof path === "string" && path.startsWith("/api/scheme-drafts") });
      setBusy(false);
    }
  };
  return { open, busy, error, save };
}
