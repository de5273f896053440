// The weekly list of look-ups that ask for a second look, and the second look itself.
import { Button, Input } from "antd";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { addDays } from "../../../core/time.ts";
import { listMarks, seeMark } from "../../../modules/auditing/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { auditWords } from "./words.ts";

type Mark = ReplyOf<typeof listMarks>["rows"][number];
const api = getRouteApi("/shell/audit/marks");

function SecondLook({ mark }: { readonly mark: Mark }): ReactNode {
  const say = usePhrases(auditWords);
  const [remark, setRemark] = useState("");
  const see = useCall(seeMark, ["/api/audit/marks"]);
  if (mark.seen) return say("seenBy", { by: mark.seen.by, remark: mark.seen.remark });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (remark.trim() !== "") see.mutate({ params: { county: mark.county, id: mark.id }, body: { remark: remark.trim() } });
  };
  return (
    <form onSubmit={submit}>
      <ProblemView error={see.error} />
      <div style={{ display: "flex", gap: 8 }}>
        <Input aria-label={say("remark")} placeholder={say("remark")} maxLength={300} value={remark} onChange={(event) => setRemark(event.target.value)} />
        <Button htmlType="submit" disabled={remark.trim() === ""} loading={see.isPending} data-move="see-mark">{say("saveSeen")}</Button>
      </div>
    </form>
  );
}

export function MarksPage(): ReactNode {
  const say = usePhrases(auditWords);
  const read = useText();
  const { week } = api.useSearch();
  const navigate = api.useNavigate();
  const query = useRoute(listMarks, { query: week === undefined ? {} : { week } }, { keep: true });
  return (
    <main className="page">
      <PageHead title={say("marksTitle")} />
      <div className="panel">
        <Loaded query={query}>
          {({ from, to, rows }) => (
            <>
              <p className="quiet">{say("marksHelp", { from, to })}</p>
              <div style={{ display: "flex", gap: 8, marginBottom: 12 }}>
                <Button onClick={() => void navigate({ search: { week: addDays(from, -7) } })}>{say("before")}</Button>
                <Button onClick={() => void navigate({ search: { week: addDays(from, 7) } })}>{say("next")}</Button>
              </div>
              <RowTable<Mark>
                rows={rows}
                empty={say("noMarks")}
                wraps
                columns={[
                  { title: say("at"), key: "at", render: (_, row) => <span className="number">{moment(row.at)}</span> },
                  { title: say("kind"), key: "kind", render: (_, row) => read(row.label) },
                  { title: say("reader"), key: "reader", render: (_, row) => row.reader.name },
                  { title: say("whom"), key: "whom", render: (_, row) => (row.record ? <span title={row.record.id}>{row.record.name}</span> : "—") },
                  { title: say("seen"), key: "seen", width: "40%", render: (_, row) => <SecondLook mark={row} /> },
                ]}
              />
            </>
          )}
        </Loaded>
      </div>
    </main>
  );
}
