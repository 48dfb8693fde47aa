import assert from "node:assert/strict";
import { test } from "node:test";

import { pathOf, routeOf } from "../js/route.js";
import { FIRST_INSIGHTS, reduceInsights } from "../js/slices/insights.js";
import { attemptsOf, boundsQuery, bucketsOf, isAge, lacksAttempts, localOf, momentOf, spanOf, spanQuery, sumsOf, sumsText, term, wholeTerm } from "../js/spans.js";

const NOTHING = { "2xx": 0, "4xx": 0, "5xx": 0, aborted: 0 };
const at = (second, part = "000000") => `2026-05-04T03:02:${String(second).padStart(2, "0")}.${part}Z`;

/** Six buckets of one second; the span begins and ends within the outermost. */
const TOLD = {
  since: at(0, "500000"),
  until: at(5, "250000"),
  width: 1,
  buckets: [0, 1, 2, 3, 4, 5].map((second) => ({ at: at(second), messages: second, replies: { ...NOTHING, "2xx": second, "5xx": 1 } })),
};

test("a span of inner buckets goes from the begin of the first to the begin of the next", () => {
  assert.deepEqual(spanOf(TOLD, 1, 2), { since: at(1), until: at(3) });
});

test("a span never leaves that of the figures", () => {
  assert.deepEqual(spanOf(TOLD, 0, 5), { since: TOLD.since, until: TOLD.until });
});

test("the buckets of a span are those it was made of", () => {
  for (const [first, last] of [[0, 0], [0, 5], [2, 3], [5, 5]]) assert.deepEqual(bucketsOf(TOLD, spanOf(TOLD, first, last)), [first, last]);
});

test("a span that cuts buckets touches both of them", () => {
  assert.deepEqual(bucketsOf(TOLD, { since: at(1, "900000"), until: at(2, "000001") }), [1, 2]);
});

test("a span outside of the figures has no buckets", () => {
  assert.equal(bucketsOf(TOLD, { since: at(8), until: at(9) }), null);
  assert.equal(bucketsOf(TOLD, { since: "2025-01-01T00:00:00.000000Z", until: "2025-01-02T00:00:00.000000Z" }), null);
});

test("sums are those of the buckets, both ends included", () => {
  const sums = sumsOf(TOLD, 1, 3);
  assert.deepEqual(sums, { messages: 6, replies: { ...NOTHING, "2xx": 6, "5xx": 3 } });
  assert.equal(attemptsOf(sums.replies), 9);
});

test("messages without attempts are told beside them", () => {
  const gone = { at: at(6), messages: 9, replies: NOTHING };
  assert.ok(!lacksAttempts(TOLD));
  assert.ok(lacksAttempts({ ...TOLD, buckets: [...TOLD.buckets, gone] }));
  assert.equal(sumsText(gone), "messages 9");
  assert.equal(sumsText({ messages: 2, replies: { ...NOTHING, "2xx": 2, "5xx": 1 } }), "taken 2, refused for good 1");
  assert.equal(sumsText({ messages: 0, replies: NOTHING }), "nothing");
});

test("the search of a span has its very bounds", () => {
  assert.equal(spanQuery({ since: at(1), until: at(3) }), `after:${at(1)} before:${at(3)}`);
});

test("what is of all has no bounds in its search", () => {
  assert.equal(boundsQuery(TOLD, { since: null, until: null }), "");
  assert.equal(boundsQuery(TOLD, { since: "5m", until: null }), `after:${TOLD.since} before:${TOLD.until}`);
  assert.equal(boundsQuery(TOLD, { since: at(0, "500000"), until: null }), `after:${TOLD.since}`);
  assert.equal(boundsQuery(TOLD, { since: null, until: at(5) }), `before:${TOLD.until}`);
});

test("a value is quoted where it must be", () => {
  assert.equal(term("rcpt", "ann+x@example.com"), "rcpt:ann+x@example.com");
  assert.equal(term("mailfrom", "a b@example.com"), 'mailfrom:"a b@example.com"');
  assert.equal(wholeTerm("subject", 'say "hi" \\o/'), 'subject:="say \\"hi\\" \\\\o/"');
});

test("an age is told from a date", () => {
  for (const age of ["5m", "24h", "1.5 h", "1w"]) assert.ok(isAge(age), age);
  for (const other of [null, "", "2026-05-04", "10:30", "yesterday", at(1)]) assert.ok(!isAge(other), String(other));
});

test("a moment survives the field of a form", () => {
  assert.equal(momentOf(localOf(at(7))), "2026-05-04T03:02:07.000Z");
  assert.equal(momentOf(""), null);
});

test("the span stands in the address", () => {
  const route = routeOf("/insights", "?inbox=ci&since=1h&until=now");
  assert.deepEqual([route.view, route.inbox, route.since, route.until], ["insights", "ci", "1h", "now"]);
  assert.equal(pathOf(route), "/insights?inbox=ci&since=1h&until=now");
  assert.equal(pathOf({ view: "insights" }), "/insights");
});

test("an answer to an older question is not taken", () => {
  const one = { inbox: null, since: "5m", until: null };
  const two = { inbox: null, since: null, until: null };
  const state = reduceInsights(reduceInsights(FIRST_INSIGHTS, { type: "insights.asked", asked: one }), { type: "insights.asked", asked: two });
  assert.equal(reduceInsights(state, { type: "insights.told", asked: one, told: TOLD }).told, null);
  assert.equal(reduceInsights(state, { type: "insights.told", asked: two, told: TOLD }).told, TOLD);
});

test("what is chosen stays while the same is asked again, and goes with another span", () => {
  const all = { inbox: null, since: null, until: null };
  let state = reduceInsights(FIRST_INSIGHTS, { type: "insights.asked", asked: all });
  state = reduceInsights(state, { type: "insights.chosen", span: spanOf(TOLD, 1, 2) });
  assert.ok(reduceInsights(state, { type: "insights.asked", asked: { ...all } }).chosen);
  assert.equal(reduceInsights(state, { type: "insights.asked", asked: { ...all, since: "1h" } }).chosen, null);
});
