// Taking over an account that an administrator opened: the code from the slip, a password of one's own, a second factor of one's own.
import { App, Button, Form, Input } from "antd";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { activate, confirmActivation, getSetUp } from "../../../modules/access/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { ConnectionBanner, LanguageButton } from "../layout.tsx";
import { BindFactor, NewPasswordFields, RecoveryCodes } from "./enrolment.tsx";
import { accessWords } from "./words.ts";

type Fields = { readonly login: string; readonly code: string; readonly password: string };

export function ActivationPage(): ReactNode {
  const say = usePhrases(accessWords);
  const read = useText();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { login } = useSearch({ from: "/activate" });
  const state = useRoute(getSetUp, {});
  const begin = useCall(activate);
  const confirm = useCall(confirmActivation);
  const [codes, setCodes] = useState<readonly string[]>();
  const shown = begin.data;
  const done = (): void => {
    message.success(say("activated"));
    void navigate({ to: "/login" });
  };
  return (
    <>
      <ConnectionBanner />
      <main className="page" style={{ maxWidth: 640 }}>
        <PageHead title={say("activation")}>
          <span className="spread" />
          <LanguageButton />
        </PageHead>
        <div className="panel">
          {codes ? (
            <RecoveryCodes codes={codes} onDone={done} />
          ) : shown ? (
            <BindFactor shown={shown} error={confirm.error} pending={confirm.isPending} onCode={(code) => confirm.mutate({ body: { token: shown.token, code } }, { onSuccess: (reply) => setCodes(reply.recoveryCodes) })} />
          ) : (
            <Form<Fields> layout="vertical" requiredMark={false} initialValues={{ login: login ?? "" }} onFinish={(fields) => begin.mutate({ body: { login: fields.login.trim().toLowerCase(), code: fields.code, password: fields.password } })}>
              <p style={{ marginTop: 0 }}>{say("activationIntro")}</p>
              <ProblemView error={begin.error} />
              <Form.Item name="login" label={say("login")} rules={[{ required: true, message: say("required") }]}>
                <Input name="login" autoComplete="username" maxLength={60} autoFocus={!login} />
              </Form.Item>
              <Form.Item name="code" label={say("activationCode")} rules={[{ required: true, message: say("required") }]}>
                <Input name="code" autoComplete="off" maxLength={60} autoFocus={Boolean(login)} />
              </Form.Item>
              <NewPasswordFields rules={(state.data?.passwordRules ?? []).map(read)} label={say("newPassword")} />
              <Button type="primary" htmlType="submit" loading={begin.isPending} data-action="activate">
                {say("makeOwn")}
              </Button>
            </Form>
          )}
        </div>
      </main>
    </>
  );
}
