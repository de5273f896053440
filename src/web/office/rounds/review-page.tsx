// How the round is reviewed: its levels, the seats of other departments, which office reviews whom; and the sections that are locked.
import { Alert, App, AutoComplete, Button, Checkbox } from "antd";
import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { getReview, setReview } from "../../../modules/campaigns/contract.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { type Campaign, type Me, useMay, useScheme } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import { levelNames } from "../calendar/words.ts";
import { RoundFrame } from "./frame.tsx";
import { LocksPanel } from "./locks-panel.tsx";
import { SeatsEditor } from "./seats-editor.tsx";
import { roundWords } from "./words.ts";

type Plan = ReplyOf<typeof getReview>;
/** From below, as the chain runs. */
const allLevels = [5, 4, 3, 2, 1, 0] as const;

function Levels({ chain, open, onChange }: { readonly chain: readonly number[]; readonly open: boolean; readonly onChange: (chain: number[]) => void }): ReactNode {
  const say = usePhrases(roundWords);
  const read = useText();
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend className="sr-only">{say("levels")}</legend>
      <Checkbox.Group value={[...chain]} disabled={!open} onChange={(chosen) => onChange(allLevels.filter((level) => chosen.includes(level)))} style={{ display: "flex", flexWrap: "wrap", gap: "8px 20px" }} options={allLevels.map((level) => ({ value: level, label: read(levelNames[level]), name: `level-${level}` }))} />
      {chain.length === 0 ? <div role="alert" className="field-fault fault-block">{say("atLeastOne")}</div> : <p className="number" data-chain={chain.join()}>{chain.map((level) => read(levelNames[level])).join(" → ")}</p>}
    </fieldset>
  );
}

type Offices = Readonly<Record<string, string>>;
function OfficesEditor({ scheme, offices, open, onChange }: { readonly scheme: Scheme; readonly offices: Offices; readonly open: boolean; readonly onChange: (offices: Offices) => void }): ReactNode {
  const say = usePhrases(roundWords);
  const read = useText();
  const put = (category: string, department: string): void => onChange(Object.fromEntries([...Object.entries(offices).filter(([one]) => one !== category), ...(department.trim() === "" ? [] : [[category, department.trim()]])]));
  return (
    <table className="beside" style={{ maxWidth: 760 }}>
      <thead><tr><th scope="col">{say("category")}</th><th scope="col">{say("office")}</th></tr></thead>
      <tbody>
        {scheme.categories.map(({ key, label }) => (
          <tr key={key}>
            <td>{read(label)}</td>
            <td data-office={key}>
              <AutoComplete aria-label={`${say("office")} ${read(label)}`} style={{ width: 320 }} disabled={!open} value={offices[key] ?? ""} onChange={(value: string) => put(key, value)} showSearch={{ filterOption: (typed, option) => `${option?.label ?? ""} ${option?.value ?? ""}`.includes(typed) }} options={scheme.departments.map((one) => ({ value: one.key, label: `${read(one.label)}${punct.inside(one.key)}` }))} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function PlanForm({ campaign, scheme, plan, open }: { readonly campaign: string; readonly scheme: Scheme; readonly plan: Plan; readonly open: boolean }): ReactNode {
  const say = usePhrases(roundWords);
  const { message } = App.useApp();
  const [chain, setChain] = useState<readonly number[]>(plan.chain);
  const [seats, setSeats] = useState(plan.seats);
  const [offices, setOffices] = useState<Offices>(plan.offices);
  const save = useCall(setReview, ["/api/campaigns"]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chain.length > 0) save.mutate({ params: { id: campaign }, body: { chain: [...chain], offices: { ...offices }, seats: [...seats] } }, { onSuccess: () => void message.success(say("saved")) });
  };
  return (
    <form onSubmit={submit}>
      <section className="panel" aria-label={say("levels")}>
        <h2>{say("levels")}</h2>
        <p className="quiet">{say("levelsHelp")}</p>
        {open && plan.inReview ? <Alert type="info" showIcon title={say("levelsInReview")} style={{ marginBottom: 12 }} /> : null}
        <Levels chain={chain} open={open && !plan.inReview} onChange={setChain} />
      </section>
      <section className="panel" aria-label={say("seats")}>
        <h2>{say("seats")}</h2>
        <p className="quiet">{say("seatsHelp")}</p>
        <SeatsEditor scheme={scheme} chain={chain} seats={seats} open={open} onChange={setSeats} />
      </section>
      <section className="panel" aria-label={say("offices")}>
        <h2>{say("offices")}</h2>
        <p className="quiet">{say("officesHelp")}</p>
        <OfficesEditor scheme={scheme} offices={offices} open={open} onChange={setOffices} />
      </section>
      <ProblemView error={save.error} />
      {open ? <Button type="primary" htmlType="submit" data-move="save-review" loading={save.isPending} style={{ marginBottom: 16 }}>{say("save")}</Button> : null}
    </form>
  );
}

function Reviewed({ me, campaign }: { readonly me: Me; readonly campaign: Campaign }): ReactNode {
  const say = usePhrases(roundWords);
  const mayKeep = useMay("round.keep");
  const query = useRoute(getReview, { params: { id: campaign.id } });
  const { scheme, query: schemeQuery } = useScheme(campaign.scheme, campaign.version);
  return (
    <Loaded query={schemeQuery}>
      {() => (
        <Loaded query={query}>
          {(plan) =>
            scheme ? (
              <>
                {mayKeep && !plan.maySet ? <Alert type="info" showIcon title={say("notYours")} style={{ marginBottom: 12 }} /> : null}
                <LocksPanel campaign={campaign} scheme={scheme} plan={plan} me={me} />
                <PlanForm key={campaign.id} campaign={campaign.id} scheme={scheme} plan={plan} open={mayKeep && plan.maySet} />
              </>
            ) : null
          }
        </Loaded>
      )}
    </Loaded>
  );
}

export function ReviewPlanPage(): ReactNode {
  const say = usePhrases(roundWords);
  return <RoundFrame way="/round" title={say("title")}>{(me, campaign) => (campaign ? <Reviewed me={me} campaign={campaign} /> : null)}</RoundFrame>;
}
