// Which column of the file feeds which item: the proposal, to be checked by the one who sent the file.
import { Alert, App, Button, Select, Table } from "antd";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { type getImport, mapImport, runImport } from "../../../modules/exchange/contract.ts";
import { useCall } from "../../shared/data.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { doubledTargets, type Mapping, mappedColumns, mappingOf, missingTargets, sameMapping, type Target, withTarget } from "./mapping.ts";
import { ReadingPanel, WordsOffered } from "./reading-panel.tsx";
import { exchangeWords } from "./words.ts";

export type ImportView = ReplyOf<typeof getImport>;
type Column = ImportView["columns"][number];

function ColumnsTable({ view, mapping, doubled, disabled, onChange }: { readonly view: ImportView; readonly mapping: Mapping; readonly doubled: readonly Target[]; readonly disabled: boolean; readonly onChange: (next: Mapping) => void }): ReactNode {
  const say = usePhrases(exchangeWords);
  const read = useText();
  const headingOf = (column: Column): string => column.heading || say("noHeading", { n: column.column + 1 });
  const isDoubled = (column: Column): boolean => doubled.some((target) => target.target === mapping[column.column]);
  const options = [{ value: "", label: say("notImported") }, ...view.targets.map((target) => ({ value: target.target, label: `${read(target.label)}${target.required ? punct.inside(say("required")) : ""}` }))];
  return (
    <Table<Column>
      size="small"
      rowKey="column"
      dataSource={view.columns}
      pagination={false}
      scroll={{ x: "max-content" }}
      columns={[
        { title: say("heading"), key: "heading", render: (_, column) => <b style={{ overflowWrap: "anywhere" }}>{headingOf(column)}</b> },
        {
          title: say("sample"),
          key: "sample",
          render: (_, column) => (
            <div style={{ maxWidth: 420, overflowWrap: "anywhere" }}>
              {column.sample.length === 0 ? <span className="quiet">{say("emptySample")}</span> : column.sample.slice(0, 3).map((text, i) => <div key={i}>{text === "" ? <span className="quiet">{say("emptySample")}</span> : text}</div>)}
            </div>
          ),
        },
        {
          title: say("target"),
          key: "target",
          width: 340,
          render: (_, column) => (
            <Select
              id={`column-${column.column}`}
              data-column={column.column}
              aria-label={say("targetOf", { heading: headingOf(column) })}
              style={{ width: 320 }}
              disabled={disabled}
              status={isDoubled(column) ? "error" : ""}
              showSearch={{ optionFilterProp: "label" }}
              value={mapping[column.column] ?? ""}
              onChange={(value) => onChange(withTarget(mapping, column.column, value === "" ? undefined : value))}
              options={options}
            />
          ),
        },
      ]}
    />
  );
}

function Standing({ missing, doubled, used, of }: { readonly missing: readonly Target[]; readonly doubled: readonly Target[]; readonly used: number; readonly of: number }): ReactNode {
  const say = usePhrases(exchangeWords);
  const read = useText();
  const names = (targets: readonly Target[]): string => targets.map((target) => read(target.label)).join(punct.list);
  return (
    <div role="status" style={{ margin: "12px 0" }}>
      {missing.length > 0 ? <Alert type="error" showIcon title={say("missing", { names: names(missing) })} description={say("missingHelp")} style={{ marginBottom: 8 }} /> : null}
      {doubled.length > 0 ? <Alert type="error" showIcon title={say("doubled", { names: names(doubled) })} style={{ marginBottom: 8 }} /> : null}
      {missing.length + doubled.length === 0 ? <Alert type="success" showIcon title={`${say("complete")}${punct.semicolon}${say("used", { n: used, of })}`} /> : null}
    </div>
  );
}

export function MappingPanel({ view, maySend }: { readonly view: ImportView; readonly maySend: boolean }): ReactNode {
  const say = usePhrases(exchangeWords);
  const { message } = App.useApp();
  const [mapping, setMapping] = useState<Mapping>(() => mappingOf(view.columns));
  useEffect(() => setMapping(mappingOf(view.columns)), [view.columns]);
  const save = useCall(mapImport, ["/api/imports"]);
  const run = useCall(runImport, ["/api/imports"]);
  const params = { county: view.county, id: view.id };
  const missing = missingTargets(view.targets, mapping);
  const doubled = doubledTargets(view.targets, mapping);
  const ready = missing.length + doubled.length === 0;
  const busy = save.isPending || run.isPending;
  const body = { sheet: view.sheet, columns: mappedColumns(view.columns, mapping) };
  const start = (): void => save.mutate({ params, body }, { onSuccess: () => run.mutate({ params }) });
  return (
    <>
      <WordsOffered view={view} maySay={maySend} />
      <section className="panel">
        <h2>{say("mapTitle")}</h2>
        <p style={{ marginTop: 0 }}>{say("mapHelp")}</p>
        <ProblemView error={save.error ?? run.error} />
        {view.sheets.length > 1 ? (
          <p>
            <label htmlFor="sheet">{say("sheet")} </label>
            <Select
              id="sheet"
              data-filter="sheet"
              style={{ minWidth: 260 }}
              disabled={!maySend || busy}
              value={view.sheet ?? view.sheets[0] ?? ""}
              onChange={(sheet) => save.mutate({ params, body: { sheet, columns: [] } })}
              options={view.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
            />
          </p>
        ) : null}
        <ReadingPanel view={view} />
        <Standing missing={missing} doubled={doubled} used={Object.keys(mapping).length} of={view.columns.length} />
        <ColumnsTable view={view} mapping={mapping} doubled={doubled} disabled={!maySend || busy} onChange={setMapping} />
        {maySend ? (
          <div style={{ display: "flex", gap: 12, marginTop: 16 }}>
            <Button type="primary" size="large" data-move="run-import" disabled={!ready} loading={busy} onClick={start}>
              {say("run")}
            </Button>
            <Button size="large" data-move="save-mapping" disabled={doubled.length > 0 || sameMapping(mapping, mappingOf(view.columns))} onClick={() => save.mutate({ params, body }, { onSuccess: () => void message.success(say("saved")) })}>
              {say("save")}
            </Button>
          </div>
        ) : null}
      </section>
    </>
  );
}
