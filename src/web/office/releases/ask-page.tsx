// Asking for a release: for whom and what, who, which fields; the risk is looked at before it can be asked.
import { App, Button, Form, Input, InputNumber, Radio, Select } from "antd";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { askRelease, changeRelease, getRelease, getReleaseChoices, previewRelease } from "../../../modules/releases/contract.ts";
import { MOST_DAYS_TO_TAKE, purposeLabels, purposes, receiverKinds, receiverLabels } from "../../../modules/releases/rules.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCall, useRoute } from "../../shared/data.ts";
import { today } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useCampaign, useMe } from "../../shared/session.ts";
import { Loaded, Loading, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { atFirst, type Choices, type FieldAsked, lackReason, type Query } from "./ask.ts";
import { FieldsTable } from "./fields-table.tsx";
import { RiskView } from "./risk-view.tsx";
import { releaseWords } from "./words.ts";

const REFRESHES = ["/api/releases"];
type Fields = Omit<Query, "campaign" | "fields" | "receiver"> & { readonly kind: Query["receiver"]["kind"]; readonly name: string; readonly suite: Query["receiver"]["suite"]; readonly key?: string };
export type Changed = { readonly county: number; readonly id: string; readonly query: Query };

function AreaField({ value, onChange, id, within }: { readonly value?: number; readonly onChange?: (code: number | undefined) => void; readonly id?: string; readonly within: number }): ReactNode {
  const say = usePhrases(releaseWords);
  return <AreaPicker name="release-area" value={value} within={within} onChange={(code) => onChange?.(code)} label={say("area")} {...(id ? { id } : {})} style={{ width: "100%" }} />;
}

/** The form as it begins: a known query, or the caller's area and a copy for a month. */
const initial = (area: number, before: Query | undefined): Partial<Fields> =>
  before
    ? { ...before, ...before.receiver }
    : { purpose: "department-check", kind: "department", suite: "international", area, states: ["accepted"], categories: [], format: "xlsx", takeDays: 3, keepUntil: new Date(Date.parse(today()) + 30 * 86_400_000).toISOString().slice(0, 10) };

function AskForm({ campaign, area, choices, changed }: { readonly campaign: string; readonly area: number; readonly choices: Choices; readonly changed: Changed | undefined }): ReactNode {
  const say = usePhrases(releaseWords);
  const read = useText();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [fields, setFields] = useState<FieldAsked[]>(() => changed?.query.fields ?? atFirst(choices));
  const preview = useCall(previewRelease);
  const ask = useCall(askRelease, REFRESHES);
  const change = useCall(changeRelease, REFRESHES);
  const [seen, setSeen] = useState<string>();
  const queryOf = ({ kind, name, suite, key, ...rest }: Fields): Query => ({ ...rest, campaign, fields, receiver: { kind, name: name.trim(), suite, ...(key ? { key } : {}) } });
  const now = (): Query => queryOf(form.getFieldsValue(true));
  const look = (): void => {
    const query = now();
    preview.mutate({ body: query }, { onSuccess: () => setSeen(JSON.stringify(query)) });
  };
  const done = (words: string) => (view: { readonly county: number; readonly id: string }): void => {
    void message.success(words);
    void navigate({ to: "/releases/$county/$id", params: { county: String(view.county), id: view.id } });
  };
  const send = (): void => {
    const query = now();
    if (JSON.stringify(query) !== seen) return setSeen(undefined);
    if (changed) change.mutate({ params: { county: changed.county, id: changed.id }, body: query }, { onSuccess: done(say("changed")) });
    else ask.mutate({ body: query }, { onSuccess: done(say("asked")) });
  };
  const required = [{ required: true, message: say("required") }];
  const lacking = lackReason(choices, fields);
  return (
    <Form<Fields> form={form} layout="vertical" onFinish={look} scrollToFirstError initialValues={initial(area, changed?.query)} onValuesChange={() => setSeen(undefined)}>
      <ProblemView error={ask.error ?? change.error} />
      <section className="panel" aria-label={say("why")}>
        <h2>{say("why")}</h2>
        <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(300px, 1fr))", gap: "0 16px" }}>
          <Form.Item name="purpose" label={say("purpose")} rules={required}>
            <Select data-filter="purpose" options={purposes.map((value) => ({ value, label: read(purposeLabels[value]) }))} />
          </Form.Item>
          <Form.Item name="ground" label={say("ground")} rules={[{ required: true, whitespace: true, min: 2, message: say("required") }]}>
            <Input name="ground" maxLength={300} />
          </Form.Item>
          <Form.Item name="name" label={say("receiverName")} rules={[{ required: true, whitespace: true, min: 2, message: say("required") }]}>
            <Input name="receiver" maxLength={100} />
          </Form.Item>
          <Form.Item name="kind" label={say("receiverKind")}>
            <Radio.Group options={receiverKinds.map((value) => ({ value, label: read(receiverLabels[value]) }))} />
          </Form.Item>
          <Form.Item name="key" label={say("key")} rules={[{ pattern: /^[0-9a-f]{64}([0-9a-f]{66})?$/u, message: say("keyForm") }]} normalize={(value: string) => value.trim().toLowerCase() || undefined}>
            <Input name="receiver-key" maxLength={130} />
          </Form.Item>
          <Form.Item name="suite" label={say("suite")}>
            <Radio.Group options={(["international", "national"] as const).map((value) => ({ value, label: say(value) }))} />
          </Form.Item>
        </div>
      </section>
      <section className="panel" aria-label={say("which")}>
        <h2>{say("which")}</h2>
        <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(300px, 1fr))", gap: "0 16px" }}>
          <Form.Item name="area" label={say("area")} rules={required}>
            <AreaField within={area} />
          </Form.Item>
          <Form.Item name="states" label={say("states")}>
            <Select mode="multiple" data-filter="states" options={choices.states.map(({ key, label }) => ({ value: key, label: read(label) }))} />
          </Form.Item>
          <Form.Item name="categories" label={say("categories")}>
            <Select mode="multiple" data-filter="categories" options={choices.categories.map(({ key, label }) => ({ value: key, label: read(label) }))} />
          </Form.Item>
        </div>
      </section>
      <section className="panel" aria-label={say("fields")}>
        <h2>{say("fields")}</h2>
        <FieldsTable
          choices={choices}
          fields={fields}
          onChange={(next) => {
            setFields(next);
            setSeen(undefined);
          }}
        />
      </section>
      <section className="panel" aria-label={say("form")}>
        <h2>{say("form")}</h2>
        <div style={{ display: "flex", flexWrap: "wrap", gap: "0 24px" }}>
          <Form.Item name="format" label={say("format")}>
            <Radio.Group options={[{ value: "xlsx", label: "XLSX" }, { value: "csv", label: "CSV" }]} />
          </Form.Item>
          <Form.Item name="takeDays" label={say("takeDays")} rules={required}>
            <InputNumber min={1} max={MOST_DAYS_TO_TAKE} precision={0} />
          </Form.Item>
          <Form.Item name="keepUntil" label={say("keepUntil")} rules={required}>
            <Input type="date" name="keep-until" min={today()} />
          </Form.Item>
        </div>
      </section>
      <section className="panel" aria-label={say("risk")}>
        <h2>{say("risk")}</h2>
        <ProblemView error={preview.error} />
        {preview.data && seen !== undefined ? <RiskView risk={preview.data} /> : <p className="quiet">{say("previewFirst")}</p>}
        <div style={{ display: "flex", gap: 12, marginTop: 16 }}>
          <Button htmlType="submit" data-move="preview-release" loading={preview.isPending} disabled={fields.length === 0 || lacking.length > 0}>
            {say("preview")}
          </Button>
          <Button type="primary" data-move="send-release" disabled={seen === undefined} loading={ask.isPending || change.isPending} onClick={send}>
            {say("ask")}
          </Button>
        </div>
      </section>
    </Form>
  );
}

