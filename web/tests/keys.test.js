import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS } from "../js/commands.js";
import { capsOf, isTyping, keyOf, match } from "../js/keys.js";
import { FIRST } from "../js/state.js";
import { message, rows } from "./made.js";

const press = (key, held = {}) => keyOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });
const SHIFT = { shiftKey: true };

test("a key is told as on its cap", () => {
  assert.equal(press("j"), "j");
  assert.equal(press("J", SHIFT), "Shift+J");
  assert.equal(press("?", SHIFT), "?");
  assert.equal(press("#"), "#");
  assert.equal(press(" "), "Space");
  assert.equal(press("ArrowDown", SHIFT), "Shift+ArrowDown");
  assert.equal(press("k", { ctrlKey: true }), "Ctrl+K");
  assert.equal(press("k", { metaKey: true }), "Ctrl+K");
  assert.equal(press("j", { altKey: true }), "Alt+j");
});

test("a mark that a keyboard has on AltGr or Option is the same mark", () => {
  assert.equal(press("[", { altKey: true, ctrlKey: true }), "[");
  assert.equal(press("]", { altKey: true }), "]");
  assert.equal(press("1", { altKey: true }), "Alt+1");
});

test("Caps Lock changes no command", () => {
  assert.equal(press("J"), "j");
  assert.equal(press("j", SHIFT), "Shift+J");
});

const all = () => true;

test("a sequence begins, ends, and does not hold up a key that is none of it", () => {
  assert.deepEqual(match(COMMANDS, "", "g", all), { command: null, begun: "g" });
  assert.equal(match(COMMANDS, "g", "i", all).command.id, "messages");
  assert.equal(match(COMMANDS, "g", "j", all).command.id, "next");
  assert.deepEqual(match(COMMANDS, "g", "~", all), { command: null, begun: "" });
  assert.deepEqual(match(COMMANDS, "", "~", all), { command: null, begun: "" });
});

test("what is not possible now is not found", () => {
  assert.equal(match(COMMANDS, "", "j", () => false).command, null);
});

/** An element of which these selectors are true, for what `isTyping` asks. @param {...string} parts */
const within = (...parts) => ({ closest: (/** @type {string} */ list) => (list.split(",").some((one) => parts.includes(one.trim())) ? {} : null) });

test("in a field or a dialog a key is typed; Escape and the palette work everywhere", () => {
  for (const where of ["input", "textarea", "select", "[contenteditable]", "dialog"]) {
    assert.ok(isTyping("j", within(where), true), where);
    assert.ok(isTyping("Ctrl+A", within(where), true), where);
    assert.ok(!isTyping("Escape", within(where), true), where);
    assert.ok(!isTyping("Ctrl+K", within(where), true), where);
  }
  assert.ok(!isTyping("j", within(), true));
});

test("a control keeps the keys that it has use for", () => {
  assert.ok(isTyping("Enter", within("button"), true));
  assert.ok(isTyping("Space", within("a"), true));
  assert.ok(!isTyping("j", within("button"), true));
  assert.ok(isTyping("ArrowDown", within(".scrolls"), true));
  assert.ok(isTyping("Home", within("[role=tablist]"), true));
  assert.ok(!isTyping("ArrowDown", within(), true));
});

test("single keys can be switched off", () => {
  assert.ok(isTyping("j", within(), false));
  assert.ok(isTyping("?", within(), false));
  assert.ok(!isTyping("Ctrl+K", within(), false));
  assert.ok(!isTyping("Escape", within(), false));
});

test("with single keys switched off a list still has the keys with names, and no letters", () => {
  for (const key of ["ArrowDown", "Shift+ArrowDown", "Enter", "Space", "Home", "Delete"]) {
    assert.ok(!isTyping(key, within("[role=listbox]"), false), key);
    assert.ok(isTyping(key, within(), false), key);
  }
  for (const key of ["j", "Shift+J", "#"]) assert.ok(isTyping(key, within("[role=listbox]"), false), key);
});

test("caps are as one reads them", () => {
  assert.deepEqual(capsOf("Ctrl+K"), [["Ctrl", "K"]]);
  assert.deepEqual(capsOf("g i"), [["G"], ["I"]]);
  assert.deepEqual(capsOf("Shift+ArrowDown"), [["⇧", "↓"]]);
  assert.deepEqual(capsOf("Escape"), [["Esc"]]);
});

/** States in which other commands are possible, by the name of what is so. */
const STATES = Object.fromEntries(
  ["messages", "attempts", "sessions", "faults", "insights", "connect", "settings", "docs"].flatMap((view) =>
    [false, true].map((busy) => [`${view}${busy ? ", with all that can be" : ""}`, stateOf(view, busy)]),
  ),
);

/** @param {string} view @param {boolean} busy */
function stateOf(view, busy) {
  const app = { ...FIRST.app, route: { ...FIRST.app.route, view } };
  if (!busy) return { ...FIRST, app };
  const list = { ...FIRST.list, active: "m1", picked: new Set(["m1"]), waiting: rows(9) };
  const opened = { ...FIRST.message, id: "m1", message: message("m1") };
  return { ...FIRST, app: { ...app, toasts: [{ id: 1, text: "", undo: true }] }, list, message: opened };
}

for (const [name, state] of Object.entries(STATES)) {
  test(`no key has two meanings: ${name}`, () => {
    const keys = COMMANDS.filter((one) => one.when?.(state) ?? true).flatMap((one) => one.keys);
    assert.deepEqual(keys.filter((key, index) => keys.indexOf(key) !== index), []);
  });
}

test("every command has an id and a title of its own", () => {
  for (const name of /** @type {const} */ (["id", "title"])) {
    const told = COMMANDS.map((one) => one[name]);
    assert.deepEqual(told.filter((one, index) => told.indexOf(one) !== index), []);
  }
});

test("no sequence begins with a key that is a command", () => {
  const keys = COMMANDS.flatMap((one) => one.keys);
  const first = new Set(keys.filter((key) => key.includes(" ")).map((key) => key.split(" ")[0]));
  assert.deepEqual(keys.filter((key) => first.has(key)), []);
});

test("keys are written as they are told when pressed", () => {
  for (const key of COMMANDS.flatMap((one) => one.keys).flatMap((keys) => keys.split(" "))) {
    const parts = key.split(/(?<=.)\+/);
    const cap = parts.pop() ?? "";
    const held = { ctrlKey: parts.includes("Ctrl"), shiftKey: parts.includes("Shift") };
    assert.equal(press(cap === "Space" ? " " : held.shiftKey || !held.ctrlKey || cap.length > 1 ? cap : cap.toLowerCase(), held), key);
  }
});
