// A person who is on no list: the village and who the person is; everything else follows on the capture page.
import { Alert, App, Button } from "antd";
import { Link, useBlocker, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { formatAreaCode } from "../../../core/area-code.ts";
import { addPerson } from "../../../modules/records/contract.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCall } from "../../shared/data.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { type Campaign, type Me, useCampaign, useMe, useScheme } from "../../shared/session.ts";
import { Loading, ProblemView } from "../../shared/state-views.tsx";
import { punct, usePhrases } from "../../shared/words.ts";
import { FaultSummary } from "../form/fault-summary.tsx";
import { FormEditor } from "../form/form-editor.tsx";
import { REFRESHED } from "./refreshed.ts";
import { useForm } from "../form/use-form.ts";
import { captureWords } from "./words.ts";

const NO_REMARKS = new Map<string, never[]>();
const NO_ISSUES: readonly never[] = [];

function NewPerson({ me, campaign, scheme }: { readonly me: Me; readonly campaign: Campaign; readonly scheme: Scheme }): ReactNode {
  const say = usePhrases(captureWords);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { back } = useSearch({ from: "/shell/records/new" });
  const [area, setArea] = useState<number | undefined>(me.level === 5 ? me.area.code : undefined);
  const made = useRef(false);
  const form = useForm(scheme, {}, campaign.referenceDate, NO_ISSUES);
  const write = useCall(addPerson, REFRESHED);
  const dirty = Object.values(form.state.answers).some((group) => Object.values(group ?? {}).some((value) => value !== undefined)) && form.unsavedPaths.length > 0;
  useBlocker({ shouldBlockFn: () => dirty && !made.current && !window.confirm(say("leave")), enableBeforeUnload: () => dirty && !made.current });
  // Only the sections that say who the subject is; photos need the record to exist.
  const drawn = useMemo(() => {
    const who: ReadonlySet<string> = new Set([scheme.identity?.idNumber, scheme.identity?.name, scheme.identity?.area].filter((path) => path !== undefined));
    const saysWho = (section: (typeof form.drawn)[number]["sections"][number]): boolean => section.rows.some((fields) => fields.some((field) => who.has(field.path)));
    return form.drawn.flatMap((one) => (one.sections.some(saysWho) ? [{ form: one.form, sections: one.sections.filter(saysWho).map((section) => ({ ...section, rows: section.rows.map((fields) => fields.filter((field) => field.item.sensitivity !== "image")) })) }] : []));
  }, [form.drawn, scheme]);
  const paths = new Set(drawn.flatMap((one) => one.sections.flatMap((section) => section.rows.flatMap((fields) => fields.map((field) => field.path)))));
  const choose = (code: number | undefined): void => {
    setArea(code);
    if (code !== undefined && scheme.identity) form.dispatch({ kind: "fill-missing", values: [[scheme.identity.area, formatAreaCode(code)]] });
  };
  const save = (): void => {
    if (area === undefined) {
      message.warning(`${say("choose")}${punct.colon}${say("area")}`);
      return;
    }
    write.mutate({ body: { campaign: campaign.id, area, answers: form.state.answers, channel: "station", submit: false } }, {
      onSuccess: (reply) => {
        made.current = true;
        void navigate({ to: "/records/$county/$id/capture", params: { county: String(reply.county), id: reply.id }, search: { back }, replace: true });
      },
    });
  };
  return (
    <>
      <Alert type="info" showIcon style={{ marginBottom: 12 }} title={say("newNote")} action={<Link to="/people">{say("checkFirst")}</Link>} />
      <ProblemView error={write.error} />
      <div className="panel">
        <div>{say("area")}</div>
        <AreaPicker name="new-area" label={say("area")} value={area} within={me.area.code} fromLevel={Math.max(4, me.level)} style={{ width: "100%", maxWidth: 560 }} onChange={choose} />
      </div>
      <div className="form-grid">
        <FormEditor scheme={scheme} forms={drawn} shownIssues={form.shownIssues} remarks={NO_REMARKS} dispatch={form.dispatch} media={undefined} disabled={false} onAnswer={undefined} />
        <aside className="form-side">
          <div className="panel">
            <Button type="primary" data-action="save-new" loading={write.isPending} onClick={save}>
              {say("saveAndGo")}
            </Button>
          </div>
          <FaultSummary scheme={scheme} issues={form.issues.filter((issue) => issue.paths.some((path) => paths.has(path)))} />
        </aside>
      </div>
    </>
  );
}

export function NewPersonPage(): ReactNode {
  const say = usePhrases(captureWords);
  const me = useMe().data;
  const { campaign, query } = useCampaign();
  const { scheme, query: schemeQuery } = useScheme(campaign?.scheme, campaign?.version);
  return (
    <main className="page">
      <PageHead title={say("newTitle")} />
      <ProblemView error={query.error ?? schemeQuery.error} />
      {me && campaign && scheme ? <NewPerson me={me} campaign={campaign} scheme={scheme} /> : query.error || schemeQuery.error ? null : <Loading />}
    </main>
  );
}
