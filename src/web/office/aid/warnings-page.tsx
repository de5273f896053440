// The board of warnings: counts by rule with the base of each rate, the list, and evaluating the rules as of today.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, App, Button, Select, Tag } from "antd";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { listWarnings, raiseWarnings } from "../../../modules/aid/contract.ts";
import { warningStateLabels, warningStates } from "../../../modules/aid/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment, rate, today } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { PageTurn } from "../../shared/page-turn.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useCampaign, useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useLang, useMarks, usePhrases, useText } from "../../shared/words.ts";
import { useCount } from "./use-count.ts";
import { WARNING_REFRESHES, WarningTable } from "./warning-table.tsx";
import { aidWords } from "./words.ts";

type Count = ReplyOf<typeof listWarnings>["counts"][number];

/** Open, overdue and how often a rule was right, by rule and version; a rule is chosen by pressing it. */
function ByRule({ counts, chosen, onChoose }: { readonly counts: readonly Count[]; readonly chosen: string | undefined; readonly onChoose: (rule: string | undefined) => void }): ReactNode {
  const say = usePhrases(aidWords);
  const count = useCount();
  const lang = useLang();
  const read = useText();
  return (
    <RowTable<Count>
      rows={counts}
      rowKey="id"
      empty={say("noWarnings")}
      wraps
      columns={[
        {
          title: say("rule"), key: "rule", width: "50%",
          render: (_, row) => <Button type="link" aria-pressed={chosen === row.rule} style={{ padding: 0, height: "auto", whiteSpace: "normal", textAlign: "start", fontWeight: chosen === row.rule ? 700 : 400 }} onClick={() => onChoose(chosen === row.rule ? undefined : row.rule)}>{row.rule} {read(row.label)}{counts.some((other) => other.rule === row.rule && other.id !== row.id) ? say("ofVersion", { version: row.version, area: row.area.name }) : ""}</Button>,
        },
        { title: say("allOpen"), key: "open", render: (_, row) => <>{count(row.open)} {row.overdue > 0 ? <Tag color="error">{say("overdue", { n: row.overdue })}</Tag> : null}</> },
        { title: say("filed"), key: "filed", render: (_, row) => count(row.filed) },
        { title: say("hit"), key: "hit", render: (_, row) => (row.checked === 0 ? <span className="quiet">{say("noneChecked")}</span> : rate(row.held, row.checked, lang)) },
      ]}
    />
  );
}

export function WarningsPage(): ReactNode {
  const say = usePhrases(aidWords);
  const mark = useMarks();
  const count = useCount();
  const read = useText();
  const { message } = App.useApp();
  const { campaign } = useCampaign();
  const scheme = campaign?.scheme ?? "low-income";
  const search = useSearch({ from: "/shell/warnings" });
  const navigate = useNavigate({ from: "/warnings" });
  const keeps = useMay("warning.keep");
  const raise = useCall(raiseWarnings, WARNING_REFRESHES);
  const state = warningStates.find((each) => each === search.state);
  const query = useRoute(listWarnings, { query: { scheme, ...(state && { state }), ...(search.rule && { rule: search.rule }), ...(search.after && { after: search.after }) } }, { keep: true });
  const set = (more: Record<string, string | undefined>): void =>
    void navigate({ search: Object.fromEntries(Object.entries({ ...search, after: undefined, ...more }).filter(([, value]) => value !== undefined)) });
  const evaluate = (): void =>
    raise.mutate({ body: { scheme, on: today() } }, { onSuccess: ({ households, rules }) => void message.success(say("evaluated", { households: count(households), n: count(rules.reduce((sum, rule) => sum + rule.raised, 0)) })) });
  const without = (raise.data?.rules ?? []).filter((rule) => rule.withoutLine > 0);
  const unjudged = say("without", { rules: without.map((rule) => rule.rule).join(mark.list), n: Math.max(0, ...without.map((rule) => rule.withoutLine)) });
  return (
    <main className="page">
      <PageHead title={say("warnings")}>
        <span className="spread" />
        {keeps ? <Button data-action="evaluate" loading={raise.isPending} onClick={evaluate}>{say("evaluate")}</Button> : null}
      </PageHead>
      <p className="quiet">{say("scoresNote")}</p>
      <ProblemView error={raise.error} />
      {without.length > 0 ? <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={unjudged} /> : null}
      <Loaded query={query}>
        {(data) => (
          <>
            <section className="panel" aria-label={say("hit")}><p className="quiet">{say("countedAt", { at: moment(new Date(query.dataUpdatedAt).toISOString()) })}</p><ByRule counts={data.counts} chosen={search.rule} onChoose={(rule) => set({ rule })} /></section>
            <section className="panel" aria-label={say("warnings")}>
              <Select aria-label={say("state")} style={{ minWidth: 200, marginBottom: 12 }} value={state ?? ""} onChange={(value) => set({ state: value === "" ? undefined : value })} options={[{ value: "", label: say("allOpen") }, ...warningStates.map((value) => ({ value, label: read(warningStateLabels[value]) }))]} />
              <WarningTable rows={data.rows} scheme={scheme} withName />
              <PageTurn after={search.after} next={data.next} onTurn={(after) => set({ after })} />
            </section>
          </>
        )}
      </Loaded>
    </main>
  );
}
