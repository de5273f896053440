// A person's visits: how often they were met this year, recording one, and asking for one at home.
import { App, Button, Input, Select } from "antd";
import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import { isDate } from "../../../core/time.ts";
import { askVisit, getVisits, recordVisit } from "../../../modules/stations/contract.ts";
import { channelLabels, contactChannels } from "../../../modules/stations/rules.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { DateField } from "../../shared/date-field.tsx";
import { moment, today } from "../../shared/figures.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { phrases, usePhrases, useText } from "../../shared/words.ts";

const words = phrases({
  title: { zh: "走访", en: "Visits" },
  thisYear: { zh: "今年已走访 {n} 次（每年应不少于 2 次）", en: "Met on {n} {n|day|days} this year (two are wanted)" },
  none: { zh: "还没有走访登记", en: "No visit is recorded" },
  asked: { zh: "待上门：{reason}（{by} {at}）", en: "A visit waits: {reason} ({by} {at})" },
  how: { zh: "方式", en: "How" },
  day: { zh: "日期", en: "Day" },
  record: { zh: "登记走访", en: "Record a visit" },
  recorded: { zh: "已登记，今年第 {n} 次", en: "Recorded; day {n} of this year" },
  why: { zh: "上门原因", en: "Why at home" },
  ask: { zh: "申请上门", en: "Ask for a visit" },
  askedNow: { zh: "已列入上门名单", en: "It is on the list of visits" },
});
type Channel = (typeof contactChannels)[number];
const REFRESHES = ["/api/records/:county/:id/visits", "/api/visits", "/api/supervision"];

export function VisitsPanel({ county, id, open }: { readonly county: number; readonly id: string; readonly open: boolean }): ReactNode {
  const say = usePhrases(words);
  const read = useText();
  const { message } = App.useApp();
  const params = { county, id };
  const query = useRoute(getVisits, { params });
  const record = useCall(recordVisit, REFRESHES);
  const ask = useCall(askVisit, REFRESHES);
  const [channel, setChannel] = useState<Channel>("home");
  const [onDay, setOnDay] = useState<string | undefined>(today());
  const [reason, setReason] = useState("");
  const made = (event: FormEvent): void => {
    event.preventDefault();
    if (onDay !== undefined && isDate(onDay)) record.mutate({ params, body: { channel, onDay } }, { onSuccess: ({ thisYear }) => void message.success(say("recorded", { n: thisYear })) });
  };
  const wish = (event: FormEvent): void => {
    event.preventDefault();
    const done = (): void => {
      void message.success(say("askedNow"));
      setReason("");
    };
    if (reason.trim() !== "") ask.mutate({ params, body: { reason: reason.trim() } }, { onSuccess: done });
  };
  return (
    <section className="panel" aria-label={say("title")}>
      <h2>{say("title")}</h2>
      <ProblemView error={record.error ?? ask.error} />
      <Loaded query={query}>
        {({ made: visits, asked, thisYear }) => (
          <>
            <p data-visits={thisYear}>{say("thisYear", { n: thisYear })}</p>
            {visits.length === 0 ? <p className="quiet">{say("none")}</p> : (
              <ul className="timeline">{visits.map((one, i) => <li key={i}><span className="number">{one.onDay}</span> {read(channelLabels[one.channel])} <span className="quiet">{one.by}</span></li>)}</ul>
            )}
            {asked ? <p data-visit-asked>{say("asked", { reason: asked.reason, by: asked.by, at: moment(asked.at) })}</p> : null}
            {open ? (
              <form onSubmit={made} style={{ display: "grid", gap: 8 }}>
                <Select<Channel> aria-label={say("how")} value={channel} onChange={setChannel} options={contactChannels.map((one) => ({ value: one, label: read(channelLabels[one]) }))} />
                <DateField name="visit-day" label={say("day")} value={onDay} onChange={setOnDay} style={{ width: "100%" }} />
                <Button htmlType="submit" data-move="record-visit" loading={record.isPending}>{say("record")}</Button>
              </form>
            ) : null}
            {open && !asked ? (
              <form onSubmit={wish} style={{ display: "grid", gap: 8, marginTop: 12 }}>
                <Input name="visit-reason" aria-label={say("why")} placeholder={say("why")} maxLength={200} value={reason} onChange={({ target }) => setReason(target.value)} />
                <Button htmlType="submit" data-move="ask-visit" disabled={reason.trim() === ""} loading={ask.isPending}>{say("ask")}</Button>
              </form>
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}
