// Notices to terminals: written here, and which terminals have them.
import { App, Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { addNotice, listDevices, listNotices } from "../../../modules/fieldwork/contract.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases } from "../../shared/words.ts";
import { officeListWords } from "./office-list-words.ts";

type Notice = ReplyOf<typeof listNotices>["notices"][number];
type Fields = { readonly title: string; readonly body: string; readonly area: number; readonly devices?: readonly string[]; readonly until: string };

/** The picker as a field of the form, which gives it its value. */
function AreaField({ value, onChange, id }: { readonly value?: number; readonly onChange?: (code: number | undefined) => void; readonly id?: string }): ReactNode {
  const say = usePhrases(officeListWords);
  return <AreaPicker name="notice-area" value={value} onChange={(code) => onChange?.(code)} label={say("toWhom")} {...(id ? { id } : {})} style={{ width: "100%" }} />;
}

function NoticeForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const say = usePhrases(officeListWords);
  const { message } = App.useApp();
  const devices = useRoute(listDevices, {});
  const add = useCall(addNotice, ["/api/fieldwork/notices"]);
  const required = [{ required: true, whitespace: true, message: say("required") }];
  const submit = ({ devices: chosen, ...fields }: Fields): void =>
    add.mutate({ body: { ...fields, ...(chosen && chosen.length > 0 && { devices: [...chosen] }) } }, {
      onSuccess: () => {
        void message.success(say("sent"));
        onClose();
      },
    });
  return (
    <Modal open title={say("write")} footer={null} width={640} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" onFinish={submit} scrollToFirstError>
        <ProblemView error={add.error} />
        <Form.Item name="title" label={say("heading")} rules={required}>
          <Input name="notice-title" maxLength={60} />
        </Form.Item>
        <Form.Item name="body" label={say("text")} rules={required}>
          <Input.TextArea name="notice-body" maxLength={1000} autoSize={{ minRows: 3 }} />
        </Form.Item>
        <Form.Item name="area" label={say("toWhom")} rules={[{ required: true, message: say("required") }]}>
          <AreaField />
        </Form.Item>
        <Form.Item name="devices" label={say("only")}>
          <Select mode="multiple" optionFilterProp="label" options={(devices.data?.devices ?? []).filter((device) => device.state === "active").map((device) => ({ value: device.id, label: device.label }))} />
        </Form.Item>
        <Form.Item name="until" label={say("until")} rules={[{ required: true, pattern: /^\d{4}-\d{2}-\d{2}$/u, message: say("untilHelp") }]}>
          <Input name="notice-until" maxLength={10} placeholder="2018-11-20" />
        </Form.Item>
        <FormEnd move="send-notice" label={say("send")} busy={add.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

export function NoticesPanel(): ReactNode {
  const say = usePhrases(officeListWords);
  const mayWrite = useMay("fieldwork.manage");
  const [writing, setWriting] = useState(false);
  const query = useRoute(listNotices, {});
  return (
    <>
      <p className="quiet">{say("noticesHelp")}</p>
      {mayWrite ? (
        <Button type="primary" data-move="write-notice" style={{ marginBottom: 12 }} onClick={() => setWriting(true)}>
          {say("write")}
        </Button>
      ) : null}
      <Loaded query={query}>
        {({ notices }) => (
          <RowTable<Notice>
            rows={notices}
            wraps
            empty={say("noNotices")}
            columns={[
              { title: say("heading"), key: "title", render: (_, row) => <span data-notice={row.id}><b>{row.title}</b><div style={{ whiteSpace: "pre-line", maxWidth: 420 }}>{row.body}</div><div className="quiet">{row.writtenBy} {moment(row.at)}</div></span> },
              { title: say("toWhom"), key: "area", render: (_, row) => row.area.fullName },
              { title: say("until"), key: "until", render: (_, row) => <span className="number">{row.until}</span> },
              { title: say("received"), key: "received", render: (_, row) => <span data-received={row.received.length}>{row.received.length}/{row.received.length + row.awaited.length} {row.received.map((device) => device.label).join(punct.list)}</span> },
              { title: say("awaited"), key: "awaited", render: (_, row) => row.awaited.map((device) => device.label).join(punct.list) || "—" },
            ]}
          />
        )}
      </Loaded>
      {writing ? <NoticeForm onClose={() => setWriting(false)} /> : null}
    </>
  );
}
