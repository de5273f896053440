// Signals about collectors' work, and what a person made of them.
import { App, Button, Input, Modal, Radio, Tag } from "antd";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { judgeSignal, listSignals } from "../../../modules/supervision/contract.ts";
import { leastBase, signalKinds, signalLabels, type Verdict, verdictLabels, verdicts } from "../../../modules/supervision/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { count, moment } from "../../shared/figures.ts";
import { Rate } from "../../shared/record-marks.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { Frame } from "./frame.tsx";
import { bad } from "./supervision-page.tsx";
import { supervisionWords } from "./words.ts";

type Row = ReplyOf<typeof listSignals>["collectors"][number];
type Signal = Row["signals"][number];
type Asked = { readonly row: Row; readonly signal: Signal };
const percent = (rate: number): string => `${(rate * 100).toFixed(0)}%`;

function JudgeDialog({ campaign, asked, onDone }: { readonly campaign: string; readonly asked: Asked; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(supervisionWords);
  const read = useText();
  const { message } = App.useApp();
  const [verdict, setVerdict] = useState<Verdict>("explained");
  const [note, setNote] = useState("");
  const write = useCall(judgeSignal, ["/api/supervision/signals"]);
  const save = (): void => write.mutate({ body: { campaign, collector: asked.row.collector, kind: asked.signal.kind, verdict, note: note.trim() } }, { onSuccess: () => { void message.success(say("judged")); onDone(); } });
  return (
    <Modal open title={say("judgeTitle", { name: asked.row.name, signal: read(signalLabels[asked.signal.kind]) })} onCancel={onDone} onOk={save} okText={say("save")} cancelText={say("cancel")} okButtonProps={{ disabled: note.trim() === "", loading: write.isPending }}>
      <ProblemView error={write.error} />
      <Radio.Group aria-label={say("verdict")} name="verdict" value={verdict} onChange={(event) => setVerdict(event.target.value as Verdict)} options={verdicts.map((one) => ({ value: one, label: read(verdictLabels[one]) }))} />
      <label style={{ display: "block", marginTop: 12 }}>
        {say("note")}
        <Input.TextArea name="note" maxLength={500} autoSize={{ minRows: 2 }} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
    </Modal>
  );
}

function Whole({ campaign, area }: { readonly campaign: string; readonly area: number | undefined }): ReactNode {
  const say = usePhrases(supervisionWords);
  const read = useText();
  const lang = useLang();
  const [asked, setAsked] = useState<Asked>();
  const query = useRoute(listSignals, { query: { campaign, area } }, { keep: true });
  return (
    <>
      <p className="quiet">{say("signalsHelp", { n: leastBase })}</p>
      <div className="panel">
        <Loaded query={query}>
          {({ collectors, gatheredAt }) => (
            <>
            {gatheredAt === undefined ? null : <p className="quiet">{say("gathered", { at: moment(gatheredAt) })}</p>}
            <RowTable<Row>
              rows={collectors}
              rowKey="collector"
              empty={say("noSignals")}
              columns={[
                { title: say("collector"), key: "name", fixed: "left", render: (_, row) => row.name },
                { title: say("captures"), key: "captures", align: "right", render: (_, row) => <span className="number">{count(row.captures, lang)}</span> },
                ...signalKinds.map((kind) => ({
                  title: read(signalLabels[kind]),
                  key: kind,
                  render: (_: unknown, row: Row) => {
                    const signal = row.signals.find((one) => one.kind === kind);
                    if (!signal) return null;
                    return (
                      <div>
                        <Rate part={signal.count} base={signal.base} /> {signal.standsOut ? <Tag style={bad}>{say("standsOut")}</Tag> : null}
                        <div className="quiet">{`${percent(signal.low)}–${percent(signal.high)}`}{signal.others === undefined ? "" : ` · ${say("others", { rate: percent(signal.others) })}`}</div>
                        {signal.verdict ? <div>{read(verdictLabels[signal.verdict.verdict])}{punct.colon}{signal.verdict.note} <span className="quiet">{signal.verdict.by}</span></div> : null}
                        {signal.standsOut || signal.verdict ? <Button size="small" data-judge={`${kind}-${row.collector}`} onClick={() => setAsked({ row, signal })}>{say("judge")}</Button> : null}
                      </div>
                    );
                  },
                })),
              ]}
            />
            </>
          )}
        </Loaded>
      </div>
      {asked ? <JudgeDialog campaign={campaign} asked={asked} onDone={() => setAsked(undefined)} /> : null}
    </>
  );
}

export function SignalsPage(): ReactNode {
  const say = usePhrases(supervisionWords);
  const { area } = useSearch({ from: "/shell/supervision/signals" });
  return <Frame way="/supervision/signals" title={say("signals")} area={area}>{(_, campaign) => <Whole campaign={campaign} area={area} />}</Frame>;
}
