// @ts-check
/** The list of messages: a listbox of which only the rows in sight are drawn. Pure. */

/** @import { ListState } from "../slices/list.js" */
/** @import { State } from "../state.js" */
/** @import { Row } from "../types.js" */
/** @import { Page } from "../page.js" */
/** @import { Scroller } from "../scroller.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { ref } from "../../vendor/lit-html/directives/ref.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { ago, differs, fullTime, many, mailbox, sender, size, subject } from "../format.js";
import { indexOf, lengthOf, rowAt } from "../slices/list.js";
import { seen, trackOf } from "../window.js";
import { icon } from "./icons.js";
import { searchView } from "./search.js";

/** Of the list and what is open in it, the one that is read is the main thing. @param {boolean} read */
export const roleOf = (read) => (read ? "main" : "region");

/** @param {State} state @param {Page} page @param {Scroller} scroller */
export function middleView(state, page, scroller) {
  const { list } = state;
  return html`<section class="middle" aria-label="Messages" role=${roleOf(state.message.id === null)}>
    ${searchView(state, page)} ${barView(state, page)}
    <div class="list-wrap">
      ${pillView(list, page)}
      <div
        class="list" id="list" role="listbox" tabindex="0" aria-label="Messages" aria-multiselectable="true"
        aria-activedescendant=${activeRow(list, page) ?? nothing}
        aria-busy=${list.loaded ? "false" : "true"}
        ${ref((element) => scroller.attach(element))}
      >
        ${rowsView(state, page, scroller)}
      </div>
      ${lengthOf(list) || !list.loaded ? nothing : emptyView(state, page)}
    </div>
  </section>`;
}

/** The id of the active row, where it is drawn: one may scroll away from it. @param {ListState} list @param {Page} page */
function activeRow(list, page) {
  const at = indexOf(list, list.active);
  const { first, last } = seen(sizesOf(list, page), list.top);
  return first <= at && at < last ? `row-${list.active}` : null;
}

/** @param {ListState} list @param {Page} page */
const sizesOf = (list, page) => ({ total: lengthOf(list), row: page.rowHeight, height: list.height });

/** @param {State} state @param {Page} page @param {Scroller} scroller */
function rowsView({ list, message }, page, scroller) {
  const sizes = sizesOf(list, page);
  const { first, last } = seen(sizes, list.top);
  page.list.need(first, last);
  const indexes = Array.from({ length: Math.max(last - first, 0) }, (_, at) => first + at);
  const places = { total: sizes.total, row: sizes.row, shift: scroller.shift, open: message.id };
  return html`<div class="track" role="presentation" .style=${`block-size: ${trackOf(sizes)}px`}>
    ${repeat(indexes, (index) => rowAt(list, index)?.id ?? index, (index) => rowView(list, index, places, page))}
  </div>`;
}

/** @param {ListState} list @param {number} index @param {{ total: number, row: number, shift: number, open: string | null }} places @param {Page} page */
function rowView(list, index, { total, row: height, shift, open }, page) {
  const row = rowAt(list, index);
  const at = `transform: translateY(${index * height + shift}px)`;
  if (!row || list.hidden.has(row.id)) return html`<div class="row blank" role="presentation" .style=${at}><span class="bar"></span></div>`;
  const marks = {
    unread: !row.read,
    open: row.id === open,
    active: row.id === list.active,
    picked: list.picked.has(row.id),
  };
  const classes = Object.entries(marks).filter(([, on]) => on).map(([name]) => name);
  return html`<div
    class=${["row", ...classes].join(" ")} id=${`row-${row.id}`} role="option" .style=${at}
    aria-selected=${marks.picked || (marks.open && !list.picked.size) ? "true" : "false"}
    aria-setsize=${total} aria-posinset=${index + 1}
    @click=${(/** @type {MouseEvent} */ event) => page.list.clicked(row, event)}
  >
    ${marks.unread ? html`<span class="dot"><span class="unseen">unread</span></span>` : nothing}
    <span class="who"><span class="from cut">${sender(row)}</span>${toView(row)}</span>
    <time class="when" datetime=${row.received_at} title=${fullTime(row.received_at)}>${ago(row.received_at)}</time>
    <span class="what cut"><span class="subject">${subject(row)}</span>${row.snippet ? html` <span class="snippet">${row.snippet}</span>` : nothing}</span>
    <span class="marks">${marksView(row, page)}</span>
  </div>`;
}

/** To whom: by the envelope where it names others than the header. @param {Row} row */
function toView(row) {
  const apart = differs(row);
  const to = apart ? row.envelope.rcpt_to : row.to.map(({ name, address }) => name || address);
  const title = apart ? `Envelope: ${row.envelope.rcpt_to.join(", ")}\nTo: ${row.to.map(mailbox).join(", ") || "nobody"}` : row.to.map(mailbox).join(", ");
  return html`<span class="to cut" title=${title}>→ ${to[0] ?? "nobody"}${to.length > 1 ? ` +${to.length - 1}` : ""}</span>`;
}

