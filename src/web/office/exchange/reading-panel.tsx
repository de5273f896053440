// How a file was read before it is imported: its form, headings that changed, columns that will not be read, and words that no option knows.
import { Alert, Button, Select, Table } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { type getImport, listUnknownWords, sayWord } from "../../../modules/exchange/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { count } from "../../shared/figures.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { exchangeWords } from "./words.ts";

type View = ReplyOf<typeof getImport>;
type Field = ReplyOf<typeof listUnknownWords>["fields"][number];
type Word = Field["words"][number];

/** Columns that are not read, by reason. */
export function Unread({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(exchangeWords);
  const outside = view.unread.filter((one) => one.because === "outside-agreement").map((one) => one.heading);
  const notAsked = view.unread.filter((one) => one.because === "not-asked").map((one) => one.heading);
  return (
    <>
      {outside.length > 0 ? <p data-unread="outside" className="fault-explain">{say("unreadOutside", { n: outside.length, names: outside.join(punct.list) })}</p> : null}
      {notAsked.length > 0 ? <p data-unread="not-asked" className="quiet">{say("unreadNotAsked", { n: notAsked.length, names: notAsked.join(punct.list) })}</p> : null}
    </>
  );
}

export function ReadingPanel({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(exchangeWords);
  const read = useText();
  const { changed } = view;
  return (
    <>
      {view.reading?.evidence ? <p className="quiet" data-reading={view.reading.format}>{read(view.reading.evidence)}</p> : null}
      {changed ? (
        <Alert
          type="warning"
          showIcon
          data-changed
          style={{ marginBottom: 12 }}
          title={say("changed", { n: changed.since })}
          description={
            <>
              {changed.added.length > 0 ? <div>{say("added", { names: changed.added.join(punct.list) })}</div> : null}
              {changed.gone.length > 0 ? <div>{say("gone", { names: changed.gone.join(punct.list) })}</div> : null}
            </>
          }
        />
      ) : null}
      <Unread view={view} />
    </>
  );
}

function FieldWords({ field, view, maySay }: { readonly field: Field; readonly view: View; readonly maySay: boolean }): ReactNode {
  const say = usePhrases(exchangeWords);
  const read = useText();
  const lang = useLang();
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const keep = useCall(sayWord, ["/api/imports", "/api/supplier-words"]);
  const hidden = field.different - field.words.length;
  return (
    <div data-words={field.field} style={{ marginBottom: 12 }}>
      <b>{read(field.label)}</b> <span className="quiet">{say("wordsOf", { heading: field.heading, n: field.different })}</span>
      <ProblemView error={keep.error} />
      {hidden > 0 ? <p className="fault-explain">{say("wordsHidden", { n: hidden })}</p> : null}
      {field.words.length > 0 ? (
        <Table<Word>
          size="small"
          rowKey="word"
          dataSource={field.words}
          pagination={false}
          columns={[
            { title: say("word"), key: "word", render: (_, row) => <b>{row.word}</b> },
            { title: say("rows"), key: "rows", align: "right", width: 100, render: (_, row) => <span className="number">{count(row.rows, lang)}</span> },
            {
              title: say("means"),
              key: "means",
              render: (_, row) => (
                <span style={{ display: "flex", gap: 8 }}>
                  <Select aria-label={say("meansOf", { word: row.word })} style={{ width: 260 }} disabled={!maySay} showSearch={{ optionFilterProp: "label" }} placeholder={say("notCompared")} {...(chosen[row.word] !== undefined && { value: chosen[row.word] })} onChange={(code: string) => setChosen({ ...chosen, [row.word]: code })} options={field.codes.map((one) => ({ value: one.code, label: read(one.label) }))} />
                  <Button data-move="say-word" disabled={!maySay || chosen[row.word] === undefined} loading={keep.isPending && keep.variables.body.word === row.word} onClick={() => keep.mutate({ params: { county: view.county, id: view.id }, body: { field: field.field, word: row.word, code: chosen[row.word] ?? "" } })}>
                    {say("remember")}
                  </Button>
                </span>
              ),
            },
          ]}
        />
      ) : null}
    </div>
  );
}

export function WordsOffered({ view, maySay }: { readonly view: View; readonly maySay: boolean }): ReactNode {
  const say = usePhrases(exchangeWords);
  const query = useRoute(listUnknownWords, { params: { county: view.county, id: view.id } }, { enabled: view.kind === "extract" });
  const fields = query.data?.fields ?? [];
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (fields.length === 0) return null;
  return (
    <section className="panel">
      <h2>{say("wordsTitle")}</h2>
      <p style={{ marginTop: 0 }}>{say("wordsHelp")}</p>
      {fields.map((field) => (
        <FieldWords key={field.field} field={field} view={view} maySay={maySay} />
      ))}
    </section>
  );
}
