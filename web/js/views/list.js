// @ts-check
/** The list and what stands in its place while there is none. Pure. */

/** @import { Info, Row, State } from "../state.js" */
/** @import { Actions } from "../main.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { address, many, sender, size, subject, time } from "../format.js";
import { pathOf } from "../route.js";

/** @param {State} state @param {Actions} actions */
export function barView(state, actions) {
  const listener = state.info?.listeners[0];
  return html`<header class="bar">
    <h1><a href="/">${icon()} mailtrap</a></h1>
    <span class="counts">${many(state.total, "message")}, ${state.unread.toLocaleString()} unread</span>
    <div class="end">
      ${listener ? html`<code class="address">${listener.url}</code>` : nothing}
      <span class=${state.live ? "live on" : "live"} role="status">${state.live ? "live" : "connecting"}</span>
      <button type="button" class="danger" ?disabled=${!state.total} @click=${actions.askClear}>Delete all</button>
    </div>
  </header>`;
}

/** @param {State} state @param {Actions} actions */
export function listView(state, actions) {
  return html`<nav class="list" aria-label="Messages" @scroll=${actions.scroll}>
    <ul>
      ${repeat(state.rows, (row) => row.id, (row) => html`<li>${rowView(row, state)}</li>`)}
    </ul>
    ${state.older ? html`<p class="more">Loading older messages…</p>` : nothing}
  </nav>`;
}

/** @param {Info | null} info */
export function emptyView(info) {
  const listener = info?.listeners[0];
  const at = listener ? address(listener) : null;
  return html`<section class="hint">
    <h2>No mail yet</h2>
    <p>Send the first one: <code>mailtrap send</code></p>
    ${at
      ? html`<p>or have your program send to SMTP host <code>${at.host}</code>, port <code>${at.port}</code>.</p>`
      : nothing}
    <p>It appears here at once.</p>
  </section>`;
}

/** @param {Row} row @param {State} state */
function rowView(row, state) {
  const open = state.route.name === "message" && state.message?.id === row.id;
  const classes = ["row", row.read ? "" : "unread", row.id === state.chosen ? "chosen" : "", open ? "open" : ""];
  return html`<a
    class=${classes.filter(Boolean).join(" ")}
    id=${`row-${row.id}`}
    href=${pathOf(row.id)}
    aria-current=${open ? "true" : nothing}
    aria-label=${`${row.read ? "" : "Unread. "}${sender(row)}: ${subject(row)}`}
  >
    <span class="from">${sender(row)}</span>
    <time class="facts" datetime=${row.received_at}>${time(row.received_at)}</time>
    <span class="subject">${subject(row)}</span>
    <span class="facts">${row.has_attachment ? clip() : nothing}${size(row.size)}</span>
    <span class="to">to ${row.envelope.rcpt_to.join(", ")}</span>
  </a>`;
}

const icon = () => html`<svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
  <rect x="2" y="6" width="28" height="20" rx="4" fill="var(--accent)" />
  <path d="M6 11l10 8 10-8" fill="none" stroke="var(--on-accent)" stroke-width="3" stroke-linecap="round" />
</svg>`;

const clip = () => html`<svg width="14" height="14" viewBox="0 0 16 16" role="img" aria-label="has attachments">
  <path
    d="M13 7.5l-5.2 5.2a3.2 3.2 0 0 1-4.5-4.5l5.4-5.4a2.1 2.1 0 0 1 3 3L6.4 11a1 1 0 0 1-1.5-1.4l4.6-4.7"
    fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" />
</svg>`;
