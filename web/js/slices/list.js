// @ts-check
/**
 * The list of messages: which one, what of it is here, what is chosen in it. Pure.
 *
 * A list is `fresh` (what came since it was asked for, newest first), then `pages`. While one reads
 * further down, pauses, or has the pointer on a row (`held`), new mail waits in `waiting`, and
 * nothing moves.
 *
 * @import { Glance, MessageList, Problem, Row } from "../types.js"
 * @import { Glances } from "../glances.js"
 * @import { Pages } from "../pages.js"
 *
 * @typedef {{
 *   inbox: string | null, query: string, loaded: boolean, anchor: number | null,
 *   pages: Pages<Row>, fresh: Row[], waiting: Row[], missed: boolean,
 *   total: number, unread: number, problem: Problem | null,
 *   top: number, height: number, active: string | null, picked: ReadonlySet<string>,
 *   pickedAll: boolean, pivot: string | null, paused: boolean, held: boolean, hidden: ReadonlySet<string>,
 *   glances: Glances,
 * }} ListState
 *
 * @typedef {{ ids: string[], read: boolean | null, add_tags: string[], remove_tags: string[] }} Updated
 *
 * @typedef {{ type: "list.asked", inbox: string | null, query: string }
 *   | { type: "list.loaded", inbox: string | null, query: string, anchor: number | null, offset: number, list: MessageList }
 *   | { type: "list.newer", inbox: string | null, query: string, list: MessageList }
 *   | { type: "list.stale" }
 *   | { type: "list.failed", problem: Problem }
 *   | { type: "list.counted", list: MessageList }
 *   | { type: "list.scrolled", top: number, height: number }
 *   | { type: "list.showed" }
 *   | { type: "list.paused", on: boolean }
 *   | { type: "list.held", on: boolean }
 *   | { type: "list.glances", asked: string[], glances: Glance[] }
 *   | { type: "list.active", id: string | null }
 *   | { type: "list.picked", ids: string[], pivot?: string | null }
 *   | { type: "list.pickedAll" }
 *   | { type: "list.hidden", ids: string[] }
 *   | { type: "list.shown", ids: string[] }
 *   | { type: "mail.added", row: Row }
 *   | { type: "mail.updated", change: Updated }
 *   | { type: "mail.deleted", ids: string[] }
 *   | { type: "mail.cleared", inbox: string | null, query?: string }
 * } ListEvent
 */
import { UNSEEN, withGlances } from "../glances.js";
import { NONE, mapped, offsetOf, shifted, withRows, without } from "../pages.js";

/** New rows that wait at most; more of them are only counted, by asking anew. */
export const WAITING = 500;

/** Rows that came live and stand before the pages; when there are more, they become pages. */
const FRESH = 500;

/** @type {ListState} */
export const FIRST_LIST = {
  inbox: null,
  query: "",
  loaded: false,
  anchor: null,
  pages: NONE,
  fresh: [],
  waiting: [],
  missed: false,
  total: 0,
  unread: 0,
  problem: null,
  top: 0,
  height: 0,
  active: null,
  picked: new Set(),
  pickedAll: false,
  pivot: null,
  paused: false,
  held: false,
  hidden: new Set(),
  glances: UNSEEN,
};

/** Rows in all. @param {ListState} list */
export const lengthOf = (list) => list.fresh.length + list.pages.total;

/** The row at a place of the list; undefined where it is not here yet. @param {ListState} list @param {number} index */
export const rowAt = (list, index) => list.fresh[index] ?? list.pages.rows.get(index - list.fresh.length);

/** The place of a row, -1 where it is not here. @param {ListState} list @param {string | null} id */
export function indexOf(list, id) {
  const index = list.fresh.findIndex((row) => row.id === id);
  if (index >= 0) return index;
  const offset = offsetOf(list.pages, id);
  return offset < 0 ? -1 : offset + list.fresh.length;
}

/**
 * The id of the row `step` places after the active one; the first where there is none.
 * @param {ListState} list
 * @param {number} step
 */
export function neighbour(list, step) {
  const at = indexOf(list, list.active);
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), lengthOf(list) - 1);
  return rowAt(list, next)?.id ?? null;
}

/** The ids of the rows between two places that are here, `last` exclusive. @param {ListState} list @param {number} first @param {number} last */
export function idsBetween(list, first, last) {
  const rows = Array.from({ length: Math.max(last - first, 0) }, (_, at) => rowAt(list, first + at));
  return rows.flatMap((row) => (row ? [row.id] : []));
}

