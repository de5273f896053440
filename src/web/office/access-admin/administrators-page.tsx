// The three administrators: which act belongs to whom, and hand-overs that take two of them.
import { App, Button, Form, Modal, Select, Space, Table } from "antd";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { askReplacement, listReplacements, settleReplacement } from "../../../modules/access/contract.ts";
import { acts, administrators, roles as roleTable } from "../../../modules/access/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { rightsWords } from "./rights-words.ts";

type View = ReplyOf<typeof listReplacements>;
type Fields = { readonly role: string; readonly from?: string; readonly to: string };

function AskForm({ view, onClose }: { readonly view: View; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(rightsWords);
  const read = useText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const role = Form.useWatch("role", form);
  const ask = useCall(askReplacement, ["/api/accounts"]);
  const submit = ({ role: kind, from, to }: Fields): void => ask.mutate({ body: { role: kind, to, ...(from && { from }) } }, { onSuccess: () => (void message.success(say("askedOk")), onClose()) });
  const people = (fits: (roles: readonly string[]) => boolean) => view.people.filter((person) => fits(person.roles)).map((person) => ({ value: person.id, label: `${person.name} ${person.login}` }));
  const required = [{ required: true, message: say("required") }];
  return (
    <Modal open title={say("ask")} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> form={form} layout="vertical" onFinish={submit}>
        <ProblemView error={ask.error} />
        <Form.Item name="role" label={say("kind")} rules={required}>
          <Select data-filter="kind" options={view.mayAsk.map((kind) => ({ value: kind, label: read(roleTable[kind]?.label) }))} />
        </Form.Item>
        <Form.Item name="from" label={say("from")}>
          <Select data-filter="from" allowClear options={people((held) => role !== undefined && held.includes(role))} />
        </Form.Item>
        <Form.Item name="to" label={say("to")} rules={required}>
          <Select data-filter="to" showSearch={{ optionFilterProp: "label" }} options={people((held) => held.length === 0)} />
        </Form.Item>
        <FormEnd move="send-handover" label={say("ask")} busy={ask.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

function Handovers({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(rightsWords);
  const read = useText();
  const { message } = App.useApp();
  const settle = useCall(settleReplacement, ["/api/accounts"]);
  const send = (id: string, accept: boolean): void => settle.mutate({ params: { id }, body: { accept } }, { onSuccess: () => void message.success(say("settledOk")) });
  return (
    <>
      <ProblemView error={settle.error} />
      <Table
        size="small"
        rowKey="id"
        dataSource={[...view.rows]}
        pagination={false}
        locale={{ emptyText: <Nothing text={say("noHandovers")} /> }}
        columns={[
          { title: say("kind"), key: "kind", render: (_, row) => read(roleTable[row.role]?.label) },
          { title: say("from"), key: "from", render: (_, row) => row.from ?? "—" },
          { title: say("to"), key: "to", render: (_, row) => row.to },
          { title: say("askedBy"), key: "by", render: (_, row) => row.askedBy },
          { title: say("at"), key: "at", render: (_, row) => <span className="number">{moment(row.askedAt)}</span> },
          { title: say("state"), key: "state", render: (_, row) => say(row.state as "asked" | "done" | "declined") },
          {
            title: "",
            key: "moves",
            render: (_, row) =>
              row.mayConfirm ? (
                <Space>
                  <Button type="primary" data-move="accept-handover" onClick={() => send(row.id, true)}>{say("accept")}</Button>
                  <Button data-move="decline-handover" onClick={() => send(row.id, false)}>{say("decline")}</Button>
                </Space>
              ) : null,
          },
        ]}
      />
    </>
  );
}

export function AdministratorsPage(): ReactNode {
  const say = usePhrases(rightsWords);
  const read = useText();
  const [asking, setAsking] = useState(false);
  const query = useRoute(listReplacements, {});
  return (
    <main className="page">
      <PageHead title={say("adminsTitle")}>
        <span className="spread" />
        {query.data && query.data.mayAsk.length > 0 ? <Button type="primary" data-move="ask-handover" onClick={() => setAsking(true)}>{say("ask")}</Button> : null}
      </PageHead>
      <p className="quiet">{say("adminsIntro")}</p>
      <div className="panel">
        <h2>{say("handovers")}</h2>
        <Loaded query={query}>
          {(view) => (
            <>
              <Handovers view={view} />
              {asking ? <AskForm view={view} onClose={() => setAsking(false)} /> : null}
            </>
          )}
        </Loaded>
      </div>
      <div className="panel">
        <h2>{say("acts")}</h2>
        <Table
          size="small"
          rowKey="key"
          dataSource={[...acts]}
          pagination={false}
          columns={[
            { title: say("act"), key: "act", render: (_, row) => read(row.label) },
            ...administrators.map((role) => ({ title: read(roleTable[role]?.label), key: role, align: "center" as const, render: (_: unknown, row: (typeof acts)[number]) => (row.by === role ? <b aria-label={say("may")}>●</b> : <span aria-label={say("maynot")} role="img">—</span>) })),
          ]}
        />
      </div>
    </main>
  );
}
