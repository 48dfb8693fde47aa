import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { loadSettings, saveSettings } from "../js/settings.js";
import { SETTINGS } from "../js/slices/app.js";

/** @type {Map<string, string>} */
const kept = new Map();

beforeEach(() => {
  kept.clear();
  globalThis.localStorage = /** @type {any} */ ({ getItem: (name) => kept.get(name) ?? null, setItem: (name, text) => kept.set(name, text) });
});

const written = (value) => kept.set("mailtrap.settings", typeof value === "string" ? value : JSON.stringify(value));

test("without anything kept they are as they were first", () => {
  assert.deepEqual(loadSettings(), SETTINGS);
});

test("what is kept comes back", () => {
  const settings = { ...SETTINGS, theme: "dark", dense: true, recent: ["a"], saved: [{ name: "A", query: "a" }] };
  saveSettings(settings);
  assert.deepEqual(loadSettings(), settings);
});

test("what is broken, unknown or of another kind is passed over", () => {
  for (const text of ["", "{", "null", "[]", "7", '"x"']) {
    written(text);
    assert.deepEqual(loadSettings(), SETTINGS, text);
  }
  written({ theme: 7, dense: "yes", side: null, recent: {}, saved: "x", more: 1, keys: false });
  assert.deepEqual(loadSettings(), { ...SETTINGS, keys: false });
});

test("of lists only what fits comes back", () => {
  written({ theme: "pink", recent: ["a", 7, null, {}], saved: [null, "x", { name: "A" }, { name: "A", query: "a" }, { name: 1, query: "b" }] });
  assert.deepEqual(loadSettings(), { ...SETTINGS, recent: ["a"], saved: [{ name: "A", query: "a" }] });
});

test("a browser that keeps nothing does no harm", () => {
  globalThis.localStorage = /** @type {any} */ ({ getItem: () => { throw new Error("no"); }, setItem: () => { throw new Error("no"); } });
  assert.deepEqual(loadSettings(), SETTINGS);
  assert.doesNotThrow(() => saveSettings(SETTINGS));
});
