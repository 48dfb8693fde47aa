// @ts-check
/** Text as it stands: the text part, the source of the HTML, the raw octets. Pure. */

/** @import { TabView } from "../tabs.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { base } from "../../base.js";
import { RAW_SHOWN } from "../../api.js";
import { missingWords } from "../../compare.js";
import { highlighted } from "../../highlight.js";
import { hits, marked } from "../marking.js";

/** Characters of a body that are drawn; more would make the page slow. */
const SHOWN = 500_000;

/** Characters of HTML that are coloured; beyond that it is plain. */
const COLOURED = 100_000;

/** @type {TabView} */
export const textTab = {
  title: "Text",
  view: ({ text, html: source, urls }, state) => html`${text !== null && source !== null ? divergenceView(text, source) : nothing}
    <pre class="text scrolls" tabindex="0">${marked((text ?? "").slice(0, SHOWN), hits(state).body)}</pre>
    ${(text ?? "").length > SHOWN ? html`<p class="more">Cut here. <a href=${base(urls.text ?? "")} target="_blank">The whole text</a></p>` : nothing}`,
};

/** @type {TabView} */
export const sourceTab = {
  title: "Source",
  view: ({ html: source }, state) => {
    const whole = source ?? "";
    const { body } = hits(state);
    const coloured = highlighted(whole.slice(0, COLOURED)).map(({ kind, text }) => (kind ? html`<span class=${`t-${kind}`}>${marked(text, body)}</span>` : marked(text, body)));
    return html`<pre class="source scrolls" tabindex="0">${coloured}${marked(whole.slice(COLOURED, SHOWN), body)}</pre>
      ${whole.length > SHOWN ? html`<p class="more">Cut here. Raw has it whole.</p>` : nothing}`;
  },
};

/** @type {TabView} */
export const rawTab = {
  title: "Raw",
  view: (message, state) => {
    const raw = /** @type {string | undefined} */ (state.message.parts.raw);
    if (raw === undefined) return html`<p class="more" role="status">Loading…</p>`;
    return html`<pre class="source scrolls" tabindex="0">${raw}</pre>
      ${message.size > RAW_SHOWN ? html`<p class="more">Cut here. <a href=${base(`${message.urls.raw}?download=1`)} download>Download it whole</a></p>` : nothing}`;
  },
};

/** Where text and HTML do not say the same. @param {string} text @param {string} source */
function divergenceView(text, source) {
  const { onlyText, onlyHtml } = missingWords(text, source);
  if (!onlyText.length && !onlyHtml.length) return html`<p class="note good">Says the same words as the HTML.</p>`;
  return html`<p class="note warn">
    ${onlyHtml.length ? html`Only in the HTML: ${onlyHtml.map((word) => html`<mark>${word}</mark> `)}` : nothing}
    ${onlyText.length ? html`Only in the text: ${onlyText.map((word) => html`<mark>${word}</mark> `)}` : nothing}
  </p>`;
}
