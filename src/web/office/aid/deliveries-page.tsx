// What departments delivered: rows pasted from their sheets, each taken, known or returned with its reason; and taking a delivery back.
import { App, Button, Form, Modal, Select, Tag } from "antd";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { BodyOf, ReplyOf } from "../../../core/route.ts";
import { listDeliveries, takeBackDelivery, takeDeliveries } from "../../../modules/aid/contract.ts";
import { takeBackLabels, takeBackReasons } from "../../../modules/aid/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { DateField } from "../../shared/date-field.tsx";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { PageTurn } from "../../shared/page-turn.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useCampaign } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useMarks, usePhrases, useText } from "../../shared/words.ts";
import { deliveryWords } from "./delivery-words.ts";
import { PasteDialog } from "./paste-dialog.tsx";
import { readDeliveries } from "./pasted-rows.ts";
import { useCount } from "./use-count.ts";

type View = ReplyOf<typeof listDeliveries>;
type Row = View["rows"][number];
const REFRESHES = ["/api/aid", "/api/households"];

/** The year or the month that a delivery is for; the day of one that is given once. */
const periodOf = (row: Row, items: View["items"]): string => row.period.slice(0, { year: 4, month: 7, once: 10 }[items.find((item) => item.key === row.item)?.period ?? "once"]);

function EnterDialog({ scheme, items, onDone }: { readonly scheme: string; readonly items: View["items"]; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(deliveryWords);
  const take = useCall(takeDeliveries, REFRESHES);
  return (
    <PasteDialog title={say("enter")} rowsLabel={say("rows")} example={say("example")} columns={4} items={items} read={readDeliveries} done={take.data} error={take.error} busy={take.isPending} move="send-deliveries" onDone={onDone}
      onSend={(item, rows) => take.mutate({ body: { scheme, department: item.department, rows: rows.map((row) => ({ ...row, item: item.key })) } })} />
  );
}

function BackDialog({ row, onDone }: { readonly row: Row; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(deliveryWords);
  const mark = useMarks();
  const read = useText();
  const { message } = App.useApp();
  const back = useCall(takeBackDelivery, REFRESHES);
  const must = [{ required: true, message: say("required") }];
  const saved = (): void => { void message.success(say("saved")); onDone(); };
  return (
    <Modal open title={`${say("takeBack")}${mark.colon}${read(row.itemLabel)} ${row.no}`} footer={null} onCancel={onDone} mask={{ closable: false }}>
      <Form<BodyOf<typeof takeBackDelivery>> layout="vertical" initialValues={{ on: today() }} onFinish={(body) => back.mutate({ params: { county: row.county, id: row.id }, body }, { onSuccess: saved })}>
        <ProblemView error={back.error} />
        <Form.Item name="why" label={say("why")} rules={must}><Select autoFocus options={takeBackReasons.map((value) => ({ value, label: read(takeBackLabels[value]) }))} /></Form.Item>
        <Form.Item name="on" label={say("backOn")} rules={must}><DateField name="back-on" /></Form.Item>
        <FormEnd move="take-back" label={say("takeBack")} danger busy={back.isPending} onClose={onDone} />
      </Form>
    </Modal>
  );
}

export function DeliveriesPage(): ReactNode {
  const say = usePhrases(deliveryWords);
  const count = useCount();
  const read = useText();
  const department = useDepartmentLabel();
  const { campaign } = useCampaign();
  const scheme = campaign?.scheme ?? "low-income";
  const search = useSearch({ from: "/shell/aid/deliveries" });
  const navigate = useNavigate({ from: "/aid/deliveries" });
  const [asked, setAsked] = useState<Row | "enter">();
  const query = useRoute(listDeliveries, { query: { scheme, ...(search.after && { after: search.after }) } }, { keep: true });
  const close = (): void => setAsked(undefined);
  return (
    <main className="page">
      <PageHead title={say("title")}>
        <span className="spread" />
        <Button type="primary" data-action="enter-deliveries" disabled={!query.data} onClick={() => setAsked("enter")}>{say("enter")}</Button>
      </PageHead>
      <p className="quiet">{say("help")}</p>
      <Loaded query={query}>
        {(data) => (
          <section className="panel" aria-label={say("list")}>
            <p className="quiet">{say("total", { n: count(data.total) })}</p>
            <RowTable<Row>
              rows={data.rows}
              empty={say("none")}
              wraps
              columns={[
                { title: say("item"), key: "item", render: (_, row) => <>{read(row.itemLabel)}<div className="quiet">{department(row.department)}</div></> },
                { title: say("on"), key: "on", render: (_, row) => <span className="number">{row.on}</span> },
                { title: say("period"), key: "period", render: (_, row) => <span className="number">{periodOf(row, data.items)}</span> },
                { title: say("amount"), key: "amount", align: "right", render: (_, row) => (row.amount > 0 ? <span className="number">{count(row.amount)}</span> : say("inKind")) },
                { title: say("no"), key: "no", render: (_, row) => <span data-delivery={row.no}>{row.no}</span> },
                { title: say("state"), key: "state", render: (_, row) => (row.takenBackOn && row.takenBackWhy ? <Tag data-taken-back={row.no}>{say("takenBack", { on: row.takenBackOn, why: read(takeBackLabels[row.takenBackWhy]) })}</Tag> : <Tag color="success">{say("given")}</Tag>) },
                { title: "", key: "act", render: (_, row) => (row.takenBackOn ? null : <Button size="small" data-back={row.no} onClick={() => setAsked(row)}>{say("takeBack")}</Button>) },
              ]}
            />
            <PageTurn after={search.after} next={data.next} onTurn={(after) => void navigate({ search: after === undefined ? {} : { after } })} />
          </section>
        )}
      </Loaded>
      {asked === "enter" && query.data ? <EnterDialog scheme={scheme} items={query.data.items} onDone={close} /> : asked && asked !== "enter" ? <BackDialog row={asked} onDone={close} /> : null}
    </main>
  );
}
