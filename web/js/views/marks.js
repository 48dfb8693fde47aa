// @ts-check
/** Hits of the search that is applied, marked in what is shown. Pure. */

/** @import { State } from "../state.js" */
import { html } from "../../vendor/lit-html/lit-html.js";
import { cut, hitsOf } from "../query/hits.js";

/** What to mark for the search that the list shows. @param {Pick<State, "list" | "search">} state */
export const hits = ({ list, search }) => hitsOf(list.query, search.names);

/** A text with its hits marked. @param {string} text @param {RegExp | null} pattern */
export const marked = (text, pattern) =>
  pattern ? cut(text, pattern).map((piece) => (piece.hit ? html`<mark>${piece.text}</mark>` : piece.text)) : text;
