// A draft of a scheme's next version: edit items, checks and codes in place, check it, run it dry, compare, submit, approve, publish.
import { Alert, App, Button, Tabs } from "antd";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ReactNode } from "react";
import type { UseQueryResult } from "@tanstack/react-query";
import { getDraft } from "../../../modules/drafting/contract.ts";
import { draftStateLabels } from "../../../modules/drafting/rules.ts";
import type { Place } from "../../../scheme/layout.ts";
import type { ProblemError } from "../../shared/client.ts";
import { useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Loaded, Loading, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { CheckEditor } from "./check-editor.tsx";
import { ChecksView } from "./checks-view.tsx";
import { CodesView } from "./codes-view.tsx";
import { ComparisonView } from "./comparison-view.tsx";
import { DraftMoves } from "./draft-moves.tsx";
import { DraftSettings } from "./draft-settings.tsx";
import { draftWords } from "./draft-words.ts";
import { DryRunView } from "./dry-run-view.tsx";
import { changesUnder } from "./editing.ts";
import { EditsView } from "./edits-view.tsx";
import { FormChoice, narrowingOf, PlaceList } from "./forms-view.tsx";
import { ItemEditor } from "./item-editor.tsx";
import { NarrowingBar } from "./narrowing.tsx";
import { itemsOf } from "./reading.ts";
import { type DraftSearch, draftTabs } from "./routes.ts";
import { SetEditor } from "./set-editor.tsx";
import { type Draft, useDefinitions, useSaving } from "./use-draft.ts";
import { WasNow } from "./was-now.tsx";
import "./schemes.css";

const from = "/shell/scheme-drafts/$id";
type Definitions = Exclude<ReturnType<typeof useDefinitions>, { readonly error: unknown }>;
type Part = { readonly draft: Draft; readonly definitions: Definitions; readonly search: DraftSearch; readonly onSearch: (next: DraftSearch) => void };

function Faults({ draft, query }: { readonly draft: Draft; readonly query: UseQueryResult<Draft, ProblemError> }): ReactNode {
  const say = usePhrases(draftWords);
  const read = useText();
  const { message } = App.useApp();
  const check = async (): Promise<void> => {
    const { data } = await query.refetch();
    if (data) void (data.faults.length === 0 ? message.success(say("sound")) : message.error(say("faults", { n: data.faults.length })));
  };
  return (
    <>
      <Button data-move="check-definition" onClick={() => void check()}>{say("check")}</Button>
      {draft.faults.length === 0 ? null : (
        <Alert
          type="error"
          showIcon
          style={{ flexBasis: "100%" }}
          title={say("faults", { n: draft.faults.length })}
          description={
            <table className="beside fault-table">
              <thead>
                <tr>
                  <th scope="col">{say("path")}</th>
                  <th scope="col">{say("fault")}</th>
                </tr>
              </thead>
              <tbody>
                {draft.faults.map((fault) => (
                  <tr key={`${fault.path} ${fault.message.en}`} data-fault={fault.path}>
                    <td><code>{fault.path}</code></td>
                    <td>{read(fault.message)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          }
        />
      )}
    </>
  );
}

function Items({ draft, definitions: { scheme, changes }, search, onSearch }: Part): ReactNode {
  const saving = useSaving(draft);
  const by = narrowingOf(scheme, search);
  const { form, q } = by;
  const places = useMemo(() => itemsOf(scheme, { form, q }), [scheme, form, q]);
  const beside = (place: Place): ReactNode => (
    <>
      <WasNow changes={changesUnder(changes, `forms.${place.form.key}.sections.${place.section.key}.items.${place.item.key}`)} />
      <ItemEditor place={place} saving={saving} />
    </>
  );
  return (
    <>
      <NarrowingBar forms={false} sources={false} scheme={scheme} by={{ form: search.form, q }} fits={places.length} onChange={(next) => onSearch({ ...search, form: next.form, q: next.q })} />
      <div className="reading-grid">
        <FormChoice scheme={scheme} current={form} onChoose={(key) => onSearch({ ...search, form: key })} />
        <div>
          <PlaceList scheme={scheme} places={places} beside={beside} />
        </div>
      </div>
    </>
  );
}

function Checks({ draft, definitions: { scheme, changes }, search, onSearch }: Part): ReactNode {
  const saving = useSaving(draft);
  return (
    <ChecksView
      scheme={scheme}
      q={search.q}
      severity={search.form}
      onSearch={(q, severity) => onSearch({ ...search, q, form: severity })}
      beside={(check) => (
        <>
          <WasNow changes={changesUnder(changes, `checks.${check.key}`)} />
          <CheckEditor check={check} saving={saving} />
        </>
      )}
    />
  );
}

function Codes({ draft, definitions: { scheme, changes }, search, onSearch }: Part): ReactNode {
  const saving = useSaving(draft);
  return (
    <CodesView
      scheme={scheme}
      q={search.q}
      onSearch={(q) => onSearch({ ...search, q })}
      beside={(set) => (
        <>
          <WasNow changes={changesUnder(changes, `codeSets.${set.key}`)} />
          <SetEditor set={set} saving={saving} />
        </>
      )}
    />
  );
}

function Steps({ draft }: { readonly draft: Draft }): ReactNode {
  const say = usePhrases(draftWords);
  const { submitted, approved, published } = draft;
  const lines = [
    submitted ? say("submittedBy", { name: submitted.by, at: moment(submitted.at) }) : "",
    approved ? say("approvedBy", { name: approved.by, at: moment(approved.at) }) : "",
    published ? say("publishedBy", { name: published.by, at: moment(published.at) }) : "",
  ].filter((line) => line !== "");
  if (lines.length === 0) return null;
  return <p className="quiet">{lines.join(punct.gap)}</p>;
}

function Workbench({ draft }: { readonly draft: Draft }): ReactNode {
  const say = usePhrases(draftWords);
  const search = useSearch({ from });
  const navigate = useNavigate();
  const definitions = useDefinitions(draft);
  const saving = useSaving(draft);
  if ("error" in definitions) return definitions.error ? <ProblemView error={definitions.error} /> : <Loading />;
  // Whoever approves looks at what changes first.
  const tab = search.tab ?? (draft.state === "editing" ? "items" : "comparison");
  const onSearch = (next: DraftSearch): void => void navigate({ to: "/scheme-drafts/$id", params: { id: draft.id }, search: next, replace: true });
  const labels = { items: say("tabItems"), checks: say("tabChecks"), codes: say("tabCodes"), edits: say("tabEdits", { n: draft.edits.length }), "dry-run": say("tabDryRun"), comparison: say("tabComparison") };
  const part: Part = { draft, definitions, search, onSearch };
  return (
    <>
      {saving.open ? <DraftSettings key={`${draft.version} ${definitions.scheme.referenceDate}`} draft={draft} scheme={definitions.scheme} saving={saving} /> : null}
      <Tabs activeKey={tab} onChange={(key) => onSearch({ tab: draftTabs.find((one) => one === key) })} items={draftTabs.map((key) => ({ key, label: <span data-tab={key}>{labels[key]}</span> }))} />
      {tab === "items" ? <Items {...part} /> : null}
      {tab === "checks" ? <Checks {...part} /> : null}
      {tab === "codes" ? <Codes {...part} /> : null}
      {tab === "edits" ? <EditsView draft={draft} /> : null}
      {tab === "dry-run" ? <DryRunView draft={draft} scheme={definitions.scheme} /> : null}
      {tab === "comparison" ? <ComparisonView draft={draft} /> : null}
    </>
  );
}

export function DraftPage(): ReactNode {
  const say = usePhrases(draftWords);
  const read = useText();
  const { id } = useParams({ from });
  const query = useRoute(getDraft, { params: { id } }, { staleTime: 0 });
  return (
    <main className="page">
      <Loaded query={query}>
        {(draft) => (
          <>
            <PageHead title={say("heading", { label: read(draft.label), version: draft.version })}>
              <b data-draft-state={draft.state}>{read(draftStateLabels[draft.state])}</b>
              <span className="quiet">{say("about", { base: draft.baseVersion, author: draft.author })}</span>
              <span className="spread" />
              {draft.state === "published" ? (
                <Link to="/schemes/$scheme/$version" params={{ scheme: draft.scheme, version: draft.version }}>{say("readPublished")}</Link>
              ) : null}
              <Link to="/schemes">{say("back")}</Link>
            </PageHead>
            <Steps draft={draft} />
            {draft.returnedBecause && draft.state === "editing" ? <Alert type="warning" showIcon title={say("returned")} description={draft.returnedBecause} style={{ marginBottom: 12 }} /> : null}
            <div className="panel draft-bar">
              <DraftMoves draft={draft} />
              <Faults draft={draft} query={query} />
            </div>
            <Workbench draft={draft} />
          </>
        )}
      </Loaded>
    </main>
  );
}
