// What departments may ask and tell over HTTP: what stands and what waits for a second person, asking for more, and what was asked in thirty days.
import { Button, Form, InputNumber, Modal, Select } from "antd";
import { type ReactNode, useState } from "react";
import { type ProblemCode, problems } from "../../../core/problem.ts";
import type { ReplyOf } from "../../../core/route.ts";
import { eventLabels } from "../../../modules/aid/rules.ts";
import { eventKinds } from "../../../scheme/aid-model.ts";
import { askServing, decideServing, listServing } from "../../../modules/departments/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { moment } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useCampaign, useMay } from "../../shared/session.ts";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { useMarks, usePhrases, useText } from "../../shared/words.ts";
import { servingWords } from "./words.ts";

type View = ReplyOf<typeof listServing>;
type Fields = { readonly agreement: string; readonly items?: string[]; readonly events?: (typeof eventKinds)[number][]; readonly dailyPeople: number };
const REFRESHES = ["/api/agreements-serving"];

function AskForm({ view, onClose }: { readonly view: View; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(servingWords);
  const mark = useMarks();
  const read = useText();
  const departmentLabel = useDepartmentLabel();
  const ask = useCall(askServing, REFRESHES);
  const required = [{ required: true, message: say("required") }];
  const send = ({ agreement, items = [], events = [], dailyPeople }: Fields): void => {
    const chosen = view.agreements.find((one) => one.id === agreement);
    if (chosen) ask.mutate({ params: { county: chosen.county, id: chosen.id }, body: { items, events, dailyPeople } }, { onSuccess: onClose });
  };
  return (
    <Modal open title={say("ask")} footer={null} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" onFinish={send} initialValues={{ dailyPeople: 100 }}>
        <ProblemView error={ask.error} />
        <Form.Item name="agreement" label={say("agreement")} rules={required}>
          <Select data-filter="agreement" options={view.agreements.map((one) => ({ value: one.id, label: `${departmentLabel(one.department)}${mark.colon}${one.document}` }))} />
        </Form.Item>
        <Form.Item name="items" label={say("items")}>
          <Select mode="multiple" data-filter="items" showSearch={{ optionFilterProp: "label" }} options={view.items.map((one) => ({ value: one.path, label: `${read(one.label)}${one.sensitive ? mark.inside(say("sensitive")) : ""}` }))} />
        </Form.Item>
        <Form.Item name="events" label={say("events")}>
          <Select mode="multiple" data-filter="events" showSearch={{ optionFilterProp: "label" }} options={eventKinds.map((one) => ({ value: one, label: read(eventLabels[one]) }))} />
        </Form.Item>
        <Form.Item name="dailyPeople" label={say("people")} rules={required}>
          <InputNumber min={0} max={100000} precision={0} />
        </Form.Item>
        <FormEnd move="ask-serving" label={say("ask")} busy={ask.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

function Content({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(servingWords);
  const mark = useMarks();
  const read = useText();
  const departmentLabel = useDepartmentLabel();
  const mayDecide = useMay("release.approve");
  const decide = useCall(decideServing, REFRESHES);
  const answer = (row: View["rows"][number], accept: boolean): void => decide.mutate({ params: { county: row.county, id: row.id }, body: { accept } });
  return (
    <>
      <ProblemView error={decide.error} />
      <RowTable
        rows={view.rows}
        empty={say("none")}
        wraps
        columns={[
          { title: say("department"), key: "department", render: (_, row) => departmentLabel(row.department) },
          { title: say("items"), key: "items", render: (_, row) => row.items.map((one) => read(one.label)).join(mark.list) || "—" },
          { title: say("events"), key: "events", render: (_, row) => row.events.map((one) => read(eventLabels[one])).join(mark.list) || "—" },
          { title: say("people"), key: "people", dataIndex: "dailyPeople" },
          { title: say("by"), key: "by", dataIndex: "askedBy" },
          {
            title: say("state"), key: "state",
            render: (_, row) => row.state === "asked" && mayDecide && !row.mine ? (
              <span style={{ display: "flex", gap: 8 }}>
                <Button size="small" type="primary" data-move="let-serving" onClick={() => answer(row, true)}>{say("let")}</Button>
                <Button size="small" data-move="refuse-serving" onClick={() => answer(row, false)}>{say("refuse")}</Button>
              </span>
            ) : row.state === "accepted" && !view.agreements.some((one) => one.id === row.agreement) ? <span data-state="ended">{say("ended")}</span>
              : <span data-state={row.state}>{say(row.state)}{row.decidedBy === undefined ? "" : ` · ${row.decidedBy}`}</span>,
          },
        ]}
      />
      <h2 style={{ marginTop: 20 }}>{say("requests")}</h2>
      <RowTable
        rows={view.requests.map((row) => ({ ...row, id: `${row.department} ${row.kind} ${row.outcome}` }))}
        empty={say("noRequests")}
        wraps
        columns={[
          { title: say("department"), key: "department", render: (_, row) => departmentLabel(row.department) },
          { title: say("kind"), key: "kind", render: (_, row) => say(row.kind === "events" ? "tell" : row.kind) },
          { title: say("outcome"), key: "outcome", render: (_, row) => <span data-outcome={row.outcome}>{row.outcome === "answered" ? say("answered") : Object.hasOwn(problems, row.outcome) ? read(problems[row.outcome as ProblemCode].title) : say("failed")}</span> },
          { title: say("times"), key: "times", dataIndex: "requests" },
          { title: say("asked_"), key: "people", dataIndex: "people" },
          { title: say("last"), key: "last", render: (_, row) => moment(row.last) },
        ]}
      />
    </>
  );
}

export function ServingPage(): ReactNode {
  const say = usePhrases(servingWords);
  const mayAsk = useMay("match.run");
  const { campaign, query } = useCampaign();
  const [asking, setAsking] = useState(false);
  const serving = useRoute(listServing, { query: { campaign: campaign?.id ?? "" } }, { enabled: campaign !== undefined });
  return (
    <main className="page">
      <PageHead title={say("title")}>
        <span className="spread" />
        {mayAsk && serving.data ? <Button type="primary" data-action="ask-serving" onClick={() => setAsking(true)}>{say("ask")}</Button> : null}
      </PageHead>
      <p className="quiet">{say("help")}</p>
      <div className="panel">
        <Loaded query={query}>{() => campaign === undefined ? <Nothing text={say("noCampaign")} /> : <Loaded query={serving}>{(view) => <><Content view={view} />{asking ? <AskForm view={view} onClose={() => setAsking(false)} /> : null}</>}</Loaded>}</Loaded>
      </div>
    </main>
  );
}
