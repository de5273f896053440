// The policy of signing in, as the security administrator sets it: a profile fills the values, each can be changed.
import { App, Button, Checkbox, Form, InputNumber, Radio } from "antd";
import type { ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { accessPolicy, changePolicy, getPolicy } from "../../../modules/access/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases } from "../../shared/words.ts";
import { rightsWords } from "./rights-words.ts";

type View = ReplyOf<typeof getPolicy>;
type Policy = View["policy"];
const numbers = ["minLength", "classes", "history", "maxAgeDays", "idleMinutes", "administratorIdleMinutes", "sessionHours", "failures", "sourceFailures", "blockMinutes", "sessions", "revealsPerDay"] as const;

function PolicyForm({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(rightsWords);
  const { message } = App.useApp();
  const [form] = Form.useForm<Policy>();
  const change = useCall(changePolicy, ["/api/accounts/policy"]);
  const take = (profile: Policy["profile"]): void => {
    const found = view.profiles.find((each) => each.profile === profile);
    if (found) form.setFieldsValue(found);
  };
  return (
    <Form<Policy> form={form} layout="vertical" initialValues={view.policy} onFinish={(body) => change.mutate({ body }, { onSuccess: () => void message.success(say("policySaved")) })}>
      <ProblemView error={change.error} />
      <p className="quiet">{say("changedOn", { at: `${moment(view.changedAt)}${view.changedBy ? ` · ${view.changedBy}` : ""}` })}</p>
      <Form.Item name="profile" label={say("profile")}>
        <Radio.Group options={view.profiles.map(({ profile }) => ({ value: profile, label: say(profile) }))} onChange={(event) => take(event.target.value as Policy["profile"])} />
      </Form.Item>
      <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fill, minmax(230px, 1fr))", gap: "0 24px" }}>
        {numbers.map((name) => {
          const { minimum, maximum } = accessPolicy.properties[name] as { minimum?: number; maximum?: number };
          return (
            <Form.Item key={name} name={name} label={say(name)} extra={`${minimum ?? 0}–${maximum ?? ""}`} rules={[{ required: true, message: say("required") }]}>
              <InputNumber name={name} min={minimum ?? 0} max={maximum ?? Number.MAX_SAFE_INTEGER} precision={0} style={{ width: "100%" }} />
            </Form.Item>
          );
        })}
      </div>
      <Form.Item name="secondFactors" label={say("factors")} rules={[{ type: "array", min: 1, message: say("required") }]}>
        <Checkbox.Group options={(["totp", "recovery", "certificate"] as const).map((factor) => ({ value: factor, label: say(factor) }))} />
      </Form.Item>
      <Button type="primary" htmlType="submit" data-move="save-policy" loading={change.isPending}>{say("save")}</Button>
    </Form>
  );
}

export function PolicyPage(): ReactNode {
  const say = usePhrases(rightsWords);
  const query = useRoute(getPolicy, {});
  return (
    <main className="page">
      <PageHead title={say("policyTitle")} />
      <p className="quiet">{say("policyIntro")}</p>
      <div className="panel"><Loaded query={query}>{(view) => <PolicyForm key={view.changedAt} view={view} />}</Loaded></div>
    </main>
  );
}
