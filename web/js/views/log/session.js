// @ts-check
/** A session: who it was, what came of it, and its dialogue. Pure. */

/** @import { State } from "../../state.js" */
/** @import { Attempt, Session } from "../../types.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { spanOf } from "../../chain.js";
import { clock, fullTime, many } from "../../format.js";
import { classOf, decidedOf } from "../../narrow.js";
import { reasonOf } from "../../reasons.js";
import { icon } from "../icons.js";
import { href } from "../shell.js";
import { findingView } from "../tabs/inside.js";
import { backView } from "./attempt.js";
import { TONES } from "./rows.js";
import { transcriptView } from "./transcript.js";

/** @param {State} state @param {Page} page */
export function sessionView({ log, app }, page) {
  const { session, tried } = log;
  if (!session || session.id !== app.route.id) return html`<div class="hint"><p role="status">${log.gone ? "This session is not here any more." : "Loading…"}</p></div>`;
  const reason = reasonOf(session);
  const act = (/** @type {() => unknown} */ work) => () => page.attempt(work);
  return html`<div class="reader">
    <header class="head"><div class="line">
      ${backView(page)}<h1 class="grow cut">${session.helo ?? "No greeting"} <span class="muted">${session.peer}</span></h1>
      ${session.ended_at === null ? html`<span class="live on">open</span>` : nothing}
      <button type="button" class="button icon quiet" aria-label="Copy the dialogue" title="Copy the dialogue" @click=${act(() => page.log.copyTranscript())}>${icon("copy")}</button>
      <button type="button" class="button icon quiet" aria-label="Download the dialogue" title="Download the dialogue" @click=${act(() => page.log.download())}>${icon("download")}</button>
    </div>
    <p class="muted" title=${fullTime(session.started_at)}>${timesOf(session)} · ${session.protocol} at ${session.listener}${session.end ? ` · ${session.end}` : ""}</p>
    <p class="line wraps">
      ${session.tls ? html`<span class="chip good">${icon("lock")}${session.tls.version}, ${session.tls.cipher}</span>` : html`<span class="chip">not encrypted</span>`}
      ${session.auth ? html`<span class="chip info">${icon("key")}${session.auth.mechanism} as ${session.auth.identity}</span>` : nothing}
      ${session.messages ? html`<a href=${href({ query: `session:${session.id}` })}>${many(session.messages, "message")}</a>` : html`<span class="muted">no message</span>`}
    </p>
    ${reason ? html`<p class="note warn" role="note">Delivered nothing: ${reason}</p>` : nothing}</header>
    <div class="padded" tabindex="0" role="region" aria-label="About the session">
      ${tried.length ? html`<h2>${many(tried.length, "attempt")}</h2><ul class="tried">${tried.map(triedView)}</ul>` : nothing}
      ${session.findings.length ? html`<details class="fold"><summary>${many(session.findings.length, "finding")}: what the client did against the rules</summary><ul class="findings">${session.findings.map(findingView)}</ul></details>` : nothing}
      <h2>Dialogue</h2>${transcriptView(session, log.lines, page)}
    </div>
  </div>`;
}

/** @param {Session} session */
function timesOf({ started_at, ended_at }) {
  const begin = clock(started_at);
  return ended_at === null ? `since ${begin}` : `${begin}, for ${spanOf(Date.parse(ended_at) - Date.parse(started_at))}`;
}

/** @param {Attempt} attempt */
const triedView = (attempt) => html`<li class="line">
  <a class=${`chip ${TONES[classOf(attempt)]}`} href=${href({ view: "attempts", id: attempt.id })}>${decidedOf(attempt)?.slice(0, 3) ?? "left"}</a>
  <span class="cut grow">${attempt.mail_from || "<>"} → ${attempt.recipients.map(({ address }) => address).join(", ") || "nobody"}</span>
  ${attempt.rules.map((rule) => html`<a class="chip warn" href=${href({ view: "faults", id: rule })}>${rule}</a>`)}
  ${attempt.message ? html`<a href=${href({ id: attempt.message })}>message</a>` : nothing}
</li>`;