/** @param {Row} row @param {Page} page */
function marksView(row, page) {
  const code = row.code ?? null;
  return html`
    ${row.refused ? html`<span class="chip bad" title=${row.refused}>${row.refused.slice(0, 3)}</span>` : nothing}
    ${row.tags.slice(0, 2).map((tag) => html`<span class="chip">${tag}</span>`)}
    ${row.tags.length > 2 ? html`<span class="chip" title=${row.tags.join(", ")}>+${row.tags.length - 2}</span>` : nothing}
    ${code
      ? html`<button type="button" class="chip code accent" tabindex="-1" title="Copy the code" @click=${(/** @type {Event} */ event) => {
          event.stopPropagation();
          page.attempt(() => page.copy(code, "Code copied"));
        }}>${code}</button>`
      : nothing}
    ${row.tls ? html`<span title="came over TLS">${icon("lock", "came over TLS")}</span>` : nothing}
    ${row.has_attachment ? icon("clip", "has attachments") : nothing}
    <span>${size(row.size)}</span>`;
}

/** What one can do with what is selected, else how much there is. @param {State} state @param {Page} page */
function barView({ list, app }, page) {
  const { picked, pickedAll } = list;
  const count = pickedAll ? lengthOf(list) : picked.size;
  const act = (/** @type {() => unknown} */ work) => () => page.attempt(work);
  if (count) {
    return html`<div class="toolbar" role="toolbar" aria-label="Selected messages">
      <h1 class="grow cut">${count.toLocaleString()} selected</h1>
      ${pickedAll || picked.size === lengthOf(list) ? nothing : html`<button type="button" class="button quiet" @click=${act(() => page.list.pickAll())}>All ${lengthOf(list).toLocaleString()}</button>`}
      <button type="button" class="button icon quiet" aria-label="Mark read" title="Mark read" @click=${act(() => page.list.mark(true))}>${icon("read")}</button>
      <button type="button" class="button icon quiet" aria-label="Mark unread" title="Mark unread" @click=${act(() => page.list.mark(false))}>${icon("unread")}</button>
      <button type="button" class="button icon quiet" aria-label="Tag" title="Tag" @click=${act(() => page.list.tag())}>${icon("tag")}</button>
      <button type="button" class="button icon quiet bad" aria-label="Delete" title="Delete" @click=${act(() => page.list.remove())}>${icon("trash")}</button>
      <button type="button" class="button icon quiet" aria-label="Select none" title="Select none" @click=${act(() => page.list.pickNone())}>${icon("close")}</button>
    </div>`;
  }
  return html`<div class="toolbar">
    <h1 class="cut">${app.route.inbox ?? (list.query ? "Found" : "All messages")}</h1>
    <span class="muted cut grow">${list.query ? many(lengthOf(list), "message") : `${list.total.toLocaleString()}${list.unread ? `, ${list.unread.toLocaleString()} unread` : ""}`}</span>
    <button type="button" class="button icon quiet" aria-pressed=${list.paused ? "true" : "false"} aria-label="Pause live mail" title=${list.paused ? "Go on" : "Pause live mail"} @click=${() => page.list.pause()}>
      ${icon(list.paused ? "play" : "pause")}
    </button>
    <button type="button" class="button icon quiet" aria-label="Delete all of this list" title="Delete all of this list" ?disabled=${!lengthOf(list)} @click=${() => page.list.clear()}>${icon("trash")}</button>
  </div>`;
}

/** @param {ListState} list @param {Page} page */
const pillView = ({ waiting, missed }, page) =>
  waiting.length
    ? html`<button type="button" class="button main pill" @click=${() => page.list.showNew()}>${waiting.length}${missed ? "+" : ""} new</button>`
    : nothing;

/** @param {State} state @param {Page} page */
function emptyView({ list, app }, page) {
  if (list.problem && list.problem.field !== "q") return html`<div class="hint over"><h2>The list cannot be shown</h2><p>${list.problem.detail}</p></div>`;
  if (list.query) {
    return html`<div class="hint over">
      <h2>${list.problem ? "This search has a mistake" : "Nothing found"}</h2>
      <p>${list.problem ? list.problem.detail : html`No message matches <code>${list.query}</code>.`}</p>
      <button type="button" class="button" @click=${() => page.turn({ query: "" })}>Show all</button>
    </div>`;
  }
  const where = app.route.inbox === null ? "No mail yet" : "This inbox is empty";
  return html`<div class="hint over"><h2>${where}</h2><p>What comes appears here at once.</p></div>`;
}
