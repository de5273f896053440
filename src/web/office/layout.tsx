// The bars around every page: name, area, campaign, person search, language and user above; the menu at the left.
import { Button, Dropdown, Layout, Select } from "antd";
import { Link, Navigate, Outlet, useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { roles } from "../../modules/access/rules.ts";
import { getMe, signOut } from "../../modules/access/contract.ts";
import { untouchedFor } from "../shared/attention.ts";
import { call } from "../shared/client.ts";
import { useConnection } from "../shared/connection.ts";
import { useCall } from "../shared/data.ts";
import { chooseCampaign, forgetWork, type Me, useCampaign, useMe } from "../shared/session.ts";
import { Loaded, Loading, ProblemView } from "../shared/state-views.tsx";
import { punct, setLang, useLang, usePhrases, useText } from "../shared/words.ts";
import { layoutWords } from "./layout-words.ts";
import { MenuBar } from "./menu-bar.tsx";
import { PersonSearch } from "./person-search.tsx";

export function ConnectionBanner(): ReactNode {
  const say = usePhrases(layoutWords);
  const connection = useConnection();
  if (connection === "ok") return null;
  return (
    <div role="alert" className="banner banner-away">
      {say(connection === "database-away" ? "away" : "noAnswer")}
    </div>
  );
}

export function LanguageButton({ onDark = false }: { readonly onDark?: boolean }): ReactNode {
  const say = usePhrases(layoutWords);
  const lang = useLang();
  return (
    <Button data-action="language" type={onDark ? "text" : "default"} style={onDark ? { color: "#fff" } : {}} aria-label={say("languageLabel")} lang={lang === "zh" ? "en" : "zh-CN"} onClick={() => setLang(lang === "zh" ? "en" : "zh")}>
      {say("language")}
    </Button>
  );
}

function CampaignChoice(): ReactNode {
  const say = usePhrases(layoutWords);
  const read = useText();
  const { campaign, campaigns } = useCampaign();
  if (!campaign) return null;
  if (campaigns.length === 1) return <span style={{ color: "#dbe8f6", whiteSpace: "nowrap", overflow: "hidden", textOverflow: "ellipsis" }}>{read(campaign.name)}</span>;
  return <Select aria-label={say("campaign")} value={campaign.id} style={{ minWidth: 200 }} onChange={chooseCampaign} options={campaigns.map((c) => ({ value: c.id, label: read(c.name) }))} />;
}

function UserMenu({ me }: { readonly me: Me }): ReactNode {
  const say = usePhrases(layoutWords);
  const read = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const leave = useCall(signOut);
  const out = (): void =>
    leave.mutate({}, {
      onSettled: () => {
        forgetWork();
        void navigate({ to: "/login" }).then(() => client.clear());
      },
    });
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "office", disabled: true, label: <span className="quiet">{me.office.name}</span> },
          { key: "roles", disabled: true, label: <span className="quiet">{me.roles.map((role) => read(roles[role]?.label) || role).join(punct.list)}</span> },
          { type: "divider" },
          { key: "account", label: <span data-action="my-account">{say("myAccount")}</span>, onClick: () => void navigate({ to: "/my-account" }) },
          { key: "out", label: <span data-action="sign-out">{say("signOut")}</span>, onClick: out },
        ],
      }}
    >
      <Button type="text" data-action="user" style={{ color: "#fff" }} aria-label={`${say("user")} ${me.name}`}>
        {me.name} ▾
      </Button>
    </Dropdown>
  );
}

/** A page left alone asks whether its session still stands, and is cleared when it does not. */
function useIdleEnd(idleMinutes: number): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (untouchedFor() > idleMinutes * 60_000) void call(getMe, {}).catch(() => undefined);
    }, 20_000);
    return () => clearInterval(timer);
  }, [idleMinutes]);
}

function Bars({ me }: { readonly me: Me }): ReactNode {
  const say = usePhrases(layoutWords);
  const [narrow, setNarrow] = useState(false);
  const lang = useLang();
  useIdleEnd(me.idleMinutes);
  return (
    <Layout style={{ minHeight: "100%" }}>
      <a className="skip-link" href="#content">
        {say("skip")}
      </a>
      {me.demo ? (
        <div className="banner banner-fiction" role="note">
          {say("fiction")}
        </div>
      ) : null}
      <ConnectionBanner />
      <Layout.Header className="no-print" style={{ display: "flex", alignItems: "center", gap: 12, lineHeight: "normal", position: "sticky", top: 0, zIndex: 20 }}>
        <Link to="/" style={{ color: "#fff", fontSize: 20, fontWeight: 600, textDecoration: "none", whiteSpace: "nowrap" }}>
          {say("name")}
        </Link>
        <span style={{ color: "#fff", whiteSpace: "nowrap" }} title={me.area.fullName} data-me-area={me.area.code}>
          {me.area.name}
        </span>
        <CampaignChoice />
        <span style={{ flex: 1 }} />
        {me.permissions.includes("record.search") ? <PersonSearch /> : null}
        <LanguageButton onDark />
        <UserMenu me={me} />
      </Layout.Header>
      <Layout>
        <Layout.Sider width={lang === "en" ? 252 : 188} breakpoint="lg" collapsedWidth={56} onCollapse={setNarrow} className="no-print" style={{ borderRight: "1px solid #d5dbe3" }}>
          <MenuBar permissions={me.permissions} narrow={narrow} />
        </Layout.Sider>
        <Layout.Content id="content" tabIndex={-1} style={{ minWidth: 0, outline: "none" }}>
          <Outlet />
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

export function OfficeLayout(): ReactNode {
  const query = useMe();
  if (query.error?.code === "not-signed-in") return <Loading />;
  if (query.error?.code === "set-up-needed") return <Navigate to="/set-up" />;
  if (query.error && !query.data) {
    return (
      <main className="page">
        <ConnectionBanner />
        <ProblemView error={query.error} onRetry={() => void query.refetch()} />
      </main>
    );
  }
  return <Loaded query={query}>{(me) => <Bars me={me} />}</Loaded>;
}
