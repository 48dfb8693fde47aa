// @ts-check
/**
 * What was tried, and who connected: attempts and sessions, newest first, and the one that is open. Pure.
 *
 * @import { Attempt, Session } from "../types.js"
 * @import { Feed } from "../feed.js"
 * @import { Try } from "../chain.js"
 *
 * @typedef {"attempts" | "sessions"} Kind
 * @typedef {{
 *   attempts: Feed<Attempt>, sessions: Feed<Session>, inbox: { attempts: string | null, sessions: string | null },
 *   attempt: Attempt | null, chain: Try[], session: Session | null, tried: Attempt[], lines: number, gone: boolean,
 * }} LogState `tried` are the attempts of the open session; `lines` how many of its transcript are drawn
 *
 * @typedef {{ type: "log.attempts", rows: Attempt[], more: boolean, inbox: string | null, older: boolean }
 *   | { type: "log.sessions", rows: Session[], more: boolean, inbox: string | null, older: boolean }
 *   | { type: "log.scrolled", kind: Kind, top: number, height: number }
 *   | { type: "log.showed", kind: Kind }
 *   | { type: "log.active", kind: Kind, id: string | null }
 *   | { type: "log.attempt", attempt: Attempt | null, chain: Try[] }
 *   | { type: "log.session", session: Session | null, tried: Attempt[] }
 *   | { type: "log.more" }
 *   | { type: "log.gone" }
 *   | { type: "log.stale" }
 *   | { type: "attempt.added", attempt: Attempt }
 *   | { type: "session.seen", session: Session }
 *   | { type: "session.told", session: Session }
 * } LogEvent
 */
import { classOf, isMeant, isNamed, isOf, narrowOf } from "../narrow.js";
import { EMPTY, scrolled, showed, withNewest, withOlder, withRow } from "../feed.js";

/** Lines of a transcript that are drawn at once. */
export const LINES = 500;

/** @type {LogState} */
export const FIRST_LOG = {
  attempts: EMPTY,
  sessions: EMPTY,
  inbox: { attempts: null, sessions: null },
  attempt: null,
  chain: [],
  session: null,
  tried: [],
  lines: LINES,
  gone: false,
};

/**
 * @param {LogState} state
 * @param {LogEvent} event
 * @returns {LogState}
 */
export function reduceLog(state, event) {
  switch (event.type) {
    case "log.attempts":
      return { ...state, inbox: { ...state.inbox, attempts: event.inbox }, attempts: taken(state.attempts, event) };
    case "log.sessions":
      return { ...state, inbox: { ...state.inbox, sessions: event.inbox }, sessions: taken(state.sessions, event) };
    case "log.scrolled":
      return { ...state, [event.kind]: scrolled(/** @type {Feed<any>} */ (state[event.kind]), event.top, event.height) };
    case "log.showed":
      return { ...state, [event.kind]: showed(/** @type {Feed<any>} */ (state[event.kind])) };
    case "log.active":
      return { ...state, [event.kind]: { ...state[event.kind], active: event.id } };
    case "log.attempt":
      return { ...state, attempt: event.attempt, chain: event.chain, gone: false };
    case "log.session":
      return { ...state, session: event.session, tried: event.tried, gone: false, lines: event.session?.id === state.session?.id ? state.lines : LINES };
    case "log.more":
      return { ...state, lines: state.lines + 4 * LINES };
    case "log.gone":
      return { ...state, attempt: null, chain: [], session: null, tried: [], gone: true };
    case "log.stale":
      return { ...state, attempts: { ...state.attempts, loaded: false }, sessions: { ...state.sessions, loaded: false } };
    case "attempt.added":
      return isIn(state.inbox.attempts, event.attempt) ? { ...state, attempts: withRow(state.attempts, event.attempt) } : state;
    case "session.seen":
      return isNews(state, event.session) ? { ...state, sessions: withRow(state.sessions, event.session) } : state;
    case "session.told":
      return { ...state, sessions: { ...state.sessions, rows: state.sessions.rows.map((one) => (one.id === event.session.id ? event.session : one)) } };
  }
}

/**
 * @template {{ id: string, seq: number }} R
 * @param {Feed<R>} feed
 * @param {{ rows: R[], more: boolean, older: boolean }} event
 */
const taken = (feed, { rows, more, older }) => (older ? withOlder(feed, rows, more) : withNewest(feed, rows, more));

/** Whether a session belongs here, and is not older news than that it has ended. @param {LogState} state @param {Session} session */
function isNews({ inbox, sessions }, session) {
  const ended = [...sessions.rows, ...sessions.waiting].some(({ id, ended_at }) => id === session.id && ended_at !== null);
  return isIn(inbox.sessions, session) && !(ended && session.ended_at === null);
}

/** @param {string | null} inbox @param {{ inboxes: string[] }} row */
const isIn = (inbox, { inboxes }) => inbox === null || inboxes.includes(inbox);

/** The attempts that a query shows. @param {LogState} state @param {string} query */
export function attemptsIn({ attempts }, query) {
  const narrow = narrowOf(query);
  return query ? attempts.rows.filter((one) => isMeant(one, narrow) && (narrow.reply === null || classOf(one) === narrow.reply)) : attempts.rows;
}

/** The sessions that a query shows. @param {LogState} state @param {ReadonlySet<string>} faulty @param {string} query */
export function sessionsIn({ sessions }, faulty, query) {
  const narrow = narrowOf(query);
  return query ? sessions.rows.filter((one) => isNamed(one, narrow) && isOf(one, narrow.is, faulty)) : sessions.rows;
}

/** The sessions in which rules acted, as far as is known. @param {LogState} state @param {{ session: string }[]} hits @returns {ReadonlySet<string>} */
export const faultyOf = ({ attempts }, hits) => new Set([...hits, ...attempts.rows.filter(({ rules }) => rules.length)].map(({ session }) => session));
