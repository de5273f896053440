// Who is right for which item, what counts as agreeing, and how fresh each department's list is.
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getAuthority } from "../../../modules/dispatch/contract.ts";
import { useRoute } from "../../shared/data.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { count } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Rate } from "../../shared/record-marks.tsx";
import { useCampaign } from "../../shared/session.ts";
import { Loaded } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { CasesNav } from "./cases-nav.tsx";
import { moreWords } from "./more-words.ts";

type Reply = ReplyOf<typeof getAuthority>;

/** ±5 % for shares, days for dates. */
function tolerance(rule: string, value: number | undefined): string {
  if (value === undefined) return "";
  return rule === "within-share" ? `±${Math.round(value * 1000) / 10} %` : `±${value}`;
}

function Laws({ rows }: { readonly rows: Reply["rows"] }): ReactNode {
  const say = usePhrases(moreWords);
  const read = useText();
  const label = useDepartmentLabel();
  return (
    <div style={{ overflowX: "auto" }}>
      <table className="beside" data-laws={rows.length}>
        <thead>
          <tr>{(["group", "item", "right", "source", "rule", "classes"] as const).map((key) => <th key={key} scope="col">{say(key)}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              <td>{i === 0 || rows[i - 1]?.group !== row.group ? <b>{read(row.groupLabel)}</b> : ""}</td>
              <th scope="row">{read(row.item)}</th>
              <td>{row.authority === row.department ? read(row.departmentLabel) : label(row.authority)}</td>
              <td>{read(row.departmentLabel)}{row.first ? null : <span className="quiet"> · {say("second")}</span>}</td>
              <td>{read(row.ruleLabel)} {tolerance(row.rule, row.tolerance)}{row.conditional ? <div className="quiet">{say("conditional")}</div> : null}</td>
              <td>{row.classes.map((each) => <div key={each.key}>{each.key} {read(each.label)} <span className="quiet">· {say("daysToSettle", { n: each.days })}</span></div>)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Lists({ lists }: { readonly lists: Reply["lists"] }): ReactNode {
  const say = usePhrases(moreWords);
  const read = useText();
  const lang = useLang();
  return (
    <table className="beside" style={{ maxWidth: 860 }}>
      <thead>
        <tr>
          <th scope="col">{say("department")}</th>
          <th scope="col">{say("listAsOf")}</th>
          <th scope="col" className="to-right">{say("agreed")}</th>
          <th scope="col" className="to-right">{say("older")}</th>
        </tr>
      </thead>
      <tbody>
        {lists.map((list) => (
          <tr key={list.department}>
            <th scope="row">{read(list.label)}</th>
            <td>{list.asOf === undefined ? <span className="quiet">{say("noList")}</span> : <>{list.asOf} <span className="quiet">{say("age", { n: list.ageDays ?? 0 })}</span></>}</td>
            <td className="to-right">{list.asOf === undefined ? "—" : <Rate part={list.agreed} base={list.compared} />}</td>
            <td className="to-right number">{count(list.older, lang)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function AuthorityPage(): ReactNode {
  const say = usePhrases(moreWords);
  const { campaign } = useCampaign();
  const query = useRoute(getAuthority, { query: { campaign: campaign?.id ?? "" } }, { enabled: campaign !== undefined });
  return (
    <main className="page">
      <PageHead title={say("authorityTitle")} />
      <CasesNav />
      <p className="quiet">{say("authorityHelp")}</p>
      <Loaded query={query}>
        {({ rows, lists }) => (
          <>
            <section className="panel"><h2>{say("lists")}</h2><Lists lists={lists} /></section>
            <section className="panel"><h2>{say("item")}</h2><Laws rows={rows} /></section>
          </>
        )}
      </Loaded>
    </main>
  );
}
