// People in the register against the resident population, by area: the goal, who is below it, and entering the population that a rate stands on.
import { App, Button, Form, Input, InputNumber, Modal, Tag } from "antd";
import { type ReactNode, useState } from "react";
import type { BodyOf, ReplyOf } from "../../../core/route.ts";
import { getCoverage, setPopulation } from "../../../modules/aid/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { rate, today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { useLang, useMarks, usePhrases } from "../../shared/words.ts";
import { useCount } from "./use-count.ts";
import { aidWords } from "./words.ts";

type Row = ReplyOf<typeof getCoverage>["rows"][number];

function PopulationDialog({ scheme, row, onDone }: { readonly scheme: string; readonly row: Row; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(aidWords);
  const mark = useMarks();
  const { message } = App.useApp();
  const put = useCall(setPopulation, ["/api/households/coverage"]);
  const must = [{ required: true, message: say("required") }];
  const saved = (): void => { void message.success(say("saved")); onDone(); };
  type Fields = Pick<BodyOf<typeof setPopulation>, "year" | "people" | "source">;
  return (
    <Modal open title={`${say("population")}${mark.colon}${row.area.name}`} footer={null} onCancel={onDone} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" initialValues={{ year: row.year ?? Number(today().slice(0, 4)) - 1, ...(row.base !== undefined && { people: row.base }), ...(row.source !== undefined && { source: row.source }) }} onFinish={(fields) => put.mutate({ body: { scheme, area: row.area.code, ...fields } }, { onSuccess: saved })}>
        <ProblemView error={put.error} />
        <Form.Item name="people" label={say("residents")} rules={must}><InputNumber autoFocus min={1} max={200_000_000} precision={0} style={{ width: "100%" }} /></Form.Item>
        <Form.Item name="year" label={say("year")} rules={must}><InputNumber min={1990} max={2100} precision={0} style={{ width: "100%" }} /></Form.Item>
        <Form.Item name="source" label={say("populationSource")} rules={must}><Input maxLength={200} /></Form.Item>
        <FormEnd move="save-population" label={say("save")} busy={put.isPending} onClose={onDone} />
      </Form>
    </Modal>
  );
}

/** The own area first, then those below it that hold households or have a population. */
export function Coverage({ scheme }: { readonly scheme: string }): ReactNode {
  const say = usePhrases(aidWords);
  const mark = useMarks();
  const count = useCount();
  const lang = useLang();
  const keeps = useMay("aid.keep");
  const query = useRoute(getCoverage, { query: { scheme } });
  const [entering, setEntering] = useState<Row>();
  const [all, setAll] = useState(false);
  return (
    <section className="panel" aria-label={say("coverage")}>
      <h2>{say("coverage")}</h2>
      <Loaded query={query}>
        {({ rows, goal }) => {
          const told = rows.filter((row, i) => i === 0 || row.households > 0 || row.base !== undefined);
          return (
            <>
              <p className="quiet">{say("goal", { n: Math.round(goal * 100) })}</p>
              <RowTable<Row>
                rows={all ? rows : told}
                rowKey={(row) => row.area.code}
                empty="—"
                wraps
                columns={[
                  { title: say("area"), key: "area", render: (_, row) => row.area.name },
                  { title: say("householdsCount"), key: "households", render: (_, row) => count(row.households) },
                  { title: say("people"), key: "people", render: (_, row) => count(row.people) },
                  { title: say("share"), key: "rate", render: (_, row) => (row.base === undefined ? <span className="quiet">{say("noBase")}</span> : <Tag color={row.people / row.base >= goal ? "success" : "warning"}>{rate(row.people, row.base, lang)}</Tag>) },
                  { title: say("populationSource"), key: "source", render: (_, row) => (row.base === undefined ? "—" : `${row.source ?? ""}${mark.inside(String(row.year ?? ""))}`) },
                  { title: "", key: "act", render: (_, row) => (keeps ? <Button size="small" data-population={row.area.code} onClick={() => setEntering(row)}>{say("population")}</Button> : null) },
                ]}
              />
              {told.length < rows.length ? <Button type="link" data-action="all-areas" style={{ padding: 0, marginTop: 8 }} onClick={() => setAll(!all)}>{all ? say("fewerAreas") : say("allAreas", { n: rows.length - told.length })}</Button> : null}
            </>
          );
        }}
      </Loaded>
      {entering ? <PopulationDialog scheme={scheme} row={entering} onDone={() => setEntering(undefined)} /> : null}
    </section>
  );
}
