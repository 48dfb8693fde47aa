// @ts-check
/** The header fields, decoded or raw, filtered; what the trace tells. */

/** @import { TabView } from "../tabs.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { hops } from "../../trace.js";
import { duration } from "../../format.js";

/** @type {TabView} */
export const headersTab = {
  title: "Headers",
  count: (message) => message.headers.length,
  view: (message, state, page) => {
    const parts = state.message.parts;
    const wanted = String(parts.headerFilter ?? "").toLowerCase();
    const raw = /** @type {{ name: string, raw: string }[] | undefined} */ (parts.rawHeaders);
    const shown = message.headers
      .map((field, index) => ({ ...field, value: raw?.[index]?.raw ?? field.value }))
      .filter(({ name, value }) => `${name}: ${value}`.toLowerCase().includes(wanted));
    return html`${toolsView(message.id, raw !== undefined, page)} ${traceView(message.headers)}
      <dl class="fields scrolls" tabindex="0">
        ${shown.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value.trim()}</dd></div>`)}
        ${shown.length ? nothing : html`<p class="more">No field says that.</p>`}
      </dl>`;
  },
};

/** @param {string} id @param {boolean} raw @param {Page} page */
const toolsView = (id, raw, page) => html`<div class="toolbar tools">
  <label class="unseen" for="header-filter">Filter</label>
  <input id="header-filter" class="field" type="search" placeholder="Filter" @input=${(/** @type {Event} */ event) =>
    page.dispatch({ type: "message.part", id, name: "headerFilter", value: /** @type {HTMLInputElement} */ (event.target).value })} />
  <button type="button" class="button quiet" aria-pressed=${raw ? "true" : "false"} @click=${() => page.attempt(() => page.message.rawHeaders(!raw))}>As sent</button>
</div>`;

/** The way of a message by its Received fields, oldest first. @param {{ name: string, value: string }[]} headers */
function traceView(headers) {
  const steps = hops(headers);
  if (!steps.length) return nothing;
  return html`<ol class="trace" aria-label="Way of the message">
    ${steps.map(({ from, by, protocol, wait }) => html`<li><strong>${by || "?"}</strong> <span class="muted">${from ? `from ${from}` : ""} ${protocol ? `by ${protocol}` : ""}</span>
      ${wait === null ? nothing : html`<span class="chip">${wait < 0 ? "clock behind" : `+${duration(wait)}`}</span>`}</li>`)}
  </ol>`;
}
