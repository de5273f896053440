// Forms, sections and items, one form at a time; a filter looks through all forms. Long results are drawn in portions.
import { Button } from "antd";
import { useMemo, useState } from "react";
import type { ReactNode } from "react";
import { type Place, placesOf } from "../../../scheme/layout.ts";
import type { Scheme } from "../../../scheme/model.ts";
import { Nothing } from "../../shared/state-views.tsx";
import { punct, useLang, usePhrases, useText } from "../../shared/words.ts";
import { ItemCard } from "./item-card.tsx";
import { NarrowingBar } from "./narrowing.tsx";
import { itemsOf, type Narrowing, shownInWords } from "./reading.ts";
import type { ReadingSearch } from "./routes.ts";
import { schemeWords } from "./words.ts";

const PORTION = 60;
/** In the address: all forms together, no single one. */
const ALL = "all";

function SectionHead({ scheme, place }: { readonly scheme: Scheme; readonly place: Place }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  const lang = useLang();
  const { form, section } = place;
  const shown = shownInWords(scheme, section, lang);
  const category = scheme.categories.find((one) => one.key === form.category);
  return (
    <header className="section-head">
      <h3>
        {read(form.label)} · {read(section.label)}
      </h3>
      <span className="quiet">
        {[category ? say("category", { category: read(category.label) }) : "", section.repeats ? say("repeats", { n: section.repeats.max }) : "", shown === undefined ? "" : say("shownWhen", { when: shown })].filter((part) => part !== "").join(punct.gap)}
      </span>
    </header>
  );
}

/** @param beside what stands in each item's card besides the reading, such as fields for edits */
export function PlaceList({ scheme, places, beside }: { readonly scheme: Scheme; readonly places: readonly Place[]; readonly beside?: (place: Place) => ReactNode }): ReactNode {
  const say = usePhrases(schemeWords);
  const [most, setMost] = useState(PORTION);
  const shown = places.slice(0, most);
  if (places.length === 0) return <Nothing text={say("nothingFits")} />;
  return (
    <>
      {shown.map((place, i) => (
        <div key={place.path} className="item-slot">
          {place.section === shown[i - 1]?.section ? null : <SectionHead scheme={scheme} place={place} />}
          <ItemCard scheme={scheme} place={place}>
            {beside?.(place)}
          </ItemCard>
        </div>
      ))}
      {places.length > most ? (
        <Button data-action="more-items" onClick={() => setMost(most + PORTION)}>
          {say("more", { n: Math.min(PORTION, places.length - most) })}
        </Button>
      ) : null}
    </>
  );
}

/** The form in view: the chosen one, or the general form when nothing narrows the items. */
export const narrowingOf = (scheme: Scheme, search: Pick<ReadingSearch, "form" | "mark" | "sensitivity" | "q">): Narrowing => {
  const filtered = search.mark !== undefined || search.sensitivity !== undefined || search.q !== undefined;
  const form = search.form === ALL ? undefined : (search.form ?? (filtered ? undefined : scheme.generalForm));
  return { form, mark: search.mark, sensitivity: search.sensitivity, q: search.q };
};

export function FormChoice({ scheme, current, onChoose }: { readonly scheme: Scheme; readonly current: string | undefined; readonly onChoose: (form: string) => void }): ReactNode {
  const say = usePhrases(schemeWords);
  const read = useText();
  return (
    <nav aria-label={say("form")} className="form-choice">
      <ul>
        <li>
          <button type="button" data-form={ALL} aria-current={current === undefined ? "true" : undefined} onClick={() => onChoose(ALL)}>
            {say("anyForm")} <span className="quiet number">{placesOf(scheme).length}</span>
          </button>
        </li>
        {scheme.forms.map((form) => (
          <li key={form.key}>
            <button type="button" data-form={form.key} aria-current={form.key === current ? "true" : undefined} onClick={() => onChoose(form.key)}>
              {read(form.label)} <span className="quiet number">{form.sections.reduce((sum, section) => sum + section.items.length, 0)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function FormsView({ scheme, search, onSearch }: { readonly scheme: Scheme; readonly search: ReadingSearch; readonly onSearch: (next: ReadingSearch) => void }): ReactNode {
  const by = narrowingOf(scheme, search);
  const { form, mark, sensitivity, q } = by;
  const places = useMemo(() => itemsOf(scheme, { form, mark, sensitivity, q }), [scheme, form, mark, sensitivity, q]);
  return (
    <>
      <NarrowingBar forms={false} scheme={scheme} by={search} fits={places.length} onChange={(next) => onSearch({ ...next })} />
      <div className="reading-grid">
        <FormChoice scheme={scheme} current={by.form} onChoose={(key) => onSearch({ ...search, form: key })} />
        <div>
          <PlaceList scheme={scheme} places={places} />
        </div>
      </div>
    </>
  );
}
