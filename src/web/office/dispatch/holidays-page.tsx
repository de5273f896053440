// Holidays by year: what the clocks of cases count by, where each year comes from, and whether somebody held it against the notice.
import { Alert, App, Button, Checkbox, Input, InputNumber } from "antd";
import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { ReplyOf } from "../../../core/route.ts";
import { isDate } from "../../../core/time.ts";
import { listHolidays, setHolidays } from "../../../modules/dispatch/contract.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { moment, today } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useMay } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases, useText } from "../../shared/words.ts";
import { asTyped, daysTyped } from "./holidays.ts";
import { holidayWords } from "./holiday-words.ts";

type Data = ReplyOf<typeof listHolidays>;
type Year = Data["years"][number];
const REFRESHES = ["/api/holidays", "/api/cases-urgent"];

function YearForm({ data, year, onYear }: { readonly data: Data; readonly year: number; readonly onYear: (year: number) => void }): ReactNode {
  const say = usePhrases(holidayWords);
  const read = useText();
  const { message } = App.useApp();
  const known = data.years.find((one) => one.year === year);
  const days = data.rows.filter((row) => row.day.startsWith(`${year}-`));
  const [free, setFree] = useState(asTyped(days, false));
  const [worked, setWorked] = useState(asTyped(days, true));
  const [notice, setNotice] = useState(known?.notice ?? "");
  const [url, setUrl] = useState(known?.url ?? "");
  const [publishedOn, setPublishedOn] = useState(known?.publishedOn ?? "");
  const [verified, setVerified] = useState(known?.verified ?? false);
  const [tried, setTried] = useState(false);
  const save = useCall(setHolidays, REFRESHES);
  const typed = daysTyped(year, free, worked);
  const faults = [...typed.faults.map(read), ...(notice.trim() === "" ? [say("needNotice")] : []), ...(publishedOn !== "" && !isDate(publishedOn) ? [say("needDate")] : [])];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (faults.length > 0) return;
    save.mutate(
      { params: { year }, body: { source: notice.trim(), days: typed.days.map((day) => ({ ...day })), url: url.trim(), verified, ...(known && { title: known.title }), ...(publishedOn !== "" && { publishedOn }) } },
      { onSuccess: ({ rows }) => void message.success(say("saved", { year, n: rows })) },
    );
  };
  return (
    <form onSubmit={submit} style={{ display: "grid", gap: 12, maxWidth: 760 }}>
      <ProblemView error={save.error} />
      <div>
        <label htmlFor="holiday-year" style={{ display: "block" }}>{say("year")}</label>
        <InputNumber id="holiday-year" min={2000} max={2100} precision={0} value={year} onChange={(value) => typeof value === "number" && onYear(value)} />
      </div>
      <div>
        <label htmlFor="holiday-free">{say("freeDays")}</label>
        <Input.TextArea id="holiday-free" rows={5} value={free} onChange={(event) => setFree(event.target.value)} aria-describedby="holiday-help" />
        <div id="holiday-help" className="field-help">{say("daysHelp")}</div>
      </div>
      <div>
        <label htmlFor="holiday-worked">{say("workedDays")}</label>
        <Input.TextArea id="holiday-worked" rows={3} value={worked} onChange={(event) => setWorked(event.target.value)} />
      </div>
      <div>
        <label htmlFor="holiday-notice"><span className="must">*</span> {say("notice")}</label>
        <Input id="holiday-notice" maxLength={100} value={notice} onChange={(event) => setNotice(event.target.value)} />
      </div>
      <div style={{ display: "flex", flexWrap: "wrap", gap: 16 }}>
        <div>
          <label htmlFor="holiday-published" style={{ display: "block" }}>{say("published")}</label>
          <Input id="holiday-published" style={{ width: 160 }} maxLength={10} value={publishedOn} onChange={(event) => setPublishedOn(event.target.value)} />
        </div>
        <div style={{ flex: 1, minWidth: 280 }}>
          <label htmlFor="holiday-url" style={{ display: "block" }}>{say("url")}</label>
          <Input id="holiday-url" maxLength={300} value={url} onChange={(event) => setUrl(event.target.value)} />
        </div>
      </div>
      <Checkbox name="verified" checked={verified} onChange={(event) => setVerified(event.target.checked)}>{say("verifiedBox")}</Checkbox>
      {tried && faults.length > 0 ? <div role="alert" className="field-fault fault-block"><ul style={{ margin: 0 }}>{faults.map((fault) => <li key={fault}>{fault}</li>)}</ul></div> : null}
      <div>
        <Button type="primary" htmlType="submit" data-move="save-holidays" loading={save.isPending}>{say("save")}</Button>
      </div>
    </form>
  );
}

export function HolidaysPage(): ReactNode {
  const say = usePhrases(holidayWords);
  const may = useMay("calendar.keep");
  const query = useRoute(listHolidays, {});
  const now = Number(today().slice(0, 4));
  const [year, setYear] = useState(now + 1);
  return (
    <main className="page">
      <PageHead title={say("title")} />
      <Loaded query={query}>
        {(data) => (
          <>
            <section className="panel">
              <p style={{ marginTop: 0, maxWidth: 900 }}>{say("intro")}</p>
              {[now, now + 1].filter((each) => !data.years.some((one) => one.year === each)).map((each) => <Alert key={each} type="warning" showIcon data-missing-year={each} title={say("missing", { year: each })} style={{ marginBottom: 12 }} />)}
              <RowTable<Year>
                rows={data.years}
                rowKey="year"
                empty={say("none")}
                columns={[
                  { title: say("year"), key: "year", render: (_, row) => <b className="number" data-year={row.year} data-verified={String(row.verified)}>{row.year}</b> },
                  { title: say("notice"), key: "notice", render: (_, row) => <span title={row.title}>{/^https?:/u.test(row.url) ? <a href={row.url} target="_blank" rel="noreferrer" style={{ textDecoration: "underline" }}>{row.notice}</a> : row.notice}{row.publishedOn === undefined ? "" : <span className="quiet number"> {row.publishedOn}</span>}</span> },
                  { title: say("free"), key: "free", align: "right", render: (_, row) => <span className="number">{row.free}</span> },
                  { title: say("worked"), key: "worked", align: "right", render: (_, row) => <span className="number">{row.worked}</span> },
                  { title: say("state"), key: "state", render: (_, row) => (row.verified ? say("isVerified") : <span className="fault-explain">{say("notVerified")}</span>) },
                  { title: say("by"), key: "by", render: (_, row) => <span>{row.enteredBy.startsWith("system:") ? say("shipped") : row.enteredBy} <span className="quiet number">{moment(row.at)}</span></span> },
                  { title: "", key: "edit", render: (_, row) => (may ? <Button data-move="edit-year" aria-label={say("editYear", { year: row.year })} onClick={() => setYear(row.year)}>{say("edit")}</Button> : null) },
                ]}
              />
            </section>
            {may ? (
              <section className="panel">
                <h2>{say("enter")}</h2>
                <YearForm key={year} data={data} year={year} onYear={setYear} />
              </section>
            ) : null}
          </>
        )}
      </Loaded>
    </main>
  );
}
