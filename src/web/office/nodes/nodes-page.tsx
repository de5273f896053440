// Nodes above and below: this node's keys, who is registered, bundles made and taken, as files to carry.
import { App, Button, Form, Input, Modal, Radio, Typography } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { addNode, confirmNodeBundle, endNode, getNodeBundle, listNodes, packForNode, takeNodeBundle } from "../../../modules/federation/contract.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { fileAddress } from "../../shared/client.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { FormEnd } from "../../shared/form-end.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { ReasonForm } from "../exchange/reason-form.tsx";
import { SendingForm, SendingState } from "./sending.tsx";
import { nodeWords } from "./words.ts";

type Nodes = ReplyOf<typeof listNodes>;
type Peer = Nodes["peers"][number];
type Say = ReturnType<typeof usePhrases<typeof nodeWords>>;
const REFRESHES = ["/api/nodes"];

/** What a bundle held, in words; kinds of which it held none are left out. */
const whatOf = (say: Say, counts: Readonly<Record<string, number>>): string =>
  (["records", "stored", "returns", "decisions", "approved", "returned", "holds", "held-below", "held-ended", "decisions-late", "words", "rounds"] as const).flatMap((key) => ((counts[key] ?? 0) > 0 ? [say(key, { n: counts[key] ?? 0 })] : [])).join(punct.comma) || "—";

function Self({ self }: { readonly self: Nodes["self"] }): ReactNode {
  const say = usePhrases(nodeWords);
  return (
    <section className="panel" aria-label={say("self")}>
      <h2>
        {say("self")}{punct.colon}{self.area.fullName}
      </h2>
      <p className="quiet">{say("selfHelp")}</p>
      <p>
        <Typography.Text code copyable data-self>
          {self.name}
        </Typography.Text>
      </p>
      {self.keys.map((keys) => (
        <div key={keys.suite} style={{ marginBottom: 8, overflowWrap: "anywhere" }}>
          <b>{say(keys.suite)}</b>
          <div>
            <span className="quiet">{say("sealKey")}{punct.colon}</span>
            <Typography.Text code copyable data-key={`${keys.suite}-seal`}>
              {keys.seal}
            </Typography.Text>
          </div>
          <div>
            <span className="quiet">{say("signKey")}{punct.colon}</span>
            <Typography.Text code copyable data-key={`${keys.suite}-sign`}>
              {keys.sign}
            </Typography.Text>
          </div>
        </div>
      ))}
    </section>
  );
}

type Fields = { readonly area: number; readonly label: string; readonly side: "above" | "below"; readonly suite: "international" | "national"; readonly seal: string; readonly sign: string };

/** The picker as a field of the form, which gives it its value. */
function AreaField({ value, onChange, id }: { readonly value?: number; readonly onChange?: (code: number | undefined) => void; readonly id?: string }): ReactNode {
  const say = usePhrases(nodeWords);
  return <AreaPicker name="node-area" value={value} onChange={(code) => onChange?.(code)} label={say("area")} {...(id ? { id } : {})} style={{ width: "100%" }} />;
}

function AddForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const say = usePhrases(nodeWords);
  const { message } = App.useApp();
  const add = useCall(addNode, REFRESHES);
  const required = [{ required: true, message: say("required") }];
  const key = [...required, { pattern: /^[0-9a-f]{64}([0-9a-f]{66})?$/u, message: say("keyForm") }];
  const submit = (fields: Fields): void =>
    add.mutate({ body: { ...fields, label: fields.label.trim() } }, {
      onSuccess: () => {
        void message.success(say("added"));
        onClose();
      },
    });
  return (
    <Modal open title={say("add")} footer={null} width={680} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" onFinish={submit} scrollToFirstError initialValues={{ side: "above", suite: "international" }}>
        <ProblemView error={add.error} />
        <Form.Item name="side" label={say("side")}>
          <Radio.Group options={(["above", "below"] as const).map((value) => ({ value, label: say(value) }))} />
        </Form.Item>
        <Form.Item name="area" label={say("area")} rules={required}>
          <AreaField />
        </Form.Item>
        <Form.Item name="label" label={say("label")} rules={[{ required: true, whitespace: true, message: say("required") }]}>
          <Input name="node-label" maxLength={60} />
        </Form.Item>
        <Form.Item name="suite" label={say("suite")}>
          <Radio.Group options={(["international", "national"] as const).map((value) => ({ value, label: say(value) }))} />
        </Form.Item>
        <Form.Item name="seal" label={say("sealKey")} rules={key} normalize={(value: string) => value.trim().toLowerCase()}>
          <Input name="node-seal" maxLength={130} />
        </Form.Item>
        <Form.Item name="sign" label={say("signKey")} rules={key} normalize={(value: string) => value.trim().toLowerCase()}>
          <Input name="node-sign" maxLength={130} />
        </Form.Item>
        <FormEnd move="save-node" label={say("save")} busy={add.isPending} onClose={onClose} />
      </Form>
    </Modal>
  );
}

