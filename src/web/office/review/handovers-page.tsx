// Hand-overs between offices: those coming in are taken or declined, those going out are followed.
import { App, Button, Input, Modal, Select } from "antd";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { listHandovers, settleHandover } from "../../../modules/review/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases } from "../../shared/words.ts";
import { REFRESHED } from "../capture/refreshed.ts";
import { reviewWords } from "./words.ts";

type Row = ReplyOf<typeof listHandovers>["rows"][number];
const STATES = ["asked", "accepted", "declined"] as const;

export function HandoversPage(): ReactNode {
  const say = usePhrases(reviewWords);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { state } = useSearch({ from: "/shell/handovers" });
  const maySettle = useMay("handover.settle");
  const query = useRoute(listHandovers, { query: { state } });
  const settle = useCall(settleHandover, REFRESHED);
  const [declining, setDeclining] = useState<Row>();
  const [reason, setReason] = useState("");
  const send = (row: Row, accept: boolean): void =>
    settle.mutate({ params: { county: row.county, id: row.id }, body: { accept, ...(accept || reason.trim() === "" ? {} : { reason: reason.trim() }) } }, {
      onSuccess: () => {
        setDeclining(undefined);
        setReason("");
        message.success(say("settled"));
      },
    });
  const table = (rows: readonly Row[], title: string, incoming: boolean): ReactNode => (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      <RowTable<Row>
        rows={rows}
        empty={say("noHandovers")}
        columns={[
          {
            title: say("name"),
            key: "name",
            render: (_, row) =>
              incoming && row.state === "asked" ? (
                row.name
              ) : (
                <Link to="/records/$county/$id" params={{ county: String(row.county), id: row.record }}>
                  {row.name}
                </Link>
              ),
          },
          { title: say("from"), key: "from", render: (_, row) => row.fromArea.fullName },
          { title: say("to"), key: "to", render: (_, row) => row.toArea.fullName },
          { title: say("reason"), dataIndex: "reason", key: "reason" },
          { title: say("askedAt"), key: "at", render: (_, row) => <span className="number">{moment(row.askedAt)}</span> },
          { title: say("standing"), key: "state", render: (_, row) => say(row.state) },
          ...(incoming && maySettle
            ? [
                {
                  title: "",
                  key: "act",
                  fixed: "right" as const,
                  render: (_: unknown, row: Row) =>
                    row.state === "asked" ? (
                      <span style={{ display: "flex", gap: 8 }}>
                        <Button type="primary" data-handover-accept={row.id} loading={settle.isPending} onClick={() => send(row, true)}>
                          {say("accept")}
                        </Button>
                        <Button data-handover-decline={row.id} onClick={() => setDeclining(row)}>
                          {say("decline")}
                        </Button>
                      </span>
                    ) : null,
                },
              ]
            : []),
        ]}
      />
    </section>
  );
  return (
    <main className="page">
      <PageHead title={say("handovers")}>
        <Select
          aria-label={say("standing")}
          style={{ minWidth: 140 }}
          value={state ?? ""}
          onChange={(value) => void navigate({ to: "/handovers", search: { state: STATES.find((one) => one === value) } })}
          options={[{ value: "", label: say("anyState") }, ...STATES.map((one) => ({ value: one as string, label: say(one) }))]}
        />
      </PageHead>
      {declining ? null : <ProblemView error={settle.error} />}
      <Loaded query={query}>
        {(data) => (
          <>
            {table(data.rows.filter((row) => row.incoming), say("incoming"), true)}
            {table(data.rows.filter((row) => !row.incoming), say("outgoing"), false)}
          </>
        )}
      </Loaded>
      {declining ? (
        <Modal open title={say("decline")} okText={say("confirm")} cancelText={say("cancel")} confirmLoading={settle.isPending} onCancel={() => setDeclining(undefined)} onOk={() => send(declining, false)}>
          <ProblemView error={settle.error} />
          <label>
            {say("declineReason")}
            <Input.TextArea name="decline-reason" value={reason} maxLength={500} autoSize={{ minRows: 2 }} onChange={(event) => setReason(event.target.value)} />
          </label>
        </Modal>
      ) : null}
    </main>
  );
}
