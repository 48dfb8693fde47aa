import assert from "node:assert/strict";
import { test } from "node:test";
import { neighbour, reduce, tabsOf } from "../js/reduce.js";
import { FIRST, MAX_ROWS } from "../js/state.js";

const row = (seq, more = {}) => ({ id: `m${seq}`, seq, read: false, tags: [], session: "s", ...more });
const ids = (state) => state.rows.map(({ id }) => id);
const after = (state, ...events) => events.reduce(reduce, state);
const listing = (rows, more = {}) => ({ messages: rows, total: rows.length, unread: rows.length, older: null, ...more });
const THREE = after(FIRST, { type: "list", list: listing([row(3), row(2), row(1)]) });
const opened = (message) => after(THREE, { type: "route", route: { name: "message", id: message.id } }, { type: "message", message });
const MESSAGE = row(2, { html: "<p>", text: "t" });

test("a new message comes on top and is counted", () => {
  const state = after(THREE, { type: "added", row: row(4) });
  assert.deepEqual(ids(state), ["m4", "m3", "m2", "m1"]);
  assert.deepEqual([state.total, state.unread], [4, 4]);
});

test("the rules are those that were told last", () => {
  const faults = { faults: [], active: 2, hits: 5 };
  assert.deepEqual(after(THREE, { type: "faults", faults }).faults, faults);
});

test("a message that is there already is not added again", () => {
  assert.equal(after(THREE, { type: "added", row: row(3) }), THREE);
});

test("the state that was is left as it was", () => {
  after(THREE, { type: "added", row: row(4) }, { type: "deleted", ids: ["m1"] });
  assert.deepEqual(ids(THREE), ["m3", "m2", "m1"]);
});

test("live mail does not fill the list without end, and what falls out can be scrolled to", () => {
  let state = FIRST;
  for (let seq = 1; seq <= MAX_ROWS + 1; seq++) state = after(state, { type: "added", row: row(seq) });
  assert.equal(state.rows.length, MAX_ROWS / 2);
  assert.equal(state.older, `/api/messages?before=${state.rows.at(-1).seq}`);
  assert.equal(state.total, MAX_ROWS + 1);
});

test("an older page goes below, each row once", () => {
  const state = after(THREE, { type: "older", list: listing([row(1), row(0)]) });
  assert.deepEqual(ids(state), ["m3", "m2", "m1", "m0"]);
});

test("an update reaches the row and the open message", () => {
  const change = { ids: ["m2"], read: true, add_tags: ["a", "b"], remove_tags: ["old"] };
  const start = opened({ ...MESSAGE, tags: ["old", "a"] });
  const state = after(start, { type: "updated", ...change });
  assert.deepEqual(state.rows.map(({ read }) => read), [false, true, false]);
  assert.deepEqual([state.message.read, state.message.tags], [true, ["a", "b"]]);
});

test("an update that says nothing of the flag leaves it", () => {
  const change = { ids: ["m2"], read: null, add_tags: [], remove_tags: [] };
  assert.equal(after(THREE, { type: "updated", ...change }).rows[1].read, false);
});

test("the choice moves on when its row goes", () => {
  const choose = { type: "choose", id: "m2" };
  assert.equal(after(THREE, choose, { type: "deleted", ids: ["m2"] }).chosen, "m1");
  assert.equal(after(THREE, choose, { type: "deleted", ids: ["m2", "m1"] }).chosen, "m3");
  assert.equal(after(THREE, choose, { type: "deleted", ids: ["m1", "m2", "m3"] }).chosen, null);
});

test("an open message that goes is said to be gone", () => {
  const state = after(opened(MESSAGE), { type: "cleared" });
  assert.deepEqual([state.message, state.gone, state.total, state.rows], [null, true, 0, []]);
});

test("the tab stays from message to message where there is one", () => {
  const state = after(opened(MESSAGE), { type: "tab", tab: "text" });
  assert.equal(after(state, { type: "message", message: MESSAGE }).tab, "text");
  assert.equal(after(state, { type: "message", message: row(1, { html: "<p>", text: null }) }).tab, "html");
});

test("a body that is not there has no tab", () => {
  assert.deepEqual(tabsOf(row(1, { html: null, text: null })), ["headers", "raw", "session"]);
});

test("remote content is let in for one message only", () => {
  const state = after(opened(MESSAGE), { type: "remote" });
  assert.equal(state.remote, true);
  assert.equal(after(state, { type: "message", message: MESSAGE }).remote, false);
});

test("what was fetched for another message is dropped", () => {
  const state = opened(MESSAGE);
  assert.equal(after(state, { type: "raw", id: "m1", text: "x" }), state);
  assert.equal(after(state, { type: "session", session: { id: "other" } }), state);
  assert.equal(after(state, { type: "raw", id: "m2", text: "x" }).raw, "x");
});

test("the keys stop at both ends", () => {
  const at = (id) => ({ ...THREE, chosen: id });
  assert.equal(neighbour(THREE, 1), "m3");
  assert.equal(neighbour(at("m3"), 1), "m2");
  assert.equal(neighbour(at("m1"), 1), "m1");
  assert.equal(neighbour(at("m3"), -1), "m3");
  assert.equal(neighbour(FIRST, 1), null);
});