function Bring(): ReactNode {
  const say = usePhrases(nodeWords);
  const [file, setFile] = useState<File>();
  const take = useCall(takeNodeBundle, REFRESHES);
  const reply = take.data;
  return (
    <section className="panel" aria-label={say("bring")}>
      <h2>{say("bring")}</h2>
      <p className="quiet" id="node-file-help">
        {say("bringHelp")}
      </p>
      <ProblemView error={take.error} />
      <div style={{ display: "flex", gap: 8, flexWrap: "wrap" }}>
        <label htmlFor="node-file" className="sr-only">
          {say("file")}
        </label>
        <FilePick id="node-file" name="node-file" accept=".qcb" describedBy="node-file-help" onPick={setFile} />
        <Button type="primary" data-move="take-node-bundle" disabled={!file} loading={take.isPending} onClick={() => file && take.mutate({ body: {}, file })}>
          {say("read")}
        </Button>
      </div>
      {reply ? (
        <p role="status" data-taken={reply.seq}>
          {reply.repeated ? say("repeated", { from: reply.from, no: reply.seq }) : say("tookIn", { from: reply.from, no: reply.seq, what: whatOf(say, reply.counts) })}
        </p>
      ) : null}
    </section>
  );
}

/** A bundle with people in it that nobody has let go yet: the button for a second person, or why it is closed. */
function Waiting({ name, bundle }: { readonly name: string; readonly bundle: Peer["bundles"][number] }): ReactNode {
  const say = usePhrases(nodeWords);
  const read = useText();
  const may = useMay("release.approve");
  const confirm = useCall(confirmNodeBundle, REFRESHES);
  const why = may ? bundle.cannotConfirm : { zh: "须有导出审批权限", en: "It takes the right to approve releases" };
  return (
    <span data-waits={bundle.seq}>
      <Button size="small" data-move="confirm-bundle" aria-label={say("confirmOf", { no: bundle.seq })} disabled={why !== undefined} loading={confirm.isPending} onClick={() => confirm.mutate({ params: { name, seq: bundle.seq }, body: { digest: bundle.digest } })}>{say("confirm")}</Button>{" "}
      <span className="quiet">{why === undefined ? say("waitsForYou") : read(why)}</span>
      <ProblemView error={confirm.error} />
    </span>
  );
}

