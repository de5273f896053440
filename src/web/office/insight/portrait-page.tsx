// The portrait of a group along every axis, and tags: rules with an end that stand on groups.
import { Button, Input } from "antd";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import { endTag, getPortrait, listTags, writeTag } from "../../../modules/insight/contract.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCall, useRoute } from "../../shared/data.ts";
import { count, moment, percent } from "../../shared/figures.ts";
import { PageHead } from "../../shared/page-head.tsx";
import { useMay, useMe } from "../../shared/session.ts";
import { Loaded, Nothing, ProblemView } from "../../shared/state-views.tsx";
import { useLang, useMarks, usePhrases, useText } from "../../shared/words.ts";
import { Narrow } from "./choose.tsx";
import { readOnly_, writeOnly } from "./routes.ts";
import { type Known, WithSnapshot } from "./snapshot-bar.tsx";
import { Print, TakeAlong } from "./standing.tsx";
import { insightWords } from "./words.ts";

function Tags({ scheme, filter }: { readonly scheme: string; readonly filter: Readonly<Record<string, readonly number[]>> }): ReactNode {
  const say = usePhrases(insightWords);
  const mark = useMarks();
  const read = useText();
  const lang = useLang();
  const navigate = useNavigate();
  const may = useMay("insight.set");
  const tags = useRoute(listTags, { query: { scheme } });
  const write = useCall(writeTag, ["/api/tags"]);
  const end = useCall(endTag, ["/api/tags"]);
  const [label, setLabel] = useState("");
  const [expiresOn, setExpires] = useState("");
  return (
    <section className="panel">
      <h2>{say("tags")}</h2>
      <ProblemView error={write.error ?? end.error} />
      <Loaded query={tags}>
        {({ rows }) => (rows.length === 0 ? <p className="quiet">{say("noTags")}</p> : (
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>
            {rows.map((tag) => (
              <li key={tag.id} data-tag={tag.label}>
                <b>{tag.label}</b>{mark.inside(read(tag.rule))}{mark.colon}{tag.expired ? say("expired") : `${tag.people === null ? "＊" : count(tag.people, lang)} ${say("people")}`}{mark.gap}<span className="quiet">{say("expires")} {tag.expiresOn}</span>{" "}
                <Button size="small" onClick={() => void navigate({ to: "/insight/portraits", search: { only: writeOnly(tag.filter) } })}>{say("show")}</Button>{" "}
                {may ? <Button size="small" onClick={() => end.mutate({ params: { id: tag.id } })}>{say("endTag")}</Button> : null}
              </li>
            ))}
          </ul>
        ))}
      </Loaded>
      {may && Object.keys(filter).length > 0 ? (
        <form
          className="no-print"
          style={{ display: "flex", flexWrap: "wrap", gap: 12, alignItems: "end", marginTop: 12 }}
          onSubmit={(event) => {
            event.preventDefault();
            write.mutate({ body: { scheme, label, expiresOn, filter: Object.fromEntries(Object.entries(filter).map(([key, list]) => [key, [...list]])) } });
          }}
        >
          <label style={{ display: "grid", gap: 4 }}><span>{say("tagName")}</span><Input name="tag" value={label} maxLength={60} onChange={({ target }) => setLabel(target.value)} /></label>
          <label style={{ display: "grid", gap: 4 }}><span>{say("expires")}</span><Input name="expires" type="date" value={expiresOn} onChange={({ target }) => setExpires(target.value)} /></label>
          <Button htmlType="submit" data-move="save-tag" disabled={label.trim().length < 2 || expiresOn === ""}>{say("saveTag")}</Button>
        </form>
      ) : null}
    </section>
  );
}

function Portrait({ known, own }: { readonly known: Known; readonly own: number }): ReactNode {
  const say = usePhrases(insightWords);
  const mark = useMarks();
  const read = useText();
  const lang = useLang();
  const navigate = useNavigate();
  const search = useSearch({ from: "/shell/insight/portraits" });
  const filter = readOnly_(search.only);
  const query = useRoute(getPortrait, { body: { scheme: known.scheme, campaign: known.campaign, area: search.area ?? own, ...(Object.keys(filter).length > 0 && { filter: Object.fromEntries(Object.entries(filter).map(([key, list]) => [key, [...list]])) }) } }, { keep: true });
  return (
    <>
      <section className="panel no-print">
        <div style={{ display: "grid", gap: 4, maxWidth: 320, marginBottom: 12 }}>
          <label htmlFor="portrait-area">{say("area")}</label>
          <AreaPicker id="portrait-area" name="portrait-area" value={search.area ?? own} within={own} label={say("area")} onChange={(next) => void navigate({ to: "/insight/portraits", search: { ...search, ...(next !== undefined && { area: next }) }, replace: true })} />
        </div>
        <Narrow known={known} filter={filter} onChange={(next) => void navigate({ to: "/insight/portraits", search: { ...search, only: writeOnly(next) }, replace: true })} />
      </section>
      <Loaded query={query}>
        {(found) => {
          const hidden = found.axes.flatMap(({ values }) => values).filter(({ count: n }) => n === null).length;
          if (found.people === 0) return <section className="panel" data-portrait={0}><p>{read(found.filter)}</p><Nothing text={say("noRows")} /></section>;
          return (
          <>
            <p data-portrait={found.people ?? "hidden"}>
              <b style={{ fontSize: 18 }}>{found.people === null ? say("small") : say("ofAll", { n: count(found.people, lang), all: count(found.of, lang), of: percent(found.people, found.of) })}</b>{read(found.filter) === "" ? "" : `${mark.gap}${read(found.filter)}`}
            </p>
            {found.people === null ? null : <p className="quiet">{say("dataOf", { at: moment(found.asOf) })}{mark.gap}{say("barsMean", { n: count(found.people, lang) })}{" "}<Print /></p>}
            <div style={{ columns: "380px auto", columnGap: 16 }}>
              {found.axes.map((axis) => {
                const told = axis.values.filter(({ count: n }) => n !== 0);
                return (
                  <section key={axis.key} className="panel" style={{ breakInside: "avoid" }}>
                    <h3 style={{ marginTop: 0 }}>{read(axis.label)}</h3>
                    <ul className="bars">
                      {told.map(({ label, count: n }) => (
                        <li key={label.zh} style={{ gridTemplateColumns: "11em minmax(60px, 1fr) 8em" }}>
                          <span>{read(label)}</span>
                          <span className="bar-ground" aria-hidden><span style={{ width: `${(100 * (n ?? 0)) / Math.max(1, found.people ?? 0)}%` }} /></span>
                          <span className="number">{n === null ? "＊" : `${count(n, lang)} · ${percent(n, found.people ?? 0)}`}</span>
                        </li>
                      ))}
                    </ul>
                    <TakeAlong what={read(axis.label)} question={{ scheme: known.scheme, campaign: known.campaign, axes: [axis.key], of: "people", area: search.area ?? own, ...(Object.keys(filter).length > 0 && { filter }) }} />
                  </section>
                );
              })}
            </div>
            {hidden > 0 ? <p className="quiet">{say("hidden", { n: hidden })}</p> : null}
          </>
          );
        }}
      </Loaded>
      <div style={{ height: 16 }} />
      <Tags scheme={known.scheme} filter={filter} />
    </>
  );
}

export function PortraitPage(): ReactNode {
  const say = usePhrases(insightWords);
  const me = useMe();
  return (
    <main className="page">
      <PageHead title={say("portraitTitle")} />
      {me.data ? <WithSnapshot>{(known) => <Portrait known={known} own={me.data.area.code} />}</WithSnapshot> : null}
    </main>
  );
}
