// @ts-check
/** The header fields, decoded or raw, filtered and explained; what the trace tells. Pure. */

/** @import { TabView } from "../tabs.js" */
/** @import { Page } from "../../page.js" */
/** @import { Hop } from "../../trace.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { guard } from "../../../vendor/lit-html/directives/guard.js";
import { live } from "../../../vendor/lit-html/directives/live.js";
import { duration, many } from "../../format.js";
import { meaningOf, signature, verdicts } from "../../fields.js";
import { stepsOf } from "../../slices/message.js";
import { hops } from "../../trace.js";
import { icon } from "../icons.js";
import { moreView } from "../more.js";
import { strange } from "../shown.js";

/** Fields of a step, hops in all, characters of a field. */
const SHOWN = 200;
const HOPS = 50;
const LONG = 4_000;

/** @typedef {{ name: string, value: string, raw?: string }} Field */

/** @type {TabView} */
export const headersTab = {
  title: "Headers",
  count: (message) => message.headers.length,
  view: (message, state, page) => {
    const { parts } = state.message;
    const filter = String(parts.headerFilter ?? "");
    const raw = /** @type {Field[] | undefined} */ (parts.rawHeaders);
    const steps = stepsOf(state.message, "headers");
    return html`${toolsView(filter, raw !== undefined, page)}
      <div class="scrolls" tabindex="0" role="region" aria-label="Header fields">
        ${guard([message.headers, raw, filter, steps], () => html`${filter ? nothing : traceView(message.headers)}
          ${fieldsView(raw ?? message.headers, raw !== undefined, filter, steps, page)}`)}
      </div>`;
  },
};

/** @param {string} filter @param {boolean} raw @param {Page} page */
const toolsView = (filter, raw, page) => html`<div class="toolbar tools">
  <label class="unseen" for="header-filter">Filter the fields</label>
  <input id="header-filter" class="field grow" type="search" placeholder="Filter" autocomplete="off" spellcheck="false" .value=${live(filter)}
    @input=${(/** @type {Event} */ event) => page.message.put("headerFilter", /** @type {HTMLInputElement} */ (event.target).value)} />
  <div class="group" role="group" aria-label="How the fields are shown">
    <button type="button" class="button quiet" aria-pressed=${raw ? "false" : "true"} @click=${() => page.attempt(() => page.message.rawHeaders(false))}>Decoded</button>
    <button type="button" class="button quiet" aria-pressed=${raw ? "true" : "false"} @click=${() => page.attempt(() => page.message.rawHeaders(true))}>As sent</button>
  </div>
</div>`;

/** @param {Field[]} fields @param {boolean} asSent @param {string} filter @param {number} steps @param {Page} page */
function fieldsView(fields, asSent, filter, steps, page) {
  const wanted = filter.toLowerCase();
  const found = fields.filter(({ name, value, raw }) => `${name}: ${raw ?? value}`.toLowerCase().includes(wanted));
  const shown = found.slice(0, steps * SHOWN);
  return html`<dl class="fields">${shown.map((field) => fieldView(field, asSent, page))}</dl>
    ${found.length ? nothing : html`<p class="more" role="status">No field says that.</p>`}
    ${moreView(page, "headers", found.length - shown.length, "fields left")}`;
}

/** @param {Field} field @param {boolean} asSent @param {Page} page */
function fieldView({ name, value, raw }, asSent, page) {
  const whole = (asSent ? (raw ?? value) : value).trim();
  const meaning = meaningOf(name);
  return html`<div>
    <dt title=${meaning}>${strange(name)}</dt>
    <dd><span class="value">${strange(whole.slice(0, LONG))}</span>${whole.length > LONG ? html`<span class="muted"> … ${many(whole.length - LONG, "character")} more</span>` : nothing}
      ${asSent ? nothing : detailsView(name, value)}${meaning ? html`<span class="meaning">${meaning}</span>` : nothing}</dd>
    <dd class="does"><button type="button" class="button icon quiet on-hover" aria-label=${`Copy ${name}`} title="Copy" @click=${() => page.attempt(() => page.copy(whole, "Copied"))}>${icon("copy")}</button></dd>
  </div>`;
}

/** What a field of authentication says, taken apart. @param {string} name @param {string} value */
function detailsView(name, value) {
  if (/authentication-results$/i.test(name)) {
    return html`<span class="chips">${verdicts(value).map(({ method, result, tone }) => html`<span class=${`chip ${tone}`}>${method} ${result}</span>`)}</span>`;
  }
  if (!/^(dkim-signature|arc-message-signature|arc-seal)$/i.test(name)) return nothing;
  return html`<span class="chips">${signature(value).map((tag) => html`<span class="chip"><span class="muted">${tag.name}</span> <span class="cut">${tag.value}</span></span>`)}</span>`;
}

/** The way of a message by its Received fields, oldest first. @param {Field[]} fields */
function traceView(fields) {
  const steps = hops(fields);
  if (!steps.length) return nothing;
  const shown = steps.slice(-HOPS);
  const whole = steps.reduce((sum, { wait }) => sum + Math.max(wait ?? 0, 0), 0);
  return html`<section class="way" aria-label="Way of the message">
    <h3>${many(steps.length, "hop")}${whole ? `, ${duration(whole)} in all` : ""}</h3>
    <ol class="trace">${shown.map(hopView)}</ol>
  </section>`;
}

/** @param {Hop} hop */
const hopView = ({ from, by, protocol, wait }) => html`<li>
  <span class="at">${wait === null ? "" : wait < 0 ? html`<span class="chip warn" title="The clock of this server is behind">${duration(-wait)} back</span>` : `+${duration(wait)}`}</span>
  <span><strong>${strange(by || "?")}</strong> <span class="muted">${from ? html`from ${strange(from)}` : nothing}</span>
    ${protocol ? html`<span class=${`chip ${/SA?$/i.test(protocol) ? "good" : ""}`}>${protocol}</span>` : nothing}</span>
</li>`;
