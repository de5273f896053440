// The catalogue of the round's departments, their agreements, suppliers' words and tokens.
import { Alert, Tabs } from "antd";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { getCatalogue } from "../../../modules/exchange/contract.ts";
import { maySign } from "../../../modules/exchange/rules.ts";
import { useRoute } from "../../shared/data.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useCampaign, useMay, useMe } from "../../shared/session.ts";
import { Loaded, Nothing } from "../../shared/state-views.tsx";
import { usePhrases } from "../../shared/words.ts";
import { AgreementsPanel } from "./agreements-panel.tsx";
import { AuthorisationsPanel } from "./authorisations-panel.tsx";
import { CatalogueTable, type Entry } from "./catalogue-table.tsx";
import { catalogueWords } from "./catalogue-words.ts";
import { PlanForm } from "./plan-form.tsx";
import { catalogueTabs } from "./routes.ts";
import { TokensPanel } from "./tokens-panel.tsx";
import { WordsPanel } from "./words-panel.tsx";

function Catalogue({ campaign, lead }: { readonly campaign: string; readonly lead: boolean }): ReactNode {
  const say = usePhrases(catalogueWords);
  const [planning, setPlanning] = useState<Entry>();
  const query = useRoute(getCatalogue, { query: { campaign } });
  return (
    <Loaded query={query}>
      {(data) => (
        <>
          <Alert type={data.late > 0 ? "error" : data.due > 0 ? "warning" : "info"} showIcon role="status" data-late={data.late} title={say("sum", { base: data.base, late: data.late, due: data.due })} style={{ marginBottom: 12 }} />
          <CatalogueTable departments={data.departments} mayPlan={lead} onPlan={setPlanning} />
          {planning ? <PlanForm entry={planning} campaign={campaign} onClose={() => setPlanning(undefined)} /> : null}
        </>
      )}
    </Loaded>
  );
}

export function CataloguePage(): ReactNode {
  const say = usePhrases(catalogueWords);
  const { tab } = useSearch({ from: "/shell/catalogue" });
  const navigate = useNavigate();
  const me = useMe().data;
  const maySend = useMay("import.upload");
  const lead = me !== undefined && maySign(me);
  const { campaign, query } = useCampaign();
  return (
    <main className="page">
      <PageHead title={say("title")}>
        <span className="spread" />
        <Link to="/imports">{say("back")}</Link>
      </PageHead>
      <div className="panel">
        <Loaded query={query}>
          {() =>
            campaign ? (
              <Tabs
                activeKey={tab ?? "catalogue"}
                onChange={(key) => void navigate({ to: "/catalogue", search: { tab: catalogueTabs.find((one) => one === key && one !== "catalogue") } })}
                destroyOnHidden
                items={[
                  { key: "catalogue", label: say("tabCatalogue"), children: <Catalogue campaign={campaign.id} lead={lead} /> },
                  { key: "agreements", label: say("tabAgreements"), children: <AgreementsPanel campaign={campaign.id} maySign={lead} /> },
                  ...(lead ? [{ key: "authorisations", label: say("tabAuthorisations"), children: <AuthorisationsPanel campaign={campaign.id} /> }] : []),
                  { key: "words", label: say("tabWords"), children: <WordsPanel campaign={campaign.id} mayRevoke={maySend} /> },
                  ...(lead ? [{ key: "tokens", label: say("tabTokens"), children: <TokensPanel campaign={campaign.id} /> }] : []),
                ]}
              />
            ) : (
              <Nothing text={say("noCampaign")} />
            )
          }
        </Loaded>
      </div>
    </main>
  );
}
