// People whom terminals gave back to the office: who, why, and what was done about it.
import { App, Button, Form, Input, Modal, Radio, Segmented } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { listHandedBack, settleHandedBack } from "../../../modules/fieldwork/contract.ts";
import { settlements } from "../../../modules/fieldwork/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases } from "../../shared/words.ts";
import { officeListWords } from "./office-list-words.ts";

type Person = ReplyOf<typeof listHandedBack>["people"][number];
type Answer = { readonly as: (typeof settlements)[number]; readonly note: string };

function SettleForm({ person, onClose }: { readonly person: Person; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(officeListWords);
  const { message } = App.useApp();
  const settle = useCall(settleHandedBack, ["/api/fieldwork/handed-back", "/api/work"]);
  const submit = (body: Answer): void =>
    settle.mutate({ params: { county: person.record.county, entry: person.entry }, body }, {
      onSuccess: () => {
        void message.success(say("settled"));
        onClose();
      },
    });
  return (
    <Modal open title={say("settleOf", { name: person.name })} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form<Answer> layout="vertical" onFinish={submit} initialValues={{ as: "assigned" }}>
        <ProblemView error={settle.error} />
        <p>{person.reason}</p>
        <Form.Item name="as" label={say("how")}>
          <Radio.Group options={settlements.map((value) => ({ value, label: say(value) }))} />
        </Form.Item>
        <Form.Item name="note" label={say("note")} rules={[{ required: true, whitespace: true, message: say("required") }]}>
          <Input.TextArea name="settle-note" maxLength={500} autoSize={{ minRows: 2 }} />
        </Form.Item>
        <FormEnd move="save-settlement" label={say("settle")} busy={settle.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

export function HandedBackPanel(): ReactNode {
  const say = usePhrases(officeListWords);
  const [settled, setSettled] = useState(false);
  const [person, setPerson] = useState<Person>();
  const query = useRoute(listHandedBack, { query: { settled } });
  return (
    <>
      <p className="quiet">{say("handedHelp")}</p>
      <Segmented aria-label={say("answer")} value={settled ? "settled" : "waiting"} onChange={(value) => setSettled(value === "settled")} options={[{ value: "waiting", label: say("waiting") }, { value: "settled", label: say("settledOnes") }]} style={{ marginBottom: 12 }} />
      <Loaded query={query}>
        {({ people }) => (
          <RowTable<Person>
            rows={people}
            rowKey="entry"
            wraps
            empty={say("nobody")}
            columns={[
              { title: say("person"), key: "name", render: (_, row) => <Link to="/records/$county/$id" params={{ county: String(row.record.county), id: row.record.id }} data-handed-back={row.entry}>{row.name}</Link> },
              { title: say("area"), key: "area", render: (_, row) => row.area.fullName },
              { title: say("why"), key: "why", render: (_, row) => row.reason },
              { title: say("by"), key: "by", render: (_, row) => `${row.collector}${punct.comma}${row.device.label}` },
              { title: say("at"), key: "at", render: (_, row) => <span className="number">{moment(row.at)}</span> },
              {
                title: settled ? say("answer") : "",
                key: "act",
                render: (_, row) =>
                  row.settled ? (
                    <span>
                      {say(row.settled.as)}{punct.colon}{row.settled.note} <span className="quiet">{row.settled.by} {moment(row.settled.at)}</span>
                    </span>
                  ) : (
                    <Button data-move="settle-handed-back" aria-label={say("settleOf", { name: row.name })} onClick={() => setPerson(row)}>
                      {say("settle")}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {person ? <SettleForm person={person} onClose={() => setPerson(undefined)} /> : null}
    </>
  );
}
