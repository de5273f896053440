// Approve many records of a village at once; every record that is refused says why.
import { Alert, Button, Table } from "antd";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { listRecords } from "../../../modules/records/contract.ts";
import { decideBatch } from "../../../modules/review/contract.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCall, useRoute } from "../../shared/data.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { CategoryTags } from "../../shared/record-marks.tsx";
import { useCampaign, useMe, useScheme } from "../../shared/session.ts";
import { Loading, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases } from "../../shared/words.ts";
import { REFRESHED } from "../capture/refreshed.ts";
import type { RecordRow } from "../people/people-table.tsx";
import { reviewWords } from "./words.ts";

const LIMIT = 500;

export function BatchPage(): ReactNode {
  const say = usePhrases(reviewWords);
  const lang = useLang();
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/review/batch" });
  const me = useMe().data;
  const { campaign } = useCampaign();
  const { scheme } = useScheme(campaign?.scheme, campaign?.version);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState<readonly RecordRow[]>([]);
  const area = search.area ?? me?.area.code;
  const list = useRoute(listRecords, { query: { campaign: campaign?.id ?? "", desk: me?.level ?? 3, area, limit: LIMIT } }, { enabled: campaign !== undefined && me !== undefined, staleTime: 0 });
  const write = useCall(decideBatch, REFRESHED);
  const rows = list.data?.rows ?? [];
  const chosen = rows.filter((row) => ticked.includes(row.id));
  const approve = (): void => {
    setAsked(chosen);
    write.mutate({ body: { records: chosen.map((row) => ({ county: row.county, id: row.id, basedOn: row.head })) } }, { onSuccess: () => setTicked([]) });
  };
  if (!me) return <Loading />;
  const result = write.data;
  return (
    <main className="page">
      <PageHead title={say("batchTitle")}>
        <AreaPicker
          name="batch-area"
          label={say("batchArea")}
          value={area}
          within={me.area.code}
          onChange={(code) => {
            setTicked([]);
            write.reset();
            void navigate({ to: "/review/batch", search: code === undefined || code === me.area.code ? {} : { area: code } });
          }}
        />
        <span className="spread" />
        <Button type="primary" data-action="batch-approve" disabled={chosen.length === 0} loading={write.isPending} onClick={approve}>
          {say("batchApprove", { n: chosen.length })}
        </Button>
      </PageHead>
      <p className="quiet">{say("batchHelp")}</p>
      <ProblemView error={list.error ?? write.error} onRetry={() => void list.refetch()} />
      {result ? (
        <Alert
          role="status"
          style={{ marginBottom: 12 }}
          type={result.refused.length === 0 ? "success" : "warning"}
          showIcon
          data-batch-approved={result.approved}
          title={say("batchResult", { ok: result.approved, no: result.refused.length, total: result.approved + result.refused.length })}
          description={
            result.refused.length === 0 ? undefined : (
              <ul style={{ margin: 0, paddingInlineStart: 20 }}>
                {result.refused.map((one) => (
                  <li key={one.id}>
                    <Link to="/records/$county/$id" params={{ county: String(one.county), id: one.id }}>
                      {asked.find((row) => row.id === one.id)?.name ?? one.id}
                    </Link>
                    {punct.colon}{one.title[lang]}
                  </li>
                ))}
              </ul>
            )
          }
        />
      ) : null}
      {list.data && list.data.total > rows.length ? <p>{say("batchMore", { n: rows.length })}</p> : null}
      <div className="panel">
        <Table<RecordRow>
          size="small"
          rowKey="id"
          dataSource={rows}
          loading={list.isFetching}
          pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
          locale={{ emptyText: <Nothing text={say("empty")} /> }}
          rowSelection={{ selectedRowKeys: [...ticked], onChange: (keys) => setTicked(keys.map(String)), getCheckboxProps: (row) => ({ disabled: row.openRemarks > 0, name: row.id, "aria-label": row.name }), preserveSelectedRowKeys: true }}
          columns={[
            {
              title: say("name"),
              key: "name",
              render: (_, row) => (
                <Link to="/review" search={{ record: `${row.county}-${row.id}` }}>
                  {row.name}
                </Link>
              ),
            },
            { title: say("idNumber"), key: "id", render: (_, row) => <span className="number">{row.idMasked}</span> },
            { title: say("area"), key: "area", render: (_, row) => row.area.name },
            { title: say("categories"), key: "categories", render: (_, row) => <CategoryTags keys={row.categories} scheme={scheme} /> },
            { title: say("openRemarks"), key: "remarks", align: "right", render: (_, row) => row.openRemarks || "" },
          ]}
        />
      </div>
    </main>
  );
}
