// Sends a base list or an extract: file, and for an extract the day it stands at and what it is for.
import { Alert, Button, Input, Radio } from "antd";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import { parseDate } from "../../../core/time.ts";
import { getTemplate, listAgreements, uploadImport } from "../../../modules/exchange/contract.ts";
import { fileAddress } from "../../shared/client.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { today } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { type Campaign, type Me, useCampaign, useMe } from "../../shared/session.ts";
import { Loaded, Loading, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { useDepartmentLabel, useDepartments } from "../../shared/departments.ts";
import { type Fault, fileSize, kindLabels, sendableKinds, sendingFaults } from "./sending.ts";
import { exchangeWords } from "./words.ts";

function FieldLine({ id, label, help, fault, children }: { readonly id: string; readonly label: string; readonly help: string; readonly fault: string | undefined; readonly children: ReactNode }): ReactNode {
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        <span className="must" aria-hidden>
          *
        </span>
        {label}
      </label>
      <div>
        {children}
        <div id={`${id}-help`} className="field-help">
          {help}
        </div>
        {fault === undefined ? null : (
          <div id={`${id}-fault`} role="alert" className="field-fault fault-block">
            {fault}
          </div>
        )}
      </div>
    </div>
  );
}

/** What the department's agreement lets in. */
function Agreed({ campaign, department }: { readonly campaign: string; readonly department: string }): ReactNode {
  const say = usePhrases(exchangeWords);
  const read = useText();
  const fields = useDepartments()?.find((one) => one.key === department)?.fields ?? [];
  const query = useRoute(listAgreements, { query: { campaign } });
  return (
    <Loaded query={query}>
      {({ rows }) => {
        const agreement = rows.find((row) => row.department === department && row.state === "in-force");
        if (!agreement) return <Alert type="error" showIcon data-agreed="none" title={say("noAgreement")} style={{ marginBottom: 12 }} />;
        const names = fields.filter((field) => agreement.fields.includes(field.key)).map((field) => read(field.label));
        return <Alert type="info" showIcon data-agreed={agreement.id} title={say("agreedUntil", { document: agreement.document, to: agreement.toOn, days: agreement.keepDays })} description={say("agreedFields", { names: names.join(punct.list) })} style={{ marginBottom: 12 }} />;
      }}
    </Loaded>
  );
}

function SendForm({ me, campaign }: { readonly me: Me; readonly campaign: Campaign }): ReactNode {
  const say = usePhrases(exchangeWords);
  const read = useText();
  const navigate = useNavigate();
  const departments = useDepartments();
  const departmentLabel = useDepartmentLabel();
  const kinds = sendableKinds(me);
  const [kind, setKind] = useState(kinds[0] ?? "base-list");
  const [file, setFile] = useState<File>();
  const [asOf, setAsOf] = useState("");
  const [purpose, setPurpose] = useState("");
  const [tried, setTried] = useState(false);
  const send = useCall(uploadImport, ["/api/imports"]);
  const faults = sendingFaults({ kind, file, asOf, purpose }, today());
  const faultOf = (field: Fault["field"]): string | undefined => (tried ? read(faults.find((fault) => fault.field === field)?.message) || undefined : undefined);
  const { department } = me.office;
  if (kind === "extract" && departments && !departments.some((one) => one.key === department)) return <Alert type="warning" showIcon title={say("noDepartment", { department })} />;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const [first] = faults;
    if (first || !file) {
      document.getElementById(`send-${first?.field ?? "file"}`)?.focus();
      return;
    }
    const about = kind === "extract" ? { department, asOf: parseDate(asOf.trim()), purpose: purpose.trim() } : {};
    send.mutate({ body: { kind, campaign: campaign.id, ...about }, file }, { onSuccess: (sent) => void navigate({ to: "/imports/$county/$id", params: { county: String(sent.county), id: sent.id } }) });
  };
  const template = fileAddress(getTemplate, { params: { kind: kind === "extract" ? department : "base-list" }, query: { campaign: campaign.id } });
  return (
    <form onSubmit={submit} noValidate>
      <ProblemView error={send.error} />
      {kinds.length > 1 ? (
        <Radio.Group name="kind" value={kind} onChange={(event) => setKind(event.target.value)} style={{ marginBottom: 12 }} options={kinds.map((one) => ({ value: one, label: read(kindLabels[one]) }))} />
      ) : null}
      <p style={{ marginTop: 0, fontSize: 18 }}>
        <b>{read(kindLabels[kind])}</b>
        {kind === "extract" ? ` · ${departmentLabel(department)}` : ""} <span className="quiet">{read(campaign.name)}</span>
      </p>
      <p>
        <a href={template} download data-move="template">
          {say("template")}
        </a>{" "}
        <span className="quiet">{say("templateHelp")}</span>
      </p>
      {kind === "extract" ? <Agreed campaign={campaign.id} department={department} /> : null}
      <FieldLine id="send-file" label={say("file")} help={say("fileHelp")} fault={faultOf("file")}>
        <FilePick id="send-file" name="file" accept={kind === "extract" ? ".xlsx,.csv,.txt,.tsv,.dat,.del,.parquet" : ".xlsx,.csv,.txt,.tsv"} describedBy="send-file-help send-file-fault" onPick={setFile} />
        {file ? <span className="quiet number"> · {fileSize(file.size)}</span> : null}
      </FieldLine>
      {kind === "extract" ? (
        <>
          <FieldLine id="send-asOf" label={say("asOf")} help={say("asOfHelp")} fault={faultOf("asOf")}>
            <Input id="send-asOf" name="asOf" value={asOf} maxLength={20} autoComplete="off" style={{ maxWidth: 220 }} status={faultOf("asOf") ? "error" : ""} aria-describedby="send-asOf-help send-asOf-fault" onChange={(event) => setAsOf(event.target.value)} onBlur={() => setAsOf(parseDate(asOf.trim()) ?? asOf)} />
          </FieldLine>
          <FieldLine id="send-purpose" label={say("purpose")} help={say("purposeHelp")} fault={faultOf("purpose")}>
            <Input id="send-purpose" name="purpose" value={purpose} maxLength={200} style={{ maxWidth: 640 }} status={faultOf("purpose") ? "error" : ""} aria-describedby="send-purpose-help send-purpose-fault" onChange={(event) => setPurpose(event.target.value)} />
          </FieldLine>
        </>
      ) : null}
      <div className="field">
        <span />
        <div style={{ display: "flex", gap: 12, alignItems: "center" }}>
          <Button type="primary" htmlType="submit" size="large" loading={send.isPending} data-move="upload">
            {say(send.isPending ? "uploading" : "upload")}
          </Button>
          <Link to="/imports">{say("back")}</Link>
        </div>
      </div>
    </form>
  );
}

export function SendPage(): ReactNode {
  const say = usePhrases(exchangeWords);
  const me = useMe().data;
  const { campaign, query } = useCampaign();
  return (
    <main className="page">
      <PageHead title={say("newTitle")} />
      <div className="panel">
        <Loaded query={query}>
          {() => {
            if (!me) return <Loading />;
            if (sendableKinds(me).length === 0) return <Alert type="info" showIcon title={say("notYours")} />;
            return campaign ? <SendForm me={me} campaign={campaign} /> : <Nothing text={say("noCampaign")} />;
          }}
        </Loaded>
      </div>
    </main>
  );
}
