// Pairs that people decide: of one run, or of every department's newest; filtered by where they stand and how much they weigh.
import { Radio, Select } from "antd";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { UseQueryResult } from "@tanstack/react-query";
import { countyOf } from "../../../core/area-code.ts";
import type { ReplyOf } from "../../../core/route.ts";
import { listAllPairs, listPairs } from "../../../modules/matching/contract.ts";
import { call, type ProblemError } from "../../shared/client.ts";
import { useRoute } from "../../shared/data.ts";
import { useDepartmentLabel } from "../../shared/departments.ts";
import { count } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Rate } from "../../shared/record-marks.tsx";
import { useMe } from "../../shared/session.ts";
import { Loaded, Loading, Nothing } from "../../shared/state-views.tsx";
import { useLang, usePhrases, useText } from "../../shared/words.ts";
import { type Page as Pairs, PairDesk } from "./pair-desk.tsx";
import { type Band, bandLabels, bandLimits, bands, pairStateLabels, pairStates, type PairState } from "./pairs.ts";
import type { PairSearch } from "./routes.ts";
import { matchingWords } from "./words.ts";

type Reply = ReplyOf<typeof listPairs>;
const countsOf = (counts: Reply["counts"]): Readonly<Record<PairState, number>> => ({ undecided: counts.undecided, "second-needed": counts.secondNeeded, disputed: counts.disputed, confirmed: counts.confirmed, rejected: counts.rejected });

function Filters({ counts, search, onSearch, children }: { readonly counts: Reply["counts"]; readonly search: PairSearch; readonly onSearch: (search: PairSearch) => void; readonly children?: ReactNode }): ReactNode {
  const say = usePhrases(matchingWords);
  const read = useText();
  const lang = useLang();
  const of = countsOf(counts);
  return (
    <div className="panel" style={{ display: "flex", flexWrap: "wrap", gap: "8px 20px", alignItems: "center" }}>
      <Radio.Group role="radiogroup" aria-label={say("state")} optionType="button" value={search.state ?? "undecided"} onChange={(event) => onSearch({ ...search, state: pairStates.find((each) => each === event.target.value) })}>
        {pairStates.map((state) => (
          <Radio.Button key={state} value={state} data-pair-state={state}>
            {read(pairStateLabels[state])} <span className="number">{count(of[state], lang)}</span>
          </Radio.Button>
        ))}
      </Radio.Group>
      <Select<Band> aria-label={say("band")} style={{ minWidth: 150 }} value={search.band ?? "all"} onChange={(band) => onSearch({ ...search, band: band === "all" ? undefined : band })} options={bands.map((band) => ({ value: band, label: read(bandLabels[band]) }))} />
      {children}
      <span data-pairs-settled={counts.confirmed + counts.rejected}>
        {say("progressOf")} <Rate part={counts.confirmed + counts.rejected} base={counts.all} />
      </span>
    </div>
  );
}

type Listing<T extends Reply> = { readonly query: UseQueryResult<T, ProblemError>; readonly county: number; readonly search: PairSearch; readonly onSearch: (search: PairSearch) => void; readonly load: (after: string) => Promise<Pairs>; readonly filters?: (page: T) => ReactNode };

function Listed<T extends Reply>({ query, county, search, onSearch, load, filters }: Listing<T>): ReactNode {
  const say = usePhrases(matchingWords);
  return (
    <Loaded query={query}>
      {(page) => (
        <>
          <Filters counts={page.counts} search={search} onSearch={onSearch}>
            {filters?.(page)}
          </Filters>
          {!query.isFetchedAfterMount ? (
            <Loading />
          ) : (
            <Desk key={`${search.state} ${search.band} ${search.department}`} first={page} county={county} load={load} onSent={() => void query.refetch()} empty={say("noPairs")} />
          )}
        </>
      )}
    </Loaded>
  );
}

/** Shows the desk as long as it had pairs when it was opened; the list behind it may empty while it is worked on. */
function Desk({ first, county, load, onSent, empty }: { readonly first: Reply; readonly county: number; readonly load: (after: string) => Promise<Pairs>; readonly onSent: () => void; readonly empty: string }): ReactNode {
  const [had] = useState(first);
  if (had.rows.length === 0) {
    return (
      <div className="panel">
        <Nothing text={empty} />
      </div>
    );
  }
  return <PairDesk county={county} first={had} load={load} onSent={onSent} />;
}

export function PairsPage(): ReactNode {
  const say = usePhrases(matchingWords);
  const navigate = useNavigate();
  const { county, id } = useParams({ from: "/shell/match-runs/$county/$id/pairs" });
  const search = useSearch({ from: "/shell/match-runs/$county/$id/pairs" });
  const params = { county: Number(county), id };
  const filter = { ...(search.state && { state: search.state }), ...bandLimits[search.band ?? "all"] };
  const query = useRoute(listPairs, { params, query: filter }, { staleTime: 0 });
  return (
    <main className="page">
      <PageHead title={say("pairsTitle")}>
        <span className="spread" />
        <Link to="/pairs">{say("allPairs")}</Link>
        <Link to="/match-runs/$county/$id" params={{ county, id }}>
          {say("back")}
        </Link>
      </PageHead>
      <Listed query={query} county={params.county} search={search} onSearch={(next) => void navigate({ to: "/match-runs/$county/$id/pairs", params: { county, id }, search: next })} load={(after) => call(listPairs, { params, query: { ...filter, after } })} />
    </main>
  );
}

export function AllPairsPage(): ReactNode {
  const say = usePhrases(matchingWords);
  const navigate = useNavigate();
  const label = useDepartmentLabel();
  const search = useSearch({ from: "/shell/pairs" });
  const area = useMe().data?.area.code;
  const county = area === undefined ? 0 : countyOf(area);
  const filter = { county, ...(search.department !== undefined && { department: search.department }), ...(search.state && { state: search.state }), ...bandLimits[search.band ?? "all"] };
  const query = useRoute(listAllPairs, { query: filter }, { staleTime: 0, enabled: county !== 0 });
  const onSearch = (next: PairSearch): void => void navigate({ to: "/pairs", search: next });
  return (
    <main className="page">
      <PageHead title={say("allPairs")}>
        <span className="spread" />
        <Link to="/match-runs">{say("back")}</Link>
      </PageHead>
      <Listed
        query={query}
        county={county}
        search={search}
        onSearch={onSearch}
        load={(after) => call(listAllPairs, { query: { ...filter, after } })}
        filters={(page) => (
          <Select<string>
            aria-label={say("department")}
            style={{ minWidth: 160 }}
            value={search.department ?? ""}
            onChange={(department) => onSearch({ ...search, department: department === "" ? undefined : department })}
            options={[{ value: "", label: say("anyDepartment") }, ...page.departments.map((department) => ({ value: department, label: label(department) }))]}
          />
        )}
      />
    </main>
  );
}
