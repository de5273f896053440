// The overview: every terminal with its standing, lease, last contact, chain, clock, and what waits on either side.
import { Alert, Button, Tag } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { listDevices } from "../../../modules/fieldwork/contract.ts";
import { type Standing, standingOfDevice } from "../../../modules/fieldwork/rules.ts";
import { useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { type DeviceView, OperatorDialog, RegisterDialog, RenewDialog, RevokeDialog, TakeDialog } from "./device-dialogs.tsx";
import { byUrgency, isFarOff, leaseLeft, markColours, needsSomething, skewText } from "./standings.ts";
import { standingLabels, terminalWords } from "./words.ts";

type Row = DeviceView & { readonly standing: Standing };
type Dialog = { readonly kind: "operator" | "renew" | "revoke" | "take"; readonly device: DeviceView };
const colours: Readonly<Partial<Record<Standing, (typeof markColours)[keyof typeof markColours]>>> = { alarm: markColours.bad, "lease-ended": markColours.bad, silent: markColours.warn, "lease-ending": markColours.warn, "in-order": markColours.good };

function Waiting({ row }: { readonly row: Row }): ReactNode {
  const say = usePhrases(terminalWords);
  const kinds = (["undeliveredReturns", "waitingBundles", "waitingConflicts", "undeliveredReceipts"] as const).filter((key) => row[key] > 0);
  if (kinds.length === 0) return <span className="quiet">{say("nothingWaits")}</span>;
  return (
    <>
      {kinds.map((key) => (
        <div key={key} data-waiting={key}>
          {say(key, { n: row[key] })}
        </div>
      ))}
    </>
  );
}

function Operators({ row }: { readonly row: Row }): ReactNode {
  const say = usePhrases(terminalWords);
  if (row.operators.length === 0) return <span className="quiet">{say("noOperator")}</span>;
  return (
    <>
      {row.operators.map((one) => (
        <div key={one.account}>
          {one.name} <span className="quiet">{one.activatedAt === undefined ? say("notActivated") : say("until", { until: one.until })}</span>
        </div>
      ))}
    </>
  );
}

function Moves({ row, onChoose }: { readonly row: Row; readonly onChoose: (kind: Dialog["kind"]) => void }): ReactNode {
  const say = usePhrases(terminalWords);
  const [mayManage, mayExchange] = [useMay("fieldwork.manage"), useMay("fieldwork.exchange")];
  const name = { label: row.label };
  return (
    <span style={{ display: "flex", flexWrap: "wrap", gap: 6, maxWidth: 300 }}>
      {mayExchange && row.state !== "registered" ? <Button data-move="take" aria-label={say("takeOf", name)} onClick={() => onChoose("take")}>{say("take")}</Button> : null}
      {mayManage && row.state === "active" ? <Button data-move="renew" aria-label={say("renewOf", name)} onClick={() => onChoose("renew")}>{say("renew")}</Button> : null}
      {mayManage && row.state !== "revoked" ? <Button data-move="operator" aria-label={say("addOperatorOf", name)} onClick={() => onChoose("operator")}>{say("addOperator")}</Button> : null}
      {mayManage && row.state !== "revoked" ? <Button danger data-move="revoke" aria-label={say("revokeOf", name)} onClick={() => onChoose("revoke")}>{say("revoke")}</Button> : null}
    </span>
  );
}

export function DevicesPanel(): ReactNode {
  const say = usePhrases(terminalWords);
  const read = useText();
  const mayManage = useMay("fieldwork.manage");
  const query = useRoute(listDevices, {}, { keep: true, every: 15_000 });
  const [registering, setRegistering] = useState(false);
  const [made, setMade] = useState<DeviceView>();
  const [dialog, setDialog] = useState<Dialog>();
  const close = (): void => setDialog(undefined);
  const register = mayManage ? (
    <Button type="primary" data-move="new-terminal" onClick={() => setRegistering(true)}>
      {say("register")}
    </Button>
  ) : null;
  return (
    <Loaded query={query}>
      {(data) => {
        const now = new Date(data.officeTime);
        const rows: Row[] = data.devices.map((device) => ({ ...device, standing: standingOfDevice(device, now) })).toSorted((a, b) => byUrgency(a.standing, b.standing));
        const bad = rows.filter((row) => needsSomething(row.standing)).length;
        const good = rows.filter((row) => row.standing === "in-order").length;
        return (
          <>
            {data.unfetchedReturns > 0 ? <Alert type="warning" showIcon role="status" data-unfetched={data.unfetchedReturns} title={say("unfetched", { n: data.unfetchedReturns })} style={{ marginBottom: 12 }} /> : null}
            {made ? <Alert type="success" showIcon role="status" title={say("registerDone", { label: made.label })} style={{ marginBottom: 12 }} action={<Button data-move="first-operator" onClick={() => setDialog({ kind: "operator", device: made })}>{say("addOperator")}</Button>} closable /> : null}
            {rows.length === 0 ? null : (
              <div style={{ display: "flex", flexWrap: "wrap", gap: 16, alignItems: "center", marginBottom: 12 }}>
                {register}
                <span>{say("sum", { n: rows.length, good, bad })}</span>
                {data.revocationsNo > 0 ? <span className="quiet">{say("revocations", { n: data.revocationsNo })}</span> : null}
              </div>
            )}
            <RowTable<Row>
              rows={rows}
              empty={<Nothing text={say("noDevices")}>{register}</Nothing>}
              columns={[
                {
                  title: say("device"),
                  key: "device",
                  fixed: "left",
                  render: (_, row) => (
                    <span data-device={row.id}>
                      <Link to="/terminals" search={{ tab: "bundles", device: row.id }}>
                        <b>{row.label}</b>
                      </Link>
                      <div className="quiet">{row.area.name}</div>
                    </span>
                  ),
                },
                {
                  title: say("state"),
                  key: "state",
                  render: (_, row) => (
                    <span data-standing={row.standing} style={{ display: "inline-block", maxWidth: 240, whiteSpace: "normal" }}>
                      <Tag style={colours[row.standing] ?? {}}>{read(standingLabels[row.standing])}</Tag>
                      {row.alarm ? <div className="fault-block">{read(row.alarm)}</div> : null}
                    </span>
                  ),
                },
                { title: say("operators"), key: "operators", render: (_, row) => <Operators row={row} /> },
                {
                  title: say("lease"),
                  key: "lease",
                  render: (_, row) => {
                    const left = row.state === "active" ? leaseLeft(row.leaseUntil, now) : undefined;
                    return left ? <span title={moment(row.leaseUntil)}>{say(left.key, { n: left.n })}</span> : "—";
                  },
                },
                { title: say("lastSeen"), key: "seen", render: (_, row) => <span className="number">{row.lastSeen === undefined ? say("never") : moment(row.lastSeen)}</span> },
                { title: say("chain"), key: "chain", render: (_, row) => <span className="number">{row.seq === 0 ? "—" : say("chainHead", { seq: row.seq, digest: (row.headDigest ?? "").slice(0, 8) })}</span> },
                { title: say("skew"), key: "skew", render: (_, row) => <span className={isFarOff(row.skewSeconds) ? "number fault-block" : "number"}>{skewText(row.skewSeconds) ?? "—"}</span> },
                { title: say("waiting"), key: "waiting", render: (_, row) => <Waiting row={row} /> },
                { title: "", key: "moves", render: (_, row) => <Moves row={row} onChoose={(kind) => setDialog({ kind, device: row })} /> },
              ]}
            />
            {registering ? (
              <RegisterDialog
                onClose={() => setRegistering(false)}
                onMade={(device) => {
                  setRegistering(false);
                  setMade(device);
                }}
              />
            ) : null}
            {dialog?.kind === "operator" ? <OperatorDialog device={dialog.device} onClose={close} /> : null}
            {dialog?.kind === "renew" ? <RenewDialog device={dialog.device} onClose={close} /> : null}
            {dialog?.kind === "revoke" ? <RevokeDialog device={dialog.device} onClose={close} /> : null}
            {dialog?.kind === "take" ? <TakeDialog device={dialog.device} onClose={close} /> : null}
          </>
        );
      }}
    </Loaded>
  );
}
