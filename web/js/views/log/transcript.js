// @ts-check
/** The dialogue of a session, line by line, with its times; of a long one so much as is asked for. Pure. */

/** @import { Line, Session } from "../../types.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { duration, many } from "../../format.js";
import { lineView, stepOf, waitedFor } from "../line.js";

/** Milliseconds after the line before from which a wait is marked. */
const LONG = 1000;

/** @param {Session} session @param {number} shown lines at most @param {Page} page */
export function transcriptView({ transcript = [], ended_at }, shown, page) {
  const lines = transcript.slice(0, shown);
  const left = transcript.length - lines.length;
  return html`<div class="transcript">
    <p class="legend muted"><span>elapsed</span><span>step</span></p>
    <ol aria-label="SMTP dialogue">${lines.map((line, at) => timedView(line, transcript[at - 1]))}</ol>
    ${left ? html`<p class="more"><button type="button" class="button" @click=${() => page.dispatch({ type: "log.more" })}>Show more of ${many(left, "line")}</button></p>` : nothing}
    ${transcript.length ? nothing : html`<p class="more">Not a word was said.</p>`}
    ${ended_at === null && !left ? html`<p class="more" role="status">It goes on…</p>` : nothing}
  </div>`;
}

/** @param {Line} line @param {Line | undefined} before */
function timedView(line, before) {
  const waited = waitedFor(line, before);
  return lineView(line, html`<span class="at">${duration(line.at)}</span>
    <span class=${waited >= LONG ? "at long" : "at"}>${stepOf(waited)}</span>`);
}
