// Many accounts by a roster: template, upload, the outcome of every line, and slips that are shown once.
import { Button, Table } from "antd";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getReturnedRoster, getRosterTemplate, takeRoster } from "../../../modules/access/contract.ts";
import { fileAddress } from "../../shared/client.ts";
import { useCall } from "../../shared/data.ts";
import { count } from "../../shared/figures.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { rightsWords } from "./rights-words.ts";
import { SlipList } from "./slips.tsx";

type Reply = ReplyOf<typeof takeRoster>;

function Outcome({ reply }: { readonly reply: Reply }): ReactNode {
  const say = usePhrases(rightsWords);
  const read = useText();
  const lang = useLang();
  const n = (value: number): string => count(value, lang);
  return (
    <>
      <div className="panel">
        <p role="status" data-result={`${reply.made}/${reply.returned}`}>{say("result", { all: n(reply.lines.length), made: n(reply.made), returned: n(reply.returned) })}</p>
        {reply.returned > 0 ? <Button href={fileAddress(getReturnedRoster, { params: { id: reply.batch } })} data-move="returned-roster" style={{ marginBottom: 12 }}>{say("returnedFile")}</Button> : null}
        <Table
          size="small"
          rowKey="no"
          dataSource={[...reply.lines]}
          pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
          columns={[
            { title: say("lineNo"), key: "no", render: (_, line) => <span className="number">{line.no}</span> },
            { title: say("content"), key: "content", render: (_, line) => line.cells.filter((cell) => cell !== "").join(" · ") },
            { title: say("outcome"), key: "outcome", width: 110, render: (_, line) => <span data-outcome={line.outcome} className={line.outcome === "made" ? "" : "fault-explain"}>{say(line.outcome)}</span> },
            { title: say("reasons"), key: "reasons", render: (_, line) => line.reasons.map((reason) => read(reason)).join(punct.semicolon) },
          ]}
        />
      </div>
      {reply.slips.length > 0 ? (
        <div className="panel">
          <h2>{say("slips", { n: n(reply.slips.length) })}</h2>
          <p>{say("slipHelp")}</p>
          <Button className="no-print" data-move="print-slips" style={{ marginBottom: 12 }} onClick={() => window.print()}>{say("print")}</Button>
          <SlipList slips={reply.slips} />
        </div>
      ) : null}
    </>
  );
}

export function RosterPage(): ReactNode {
  const say = usePhrases(rightsWords);
  const [file, setFile] = useState<File>();
  // A file that was sent is put away; the next is chosen afresh.
  const [sent, setSent] = useState(0);
  const take = useCall(takeRoster, ["/api/accounts"]);
  return (
    <main className="page">
      <PageHead title={say("rosterTitle")} />
      <div className="panel no-print">
        <p>{say("rosterIntro")}</p>
        <ProblemView error={take.error} />
        <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" }}>
          <Button href={fileAddress(getRosterTemplate, {})} data-move="roster-template">{say("template")}</Button>
          <label htmlFor="roster-file">{say("choose")}</label>
          <FilePick key={sent} id="roster-file" name="roster-file" accept=".xlsx,.csv" onPick={setFile} />
          <Button type="primary" data-move="send-roster" disabled={!file} loading={take.isPending} onClick={() => file && take.mutate({ body: {}, file }, { onSettled: () => { setFile(undefined); setSent(sent + 1); } })}>
            {say("send")}
          </Button>
        </div>
      </div>
      {take.data ? <Outcome reply={take.data} /> : null}
    </main>
  );
}
