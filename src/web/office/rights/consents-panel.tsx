// Notices that the person was given, and consents: entered kind by kind, taken back by the same step.
import { Button, Select } from "antd";
import type { ReactNode } from "react";
import { agreeLeftOut, getStanding, giveConsent, withdrawConsent } from "../../../modules/safeguards/contract.ts";
import { consentKinds, consentLabels, givenHowLabels, leftOutLabels } from "../../../modules/safeguards/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment, today } from "../../shared/figures.ts";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { phrases, punct, usePhrases, useText } from "../../shared/words.ts";

const words = phrases({
  title: { zh: "告知和同意", en: "Notice and consent" },
  none: { zh: "没有告知和同意的登记", en: "No notice and no consent is recorded" },
  add: { zh: "登记同意", en: "Enter a consent" },
  withdraw: { zh: "撤回", en: "Withdraw" },
  withdrawOf: { zh: "撤回“{kind}”", en: "Withdraw “{kind}”" },
  withdrawn: { zh: "{on} 撤回", en: "withdrawn {on}" },
  self: { zh: "本人", en: "the person" },
  guardian: { zh: "监护人", en: "guardian" },
  agree: { zh: "同意不告知", en: "Agree to leaving it out" },
  waits: { zh: "待第二人同意", en: "a second person must agree" },
  agreed: { zh: "{by} 同意", en: "agreed by {by}" },
});
const REFRESHES = ["/api/consents"];

export function ConsentsPanel({ county, id }: { readonly county: number; readonly id: string }): ReactNode {
  const say = usePhrases(words);
  const read = useText();
  const [mayTake, mayReview] = [useMay("rights.take"), useMay("record.review")];
  const params = { county, id };
  const query = useRoute(getStanding, { params }, { staleTime: 60_000 });
  const give = useCall(giveConsent, REFRESHES);
  const withdraw = useCall(withdrawConsent, REFRESHES);
  const agree = useCall(agreeLeftOut, REFRESHES);
  return (
    <section className="panel" aria-label={say("title")}>
      <h2>{say("title")}</h2>
      <ProblemView error={give.error ?? withdraw.error ?? agree.error} />
      <Loaded query={query}>
        {({ notices, consents }) => (
          <>
            {notices.length + consents.length === 0 ? <p className="quiet">{say("none")}</p> : null}
            <ul style={{ paddingInlineStart: 20, margin: 0 }}>
              {notices.map((one) => (
                <li key={one.revision} data-given={one.how}>
                  {read(givenHowLabels[one.how])}
                  {one.reason ? punct.inside(`${read(leftOutLabels[one.reason])}${punct.semicolon}${one.agreedBy ? say("agreed", { by: one.agreedBy }) : say("waits")}`) : ""} <span className="quiet">{one.by} {moment(one.at)}</span>
                  {one.mayAgree && mayReview ? <Button size="small" data-move="agree-left-out" loading={agree.isPending} onClick={() => agree.mutate({ params, body: {} })}>{say("agree")}</Button> : null}
                </li>
              ))}
              {consents.map((one) => (
                <li key={one.id} data-consent={one.kind}>
                  {read(consentLabels[one.kind])}{punct.inside(`${say(one.givenBy)} ${one.givenOn}${one.withdrawnOn ? `${punct.comma}${say("withdrawn", { on: one.withdrawnOn })}` : ""}`)}{" "}
                  {mayTake && one.withdrawnOn === undefined ? <Button size="small" data-move="withdraw-consent" aria-label={say("withdrawOf", { kind: read(consentLabels[one.kind]) })} loading={withdraw.isPending} onClick={() => withdraw.mutate({ params, body: { kind: one.kind } })}>{say("withdraw")}</Button> : null}
                </li>
              ))}
            </ul>
            {mayTake ? <Select data-filter="consent" aria-label={say("add")} placeholder={say("add")} value={null} style={{ width: "100%", marginTop: 8 }} onChange={(kind: (typeof consentKinds)[number] | null) => (kind === null ? undefined : give.mutate({ params, body: { kind, givenBy: kind === "guardian" ? "guardian" : "self", givenOn: today() } }))} options={consentKinds.filter((kind) => !consents.some((one) => one.kind === kind && one.withdrawnOn === undefined)).map((kind) => ({ value: kind, label: read(consentLabels[kind]) }))} /> : null}
          </>
        )}
      </Loaded>
    </section>
  );
}
