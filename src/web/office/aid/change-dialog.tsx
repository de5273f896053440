// Entering what became of a household: somebody left or came, it split or merged, who is what to the head, where a member of two belongs, who supports whom.
import { Link } from "@tanstack/react-router";
import { Alert, App, Button, Form, Input, InputNumber, Modal, Radio, Select } from "antd";
import { type ReactNode, useState } from "react";
import type { BodyOf, ReplyOf } from "../../../core/route.ts";
import { addSupport, changeHousehold, type getHousehold, listHouseholds } from "../../../modules/aid/contract.ts";
import { isHead, type Leaving, leavingLabels, leavings, supportKinds, supportLabels } from "../../../modules/aid/rules.ts";
import { useOptions } from "../../shared/code-labels.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { DateField } from "../../shared/date-field.tsx";
import { today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { useMe } from "../../shared/session.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { changeWords } from "./change-words.ts";
import { hasNoHead, standing, unrelated } from "./standing.ts";

type View = ReplyOf<typeof getHousehold>;
const kinds = ["leave", "join", "split", "merge", "relations", "settle", "support"] as const;
export type Kind = (typeof kinds)[number];
type Fields = {
  readonly kind: Kind;
  readonly on: string;
  readonly member: number;
  readonly members: number[];
  readonly why: Leaving;
  readonly name: string;
  readonly idNumber: string;
  readonly relation: string;
  readonly other: string;
  readonly here: boolean;
  readonly relations: Readonly<Record<string, string>>;
  readonly supporter: string;
  readonly supportKind: (typeof supportKinds)[number];
  readonly fee: number;
};
/** What somebody chooses for a leaving; the others follow from splitting and merging. */
const chosenLeavings = leavings.filter((why) => why !== "split-off" && why !== "merged");
const REFRESHES = ["/api/households"];

const bodyOf = (kind: Exclude<Kind, "support">, { on, member, members, why, name, idNumber, relation, relations, other, here }: Fields): BodyOf<typeof changeHousehold> => {
  switch (kind) {
    case "leave": return { change: kind, on, member, why };
    case "split": return { change: kind, on, members };
    case "merge": return { change: kind, on, other };
    case "join": return { change: kind, on, name: name.trim(), idNumber: idNumber.trim(), relation };
    case "relations": return { change: kind, on, relations: Object.entries(relations).flatMap(([no, code]) => (code ? [{ member: Number(no), relation: code }] : [])) };
    case "settle": return { change: kind, on, member, here };
  }
};

/** Households of the same village, page after page. */
function OtherHousehold({ view, id, value, onChange }: { readonly view: View; readonly id?: string; readonly value?: string; readonly onChange?: (other: string) => void }): ReactNode {
  const say = usePhrases(changeWords);
  const [after, setAfter] = useState<string>();
  const query = useRoute(listHouseholds, { query: { scheme: view.scheme, area: view.household.area.code, ...(after !== undefined && { after }) } }, { keep: true });
  const others = (query.data?.rows ?? []).filter((row) => row.id !== view.household.id);
  const next = query.data?.next;
  return (
    <div style={{ display: "flex", gap: 8 }}>
      <Select
        {...(id !== undefined && { id })}
        {...(value !== undefined && { value })}
        onChange={onChange}
        style={{ flex: 1 }}
        loading={query.isFetching}
        showSearch={{ optionFilterProp: "label" }}
        options={others.map((row) => ({ value: row.id, label: `${row.name || "—"} · ${row.area.name} · ${row.people}` }))}
      />
      {next === undefined ? null : <Button onClick={() => setAfter(next)}>{say("more")}</Button>}
    </div>
  );
}

function Parts({ kind, view }: { readonly kind: Kind; readonly view: View }): ReactNode {
  const say = usePhrases(changeWords);
  const read = useText();
  const relations = useOptions("family-relation");
  const must = [{ required: true, message: say("required") }];
  const here = standing(view);
  const choices = relations.map(({ code, label }) => ({ value: code, label: `${code} ${read(label)}` }));
  const named = (list: View["members"]): { value: number; label: string }[] => list.map((member) => ({ value: member.no, label: `${member.no}. ${member.name} · ${read(member.relationLabel)}` }));
  const member = (list: View["members"]): ReactNode => <Form.Item name="member" label={say("member")} rules={must}><Select options={named(list)} /></Form.Item>;
  switch (kind) {
    case "leave":
      return (
        <>
          {member(here)}
          <Form.Item name="why" label={say("why")} rules={must}><Select options={chosenLeavings.map((value) => ({ value, label: read(leavingLabels[value]) }))} /></Form.Item>
        </>
      );
    case "split":
      return <Form.Item name="members" label={say("members")} rules={must}><Select mode="multiple" showSearch={{ optionFilterProp: "label" }} options={named(here.filter((one) => !isHead(one.relation)))} /></Form.Item>;
    case "merge":
      return <Form.Item name="other" label={say("other")} extra={say("otherHelp")} rules={must}><OtherHousehold view={view} /></Form.Item>;
    case "join":
      return (
        <>
          <Form.Item name="name" label={say("name")} rules={must}><Input maxLength={50} autoComplete="off" /></Form.Item>
          <Form.Item name="idNumber" label={say("idNumber")} rules={must}><Input maxLength={18} autoComplete="off" /></Form.Item>
          <Form.Item name="relation" label={say("relation")} rules={must}><Select showSearch={{ optionFilterProp: "label" }} options={choices.filter(({ value }) => !isHead(value))} /></Form.Item>
        </>
      );
    case "relations":
      return (
        <>
          <p className="quiet">{say(hasNoHead(view) ? "relationsHelp" : "relationsOfOthers")}</p>
          {unrelated(view).map((one) => (
            <Form.Item key={one.no} name={["relations", String(one.no)]} label={`${one.no}. ${one.name} · ${read(one.relationLabel)}`} rules={hasNoHead(view) ? [] : must}>
              <Select allowClear showSearch={{ optionFilterProp: "label" }} options={hasNoHead(view) ? choices : choices.filter(({ value }) => !isHead(value))} />
            </Form.Item>
          ))}
        </>
      );
    case "settle":
      return (
        <>
          {member(here.filter((one) => one.contested))}
          <Form.Item name="here" label={say("here")} rules={must}>
            <Radio.Group options={[{ value: true, label: say("belongsHere") }, { value: false, label: say("belongsElsewhere") }]} />
          </Form.Item>
        </>
      );
    case "support":
      return (
        <>
          {member(here)}
          <Form.Item name="supporter" label={say("supporter")} rules={must}><Input maxLength={18} autoComplete="off" /></Form.Item>
          <Form.Item name="supportKind" label={say("supportKind")} rules={must}><Select options={supportKinds.map((value) => ({ value, label: read(supportLabels[value]) }))} /></Form.Item>
          <Form.Item name="fee" label={say("fee")} rules={must}><InputNumber min={0} max={1_000_000} precision={2} style={{ width: "100%" }} /></Form.Item>
        </>
      );
  }
}

export function ChangeDialog({ view, first, onDone }: { readonly view: View; readonly first?: Kind; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(changeWords);
  const { message } = App.useApp();
  const county = useMe().data?.level === 3;
  const change = useCall(changeHousehold, REFRESHES);
  const support = useCall(addSupport, REFRESHES);
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch("kind", form);
  const params = { county: view.household.county, id: view.household.id };
  const open = kinds.filter((each) => (each === "settle" ? county && standing(view).some((member) => member.contested) : each !== "relations" || unrelated(view).length > 0));
  const saved = (): void => { void message.success(say("saved")); onDone(); };
  const send = (fields: Fields): void => {
    if (fields.kind === "support") support.mutate({ params, body: { member: fields.member, supporter: fields.supporter.trim(), kind: fields.supportKind, fee: fields.fee, since: fields.on } }, { onSuccess: saved });
    else change.mutate({ params, body: bodyOf(fields.kind, fields) }, { onSuccess: (done) => { if (!done.contested && !(done.other && fields.kind === "split")) saved(); } });
  };
  const { data: done } = change;
  return (
    <Modal open title={say("change")} footer={null} onCancel={onDone} mask={{ closable: false }}>
      {done && (done.contested || done.other) ? (
        <>
          <Alert type="warning" showIcon role="status" data-changed={done.contested ? "contested" : "split"} title={say(done.contested ? "contested" : "madeOther")} style={{ marginBottom: 16 }} />
          {done.other ? <Link to="/households/$county/$id" params={{ county: String(params.county), id: done.other }} onClick={onDone}>{say("openOther")}</Link> : <Button onClick={onDone}>{say("saved")}</Button>}
        </>
      ) : (
        <Form<Fields> form={form} layout="vertical" initialValues={{ on: today(), ...(first && { kind: first }) }} onFinish={send}>
          <ProblemView error={change.error ?? support.error} />
          <Form.Item name="kind" label={say("kind")} rules={[{ required: true, message: say("required") }]}>
            <Select autoFocus options={open.map((value) => ({ value, label: say(value) }))} />
          </Form.Item>
          {kind ? <Parts key={kind} kind={kind} view={view} /> : null}
          <Form.Item name="on" label={say(kind === "support" ? "since" : "on")} rules={[{ required: true, message: say("required") }]}><DateField name="change-on" /></Form.Item>
          <FormEnd move="save-change" label={say("save")} busy={change.isPending || support.isPending} onClose={onDone} />
        </Form>
      )}
    </Modal>
  );
}
