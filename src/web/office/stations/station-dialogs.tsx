// Dialogs of the roster: opening a station, putting somebody on the roster, recording a training, handing over when somebody leaves.
import { Form, Input, Modal, Select } from "antd";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { listCollectors } from "../../../modules/fieldwork/contract.ts";
import { addStation, addToRoster, leaveRoster, type listStations, recordTraining } from "../../../modules/stations/contract.ts";
import { type StationKind, stationKinds, stationLabels } from "../../../modules/stations/rules.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCall, useRoute } from "../../shared/data.ts";
import { DateField } from "../../shared/date-field.tsx";
import { today } from "../../shared/figures.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { useMe } from "../../shared/session.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { stationWords } from "./words.ts";

export type RosterEntry = ReplyOf<typeof listStations>["roster"][number];
type Station = ReplyOf<typeof listStations>["stations"][number];
type Done = { readonly onDone: (told?: string) => void };
const REFRESHES = ["/api/stations"];
const must = [{ required: true, whitespace: true, message: "*" }];
const mustPick = [{ required: true, message: "*" }];

/** The area picker as a form's field. */
function Area({ value, onChange, id }: { readonly value?: number; readonly onChange?: (code: number | undefined) => void; readonly id?: string }): ReactNode {
  const me = useMe().data;
  return <AreaPicker value={value} fromLevel={3} {...(me && { within: me.area.code })} {...(id !== undefined && { id })} name="area" onChange={(code) => onChange?.(code)} />;
}

export function StationDialog({ onDone }: Done): ReactNode {
  const say = usePhrases(stationWords);
  const read = useText();
  const add = useCall(addStation, REFRESHES);
  type Fields = { name: string; kind: StationKind; area: number; aliases?: string; address?: string };
  const send = ({ aliases = "", address = "", ...rest }: Fields): void => add.mutate({ body: { ...rest, address, aliases: aliases.split(/[、,，\s]+/u).filter((one) => one !== ""), serves: [rest.area] } }, { onSuccess: () => onDone(say("added")) });
  return (
    <Modal open title={say("add")} footer={null} onCancel={() => onDone()}>
      <Form<Fields> layout="vertical" initialValues={{ kind: "fixed" }} onFinish={send}>
        <ProblemView error={add.error} />
        <Form.Item name="name" label={say("name")} rules={must}><Input name="station-name" maxLength={80} autoFocus /></Form.Item>
        <Form.Item name="kind" label={say("kind")}><Select options={stationKinds.map((kind) => ({ value: kind, label: read(stationLabels[kind]) }))} /></Form.Item>
        <Form.Item name="area" label={say("serves")} rules={mustPick}><Area /></Form.Item>
        <Form.Item name="aliases" label={say("aliases")}><Input name="aliases" maxLength={200} /></Form.Item>
        <Form.Item name="address" label={say("address")}><Input name="address" maxLength={200} /></Form.Item>
        <FormEnd move="save-station" label={say("save")} busy={add.isPending} onClose={() => onDone()} />
      </Form>
    </Modal>
  );
}

export function JoinDialog({ stations, onDone }: Done & { readonly stations: readonly Station[] }): ReactNode {
  const say = usePhrases(stationWords);
  const add = useCall(addToRoster, REFRESHES);
  const people = useRoute(listCollectors, {});
  type Fields = { name: string; phone: string; area: number; account?: string; station?: string; trainedOn?: string; training?: string };
  const given = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== "")) as Fields;
  return (
    <Modal open title={say("join")} footer={null} onCancel={() => onDone()}>
      <Form<Fields> layout="vertical" onFinish={(fields) => add.mutate({ body: { ...given(fields), since: today() } }, { onSuccess: () => onDone(say("saved")) })}>
        <ProblemView error={add.error} />
        <Form.Item name="name" label={say("person")} rules={must}><Input name="roster-name" maxLength={50} autoFocus /></Form.Item>
        <Form.Item name="phone" label={say("phone")} rules={must}><Input name="roster-phone" maxLength={20} inputMode="tel" /></Form.Item>
        <Form.Item name="area" label={say("area")} rules={mustPick}><Area /></Form.Item>
        <Form.Item name="account" label={say("account")}><Select allowClear options={(people.data?.collectors ?? []).map((one) => ({ value: one.account, label: `${one.name}${punct.inside(one.login)}` }))} /></Form.Item>
        <Form.Item name="station" label={say("stations")}><Select allowClear options={stations.map((one) => ({ value: one.id, label: one.name }))} /></Form.Item>
        <Form.Item name="trainedOn" label={say("trained")}><DateField name="trained-on" /></Form.Item>
        <Form.Item name="training" label={say("training")}><Input name="training" maxLength={100} /></Form.Item>
        <FormEnd move="save-roster" label={say("save")} busy={add.isPending} onClose={() => onDone()} />
      </Form>
    </Modal>
  );
}

export function TrainingDialog({ entry, onDone }: Done & { readonly entry: RosterEntry }): ReactNode {
  const say = usePhrases(stationWords);
  const write = useCall(recordTraining, REFRESHES);
  return (
    <Modal open title={`${say("record")}${punct.colon}${entry.name}`} footer={null} onCancel={() => onDone()}>
      <Form<{ trainedOn: string; training: string }> layout="vertical" initialValues={{ trainedOn: today() }} onFinish={(body) => write.mutate({ params: { id: entry.id }, body }, { onSuccess: () => onDone(say("saved")) })}>
        <ProblemView error={write.error} />
        <Form.Item name="trainedOn" label={say("trained")} rules={must}><DateField name="trained-on" /></Form.Item>
        <Form.Item name="training" label={say("training")} rules={must}><Input name="training" maxLength={100} /></Form.Item>
        <FormEnd move="save-training" label={say("save")} busy={write.isPending} onClose={() => onDone()} />
      </Form>
    </Modal>
  );
}

export function LeaveDialog({ entry, roster, onDone }: Done & { readonly entry: RosterEntry; readonly roster: readonly RosterEntry[] }): ReactNode {
  const say = usePhrases(stationWords);
  const write = useCall(leaveRoster, [...REFRESHES, "/api/fieldwork"]);
  const near = roster.filter((one) => one.id !== entry.id && !one.leftOn && Math.floor(one.area.code / 1000) === Math.floor(entry.area.code / 1000));
  type Fields = { successor?: string; reason: string };
  const send = ({ successor, reason }: Fields): void => write.mutate({ params: { id: entry.id }, body: { reason, ...(successor && { successor }) } }, { onSuccess: (reply) => onDone(say("done", { t: reply.terminals, r: reply.records })) });
  return (
    <Modal open title={say("leaveTitle", { name: entry.name })} footer={null} onCancel={() => onDone()}>
      <p>{say("leaveHelp", { n: entry.open })}</p>
      <Form<Fields> layout="vertical" onFinish={send}>
        <ProblemView error={write.error} />
        <Form.Item name="successor" label={say("successor")}><Select allowClear options={near.map((one) => ({ value: one.id, label: one.name }))} /></Form.Item>
        <Form.Item name="reason" label={say("reason")} rules={must}><Input name="leave-reason" maxLength={200} /></Form.Item>
        <FormEnd move="leave-roster" label={say("leave")} busy={write.isPending} onClose={() => onDone()} />
      </Form>
    </Modal>
  );
}
