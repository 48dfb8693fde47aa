// @ts-check
/** One message: who, what, and its body in tabs. Pure. */

/** @import { Attachment, Line, Message, Session, State, Tab } from "../state.js" */
/** @import { Actions } from "../main.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { keyed } from "../../vendor/lit-html/directives/keyed.js";
import { RAW_SHOWN } from "../api.js";
import { fullTime, mailbox, many, size, subject } from "../format.js";
import { tabsOf } from "../reduce.js";

/** Characters of a text body that are drawn; more would make the page slow. */
const TEXT_SHOWN = 500_000;

/** @type {Record<Tab, string>} */
const TITLES = { html: "HTML", text: "Text", headers: "Headers", raw: "Raw", session: "Session" };

/** @type {Record<Tab, (message: Message, state: State, actions: Actions) => unknown>} */
const BODIES = {
  html: htmlBody,
  text: (message) => textBody(message.text ?? "", message.urls.text),
  headers: (message) => headersBody(message),
  raw: (message, state) => rawBody(message, state.raw),
  session: (_message, state) => sessionBody(state.session),
};

/** @param {State} state @param {Actions} actions */
export function messageView(state, actions) {
  const { message } = state;
  if (!message) return html`<main class="message" id="main">${hint(state, actions)}</main>`;
  return html`<main class="message" id="main" aria-label="Message">
    ${headView(message, actions)}
    ${message.attachments.length
      ? html`<ul class="files" aria-label="Attachments">${message.attachments.map(fileView)}</ul>`
      : html`<div hidden></div>`}
    ${tabsView(message, state.tab, actions)}
    <section class="body" role="tabpanel" id="panel" aria-labelledby=${`tab-${state.tab}`} tabindex="0">
      ${BODIES[state.tab](message, state, actions)}
    </section>
  </main>`;
}

/** @param {State} state @param {Actions} actions */
function hint(state, actions) {
  const reading = state.route.name === "message";
  const text = !reading ? "Choose a message to read it." : state.gone ? "This message is not here (any more)." : "Loading…";
  return html`<div class="hint">
    <p>${text}</p>
    ${reading ? html`<p><button type="button" class="back" @click=${actions.back}>Back to the list</button></p>` : nothing}
  </div>`;
}

/** @param {Message} message @param {Actions} actions */
function headView(message, actions) {
  const { mail_from, rcpt_to } = message.envelope;
  return html`<header>
    <div class="actions">
      <button type="button" class="back" @click=${actions.back}>← Back</button>
      <button type="button" @click=${actions.toggleRead}>Mark ${message.read ? "unread" : "read"}</button>
      <a class="button" href=${`${message.urls.raw}?download=1`} download>Download</a>
      <button type="button" class="danger" @click=${actions.remove}>Delete</button>
    </div>
    <h2>${subject(message)}</h2>
    <dl class="facts-of">
      ${fact("From", message.from.map(mailbox).join(", "))}
      ${fact("To", message.to.map(mailbox).join(", "))}
      ${fact("Cc", message.cc.map(mailbox).join(", "))}
      ${fact("Envelope", `<${mail_from}> → ${rcpt_to.map((to) => `<${to}>`).join(" ")}`)}
      ${fact("Received", `${fullTime(message.received_at)}, ${size(message.size)}`)}
      ${fact("Tags", message.tags.join(", "))}
    </dl>
  </header>`;
}

/** @param {string} name @param {string} value */
const fact = (name, value) => (value ? html`<dt>${name}</dt><dd>${value}</dd>` : nothing);

/** @param {Attachment} file */
const fileView = (file) => html`<li>
  <a class="button" href=${file.url} download title=${file.content_type}>
    <span class="name">${file.filename ?? `part ${file.number}`}</span>
    <span class="size">${size(file.size)}</span>
  </a>
</li>`;

/** @param {Message} message @param {Tab} open @param {Actions} actions */
function tabsView(message, open, actions) {
  return html`<div class="tabs" role="tablist" aria-label="Views of the message">
    ${tabsOf(message).map(
      (tab) => html`<button
        type="button"
        role="tab"
        id=${`tab-${tab}`}
        aria-controls="panel"
        aria-selected=${tab === open ? "true" : "false"}
        @click=${() => actions.showTab(tab)}
      >
        ${TITLES[tab]}
      </button>`,
    )}
  </div>`;
}

/** @param {Message} message @param {State} state @param {Actions} actions */
function htmlBody(message, state, actions) {
  const url = `${message.urls.html}${state.remote ? "?remote=1" : ""}`;
  // A frame of its own for each address: to change the address of one would add to the history.
  return html`${message.remote.length && !state.remote ? remoteView(message, actions) : nothing}
  ${keyed(
    url,
    html`<iframe
      title="HTML of the message"
      src=${url}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerpolicy="no-referrer"
    ></iframe>`,
  )}`;
}

/** @param {Message} message @param {Actions} actions */
const remoteView = (message, actions) => html`<div class="remote">
  <span>${many(message.remote.length, "remote resource")} held back.</span>
  <button type="button" @click=${actions.loadRemote}>Load remote content</button>
</div>`;

/** @param {string} text @param {string | null} url */
const textBody = (text, url) => html`<pre>${text.slice(0, TEXT_SHOWN)}</pre>
  ${text.length > TEXT_SHOWN ? html`<p class="more">Cut here. <a href=${url ?? ""} target="_blank">The whole text</a></p>` : nothing}`;

/** @param {Message} message */
const headersBody = (message) => html`<dl class="fields">
  ${message.headers.map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)}
</dl>`;

/** @param {Message} message @param {string | null} raw */
function rawBody(message, raw) {
  if (raw === null) return html`<p class="more">Loading…</p>`;
  return html`<pre>${raw}</pre>
    ${message.size > RAW_SHOWN ? html`<p class="more">Cut here. Download shows it whole.</p>` : nothing}`;
}

/** @param {Session | null} session */
function sessionBody(session) {
  if (!session) return html`<p class="more">Loading…</p>`;
  return html`<ol class="transcript" aria-label="SMTP session">${session.transcript.map(lineView)}</ol>`;
}

/** @param {Line} line */
const lineView = (line) => html`<li class=${line.side === "*" ? "note" : line.side}>
  <span class="at">${line.at.toFixed(1)} ms</span><span class="side">${line.side}</span>
  <span class="text">${line.text}</span>
</li>`;
