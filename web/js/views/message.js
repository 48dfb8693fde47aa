// @ts-check
/** One message: a head of two lines, and its body in tabs. Pure. */

/** @import { Message, Tab } from "../slices/message.js" */
/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { tabsOf } from "../slices/message.js";
import { compareView } from "./compare.js";
import { filesView } from "./files.js";
import { headView } from "./head.js";
import { roleOf } from "./list.js";
import { TAB_VIEWS } from "./tabs.js";

/** The tabs in which one reads, and sees what is attached. @type {ReadonlySet<Tab>} */
const READ = new Set(["preview", "text"]);

/**
 * The same element whether a message is here or not, so that it keeps the focus when one comes.
 * @param {State} state @param {Page} page
 */
export function messageView(state, page) {
  const { message, other, id } = state.message;
  if (message && other) return compareView(message, other, page);
  return html`<section class=${message ? "detail message" : "detail"} id="main" tabindex="-1" aria-label="Message" role=${roleOf(id !== null)}>
    ${message ? openView(message, state, page) : noneView(state, page)}
  </section>`;
}

/** @param {Message} message @param {State} state @param {Page} page */
function openView(message, state, page) {
  const { tab } = state.message;
  return html`${headView(message, state, page)} ${tabsView(message, tab, page)}
    <section class="tab-body" role="tabpanel" id="panel" aria-labelledby=${`tab-${tab}`}>
      ${TAB_VIEWS[tab].view(message, state, page)}
    </section>
    ${READ.has(tab) ? filesView(message, page) : nothing}`;
}

/** @param {State} state @param {Page} page */
function noneView({ message, app }, page) {
  if (message.id === null) return html`<div class="hint"><p>Choose a message to read it.</p>${app.settings.keys ? html`<p><kbd>J</kbd> <kbd>K</kbd> move, <kbd>Enter</kbd> opens, <kbd>?</kbd> shows all keys</p>` : nothing}</div>`;
  const text = message.gone ? "This message is not here any more." : "Loading…";
  return html`<div class="hint"><h1 class="unseen">Message</h1><p role="status">${text}</p>
    ${message.gone ? html`<button type="button" class="button" @click=${() => page.back()}>Back to the list</button>` : nothing}
  </div>`;
}

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
