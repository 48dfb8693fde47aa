import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST_LOG, KEPT, attemptsOf, classOf, reduceLog, sessionsOf } from "../js/slices/log.js";
import { reasonOf } from "../js/reasons.js";
import { attempt, session } from "./made.js";

/** @param {...object} events @returns {any} */
const after = (...events) => events.reduce(reduceLog, FIRST_LOG);

const rows = (attempts, older = false, inbox = null) => ({ type: "log.attempts", rows: attempts, more: true, inbox, older });
const ids = (list) => list.map(({ id }) => id);

test("newer ones stand on top, older ones below", () => {
  const state = after(rows([attempt(3), attempt(2)]), rows([attempt(1)], true), { type: "attempt.added", attempt: attempt(4) });
  assert.deepEqual(ids(state.attempts), ["a4", "a3", "a2", "a1"]);
  assert.ok(state.loaded.attempts);
  assert.ok(!state.loaded.sessions);
});

test("a session that is seen again takes the place of the one before", () => {
  const state = after({ type: "session.seen", session: session(1, { ended_at: null }) }, { type: "session.seen", session: session(1) });
  assert.deepEqual(state.sessions.map(({ id, ended_at }) => [id, ended_at]), [["s1", ""]]);
});

test("those of another inbox do not come in", () => {
  const state = after(rows([], false, "box"), { type: "attempt.added", attempt: attempt(1) }, { type: "attempt.added", attempt: attempt(2, { inboxes: ["box"] }) });
  assert.deepEqual(ids(state.attempts), ["a2"]);
});

test("live news fill a list up to a bound", () => {
  const full = Array.from({ length: KEPT }, (_, index) => attempt(KEPT - index));
  const state = after(rows(full), { type: "attempt.added", attempt: attempt(KEPT + 1) });
  assert.equal(state.attempts.length, KEPT);
  assert.equal(state.attempts[0].id, `a${KEPT + 1}`);
});

test("what is gone is said so, until something is opened", () => {
  const gone = after({ type: "log.attempt", attempt: attempt(1), chains: [] }, { type: "log.gone" });
  assert.deepEqual([gone.gone, gone.attempt], [true, null]);
  assert.ok(!reduceLog(gone, { type: "log.session", session: session(1) }).gone);
});

test("an attempt is of the class of the reply that decided", () => {
  assert.equal(classOf(attempt(1)), "2");
  assert.equal(classOf(attempt(1, { verdict: "refused", reply: "451 4.7.1 Later" })), "4");
  assert.equal(classOf(attempt(1, { verdict: "refused", reply: "550 5.1.1 No" })), "5");
  assert.equal(classOf(attempt(1, { verdict: "aborted", reply: null })), "aborted");
});

test("filters show their class, and all shows all", () => {
  const attempts = [attempt(1), attempt(2, { verdict: "refused", reply: "451 Later" })];
  assert.deepEqual(ids(attemptsOf(attempts, "4")), ["a2"]);
  assert.equal(attemptsOf(attempts, "all"), attempts);
  const sessions = [session(1), session(2, { messages: 0 })];
  assert.deepEqual(ids(sessionsOf(sessions, "empty")), ["s2"]);
  assert.equal(sessionsOf(sessions, "all"), sessions);
});

test("a session that delivered, or is open, needs no reason", () => {
  assert.equal(reasonOf(session(1)), null);
  assert.equal(reasonOf(session(1, { messages: 0, ended_at: null })), null);
});

test("a session that delivered nothing has one", () => {
  const empty = (rest) => reasonOf(session(1, { messages: 0, attempts: 0, ...rest }));
  assert.match(empty({ end: "TLS failed: tlsv1 alert unknown ca" }), /certificate/);
  assert.ok(empty({ helo: null, end: "client closed" }));
  assert.ok(empty({ attempts: 1 }));
});
