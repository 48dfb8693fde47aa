// @ts-check
/** Attempts and sessions: lists with filters, and what is open of them. Pure. */

/** @import { Chain, Filter, Try } from "../slices/log.js" */
/** @import { State } from "../state.js" */
/** @import { Attempt, Session } from "../types.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { ago, clock, duration, fullTime, many } from "../format.js";
import { reasonOf } from "../reasons.js";
import { attemptsOf, classOf, sessionsOf } from "../slices/log.js";
import { icon } from "./icons.js";
import { roleOf } from "./list.js";
import { href } from "./shell.js";
import { findingView } from "./tabs/inside.js";
import { dialogueView } from "./tabs/session.js";

/** @type {Record<"attempts" | "sessions", [Filter, string][]>} */
const FILTERS = {
  attempts: [["all", "All"], ["2", "2xx"], ["4", "4xx"], ["5", "5xx"], ["aborted", "Left"]],
  sessions: [["all", "All"], ["empty", "Without mail"]],
};

/** @type {Record<string, string>} */
const TONES = { 2: "good", 3: "good", 4: "warn", 5: "bad", aborted: "" };

/** @param {State} state @param {Page} page */
export function attemptsView(state, page) {
  const { log, app } = state;
  const rows = attemptsOf(log.attempts, log.filter);
  return html`${listView("attempts", "Attempts", rows.map((row) => attemptRow(row, app.route.id)), log.loaded.attempts, state, page)}
    <section class="detail" id="main" tabindex="-1" aria-label="Attempt" role=${roleOf(app.route.id !== null)}>${app.route.id === null ? noneView("Choose an attempt to see what was answered.") : attemptView(state, page)}</section>`;
}

/** @param {State} state @param {Page} page */
export function sessionsView(state, page) {
  const { log, app } = state;
  const rows = sessionsOf(log.sessions, log.filter);
  return html`${listView("sessions", "Sessions", rows.map((row) => sessionRow(row, app.route.id)), log.loaded.sessions, state, page)}
    <section class="detail" id="main" tabindex="-1" aria-label="Session" role=${roleOf(app.route.id !== null)}>${app.route.id === null ? noneView("Choose a session to read its dialogue.") : sessionView(state, page)}</section>`;
}

/** @param {string} text */
const noneView = (text) => html`<div class="hint"><p>${text}</p></div>`;

/** @param {"attempts" | "sessions"} kind @param {string} title @param {{ id: string, view: unknown }[]} rows @param {boolean} loaded @param {State} state @param {Page} page */
function listView(kind, title, rows, loaded, { log, app }, page) {
  return html`<section class="middle log" aria-label=${title} role=${roleOf(app.route.id === null)}>
    <div class="toolbar"><h1 class="cut">${title}</h1><span class="muted cut">${app.route.inbox ?? ""}</span></div>
    <div class="toolbar"><div class="group" role="group" aria-label="Which">
      ${FILTERS[kind].map(([filter, name]) => html`<button type="button" class="button quiet" aria-pressed=${log.filter === filter ? "true" : "false"} @click=${() => page.dispatch({ type: "log.filter", filter })}>${name}</button>`)}
    </div></div>
    <ul class="log-list scrolls" @scroll=${(/** @type {Event} */ event) => page.attempt(() => page.log.scrolled(kind, /** @type {Element} */ (event.target)))}>
      ${repeat(rows, ({ id }) => id, ({ view }) => view)}
      ${rows.length || !loaded ? nothing : html`<li class="more">${EMPTY[kind]}</li>`}
    </ul>
  </section>`;
}

const EMPTY = {
  attempts: "Nothing was tried. What is refused is told here as well as what is taken.",
  sessions: "Nobody connected. Whoever does is told here, also when no mail comes of it.",
};

/** @param {Attempt} attempt @param {string | null} open */
function attemptRow(attempt, open) {
  const kind = classOf(attempt);
  const reply = attempt.recipients.find(({ accepted }) => !accepted)?.reply ?? attempt.reply;
  const view = html`<li><a class="entry" href=${href({ view: "attempts", id: attempt.id })} aria-current=${attempt.id === open ? "true" : nothing}>
    <span class=${`chip ${TONES[kind]}`}>${kind === "aborted" ? "left" : (attempt.reply ?? "").slice(0, 3)}</span>
    <span class="cut">${attempt.mail_from || "<>"} <span class="muted">→ ${attempt.recipients.map(({ address }) => address).join(", ") || "nobody"}</span></span>
    <time class="muted" datetime=${attempt.started_at} title=${fullTime(attempt.started_at)}>${ago(attempt.started_at)}</time>
    <span class="cut muted second">${reply ?? `left after ${attempt.stage}`}</span>
    ${attempt.rules.length ? html`<span class="chip warn" title="A fault rule acted">${attempt.rules[0]}</span>` : nothing}
  </a></li>`;
  return { id: attempt.id, view };
}

