// Charity: what is offered beside what households wait for; an offer is given to those who need it most, in an order that is said.
import { Link } from "@tanstack/react-router";
import { App, Button, Form, Input, InputNumber, Modal } from "antd";
import { type ReactNode, useState } from "react";
import type { BodyOf, ReplyOf } from "../../../core/route.ts";
import { addOffer, listOffers, matchOffer } from "../../../modules/aid/contract.ts";
import { AreaPicker } from "../../shared/area-picker.tsx";
import { useCodeLabel } from "../../shared/code-labels.ts";
import { useCall, useRoute } from "../../shared/data.ts";
import { DateField } from "../../shared/date-field.tsx";
import { FormEnd } from "../../shared/form-end.tsx";
import { PageHead } from "../../shared/page-head.tsx";
import { RowTable } from "../../shared/row-table.tsx";
import { useCampaign, useMay, useMe } from "../../shared/session.ts";
import { Loaded, ProblemView } from "../../shared/state-views.tsx";
import { usePhrases } from "../../shared/words.ts";
import { offerWords } from "./offer-words.ts";
import { useCount } from "./use-count.ts";

type View = ReplyOf<typeof listOffers>;
type Offer = View["offers"][number];
type Need = View["needs"][number];
const REFRESHES = ["/api/aid/offers"];

/** Antd hands the field its value and takes its changes; the picker names them its own way. */
function AreaField({ id, value, onChange, root }: { readonly id?: string; readonly value?: number; readonly onChange?: (code: number | undefined) => void; readonly root: number }): ReactNode {
  return <AreaPicker {...(id !== undefined && { id })} value={value} within={root} fromLevel={3} onChange={(code) => onChange?.(code)} style={{ width: "100%" }} />;
}

function OfferDialog({ scheme, onDone }: { readonly scheme: string; readonly onDone: () => void }): ReactNode {
  const say = usePhrases(offerWords);
  const { message } = App.useApp();
  const add = useCall(addOffer, REFRESHES);
  const area = useMe().data?.area.code;
  const must = [{ required: true, message: say("required") }];
  type Fields = Omit<BodyOf<typeof addOffer>, "scheme">;
  const send = (fields: Fields): void =>
    add.mutate({ body: { scheme, ...fields } }, { onSuccess: () => { void message.success(say("saved")); onDone(); } });
  return (
    <Modal open title={say("addOffer")} footer={null} onCancel={onDone} mask={{ closable: false }}>
      <Form<Fields> layout="vertical" initialValues={{ quantity: 1, ...(area !== undefined && { area }) }} onFinish={send}>
        <ProblemView error={add.error} />
        <Form.Item name="giver" label={say("giver")} rules={must}><Input autoFocus maxLength={80} /></Form.Item>
        <Form.Item name="item" label={say("item")} rules={must}><Input maxLength={40} /></Form.Item>
        <Form.Item name="quantity" label={say("quantity")} rules={must}><InputNumber min={1} max={1_000_000} precision={0} style={{ width: "100%" }} /></Form.Item>
        <Form.Item name="area" label={say("area")} rules={must}><AreaField root={area ?? 0} /></Form.Item>
        <Form.Item name="until" label={say("until")} rules={must}><DateField name="offer-until" /></Form.Item>
        <FormEnd move="save-offer" label={say("save")} busy={add.isPending} onClose={onDone} />
      </Form>
    </Modal>
  );
}

/** A list that is cut says so. */
function Cut({ shown, total }: { readonly shown: number; readonly total: number }): ReactNode {
  const say = usePhrases(offerWords);
  const count = useCount();
  return total > shown ? <p className="quiet" data-cut={total}>{say("onlyFirst", { n: count(shown), total: count(total) })}</p> : null;
}

