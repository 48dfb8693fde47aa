/** What the tests of the page's parts are made of: rows, messages, attempts, sessions. */

/** A row of the list; the higher its number, the newer. @param {number} seq @param {object} [rest] */
export const row = (seq, rest = {}) => ({
  id: `m${seq}`, seq, received_at: "2026-01-01T00:00:00Z", size: 100, subject: `subject ${seq}`,
  from: [{ name: "Ann", address: "ann@a.test" }], to: [{ name: "", address: "bob@b.test" }], cc: [],
  has_attachment: false, read: false, tags: [], inboxes: ["default"], session: "s1",
  envelope: { mail_from: "ann@a.test", rcpt_to: ["bob@b.test"] }, ...rest,
});

/** Rows with these numbers. @param {...number} seqs */
export const rows = (...seqs) => seqs.map((seq) => row(seq));

/** An answer of the list. @param {object[]} messages @param {object} [rest] */
export const page = (messages, rest = {}) => ({ messages, total: messages.length, unread: messages.length, cursor: messages[0]?.seq ?? 0, ...rest });

/** A message as it is opened. @param {string} id @param {object} [rest] */
export const message = (id, rest = {}) => ({
  ...row(1), id, findings: [], parts: null, defects: [], links: [], headers: [], text: "text", html: "<p>text</p>",
  attachments: [], remote: [], date: null, attempt: null, urls: { raw: "", html: "", text: "", session: "" }, ...rest,
});

/** @param {number} seq @param {object} [rest] */
export const attempt = (seq, rest = {}) => ({
  id: `a${seq}`, seq, session: "s1", started_at: "", ended_at: "", mail_from: "ann@a.test",
  recipients: [{ address: "bob@b.test", reply: "250 2.1.5 Ok", accepted: true }], stage: "message",
  verdict: "accepted", reply: "250 2.0.0 Ok", message: "m1", rules: [], notes: [], inboxes: ["default"], ...rest,
});

/** @param {number} seq @param {object} [rest] */
export const session = (seq, rest = {}) => ({
  id: `s${seq}`, seq, listener: "smtp", peer: "", started_at: "", ended_at: "", helo: "a.test", protocol: "ESMTP",
  tls: null, auth: null, messages: 1, attempts: 1, end: "client quit", findings: [], inboxes: ["default"], ...rest,
});

/** Numbers as chance gives them, the same in every run (a linear congruence). @param {number} seed */
export function chance(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
