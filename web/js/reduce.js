// @ts-check
/**
 * What happens, and what it makes of the state. Pure.
 *
 * @import { Faults, Info, List, Message, Route, Row, Session, State, Tab } from "./state.js"
 *
 * @typedef {{ ids: string[], read: boolean | null, add_tags: string[], remove_tags: string[] }} Updated
 * @typedef {{ type: "info", info: Info }
 *   | { type: "live", on: boolean }
 *   | { type: "list", list: List }
 *   | { type: "older", list: List }
 *   | { type: "loading", on: boolean }
 *   | { type: "counts", total: number, unread: number }
 *   | { type: "added", row: Row }
 *   | ({ type: "updated" } & Updated)
 *   | { type: "deleted", ids: string[] }
 *   | { type: "cleared" }
 *   | { type: "route", route: Route }
 *   | { type: "message", message: Message }
 *   | { type: "gone" }
 *   | { type: "choose", id: string | null }
 *   | { type: "tab", tab: Tab }
 *   | { type: "remote" }
 *   | { type: "raw", id: string, text: string }
 *   | { type: "session", session: Session }
 *   | { type: "faults", faults: Faults }
 *   | { type: "error", text: string | null }
 * } Event
 */
import { MAX_ROWS } from "./state.js";

/**
 * The state after `event`.
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
export function reduce(state, event) {
  switch (event.type) {
    case "info":
      return { ...state, info: event.info };
    case "live":
      return { ...state, live: event.on };
    case "list":
      return { ...withList(state, event.list), rows: event.list.messages, loaded: true };
    case "older":
      return { ...withList(state, event.list), rows: joined(state.rows, event.list.messages) };
    case "loading":
      return { ...state, loading: event.on };
    case "counts":
      return { ...state, total: event.total, unread: event.unread };
    case "added":
      return added(state, event.row);
    case "updated":
      return updated(state, event);
    case "deleted":
      return deleted(state, new Set(event.ids));
    case "cleared":
      return { ...deleted(state, new Set(state.rows.map((row) => row.id))), total: 0, unread: 0, older: null };
    case "route":
      return routed(state, event.route);
    case "message":
      return opened(state, event.message);
    case "gone":
      return { ...state, message: null, gone: true };
    case "choose":
      return { ...state, chosen: event.id };
    case "tab":
      return { ...state, tab: event.tab };
    case "remote":
      return { ...state, remote: true };
    case "raw":
      return state.message?.id === event.id ? { ...state, raw: event.text } : state;
    case "session":
      return state.message?.session === event.session.id ? { ...state, session: event.session } : state;
    case "faults":
      return { ...state, faults: event.faults };
    case "error":
      return { ...state, error: event.text };
  }
}

/**
 * The tabs that `message` has, first the one to show.
 * @param {Message} message
 * @returns {Tab[]}
 */
export function tabsOf(message) {
  /** @type {Tab[]} */
  const tabs = ["html", "text", "headers", "raw", "session"];
  return tabs.filter((tab) => (tab !== "html" && tab !== "text") || message[tab] !== null);
}

/**
 * The id of the row `step` places after the chosen one; the first where none is chosen.
 * @param {State} state
 * @param {number} step
 * @returns {string | null}
 */
export function neighbour(state, step) {
  const at = state.rows.findIndex((row) => row.id === state.chosen);
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), state.rows.length - 1);
  return state.rows[next]?.id ?? null;
}

/** @param {State} state @param {List} list @returns {State} */
function withList(state, list) {
  return { ...state, total: list.total, unread: list.unread, older: list.older, loading: false };
}

/** @param {Row[]} rows @param {Row[]} more @returns {Row[]} */
function joined(rows, more) {
  const last = rows.at(-1)?.seq ?? Infinity;
  return [...rows, ...more.filter((row) => row.seq < last)];
}

/** @param {State} state @param {Row} row @returns {State} */
function added(state, row) {
  // A stream that resumes may tell again what the list has already.
  if (row.seq <= (state.rows[0]?.seq ?? 0)) return state;
  const rows = [row, ...state.rows];
  const counted = { total: state.total + 1, unread: state.unread + (row.read ? 0 : 1) };
  if (rows.length <= MAX_ROWS) return { ...state, ...counted, rows };
  const kept = rows.slice(0, MAX_ROWS / 2);
  return { ...state, ...counted, rows: kept, older: `/api/messages?before=${kept.at(-1)?.seq}` };
}

/** @param {State} state @param {Updated} change @returns {State} */
function updated(state, change) {
  const ids = new Set(change.ids);
  const rows = state.rows.map((row) => (ids.has(row.id) ? changed(row, change) : row));
  const { message } = state;
  return { ...state, rows, message: message && ids.has(message.id) ? changed(message, change) : message };
}

/**
 * @template {Row} R
 * @param {R} row
 * @param {Updated} change
 * @returns {R}
 */
function changed(row, change) {
  const kept = row.tags.filter((tag) => !change.remove_tags.includes(tag));
  return { ...row, read: change.read ?? row.read, tags: [...new Set([...kept, ...change.add_tags])] };
}

/** @param {State} state @param {Set<string>} ids @returns {State} */
function deleted(state, ids) {
  const rows = state.rows.filter((row) => !ids.has(row.id));
  const open = state.message && ids.has(state.message.id);
  const chosen = state.chosen && ids.has(state.chosen) ? successor(state, ids) : state.chosen;
  return { ...state, rows, chosen, ...(open ? { message: null, gone: true } : {}) };
}

/** The nearest row to the chosen one that stays. @param {State} state @param {Set<string>} ids */
function successor(state, ids) {
  const at = state.rows.findIndex((row) => row.id === state.chosen);
  const stays = (/** @type {Row} */ row) => !ids.has(row.id);
  return (state.rows.slice(at).find(stays) ?? state.rows.slice(0, at).findLast(stays))?.id ?? null;
}

/** @param {State} state @param {Route} route @returns {State} */
function routed(state, route) {
  return { ...state, route, message: null, gone: false, raw: null, session: null, remote: false };
}

/** @param {State} state @param {Message} message @returns {State} */
function opened(state, message) {
  const tabs = tabsOf(message);
  const tab = tabs.includes(state.tab) ? state.tab : (tabs[0] ?? "raw");
  return { ...state, message, tab, chosen: message.id, gone: false, raw: null, session: null, remote: false };
}
