// @ts-check
/**
 * What attempts and sessions are narrowed to, as the address has it: `reply:4 fault:greylist bob`. Pure.
 *
 * @import { Attempt, Session } from "./types.js"
 *
 * @typedef {"2" | "4" | "5" | "aborted"} Class the class of the reply that decided
 * @typedef {"open" | "delivered" | "empty" | "fault" | "tls"} Kind
 * @typedef {{ reply: Class | null, is: Kind | null, rule: string | null, text: string }} Narrow
 */

const CLASSES = /** @type {Class[]} */ (["2", "4", "5", "aborted"]);
const KINDS = /** @type {Kind[]} */ (["open", "delivered", "empty", "fault", "tls"]);

/** What a query of the address says. @param {string} query @returns {Narrow} */
export function narrowOf(query) {
  /** @type {Narrow} */
  const narrow = { reply: null, is: null, rule: null, text: "" };
  const words = [];
  for (const word of query.split(/\s+/).filter(Boolean)) {
    const [key, ...rest] = word.split(":");
    const value = rest.join(":");
    const reply = CLASSES.find((one) => one === value);
    const kind = KINDS.find((one) => one === value);
    if (key === "reply" && reply) narrow.reply = reply;
    else if (key === "is" && kind) narrow.is = kind;
    else if (key === "fault" && value) narrow.rule = value;
    else words.push(word);
  }
  return { ...narrow, text: words.join(" ") };
}

/** The query that says it. @param {Narrow} narrow */
export const queryOf = ({ reply, is, rule, text }) =>
  [reply && `reply:${reply}`, is && `is:${is}`, rule && `fault:${rule}`, text.trim()].filter(Boolean).join(" ");

/** The class of the reply that decided. @param {Attempt} attempt @returns {Class} */
export function classOf({ verdict, reply, recipients }) {
  if (verdict !== "refused") return verdict === "accepted" ? "2" : "aborted";
  const said = [reply, ...recipients.map((one) => (one.accepted ? one.final : one.reply))];
  const first = said.find((one) => /^[45]/.test(one ?? ""))?.[0];
  return first === "4" || first === "5" ? first : "aborted";
}

/** The reply that decided, null where the client left first. @param {Attempt} attempt */
export function decidedOf(attempt) {
  const kind = classOf(attempt);
  if (kind === "aborted") return null;
  const said = [attempt.reply, ...attempt.recipients.map((one) => (one.accepted ? (one.final ?? null) : one.reply))];
  return said.find((one) => one?.startsWith(kind)) ?? attempt.reply;
}

/** Whether an attempt is meant, but for the class of its reply. @param {Attempt} attempt @param {Narrow} narrow */
export function isMeant(attempt, { rule, text }) {
  if (rule !== null && !attempt.rules.includes(rule)) return false;
  if (!text) return true;
  const told = [attempt.mail_from, attempt.reply ?? "", ...attempt.recipients.flatMap(({ address, reply }) => [address, reply])];
  return holds(told, text);
}

/** What each kind of session is. @type {Record<Kind, (session: Session, faulty: ReadonlySet<string>) => boolean>} */
const IS = {
  open: ({ ended_at }) => ended_at === null,
  delivered: ({ messages }) => messages > 0,
  empty: ({ messages, ended_at }) => messages === 0 && ended_at !== null,
  fault: ({ id }, faulty) => faulty.has(id),
  tls: ({ tls }) => tls !== null,
};

/** Whether a session is of a kind. @param {Session} session @param {Kind | null} kind @param {ReadonlySet<string>} faulty ids of sessions in which rules acted */
export const isOf = (session, kind, faulty) => kind === null || IS[kind](session, faulty);

/** Whether a session is meant, but for its kind. @param {Session} session @param {Narrow} narrow */
export const isNamed = ({ helo, peer, listener, auth, id }, { text }) => !text || holds([helo ?? "", peer, listener, auth?.identity ?? "", id], text);

/** Whether each word stands in one of the texts. @param {string[]} told @param {string} text */
function holds(told, text) {
  const all = told.join("\n").toLowerCase();
  return text.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}

/** How many of `rows` are of each value. @template R @template {string} K @param {R[]} rows @param {(row: R) => K} value @returns {Map<K, number>} */
export function countsOf(rows, value) {
  /** @type {Map<K, number>} */
  const counts = new Map();
  for (const row of rows) counts.set(value(row), (counts.get(value(row)) ?? 0) + 1);
  return counts;
}

/** How many sessions are of each kind. @param {Session[]} sessions @param {ReadonlySet<string>} faulty */
export const kindsOf = (sessions, faulty) => new Map(KINDS.map((kind) => [kind, sessions.filter((one) => isOf(one, kind, faulty)).length]));
