// What aid rests on: the lines of the area, with a form to set one; the items of aid; the tiers with the help that each is owed.
import { App, Button, Form, InputNumber, Modal, Select } from "antd";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getAidPlan, setStandard } from "../../../modules/aid/contract.ts";
import { formLabels, otherGivers, percentStandards, periodLabels, type Standard, standardLabels, standards, stratumLabels } from "../../../modules/aid/rules.ts";
import { useCodeLabel } from "../../shared/code-labels.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { DateField } from "../../shared/date-field.tsx";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useCampaign, useMay, useMe } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useMarks, usePhrases, useText } from "../../shared/words.ts";
import { planWords } from "./plan-words.ts";
import { useCount } from "./use-count.ts";

type Plan = ReplyOf<typeof getAidPlan>;
type LineRow = Plan["standards"][number];

function LineDialog({ scheme, onDone }: { readonly scheme: string; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(planWords);
  const read = useText();
  const mark = useMarks();
  const { message } = App.useApp();
  const me = useMe();
  const put = useCall(setStandard, ["/api/aid"]);
  type Fields = { readonly key: Standard; readonly value: number; readonly from: string };
  const [form] = Form.useForm<Fields>();
  const key = Form.useWatch("key", form);
  const must = [{ required: true, message: say("required") }];
  const saved = (): void => { void message.success(say("saved")); onDone(); };
  const area = me.data?.area;
  return (
    <Modal open title={`${say("setLine")}${mark.colon}${area?.name ?? ""}`} footer={null} onCancel={onDone} mask={{ closable: false }}>
      <Form<Fields> form={form} layout="vertical" initialValues={{ from: today() }} onFinish={(fields) => area && put.mutate({ body: { scheme, area: area.code, ...fields } }, { onSuccess: saved })}>
        <ProblemView error={put.error} />
        <Form.Item name="key" label={say("line")} rules={must}><Select autoFocus options={standards.map((value) => ({ value, label: read(standardLabels[value]) }))} /></Form.Item>
        <Form.Item name="value" label={say(key !== undefined && percentStandards.has(key) ? "percent" : "yuan")} rules={must}><InputNumber min={0} max={10_000_000} precision={key !== undefined && percentStandards.has(key) ? 0 : 2} style={{ width: "100%" }} /></Form.Item>
        <Form.Item name="from" label={say("from")} rules={must}><DateField name="line-from" /></Form.Item>
        <FormEnd move="save-line" label={say("save")} busy={put.isPending} onClose={onDone} />
      </Form>
    </Modal>
  );
}

/** Lines that count today, then those that are over or have not begun. */
function Lines({ rows }: { readonly rows: readonly LineRow[] }): ReactNode {
  const say = usePhrases(planWords);
  const read = useText();
  const count = useCount();
  const counts = (row: LineRow): boolean => row.from <= today() && (row.to === undefined || row.to >= today());
  const label = (key: string): string => (key in standardLabels ? read(standardLabels[key as Standard]) : key);
  return (
    <RowTable<LineRow>
      rows={rows.toSorted((a, b) => Number(counts(b)) - Number(counts(a)) || standards.indexOf(a.key as Standard) - standards.indexOf(b.key as Standard) || b.from.localeCompare(a.from))}
      rowKey={(row) => `${row.key} ${row.area.code} ${row.from}`}
      empty={say("noLines")}
      wraps
      columns={[
        { title: say("line"), key: "line", render: (_, row) => <span data-line={row.key}>{label(row.key)}</span> },
        { title: say("value"), key: "value", align: "right", render: (_, row) => <span className="number">{row.unit === "percent" ? `${row.value} %` : say("ofYuan", { n: count(row.value) })}</span> },
        { title: say("area"), key: "area", render: (_, row) => row.area.name },
        { title: say("from"), key: "from", render: (_, row) => <span className="number">{row.from}</span> },
        { title: say("state"), key: "state", render: (_, row) => (counts(row) ? say("inForce") : row.from > today() ? say("later") : <span className="quiet">{say("overOn", { on: row.to ?? "" })}</span>) },
      ]}
    />
  );
}

export function PlanPage(): ReactNode {
  const say = usePhrases(planWords);
  const read = useText();
  const mark = useMarks();
  const count = useCount();
  const department = useDepartmentLabel();
  const cause = useCodeLabel("poverty-cause");
  const [category, degree, urgency] = [useCodeLabel("low-income-category"), useCodeLabel("poverty-degree"), useCodeLabel("urgency")];
  const { campaign } = useCampaign();
  const keeps = useMay("aid.keep");
  const scheme = campaign?.scheme ?? "low-income";
  const [setting, setSetting] = useState(false);
  const query = useRoute(getAidPlan, { query: { scheme } });
  return (
    <main className="page">
      <PageHead title={say("title")} />
      <Loaded query={query}>
        {({ standards: rows, items, tiers }) => {
          const item = (key: string): string => read(items.find((one) => one.key === key)?.label) || key;
          return (
            <>
              <section className="panel" aria-label={say("lines")}>
                <h2>{say("lines")}</h2>
                <p className="quiet">{say("linesHelp")}</p>
                {keeps ? <Button type="primary" data-action="set-line" style={{ marginBottom: 12 }} onClick={() => setSetting(true)}>{say("setLine")}</Button> : null}
                <Lines rows={rows} />
              </section>
              <section className="panel" aria-label={say("items")}>
                <h2>{say("items")}</h2>
                <RowTable<Plan["items"][number]>
                  rows={items}
                  rowKey="key"
                  empty={say("noItems")}
                  wraps
                  columns={[
                    { title: say("item"), key: "item", render: (_, row) => read(row.label) },
                    { title: say("department"), key: "department", render: (_, row) => read(otherGivers[row.department]) || department(row.department) },
                    { title: say("form"), key: "form", render: (_, row) => `${read(formLabels[row.form])}${mark.list}${read(periodLabels[row.period])}` },
                    { title: say("forWhom"), key: "whom", render: (_, row) => [...row.strata.map((one) => (one in stratumLabels ? read(stratumLabels[one as keyof typeof stratumLabels]) : one)), ...row.categories.map(category)].join(mark.list) || say("byDecision") },
                    { title: say("exclusive"), key: "exclusive", render: (_, row) => row.exclusiveWith.map(item).join(mark.list) || "—" },
                    { title: say("most"), key: "most", align: "right", render: (_, row) => (row.most === undefined ? "—" : say("ofYuan", { n: count(row.most) })) },
                    { title: say("within"), key: "within", align: "right", render: (_, row) => <span className="number">{say("days", { n: row.decideDays })}</span> },
                    { title: say("recheck"), key: "recheck", render: (_, row) => (row.recheck === undefined ? "—" : row.recheck.able === undefined ? say("everyMonths", { n: row.recheck.months }) : say("everyMonthsAble", { n: row.recheck.months, able: row.recheck.able })) },
                  ]}
                />
              </section>
              <section className="panel" aria-label={say("tiers")}>
                <h2>{say("tiers")}</h2>
                <p className="quiet">{say("tiersHelp")}</p>
                <RowTable<Plan["tiers"][number]>
                  rows={tiers}
                  rowKey="key"
                  empty={say("noItems")}
                  wraps
                  columns={[
                    { title: say("tier"), key: "tier", render: (_, row) => read(row.label) },
                    { title: say("degree"), key: "degree", render: (_, row) => say("orMore", { what: degree(row.degreeAtLeast) }) },
                    { title: say("urgency"), key: "urgency", render: (_, row) => say("orMore", { what: urgency(row.urgencyAtLeast) }) },
                    { title: say("causes"), key: "causes", render: (_, row) => row.causes.map(cause).join(mark.list) || say("any") },
                    { title: say("owed"), key: "owed", render: (_, row) => row.owed.map(item).join(mark.list) || "—" },
                    { title: say("within"), key: "within", align: "right", render: (_, row) => say("days", { n: row.withinDays }) },
                  ]}
                />
              </section>
            </>
          );
        }}
      </Loaded>
      {setting ? <LineDialog scheme={scheme} onDone={() => setSetting(false)} /> : null}
    </main>
  );
}