function Ask({ changed }: { readonly changed: Changed | undefined }): ReactNode {
  const say = usePhrases(releaseWords);
  const me = useMe().data;
  const { campaign, query } = useCampaign();
  const id = changed?.query.campaign ?? campaign?.id;
  const choices = useRoute(getReleaseChoices, { query: { campaign: id ?? "" } }, { enabled: id !== undefined });
  if (id === undefined) return query.isSuccess ? <p className="quiet">{say("noCampaign")}</p> : <Loading />;
  return <Loaded query={choices}>{(found) => (me ? <AskForm key={changed?.id ?? id} campaign={id} area={me.area.code} choices={found} changed={changed} /> : <Loading />)}</Loaded>;
}

export function AskPage(): ReactNode {
  const say = usePhrases(releaseWords);
  const [county = "", id = ""] = useSearch({ from: "/shell/releases/new" }).change?.split("/") ?? [];
  const before = useRoute(getRelease, { params: { county: Number(county), id } }, { enabled: id !== "" });
  return (
    <main className="page">
      <PageHead title={say(id === "" ? "askTitle" : "changeTitle")} />
      {id === "" ? <Ask changed={undefined} /> : (
        <>
          <p className="quiet">{say("changeHelp")}</p>
          <Loaded query={before}>{(view) => <Ask changed={view} />}</Loaded>
        </>
      )}
    </main>
  );
}
