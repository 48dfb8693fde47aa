// @ts-check
/** How an app gets its mail here: the address, settings to copy, samples, and who came to nothing. Pure. */

/** @import { Session } from "../types.js" */
/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
/** @import { Target } from "../connect/target.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { base } from "../base.js";
import { groupsFor, painted, snippetOf } from "../connect/snippets.js";
import { hostPort, listenersOf, targetOf } from "../connect/target.js";
import { ago, fullTime, many } from "../format.js";
import { adviceOf } from "../reasons.js";
import { icon } from "./icons.js";
import { href } from "./shell.js";

/** Sessions that are listed. */
const LISTED = 6;

/** @type {[string, string, string][]} */
const SAMPLES = [
  ["confirmation", "Confirmation", "A link and a code"],
  ["newsletter", "Newsletter", "Wide HTML, remote pictures"],
  ["attachments", "Attachments", "Files, a picture inside, an invitation"],
  ["broken", "Broken", "A bad header, hostile HTML"],
];

/** @type {Record<Target["tls"], string>} */
const TLS = { none: "none", starttls: "STARTTLS", implicit: "TLS from the first octet" };

/** Where to send to, with what is chosen; null before the server told, or where there is no such place. @param {State} state */
export function targetFor({ app, connect }) {
  const listeners = listenersOf(app.info);
  const listener = listeners.find(({ name }) => name === connect.listener) ?? listeners[0];
  const inbox = connect.inbox?.name === app.route.inbox ? connect.inbox : null;
  return listener ? targetOf(listener, inbox, location.hostname, location.origin + base("")) : null;
}

/** @param {State} state @param {Page} page */
export const connectView = (state, page) => html`<div class="page connect-page">${wholeView(state, page)}</div>`;

/** The same in the place of a message. @param {State} state @param {Page} page */
export const connectPane = (state, page) => html`<main class="detail" id="main" tabindex="-1" aria-label="Connect"><div class="page connect-page">${wholeView(state, page)}</div></main>`;

/** @param {State} state @param {Page} page */
function wholeView(state, page) {
  const target = targetFor(state);
  if (!target) {
    return html`<div class="hint">${state.app.info ? html`<h2>No mail is taken over TCP</h2><p>Start the server with an address, such as <code>mailtrap --smtp :1025</code>.</p>` : html`<p role="status">Loading…</p>`}</div>`;
  }
  return html`<div
    class=${`connect ${state.connect.dragged ? "dragged" : ""}`}
    @dragover=${(/** @type {DragEvent} */ event) => held(event, page)}
    @dragleave=${(/** @type {DragEvent} */ event) => event.currentTarget === event.target && page.dispatch({ type: "connect.dragged", dragged: false })}
    @drop=${(/** @type {DragEvent} */ event) => dropped(event, page)}
  >
    ${headView(state, target, page)} ${factsView(target, page)}
    <div class="connect-columns">${snippetsView(state, target, page)} <div class="connect-aside">${samplesView(state, page)} ${liveView(state)}</div></div>
  </div>`;
}

/** @param {DragEvent} event @param {Page} page */
function held(event, page) {
  event.preventDefault();
  if (!page.state.connect.dragged) page.dispatch({ type: "connect.dragged", dragged: true });
}

/** @param {DragEvent} event @param {Page} page */
function dropped(event, page) {
  event.preventDefault();
  page.dispatch({ type: "connect.dragged", dragged: false });
  page.attempt(() => page.connect.post(event.dataTransfer?.files ?? []));
}

/** @param {State} state @param {Target} target @param {Page} page */
function headView({ app, connect, list }, target, page) {
  const listeners = listenersOf(app.info);
  const chosen = listeners.find(({ name }) => name === connect.listener) ?? listeners[0];
  const live = app.live === "yes";
  return html`<header class="connect-head">
    <h1><span class=${live ? "pulse on" : "pulse"}></span>${list.total ? "Taking" : "Waiting for"} mail on <code>${hostPort(target)}</code></h1>
    <div class="connect-choice">
      ${listeners.length > 1
        ? html`<div class="group" role="group" aria-label="Listener">${listeners.map(({ name }) => html`<button type="button" class="button" aria-pressed=${name === chosen?.name ? "true" : "false"} @click=${() => page.dispatch({ type: "connect.listener", listener: name })}>${name}</button>`)}</div>`
        : nothing}
      ${app.inboxes.length > 1 || app.route.inbox !== null ? inboxView(app, page) : nothing}
    </div>
  </header>`;
}

/** @param {State["app"]} app @param {Page} page */
function inboxView({ inboxes, route }, page) {
  const names = [...new Set([...inboxes.map(({ name }) => name), ...(route.inbox === null ? [] : [route.inbox])])].slice(0, 200);
  return html`<label class="line">Inbox
    <select class="field" @change=${(/** @type {Event} */ event) => page.connect.scope(/** @type {HTMLSelectElement} */ (event.target).value)}>
      <option value="" ?selected=${route.inbox === null}>any</option>
      ${names.map((name) => html`<option value=${name} ?selected=${name === route.inbox}>${name}</option>`)}
    </select></label>`;
}

