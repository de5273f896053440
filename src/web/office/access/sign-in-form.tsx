// The steps of a sign-in: account and password, then a code, then a new password where the old one has run out.
import { Button, Form, Input } from "antd";
import type { FormInstance } from "antd";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { signIn, signInCode, signInPassword } from "../../../modules/access/contract.ts";
import { useCall } from "../../shared/data.ts";
import type { Me } from "../../shared/session.ts";
import { ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { NewPasswordFields } from "./enrolment.tsx";
import { accessWords } from "./words.ts";

export type Credentials = { readonly login: string; readonly password: string };
type Step = ReplyOf<typeof signIn>;

export function SignInForm({ form, error, onEntered }: { readonly form: FormInstance<Credentials>; readonly error: Error | null; readonly onEntered: (me: Me) => void }): ReactNode {
  const say = usePhrases(accessWords);
  const read = useText();
  const first = useCall(signIn);
  const second = useCall(signInCode);
  const third = useCall(signInPassword);
  const [step, setStep] = useState<Step>();
  const required = [{ required: true, message: say("required") }];
  const take = (reply: Step): void => {
    if (reply.me) onEntered(reply.me);
    else setStep(reply);
  };
  /** A step is good for one answer: after a wrong one the sign-in begins anew. */
  const over = (): void => {
    setStep(undefined);
    form.setFieldValue("password", "");
  };
  const token = step?.token ?? "";
  if (step?.next === "code") {
    return (
      <Form<{ code: string }> key="code" layout="vertical" requiredMark={false} onFinish={({ code }) => second.mutate({ body: { token, code: code.trim() } }, { onSuccess: take, onError: over })}>
        <Form.Item name="code" label={say("factorCode")} extra={say("factorHelp")} rules={required}>
          <Input name="factor-code" autoComplete="one-time-code" autoFocus maxLength={20} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={second.isPending} data-action="enter-code">
          {say("signIn")}
        </Button>
        <Button type="link" block onClick={over}>
          {say("startOver")}
        </Button>
        <p className="quiet">{say("factorNote")}</p>
      </Form>
    );
  }
  if (step?.next === "new-password") {
    return (
      <Form<{ password: string }> key="new-password" layout="vertical" requiredMark={false} onFinish={({ password }) => third.mutate({ body: { token, password } }, { onSuccess: take })}>
        <p style={{ marginTop: 0 }}>{say("passwordExpired")}</p>
        <ProblemView error={third.error} />
        <NewPasswordFields rules={(step.passwordRules ?? []).map(read)} label={say("newPassword")} />
        <Button type="primary" htmlType="submit" block loading={third.isPending} data-action="set-password">
          {say("signIn")}
        </Button>
      </Form>
    );
  }
  return (
    <>
      <ProblemView error={error ?? second.error ?? first.error} />
      <Form<Credentials>
        key="credentials"
        form={form}
        layout="vertical"
        requiredMark={false}
        validateTrigger="onSubmit"
        onFinish={({ login, password }) => {
          second.reset();
          first.mutate({ body: { login: login.trim().toLowerCase(), password } }, { onSuccess: take });
        }}
      >
        <Form.Item name="login" label={say("login")} rules={required}>
          <Input name="login" autoComplete="username" autoFocus maxLength={60} />
        </Form.Item>
        <Form.Item name="password" label={say("password")} rules={required}>
          <Input.Password name="password" autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={first.isPending} data-action="sign-in">
          {say("signIn")}
        </Button>
      </Form>
      <p style={{ marginBottom: 0 }}>
        <Link to="/activate" data-action="to-activation">
          {say("haveCode")}
        </Link>
      </p>
    </>
  );
}
