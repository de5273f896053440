// Whom an incident touches: found by account, time, terminal or copy, then told one by one.
import { Button, Input, Radio, Select, Space } from "antd";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { findAffected, listAffected, tellAffected } from "../../../modules/rights/contract.ts";
import { searches, searchLabels, tellStateLabels, wayLabels, ways } from "../../../modules/rights/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment, today } from "../../shared/figures.ts";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { safeguardWords } from "./words.ts";

type Row = ReplyOf<typeof listAffected>["rows"][number];
type By = (typeof searches)[number];
const REFRESHES = ["/api/affected-people"];

function Find({ incident }: { readonly incident: string }): ReactNode {
  const say = usePhrases(safeguardWords);
  const read = useText();
  const [by, setBy] = useState<By>("account");
  const [key, setKey] = useState("");
  const [from, setFrom] = useState(`${today()}T00:00`);
  const [until, setUntil] = useState(`${today()}T23:59`);
  const find = useCall(findAffected, REFRESHES);
  const timed = by === "account" || by === "time";
  const send = (): void => find.mutate({ body: { incident, by, ...(by === "time" ? {} : { key: key.trim() }), ...(timed ? { from: new Date(from).toISOString(), until: new Date(until).toISOString() } : {}) } });
  return (
    <>
      <Radio.Group aria-label={say("search")} value={by} onChange={(event) => setBy(event.target.value as By)} options={searches.map((one) => ({ value: one, label: read(searchLabels[one]) }))} />
      <Space wrap size={12} align="end" style={{ margin: "12px 0", display: "flex" }}>
        {by === "time" ? null : (
          <label>
            {say(by)}
            <Input name="affected-key" value={key} maxLength={80} onChange={(event) => setKey(event.target.value)} style={{ width: 260 }} />
          </label>
        )}
        {timed ? (
          <>
            <label>
              {say("from")}
              <Input type="datetime-local" name="affected-from" value={from} onChange={(event) => setFrom(event.target.value)} />
            </label>
            <label>
              {say("until")}
              <Input type="datetime-local" name="affected-until" value={until} onChange={(event) => setUntil(event.target.value)} />
            </label>
          </>
        ) : null}
        <Button type="primary" data-move="find-affected" loading={find.isPending} disabled={timed && (from === "" || until === "")} onClick={send}>{say("find")}</Button>
      </Space>
      <ProblemView error={find.error} />
      {find.data ? (
        <p role="status" data-found={find.data.found}>
          {say("found", { found: find.data.found, added: find.data.added })}
          {find.data.lists > 0 ? ` ${say("listsToo", { lists: find.data.lists, listed: find.data.listed })}` : ""}
        </p>
      ) : null}
    </>
  );
}

function Tell({ incident, row }: { readonly incident: string; readonly row: Row }): ReactNode {
  const say = usePhrases(safeguardWords);
  const read = useText();
  const tell = useCall(tellAffected, REFRESHES);
  const send = (choice: string): void => {
    const way = ways.find((one) => one === choice);
    tell.mutate({ params: { county: row.county, id: row.record }, body: way ? { incident, state: "told", how: way } : { incident, state: choice === "no-need" ? "no-need" : "not-reached" } });
  };
  if (row.told && row.state !== "not-reached") return <>{`${row.told.how ? read(wayLabels[row.told.how]) : read(tellStateLabels[row.state])} · ${say("toldBy", { by: row.told.by, at: moment(row.told.at) })}`}</>;
  return (
    <>
      <ProblemView error={tell.error} />
      <Select data-filter="tell" aria-label={say("tellBy", { way: "", person: row.person })} placeholder={read(tellStateLabels[row.state])} value={null} style={{ minWidth: 160 }} onChange={(choice: string | null) => (choice === null ? undefined : send(choice))} options={[...ways.map((way) => ({ value: way as string, label: read(wayLabels[way]) })), { value: "not-reached", label: say("notReached") }, { value: "no-need", label: say("noNeed") }]} />
    </>
  );
}

/** @param open whether the caller may still look for people */
export function AffectedPanel({ incident, open }: { readonly incident: string; readonly open: boolean }): ReactNode {
  const say = usePhrases(safeguardWords);
  const read = useText();
  const mayFind = useMay("affected.find");
  const query = useRoute(listAffected, { query: { incident } });
  return (
    <section aria-label={say("affected")} style={{ marginTop: 16 }}>
      <h3>{say("affected")}</h3>
      <p className="quiet">{say("affectedHelp")}</p>
      {open && mayFind ? <Find incident={incident} /> : null}
      <Loaded query={query}>
        {({ rows, counts, total }) => (
          <>
            {total > 0 ? <p data-affected={total}>{say("counts", { total, parts: counts.filter((one) => one.people > 0).map((one) => `${read(tellStateLabels[one.state])} ${one.people}`).join(punct.comma) })}</p> : null}
            <RowTable<Row>
              rows={rows}
              rowKey="record"
              empty={say("nobody")}
              columns={[
                { title: say("person"), key: "person", dataIndex: "person" },
                { title: say("area"), key: "area", render: (_, row) => row.area.fullName },
                { title: say("foundBy"), key: "found", render: (_, row) => row.found.map((one) => read(searchLabels[one as By])).join(punct.list) },
                { title: say("told"), key: "told", render: (_, row) => <Tell incident={incident} row={row} /> },
              ]}
            />
          </>
        )}
      </Loaded>
    </section>
  );
}
