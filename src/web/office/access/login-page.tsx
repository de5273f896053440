// Sign in. In the demo the accounts are listed, and a click fills one in.
import { Button, Form, Input } from "antd";
import { Navigate, useNavigate, useSearch } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { getMe, getSetUp, signIn } from "../../../modules/access/contract.ts";
import { keyOf, useCall, useRoute } from "../../shared/data.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases } from "../../shared/words.ts";
import { ConnectionBanner, LanguageButton } from "../layout.tsx";
import { accessWords } from "./words.ts";
import { DEMO_PASSWORD, nextPath } from "./login.ts";

type Fields = { readonly login: string; readonly password: string };

export function LoginPage(): ReactNode {
  const say = usePhrases(accessWords);
  const { next } = useSearch({ from: "/login" });
  const navigate = useNavigate();
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const setUp = useRoute(getSetUp, {}, { staleTime: 0 });
  const enter = useCall(signIn);
  const title = say("signIn");
  useEffect(() => {
    document.title = `${title} · 清册`;
  }, [title]);
  if (setUp.data?.needed) return <Navigate to="/set-up" />;
  const submit = (fields: Fields): void =>
    enter.mutate({ body: { login: fields.login.trim().toLowerCase(), password: fields.password } }, {
      onSuccess: (me) => {
        client.clear();
        client.setQueryData(keyOf(getMe, {}), me);
        void navigate({ href: nextPath(next) });
      },
    });
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
            <ProblemView error={setUp.error ?? enter.error} />
            <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={submit} validateTrigger="onSubmit">
              <Form.Item name="login" label={say("login")} rules={[{ required: true, message: say("required") }]}>
                <Input name="login" autoComplete="username" autoFocus maxLength={60} />
              </Form.Item>
              <Form.Item name="password" label={say("password")} rules={[{ required: true, message: say("required") }]}>
                <Input.Password name="password" autoComplete="current-password" maxLength={200} />
              </Form.Item>
              <Button type="primary" htmlType="submit" block loading={enter.isPending} data-action="sign-in">
                {say("signIn")}
              </Button>
            </Form>
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
