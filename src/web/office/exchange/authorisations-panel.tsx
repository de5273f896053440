// Authorisations for economic checks on paper: who signed, the scan, its days; taken back with a reason. Signatures in the records are counted.
import { App, Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { isDate } from "../../../core/time.ts";
import { enterPaper, getCatalogue, getPaper, listAuthorisations, revokeAuthorisations } from "../../../modules/exchange/contract.ts";
import { fileAddress } from "../../shared/client.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment, today } from "../../shared/figures.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { FormEnd } from "../../shared/form-end.tsx";
import { Rate } from "../../shared/record-marks.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { authorisationWords } from "./authorisation-words.ts";
import { agreementLabels } from "./catalogue.ts";
import { catalogueWords } from "./catalogue-words.ts";
import { ReasonForm } from "./reason-form.tsx";

type Paper = ReplyOf<typeof listAuthorisations>["rows"][number];
type Fields = { readonly document: string; readonly fromOn: string; readonly toOn: string; readonly idNumbers: string };
const REFRESHES = ["/api/authorisations"];

function PaperForm({ campaign, onClose }: { readonly campaign: string; readonly onClose: () => void }): ReactNode {
  const say = usePhrases(authorisationWords);
  const shared = usePhrases(catalogueWords);
  const { message } = App.useApp();
  const [scan, setScan] = useState<File>();
  const [tried, setTried] = useState(false);
  const enter = useCall(enterPaper, REFRESHES);
  const required = [{ required: true, whitespace: true, message: shared("required") }];
  const dated = [...required, { validator: (_: unknown, value: string) => (!value || isDate(value) ? Promise.resolve() : Promise.reject(new Error(shared("dateForm")))) }];
  const submit = (fields: Fields): void => {
    setTried(true);
    if (scan === undefined) return;
    enter.mutate({ body: { campaign, ...fields }, file: scan }, {
      onSuccess: ({ entered }) => {
        void message.success(say("entered", { n: entered }));
        onClose();
      },
    });
  };
  return (
    <Modal open title={say("enter")} footer={null} width={640} onCancel={onClose} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" onFinish={submit} scrollToFirstError initialValues={{ fromOn: today() }}>
        <ProblemView error={enter.error} />
        <Form.Item name="document" label={say("document")} rules={required}>
          <Input name="document" maxLength={100} />
        </Form.Item>
        <Form.Item name="idNumbers" label={say("who")} extra={say("whoHelp")} rules={required}>
          <Input.TextArea name="idNumbers" rows={4} maxLength={6000} />
        </Form.Item>
        <div style={{ display: "flex", gap: 16, flexWrap: "wrap" }}>
          <Form.Item name="fromOn" label={say("signedOn")} rules={dated}>
            <Input name="fromOn" maxLength={10} style={{ width: 160 }} />
          </Form.Item>
          <Form.Item name="toOn" label={say("expiresOn")} rules={dated}>
            <Input name="toOn" maxLength={10} style={{ width: 160 }} />
          </Form.Item>
        </div>
        <div style={{ marginBottom: 16 }}>
          <label htmlFor="authorisation-scan" style={{ display: "block", marginBottom: 8 }}>
            {say("scan")}
          </label>
          <FilePick id="authorisation-scan" name="scan" accept=".jpg,.jpeg,.png,.pdf" onPick={setScan} />
          {tried && scan === undefined ? <div role="alert" className="field-fault fault-block">{say("scanMissing")}</div> : null}
        </div>
        <FormEnd move="enter-paper" label={say("save")} busy={enter.isPending} onSend={() => setTried(true)} onClose={onClose} />
      </Form>
    </Modal>
  );
}

function Papers({ campaign }: { readonly campaign: string }): ReactNode {
  const say = usePhrases(authorisationWords);
  const shared = usePhrases(catalogueWords);
  const read = useText();
  const query = useRoute(listAuthorisations, { query: { campaign } });
  const revoke = useCall(revokeAuthorisations, REFRESHES);
  const [entering, setEntering] = useState(false);
  const [ending, setEnding] = useState<Paper>();
  return (
    <>
      <p style={{ maxWidth: 900, marginTop: 0 }}>{say("intro")}</p>
      <Button type="primary" data-move="new-paper" style={{ marginBottom: 12 }} onClick={() => setEntering(true)}>
        {say("enter")}
      </Button>
      <Loaded query={query}>
        {(data) => (
          <>
            <p>
              {say("inRecords")} <Rate part={data.records.inForce} base={data.records.signed} />
            </p>
            <RowTable<Paper>
              rows={data.rows}
              rowKey="document"
              empty={say("none")}
              columns={[
                { title: say("document"), key: "document", render: (_, row) => <b>{row.document}</b> },
                { title: shared("stateCol"), key: "state", render: (_, row) => <span data-paper={row.state} className={row.state === "in-force" ? "" : "fault-explain"}>{read(agreementLabels[row.state])}{row.revokedBecause === undefined ? "" : `${punct.colon}${row.revokedBecause}`}</span> },
                { title: say("signedOn"), key: "from", render: (_, row) => <span className="number">{row.fromOn}</span> },
                { title: say("expiresOn"), key: "to", render: (_, row) => <span className="number">{row.toOn}</span> },
                { title: say("people"), key: "people", align: "right", render: (_, row) => <span className="number" title={row.masked.join(" ")}>{row.people}</span> },
                { title: say("scan"), key: "scan", render: (_, row) => (row.paper ? <a href={fileAddress(getPaper, { query: { campaign, document: row.document } })} target="_blank" rel="noreferrer">{say("look")}</a> : "—") },
                { title: shared("signedBy"), key: "by", render: (_, row) => <span><span className="number">{moment(row.at)}</span> {row.enteredBy}</span> },
                { title: "", key: "moves", fixed: "right", render: (_, row) => (row.state === "revoked" ? null : <Button data-move="revoke-paper" aria-label={shared("revokeOf", { name: row.document })} onClick={() => setEnding(row)}>{shared("revoke")}</Button>) },
              ]}
            />
          </>
        )}
      </Loaded>
      {entering ? <PaperForm campaign={campaign} onClose={() => setEntering(false)} /> : null}
      {ending ? (
        <ReasonForm
          title={shared("revokeOf", { name: ending.document })}
          help={say("revokeHelp")}
          move="confirm-revoke-paper"
          label={shared("revoke")}
          pending={revoke.isPending}
          error={revoke.error}
          onReason={(reason) => revoke.mutate({ body: { campaign, document: ending.document, reason } }, { onSuccess: () => setEnding(undefined) })}
          onClose={() => setEnding(undefined)}
        />
      ) : null}
    </>
  );
}

export function AuthorisationsPanel({ campaign }: { readonly campaign: string }): ReactNode {
  const say = usePhrases(authorisationWords);
  const query = useRoute(getCatalogue, { query: { campaign } });
  return <Loaded query={query}>{(data) => (data.departments.some((one) => one.economicCheck) ? <Papers campaign={campaign} /> : <Nothing text={say("notNeeded")} />)}</Loaded>;
}
