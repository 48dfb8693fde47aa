// @ts-check
/** Text as it stands: the text part, the source of the HTML, the raw octets. Pure. */

/** @import { Change } from "../../diff.js" */
/** @import { Message } from "../../slices/message.js" */
/** @import { State } from "../../state.js" */
/** @import { Page } from "../../page.js" */
/** @import { TabView } from "../tabs.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { guard } from "../../../vendor/lit-html/directives/guard.js";
import { base } from "../../base.js";
import { compared, readable } from "../../compare.js";
import { many } from "../../format.js";
import { passages } from "../../reading.js";
import { stepsOf } from "../../slices/message.js";
import { icon } from "../icons.js";
import { hits, marked } from "../marking.js";
import { moreView } from "../more.js";
import { listingView } from "./listing.js";

/** Characters of a text in one step. */
const STEP = 64 * 1024;

/** Steps of a text at most. */
const STEPS = 8;

/** @type {TabView} */
export const textTab = {
  title: "Text",
  view: (message, state, page) => html`${noteView(message, state, page)}
    <div class="scrolls" tabindex="0" role="region" aria-label="Text of the message">
      ${state.message.parts.differences && both(message)
        ? guard([message.text, message.html], () => differencesView(message))
        : bodyView(message, state, page)}
    </div>`,
};

/** @param {Message} message */
const both = ({ text, html: source }) => text !== null && source !== null;

/** What a text lacks, or whether it says what the HTML says. @param {Message} message @param {State} state @param {Page} page */
function noteView(message, { message: { parts } }, page) {
  if (message.text === null && message.html === null) return nothing;
  if (message.text === null) return html`<p class="note warn">There is no text part: programs without HTML show nothing. Below is what the HTML says.</p>`;
  if (message.html === null) return html`<p class="note">There is no HTML part.</p>`;
  return guard([message.text, message.html, parts.differences], () => {
    const { words } = compared(message.text ?? "", message.html ?? "");
    if (!words) return html`<p class="note good line">${icon("check")}Says the same words as the HTML.</p>`;
    const on = Boolean(parts.differences);
    return html`<div class="note warn line"><span class="grow">${many(words, "word")} differ from the HTML.</span>
      <button type="button" class="button quiet" aria-pressed=${on ? "true" : "false"} @click=${() => page.message.put("differences", !on)}>${icon("compare")}Differences</button></div>`;
  });
}

/** @param {Message} message @param {State} state @param {Page} page */
function bodyView(message, state, page) {
  const whole = message.text ?? (message.html === null ? "" : message.html);
  const budget = Math.min(stepsOf(state.message, "text"), STEPS) * STEP;
  if (!whole.trim()) return html`<div class="hint"><p>This message has no text to read.</p></div>`;
  const dim = message.text === null ? "dim" : "";
  const { body } = hits(state);
  return html`${guard([whole, budget, body], () => html`<pre class=${`text ${dim}`}>${passagesView(dim ? readable(whole.slice(0, budget)).trim() : whole.slice(0, budget), body)}</pre>`)}
    ${budget < STEPS * STEP
      ? moreView(page, "text", whole.length - budget, "characters left")
      : whole.length > budget ? html`<p class="more">Cut here. <a href=${base(message.urls.text ?? message.urls.raw)} target="_blank" rel="noopener">All of it</a></p>` : nothing}`;
}

/** @param {string} text @param {RegExp | null} hit */
const passagesView = (text, hit) => passages(text).map(({ depth, pieces }) => html`<span class=${depth ? `quote q${Math.min(depth, 4)}` : ""}>${pieces.map(({ text: piece, href }) =>
  href ? html`<a href=${href} target="_blank" rel="noopener noreferrer">${marked(piece, hit)}</a>` : marked(piece, hit))}</span>`);

/** @param {Message} message */
function differencesView({ text, html: source }) {
  const { changes, cut } = compared(text ?? "", source ?? "");
  return html`<p class="note legend"><del>only in the text</del> <ins>only in the HTML</ins></p>
    <pre class="text">${changesView(changes)}</pre>
    ${cut ? html`<p class="more">Compared as far as here.</p>` : nothing}`;
}

/** Words that stand on one side only, marked so that one needs no colour to see it. @param {Change[]} changes */
export const changesView = (changes) => changes.map(({ side, text }) => (side === "a" ? html`<del>${text}</del>` : side === "b" ? html`<ins>${text}</ins>` : text));

/** @type {TabView} */
export const sourceTab = {
  title: "Source",
  view: ({ html: source, urls }, state, page) => {
    const text = source ?? "";
    const listing = { name: "source", text, whole: text.length, coloured: true, url: base(`${urls.html}?source=true`), title: "HTML" };
    return listingView(listing, state, page);
  },
};

/** @type {TabView} */
export const rawTab = {
  title: "Raw",
  view: (message, state, page) => {
    const raw = /** @type {string | undefined} */ (state.message.parts.raw);
    if (raw === undefined) return html`<p class="more" role="status">Loading…</p>`;
    return listingView({ name: "raw", text: raw, whole: message.size, coloured: false, url: base(`${message.urls.raw}?download=1`), title: ".eml" }, state, page);
  },
};
