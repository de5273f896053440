// What suppliers' words stand for: seen by everybody concerned, revoked by who sends or by the county's lead.
import { Button } from "antd";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { listSupplierWords, revokeSupplierWord } from "../../../modules/exchange/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { moment } from "../../shared/figures.ts";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { catalogueWords } from "./catalogue-words.ts";

type Word = ReplyOf<typeof listSupplierWords>["rows"][number];

export function WordsPanel({ campaign, mayRevoke }: { readonly campaign: string; readonly mayRevoke: boolean }): ReactNode {
  const say = usePhrases(catalogueWords);
  const read = useText();
  const labelOf = useDepartmentLabel();
  const query = useRoute(listSupplierWords, { query: { campaign } });
  const revoke = useCall(revokeSupplierWord, ["/api/supplier-words"]);
  return (
    <>
      <ProblemView error={revoke.error} />
      <Loaded query={query}>
        {(data) => (
          <RowTable<Word>
            rows={data.rows}
            empty={say("noWords")}
            columns={[
              { title: say("department"), key: "department", render: (_, row) => labelOf(row.department) },
              { title: say("item"), key: "field", render: (_, row) => read(row.fieldLabel) },
              { title: say("word"), key: "word", render: (_, row) => <b>{row.word}</b> },
              { title: say("means"), key: "code", render: (_, row) => read(row.codeLabel) },
              { title: say("saidBy"), key: "by", render: (_, row) => <span><span className="number">{moment(row.at)}</span> {row.saidBy}</span> },
              {
                title: "",
                key: "moves",
                render: (_, row) =>
                  row.revokedAt !== undefined ? (
                    <span className="quiet">{say("revoked")}</span>
                  ) : mayRevoke ? (
                    <Button data-move="revoke-word" aria-label={say("revokeOf", { name: row.word })} loading={revoke.isPending && revoke.variables.params.id === row.id} onClick={() => revoke.mutate({ params: { county: row.county, id: row.id } })}>
                      {say("revoke")}
                    </Button>
                  ) : null,
              },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
