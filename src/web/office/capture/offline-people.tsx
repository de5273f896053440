// The people of an opened work file, one outcome each: bring one, bring all, decide, try again.
import { Alert, Button } from "antd";
import { Link } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { maskId } from "../../../core/citizen-id.ts";
import { checker } from "../../../scheme/check.ts";
import { answerAt, itemAt } from "../../../scheme/layout.ts";
import type { Answers, Scheme } from "../../../scheme/model.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { refresh } from "../../shared/data.ts";
import { today } from "../../shared/figures.ts";
import type { Campaign, Me } from "../../shared/session.ts";
import { punct, usePhrases, useText } from "../../shared/words.ts";
import type { WorkFile, WorkPerson } from "../../shared/work-file.ts";
import { bring, carried, type Outcome } from "./offline-bring.ts";
import { OfflineConflicts } from "./offline-conflicts.tsx";
import type { Choice } from "./offline-merge.ts";
import { offlineWords } from "./offline-words.ts";
import { REFRESHED } from "./refreshed.ts";

export type OfflinePeopleProps = { readonly work: WorkFile; readonly from: Scheme; readonly scheme: Scheme; readonly campaign: Campaign; readonly me: Me };
type Standing = { readonly person: WorkPerson; readonly answers: Answers; readonly dropped: ReturnType<typeof carried>["dropped"]; readonly faults: number; readonly name: string; readonly number: string };

const WAITING: Outcome = { kind: "waiting" };
const NO_CHOICES: ReadonlyMap<string, Choice> = new Map();

function standingOf(person: WorkPerson, from: Scheme, scheme: Scheme, referenceDate: string): Standing {
  const { answers, dropped } = carried(from, scheme, person.answers);
  const textAt = (path: string | undefined): string => String((path === undefined ? undefined : answerAt(answers, path)) ?? "");
  const number = textAt(scheme.identity?.idNumber);
  const ofPerson = itemAt(scheme, scheme.identity?.idNumber ?? "")?.item.kind === "id-number";
  const { issues } = checker(scheme)(answers, { today: today(), referenceDate });
  return { person, answers, dropped, faults: issues.filter((issue) => issue.severity === "block").length, name: textAt(scheme.identity?.name), number: ofPerson ? maskId(number) : number };
}

function Result({ outcome, scheme }: { readonly outcome: Outcome; readonly scheme: Scheme }): ReactNode {
  const say = usePhrases(offlineWords);
  const read = useText();
  if (outcome.kind === "stopped") return <span className="fault-block">{say("stopped", { why: read(outcome.why) })}</span>;
  if (outcome.kind !== "done") return <span className={outcome.kind === "conflict" ? "fault-explain" : "quiet"}>{say(outcome.kind)}</span>;
  return (
    <>
      <div>{outcome.how === "updated" ? say("updated", { filled: outcome.filled, taken: outcome.taken }) : say(outcome.how)}</div>
      {outcome.faults > 0 ? <div className="quiet">{say("left", { n: outcome.faults })}</div> : null}
      {outcome.numberless ? <div className="fault-explain">{say("numberless")}</div> : null}
      {outcome.refused.map(({ path, why }) => (
        <div key={path} className="fault-block">
          {say("refused", { item: read(itemAt(scheme, path)?.item.label), why: read(why) })}
        </div>
      ))}
    </>
  );
}

