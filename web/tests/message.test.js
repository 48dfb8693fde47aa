import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST_MESSAGE, TABS, reduceMessage, tabsOf } from "../js/slices/message.js";
import { message } from "./made.js";

/** @param {...object} events @returns {any} */
const after = (...events) => events.reduce(reduceMessage, FIRST_MESSAGE);

const asked = (id) => ({ type: "message.asked", id });
const loaded = (id, rest) => ({ type: "message.loaded", message: message(id, rest) });

test("a message that was asked for is shown, another is not", () => {
  assert.equal(after(asked("a"), loaded("a")).message.id, "a");
  assert.equal(after(asked("a"), loaded("b")).message, null);
});

test("the latest one takes the id that it has", () => {
  const state = after(asked("latest"), loaded("z"));
  assert.deepEqual([state.id, state.message.id], ["z", "z"]);
});

test("how one looks stays from one to the next, what was fetched and remote content do not", () => {
  const set = { type: "message.set", set: { width: 375, dark: true, zoom: 1.5, unfolded: true, remote: true } };
  const part = { type: "message.part", id: "a", name: "raw", value: "x" };
  const state = after(asked("a"), loaded("a"), set, part, { type: "message.tab", tab: "headers" }, asked("b"), loaded("b"));
  assert.deepEqual([state.width, state.dark, state.zoom, state.unfolded, state.tab], [375, true, 1.5, true, "headers"]);
  assert.equal(state.remote, false);
  assert.deepEqual(state.parts, {});
});

test("to ask for the same again changes nothing", () => {
  const state = after(asked("a"), loaded("a"));
  assert.equal(reduceMessage(state, asked("a")), state);
});

test("a tab that the message lacks gives way to its first", () => {
  const tab = { type: "message.tab", tab: "source" };
  assert.equal(after(asked("a"), tab, loaded("a", { html: null })).tab, "text");
  assert.equal(after(asked("a"), tab, loaded("a")).tab, "source");
});

test("a message has the tabs that it can fill", () => {
  assert.deepEqual(tabsOf(message("a")), TABS);
  assert.deepEqual(tabsOf(message("a", { html: null })), TABS.filter((tab) => tab !== "preview" && tab !== "source"));
  assert.ok(tabsOf(message("a", { text: null })).includes("text"), "it tells what the HTML says");
  assert.ok(tabsOf(message("a", { text: null, html: null })).includes("text"));
});

test("a part that comes late for another message is thrown away", () => {
  const part = { type: "message.part", id: "a", name: "raw", value: "x" };
  assert.deepEqual(after(asked("a"), loaded("a"), asked("b"), loaded("b"), part).parts, {});
  assert.deepEqual(after(asked("a"), loaded("a"), part).parts, { raw: "x" });
});

test("marks and tags from elsewhere are seen", () => {
  const change = { ids: ["a"], read: true, add_tags: ["x"], remove_tags: [] };
  const state = after(asked("a"), loaded("a"), { type: "mail.updated", change });
  assert.deepEqual([state.message.read, state.message.tags], [true, ["x"]]);
  assert.equal(reduceMessage(state, { type: "mail.updated", change: { ...change, ids: ["b"] } }), state);
});

test("what is deleted elsewhere is said to be gone, what is not stays", () => {
  const start = [asked("a"), loaded("a", { inboxes: ["box"] })];
  assert.ok(after(...start, { type: "mail.deleted", ids: ["a"] }).gone);
  assert.ok(after(...start, { type: "mail.cleared", inbox: null }).gone);
  assert.ok(after(...start, { type: "mail.cleared", inbox: "box" }).gone);
  for (const event of [{ type: "mail.deleted", ids: ["b"] }, { type: "mail.cleared", inbox: "other" }]) {
    assert.ok(!after(...start, event).gone);
  }
});

test("a message of two inboxes outlives one of them", () => {
  const start = [asked("a"), loaded("a", { inboxes: ["box", "other"] })];
  assert.ok(!after(...start, { type: "mail.cleared", inbox: "box" }).gone);
});

test("what never was is said to be gone", () => {
  assert.ok(after(asked("a"), { type: "message.gone", id: "a" }).gone);
  assert.ok(!after(asked("a"), { type: "message.gone", id: "b" }).gone);
});
