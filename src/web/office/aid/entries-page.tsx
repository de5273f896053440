// Applications for aid from every department, each with its result: one intake, one outlet.
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Select, Tag } from "antd";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { enterMany, getAidPlan, listEntries } from "../../../modules/aid/contract.ts";
import { applicationLabels, applicationStates, viaLabels } from "../../../modules/aid/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { today } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { PageTurn } from "../../shared/page-turn.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useCampaign, useMay } from "../../shared/session.ts";
import { Loaded } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { DecideManyDialog } from "./decide-many-dialog.tsx";
import { deliveryWords } from "./delivery-words.ts";
import { PasteDialog } from "./paste-dialog.tsx";
import { readApplications } from "./pasted-rows.ts";
import { useCount } from "./use-count.ts";
import { aidWords } from "./words.ts";

/** Stands among the states of the list: granted, and to be looked at again. */
const RECHECK = "recheck";
type Row = ReplyOf<typeof listEntries>["rows"][number];

export function EntriesPage(): ReactNode {
  const say = usePhrases(aidWords);
  const count = useCount();
  const read = useText();
  const mayEnter = useMay("aid.enter");
  const tell = usePhrases(deliveryWords);
  const { campaign } = useCampaign();
  const scheme = campaign?.scheme ?? "low-income";
  const mayDecide = useMay("aid.decide");
  const [open, setOpen] = useState<"enter" | "decide">();
  const [ticked, setTicked] = useState<readonly Row[]>([]);
  const search = useSearch({ from: "/shell/aid" });
  const navigate = useNavigate({ from: "/aid" });
  const state = applicationStates.find((each) => each === search.state);
  const recheck = search.state === RECHECK;
  const query = useRoute(listEntries, { query: { scheme, ...(state && { state }), ...(recheck && { recheck }), ...(search.after && { after: search.after }) } }, { keep: true });
  return (
    <main className="page">
      <PageHead title={say("entries")}>
        <span className="spread" />
        {mayDecide ? <Button type="primary" data-action="decide-applications" disabled={ticked.length === 0} onClick={() => setOpen("decide")}>{say("decideChosen", { n: ticked.length })}</Button> : null}
        {mayEnter ? <Button data-action="enter-applications" onClick={() => setOpen("enter")}>{tell("applyMany")}</Button> : null}
      </PageHead>
      <Loaded query={query}>
        {(data) => (
          <section className="panel" aria-label={say("entries")}>
            <p>{say("counts", Object.fromEntries(Object.entries(data.counts).map(([key, n]) => [key, count(n)])))}</p>
            <Select aria-label={say("result")} style={{ minWidth: 160, marginBottom: 12 }} value={recheck ? RECHECK : (state ?? "")} onChange={(value) => void navigate({ search: value === "" ? {} : { state: value } })} options={[{ value: "", label: say("allStates") }, ...applicationStates.map((value) => ({ value: value as string, label: read(applicationLabels[value]) })), { value: RECHECK, label: say("toRecheck") }]} />
            <RowTable<Row>
              rows={data.rows}
              empty={say("noEntries")}
              wraps
              {...(mayDecide && {
                selection: {
                  selectedRowKeys: ticked.map(({ id }) => id),
                  onChange: (_, rows) => setTicked(rows),
                  getCheckboxProps: (row) => ({ disabled: row.state !== "open", "aria-label": say("tick", { name: `${row.name} ${read(row.itemLabel)}` }) }),
                },
              })}
              columns={[
                { title: say("name"), key: "name", render: (_, row) => <Link to="/households/$county/$id" params={{ county: String(row.county), id: row.household }}>{row.name || "—"}</Link> },
                { title: say("area"), key: "area", render: (_, row) => row.area.name },
                { title: say("item"), key: "item", render: (_, row) => read(row.itemLabel) },
                { title: say("via"), key: "via", render: (_, row) => read(viaLabels[row.via]) },
                { title: say("appliedOn"), key: "applied", render: (_, row) => row.appliedOn },
                { title: say("due"), key: "due", render: (_, row) => <>{row.dueOn}{row.late ? <Tag color="error">{say("late")}</Tag> : null}</> },
                { title: say("result"), key: "result", render: (_, row) => <>{read(applicationLabels[row.state])}{row.recheckOn ? <div className="quiet">{say("recheckBy")} {row.recheckOn} {row.recheckOn < today() ? <Tag color="error">{say("notRechecked")}</Tag> : null}</div> : null}{row.waitingUse ? <div><Tag color="warning">{say("waitingUse")}</Tag></div> : null}</> },
                { title: say("delivered"), key: "delivered", render: (_, row) => (row.deliveries === 0 ? "—" : say("times", { n: row.deliveries, sum: count(row.delivered) })) },
              ]}
            />
            <PageTurn after={search.after} next={data.next} onTurn={(after) => void navigate({ search: { ...(search.state && { state: search.state }), ...(after && { after }) } })} />
          </section>
        )}
      </Loaded>
      {open === "enter" ? <ManyDialog scheme={scheme} onDone={() => setOpen(undefined)} /> : null}
      {open === "decide" && ticked.length > 0 ? <DecideManyDialog scheme={scheme} rows={ticked} onDone={() => { setOpen(undefined); setTicked([]); }} /> : null}
    </main>
  );
}

/** A department's list for one item, told in its name. */
function ManyDialog({ scheme, onDone }: { readonly scheme: string; readonly onDone: () => void }): ReactNode {
  const tell = usePhrases(deliveryWords);
  const plan = useRoute(getAidPlan, { query: { scheme } });
  const enter = useCall(enterMany, ["/api/aid", "/api/households"]);
  return (
    <PasteDialog title={tell("applyMany")} rowsLabel={tell("applyRows")} example={tell("applyExample")} columns={3} items={plan.data?.items ?? []} read={readApplications} done={enter.data} error={enter.error ?? plan.error} busy={enter.isPending || plan.isPending} move="send-applications" onDone={onDone}
      onSend={(item, rows) => enter.mutate({ body: { scheme, source: item.department, via: "department", rows: rows.map((row) => ({ ...row, item: item.key })) } })} />
  );
}
