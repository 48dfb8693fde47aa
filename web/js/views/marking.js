// @ts-check
/** Hits of the search that is applied, marked in what is shown. */

/** @import { State } from "../state.js" */
/** @import { Hits } from "../query/hits.js" */
import { html } from "../../vendor/lit-html/lit-html.js";
import { cut, hitsOf } from "../query/hits.js";

/** Characters from which on it is worth to keep what was found. */
const LONG = 2_000;

/** Long texts that are kept for one search. */
const KEPT = 20;

/** The page is drawn often, and the search is mostly the same. @type {{ query: string, names: unknown, hits: Hits } | null} */
let last = null;

/** Long texts as they were marked, by what was looked for. @type {WeakMap<RegExp, Map<string, unknown>>} */
const kept = new WeakMap();

/** What to mark for the search that the list shows. @param {Pick<State, "list" | "search">} state @returns {Hits} */
export function hits({ list: { query }, search: { names } }) {
  if (last?.query !== query || last.names !== names) last = { query, names, hits: hitsOf(query, names) };
  return last.hits;
}

/**
 * A text with its hits marked.
 * @param {string} text
 * @param {RegExp | null} pattern
 * @param {(piece: string) => unknown} [shown] how a piece of a short text is shown
 * @returns {unknown}
 */
export function marked(text, pattern, shown = (piece) => piece) {
  if (!pattern) return shown(text);
  const texts = text.length < LONG ? null : (kept.get(pattern) ?? new Map());
  const known = texts?.get(text);
  if (known) return known;
  const made = cut(text, pattern).map((piece) => (piece.hit ? html`<mark>${shown(piece.text)}</mark>` : shown(piece.text)));
  if (texts && texts.size >= KEPT) texts.clear();
  if (texts) kept.set(pattern, texts.set(text, made));
  return made;
}
