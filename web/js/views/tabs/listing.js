// @ts-check
/** Text in lines with their numbers, coloured or not, drawn by steps. Pure. */

/** @import { State } from "../../state.js" */
/** @import { Page } from "../../page.js" */
/** @import { Piece } from "../../highlight.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { guard } from "../../../vendor/lit-html/directives/guard.js";
import { size } from "../../format.js";
import { highlighted, inLines } from "../../highlight.js";
import { stepsOf } from "../../slices/message.js";
import { icon } from "../icons.js";
import { hits, marked } from "../marking.js";

/** Characters, and lines, of a step. */
const CHARACTERS = 32 * 1024;
const LINES = 1_000;

/** Steps that are drawn at most: what is beyond them is there as a download. */
const STEPS = 16;

/**
 * @typedef {{ name: string, text: string, whole: number, coloured: boolean, url: string, title: string }} Listing
 * `whole` is the length of all there is, of which `text` is the beginning.
 */

/** @param {Listing} listing @param {State} state @param {Page} page */
export function listingView({ name, text, whole, coloured, url, title }, state, page) {
  const { message } = state;
  const { body } = hits(state);
  const steps = Math.min(stepsOf(message, name), STEPS);
  const budget = steps * CHARACTERS;
  return html`<div class="toolbar tools">
      <span class="muted grow cut">${size(whole)}</span>
      <button type="button" class="button quiet" aria-pressed=${message.wrap ? "true" : "false"} title="Break long lines" @click=${() => page.message.set({ wrap: !message.wrap })}>${icon("wrap")}Wrap</button>
      <a class="button quiet" href=${url} download>${icon("download")}${title}</a>
    </div>
    <div class="scrolls" tabindex="0" role="region" aria-label=${name}>
      ${guard([text, steps, coloured, message.wrap, body], () => linesView(text.slice(0, budget), steps * LINES, coloured, message.wrap, body))}
      ${text.length > budget && steps < STEPS
        ? html`<p class="more"><button type="button" class="button" @click=${() => page.message.more(name)}>Show more</button> <span>${size(whole - budget)} left</span></p>`
        : whole > Math.min(budget, text.length) ? html`<p class="more">The rest is not drawn: <a href=${url} download>download it whole</a></p>` : nothing}
    </div>`;
}

/** @param {string} text @param {number} most @param {boolean} coloured @param {boolean} wrap @param {RegExp | null} hit */
function linesView(text, most, coloured, wrap, hit) {
  const pieces = coloured ? highlighted(text) : [{ kind: /** @type {const} */ (""), text }];
  return html`<pre class=${`listing ${wrap ? "" : "unwrapped"}`}>${inLines(pieces, most).map((line) => html`<span class="l">${line.map((piece) => pieceView(piece, hit))}
</span>`)}</pre>`;
}

/** @param {Piece} piece @param {RegExp | null} hit */
const pieceView = ({ kind, text }, hit) => (kind ? html`<span class=${`t-${kind}`}>${marked(text, hit)}</span>` : marked(text, hit));
