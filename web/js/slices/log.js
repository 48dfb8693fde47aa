// @ts-check
/**
 * What was tried, and who connected: attempts and sessions, newest first, and the one that is open. Pure.
 *
 * @import { Attempt, Session } from "../types.js"
 *
 * @typedef {"all" | "2" | "4" | "5" | "aborted" | "empty"} Filter
 * `2`, `4`, `5` are the classes of the reply that decided; `empty` are sessions without a message.
 *
 * @typedef {{ at: number, gap: number | null, reply: string | null, attempt: string, rules: string[] }} Try
 * @typedef {{ address: string, replies: Try[] }} Chain
 * @typedef {{
 *   attempts: Attempt[], sessions: Session[], more: { attempts: boolean, sessions: boolean },
 *   loaded: { attempts: boolean, sessions: boolean }, filter: Filter, inbox: string | null,
 *   attempt: Attempt | null, chains: Chain[], session: Session | null, gone: boolean,
 * }} LogState
 *
 * @typedef {{ type: "log.attempts", rows: Attempt[], more: boolean, inbox: string | null, older: boolean }
 *   | { type: "log.sessions", rows: Session[], more: boolean, inbox: string | null, older: boolean }
 *   | { type: "log.filter", filter: Filter }
 *   | { type: "log.attempt", attempt: Attempt | null, chains: Chain[] }
 *   | { type: "log.session", session: Session | null }
 *   | { type: "log.gone" }
 *   | { type: "attempt.added", attempt: Attempt }
 *   | { type: "session.seen", session: Session }
 *   | { type: "session.told", session: Session }
 * } LogEvent
 */

/** Rows of each kind that live news may fill a list up to. */
export const KEPT = 5_000;

/** @type {LogState} */
export const FIRST_LOG = {
  attempts: [],
  sessions: [],
  more: { attempts: false, sessions: false },
  loaded: { attempts: false, sessions: false },
  filter: "all",
  inbox: null,
  attempt: null,
  chains: [],
  session: null,
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
      return {
        ...state,
        inbox: event.inbox,
        attempts: event.older ? [...state.attempts, ...event.rows] : event.rows,
        more: { ...state.more, attempts: event.more },
        loaded: { ...state.loaded, attempts: true },
      };
    case "log.sessions":
      return {
        ...state,
        inbox: event.inbox,
        sessions: event.older ? [...state.sessions, ...event.rows] : event.rows,
        more: { ...state.more, sessions: event.more },
        loaded: { ...state.loaded, sessions: true },
      };
    case "log.filter":
      return { ...state, filter: event.filter };
    case "log.attempt":
      return { ...state, attempt: event.attempt, chains: event.chains, gone: false };
    case "log.session":
      return { ...state, session: event.session, gone: false };
    case "log.gone":
      return { ...state, attempt: null, session: null, gone: true };
    case "attempt.added":
      return { ...state, attempts: withRow(state.attempts, event.attempt, state) };
    case "session.seen":
      return { ...state, sessions: withRow(state.sessions, event.session, state) };
    case "session.told":
      return { ...state, sessions: state.sessions.map((one) => (one.id === event.session.id ? event.session : one)) };
  }
}

/**
 * A row on top, or in the place of the one with its id.
 * @template {Attempt | Session} R
 * @param {R[]} rows
 * @param {R} row
 * @param {LogState} state
 */
function withRow(rows, row, { inbox }) {
  if (inbox !== null && !row.inboxes.includes(inbox)) return rows;
  const rest = rows.filter(({ id }) => id !== row.id);
  return [row, ...rest].slice(0, KEPT);
}

/** The class of the reply that decided: 2, 4, 5, or "aborted". @param {Attempt} attempt @returns {Filter} */
export function classOf({ verdict, reply, recipients }) {
  const [first = ""] = reply ?? "";
  if (verdict === "aborted" && !reply) return "aborted";
  if (verdict === "accepted" && recipients.some(({ accepted }) => !accepted)) return "2";
  return first === "2" || first === "4" || first === "5" ? first : "aborted";
}

/** The attempts that a filter shows. @param {Attempt[]} attempts @param {Filter} filter */
export const attemptsOf = (attempts, filter) =>
  filter === "all" || filter === "empty" ? attempts : attempts.filter((one) => classOf(one) === filter);

/** The sessions that a filter shows. @param {Session[]} sessions @param {Filter} filter */
export const sessionsOf = (sessions, filter) => (filter === "empty" ? sessions.filter(({ messages }) => !messages) : sessions);
