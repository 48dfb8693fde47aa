import assert from "node:assert/strict";
import { test } from "node:test";
import { HOME } from "../js/route.js";
import { FIRST_APP, SETTINGS, reduceApp } from "../js/slices/app.js";
import { FIRST, reduce } from "../js/state.js";

/** @param {...object} events @returns {any} */
const after = (...events) => events.reduce(reduceApp, FIRST_APP);

const went = (query) => ({ type: "route", route: { ...HOME, query } });
const toast = (id, undo = false) => ({ type: "toast", toast: { id, text: `t${id}`, undo } });

test("one setting changes and the others stay", () => {
  assert.deepEqual(after({ type: "settings", settings: { dense: true } }).settings, { ...SETTINGS, dense: true });
});

test("three words are shown at once, the newest; each goes by its id", () => {
  const state = after(toast(1), toast(2), toast(3), toast(4));
  assert.deepEqual(state.toasts.map(({ id }) => id), [2, 3, 4]);
  assert.deepEqual(reduceApp(state, { type: "toast.gone", id: 3 }).toasts.map(({ id }) => id), [2, 4]);
  assert.deepEqual(reduceApp(state, { type: "toast.gone", id: 99 }).toasts.length, 3);
});

test("a dialog opens with an empty filter and the first choice", () => {
  const state = after({ type: "palette", filter: "x", chosen: 4 }, { type: "dialog", dialog: "palette" });
  assert.deepEqual([state.dialog, state.filter, state.chosen], ["palette", "", 0]);
});

test("a letter in the palette's filter goes back to the first choice, an arrow keeps the filter", () => {
  const state = after({ type: "palette", filter: "de", chosen: 2 });
  assert.equal(reduceApp(state, { type: "palette", filter: "del" }).chosen, 0);
  assert.equal(reduceApp(state, { type: "palette", chosen: 3 }).filter, "de");
});

test("what is told takes its place", () => {
  const faults = { faults: [], active: 2, hits: 5 };
  const state = after(
    { type: "info", info: { version: "1" } }, { type: "live", live: "lost" }, { type: "inboxes", inboxes: [{ name: "a" }] },
    { type: "tags", tags: { x: 1 } }, { type: "faults", faults }, { type: "said", text: "so" },
  );
  assert.deepEqual([state.info.version, state.live, state.inboxes.length, state.tags.x, state.faults, state.said], ["1", "lost", 1, 1, faults, "so"]);
});

test("what concerns no slice leaves the whole state as it is", () => {
  const state = reduce(FIRST, { type: "nothing like it" });
  for (const [name, slice] of Object.entries(FIRST)) assert.equal(state[name], slice);
});

test("no slice is written into", () => {
  const freeze = (value) => Object.isFrozen(value) || value === null || typeof value !== "object" ? value : (Object.freeze(value), Object.values(value).forEach(freeze), value);
  const first = freeze(structuredClone({ ...FIRST_APP }));
  assert.doesNotThrow(() => [went("a"), toast(1), { type: "dialog", dialog: "help" }, { type: "settings", settings: { dense: true } }].reduce(reduceApp, first));
});
