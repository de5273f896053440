// One self-declaration: what is declared beside what the record says, the steps, and the township's decision.
import { Alert, Button, Input, Tag } from "antd";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { decideDeclaration, getDeclaration } from "../../../modules/citizen/contract.ts";
import { actLabels, type Decision, decisions, kindLabels, officeMoves, stateLabels } from "../../../modules/citizen/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { type Line, Lines } from "../../shared/lines.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useMarks, usePhrases, useText } from "../../shared/words.ts";
import { declarationWords } from "./words.ts";

type View = ReplyOf<typeof getDeclaration>;
const REFRESHES = ["/api/declarations", "/api/records", "/api/work"];

function Decide({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(declarationWords);
  const read = useText();
  const [words, setWords] = useState("");
  const call = useCall(decideDeclaration, REFRESHES);
  const { declaration } = view;
  const decide = (decision: Decision): void => call.mutate({ params: { county: declaration.county, id: declaration.id }, body: { decision, ...(words.trim() ? { words: words.trim() } : {}) } });
  return (
    <section className="panel" aria-label={say("decide")}>
      <h2>{say("decide")}</h2>
      <ProblemView error={call.error} />
      <label htmlFor="declaration-words">{say("words")}</label>
      <Input.TextArea id="declaration-words" rows={2} maxLength={500} value={words} onChange={(event) => setWords(event.target.value)} style={{ margin: "4px 0 12px" }} />
      <div style={{ display: "flex", flexWrap: "wrap", gap: 12 }}>
        {decisions.map((decision) => {
          const rule = officeMoves[decision];
          const open = rule.from.includes(declaration.state) && (!rule.needsWords || words.trim().length >= 2);
          return (
            <Button key={decision} type={decision === "accept" ? "primary" : "default"} danger={decision === "reject"} data-move={`declaration-${decision}`} disabled={!open} loading={call.isPending} onClick={() => decide(decision)}>
              {read(rule.label)}
            </Button>
          );
        })}
      </div>
    </section>
  );
}

function Content({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(declarationWords);
  const read = useText();
  return (
    <section className="panel" aria-label={say("content")}>
      <h2>{say("content")}</h2>
      <RowTable
        rows={view.items.map((item) => ({ ...item, id: item.path }))}
        empty="—"
        wraps
        columns={[
          { title: say("item"), key: "item", render: (_, row) => read(row.label) },
          { title: say("declared"), key: "declared", render: (_, row) => <b>{read(row.declared)}</b> },
          { title: say("now"), key: "now", render: (_, row) => (row.now ? <>{read(row.now)} {row.differs ? null : <Tag>{say("same")}</Tag>}{row.changedMeanwhile ? <Tag style={{ color: "#5c3d00", background: "#fff1c2" }}>{say("meanwhile")}</Tag> : null}</> : "—") },
        ]}
      />
    </section>
  );
}

export function DeclarationPage(): ReactNode {
  const say = usePhrases(declarationWords);
  const mark = useMarks();
  const read = useText();
  const { county, id } = useParams({ from: "/shell/declarations/$county/$id" });
  const query = useRoute(getDeclaration, { params: { county: Number(county), id } });
  return (
    <main className="page">
      <Loaded query={query}>
        {(view) => {
          const { declaration } = view;
          const lines: readonly Line[] = [
            [say("person"), view.name],
            [say("number"), view.idMasked],
            [say("scheme"), read(declaration.label)],
            [say("area"), declaration.area.fullName],
            [say("state"), <b key="state" data-state={declaration.state}>{read(stateLabels[declaration.state])}</b>],
            ...(view.said === undefined ? [] : [[say("said"), view.said] as const]),
          ];
          return (
            <>
              <PageHead title={`${read(kindLabels[declaration.kind])}${mark.colon}${view.name}`}>
                <span className="spread" />
                {view.record ? <Link to="/records/$county/$id" params={{ county: String(view.record.county), id: view.record.id }}>{say("record")}</Link> : null}
                <Link to="/declarations" search={{}}>{say("back")}</Link>
              </PageHead>
              {view.record || declaration.state !== "sent" ? null : <Alert type="info" showIcon style={{ marginBottom: 16 }} title={say("noRecord")} />}
              <section className="panel" aria-label={say("person")}><Lines lines={lines} /></section>
              <Content view={view} />
              <section className="panel" aria-label={say("steps")}>
                <h2>{say("steps")}</h2>
                <ol>
                  {view.steps.map((step) => <li key={step.at + step.act}>{read(actLabels[step.act])}{step.by === "" ? null : <>{mark.colon}{step.by}</>} {moment(step.at)}{step.words === undefined ? null : <div>{step.words}</div>}</li>)}
                </ol>
              </section>
              {view.mayDecide ? <Decide view={view} /> : declaration.state === "sent" ? <p className="quiet">{say("onlyCollectors")}</p> : null}
            </>
          );
        }}
      </Loaded>
    </main>
  );
}
