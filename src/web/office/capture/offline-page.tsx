// Bringing offline forms back: the work file is decrypted here in the browser, then each person goes the ordinary way.
import { Button, Input } from "antd";
import { useState } from "react";
import type { ReactNode } from "react";
import { getOfflineForm } from "../../../modules/documents/contract.ts";
import { getScheme } from "../../../modules/schemes/contract.ts";
import { fileAddress } from "../../shared/client.ts";
import { useRoute } from "../../shared/data.ts";
import { FilePick } from "../../shared/file-pick.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { type Campaign, type Me, useCampaign, useMe, useScheme } from "../../shared/session.ts";
import { Loaded, Loading, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { useOpenWork } from "../../shared/use-open-work.ts";
import type { WorkFile } from "../../shared/work-file.ts";
import { OfflinePeople, VersionNote } from "./offline-people.tsx";
import { offlineWords } from "./offline-words.ts";

function Opened({ work, campaign, me }: { readonly work: WorkFile; readonly campaign: Campaign; readonly me: Me }): ReactNode {
  const say = usePhrases(offlineWords);
  const read = useText();
  const own = useScheme(campaign.scheme, campaign.version);
  const theirs = useScheme(work.origin.scheme, work.origin.version);
  const params = { scheme: campaign.scheme, version: campaign.version };
  const { data } = useRoute(getScheme, { params }, { staleTime: Infinity });
  const error = own.query.error ?? theirs.query.error;
  if (error) return <ProblemView error={error} />;
  if (!own.scheme || !theirs.scheme || !data) return <Loading />;
  return (
    <section className="panel">
      <h2>{say("into", { campaign: read(campaign.name) })}</h2>
      <VersionNote work={work} campaign={campaign} hash={data.hash} />
      <OfflinePeople work={work} from={theirs.scheme} scheme={own.scheme} campaign={campaign} me={me} />
    </section>
  );
}

function Opening({ campaign, onOpen }: { readonly campaign: Campaign | undefined; readonly onOpen: (work: WorkFile) => void }): ReactNode {
  const say = usePhrases(offlineWords);
  const { passphrase, busy, fault, ready, setFile, setPassphrase, open } = useOpenWork(say("failed"), (work) => void onOpen(work));
  return (
    <section className="panel">
      <p style={{ marginTop: 0 }}>{say("help")}</p>
      {campaign ? (
        <p>
          <a href={fileAddress(getOfflineForm, { params: { scheme: campaign.scheme, version: campaign.version } })} download data-move="offline-form">
            {say("getForm")}
          </a>
        </p>
      ) : null}
      <form
        style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "center" }}
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <label htmlFor="work-file">{say("file")}</label>
        <FilePick id="work-file" name="file" accept=".qcw" onPick={setFile} />
        <label htmlFor="work-passphrase">{say("passphrase")}</label>
        <Input.Password id="work-passphrase" name="passphrase" autoComplete="off" visibilityToggle={false} value={passphrase} style={{ width: 280 }} onChange={(event) => setPassphrase(event.target.value)} />
        <Button type="primary" htmlType="submit" data-action="open-work" disabled={!ready} loading={busy}>
          {say(busy ? "opening" : "open")}
        </Button>
      </form>
      <div role="alert" className="fault-block" style={{ marginTop: 8 }}>
        {fault}
      </div>
    </section>
  );
}

export function OfflinePage(): ReactNode {
  const say = usePhrases(offlineWords);
  const me = useMe();
  const { campaign, campaigns, query } = useCampaign();
  const [opened, setOpened] = useState<{ readonly work: WorkFile; readonly n: number }>();
  const work = opened?.work;
  const into = work && (campaign?.scheme === work.origin.scheme ? campaign : campaigns.find((one) => one.scheme === work.origin.scheme));
  return (
    <main className="page">
      <PageHead title={say("title")} />
      <Loaded query={query}>
        {() => (
          <>
            <Opening campaign={campaign} onOpen={(next) => setOpened({ work: next, n: (opened?.n ?? 0) + 1 })} />
            {work && !into ? (
              <div role="alert" className="panel fault-block">
                {say("noCampaign", { scheme: work.origin.scheme })}
              </div>
            ) : null}
            {work && into && me.data ? <Opened key={opened.n} work={work} campaign={into} me={me.data} /> : null}
          </>
        )}
      </Loaded>
    </main>
  );
}
