// @ts-check
/**
 * What the page knows, and the types of what the API tells it.
 *
 * @typedef {{ name: string, address: string }} Mailbox
 * @typedef {{ mail_from: string, rcpt_to: string[] }} Envelope
 * @typedef {{
 *   id: string, seq: number, received_at: string, size: number, subject: string,
 *   from: Mailbox[], to: Mailbox[], cc: Mailbox[], has_attachment: boolean, read: boolean,
 *   tags: string[], session: string, envelope: Envelope,
 * }} Row
 * @typedef {{ number: string, filename: string | null, content_type: string, size: number, url: string }} Attachment
 * @typedef {Row & {
 *   headers: { name: string, value: string }[], text: string | null, html: string | null,
 *   attachments: Attachment[], remote: string[], date: string | null,
 *   urls: { raw: string, html: string | null, text: string | null, session: string },
 * }} Message
 * @typedef {{ messages: Row[], total: number, unread: number, older: string | null, cursor: number }} List
 * @typedef {{ name: string, url: string, protocol: string }} Listener
 * @typedef {{ name: string, version: string, listeners: Listener[] }} Info
 * @typedef {{ at: number, side: "C" | "S" | "*", text: string }} Line
 * @typedef {{ id: string, peer: string, transcript: Line[] }} Session
 * @typedef {{ name: string, line: string, enabled: boolean, active: boolean, matched: number, acted: number }} Fault
 * @typedef {{ faults: Fault[], active: number, hits: number }} Faults
 * @typedef {"html" | "text" | "headers" | "raw" | "session"} Tab
 * @typedef {{ name: "list" } | { name: "faults" } | { name: "message", id: string }} Route
 *
 * What is on the page of the API at `older`, if anything, is not loaded yet; `loading` while it is.
 * `chosen` is the row that the keys act on.
 * @typedef {{
 *   info: Info | null, live: boolean, loaded: boolean,
 *   rows: Row[], total: number, unread: number, older: string | null, loading: boolean,
 *   chosen: string | null, route: Route,
 *   message: Message | null, gone: boolean, tab: Tab, remote: boolean,
 *   raw: string | null, session: Session | null,
 *   faults: Faults,
 *   error: string | null,
 * }} State
 */

/** Rows that live mail may fill the list up to; older ones then wait to be scrolled to again. */
export const MAX_ROWS = 1000;

/** @type {State} */
export const FIRST = {
  info: null,
  live: false,
  loaded: false,
  rows: [],
  total: 0,
  unread: 0,
  older: null,
  loading: false,
  chosen: null,
  route: { name: "list" },
  message: null,
  gone: false,
  tab: "html",
  remote: false,
  raw: null,
  session: null,
  faults: { faults: [], active: 0, hits: 0 },
  error: null,
};