/** @param {Session} session @param {string | null} open */
function sessionRow(session, open) {
  const reason = reasonOf(session);
  const view = html`<li><a class="entry" href=${href({ view: "sessions", id: session.id })} aria-current=${session.id === open ? "true" : nothing}>
    <span class=${`chip ${session.ended_at === null ? "info" : session.messages ? "good" : "warn"}`}>${session.ended_at === null ? "open" : session.messages}</span>
    <span class="cut">${session.helo ?? "(no greeting)"} <span class="muted">${session.peer}</span></span>
    <time class="muted" datetime=${session.started_at} title=${fullTime(session.started_at)}>${ago(session.started_at)}</time>
    <span class="cut muted second">${reason ?? `${session.protocol}, ${many(session.messages, "message")}`}</span>
    <span class="marks">${session.tls ? icon("lock", session.tls.version) : nothing}${session.auth ? icon("key", session.auth.identity) : nothing}</span>
  </a></li>`;
  return { id: session.id, view };
}

/** @param {State} state @param {Page} page */
function attemptView({ log }, page) {
  const { attempt, session } = log;
  if (!attempt) return noneView(log.gone ? "This attempt is not here any more." : "Loading…");
  return html`<div class="reader">
    <header class="head"><div class="line">
      ${backView(page)}
      <h1 class="grow cut">${attempt.mail_from || "<>"} → ${many(attempt.recipients.length, "recipient")}</h1>
      ${attempt.message ? html`<a class="button" href=${href({ view: "messages", id: attempt.message })}>Message</a>` : nothing}
    </div>
    <p class="muted">${fullTime(attempt.started_at)} · ${attempt.verdict}, reached ${attempt.stage}</p></header>
    <div class="scrolls padded" tabindex="0">
      <h2>Replies</h2>${log.chains.map((chain) => chainView(chain, attempt.id))}
      <table class="table"><thead><tr><th scope="col">Recipient</th><th scope="col">Reply</th></tr></thead>
        <tbody>${attempt.recipients.map(({ address, reply, final }) => html`<tr><th scope="row">${address}</th><td>${replyView(reply)}${final ? replyView(final) : nothing}</td></tr>`)}
          <tr><th scope="row" class="muted">at the end</th><td>${attempt.reply ? replyView(attempt.reply) : "none: the client left"}</td></tr></tbody></table>
      ${attempt.notes.length ? html`<h2>What rules did</h2><ul class="plain">${attempt.notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}
      ${session ? html`<h2>Dialogue</h2>${dialogueView(session)}` : nothing}
    </div>
  </div>`;
}

/** Every try for one recipient, as a line of replies with the gaps between. @param {Chain} chain @param {string} open */
function chainView({ address, replies }, open) {
  return html`<figure class="chain"><figcaption>${address}</figcaption>
    <ol>${replies.map((one) => tryView(one, open))}</ol></figure>`;
}

/** @param {Try} one @param {string} open */
const tryView = ({ reply, gap, attempt }, open) => html`<li>
  ${gap === null ? nothing : html`<span class="gap">${duration(gap * 1000)}</span>`}
  <a class=${`chip ${TONES[reply?.[0] ?? "aborted"] ?? ""}`} href=${href({ view: "attempts", id: attempt })} aria-current=${attempt === open ? "true" : nothing} title=${reply ?? "the client left"}>${reply?.slice(0, 3) ?? "left"}</a>
</li>`;

/** @param {string} reply */
const replyView = (reply) => html`<span class=${`chip ${TONES[reply[0] ?? ""] ?? ""}`}>${reply.slice(0, 3)}</span> <span class="mono">${reply.slice(4)}</span> `;

/** @param {Page} page */
const backView = (page) => html`<button type="button" class="button icon quiet only-narrow" aria-label="Back to the list" @click=${() => page.turn({ id: null })}>${icon("back")}</button>`;

/** @param {State} state @param {Page} page */
function sessionView({ log }, page) {
  const { session } = log;
  if (!session) return noneView(log.gone ? "This session is not here any more." : "Loading…");
  const reason = reasonOf(session);
  return html`<div class="reader">
    <header class="head"><div class="line">
      ${backView(page)}<h1 class="grow cut">${session.helo ?? "No greeting"}</h1>
      <a class="button quiet" href=${href({ query: `session:${session.id}` })}>${many(session.messages, "message")}</a>
    </div>
    <p class="muted">${clock(session.started_at)}${session.ended_at ? ` to ${clock(session.ended_at)}` : ", still open"} · ${session.listener} · ${session.end ?? ""}</p>
    ${reason ? html`<p class="note warn">${reason}</p>` : nothing}</header>
    ${session.findings.length ? html`<details class="findings"><summary>${many(session.findings.length, "finding")}</summary><ul>${session.findings.map(findingView)}</ul></details>` : html`<div></div>`}
    <div class="tab-body">${dialogueView(session)}</div>
  </div>`;
}
