// @ts-check
/** The dialogue of a session, line by line, with its times; of a long one so much as is asked for. Pure. */

/** @import { Line, Session } from "../../types.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { duration, many } from "../../format.js";

const SIDES = { C: "client", S: "server", "*": "aside" };

/** Milliseconds after the line before from which a wait is marked. */
const LONG = 1000;

/** @param {Session} session @param {number} shown lines at most @param {Page} page */
export function transcriptView({ transcript = [], ended_at }, shown, page) {
  const lines = transcript.slice(0, shown);
  const left = transcript.length - lines.length;
  return html`<div class="transcript">
    <p class="legend muted"><span>elapsed</span><span>step</span></p>
    <ol aria-label="SMTP dialogue">${lines.map((line, at) => lineView(line, transcript[at - 1]))}</ol>
    ${left ? html`<p class="more"><button type="button" class="button" @click=${() => page.dispatch({ type: "log.more" })}>Show more of ${many(left, "line")}</button></p>` : nothing}
    ${transcript.length ? nothing : html`<p class="more">Not a word was said.</p>`}
    ${ended_at === null && !left ? html`<p class="more" role="status">It goes on…</p>` : nothing}
  </div>`;
}

/** @param {Line} line @param {Line | undefined} before */
function lineView({ at, side, text }, before) {
  const waited = at - (before?.at ?? 0);
  const reply = side === "S" ? /^([2-5])\d\d/.exec(text)?.[1] : undefined;
  return html`<li class=${`${SIDES[side]} ${reply ? `r${reply}` : ""}`}>
    <span class="at">${duration(at)}</span>
    <span class=${waited >= LONG ? "at long" : "at"}>${waited >= 0.1 ? `+${duration(waited)}` : ""}</span>
    <span class="speaker" aria-label=${SIDES[side]}>${side}</span>
    <span class="said">${text}</span>
  </li>`;
}
