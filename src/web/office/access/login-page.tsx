// Sign in. In the demo the accounts are listed, and a click fills one in.
import { Alert, Button, Form } from "antd";
import { Navigate, useNavigate, useSearch } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { getMe, getSetUp } from "../../../modules/access/contract.ts";
import { signedIn, signedOutBecause } from "../../shared/connection.ts";
import { keyOf, useRoute } from "../../shared/data.ts";
import type { Me } from "../../shared/session.ts";
import { usePhrases, useText } from "../../shared/words.ts";
import { ConnectionBanner, LanguageButton } from "../layout.tsx";
import { accessWords } from "./words.ts";
import { DEMO_PASSWORD, nextPath } from "./login.ts";
import { type Credentials, SignInForm } from "./sign-in-form.tsx";

export function LoginPage(): ReactNode {
  const say = usePhrases(accessWords);
  const { next } = useSearch({ from: "/login" });
  const navigate = useNavigate();
  const client = useQueryClient();
  const [form] = Form.useForm<Credentials>();
  const setUp = useRoute(getSetUp, {}, { staleTime: 0 });
  const read = useText();
  const why = signedOutBecause();
  const title = say("signIn");
  useEffect(() => {
    document.title = `${title} · 清册`;
  }, [title]);
  if (setUp.data?.needed) return <Navigate to="/set-up" />;
  const entered = (me: Me): void => {
    signedIn();
    client.clear();
    client.setQueryData(keyOf(getMe, {}), me);
    void navigate({ href: nextPath(next) });
  };
  const fill = (login: string): void => {
    form.setFieldsValue({ login, password: DEMO_PASSWORD });
    document.querySelector<HTMLElement>('[data-action="sign-in"]')?.focus();
  };
  return (
    <>
      <ConnectionBanner />
      <main style={{ maxWidth: 880, margin: "6vh auto 0", padding: 16 }}>
        <div className="page-head">
          <h1>{say("product")}</h1>
          <span className="spread" />
          <LanguageButton />
        </div>
        <div style={{ display: "flex", flexWrap: "wrap", gap: 16, alignItems: "flex-start" }}>
          <section className="panel" style={{ flex: "1 1 320px" }} aria-label={title}>
            {why ? <Alert type="info" showIcon role="status" style={{ marginBottom: 16 }} title={read(why)} /> : null}
            <SignInForm form={form} error={setUp.error} onEntered={entered} />
          </section>
          {setUp.data?.demo ? (
            <section className="panel" style={{ flex: "1 1 380px" }} aria-label={say("demoAccounts")}>
              <p style={{ marginTop: 0 }}>{say("fiction")}</p>
              <h2>{say("demoAccounts")}</h2>
              <p>
                <code>{say("demoPassword", { password: DEMO_PASSWORD })}</code>
              </p>
              <ul style={{ listStyle: "none", padding: 0, margin: 0, maxHeight: "50vh", overflow: "auto" }}>
                {setUp.data.demoAccounts.map((account) => (
                  <li key={account.login} style={{ marginBottom: 6 }}>
                    <Button block data-demo-account={account.login} style={{ height: "auto", textAlign: "left", justifyContent: "flex-start", whiteSpace: "normal" }} onClick={() => fill(account.login)}>
                      <span>
                        <b>{account.login}</b> {account.name} <span className="quiet">{account.office}</span>
                      </span>
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
        </div>
      </main>
    </>
  );
}
