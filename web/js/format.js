// @ts-check
/** Values as people read them. Pure, but for the locale. */

/** @import { Listener, Mailbox, Row } from "./types.js" */

const UNITS = ["B", "KB", "MB", "GB"];

/** @param {number} octets */
export function size(octets) {
  const power = Math.min(Math.floor(Math.log10(Math.max(octets, 1)) / 3), UNITS.length - 1);
  const value = octets / 1000 ** power;
  return `${power && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[power]}`;
}

/** How long ago, by the largest unit that fits: [seconds of the unit, its sign]. @type {[number, string][]} */
const AGES = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
];

/**
 * How long ago a moment was, short; a date where that is more than a week.
 * @param {string} moment RFC 3339
 * @param {number} [now] milliseconds
 */
export function ago(moment, now = Date.now()) {
  const seconds = Math.max(0, (now - Date.parse(moment)) / 1000);
  if (seconds > 7 * 86_400) return new Date(moment).toLocaleDateString(undefined, { dateStyle: "medium" });
  const [unit, sign] = AGES.find(([length]) => seconds >= length) ?? [1, "s"];
  return seconds < 5 ? "now" : `${Math.floor(seconds / unit)} ${sign}`;
}

/**
 * A moment, exactly: the time of day, with its date where that is not today's.
 * @param {string} moment RFC 3339
 * @param {number} [now] milliseconds
 */
export function exact(moment, now = Date.now()) {
  const at = new Date(moment);
  const day = at.toDateString() === new Date(now).toDateString() ? "" : `${at.toLocaleDateString(undefined, { day: "numeric", month: "short" })} `;
  return `${day}${clock(moment)}`;
}

/** A time of day to the second. @param {string} moment RFC 3339 */
export const clock = (moment) => new Date(moment).toLocaleTimeString(undefined, { hour12: false });

/** @param {string} moment RFC 3339 */
export const fullTime = (moment) => new Date(moment).toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" });

/** Milliseconds, as one reads them. @param {number} ms */
export const duration = (ms) => (ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`);

/** @param {Mailbox} box */
export const mailbox = (box) => (box.name ? `${box.name} <${box.address}>` : box.address);

/** Whom a list names as the sender. @param {Row} row */
export const sender = (row) => row.from[0]?.name || row.from[0]?.address || row.envelope.mail_from || "<>";

/** @param {Row} row */
export const subject = (row) => row.subject || "(no subject)";

/** @param {number} count @param {string} noun */
export const many = (count, noun) => `${count.toLocaleString()} ${noun}${count === 1 ? "" : "s"}`;

/** Whether the envelope names others than the header does. @param {Row} row */
export function differs(row) {
  const told = new Set([...row.to, ...row.cc].map(({ address }) => address.toLowerCase()));
  return row.envelope.rcpt_to.some((one) => !told.has(one.toLowerCase()));
}

/** Host and port of a listener. @param {Listener} listener */
export function address(listener) {
  const match = /^\w+:\/\/(\[[^\]]+\]|[^:/]+):(\d+)/.exec(listener.url);
  return match ? { host: match[1] ?? "", port: match[2] ?? "" } : null;
}
