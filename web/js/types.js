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
 *   id: string, seq: number, received_at: string, size: number, subject: string,
 *   from: Mailbox[], to: Mailbox[], cc: Mailbox[], has_attachment: boolean, read: boolean,
 *   tags: string[], inboxes?: string[], session: string, envelope: Envelope, tls?: string | null,
 * }} Row
 * @typedef {{ id: string, snippet: string, code: string | null, links: number, refused: { recipient: string | null, reply: string }[] }} Glance
 * @typedef {{ glances: Glance[] }} GlanceList
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
 *   expires_at: string | null,
 * }} Fault
 * @typedef {{ faults: Fault[], active: number, hits: number, paused: boolean }} Faults
 *
 * @typedef {{ "2xx": number, "4xx": number, "5xx": number, aborted: number }} Replies
 * @typedef {{ stage: string, count: number, median: number, p95: number, max: number }} Latency in milliseconds
 * @typedef {{ address: string, messages: number }} Party
 * @typedef {{
 *   since: string, until: string, width: number, messages: number, unread: number, octets: number, sessions: number,
 *   replies: Replies, buckets: { at: string, messages: number, replies: Replies }[],
 *   transactions: Latency | null, latency: Latency[], sizes: { least: number, below: number, messages: number }[],
 *   senders: Party[], recipients: Party[],
 *   repeats: { kind: "message_id" | "subject", text: string, recipient: string | null, messages: number }[],
 *   findings: { id: string, severity: Finding["severity"], message: string, messages: number, sessions: number }[],
 *   looked_at: { messages: number, attempts: number, sessions: number, transcripts: number },
 * }} Insights
 *
 * A problem that the API names: what, where in the text of a search, and what could stand there.
 * @typedef {{ status: number, detail: string, field?: string, place?: number, length?: number, allowed?: string[] }} Problem
 */
export {};
