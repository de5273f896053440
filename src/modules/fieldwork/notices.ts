// Notices of the office to its terminals: written for an area or some terminals of it, on their way with the next bundle of each, and seen as
// received once a terminal has shown to hold that bundle.
import { sql } from "kysely";
import type { NoticeEntry } from "../../bundle/contents.ts";
import { areaRange, within } from "../../core/area-code.ts";
import { newId } from "../../core/ids.ts";
import { Problem } from "../../core/problem.ts";
import type { BodyOf, ReplyOf } from "../../core/route.ts";
import { audit } from "../../platform/audit.ts";
import type { Tx } from "../../platform/database.ts";
import type { Platform } from "../../platform/platform.ts";
import { accountNames } from "../access/service.ts";
import { areaNames } from "../areas/service.ts";
import type { addNotice as addRoute, listNotices as listRoute } from "./contract.ts";
import { type DownRow, unseenBy } from "./down-rows.ts";
import { unseen } from "./unread.ts";

/** @throws Problem not-allowed (an area or a terminal that is not the caller's), bad-request (the day is past) */
export async function addNotice(tx: Tx, platform: Platform, { title, body, area, devices, until }: BodyOf<typeof addRoute>): Promise<{ id: string }> {
  const { lo, hi } = areaRange(area);
  if (lo < tx.actor.lo || hi > tx.actor.hi || hi - lo >= 1e6) throw new Problem("not-allowed", { zh: "只能通知本机构辖区内、一个县以内的终端", en: "A notice goes to terminals of your own area, within one county" });
  if (until < platform.clock.today()) throw new Problem("bad-request", { zh: "截止日期已过", en: "The last day is past" });
  if (devices) {
    const known = await tx.selectFrom("device").select(["id", "area"]).where("id", "in", devices).execute();
    if (known.length !== new Set(devices).size || known.some((device) => !within(device.area, { lo, hi }))) throw new Problem("not-allowed", { zh: "所选终端不在该区划内", en: "A chosen terminal is not of that area" });
  }
  const [id, county] = [newId(), Math.floor(lo / 1e6)];
  await tx.insertInto("notice").values({ county, id, area: lo, hi, devices: devices ? sql<string>`${devices}::uuid[]` : null, title, body, until, writtenBy: tx.actor.account, at: platform.clock.now() }).execute();
  await audit(tx, { action: "terminal.notice", county, area: lo, people: 0, detail: { notice: id, devices: devices?.length ?? "all" } });
  return { id };
}

/** Notices in force that the terminal has not had with the bundle `since`, in the order they were written. Read as the duty: a notice for a county stands above a village. */
export async function noticesFor(tx: Tx, device: { readonly county: number; readonly id: string; readonly area: number }, since: DownRow | undefined, today: string): Promise<NoticeEntry[]> {
  const { rows } = await sql<{ id: string; title: string; body: string; until: string; at: Date }>`
    select n.id, n.title, n.body, n.until, n.at from notice n
    where n.county = ${device.county} and n.area <= ${device.area} and n.hi >= ${device.area} and n.until >= ${today}::date
      and (n.devices is null or ${device.id}::uuid = any (n.devices)) and ${unseenBy(sql`n.changed_in`, since)} order by n.at, n.id`.execute(tx);
  return rows.map(({ at, ...notice }) => ({ type: "notice", ...notice, at: at.toISOString() }));
}

type Row = { readonly id: string; readonly title: string; readonly body: string; readonly area: number; readonly until: string; readonly writtenBy: string; readonly at: Date; readonly devices: readonly { readonly id: string; readonly label: string; readonly has: boolean }[] };

/** The newest hundred of the caller's area, each with the terminals that have it and those that do not yet. */
export async function listNotices(tx: Tx, _platform: Platform): Promise<ReplyOf<typeof listRoute>> {
  const { rows } = await sql<Row>`
    select n.id, n.title, n.body, n.area, n.until, n.written_by, n.at,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'label', d.label, 'has', not ${unseen(sql`n.changed_in`)}) order by d.label, d.id)
        from device d left join down_bundle b on b.county = d.county and b.device_id = d.id and b.seq = d.confirmed_seq and not b.withheld
        where d.county = n.county and d.state = 'active' and d.area between n.area and n.hi and (n.devices is null or d.id = any (n.devices))), '[]'::jsonb) as devices
    from notice n where n.area between ${tx.actor.lo} and ${tx.actor.hi} order by n.at desc, n.id limit 100`.execute(tx);
  const [areas, names] = [await areaNames(tx, rows.map((row) => row.area)), await accountNames(tx, rows.map((row) => row.writtenBy))];
  const named = (row: Row, has: boolean) => row.devices.filter((device) => device.has === has).map(({ id, label }) => ({ id, label }));
  return {
    notices: rows.map((row) => ({
      id: row.id,
      title: row.title,
      body: row.body,
      area: { ...(areas.get(row.area) ?? { code: row.area, name: String(row.area), fullName: String(row.area) }) },
      until: row.until,
      writtenBy: names.get(row.writtenBy) ?? row.writtenBy,
      at: row.at.toISOString(),
      received: named(row, true),
      awaited: named(row, false),
    })),
  };
}
