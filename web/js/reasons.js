// @ts-check
/** Why a session delivered nothing, in words for the one whose program it was. Pure. */

/** @import { Session } from "./types.js" */

/**
 * What is looked for, in order, and what it likely means. The first that fits is told.
 * @type {{ fits: (session: Session, said: string) => boolean, text: string }[]}
 */
const REASONS = [
  { fits: ({ end }) => /unknown ca|bad certificate|certificate unknown|unknown cert/i.test(end ?? ""), text: "began TLS and then went away: it does not trust the certificate" },
  { fits: ({ end }) => /TLS failed.*(handshake|closed)/i.test(end ?? ""), text: "asked for STARTTLS, then went away: most likely it does not trust the certificate" },
  { fits: ({ end }) => /TLS failed.*(version|protocol)/i.test(end ?? ""), text: "speaks no version of TLS that is spoken here" },
  { fits: ({ end }) => /TLS failed/i.test(end ?? ""), text: "TLS failed" },
  { fits: ({ findings }) => findings.some(({ id }) => id === "F-TLS-ON-PLAIN"), text: "spoke TLS on a port without it: use STARTTLS, or no encryption" },
  { fits: ({ findings }) => findings.some(({ id }) => id === "F-PROTOCOL-MISMATCH"), text: "spoke another protocol: this port takes SMTP" },
  { fits: ({ end }) => /did not begin with TLS/i.test(end ?? ""), text: "spoke plainly on a port that begins with TLS" },
  { fits: ({ end }) => /a rule asked/i.test(end ?? ""), text: "a fault rule ended it" },
  { fits: ({ attempts }) => attempts > 0, text: "tried to send, and was refused or gave up" },
  { fits: ({ auth }, said) => auth === null && /AUTH[^\n]*\n(?:334[^\n]*\n[^\n]*\n)*5\d\d/.test(said), text: "its login was refused" },
  { fits: ({ end }) => /idle|too long/i.test(end ?? ""), text: "said nothing for too long" },
  { fits: ({ helo, end }) => helo === null && /closed|reset/i.test(end ?? ""), text: "connected and went away without a word: a health check, or a wait for the port" },
  { fits: ({ helo }) => helo !== null, text: "greeted and sent no mail: a test of the connection, perhaps" },
];

/**
 * The likely reason, or null where the session delivered something or is still open.
 * @param {Session} session
 */
export function reasonOf(session) {
  if (session.messages > 0 || session.ended_at === null) return null;
  const said = (session.transcript ?? []).map(({ text }) => text).join("\n");
  return REASONS.find(({ fits }) => fits(session, said))?.text ?? session.end ?? null;
}
