// The end of a capture: the tick that nothing changed, the signature with what it stands for, way and reason, and the button that finishes.
import { Alert, Button, Checkbox, Input, Modal, Select } from "antd";
import type { Dispatch, ReactNode } from "react";
import { channels } from "../../../modules/records/rules.ts";
import { itemAt } from "../../../scheme/layout.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { type FieldProps, labelId } from "../../office/form/field-props.ts";
import type { FormAction } from "../../office/form/form-state.ts";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { captureWords } from "../../office/capture/words.ts";
import { personWords } from "../capture-words.ts";
import type { SignatureStanding } from "../signing/digest.ts";
import { terminalWords } from "../words.ts";
import { PictureField } from "./picture-field.tsx";
import type { Beside, Kept } from "./use-work.ts";

type Props = {
  readonly scheme: Scheme;
  readonly signature: string | undefined;
  readonly signed: string | undefined;
  readonly standing: SignatureStanding;
  readonly dispatch: Dispatch<FormAction>;
  readonly mustVerify: boolean;
  readonly verified: boolean;
  readonly onVerify: (verified: boolean) => void;
  readonly changed: number;
  readonly beside: Beside;
  readonly change: (next: (beside: Beside) => Beside) => void;
  readonly needsReason: boolean;
  readonly kept: Kept;
  readonly busy: boolean;
  readonly onFinish: () => void;
};

const NONE_CLOSED: FieldProps["closed"] = new Map();
const STANDING = { none: ["info", "notSigned"], signed: ["success", "signed"], differs: ["error", "differs"] } as const;

function Signature(props: Props & { readonly path: string }): ReactNode {
  const say = usePhrases(personWords);
  const read = useText();
  const { scheme, path, signed, standing, dispatch } = props;
  const item = itemAt(scheme, path)?.item;
  if (!item) return null;
  const [type, key] = STANDING[standing];
  return (
    <section className="panel" aria-labelledby={labelId(path)} data-sign data-item={path} data-standing={standing}>
      <h2 id={labelId(path)}>{read(item.label)}</h2>
      <p>{say("signAbout")}</p>
      <div role="status">
        <Alert type={type} showIcon title={say(key)} style={{ marginBottom: 12 }} />
      </div>
      <PictureField scheme={scheme} path={path} item={item} value={signed} disabled={props.busy} invalid={standing === "differs"} describedBy={undefined} media={undefined} closed={NONE_CLOSED} onChange={(value) => dispatch({ kind: "answer", path, value })} onLeave={() => dispatch({ kind: "visit", path })} />
    </section>
  );
}

function KeptLine({ kept }: { readonly kept: Kept }): ReactNode {
  const say = usePhrases(personWords);
  const read = useText();
  return (
    <span role="status" data-kept={kept.kind} className={kept.kind === "failed" ? "fault-block" : "quiet"}>
      {kept.kind === "untouched" ? say("notYet") : kept.kind === "waiting" ? say("saving") : kept.kind === "saved" ? say("savedAt", { at: kept.at }) : `${say("notSaved")}${punct.colon}${read(kept.say)}`}
    </span>
  );
}

/** The tick, the signature's standing and the button stay in sight at the lower edge, however long the form is. */
function FinishBar(props: Props): ReactNode {
  const say = usePhrases(personWords);
  const { standing } = props;
  const sign = (): void => document.querySelector<HTMLElement>('[data-sign] [data-action="sign"]')?.click();
  return (
    <div className="finish-bar">
      {props.mustVerify ? (
        <Checkbox className="unchanged" name="unchanged" checked={props.verified} onChange={(event) => props.onVerify(event.target.checked)}>
          {say("unchanged")}
        </Checkbox>
      ) : props.changed > 0 ? (
        <span data-changed={props.changed}>{say("changedCount", { n: props.changed })}</span>
      ) : null}
      <KeptLine kept={props.kept} />
      <span className="spread" />
      {props.signature === undefined ? null : standing === "signed" ? (
        <span className="fault-none">{say("signedShort")}</span>
      ) : (
        <Button size="large" data-action="to-sign" disabled={props.busy} danger={standing === "differs"} onClick={sign}>
          {say(standing === "differs" ? "signAgain" : "toSign")}
        </Button>
      )}
      <Button type="primary" size="large" data-action="finish" loading={props.busy} onClick={props.onFinish}>
        {say("finish")} <kbd>Ctrl+Enter</kbd>
      </Button>
    </div>
  );
}

export function FinishPanel(props: Props): ReactNode {
  const say = usePhrases(personWords);
  const sayChannel = usePhrases(captureWords);
  const { beside, change } = props;
  return (
    <>
      {props.signature === undefined ? null : <Signature {...props} path={props.signature} />}
      <section className="finish" aria-label={say("finish")}>
        <div className="finish-lines">
          <label htmlFor="channel">{say("channel")}</label>
          <Select id="channel" value={beside.channel} style={{ minWidth: 220 }} onChange={(channel: Beside["channel"]) => change((now) => ({ ...now, channel }))} options={channels.map((one) => ({ value: one, label: sayChannel(one) }))} />
          {props.needsReason ? (
            <>
              <label htmlFor="reason">
                <span className="must">*</span> {say("reason")}
              </label>
              <div>
                <Input.TextArea id="reason" name="reason" value={beside.reason ?? ""} maxLength={500} autoSize={{ minRows: 1, maxRows: 5 }} aria-describedby="reason-help" onChange={(event) => change((now) => ({ ...now, reason: event.target.value }))} />
                <div id="reason-help" className="quiet">
                  {say("reasonHelp")}
                </div>
              </div>
            </>
          ) : null}
        </div>
        <p className="quiet">{say("keys")}</p>
      </section>
      <FinishBar {...props} />
    </>
  );
}

/** Asked before finishing when something was changed after the person signed. */
export function DiffersDialog({ onSign, onFinish, onCancel }: { readonly onSign: () => void; readonly onFinish: () => void; readonly onCancel: () => void }): ReactNode {
  const say = usePhrases(personWords);
  const sayShell = usePhrases(terminalWords);
  return (
    <Modal
      open
      title={say("differsTitle")}
      onCancel={onCancel}
      footer={[
        <Button key="cancel" onClick={onCancel}>
          {sayShell("cancel")}
        </Button>,
        <Button key="finish" data-action="finish-anyway" onClick={onFinish}>
          {say("differsFinish")}
        </Button>,
        <Button key="sign" type="primary" data-action="differs-sign" onClick={onSign}>
          {say("differsSign")}
        </Button>,
      ]}
    >
      <p data-differs>{say("differsAsk")}</p>
    </Modal>
  );
}
