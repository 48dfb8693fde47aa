// @ts-check
/** Values as people read them. Pure, but for the locale. */

/** @import { Listener, Mailbox, Row } from "./state.js" */

const UNITS = ["B", "KB", "MB", "GB"];

/** @param {number} octets */
export function size(octets) {
  const power = Math.min(Math.floor(Math.log10(Math.max(octets, 1)) / 3), UNITS.length - 1);
  const value = octets / 1000 ** power;
  return `${power && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[power]}`;
}

/**
 * A time of day for today, else a date.
 * @param {string} moment RFC 3339
 * @param {Date} [now]
 */
export function time(moment, now = new Date()) {
  const date = new Date(moment);
  const today = date.toDateString() === now.toDateString();
  return today ? date.toLocaleTimeString() : date.toLocaleDateString(undefined, { dateStyle: "medium" });
}

/** @param {string} moment RFC 3339 */
export const fullTime = (moment) => new Date(moment).toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" });

/** @param {Mailbox} box */
export const mailbox = (box) => (box.name ? `${box.name} <${box.address}>` : box.address);

/** Whom a list names as the sender. @param {Row} row */
export const sender = (row) => row.from[0]?.name || row.from[0]?.address || row.envelope.mail_from || "<>";

/** @param {Row} row */
export const subject = (row) => row.subject || "(no subject)";

/** @param {number} count @param {string} noun */
export const many = (count, noun) => `${count.toLocaleString()} ${noun}${count === 1 ? "" : "s"}`;

/** Host and port of a listener. @param {Listener} listener */
export function address(listener) {
  const match = /^\w+:\/\/(\[[^\]]+\]|[^:/]+):(\d+)/.exec(listener.url);
  return match ? { host: match[1] ?? "", port: match[2] ?? "" } : null;
}
