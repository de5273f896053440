// One household: what it lives on, the help it is owed, members over time, its line of aid, warnings, and the life line of all of it.
import { Link, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Descriptions, Form, Input, InputNumber, Modal, Tag } from "antd";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { addNeed, getHousehold } from "../../../modules/aid/contract.ts";
import { stratumLabels } from "../../../modules/aid/rules.ts";
import { useCodeLabel } from "../../shared/code-labels.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { useMay } from "../../shared/session.ts";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useMarks, usePhrases, useText } from "../../shared/words.ts";
import { AidLine } from "./aid-line.tsx";
import { changeWords } from "./change-words.ts";
import { LifeLine } from "./life-line.tsx";
import { Members } from "./members.tsx";
import { nameOfHead } from "./standing.ts";
import { useCount } from "./use-count.ts";
import { WarningTable } from "./warning-table.tsx";
import { aidWords } from "./words.ts";

type View = ReplyOf<typeof getHousehold>;

function NeedDialog({ view, onDone }: { readonly view: View; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(changeWords);
  const { message } = App.useApp();
  const add = useCall(addNeed, ["/api/aid/offers", "/api/households"]);
  const must = [{ required: true, message: say("required") }];
  const saved = (): void => { void message.success(say("saved")); onDone(); };
  type Fields = { readonly item: string; readonly quantity: number };
  return (
    <Modal open title={say("need")} footer={null} onCancel={onDone} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" initialValues={{ quantity: 1 }} onFinish={(fields) => add.mutate({ body: { county: view.household.county, household: view.household.id, ...fields } }, { onSuccess: saved })}>
        <ProblemView error={add.error} />
        <Form.Item name="item" label={say("needItem")} extra={say("needHelp")} rules={must}><Input autoFocus maxLength={40} /></Form.Item>
        <Form.Item name="quantity" label={say("quantity")} rules={must}><InputNumber min={1} max={1000} precision={0} style={{ width: "100%" }} /></Form.Item>
        <FormEnd move="save-need" label={say("save")} busy={add.isPending} onClose={onDone} />
      </Form>
    </Modal>
  );
}

/** What is owed by the tier of cause, degree and urgency, and whether it came. */
function Owed({ view: { tier } }: { readonly view: View }): ReactNode {
  const say = usePhrases(aidWords);
  const mark = useMarks();
  const read = useText();
  if (!tier) return null;
  return (
    <p data-tier={tier.key}>
      <strong>{say("owed")}{mark.inside(`${read(tier.label)}${mark.comma}${say("withinDays", { n: tier.withinDays })}`)}</strong>{mark.colon}
      {tier.owed.length === 0 ? say("nothingOwed") : tier.owed.map((one) => <Tag key={one.item} color={one.helped ? "success" : "error"}>{read(one.label)} {one.helped ? say("helped") : say("notHelped")}</Tag>)}
    </p>
  );
}

function Economy({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(aidWords);
  const mark = useMarks();
  const sayChange = usePhrases(changeWords);
  const count = useCount();
  const read = useText();
  const [reads, enters] = [useMay("insight.household"), useMay("aid.enter")];
  const [degree, urgency] = [useCodeLabel("poverty-degree"), useCodeLabel("urgency")];
  const [needing, setNeeding] = useState(false);
  const { household } = view;
  const yuan = (n: number | undefined): string => (n === undefined ? "—" : say("yuan", { n: count(n) }));
  const facts: readonly (readonly [string, ReactNode])[] = [
    [say("stratum"), household.stratum ? read(stratumLabels[household.stratum]) : `${say("unknown")}${view.withoutStratum ? mark.inside(read(view.withoutStratum)) : ""}`],
    [say("income"), yuan(view.incomePerHead)],
    [say("rigid"), yuan(view.rigid)],
    [say("assets"), yuan(view.assets)],
    [say("cause"), view.causeLabel ? read(view.causeLabel) : "—"],
    [say("degree"), degree(household.degree)],
    [say("urgency"), urgency(household.urgency)],
    [say("povertySince"), view.povertySince ?? "—"],
    [say("period"), view.incomePeriod ? `${view.incomePeriod.from} ~ ${view.incomePeriod.to}` : "—"],
  ];
  return (
    <section className="panel" aria-label={say("money")}>
      <h2>{say("money")}</h2>
      <Descriptions size="small" column={{ xs: 1, sm: 2, lg: 3 }} items={facts.map(([label, children]) => ({ key: label, label, children }))} />
      <Owed view={view} />
      <div style={{ display: "flex", flexWrap: "wrap", gap: 16, alignItems: "center" }}>
        {reads && view.record ? <Link to="/insight/households/$county/$id" params={{ county: String(household.county), id: view.record }} data-parts>{say("parts")}</Link> : null}
        {enters && household.registered && !household.endedOn ? <Button data-action="add-need" onClick={() => setNeeding(true)}>{sayChange("need")}</Button> : null}
      </div>
      {needing ? <NeedDialog view={view} onDone={() => setNeeding(false)} /> : null}
    </section>
  );
}

/** What it needs of charity, and who gave what of it. */
function Needs({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(aidWords);
  const mark = useMarks();
  const count = useCount();
  if (view.needs.length === 0) return null;
  return (
    <section className="panel" aria-label={say("needs")}>
      <h2>{say("needs")}</h2>
      <RowTable<View["needs"][number]>
        rows={view.needs}
        empty=""
        wraps
        columns={[
          { title: say("needItem"), key: "item", dataIndex: "item" },
          { title: say("needMet"), key: "met", render: (_, row) => <span className="number" data-met={row.met}>{count(row.met)} / {count(row.quantity)}</span> },
          { title: say("needSince"), key: "since", render: (_, row) => <span className="number">{row.since}</span> },
          { title: say("needFrom"), key: "from", render: (_, row) => (row.gifts.length === 0 ? "—" : row.gifts.map((one) => `${one.giver} × ${count(one.quantity)}${mark.inside(one.on)}`).join(mark.list)) },
        ]}
      />
    </section>
  );
}

export function HouseholdPage(): ReactNode {
  const say = usePhrases(aidWords);
  const { county, id } = useParams({ from: "/shell/households/$county/$id" });
  const query = useRoute(getHousehold, { params: { county: Number(county), id } });
  return (
    <main className="page">
      <Loaded query={query}>
        {(view) => (
          <>
            <PageHead title={`${view.household.name || nameOfHead(view) || "—"} · ${view.household.area.name}`} />
            {view.household.endedOn ? <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={say("ended", { on: view.household.endedOn })} /> : null}
            {view.household.registered || view.household.endedOn ? null : <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={say("unregisteredHelp")} />}
            <Economy view={view} />
            <Members view={view} />
            <AidLine view={view} />
            <Needs view={view} />
            <section className="panel" aria-label={say("warnings")}>
              <h2>{say("warnings")}</h2>
              <WarningTable rows={view.warnings} scheme={view.scheme} withName={false} />
            </section>
            <LifeLine view={view} />
          </>
        )}
      </Loaded>
    </main>
  );
}
