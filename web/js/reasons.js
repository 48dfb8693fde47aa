// @ts-check
/** Why a session delivered nothing, in words for the one whose program it was, and what to change. Pure. */

/**
 * @import { Session } from "./types.js"
 *
 * @typedef {{ text: string, hint: string }} Reason
 * @typedef {Reason & { fits: (session: Session, said: string) => boolean }} Rule
 */

/** @param {RegExp} pattern @returns {Rule["fits"]} */
const ended = (pattern) => ({ end }) => pattern.test(end ?? "");

/** @param {...string} ids @returns {Rule["fits"]} */
const found = (...ids) => ({ findings }) => findings.some(({ id }) => ids.includes(id));

const TRUST = "Trust ca.pem of the server's state folder, or switch the check of certificates off in development. A port without TLS needs neither.";
const LOGIN = "Any name and password are taken, unless the server was told users. Without a login use a port that does not require one.";

/**
 * What is looked for, in order, and what it likely means. The first that fits is told.
 * @type {Rule[]}
 */
const RULES = [
  { fits: ended(/unknown ca|bad certificate|certificate unknown|unknown cert|certificate verify/i), text: "began TLS and then went away: it does not trust the certificate", hint: TRUST },
  { fits: ({ helo, end }) => helo === null && /TLS failed.*(closed|eof|reset|timed|left)/i.test(end ?? ""), text: "went away before TLS began", hint: "This port begins with TLS: switch SSL on in the client (secure: true, smtps://), or send to the plain port. If it is on, the client does not trust the certificate." },
  { fits: ended(/TLS failed.*(handshake|closed|eof|reset)/i), text: "asked for STARTTLS, then went away: most likely it does not trust the certificate", hint: TRUST },
  { fits: ended(/TLS failed.*(version|protocol|cipher)/i), text: "speaks no version of TLS that is spoken here", hint: "Have it speak TLS 1.2 or newer, or start the server with --min-tls 1.0." },
  { fits: found("F-TLS-TIMEOUT"), text: "began TLS and did not finish it", hint: "Something between may hold it up: try a port without TLS." },
  { fits: ended(/TLS failed/i), text: "TLS failed", hint: TRUST },
  { fits: found("F-TLS-ON-PLAIN"), text: "spoke TLS on a port without it", hint: "Switch SSL off in the client (secure: false, MAIL_SCHEME=null), or use STARTTLS, or a port that begins with TLS (--smtps :1465)." },
  { fits: found("F-PROTOCOL-MISMATCH"), text: "spoke another protocol: this port takes SMTP", hint: "A browser or an HTTP client belongs to the port of this page." },
  { fits: ended(/did not begin with TLS/i), text: "spoke plainly on a port that begins with TLS", hint: "Switch SSL on in the client (secure: true, smtps://), or send to the plain port." },
  { fits: ended(/a rule asked/i), text: "a fault rule ended it", hint: "Look at Faults: a rule is on that does so." },
  { fits: ended(/too many connections|421/i), text: "there were too many connections", hint: "Have the client keep one open, or raise --max-connections." },
  { fits: (_, said) => /^530[^\n]*STARTTLS/m.test(said), text: "sent without TLS where it is required", hint: "Switch STARTTLS on in the client, or send to the plain port." },
  { fits: (_, said) => /^530[^\n]*[Aa]uth/m.test(said), text: "sent without a login where one is required", hint: LOGIN },
  { fits: ({ auth }, said) => auth === null && /AUTH[^\n]*\n(?:334[^\n]*\n[^\n]*\n)*5\d\d/.test(said), text: "its login was refused", hint: LOGIN },
  { fits: found("F-AUTH-UNADVERTISED"), text: "asked for a way to log in that is not offered here", hint: "Choose PLAIN or LOGIN in the client. Over a port that requires TLS it has to come first." },
  { fits: (_, said) => /^5\d\d[ -][^\n]*(?:size|too big|too large)/im.test(said), text: "its message was larger than is taken", hint: "Raise --max-size." },
  { fits: ({ attempts }) => attempts > 0, text: "tried to send, and was refused or gave up", hint: "Its session tells the reply, and Attempts what it tried." },
  { fits: ended(/idle|too long/i), text: "said nothing for too long", hint: "A pool keeps connections open: that does no harm." },
  { fits: ended(/did not read/i), text: "did not read the replies", hint: "" },
  { fits: ({ helo, end }) => helo === null && /closed|reset|hung up/i.test(end ?? ""), text: "connected and went away without a word", hint: "A health check, or a script that waits for the port: that does no harm." },
  { fits: ({ helo, auth }) => helo !== null && auth !== null, text: "logged in and sent no mail", hint: "A test of the settings, perhaps." },
  { fits: (_, said) => /^250[- ]STARTTLS/m.test(said) && !/^STARTTLS/im.test(said), text: "greeted and sent no mail, without TLS though it is offered", hint: "A client that wants another kind of TLS leaves here: it should use STARTTLS on this port." },
  { fits: ({ helo }) => helo !== null, text: "greeted and sent no mail: a test of the connection, perhaps", hint: "A client that demands STARTTLS leaves here too, where this port does not offer it: then use --starttls." },
];

/**
 * The likely reason and what to do, or null where the session delivered something or is still open.
 * @param {Session} session
 * @returns {Reason | null}
 */
export function adviceOf(session) {
  if (session.messages > 0 || session.ended_at === null) return null;
  const said = (session.transcript ?? []).map(({ text }) => text).join("\n");
  const rule = RULES.find(({ fits }) => fits(session, said));
  if (rule) return { text: rule.text, hint: rule.hint };
  return session.end ? { text: session.end, hint: "" } : null;
}

/** The likely reason alone. @param {Session} session */
export const reasonOf = (session) => adviceOf(session)?.text ?? null;
