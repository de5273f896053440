// Taking a request at the desk: for one record, with who asks and what shows it.
import { App, Button, Form, Input, Radio, Select } from "antd";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { getRecord } from "../../../modules/records/contract.ts";
import { takeRequest } from "../../../modules/rights/contract.ts";
import { askerLabels, askers, groundLabels, grounds, type Kind, kindRules, kinds, proofLabels, proofsFor } from "../../../modules/rights/rules.ts";
import { placesOf } from "../../../scheme/layout.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useScheme } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { rightsWords } from "./words.ts";

type Fields = { readonly kind: Kind; readonly asker: (typeof askers)[number]; readonly proof: ReturnType<typeof proofsFor>[number]; readonly said?: string; readonly paths?: string[]; readonly ground?: (typeof grounds)[number] };

function TakeForm({ county, id, scheme: schemeKey, version }: { readonly county: number; readonly id: string; readonly scheme: string; readonly version: string }): ReactNode {
  const say = usePhrases(rightsWords);
  const read = useText();
  const lang = useLang();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [kind, asker] = [Form.useWatch("kind", form) ?? "copy", Form.useWatch("asker", form) ?? "self"];
  const { scheme } = useScheme(schemeKey, version);
  const take = useCall(takeRequest, ["/api/person-requests", "/api/work"]);
  const required = [{ required: true, message: say("needed") }];
  const send = ({ said, ...given }: Fields): void =>
    take.mutate({ body: { county, record: id, ...given, ...(said?.trim() ? { said: said.trim() } : {}) } }, { onSuccess: ({ request }) => (void message.success(say("take")), void navigate({ to: "/requests/$county/$id", params: { county: String(request.county), id: request.id } })) });
  return (
    <Form<Fields> form={form} layout="vertical" className="panel" style={{ maxWidth: 760 }} initialValues={{ kind: "copy", asker: "self", proof: "id-card" }} onFinish={send} onValuesChange={(changed: Partial<Fields>) => (changed.asker ? form.setFieldValue("proof", proofsFor(changed.asker)[0]) : undefined)}>
      <ProblemView error={take.error} />
      <Form.Item name="kind" label={say("kind")} rules={required} extra={`${read(kindRules[kind].help)}${punct.inside(kindRules[kind].article)}`}>
        <Radio.Group options={kinds.map((one) => ({ value: one, label: read(kindRules[one].label) }))} />
      </Form.Item>
      <Form.Item name="asker" label={say("asker")} rules={required}>
        <Radio.Group options={askers.map((one) => ({ value: one, label: read(askerLabels[one]) }))} />
      </Form.Item>
      <Form.Item name="proof" label={say("proof")} rules={required}>
        <Radio.Group options={proofsFor(asker).map((one) => ({ value: one, label: read(proofLabels[one]) }))} />
      </Form.Item>
      {kind === "correction" && scheme ? (
        <Form.Item name="paths" label={say("items")} rules={required}>
          <Select mode="multiple" data-filter="paths" showSearch={{ optionFilterProp: "label" }} options={placesOf(scheme).filter((place) => !place.section.repeats && place.item.kind !== "computed").map((place) => ({ value: place.path, label: place.item.label[lang] }))} />
        </Form.Item>
      ) : null}
      {kind === "deletion" ? (
        <Form.Item name="ground" label={say("ground")} rules={required}>
          <Radio.Group style={{ display: "grid", gap: 4 }} options={grounds.map((one) => ({ value: one, label: read(groundLabels[one]) }))} />
        </Form.Item>
      ) : null}
      <Form.Item name="said" label={say("said")}>
        <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} />
      </Form.Item>
      <Button type="primary" htmlType="submit" data-move="take-request" loading={take.isPending}>
        {say("take")}
      </Button>
    </Form>
  );
}

export function TakePage(): ReactNode {
  const say = usePhrases(rightsWords);
  const { county, id } = useParams({ from: "/shell/records/$county/$id/request" });
  const query = useRoute(getRecord, { params: { county: Number(county), id }, query: {} });
  return (
    <main className="page">
      <Loaded query={query}>
        {(view) => (
          <>
            <PageHead title={`${say("takeTitle")}${punct.colon}${view.record.name}`}>
              <span className="spread" />
              <Link to="/records/$county/$id" params={{ county, id }}>{say("record")}</Link>
            </PageHead>
            <p className="quiet">{say("takeHelp")}</p>
            <TakeForm county={Number(county)} id={id} scheme={view.scheme} version={view.version} />
          </>
        )}
      </Loaded>
    </main>
  );
}
