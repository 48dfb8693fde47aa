// @ts-check
/** One message: a head of two lines, and its body in tabs. Pure. */

/** @import { Message, MessageState, Tab } from "../slices/message.js" */
/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
/** @import { Icon } from "./icons.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { base } from "../base.js";
import { differs, fullTime, mailbox, sender, size, subject } from "../format.js";
import { tabsOf } from "../slices/message.js";
import { icon } from "./icons.js";
import { roleOf } from "./list.js";
import { TAB_VIEWS } from "./tabs.js";

/**
 * The same element whether a message is here or not, so that it keeps the focus when one comes.
 * @param {State} state @param {Page} page
 */
export function messageView(state, page) {
  const { message, id } = state.message;
  return html`<section class=${message ? "detail message" : "detail"} id="main" tabindex="-1" aria-label="Message" role=${roleOf(id !== null)}>
    ${message ? openView(message, state, page) : noneView(state, page)}
  </section>`;
}

/** @param {Message} message @param {State} state @param {Page} page */
const openView = (message, state, page) => html`${headView(message, state.message, page)} ${tabsView(message, state.message.tab, page)}
  <section class="tab-body" role="tabpanel" id="panel" aria-labelledby=${`tab-${state.message.tab}`}>
    ${TAB_VIEWS[state.message.tab].view(message, state, page)}
  </section>`;

/** @param {State} state @param {Page} page */
function noneView({ message }, page) {
  if (message.id === null) return html`<div class="hint"><p>Choose a message to read it.</p><p><kbd>J</kbd> <kbd>K</kbd> move, <kbd>Enter</kbd> opens, <kbd>?</kbd> shows all keys</p></div>`;
  const text = message.gone ? "This message is not here any more." : "Loading…";
  return html`<div class="hint"><h1 class="unseen">Message</h1><p role="status">${text}</p>
    ${message.gone ? html`<button type="button" class="button" @click=${() => page.back()}>Back to the list</button>` : nothing}
  </div>`;
}

/** @param {Message} message @param {MessageState} state @param {Page} page */
function headView(message, { unfolded }, page) {
  const apart = differs(message);
  return html`<header class="head">
    <div class="line">
      <button type="button" class="button icon quiet only-narrow" aria-label="Back to the list" @click=${() => page.back()}>${icon("back")}</button>
      <h1 class="grow cut" title=${subject(message)}>${subject(message)}</h1>
      ${tool("read", message.read ? "Mark unread" : "Mark read", () => page.list.mark(!message.read))}
      ${tool("tag", "Tag", () => page.list.tag())}
      <a class="button icon quiet" href=${base(`${message.urls.raw}?download=1`)} download aria-label="Download .eml" title="Download .eml">${icon("download")}</a>
      ${tool("trash", "Delete", () => page.list.remove())}
    </div>
    <div class="line">
      <span class="cut grow"><strong>${sender(message)}</strong> <span class="muted">${message.from[0]?.name ? message.from[0].address : ""} → ${message.envelope.rcpt_to.join(", ")}</span></span>
      ${apart ? html`<span class="chip warn" title="The envelope names others than the header">envelope differs</span>` : nothing}
      ${message.tags.map((tag) => html`<span class="chip">${tag}</span>`)}
      <time class="muted" datetime=${message.received_at}>${fullTime(message.received_at)}</time>
      <button type="button" class="button icon quiet" aria-expanded=${unfolded ? "true" : "false"} aria-controls="facts" aria-label="All of the header" title="All of the header" @click=${() => page.message.unfold()}>${icon("down")}</button>
    </div>
    <dl id="facts" class="facts" ?hidden=${!unfolded}>
      ${fact("From", message.from.map(mailbox))} ${fact("To", message.to.map(mailbox))} ${fact("Cc", message.cc.map(mailbox))}
      ${fact("Mail from", [`<${message.envelope.mail_from}>`])} ${fact("Rcpt to", message.envelope.rcpt_to.map((one) => `<${one}>`))}
      ${fact("Inboxes", message.inboxes ?? [])} ${fact("Size", [size(message.size)])} ${fact("Id", [message.id])}
    </dl>
    ${message.attachments.length ? filesView(message) : nothing}
  </header>`;
}

/** @param {Icon} name @param {string} title @param {() => unknown} work */
const tool = (name, title, work) =>
  html`<button type="button" class="button icon quiet" aria-label=${title} title=${title} @click=${work}>${icon(name)}</button>`;

/** @param {string} name @param {string[]} values */
const fact = (name, values) => (values.length ? html`<dt>${name}</dt><dd>${values.join(", ")}</dd>` : nothing);

/** @param {Message} message */
const filesView = ({ attachments }) => html`<ul class="files" aria-label="Attachments">
  ${attachments.map(
    (file) => html`<li><a class="file" href=${base(file.url)} download title=${file.content_type}>
      ${icon("clip")}<span class="cut">${file.filename ?? `part ${file.number}`}</span><span class="muted">${size(file.size)}</span>
    </a></li>`,
  )}
</ul>`;

/** @param {Message} message @param {Tab} open @param {Page} page */
function tabsView(message, open, page) {
  return html`<div class="tabs" role="tablist" aria-label="Views of the message">
    ${tabsOf(message).map(
      (tab) => html`<button
        type="button" role="tab" class="tab" id=${`tab-${tab}`} aria-controls="panel"
        aria-selected=${tab === open ? "true" : "false"} tabindex=${tab === open ? 0 : -1}
        @click=${() => page.attempt(() => page.message.show(tab))}
        @keydown=${(/** @type {KeyboardEvent} */ event) => arrows(event, page)}
      >${TAB_VIEWS[tab].title}${countOf(message, tab)}</button>`,
    )}
  </div>`;
}

/** @param {Message} message @param {Tab} tab */
function countOf(message, tab) {
  const count = TAB_VIEWS[tab].count?.(message) ?? 0;
  return count ? html`<span class="count">${count}</span>` : nothing;
}

/** Tabs are walked with the arrows (WAI-ARIA). @param {KeyboardEvent} event @param {Page} page */
function arrows(event, page) {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (!step) return;
  event.preventDefault();
  page.attempt(() => page.message.stepTab(step));
  page.store.flush();
  document.getElementById(`tab-${page.state.message.tab}`)?.focus();
}
