// The first-run set-up: three people in turn, each with the code from the console, a login, a password and a second factor of their own.
import { App, Button, Form, Input, Steps } from "antd";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { confirmSetUp, getSetUp, setUp } from "../../../modules/access/contract.ts";
import { administrators } from "../../../modules/access/rules.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCall, useRoute } from "../../shared/data.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { ConnectionBanner, LanguageButton } from "../layout.tsx";
import { BindFactor, NewPasswordFields, RecoveryCodes } from "./enrolment.tsx";
import { accessWords } from "./words.ts";

type State = ReplyOf<typeof getSetUp>;
type Fields = { readonly code: string; readonly login: string; readonly name: string; readonly password: string; readonly area?: number; readonly officeName?: string };
type RoleWord = (typeof administrators)[number];

function AreaField({ value, onChange, id }: { readonly value?: number; readonly onChange?: (code: number | undefined) => void; readonly id?: string }): ReactNode {
  const say = usePhrases(accessWords);
  return <AreaPicker openly value={value} onChange={(code) => onChange?.(code)} label={say("area")} {...(id ? { id } : {})} style={{ width: "100%" }} />;
}

/** One person, from the code to the recovery codes. */
function OnePerson({ role, first, rules, code, onCode, onDone }: { readonly role: RoleWord; readonly first: boolean; readonly rules: readonly string[]; readonly code: string; readonly onCode: (code: string) => void; readonly onDone: (next: string | undefined) => void }): ReactNode {
  const say = usePhrases(accessWords);
  const begin = useCall(setUp);
  const confirm = useCall(confirmSetUp);
  const required = [{ required: true, message: say("required") }];
  const shown = begin.data;
  const made = confirm.data;
  if (made) return <RecoveryCodes codes={made.recoveryCodes} onDone={() => onDone(made.next)} label={made.next ? say("nextPerson", { role: say(made.next as RoleWord) }) : say("done")} />;
  if (shown) return <BindFactor shown={shown} error={confirm.error} pending={confirm.isPending} onCode={(given) => confirm.mutate({ body: { token: shown.token, code: given } })} />;
  const submit = ({ code: given, login, name, password, area, officeName }: Fields): void => {
    onCode(given);
    begin.mutate({ body: { code: given, role, login: login.trim(), name: name.trim(), password, ...(first && { area, officeName }) } });
  };
  return (
    <Form<Fields> layout="vertical" requiredMark={false} onFinish={submit} scrollToFirstError initialValues={{ code }}>
      <p>{say(`does-${role}`)}</p>
      <ProblemView error={begin.error} />
      <Form.Item name="code" label={say("code")} extra={say("codeHelp")} rules={required}>
        <Input name="code" autoFocus={code === ""} autoComplete="off" maxLength={60} />
      </Form.Item>
      {first ? (
        <>
          <Form.Item name="area" label={say("area")} extra={say("areaHelp")} rules={required}>
            <AreaField />
          </Form.Item>
          <Form.Item name="officeName" label={say("officeName")} rules={required}>
            <Input name="officeName" maxLength={80} />
          </Form.Item>
        </>
      ) : null}
      <Form.Item name="name" label={say("name")} rules={required}>
        <Input name="name" maxLength={50} autoComplete="off" autoFocus={code !== ""} />
      </Form.Item>
      <Form.Item name="login" label={say("login")} extra={say("loginHelp")} rules={[...required, { pattern: /^[a-z0-9][a-z0-9._-]{2,59}$/u, message: say("loginHelp") }]}>
        <Input name="login" maxLength={60} autoComplete="off" />
      </Form.Item>
      <NewPasswordFields rules={rules} />
      <Button type="primary" htmlType="submit" loading={begin.isPending} data-action="set-up">
        {say("makeOwn")}
      </Button>
    </Form>
  );
}

function InTurn({ state }: { readonly state: State }): ReactNode {
  const say = usePhrases(accessWords);
  const read = useText();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [code, setCode] = useState("");
  // While the recovery codes of one are shown, the next is not yet at the page.
  const [role, setRole] = useState<RoleWord>((state.next ?? administrators[0]) as RoleWord);
  const at = administrators.indexOf(role);
  const go = (next: string | undefined): void => {
    if (next) return setRole(next as RoleWord);
    message.success(say("setUpOk"));
    client.clear();
    void navigate({ to: "/login" });
  };
  return (
    <>
      <p style={{ marginTop: 0 }}>{say("setUpIntro")}</p>
      <Steps size="small" current={at} items={administrators.map((each) => ({ title: say(each) }))} style={{ marginBottom: 16 }} />
      <h2 data-set-up-role={role}>{say("personOf", { n: at + 1, role: say(role) })}</h2>
      <OnePerson key={role} role={role} first={state.done.length === 0 && at === 0} rules={state.passwordRules.map(read)} code={code} onCode={setCode} onDone={go} />
    </>
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
                <InTurn state={data} />
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
