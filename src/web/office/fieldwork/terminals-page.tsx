// Terminals at a glance, the bundles they sent, and the place to take a file in.
import { Tabs } from "antd";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { PageHead } from "../../shared/page-head.tsx";
import { useMay } from "../../shared/session.ts";
import { usePhrases } from "../../shared/words.ts";
import { BringPanel } from "./bring-panel.tsx";
import { BundlesPanel } from "./bundles-panel.tsx";
import { DevicesPanel } from "./devices-panel.tsx";
import { HandedBackPanel } from "./handed-back-panel.tsx";
import { NoticesPanel } from "./notices-panel.tsx";
import { terminalTabs } from "./routes.ts";
import { terminalWords } from "./words.ts";

export function TerminalsPage(): ReactNode {
  const say = usePhrases(terminalWords);
  const { tab } = useSearch({ from: "/shell/terminals" });
  const navigate = useNavigate();
  const mayReview = useMay("record.review");
  const mayExchange = useMay("fieldwork.exchange");
  return (
    <main className="page">
      <PageHead title={say("title")}>
        <span className="quiet">{say("intro")}</span>
      </PageHead>
      {mayExchange ? <BringPanel /> : null}
      <div className="panel">
        <Tabs
          activeKey={tab ?? "devices"}
          onChange={(key) => void navigate({ to: "/terminals", search: { tab: terminalTabs.find((one) => one === key && one !== "devices") } })}
          destroyOnHidden
          items={[
            { key: "devices", label: say("tabDevices"), children: <DevicesPanel /> },
            { key: "bundles", label: say("tabBundles"), children: <BundlesPanel /> },
            ...(mayReview ? [{ key: "handed-back", label: say("tabHandedBack"), children: <HandedBackPanel /> }] : []),
            { key: "notices", label: say("tabNotices"), children: <NoticesPanel /> },
          ]}
        />
      </div>
    </main>
  );
}
