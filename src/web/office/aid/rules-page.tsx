// Rules of warnings: in words, written and tried on stored data by one person, switched on by another.
import { App, Button, Tag } from "antd";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { listRules, switchRule, tryRule } from "../../../modules/aid/contract.ts";
import { levelLabels } from "../../../modules/aid/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { rate, today } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useCampaign, useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useLang, useMarks, usePhrases, useText } from "../../shared/words.ts";
import { RuleEditor } from "./rule-editor.tsx";
import { ruleWords } from "./rule-words.ts";
import { useCount } from "./use-count.ts";
import { levelColours } from "./warning-table.tsx";
import { aidWords } from "./words.ts";

type Rule = ReplyOf<typeof listRules>["rules"][number];
const REFRESHES = ["/api/warning-rules", "/api/warnings"];

/** What a trial found, with its base, and where. */
function Trial({ rule: { tried } }: { readonly rule: Rule }): ReactNode {
  const say = usePhrases(aidWords);
  const mark = useMarks();
  const count = useCount();
  const lang = useLang();
  if (!tried) return <span className="quiet">{say("notTried")}</span>;
  return (
    <>
      <div data-tried={tried.would}>{say("triedLine", { on: tried.on, rate: rate(tried.would, tried.households, lang) })}</div>
      {tried.withoutLine > 0 ? <div className="quiet">{say("triedWithout", { without: count(tried.withoutLine) })}</div> : null}
      {tried.byPlace.length > 0 ? <div className="quiet">{tried.byPlace.map((one) => `${one.area.name} ${count(one.would)}`).join(mark.list)}</div> : null}
    </>
  );
}

export function RulesPage(): ReactNode {
  const say = usePhrases(aidWords);
  const sayRule = usePhrases(ruleWords);
  const read = useText();
  const { message } = App.useApp();
  const { campaign } = useCampaign();
  const scheme = campaign?.scheme ?? "low-income";
  const [keeps, approves] = [useMay("warning.keep"), useMay("warning.approve")];
  const query = useRoute(listRules, { query: { scheme } });
  const attempt = useCall(tryRule, REFRESHES);
  const turn = useCall(switchRule, REFRESHES);
  const [editing, setEditing] = useState<Rule | "new">();
  const done = (): void => void message.success(say("saved"));
  const flip = (row: Rule): void => turn.mutate({ params: { id: row.id }, body: { on: row.state !== "on" } }, { onSuccess: done });
  return (
    <main className="page">
      <PageHead title={say("rules")}>
        <span className="spread" />
        {keeps ? <Button type="primary" data-action="write-rule" onClick={() => setEditing("new")}>{sayRule("write")}</Button> : null}
      </PageHead>
      <p className="quiet">{say("scoresNote")} {say("needsTwo")}</p>
      <ProblemView error={attempt.error ?? turn.error} />
      <Loaded query={query}>
        {({ rules }) => (
          <section className="panel" aria-label={say("rules")}>
            <RowTable<Rule>
              rows={rules}
              empty={say("noRules")}
              wraps
              columns={[
                {
                  title: say("rule"), key: "key", width: "36%",
                  render: (_, row) => <span data-rule={`${row.key} ${row.version}`}><strong>{row.key}</strong> {read(row.label)}<div className="quiet">{read(row.words)}</div><div className="quiet">{row.source}</div></span>,
                },
                { title: say("level"), key: "level", render: (_, row) => <Tag color={levelColours[row.level]}>{read(levelLabels[row.level])}</Tag> },
                { title: say("area"), key: "area", render: (_, row) => row.area.name },
                { title: say("tried"), key: "tried", width: "24%", render: (_, row) => <Trial rule={row} /> },
                {
                  title: say("state"), key: "state",
                  render: (_, row) => <>{row.state === "on" ? <Tag color="success">{say("on_")}</Tag> : <Tag>{say(row.state === "off" ? "off_" : "draft")}</Tag>}<div className="quiet">{say("version")} {row.version}</div></>,
                },
                {
                  title: "", key: "act",
                  render: (_, row) => (
                    <span style={{ display: "flex", flexWrap: "wrap", gap: 6 }}>
                      {keeps ? <Button size="small" data-try={row.key} loading={attempt.isPending && attempt.variables.params.id === row.id} onClick={() => attempt.mutate({ params: { id: row.id }, body: { on: today() } }, { onSuccess: done })}>{say("try")}</Button> : null}
                      {keeps ? <Button size="small" data-revise={row.key} onClick={() => setEditing(row)}>{sayRule("newVersion")}</Button> : null}
                      {approves && (row.state === "on" || row.tried) ? <Button size="small" data-switch={row.key} onClick={() => flip(row)}>{row.state === "on" ? say("switchOff") : say("switchOn")}</Button> : null}
                    </span>
                  ),
                },
              ]}
            />
          </section>
        )}
      </Loaded>
      {editing ? <RuleEditor scheme={scheme} rule={editing === "new" ? undefined : editing} onDone={() => setEditing(undefined)} /> : null}
    </main>
  );
}
