// @ts-check
/** The terms of a search that must all hold, as its reader sees them. Pure. */

/** @import { Names, Piece } from "./tokens.js" */
import { nameOf, pieces } from "./tokens.js";

/**
 * One of them, as it is written; what OR joins is one, and so is a bracket.
 * @typedef {{ text: string, place: number, not: boolean }} Term
 */

/** What stands between terms and says nothing. */
const BETWEEN = new Set(["space", "AND"]);

/**
 * The terms of a search.
 * @param {string} query
 * @param {Names} names
 * @returns {Term[]}
 */
export function terms(query, names) {
  const all = pieces(query, names);
  /** @type {Term[]} */
  const found = [];
  for (let at = 0; at < all.length; ) {
    const begin = at;
    const { kind, place } = /** @type {Piece} */ (all[at]);
    at = BETWEEN.has(kind) ? at + 1 : anyEnd(all, at);
    const text = all.slice(begin, at).map((piece) => piece.text).join("").trim();
    if (!BETWEEN.has(kind)) found.push({ text, place, not: kind === "NOT" });
  }
  return found;
}

/** The search without one of its terms. @param {Term[]} all @param {number} index */
export const without = (all, index) => all.filter((_, at) => at !== index).map(({ text }) => text).join(" ");

/** Where operands joined by OR end. @param {Piece[]} all @param {number} begin */
function anyEnd(all, begin) {
  let end = oneEnd(all, begin);
  for (let next = skipped(all, end); all[next]?.kind === "OR"; next = skipped(all, end)) {
    end = oneEnd(all, skipped(all, next + 1));
  }
  return Math.min(end, all.length);
}

/** Where one operand ends, its negation and its operator with it. @param {Piece[]} all @param {number} begin */
function oneEnd(all, begin) {
  let at = begin;
  while (all[at]?.kind === "NOT") at = skipped(all, at + 1);
  const operator = all[at];
  if (operator?.kind === "operator") at += 1;
  const value = all[at];
  if (!value || value.kind === "space") return at;
  if (value.kind === "(" || value.kind === "{") return groupEnd(all, at);
  const joined = operator?.kind === "operator" && nameOf(operator) === "header" && value.text.endsWith("=");
  return joined && ["phrase", "regex"].includes(all[at + 1]?.kind ?? "") ? at + 2 : at + 1;
}

/** @param {Piece[]} all @param {number} begin */
function groupEnd(all, begin) {
  let depth = 0;
  for (let at = begin; at < all.length; at += 1) {
    const kind = all[at]?.kind;
    if (kind === "(" || kind === "{") depth += 1;
    if (kind === ")" || kind === "}") depth -= 1;
    if (!depth) return at + 1;
  }
  return all.length;
}

/** @param {Piece[]} all @param {number} at */
const skipped = (all, at) => (all[at]?.kind === "space" ? at + 1 : at);