/** The ids from the pivot to a row, both included. @param {ListState} list @param {string} id */
export function span(list, id) {
  const at = indexOf(list, id);
  const from = indexOf(list, list.pivot ?? id);
  const [a, b] = [from < 0 ? at : from, at].sort((x, y) => x - y);
  return idsBetween(list, Math.max(a ?? 0, 0), (b ?? -1) + 1);
}

/**
 * @param {ListState} list
 * @param {ListEvent} event
 * @returns {ListState}
 */
export function reduceList(list, event) {
  switch (event.type) {
    case "list.asked":
      return asked(list, event.inbox, event.query);
    case "list.loaded":
      return isThis(list, event) && event.anchor === list.anchor ? loaded(list, event.offset, event.list) : list;
    case "list.newer":
      return isThis(list, event) ? event.list.messages.toReversed().reduce(arrived, { ...counted(list, event.list), missed: false }) : list;
    case "list.stale":
      return { ...list, loaded: false, anchor: null, problem: null };
    case "list.failed":
      return { ...list, problem: event.problem, loaded: true };
    case "list.counted":
      return counted(list, event.list);
    case "list.scrolled":
      return settled({ ...list, top: event.top, height: event.height });
    case "list.showed":
      return shown(list);
    case "list.paused":
      return settled({ ...list, paused: event.on });
    case "list.held":
      return event.on === list.held ? list : settled({ ...list, held: event.on });
    case "list.glances":
      return { ...list, glances: withGlances(list.glances, event.asked, event.glances) };
    case "list.active":
      return { ...list, active: event.id, pivot: event.id };
    case "list.picked":
      return { ...list, picked: new Set(event.ids), pickedAll: false, pivot: event.pivot ?? list.pivot };
    case "list.pickedAll":
      return { ...list, pickedAll: true, picked: new Set([...list.fresh, ...list.pages.rows.values()].map((row) => row.id)) };
    case "list.hidden":
      return gone({ ...list, hidden: new Set([...list.hidden, ...event.ids]) }, event.ids);
    case "list.shown":
      return { ...list, hidden: new Set([...list.hidden].filter((id) => !event.ids.includes(id))) };
    case "mail.added":
      return added(list, event.row);
    case "mail.updated":
      return updated(list, event.change);
    case "mail.deleted":
      return deleted(list, event.ids);
    case "mail.cleared":
      return event.inbox === null || event.inbox === list.inbox ? cleared(list, event.query) : list;
  }
}

/** @param {ListState} list @param {{ inbox: string | null, query: string }} asked */
const isThis = (list, { inbox, query }) => list.inbox === inbox && list.query === query;

/** Another list: nothing of the one before stays but how it is looked at. @param {ListState} list @param {string | null} inbox @param {string} query */
function asked(list, inbox, query) {
  const { height, paused, held, hidden, glances } = list;
  return { ...FIRST_LIST, inbox, query, height, paused, held, hidden, glances };
}

/** @param {ListState} list @param {number} offset @param {MessageList} page @returns {ListState} */
function loaded(list, offset, page) {
  const rows = page.messages;
  if (list.anchor === null) return begun(list, rows, page);
  // What came since then is not of these pages: their offsets count from the anchor.
  const total = Math.max(list.pages.total, offset + rows.length);
  return { ...list, pages: withRows(list.pages, offset, rows, total), loaded: true, problem: null };
}

/** The first page of a list: what came while it was on its way stands before it. @param {ListState} list @param {Row[]} rows @param {MessageList} page @returns {ListState} */
function begun(list, rows, page) {
  const anchor = rows[0]?.seq ?? page.cursor;
  const pages = withRows(NONE, 0, rows, page.matches ?? page.total);
  const waiting = list.waiting.filter(({ seq }) => seq > anchor);
  return settled({ ...counted(list, page), pages, anchor, fresh: [], waiting, missed: list.missed && Boolean(list.query), loaded: true, problem: null });
}

/** @param {ListState} list @param {MessageList} page @returns {ListState} */
const counted = (list, page) => ({ ...list, total: page.total, unread: page.unread });

/** The newest seq that the list knows. @param {ListState} list */
export const newestOf = (list) => list.waiting[0]?.seq ?? list.fresh[0]?.seq ?? list.anchor ?? 0;

/** Mail came: into this list, unless a search decides that; then it is asked for. @param {ListState} list @param {Row} row @returns {ListState} */
function added(list, row) {
  if (row.seq <= newestOf(list)) return list;
  if (!list.loaded) return list.query ? { ...list, missed: true } : { ...list, waiting: [row, ...list.waiting].slice(0, WAITING) };
  const counts = { total: list.total + 1, unread: list.unread + (row.read ? 0 : 1) };
  return list.query ? { ...list, missed: true } : { ...arrived(list, row), ...counts };
}

