// What was said on a pair, by whom, when and why; and the way to take it back with a reason.
import { Input, Modal, Tag } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { revokePair } from "../../../modules/matching/contract.ts";
import { useCall } from "../../shared/data.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { moment } from "../../shared/figures.ts";
import { MoveButton } from "../../shared/move-button.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases } from "../../shared/words.ts";
import type { PairView } from "./pair-sides.tsx";
import { matchingWords } from "./words.ts";

const kinds = { first: "opinionFirst", second: "opinionSecond", lead: "opinionLead", revoked: "opinionRevoked" } as const;

function RevokeDialog({ pair, label, onDone, onCancel }: { readonly pair: PairView; readonly label: string; readonly onDone: () => void; readonly onCancel: () => void }): ReactNode {
  const say = usePhrases(matchingWords);
  const [reason, setReason] = useState("");
  const revoke = useCall(revokePair, ["/api/match-runs", "/api/pairs", "/api/findings"]);
  const ok = { disabled: reason.trim() === "", "data-action": "confirm-revoke" };
  const send = (): void => revoke.mutate({ params: { county: pair.county, id: pair.run }, body: { row: pair.row, record: pair.record, reason: reason.trim() } }, { onSuccess: onDone });
  return (
    <Modal open title={label} okText={label} cancelText={say("cancel")} onCancel={onCancel} onOk={send} confirmLoading={revoke.isPending} okButtonProps={ok}>
      <p>{say("revokeHelp")}</p>
      <ProblemView error={revoke.error} />
      <label>
        {say("reason")}
        <Input.TextArea name="revoke-reason" value={reason} maxLength={500} autoSize={{ minRows: 2 }} onChange={(event) => setReason(event.target.value)} />
      </label>
    </Modal>
  );
}

export function Opinions({ pair, onRevoked }: { readonly pair: PairView; readonly onRevoked: () => void }): ReactNode {
  const say = usePhrases(matchingWords);
  const department = useDepartmentLabel();
  const [asking, setAsking] = useState(false);
  const takeBack = pair.moves.find((move) => move.move === "take-back");
  const revoke = pair.state === "second-needed" ? takeBack : pair.moves.find((move) => move.move === "revoke");
  const label = say(pair.state === "second-needed" ? "takeBack" : "revoke");
  return (
    <section aria-label={say("opinions")}>
      <h2>{say("opinions")}</h2>
      {pair.reused ? <p><Tag color="blue">{say("isReused")}</Tag></p> : null}
      {pair.fallen ? <p><Tag>{say("isFallen")}</Tag></p> : null}
      {pair.opinions.length === 0 ? <p className="quiet">{say("noOpinions")}</p> : null}
      <ol className="timeline">
        {pair.opinions.map((said, i) => (
          <li key={`${said.at}-${i}`} data-opinion={said.kind}>
            <b>{say(kinds[said.kind])}</b>
            {said.same === undefined ? null : <>{punct.colon}{say(said.same ? "same" : "different")}</>} {said.inForce || said.kind === "revoked" ? null : <span className="quiet">{punct.inside(say("notInForce"))}</span>}
            <div className="quiet">{say("opinionOn", { at: moment(said.at), by: said.by, department: department(said.department) })}</div>
            {said.note === undefined ? null : <div>{said.note}</div>}
          </li>
        ))}
      </ol>
      {revoke && pair.state !== "undecided" && pair.state !== "disputed" ? <MoveButton move={revoke} label={label} onPress={() => setAsking(true)} /> : null}
      {asking ? (
        <RevokeDialog
          pair={pair}
          label={label}
          onCancel={() => setAsking(false)}
          onDone={() => {
            setAsking(false);
            onRevoked();
          }}
        />
      ) : null}
    </section>
  );
}
