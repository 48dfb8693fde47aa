import assert from "node:assert/strict";
import { test } from "node:test";
import { adviceOf, reasonOf } from "../js/reasons.js";

const BARE = {
  id: "s", seq: 1, listener: "smtp", peer: "127.0.0.1:5", started_at: "", ended_at: "2026-01-01T00:00:00Z",
  helo: "app", protocol: "ESMTP", tls: null, auth: null, messages: 0, attempts: 0,
  end: "the client closed the connection", findings: [], inboxes: [], transcript: [],
};

/** @param {string} text lines, the side before each */
const said = (text) => text.split("\n").map((line) => ({ at: 0, side: line[0], text: line.slice(2) }));

/** @param {string} id */
const found = (id) => [{ id, severity: "error", stage: "", message: "", rfc: "", evidence: "", hint: "", count: 1 }];

/** @type {[string, object, RegExp, RegExp][]} what happened, the session, the reason, the hint */
const ROWS = [
  ["an alert about the CA", { end: "TLS failed: tlsv1 alert unknown ca" }, /does not trust the certificate/, /ca\.pem/],
  ["left in the handshake of STARTTLS", { end: "TLS failed: the client closed the connection during the handshake" }, /asked for STARTTLS, then went away/, /ca\.pem/],
  ["silence on a TLS port", { helo: null, end: "TLS failed: the client closed the connection during the handshake" }, /before TLS began/, /SSL on/],
  ["an old TLS", { end: "TLS failed: unsupported protocol version" }, /no version of TLS/, /--min-tls/],
  ["TLS on a plain port", { helo: null, end: "the server hung up", findings: found("F-TLS-ON-PLAIN") }, /spoke TLS on a port without it/, /secure: false/],
  ["HTTP", { helo: null, end: "the server hung up", findings: found("F-PROTOCOL-MISMATCH") }, /another protocol/, /port of this page/],
  ["plain words on a TLS port", { end: "the client did not begin with TLS" }, /spoke plainly/, /SSL on/],
  ["a fault rule", { end: "a rule asked for reset" }, /fault rule/, /Faults/],
  ["no login", { attempts: 1, transcript: said("C MAIL FROM:<a@b>\nS 530 5.7.0 Authentication required") }, /without a login/, /Any name and password/],
  ["no STARTTLS", { transcript: said("C MAIL FROM:<a@b>\nS 530 5.7.0 Must issue a STARTTLS command first") }, /without TLS where it is required/, /STARTTLS on/],
  ["a wrong password", { transcript: said("C AUTH PLAIN ********\nS 535 5.7.8 Authentication credentials invalid") }, /login was refused/, /users/],
  ["a wrong password in two steps", { transcript: said("C AUTH LOGIN\nS 334 VXNlcm5hbWU6\nC ****\nS 334 UGFzc3dvcmQ6\nC ****\nS 535 5.7.8 No") }, /login was refused/, /users/],
  ["a mechanism that is not there", { findings: found("F-AUTH-UNADVERTISED") }, /way to log in/, /PLAIN or LOGIN/],
  ["too large", { attempts: 1, transcript: said("C MAIL FROM:<a@b> SIZE=99\nS 552 5.3.4 Message size exceeds fixed limit") }, /larger than is taken/, /--max-size/],
  ["refused", { attempts: 1 }, /refused or gave up/, /Attempts/],
  ["a health check", { helo: null }, /without a word/, /health check/],
  ["no STARTTLS used", { transcript: said("C EHLO app\nS 250-x\nS 250-STARTTLS\nS 250 HELP\nC QUIT") }, /without TLS though/, /STARTTLS on this port/],
  ["a greeting alone", {}, /greeted and sent no mail/, /--starttls/],
];

for (const [what, session, text, hint] of ROWS) {
  test(`a session is explained, and what to change: ${what}`, () => {
    const advice = adviceOf({ ...BARE, ...session });
    assert.match(advice?.text ?? "", text);
    assert.match(advice?.hint ?? "", hint);
    assert.equal(reasonOf({ ...BARE, ...session }), advice?.text);
  });
}

test("what delivered something, or is still open, needs no reason", () => {
  assert.equal(adviceOf({ ...BARE, messages: 1 }), null);
  assert.equal(adviceOf({ ...BARE, ended_at: null }), null);
});