function Offers({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(offerWords);
  const count = useCount();
  const { message } = App.useApp();
  const enters = useMay("aid.enter");
  const match = useCall(matchOffer, REFRESHES);
  const give = (offer: Offer): void =>
    match.mutate({ params: { county: offer.county, id: offer.id }, body: {} }, { onSuccess: (done) => void message.success(say("matched", done)) });
  const waits = ({ waiting }: Offer): string => (waiting.households === 0 ? say("nobody") : say("waitingLine", { households: count(waiting.households), n: count(waiting.quantity) }));
  return (
    <section className="panel" aria-label={say("offers")}>
      <h2>{say("offers")}</h2>
      <ProblemView error={match.error} />
      <RowTable<Offer>
        rows={view.offers}
        empty={say("noOffers")}
        wraps
        columns={[
          { title: say("giver"), key: "giver", dataIndex: "giver" },
          { title: say("item"), key: "item", dataIndex: "item" },
          { title: say("area"), key: "area", render: (_, row) => row.area.name },
          { title: say("remaining"), key: "remaining", render: (_, row) => <span data-remaining={row.remaining}>{say("ofAll", { n: count(row.remaining), all: count(row.quantity) })}</span> },
          { title: say("waiting"), key: "waiting", render: (_, row) => waits(row) },
          { title: say("until"), key: "until", render: (_, row) => <span className="number">{row.until}</span> },
          {
            title: "", key: "act",
            render: (_, row) => (enters && row.remaining > 0 && row.waiting.households > 0 ? <Button size="small" data-match={row.id} loading={match.isPending} onClick={() => give(row)}>{say("match")}</Button> : null),
          },
        ]}
      />
      <Cut shown={view.offers.length} total={view.totals.offers} />
    </section>
  );
}

function Needs({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(offerWords);
  const count = useCount();
  const [degree, urgency] = [useCodeLabel("poverty-degree"), useCodeLabel("urgency")];
  return (
    <section className="panel" aria-label={say("needs")}>
      <h2>{say("needs")}</h2>
      <RowTable<Need>
        rows={view.needs}
        empty={say("noNeeds")}
        wraps
        columns={[
          { title: say("household"), key: "name", render: (_, row) => <Link to="/households/$county/$id" params={{ county: String(row.county), id: row.household }}>{row.name || "—"}</Link> },
          { title: say("area"), key: "area", render: (_, row) => row.area.name },
          { title: say("item"), key: "item", dataIndex: "item" },
          { title: say("met"), key: "met", render: (_, row) => say("ofAll", { n: count(row.met), all: count(row.quantity) }) },
          { title: say("degree"), key: "degree", render: (_, row) => degree(row.degree) },
          { title: say("urgency"), key: "urgency", render: (_, row) => urgency(row.urgency) },
        ]}
      />
      <Cut shown={view.needs.length} total={view.totals.needs} />
    </section>
  );
}

function Gifts({ view }: { readonly view: View }): ReactNode {
  const say = usePhrases(offerWords);
  const count = useCount();
  return (
    <section className="panel" aria-label={say("gifts")}>
      <h2>{say("gifts")}</h2>
      <RowTable<View["gifts"][number]>
        rows={view.gifts}
        empty={say("noGifts")}
        wraps
        columns={[
          { title: say("on"), key: "on", render: (_, row) => <span className="number">{row.on}</span> },
          { title: say("household"), key: "name", render: (_, row) => <Link to="/households/$county/$id" params={{ county: String(row.county), id: row.household }} data-gift={row.id}>{row.name || "—"}</Link> },
          { title: say("area"), key: "area", render: (_, row) => row.area.name },
          { title: say("item"), key: "item", dataIndex: "item" },
          { title: say("given"), key: "given", render: (_, row) => <span className="number">{count(row.quantity)}</span> },
          { title: say("giver"), key: "giver", dataIndex: "giver" },
        ]}
      />
      <Cut shown={view.gifts.length} total={view.totals.gifts} />
    </section>
  );
}

export function OffersPage(): ReactNode {
  const say = usePhrases(offerWords);
  const { campaign } = useCampaign();
  const scheme = campaign?.scheme ?? "low-income";
  const enters = useMay("aid.enter");
  const [asking, setAsking] = useState(false);
  const query = useRoute(listOffers, { query: { scheme } });
  return (
    <main className="page">
      <PageHead title={say("title")}>
        <span className="spread" />
        {enters ? <Button type="primary" data-action="add-offer" onClick={() => setAsking(true)}>{say("addOffer")}</Button> : null}
      </PageHead>
      <p className="quiet">{say("help")}</p>
      <Loaded query={query}>{(view) => <><Offers view={view} /><Needs view={view} /><Gifts view={view} /></>}</Loaded>
      {asking ? <OfferDialog scheme={scheme} onDone={() => setAsking(false)} /> : null}
    </main>
  );
}
