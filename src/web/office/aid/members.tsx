// Who belongs to a household and since when, and who supports whom; changes are entered here.
import { Alert, App, Button, Tag } from "antd";
import { type ReactNode, useState } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { endSupport, type getHousehold } from "../../../modules/aid/contract.ts";
import { leavingLabels, supportLabels } from "../../../modules/aid/rules.ts";
import { useCall } from "../../shared/data.ts";
import { today } from "../../shared/figures.ts";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { ChangeDialog, type Kind } from "./change-dialog.tsx";
import { changeWords } from "./change-words.ts";
import { hasNoHead, unrelated } from "./standing.ts";
import { useCount } from "./use-count.ts";
import { aidWords } from "./words.ts";

type View = ReplyOf<typeof getHousehold>;
type Member = View["members"][number];
type Duty = View["support"][number];

function Support({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(changeWords);
  const count = useCount();
  const read = useText();
  const { message } = App.useApp();
  const enters = useMay("aid.enter");
  const end = useCall(endSupport, ["/api/households"]);
  const { county, id } = view.household;
  return (
    <>
      <h3>{say("supports")}</h3>
      <ProblemView error={end.error} />
      <RowTable<Duty>
        rows={view.support}
        empty={say("noSupport")}
        wraps
        columns={[
          { title: say("supportKind"), key: "kind", render: (_, row) => read(supportLabels[row.kind]) },
          { title: say("supported"), key: "supported", render: (_, row) => row.supported || say("outside") },
          { title: say("supporterIs"), key: "supporter", render: (_, row) => row.supporter || say("outside") },
          { title: say("fee"), key: "fee", render: (_, row) => count(row.fee) },
          { title: say("since"), key: "since", render: (_, row) => <span className="number">{row.since}</span> },
          { title: say("until"), key: "until", render: (_, row) => row.until ?? "—" },
          { title: "", key: "end", render: (_, row) => (enters && row.until === undefined ? <Button size="small" data-move="end-support" loading={end.isPending} onClick={() => end.mutate({ params: { county, id, duty: row.id }, body: { on: today() } }, { onSuccess: () => void message.success(say("saved")) })}>{say("end")}</Button> : null) },
        ]}
      />
    </>
  );
}

export function Members({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(aidWords);
  const sayChange = usePhrases(changeWords);
  const read = useText();
  const enters = useMay("aid.enter");
  const [changing, setChanging] = useState<{ readonly first?: Kind }>();
  const changes = enters && !view.household.endedOn;
  const untold = unrelated(view).length;
  const authorisation = { title: say("authorised"), key: "authorised", render: (_: unknown, row: Member) => (row.authorised === undefined ? "—" : row.authorised ? <Tag color="success">{say("yes")}</Tag> : <Tag color="warning">{say("no")}</Tag>) };
  return (
    <section className="panel" aria-label={say("members")}>
      <h2>{say("members")}</h2>
      {untold > 0 && !view.household.endedOn ? (
        <Alert type="warning" showIcon style={{ marginBottom: 12 }} data-untold={hasNoHead(view) ? "head" : "relations"} title={hasNoHead(view) ? sayChange("noHead") : sayChange("noRelation", { n: untold })}
          action={changes ? <Button size="small" data-action="enter-relations" onClick={() => setChanging({ first: "relations" })}>{sayChange("enterRelations")}</Button> : null} />
      ) : null}
      {changes ? <Button data-action="change-household" style={{ marginBottom: 12 }} onClick={() => setChanging({})}>{sayChange("change")}</Button> : null}
      <RowTable<Member>
        rows={view.members}
        rowKey="no"
        empty={say("noMembers")}
        wraps
        columns={[
          { title: say("memberName"), key: "name", render: (_, row) => <>{row.no}. {row.name} {row.contested ? <Tag color="error">{say("contested")}</Tag> : null}<div className="quiet number">{row.idMasked}</div></> },
          { title: say("relation"), key: "relation", render: (_, row) => read(row.relationLabel) },
          { title: say("born"), key: "born", render: (_, row) => <span className="number">{row.birthDate ?? "—"}</span> },
          { title: say("since"), key: "since", render: (_, row) => <span className="number">{row.since}</span> },
          { title: say("until"), key: "until", render: (_, row) => (row.until ? <><span className="number">{row.until}</span> {row.whyLeft ? read(leavingLabels[row.whyLeft]) : ""}</> : "—") },
          ...(view.members.some((member) => member.authorised !== undefined) ? [authorisation] : []),
        ]}
      />
      {view.support.length > 0 ? <Support view={view} /> : null}
      {changing ? <ChangeDialog view={view} {...changing} onDone={() => setChanging(undefined)} /> : null}
    </section>
  );
}
