// The first-run set-up: the code from the console, the first office, the first administrator.
import { App, Button, Form, Input } from "antd";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { getSetUp, setUp } from "../../../modules/access/contract.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCall, useRoute } from "../../shared/data.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases } from "../../shared/words.ts";
import { ConnectionBanner, LanguageButton } from "../layout.tsx";
import { accessWords } from "./words.ts";

type Fields = { readonly code: string; readonly login: string; readonly name: string; readonly password: string; readonly area: number; readonly officeName: string };

function AreaField({ value, onChange, id }: { readonly value?: number; readonly onChange?: (code: number | undefined) => void; readonly id?: string }): ReactNode {
  const say = usePhrases(accessWords);
  return <AreaPicker openly value={value} onChange={(code) => onChange?.(code)} label={say("area")} {...(id ? { id } : {})} style={{ width: "100%" }} />;
}

function SetUpForm(): ReactNode {
  const say = usePhrases(accessWords);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const make = useCall(setUp);
  const required = [{ required: true, message: say("required") }];
  const submit = (fields: Fields): void =>
    make.mutate({ body: fields }, {
      onSuccess: () => {
        message.success(say("setUpOk"));
        client.clear();
        void navigate({ to: "/login" });
      },
    });
  return (
    <Form<Fields> layout="vertical" onFinish={submit} scrollToFirstError>
      <ProblemView error={make.error} />
      <Form.Item name="code" label={say("code")} extra={say("codeHelp")} rules={required}>
        <Input name="code" autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="area" label={say("area")} extra={say("areaHelp")} rules={required}>
        <AreaField />
      </Form.Item>
      <Form.Item name="officeName" label={say("officeName")} rules={required}>
        <Input name="officeName" maxLength={80} />
      </Form.Item>
      <Form.Item name="name" label={say("name")} rules={required}>
        <Input name="name" maxLength={50} autoComplete="name" />
      </Form.Item>
      <Form.Item name="login" label={say("login")} extra={say("loginHelp")} rules={[...required, { pattern: /^[a-z0-9][a-z0-9._-]{2,59}$/u, message: say("loginHelp") }]}>
        <Input name="login" maxLength={60} autoComplete="username" />
      </Form.Item>
      <Form.Item name="password" label={say("password")} extra={say("passwordHelp")} rules={[...required, { min: 10, message: say("passwordHelp") }]}>
        <Input.Password name="password" maxLength={200} autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={make.isPending} data-action="set-up">
        {say("create")}
      </Button>
    </Form>
  );
}

export function SetUpPage(): ReactNode {
  const say = usePhrases(accessWords);
  const query = useRoute(getSetUp, {}, { staleTime: 0 });
  return (
    <>
      <ConnectionBanner />
      <main className="page" style={{ maxWidth: 640 }}>
        <PageHead title={say("setUp")}>
          <span className="spread" />
          <LanguageButton />
        </PageHead>
        <div className="panel">
          <Loaded query={query}>
            {(data) =>
              data.needed ? (
                <>
                  <p style={{ marginTop: 0 }}>{say("setUpIntro")}</p>
                  <SetUpForm />
                </>
              ) : (
                <p>
                  {say("setUpDone")} <Link to="/login">{say("toLogin")}</Link>
                </p>
              )
            }
          </Loaded>
        </div>
      </main>
    </>
  );
}