/** @param {ListState} list @param {Row} row @returns {ListState} */
function arrived(list, row) {
  if (row.seq <= newestOf(list)) return { ...list, missed: false };
  const waiting = [row, ...list.waiting];
  if (waiting.length > WAITING) return settled({ ...list, waiting: waiting.slice(0, WAITING), missed: true });
  return settled({ ...list, waiting, missed: false });
}

/** Let new rows in where nobody reads further down. @param {ListState} list @returns {ListState} */
const settled = (list) => (list.waiting.length && list.top <= 0 && !list.paused && !list.held ? shown(list) : list);

/** Whether more rows wait than are here: then what stands between them and the list is not known. @param {ListState} list */
export const isOverrun = ({ waiting, missed }) => missed && waiting.length >= WAITING;

/** @param {ListState} list @returns {ListState} */
function shown(list) {
  if (isOverrun(list)) return { ...list, waiting: [], missed: false, loaded: false, anchor: null, top: 0 };
  return folded({ ...list, fresh: [...list.waiting, ...list.fresh], waiting: [], top: 0 });
}

/** What came live becomes pages where it is much: only so many rows are kept. @param {ListState} list @returns {ListState} */
function folded(list) {
  const { fresh, pages } = list;
  if (fresh.length <= FRESH) return list;
  const moved = withRows(shifted(pages, fresh.length), 0, fresh, pages.total + fresh.length);
  return { ...list, fresh: [], pages: moved, anchor: fresh[0]?.seq ?? list.anchor };
}

/** @param {ListState} list @param {Updated} change @returns {ListState} */
function updated(list, change) {
  const ids = new Set(change.ids);
  const apply = (/** @type {Row} */ row) => (ids.has(row.id) ? changed(row, change) : row);
  return { ...list, pages: mapped(list.pages, apply), fresh: list.fresh.map(apply), waiting: list.waiting.map(apply) };
}

/**
 * @template {{ read: boolean, tags: string[] }} R
 * @param {R} row
 * @param {Updated} change
 * @returns {R}
 */
export function changed(row, change) {
  const kept = row.tags.filter((tag) => !change.remove_tags.includes(tag));
  return { ...row, read: change.read ?? row.read, tags: [...new Set([...kept, ...change.add_tags])] };
}

/** @param {ListState} list @param {string[]} ids @returns {ListState} */
function deleted(list, ids) {
  const known = ids.filter((id) => !list.hidden.has(id));
  const hidden = new Set([...list.hidden].filter((id) => !ids.includes(id)));
  return gone({ ...list, hidden, total: Math.max(list.total - ids.length, 0) }, known);
}

/** These rows leave the list, and those below move up. @param {ListState} list @param {string[]} ids @returns {ListState} */
function gone(list, ids) {
  if (!ids.length) return list;
  const set = new Set(ids);
  const stays = (/** @type {Row} */ row) => !set.has(row.id);
  const fresh = list.fresh.filter(stays);
  const waiting = list.waiting.filter(stays);
  const rest = new Set(ids.filter((id) => !list.fresh.some((row) => row.id === id) && !list.waiting.some((row) => row.id === id)));
  const { pages, lost } = without(list.pages, rest);
  const active = list.active !== null && set.has(list.active) ? successor(list, set) : list.active;
  const picked = new Set([...list.picked].filter((id) => !set.has(id)));
  // Where rows went whose place is not known, only asking anew tells what stands where.
  const unsure = lost > 0 && !list.query ? { loaded: false, anchor: null } : {};
  return { ...list, fresh, waiting, pages, active, picked, pickedAll: false, ...unsure };
}

/** The nearest row to the active one that stays. @param {ListState} list @param {Set<string>} ids */
function successor(list, ids) {
  const at = indexOf(list, list.active);
  for (let index = at + 1; index < lengthOf(list); index += 1) {
    const row = rowAt(list, index);
    if (!row) break;
    if (!ids.has(row.id)) return row.id;
  }
  for (let index = at - 1; index >= 0; index -= 1) {
    const row = rowAt(list, index);
    if (!row) break;
    if (!ids.has(row.id)) return row.id;
  }
  return null;
}

/** All of the list went: of the inbox as well, unless only what a search finds. @param {ListState} list @param {string} [found] @returns {ListState} */
function cleared(list, found) {
  const { inbox, query, height, paused, held, glances, total, unread, hidden } = list;
  return { ...FIRST_LIST, ...(found ? { total, unread, hidden } : {}), inbox, query, height, paused, held, glances, loaded: true, anchor: newestOf(list) };
}
