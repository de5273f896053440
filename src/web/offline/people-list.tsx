// The people of the opened file with how far each is filled in.
import { Button, Popconfirm } from "antd";
import { useEffect, useMemo } from "react";
import type { ReactNode } from "react";
import type { Scheme } from "../../scheme/model.ts";
import { moment, today } from "../shared/figures.ts";
import { usePhrases } from "../shared/words.ts";
import type { WorkPerson } from "../shared/work-file.ts";
import { issuesOf, nameOf, numberOf } from "./people.ts";
import { offlineWords } from "./words.ts";

type RowProps = { readonly scheme: Scheme; readonly person: WorkPerson; readonly onEdit: () => void; readonly onShow: () => void; readonly onRemove: () => void };

function PersonRow({ scheme, person, onEdit, onShow, onRemove }: RowProps): ReactNode {
  const say = usePhrases(offlineWords);
  const faults = useMemo(() => issuesOf(scheme, person, today()).filter((issue) => issue.severity === "block").length, [scheme, person]);
  const name = nameOf(scheme, person) || say("unnamed");
  return (
    <tr data-person={person.id}>
      <th scope="row">{name}</th>
      <td className="number">{numberOf(scheme, person)}</td>
      <td className={faults > 0 ? "fault-block" : "fault-none"} data-faults={faults}>
        {faults > 0 ? say("toMend", { n: faults }) : say("complete")}
      </td>
      <td className="number">{moment(person.changedAt)}</td>
      <td>
        <div style={{ display: "flex", flexWrap: "wrap", gap: 8 }}>
          <Button data-action="edit" aria-label={`${say("edit")} ${name}`} onClick={onEdit}>
            {say("edit")}
          </Button>
          <Button data-action="show" aria-label={`${say("show")} ${name}`} onClick={onShow}>
            {say("show")}
          </Button>
          <Popconfirm title={say("removeSure", { name })} okText={say("remove")} cancelText={say("cancel")} onConfirm={onRemove}>
            <Button data-action="remove" aria-label={`${say("remove")} ${name}`}>
              {say("remove")}
            </Button>
          </Popconfirm>
        </div>
      </td>
    </tr>
  );
}

type ListProps = { readonly scheme: Scheme; readonly people: readonly WorkPerson[]; readonly onNew: () => void; readonly onEdit: (id: string) => void; readonly onShow: (id: string) => void; readonly onRemove: (id: string) => void };

export function PeopleList({ scheme, people, onNew, onEdit, onShow, onRemove }: ListProps): ReactNode {
  const say = usePhrases(offlineWords);
  useEffect(() => document.querySelector<HTMLElement>('[data-action="new-person"]')?.focus(), []);
  return (
    <>
      <div className="page-head">
        <h1>{say("people", { n: people.length })}</h1>
        <span className="spread" />
        <Button type="primary" data-action="new-person" onClick={onNew}>
          {say("newPerson")}
        </Button>
      </div>
      <div className="panel">
        {people.length === 0 ? <p>{say("nobody")}</p> : (
          <table className="beside">
            <thead>
              <tr>
                <th scope="col">{say("name")}</th>
                <th scope="col">{say("number")}</th>
                <th scope="col">{say("state")}</th>
                <th scope="col">{say("changed")}</th>
                <th scope="col">
                  <span className="sr-only">{say("edit")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <PersonRow key={person.id} scheme={scheme} person={person} onEdit={() => onEdit(person.id)} onShow={() => onShow(person.id)} onRemove={() => onRemove(person.id)} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  );
}
