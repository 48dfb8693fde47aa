// @ts-check
/**
 * Spans of time, what is in them, and the searches that find it. Pure, but for the locale.
 *
 * @import { Insights, Replies } from "./types.js"
 *
 * @typedef {{ since: string, until: string }} Span RFC 3339; from the one on, before the other
 * @typedef {{ messages: number, replies: Replies }} Sums
 */
import { dayOf, grouped, timeOf } from "./format.js";


/** The classes of replies: its name in the API, as people say it, the colour. @type {[keyof Replies, string, string][]} */
export const CLASSES = [
  ["2xx", "Taken", "--chart-2"],
  ["4xx", "Refused for now", "--chart-4"],
  ["5xx", "Refused for good", "--chart-5"],
  ["aborted", "Left", "--chart-left"],
];

/** Spans that end now, by the age at which they begin; null is all. @type {[string | null, string][]} */
export const PRESETS = [["5m", "5 min"], ["1h", "1 h"], ["24h", "24 h"], [null, "All"]];

/** Whether a bound is an age, so that the span moves on with the time. @param {string | null} bound */
export const isAge = (bound) => bound !== null && /^[\d.]+ ?(s|m|h|d|w|mo|y)/.test(bound);

/** The end of a bucket, in milliseconds. @param {Insights} told @param {number} index */
const endOf = ({ buckets, width }, index) => Date.parse(buckets[index]?.at ?? "") + width * 1000;

/**
 * The span of buckets, both included, as far as it is within that of the figures.
 * @param {Insights} told
 * @param {number} first
 * @param {number} last
 * @returns {Span}
 */
export function spanOf(told, first, last) {
  const begin = told.buckets[first]?.at ?? told.since;
  const end = told.buckets[last + 1]?.at ?? told.until;
  // All of these are written alike, to the microsecond: they compare as texts.
  return { since: begin > told.since ? begin : told.since, until: end < told.until ? end : told.until };
}

/**
 * The buckets that a span touches, [first, last]; null where there is none.
 * @param {Insights} told
 * @param {Span} span
 * @returns {[number, number] | null}
 */
export function bucketsOf(told, { since, until }) {
  const last = told.buckets.findLastIndex(({ at }) => at < until);
  const first = told.buckets.findIndex((_, index) => endOf(told, index) > Date.parse(since));
  return first < 0 || last < first ? null : [first, last];
}

/** What is in some buckets, both included. @param {Insights} told @param {number} first @param {number} last @returns {Sums} */
export function sumsOf(told, first, last) {
  const sums = { messages: 0, replies: { "2xx": 0, "4xx": 0, "5xx": 0, aborted: 0 } };
  for (const { messages, replies } of told.buckets.slice(first, last + 1)) {
    sums.messages += messages;
    for (const [name] of CLASSES) sums.replies[name] += replies[name];
  }
  return sums;
}

/** The attempts of all classes. @param {Replies} replies */
export const attemptsOf = (replies) => CLASSES.reduce((sum, [name]) => sum + replies[name], 0);

/** Whether there are messages whose attempts are not: these are kept, and looked at, for less long. @param {Insights} told */
export const lacksAttempts = ({ buckets }) => buckets.some(({ messages, replies }) => messages > attemptsOf(replies));

/** What is in some stretches, as one reads it. @param {Sums} sums */
export function sumsText({ messages, replies }) {
  const parts = CLASSES.filter(([name]) => replies[name]).map(([name, title]) => `${title.toLowerCase()} ${grouped(replies[name])}`);
  if (messages > attemptsOf(replies)) parts.unshift(`messages ${grouped(messages)}`);
  return parts.join(", ") || "nothing";
}

/** The terms of a search for a span. @param {Span} span */
export const spanQuery = ({ since, until }) => `after:${since} before:${until}`;

/** The terms for what the figures are of: none where they are of all. @param {Insights} told @param {{ since: string | null, until: string | null }} asked */
export const boundsQuery = ({ since, until }, asked) =>
  [asked.since === null ? "" : `after:${since}`, asked.until === null && !isAge(asked.since) ? "" : `before:${until}`].filter(Boolean).join(" ");

/** A term of a search, its value quoted where it must be. @param {string} operator @param {string} value */
export const term = (operator, value) => `${operator}:${/^[\w.@+<>-]+$/.test(value) ? value : `"${value.replace(/[\\"]/g, "\\$&")}"`}`;

/** A term that wants the whole of a value. @param {string} operator @param {string} value */
export const wholeTerm = (operator, value) => term(operator, value).replace(":", ":=");

/** A moment as the field of a form has it: local, to the second. @param {string} moment RFC 3339 */
export function localOf(moment) {
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** The moment of the field of a form; null where it is empty. @param {string} local */
export const momentOf = (local) => (local ? new Date(local).toISOString() : null);

/** A moment as the axis has it. @param {number} at milliseconds @param {number} step milliseconds to the next */
export function tickOf(at, step) {
  const date = new Date(at);
  const midnight = date.getHours() + date.getMinutes() + date.getSeconds() === 0;
  return step >= 86_400_000 || midnight ? dayOf(date) : timeOf(date, step < 60_000);
}

/** A span as one reads it: with days where it is not of today, with years where not of this one. @param {Span} span */
export function spanText({ since, until }) {
  const [begin, end, now] = [new Date(since), new Date(until), new Date()];
  const foreign = [begin, end].some((at) => at.getFullYear() !== now.getFullYear());
  const day = (/** @type {Date} */ at) => (foreign ? `${dayOf(at)} ${at.getFullYear()}` : dayOf(at));
  const days = [begin, end].map((at) => at.toDateString());
  if (days.every((one) => one === now.toDateString())) return `${timeOf(begin)} – ${timeOf(end)}`;
  return `${day(begin)}, ${timeOf(begin)} – ${days[0] === days[1] ? "" : `${day(end)}, `}${timeOf(end)}`;
}
