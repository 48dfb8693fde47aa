// @ts-check
/**
 * What the API tells, as far as the page reads it.
 *
 * @typedef {{ name: string, address: string }} Mailbox
 * @typedef {{ mail_from: string, rcpt_to: string[] }} Envelope
 * @typedef {{
 *   id: string, severity: "error" | "warning" | "notice" | "info", stage: string, message: string,
 *   rfc: string, evidence: string, offset?: number | null, hint: string, count: number,
 * }} Finding
 * @typedef {{
 *   number: string, content_type: string, charset: string | null, encoding: string, disposition: string,
 *   filename: string | null, size: number, content_id: string | null, url: string | null, children: Part[],
 * }} Part
 * @typedef {{ where: string, text: string }} Defect
 * @typedef {{
 *   href: string, text: string, source: string, kind: "link" | "image" | "unsubscribe" | "other",
 *   query: Record<string, string[]>, one_click: boolean,
 * }} Link
 * @typedef {{ value: string, source: string, context: string, score: number, reasons: string[] }} Code
 * @typedef {{
 *   id: string, seq: number, received_at: string, size: number, subject: string, snippet?: string,
 *   from: Mailbox[], to: Mailbox[], cc: Mailbox[], has_attachment: boolean, read: boolean,
 *   tags: string[], inboxes?: string[], session: string, envelope: Envelope, code?: string | null,
 *   tls?: boolean, refused?: string | null,
 * }} Row
 * @typedef {{
 *   number: string, filename: string | null, content_type: string, size: number, url: string,
 * }} Attachment
 * @typedef {{ messages: Row[], total: number, unread: number, matches?: number, cursor: number }} MessageList
 * @typedef {{ name: string, messages: number, unread: number }} Inbox
 * @typedef {{ inboxes: Inbox[] }} InboxList
 * @typedef {{ name: string, url: string, protocol: string, tls: string, auth: string }} Listener
 * @typedef {{ name: string, version: string, listeners: Listener[] }} Info
 * @typedef {{ at: number, side: "C" | "S" | "*", text: string }} Line
 * @typedef {{ address: string, reply: string, accepted: boolean, final?: string | null }} Recipient
 * @typedef {{
 *   id: string, seq: number, session: string, started_at: string, ended_at: string, mail_from: string,
 *   recipients: Recipient[], stage: string, verdict: "accepted" | "refused" | "aborted", reply: string | null,
 *   message: string | null, rules: string[], notes: string[], inboxes: string[], lines?: [number, number],
 * }} Attempt
 * @typedef {{
 *   id: string, seq: number, listener: string, peer: string, started_at: string, ended_at: string | null,
 *   helo: string | null, protocol: string, tls: { version: string, cipher: string } | null,
 *   auth: { mechanism: string, identity: string } | null, messages: number, attempts: number,
 *   end: string | null, findings: Finding[], transcript?: Line[], inboxes: string[],
 * }} Session
 * @typedef {{
 *   name: string, place: number, rule: Record<string, any>, line: string, enabled: boolean, active: boolean, matched: number, acted: number,
 * }} Fault
 * @typedef {{ faults: Fault[], active: number, hits: number }} Faults
 *
 * A problem that the API names: what, and where in the text of a search.
 * @typedef {{ status: number, detail: string, field?: string, place?: number, length?: number }} Problem
 */
export {};
