// @ts-check
/**
 * Settings to copy, one row a framework. Pure.
 *
 * @import { Target } from "./target.js"
 *
 * @typedef {{
 *   id: string, title: string, file: string, code: (target: Target) => string, note?: string, lmtp?: boolean,
 * }} Snippet `lmtp` marks what can speak LMTP
 */
import { PYTHON } from "./python.js";
import { CONTAINERS, SHELL } from "./shell.js";
import { WEB } from "./web.js";

/** @type {[string, Snippet[]][]} */
const GROUPS = [
  ["Python", PYTHON],
  ["Others", WEB],
  ["Containers, CI", CONTAINERS],
  ["By hand", SHELL],
];

/** The snippets for a target, by group. @param {Target} target @returns {[string, Snippet[]][]} */
export function groupsFor({ lmtp }) {
  if (!lmtp) return GROUPS;
  return GROUPS.map(([title, all]) => /** @type {[string, Snippet[]]} */ ([title, all.filter((one) => one.lmtp)])).filter(([, all]) => all.length);
}

/** The snippet with an id, else the first. @param {[string, Snippet[]][]} groups @param {string | null} id */
export function snippetOf(groups, id) {
  const all = groups.flatMap(([, some]) => some);
  return all.find((one) => one.id === id) ?? all[0] ?? null;
}

/** What begins a comment in a file of this name, beside "#". @type {Record<string, string>} */
const SLASHES = { js: "//", go: "//", cs: "//" };

/**
 * Code in pieces: comments and texts in quotes, which are coloured, and the rest.
 * @param {string} code
 * @param {string} file
 * @returns {{ kind: "" | "comment" | "value", text: string }[]}
 */
export function painted(code, file) {
  const comment = SLASHES[file.split(".").at(-1) ?? ""] ?? "#";
  const token = new RegExp(`((?:^|(?<=\\s))${comment}[^\\n]*)|("[^"\\n]*"|'[^'\\n]*')`, "g");
  /** @type {{ kind: "" | "comment" | "value", text: string }[]} */
  const pieces = [];
  let at = 0;
  for (const match of code.matchAll(token)) {
    pieces.push({ kind: "", text: code.slice(at, match.index) }, { kind: match[1] ? "comment" : "value", text: match[0] });
    at = match.index + match[0].length;
  }
  return [...pieces, { kind: "", text: code.slice(at) }];
}