/** What any client wants to know. @param {Target} target @param {Page} page */
function factsView(target, page) {
  const { host, port, tls, user, password, inbox, to } = target;
  /** @type {[string, string, boolean][]} */
  const facts = [
    ["Host", host, true],
    ["Port", String(port), true],
    ["Encryption", TLS[tls], false],
    ["User", user || "none needed", Boolean(user)],
    ["Password", password || "none needed", Boolean(password)],
  ];
  return html`<dl class="connect-facts">
      ${facts.map(([name, value, copied]) => html`<div><dt>${name}</dt><dd>${copied ? html`<button type="button" class="fact" title=${`Copy the ${name.toLowerCase()}`} @click=${() => page.attempt(() => page.copy(value, `${name} copied`))}><code>${value}</code>${icon("copy")}</button>` : html`<span class="muted">${value}</span>`}</dd></div>`)}
    </dl>
    ${inbox ? html`<p class="muted">In the inbox <strong>${inbox}</strong> is what goes to <code>${to}</code>, what carries the header <code>X-Inbox: ${inbox}</code>${user ? html`, and whatever a client sends that logs in as <code>${user}</code>` : nothing}.</p>` : nothing}
    ${tls === "none" ? nothing : html`<p class="muted">The certificate is signed by this server's own authority: have clients trust <code>ca.pem</code> of its state folder (Python reads the variable <code>SSL_CERT_FILE</code>), or not check it in development, as most of the settings below do.</p>`}`;
}

/** @param {State} state @param {Target} target @param {Page} page */
function snippetsView({ app }, target, page) {
  const groups = groupsFor(target);
  const snippet = snippetOf(groups, (app.route.view === "connect" && app.route.tab) || app.settings.stack);
  if (!snippet) return nothing;
  const code = snippet.code(target);
  return html`<section class="snippets" aria-label="Settings to copy">
    <nav class="stacks" aria-label="Framework">${groups.map(([title, all]) => html`<h2>${title}</h2><ul>
      ${all.map(({ id, title: name }) => html`<li><button type="button" class="stack" aria-pressed=${id === snippet.id ? "true" : "false"} @click=${() => page.connect.choose(id)}>${name}</button></li>`)}</ul>`)}</nav>
    <label class="stack-choice">Settings for
      <select class="field" @change=${(/** @type {Event} */ event) => page.connect.choose(/** @type {HTMLSelectElement} */ (event.target).value)}>
        ${groups.map(([title, all]) => html`<optgroup label=${title}>${all.map(({ id, title: name }) => html`<option value=${id} ?selected=${id === snippet.id}>${name}</option>`)}</optgroup>`)}
      </select></label>
    <figure class="recipe-text">
      <figcaption class="line"><span class="grow cut">${snippet.file}</span>
        <button type="button" class="button quiet" @click=${() => page.attempt(() => page.copy(code, "Copied"))}>${icon("copy")}Copy</button></figcaption>
      <pre tabindex="0" class="scrolls">${painted(code, snippet.file).map(({ kind, text }) => (kind ? html`<span class=${`t-${kind}`}>${text}</span>` : text))}</pre>
      ${snippet.note ? html`<p class="muted">${snippet.note}</p>` : nothing}
    </figure>
  </section>`;
}

/** @param {State} state @param {Page} page */
const samplesView = ({ connect }, page) => html`<section class="card connect-card" aria-labelledby="samples">
  <h2 id="samples">Send a sample</h2>
  <ul class="samples">${SAMPLES.map(([kind, title, text]) => html`<li><button type="button" class="sample" ?disabled=${connect.busy} @click=${() => page.attempt(() => page.connect.sample(kind))}>
    <strong>${title}</strong><span class="muted">${text}</span></button></li>`)}</ul>
  <label class="mail-drop"><input type="file" multiple accept=".eml,message/rfc822" class="unseen"
      @change=${(/** @type {Event} */ event) => page.attempt(() => page.connect.post(/** @type {HTMLInputElement} */ (event.target).files ?? []))} />
    ${icon("download")}<span>Drop an .eml here, or <u>choose one</u></span></label>
</section>`;

/** @param {State} state */
function liveView({ log }) {
  const rows = log.sessions.rows.slice(0, LISTED);
  return html`<section class="card connect-card" aria-labelledby="connections">
    <h2 id="connections">Who connected</h2>
    ${rows.length ? nothing : html`<p class="muted">Nobody yet. Whoever does appears here, with what went wrong.</p>`}
    <ul class="visits" aria-live="polite">${repeat(rows, ({ id }) => id, visitView)}</ul>
    ${rows.length ? html`<a href=${href({ view: "sessions" })}>All sessions</a>` : nothing}
  </section>`;
}

/** @param {Session} session */
function visitView(session) {
  const advice = adviceOf(session);
  const open = session.ended_at === null;
  return html`<li><a class="visit" href=${href({ view: "sessions", id: session.id })}>
    <span class=${`chip ${open ? "info" : session.messages ? "good" : "warn"}`}>${open ? "open" : session.messages ? icon("check", "sent mail") : icon("refused", "sent nothing")}</span>
    <span class="cut"><strong>${session.helo ?? session.peer}</strong> ${session.helo ? html`<span class="muted">${session.peer}</span>` : nothing}</span>
    <time class="muted" datetime=${session.started_at} title=${fullTime(session.started_at)}>${ago(session.started_at)}</time>
    <span class="second">${advice ? advice.text : open ? "is connected" : `sent ${many(session.messages, "message")}`}</span>
    ${advice?.hint ? html`<span class="second muted">${advice.hint}</span>` : nothing}
  </a></li>`;
}
