// Schemes with their published versions, and the drafts of next ones.
import { App, Button, Input, Modal } from "antd";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { createDraft, listDrafts } from "../../../modules/drafting/contract.ts";
import { draftStateLabels } from "../../../modules/drafting/rules.ts";
import { listSchemes } from "../../../modules/schemes/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { count, moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import "./schemes.css";
import { schemeWords } from "./words.ts";

type Version = ReplyOf<typeof listSchemes>["schemes"][number];
type Draft = ReplyOf<typeof listDrafts>["drafts"][number];

/** By which journeys find the dialog's button. */
const okMark = { "data-move": "create-draft" };

function BeginDialog({ from, onClose }: { readonly from: Version; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(schemeWords);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [version, setVersion] = useState("");
  const create = useCall(createDraft, ["/api/scheme-drafts"]);
  const go = (): void => {
    if (version.trim() === "") return void message.info(say("newVersionHelp"));
    create.mutate({ body: { scheme: from.scheme, baseVersion: from.version, version: version.trim() } }, { onSuccess: ({ id }) => void navigate({ to: "/scheme-drafts/$id", params: { id } }) });
  };
  return (
    <Modal open title={`${say("begin")}${punct.colon}${from.scheme} ${from.version}`} okText={say("create")} cancelText={say("cancel")} confirmLoading={create.isPending} onCancel={onClose} onOk={go} okButtonProps={okMark}>
      <ProblemView error={create.error} />
      <label htmlFor="new-version">{say("newVersion")}</label>
      <Input id="new-version" name="version" autoFocus value={version} maxLength={40} onChange={(event) => setVersion(event.target.value)} onPressEnter={go} />
      <p className="quiet">{say("newVersionHelp")}</p>
    </Modal>
  );
}

function Versions({ rows }: { readonly rows: readonly Version[] }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const mayDraft = useMay("scheme.draft");
  const [from, setFrom] = useState<Version>();
  return (
    <>
      <RowTable<Version>
        rows={rows}
        empty={say("none")}
        rowKey={(row) => `${row.scheme}@${row.version}`}
        columns={[
          {
            title: say("scheme"),
            key: "scheme",
            render: (_, row) => (
              <Link to="/schemes/$scheme/$version" params={{ scheme: row.scheme, version: row.version }} data-scheme={row.scheme} data-version={row.version}>
                {read(row.label)}
              </Link>
            ),
          },
          { title: say("version"), key: "version", render: (_, row) => <span className="number">{row.version}</span> },
          { title: say("publishedAt"), key: "at", render: (_, row) => <span className="number">{moment(row.publishedAt)}</span> },
          { title: <span title={say("hashHelp")}>{say("hash")}</span>, key: "hash", render: (_, row) => <code title={row.hash}>{row.hash.slice(0, 12)}</code> },
          {
            title: say("read"),
            key: "items",
            render: (_, row) => (
              <Link to="/schemes/$scheme/$version/items" params={{ scheme: row.scheme, version: row.version }}>
                {say("allItems")}
              </Link>
            ),
          },
          ...(mayDraft
            ? [
                {
                  title: say("begin"),
                  key: "begin",
                  render: (_: unknown, row: Version) => (
                    <Button size="small" data-move="begin-draft" data-of={`${row.scheme}@${row.version}`} onClick={() => setFrom(row)}>
                      {say("begin")}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {from ? <BeginDialog from={from} onClose={() => setFrom(undefined)} /> : null}
    </>
  );
}

function Drafts(): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const lang = useLang();
  const query = useRoute(listDrafts, {});
  return (
    <section className="panel">
      <h2>{say("drafts")}</h2>
      <p className="quiet">{say("draftsHelp")}</p>
      <Loaded query={query}>
        {({ drafts }) => (
          <RowTable<Draft>
            rows={drafts}
            empty={say("noDrafts")}
            pageSize={20}
            columns={[
              {
                title: say("scheme"),
                key: "scheme",
                render: (_, row) => (
                  <Link to="/scheme-drafts/$id" params={{ id: row.id }} data-draft={row.id}>
                    {read(row.label)} · {row.version}
                  </Link>
                ),
              },
              { title: say("base"), key: "base", render: (_, row) => <span className="number">{row.baseVersion}</span> },
              { title: say("state"), key: "state", render: (_, row) => <span data-draft-state={row.state}>{read(draftStateLabels[row.state])}</span> },
              { title: say("edits"), key: "edits", align: "right", render: (_, row) => <span className="number">{count(row.edits, lang)}</span> },
              { title: say("author"), key: "author", render: (_, row) => row.author },
              { title: say("updatedAt"), key: "at", render: (_, row) => <span className="number">{moment(row.updatedAt)}</span> },
            ]}
          />
        )}
      </Loaded>
    </section>
  );
}

export function SchemesPage(): ReactNode {
  const say = usePhrases(schemeWords);
  const mayRead = useMay("scheme.read-drafts");
  const query = useRoute(listSchemes, {});
  return (
    <main className="page">
      <PageHead title={say("title")} />
      <p className="quiet">{say("intro")}</p>
      <div className="panel">
        <Loaded query={query}>{({ schemes }) => <Versions rows={schemes} />}</Loaded>
      </div>
      {mayRead ? <Drafts /> : null}
    </main>
  );
}
