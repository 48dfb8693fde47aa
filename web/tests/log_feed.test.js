import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY, KEPT, neighbour, scrolled, showed, withNewest, withOlder, withRow } from "../js/feed.js";
import { FIRST_LOG, attemptsIn, faultyOf, reduceLog, sessionsIn } from "../js/slices/log.js";

const row = (seq, more = {}) => ({ id: `r${seq}`, seq, inboxes: ["default"], ...more });
const ids = ({ rows }) => rows.map(({ seq }) => seq);
const held = withNewest(EMPTY, [row(3), row(2)], true);

test("what comes stands on top where one reads the newest", () => {
  assert.deepEqual(ids(withRow(held, row(4))), [4, 3, 2]);
});

test("what comes waits where one reads below, until one is at the top or asks for it", () => {
  const below = withRow(withRow(scrolled(held, 100, 50), row(4)), row(5));
  assert.deepEqual([ids(below), below.waiting.length], [[3, 2], 2]);
  for (const seen of [showed(below), scrolled(below, 0, 50)]) assert.deepEqual([ids(seen), seen.waiting.length], [[5, 4, 3, 2], 0]);
});

test("what has changed stays in its place", () => {
  const changed = withRow(held, row(2, { end: "left" }));
  assert.deepEqual([ids(changed), changed.rows[1].end], [[3, 2], "left"]);
  const waiting = withRow(withRow(scrolled(held, 9, 9), row(4)), row(4, { end: "left" }));
  assert.deepEqual(waiting.waiting, [row(4, { end: "left" })]);
});

test("older rows come behind, none twice, up to a bound", () => {
  assert.deepEqual(ids(withOlder(held, [row(2), row(1)], false)), [3, 2, 1]);
  const all = withOlder(held, Array.from({ length: KEPT }, (_, at) => row(-at)), true);
  assert.deepEqual([all.rows.length, all.more], [KEPT, false]);
});

test("nothing comes in before the list was asked for", () => {
  assert.equal(withRow(EMPTY, row(1)), EMPTY);
});

test("the next row is found among those that are shown", () => {
  const rows = [row(3), row(2), row(1)];
  assert.deepEqual([null, "r3", "r1", "gone"].map((id) => neighbour(rows, id, 1)), ["r3", "r2", "r1", "r3"]);
  assert.equal(neighbour([], null, 1), null);
});

test("only what is in the inbox that is listed comes in", () => {
  const listed = reduceLog(FIRST_LOG, { type: "log.attempts", rows: [], more: false, inbox: "a", older: false });
  const other = reduceLog(listed, { type: "attempt.added", attempt: row(1) });
  assert.deepEqual(ids(other.attempts), []);
  assert.deepEqual(ids(reduceLog(listed, { type: "attempt.added", attempt: row(2, { inboxes: ["a"] }) }).attempts), [2]);
});

test("lists are narrowed by the query, sessions also by where rules acted", () => {
  const attempt = row(1, { mail_from: "a", recipients: [], reply: "451", verdict: "refused", rules: ["x"], session: "s" });
  const session = row(9, { id: "s", helo: "h", peer: "p", listener: "l", auth: null, tls: null, messages: 0, ended_at: "x" });
  const log = { ...FIRST_LOG, attempts: withNewest(EMPTY, [attempt], false), sessions: withNewest(EMPTY, [session], false) };
  assert.equal(attemptsIn(log, "reply:4").length, 1);
  assert.equal(attemptsIn(log, "reply:5").length, 0);
  const faulty = faultyOf(log, [{ session: "t" }]);
  assert.deepEqual([...faulty], ["t", "s"]);
  assert.equal(sessionsIn(log, faulty, "is:fault").length, 1);
  assert.equal(sessionsIn(log, new Set(), "is:fault").length, 0);
});

test("a session that has ended is not open again by news that were under way", () => {
  const loaded = reduceLog(FIRST_LOG, { type: "log.sessions", rows: [], more: false, inbox: null, older: false });
  const closed = reduceLog(loaded, { type: "session.seen", session: row(1, { ended_at: "x" }) });
  assert.equal(reduceLog(closed, { type: "session.seen", session: row(1, { ended_at: null }) }), closed);
});
