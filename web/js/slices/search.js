// @ts-check
/**
 * The search as it is written, and what is known of the language. Pure. (The search that is applied
 * is part of the route and of the list.)
 *
 * @import { MessageList, Problem, Row } from "../types.js"
 * @import { Route } from "../route.js"
 * @import { Names } from "../query/tokens.js"
 * @import { Operator } from "../query/suggest.js"
 *
 * @typedef {{ name: string, query: string }} Saved
 * @typedef {{ text: string, matches: number }} Count
 * @typedef {{
 *   operators: Operator[], names: Names, text: string | null, caret: number, open: boolean, asked: boolean,
 *   chosen: number, applied: string | null, wrong: { query: string, problem: Problem } | null,
 *   counts: { query: string, terms: Count[] } | null, senders: string[], recipients: string[],
 * }} SearchState
 *
 * `text` is what stands in the field where it is not the search of the route; `open` whether
 * suggestions may be shown, `asked` whether somebody asked for them, `chosen` which one is, -1 for
 * none; `applied` the search that the field was last taken for; `wrong` the one that was refused;
 * `counts` how many each term of a search finds alone; `senders` and `recipients` are addresses seen.
 *
 * @typedef {{ type: "search.operators", operators: Operator[] }
 *   | { type: "search.typed", text: string, caret: number, open: boolean }
 *   | { type: "search.caret", caret: number }
 *   | { type: "search.open", open: boolean, asked?: boolean }
 *   | { type: "search.chosen", chosen: number }
 *   | { type: "search.applied", query: string }
 *   | { type: "search.settled" }
 *   | { type: "search.refused", query: string, problem: Problem }
 *   | { type: "search.counted", query: string, terms: Count[] }
 *   | { type: "route", route: Route }
 *   | { type: "list.loaded", list: MessageList }
 *   | { type: "mail.added", row: Row }
 * } SearchEvent
 */

/** Searches that are remembered. */
const RECENT = 10;

/** Searches that can be saved. */
export const SAVED = 50;

/** Addresses that are kept to be offered. */
const PEOPLE = 500;

/** @type {SearchState} */
export const FIRST_SEARCH = {
  operators: [],
  names: new Set(),
  text: null,
  caret: 0,
  open: false,
  asked: false,
  chosen: -1,
  applied: null,
  wrong: null,
  counts: null,
  senders: [],
  recipients: [],
};

/**
 * @param {SearchState} state
 * @param {SearchEvent} event
 * @returns {SearchState}
 */
export function reduceSearch(state, event) {
  switch (event.type) {
    case "search.operators":
      return { ...state, operators: event.operators, names: new Set(event.operators.flatMap(({ name, aliases }) => [name, ...aliases])) };
    case "search.typed":
      return { ...state, text: event.text, caret: event.caret, open: event.open, asked: false, chosen: -1, wrong: null };
    case "search.caret":
      return event.caret === state.caret ? state : { ...state, caret: event.caret, asked: false, chosen: -1 };
    case "search.open":
      return { ...state, open: event.open, asked: event.asked ?? false, chosen: -1 };
    case "search.chosen":
      return { ...state, chosen: event.chosen };
    case "search.applied":
      return { ...state, applied: event.query, wrong: null };
    case "search.settled":
      return { ...state, text: null, open: false, chosen: -1 };
    case "search.refused":
      return { ...state, wrong: { query: event.query, problem: event.problem } };
    case "search.counted":
      return { ...state, counts: { query: event.query, terms: event.terms } };
    case "route":
      // Somebody went elsewhere: what was being written is not about that.
      return event.route.query === state.applied ? state : { ...state, text: null, wrong: null, applied: event.route.query };
    case "list.loaded":
      return met(state, event.list.messages);
    case "mail.added":
      return met(state, [event.row]);
  }
}

/** With the addresses of these rows, the latest first. @param {SearchState} state @param {Row[]} rows @returns {SearchState} */
function met(state, rows) {
  const some = (/** @type {string[]} */ seen, /** @type {string[]} */ known) => [...new Set([...seen, ...known])].filter(Boolean).slice(0, PEOPLE);
  const addresses = (/** @type {{ address: string }[]} */ boxes) => boxes.map(({ address }) => address);
  const senders = some(rows.flatMap(({ from }) => addresses(from)), state.senders);
  const recipients = some(rows.flatMap(({ to, cc, envelope }) => [...addresses(to), ...addresses(cc), ...envelope.rcpt_to]), state.recipients);
  return { ...state, senders, recipients };
}

/** The searches to remember after one more. @param {string[]} recent @param {string} query */
export const remembered = (recent, query) => (query ? [query, ...recent.filter((one) => one !== query)].slice(0, RECENT) : recent);

/** With a search under a name; one that was saved already gets the name. @param {Saved[]} saved @param {Saved} one */
export function savedWith(saved, one) {
  const known = saved.some(({ query }) => query === one.query);
  return (known ? saved.map((old) => (old.query === one.query ? one : old)) : [...saved, one]).slice(-SAVED);
}

/** The searches in what a browser kept, whatever that is. @param {unknown} recent @param {unknown} saved */
export function keptSearches(recent, saved) {
  const texts = Array.isArray(recent) ? recent.filter((one) => typeof one === "string") : [];
  const whole = (/** @type {any} */ one) => typeof one?.name === "string" && typeof one?.query === "string";
  return { recent: texts.slice(0, RECENT), saved: Array.isArray(saved) ? saved.filter(whole).slice(-SAVED) : [] };
}

/** An offset in UTF-16, as JavaScript counts, of one in characters, as the server does. @param {string} text @param {number} place */
export const offsetOf = (text, place) => [...text].slice(0, place).join("").length;
