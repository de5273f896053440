// How long a list is kept, and wiping it before its time by the county's lead with a reason.
import { Button } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { wipeImport } from "../../../modules/exchange/contract.ts";
import { mayMove, maySign } from "../../../modules/exchange/rules.ts";
import { useCall } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { useMe } from "../../shared/session.ts";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import type { ImportView } from "./mapping-panel.tsx";
import { ReasonForm } from "./reason-form.tsx";
import { exchangeWords } from "./words.ts";

export function KeepingPanel({ view }: { readonly view: ImportView }): ReactNode {
  const say = usePhrases(exchangeWords);
  const read = useText();
  const me = useMe().data;
  const [asking, setAsking] = useState(false);
  const wipe = useCall(wipeImport, ["/api/imports", "/api/catalogue"]);
  if (view.wiped) {
    const { at, by, because } = view.wiped;
    return <p data-wiped>{because === "retention" ? say("wipedOnTime", { at: moment(at) }) : say("wipedBy", { at: moment(at), by, because })}</p>;
  }
  return (
    <section className="panel" style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" }}>
      {view.keepUntil === undefined ? null : <span data-keep-until>{say("keepUntil", { date: view.keepUntil })}</span>}
      {view.leftOut > 0 ? <span className="fault-explain" data-left-out={view.leftOut}>{say("leftOut", { n: view.leftOut, base: view.accepted })}{view.leftOutBecause === undefined ? "" : `${punct.colon}${view.leftOutBecause.map((one) => `${read(one.label)} ${one.rows}`).join(punct.semicolon)}`}</span> : null}
      <span className="spread" />
      {me && maySign(me) && mayMove("wipe", view.state) ? (
        <Button danger data-move="wipe" onClick={() => setAsking(true)}>
          {say("wipe")}
        </Button>
      ) : null}
      {asking ? (
        <ReasonForm title={say("wipe")} help={say("wipeHelp")} move="confirm-wipe" label={say("wipe")} pending={wipe.isPending} error={wipe.error} onClose={() => setAsking(false)} onReason={(reason) => wipe.mutate({ params: { county: view.county, id: view.id }, body: { reason } }, { onSuccess: () => setAsking(false) })} />
      ) : null}
    </section>
  );
}
