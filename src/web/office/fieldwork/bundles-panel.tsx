// Bundles that came from terminals, the newest first.
import { Select, Tag } from "antd";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { listBundles } from "../../../modules/fieldwork/contract.ts";
import { bundleStates, type BundleState } from "../../../modules/fieldwork/rules.ts";
import { useRoute } from "../../shared/data.ts";
import { moment, percent } from "../../shared/figures.ts";
import { RowTable } from "../../shared/row-table.tsx";
import { Loaded } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { fileSize } from "../exchange/sending.ts";
import { markColours } from "./standings.ts";
import { bundleStateLabels, outcomeLabels, terminalWords } from "./words.ts";

export type BundleView = ReplyOf<typeof listBundles>["bundles"][number];

/** How many pieces of work came to what. */
export function Outcomes({ bundle }: { readonly bundle: BundleView }): ReactNode {
  const read = useText();
  const shown = Object.entries(bundle.outcomes).filter(([, n]) => n > 0);
  if (bundle.problem) return <span className="fault-block" style={{ display: "inline-block", maxWidth: 420, whiteSpace: "normal" }}>{read(bundle.problem)}</span>;
  return shown.length === 0 ? (
    "—"
  ) : (
    <span>
      {shown.map(([outcome, n]) => (
        <Tag key={outcome} data-outcome={outcome} style={outcome === "refused" || outcome === "kept-apart" ? markColours.warn : {}}>
          {read(outcomeLabels[outcome]) || outcome} {n}
        </Tag>
      ))}
    </span>
  );
}

const isMoving = (state: BundleState): boolean => state === "queued" || state === "receiving";

export function BundlesPanel(): ReactNode {
  const say = usePhrases(terminalWords);
  const read = useText();
  const navigate = useNavigate();
  const { state, device } = useSearch({ from: "/shell/terminals" });
  const query = useRoute(listBundles, { query: { state, device } }, { keep: true, every: (data) => (data?.bundles.some((one) => isMoving(one.state)) ? 2000 : 15_000) });
  return (
    <>
      <div style={{ display: "flex", flexWrap: "wrap", gap: 12, marginBottom: 12 }}>
        <Select
          data-filter="state"
          aria-label={say("state")}
          style={{ minWidth: 180 }}
          value={state ?? ""}
          onChange={(value: BundleState | "") => void navigate({ to: "/terminals", search: { tab: "bundles", device, state: value === "" ? undefined : value } })}
          options={[{ value: "", label: say("allStates") }, ...bundleStates.map((one) => ({ value: one, label: read(bundleStateLabels[one]) }))]}
        />
        {device === undefined ? null : (
          <Link to="/terminals" search={{ tab: "bundles", state }}>
            {say("clear")}
          </Link>
        )}
      </div>
      <Loaded query={query}>
        {({ bundles }) => (
          <RowTable<BundleView>
            rows={bundles}
            empty={say("noBundles")}
            columns={[
              {
                title: say("at"),
                key: "at",
                fixed: "left",
                render: (_, row) => (
                  <Link to="/terminals/bundles/$id" params={{ id: row.id }} data-bundle={row.id} className="number">
                    {moment(row.at)}
                  </Link>
                ),
              },
              { title: say("device"), key: "device", render: (_, row) => row.device?.label ?? say("unknownDevice") },
              { title: say("seq"), key: "seq", align: "right", render: (_, row) => <span className="number">{row.seq ?? "—"}</span> },
              { title: say("state"), key: "state", render: (_, row) => <span data-bundle-state={row.state}>{read(bundleStateLabels[row.state])}{row.state === "receiving" ? ` · ${say("receivedShare", { share: percent(row.received, row.bytes) })}` : ""}</span> },
              { title: say("outcome"), key: "outcome", render: (_, row) => <Outcomes bundle={row} /> },
              { title: say("way"), key: "way", render: (_, row) => say(row.way) },
              { title: say("size"), key: "size", align: "right", render: (_, row) => <span className="number">{fileSize(row.bytes)}</span> },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