function Peers({ peers, onEnd, onSending }: { readonly peers: readonly Peer[]; readonly onEnd: (peer: Peer) => void; readonly onSending: (peer: Peer) => void }): ReactNode {
  const say = usePhrases(nodeWords);
  const { message } = App.useApp();
  const mayManage = useMay("node.manage");
  const pack = useCall(packForNode, REFRESHES);
  return (
    <>
      <ProblemView error={pack.error} />
      <RowTable<Peer>
        rows={peers}
        empty={say("none")}
        columns={[
          { title: say("node"), key: "node", render: (_, row) => <span data-node={row.name}><b>{row.label}</b><div className="quiet">{row.area.fullName}</div></span> },
          { title: say("side"), key: "side", render: (_, row) => (row.endedAt === undefined ? say(row.side) : `${say(row.side)}${punct.inside(say("ended"))}`) },
          { title: say("chains"), key: "chains", align: "right", render: (_, row) => <span className="number">{row.sentSeq} / {row.confirmedSeq} / {row.takenSeq}</span> },
          { title: say("network"), key: "network", render: (_, row) => <SendingState peer={row} /> },
          { title: say("waiting"), key: "waiting", align: "right", render: (_, row) => <span className="number">{row.waiting}</span> },
          {
            title: say("last"),
            key: "last",
            render: (_, row) => row.bundles.slice(0, 4).map((bundle) => (
              <div key={`${bundle.way}-${bundle.seq}`} style={{ whiteSpace: "normal" }}>
                {say("line", { way: say(bundle.way), no: bundle.seq, at: moment(bundle.at), what: whatOf(say, bundle.counts) })}{" "}
                {bundle.waits ? <Waiting name={row.name} bundle={bundle} /> : bundle.confirmedBy === undefined ? null : <span className="quiet">{say("confirmedBy", { by: bundle.confirmedBy })} </span>}
                {bundle.way === "sent" && !bundle.waits && mayManage ? <a href={fileAddress(getNodeBundle, { params: { name: row.name, seq: bundle.seq } })} style={{ textDecoration: "underline" }} data-get={bundle.seq}>{say("getOf", { no: bundle.seq })}</a> : null}
              </div>
            )),
          },
          {
            title: "",
            key: "moves",
            fixed: "right",
            render: (_, row) =>
              row.endedAt === undefined && mayManage ? (
                <span style={{ display: "flex", gap: 8 }}>
                  <Button type="primary" data-move="pack-node" aria-label={say("packOf", { name: row.label })} loading={pack.isPending} onClick={() => pack.mutate({ params: { name: row.name }, body: {} }, { onSuccess: (made) => void message.success(say(made.waits ? "packedWaits" : "packed", { no: made.seq, left: made.left })) })}>
                    {say("pack")}
                  </Button>
                  <Button data-move="node-sending" aria-label={say("sendingOf", { name: row.label })} onClick={() => onSending(row)}>
                    {say("sending")}
                  </Button>
                  <Button data-move="end-node" onClick={() => onEnd(row)}>
                    {say("end")}
                  </Button>
                </span>
              ) : null,
          },
        ]}
      />
    </>
  );
}

export function NodesPage(): ReactNode {
  const say = usePhrases(nodeWords);
  const query = useRoute(listNodes, {}, { every: 15_000 });
  const mayManage = useMay("node.manage");
  const end = useCall(endNode, REFRESHES);
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Peer>();
  const [sending, setSending] = useState<Peer>();
  return (
    <main className="page">
      <PageHead title={say("title")}>
        <span className="spread" />
        {mayManage ? (
          <Button type="primary" data-move="add-node" onClick={() => setAdding(true)}>
            {say("add")}
          </Button>
        ) : null}
      </PageHead>
      <p className="quiet">{say("help")}</p>
      <Loaded query={query}>
        {(nodes) => (
          <>
            <section className="panel" aria-label={say("peers")}>
              <h2>{say("peers")}</h2>
              <Peers peers={nodes.peers} onEnd={setEnding} onSending={setSending} />
            </section>
            {mayManage ? <Bring /> : null}
            <Self self={nodes.self} />
          </>
        )}
      </Loaded>
      {adding ? <AddForm onClose={() => setAdding(false)} /> : null}
      {sending ? <SendingForm peer={sending} onClose={() => setSending(undefined)} /> : null}
      {ending ? (
        <ReasonForm
          title={`${say("end")}${punct.colon}${ending.label}`}
          help={say("reason")}
          move="confirm-end-node"
          label={say("end")}
          pending={end.isPending}
          error={end.error}
          onReason={(reason) => end.mutate({ params: { name: ending.name }, body: { reason } }, { onSuccess: () => setEnding(undefined) })}
          onClose={() => setEnding(undefined)}
        />
      ) : null}
    </main>
  );
}