export function OfflinePeople({ work, from, scheme, campaign, me }: OfflinePeopleProps): ReactNode {
  const say = usePhrases(offlineWords);
  const read = useText();
  const client = useQueryClient();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [fallbackArea, setFallbackArea] = useState<number | undefined>(me.level === 5 ? me.area.code : undefined);
  const busy = useRef(false);
  const standings = useMemo(() => work.people.map((person) => standingOf(person, from, scheme, campaign.referenceDate)), [work, from, scheme, campaign]);
  const outcomeOf = (person: WorkPerson): Outcome => outcomes.get(person.id) ?? WAITING;
  const set = (person: WorkPerson, outcome: Outcome): void => setOutcomes((before) => new Map([...before, [person.id, outcome]]));
  /** One after another: two people of one file may be the same person. */
  const run = async (chosen: readonly Standing[], choices: ReadonlyMap<string, Choice> = NO_CHOICES): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    try {
      for (const { person, answers } of chosen) {
        set(person, { kind: "working" });
        set(person, await bring({ campaign, scheme, area: me.area.code, fallbackArea }, person, answers, choices));
      }
    } finally {
      busy.current = false;
      refresh(client, REFRESHED);
    }
  };
  const counts = (kind: Outcome["kind"]): number => standings.filter(({ person }) => outcomeOf(person).kind === kind).length;
  const open = standings.filter(({ person }) => ["waiting", "stopped"].includes(outcomeOf(person).kind));
  return (
    <>
      <p role="status" data-sums>
        {say("sums", { all: standings.length, done: counts("done"), conflict: counts("conflict"), stopped: counts("stopped"), waiting: counts("waiting") + counts("working") })}
      </p>
      <div style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center", marginBottom: 12 }}>
        <span>{say("fallback")}</span>
        <AreaPicker name="fallback-area" label={say("fallback")} value={fallbackArea} within={me.area.code} fromLevel={Math.max(4, me.level)} style={{ minWidth: 380 }} onChange={setFallbackArea} />
        <Button type="primary" data-action="bring-all" disabled={open.length === 0} loading={counts("working") > 0} onClick={() => void run(open)}>
          {say("all", { n: open.length })}
        </Button>
      </div>
      <table className="beside">
        <thead>
          <tr>
            <th scope="col">{say("name")}</th>
            <th scope="col">{say("number")}</th>
            <th scope="col">{say("local")}</th>
            <th scope="col">{say("outcome")}</th>
            <th scope="col">{say("act")}</th>
          </tr>
        </thead>
        <tbody>
          {standings.map((standing) => {
            const outcome = outcomeOf(standing.person);
            const at = "at" in outcome ? outcome.at : undefined;
            return (
              <tr key={standing.person.id} data-person={standing.person.id} data-outcome={outcome.kind} {...(outcome.kind === "done" ? { "data-how": outcome.how } : {})}>
                <th scope="row">{standing.name || say("unnamed")}</th>
                <td className="number">{standing.number}</td>
                <td>{standing.faults > 0 ? <span className="fault-block">{say("faults", { n: standing.faults })}</span> : say("clean")}</td>
                <td>
                  <Result outcome={outcome} scheme={scheme} />
                  {outcome.kind === "conflict" ? <OfflineConflicts scheme={scheme} conflicts={outcome.conflicts} onDecide={(choices) => void run([standing], choices)} /> : null}
                  {standing.dropped.length > 0 ? (
                    <details>
                      <summary>{say("dropped", { n: standing.dropped.length })}</summary>
                      <ul>
                        {standing.dropped.map(({ path, reason }) => (
                          <li key={path}>
                            {read(itemAt(from, path)?.item.label) || path}{punct.colon}{read(reason)}
                          </li>
                        ))}
                      </ul>
                    </details>
                  ) : null}
                </td>
                <td>
                  <div style={{ display: "flex", flexWrap: "wrap", gap: 8, alignItems: "center" }}>
                    {outcome.kind === "waiting" || outcome.kind === "stopped" ? (
                      <Button data-action="bring" onClick={() => void run([standing])}>
                        {say(outcome.kind === "waiting" ? "bring" : "retry")}
                      </Button>
                    ) : null}
                    {at ? (
                      <Link to="/records/$county/$id" params={{ county: String(at.county), id: at.id }}>
                        {say("toRecord")}
                      </Link>
                    ) : null}
                  </div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

/** What differs between the form that was filled in and the definition of the round. */
export function VersionNote({ work, campaign, hash }: { readonly work: WorkFile; readonly campaign: Campaign; readonly hash: string }): ReactNode {
  const say = usePhrases(offlineWords);
  const { version, hash: own } = work.origin;
  if (version !== campaign.version) return <Alert type="warning" showIcon title={say("otherVersion", { from: version, to: campaign.version })} style={{ marginBottom: 12 }} />;
  return hash === own ? null : <Alert type="warning" showIcon title={say("otherHash")} style={{ marginBottom: 12 }} />;
}
