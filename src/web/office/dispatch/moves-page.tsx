// Cases offered to other offices: those that wait for the reader first.
import { App, Button, Input } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { listReroutes, settleReroute } from "../../../modules/dispatch/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { CASE_REFRESHES } from "./answer-form.tsx";
import { CasesNav } from "./cases-nav.tsx";
import { moreWords } from "./more-words.ts";

type Row = ReplyOf<typeof listReroutes>["rows"][number];

function Settle({ row }: { readonly row: Row }): ReactNode {
  const say = usePhrases(moreWords);
  const { message } = App.useApp();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const settle = useCall(settleReroute, [...CASE_REFRESHES, "/api/case-reroutes"]);
  const act = (accept: boolean): void => {
    setTried(true);
    if (reason.trim() !== "") settle.mutate({ params: { county: row.county, id: row.id }, body: { accept, reason: reason.trim() } }, { onSuccess: () => void message.success(say("settled")) });
  };
  return (
    <div style={{ minWidth: 260 }}>
      <ProblemView error={settle.error} />
      <Input name={`reason-${row.id}`} aria-label={`${say("settleReason")}${punct.inside(row.person)}`} placeholder={say("settleReason")} value={reason} maxLength={500} status={tried && reason.trim() === "" ? "error" : ""} onChange={(event) => setReason(event.target.value)} />
      {tried && reason.trim() === "" ? <div role="alert" className="field-fault fault-block">{say("needReason")}</div> : null}
      <div style={{ display: "flex", gap: 8, marginTop: 6 }}>
        <Button type="primary" data-move="take-case" loading={settle.isPending} onClick={() => act(true)}>{say("accept")}</Button>
        <Button data-move="decline-case" disabled={settle.isPending} onClick={() => act(false)}>{say("decline")}</Button>
      </div>
    </div>
  );
}

export function MovesPage(): ReactNode {
  const say = usePhrases(moreWords);
  const read = useText();
  const mayAnswer = useMay("case.answer");
  const query = useRoute(listReroutes, {});
  return (
    <main className="page">
      <PageHead title={say("movesTitle")} />
      <CasesNav />
      <section className="panel">
        <Loaded query={query}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Nothing text={say("movesNone")} />
            ) : (
              <div style={{ overflowX: "auto" }}>
                <table className="beside">
                  <thead>
                    <tr>{(["person", "group", "from", "toOffice", "reason", "state"] as const).map((key) => <th key={key} scope="col">{say(key)}</th>)}</tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id} data-reroute={row.state}>
                        <td>{row.state === "accepted" ? <Link to="/cases/$county/$id" params={{ county: String(row.county), id: row.case }}>{row.person}</Link> : row.person}</td>
                        <td>{read(row.groupLabel)}</td>
                        <td>{row.fromArea.name}<div className="quiet">{row.askedBy} · {moment(row.askedAt)}</div></td>
                        <td>{row.toArea.name}</td>
                        <td style={{ maxWidth: 260, whiteSpace: "pre-wrap" }}>{row.reason}</td>
                        <td>
                          {row.mine && mayAnswer ? <Settle row={row} /> : <>{say(row.state)}{row.settledBy ? <div className="quiet">{row.settledBy} · {row.settleReason}</div> : null}</>}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }
        </Loaded>
      </section>
    </main>
  );
}
