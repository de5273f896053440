// The lock on purposes at the page: collected data are cited in a decision only where the lead has allowed it for the single case.
import { App, Button, Form, Modal, Select, Tag } from "antd";
import type { ReactNode } from "react";
import type { BodyOf, ReplyOf } from "../../../core/route.ts";
import { askUse, type getHousehold, settleUse } from "../../../modules/aid/contract.ts";
import { basisLabels, collectedData, useReasonLabels, useReasons } from "../../../modules/aid/rules.ts";
import { useCall } from "../../shared/data.ts";
import { FormEnd } from "../../shared/form-end.tsx";
import { useMay } from "../../shared/session.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { useMarks, usePhrases, useText } from "../../shared/words.ts";
import { useOfDataWords } from "./change-words.ts";

type Line = ReplyOf<typeof getHousehold>["aid"][number];
const REFRESHES = ["/api/households", "/api/aid"];

export function UseDialog({ county, line, onDone }: { readonly county: number; readonly line: Line; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(useOfDataWords);
  const mark = useMarks();
  const read = useText();
  const { message } = App.useApp();
  const ask = useCall(askUse, REFRESHES);
  const must = [{ required: true, message: say("required") }];
  const left = collectedData.filter((data) => !line.uses.some((use) => use.data === data && use.allowed !== false));
  const sent = (): void => { void message.success(say("sent")); onDone(); };
  return (
    <Modal open title={`${say("ask")}${mark.colon}${read(line.itemLabel)}`} footer={null} onCancel={onDone} mask={{ closable: false }}>
      <p className="quiet">{say("help")}</p>
      <Form<BodyOf<typeof askUse>> layout="vertical" onFinish={(body) => ask.mutate({ params: { county, id: line.application }, body }, { onSuccess: sent })}>
        <ProblemView error={ask.error} />
        <Form.Item name="data" label={say("data")} rules={must}><Select autoFocus options={left.map((value) => ({ value, label: read(basisLabels[value]) }))} /></Form.Item>
        <Form.Item name="reason" label={say("reason")} rules={must}><Select options={useReasons.map((value) => ({ value, label: read(useReasonLabels[value]) }))} /></Form.Item>
        <FormEnd move="ask-use" label={say("send")} busy={ask.isPending} onClose={onDone} />
      </Form>
    </Modal>
  );
}

/** What was asked for in a case and how it was settled; who may settles it here. */
export function Uses({ county, line }: { readonly county: number; readonly line: Line }): ReactNode {
  const say = usePhrases(useOfDataWords);
  const mark = useMarks();
  const read = useText();
  const settles = useMay("aid.approve");
  const settle = useCall(settleUse, REFRESHES);
  if (line.uses.length === 0) return null;
  const answer = (id: string, allow: boolean): void => settle.mutate({ params: { county, id }, body: { allow } });
  return (
    <div>
      <ProblemView error={settle.error} />
      {line.uses.map((use) => (
        <div key={use.id} data-use={use.allowed === undefined ? "waits" : use.allowed ? "allowed" : "refused"} style={{ display: "flex", flexWrap: "wrap", gap: 6, alignItems: "center", marginTop: 4 }}>
          <span>{read(basisLabels[use.data])}{mark.inside(`${read(useReasonLabels[use.reason])}${mark.comma}${say("askedBy", { name: use.askedBy })}`)}</span>
          {use.allowed === undefined && settles ? (
            <>
              <Button size="small" type="primary" data-move="allow-use" loading={settle.isPending} onClick={() => answer(use.id, true)}>{say("allow")}</Button>
              <Button size="small" data-move="refuse-use" onClick={() => answer(use.id, false)}>{say("refuse")}</Button>
            </>
          ) : <Tag color={use.allowed === undefined ? "warning" : use.allowed ? "success" : "default"}>{say(use.allowed === undefined ? "waits" : use.allowed ? "allowed" : "refused")}</Tag>}
        </div>
      ))}
    </div>
  );
}
