// @ts-check
/** From keys pressed to commands. Pure, but for the platform. */

/** @import { Command } from "./commands.js" */

/** Milliseconds in which the second key of a sequence must come. */
export const SEQUENCE = 1000;

/** Keys that work also where single letters do not: in fields, or with them switched off. */
const ALWAYS = new Set(["Escape", "Ctrl+K"]);

/** A key with a name, such as Shift+ArrowDown: it is no letter, and a list is nothing without it. */
const NAMED = /\w\w$/;

/** Whether this is a Mac, where Cmd takes the place of Ctrl. */
const isMac = () => /Mac|iP(hone|ad|od)/.test(globalThis.navigator?.platform ?? "");

/**
 * How a key is written in the table of commands.
 * @param {{ key: string, ctrlKey: boolean, metaKey: boolean, altKey: boolean, shiftKey: boolean }} event
 */
export function keyOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  // Keyboards of many countries have [ and # on AltGr or Option.
  if (altKey && /^[^\p{L}\d ]$/u.test(key)) return key;
  // With Caps Lock on, a letter comes in the other case than Shift tells.
  const letterOf = shiftKey ? key.toUpperCase() : key.toLowerCase();
  const name = key === " " ? "Space" : key.length === 1 ? letterOf : key;
  // A mark that needs Shift is its own key; a letter or a named key is told with it.
  const shift = shiftKey && (key.length > 1 || /\p{L}/u.test(key));
  const control = ctrlKey || metaKey;
  const letter = control && key.length === 1 ? name.toUpperCase() : name;
  return `${control ? "Ctrl+" : ""}${altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${letter}`;
}

/**
 * The command of a key, or that a sequence has begun.
 * @param {readonly Command[]} commands
 * @param {string} first a key typed just before, or ""
 * @param {string} key
 * @param {(command: Command) => boolean} possible
 * @returns {{ command: Command | null, begun: string }}
 */
export function match(commands, first, key, possible) {
  const typed = first ? `${first} ${key}` : key;
  const command = commands.find((one) => one.keys.includes(typed) && possible(one)) ?? null;
  if (command) return { command, begun: "" };
  const begun = commands.some((one) => one.keys.some((keys) => keys.startsWith(`${typed} `)));
  if (begun) return { command: null, begun: typed };
  return first ? match(commands, "", key, possible) : { command: null, begun: "" };
}

/**
 * Whether a key is not for commands here: somebody types, or a control has use of it.
 * @param {string} key
 * @param {Element} target
 * @param {boolean} on whether single keys are switched on
 */
export function isTyping(key, target, on) {
  if (ALWAYS.has(key)) return false;
  if (!on && !key.startsWith("Ctrl+") && !(NAMED.test(key) && target.closest("[role=listbox]"))) return true;
  const field = target.closest("input, textarea, select, [contenteditable], dialog");
  if (field) return true;
  const own = ["Enter", "Space"].includes(key) && target.closest("a, button, summary, [role=tab]");
  const moves = key.startsWith("Arrow") || ["Home", "End", "PageUp", "PageDown"].includes(key);
  return Boolean(own) || (moves && target.closest("[role=tablist], [role=separator], .scrolls") !== null);
}

/** A key as one reads it. @param {string} keys */
export function capsOf(keys) {
  /** @type {Record<string, string>} */
  const names = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc", Delete: "Del", PageDown: "PgDn", PageUp: "PgUp", Ctrl: isMac() ? "⌘" : "Ctrl", Shift: "⇧" };
  return keys.split(" ").map((key) => key.split(/(?<=.)\+/).map((cap) => names[cap] ?? (cap.length === 1 ? cap.toUpperCase() : cap)));
}
