// @ts-check
/** The list of messages: a listbox of which only the rows in sight are drawn. Pure. */

/** @import { ListState } from "../slices/list.js" */
/** @import { State } from "../state.js" */
/** @import { Row } from "../types.js" */
/** @import { Hits } from "../query/hits.js" */
/** @import { Page } from "../page.js" */
/** @import { Scroller } from "../scroller.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { ref } from "../../vendor/lit-html/directives/ref.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { hostPort } from "../connect/target.js";
import { ago, differs, exact, fullTime, grouped, mailbox, many, sender, subject } from "../format.js";
import { indexOf, isOverrun, lengthOf, rowAt } from "../slices/list.js";
import { inSight, seen, slotOf, trackOf } from "../window.js";
import { targetFor } from "./connect.js";
import { icon } from "./icons.js";
import { hits, marked } from "./marking.js";
import { actsView, marksView } from "./marks.js";
import { nothingView, searchView } from "./search.js";
import { href } from "./shell.js";
import { tool } from "./tool.js";

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
function rowsView(state, page, scroller) {
  const { list, message, app } = state;
  const sizes = sizesOf(list, page);
  const { first, last } = seen(sizes, list.top);
  page.list.need(first, last);
  page.glances.look(...inSight(sizes, list.top));
  const indexes = Array.from({ length: Math.max(last - first, 0) }, (_, at) => first + at);
  const places = { total: sizes.total, row: sizes.row, shift: scroller.shift, open: message.id, exactly: app.settings.absolute, hits: hits(state) };
  return html`<div class="track" role="presentation" .style=${`block-size: ${trackOf(sizes)}px`}>
    ${repeat(indexes, (index) => slotOf(sizes, index - list.fresh.length), (index) => rowView(list, index, places))}
  </div>`;
}

/** @param {ListState} list @param {number} index @param {{ total: number, row: number, shift: number, open: string | null, exactly: boolean, hits: Hits }} places */
function rowView(list, index, { total, row: height, shift, open, exactly, hits }) {
  const row = rowAt(list, index);
  const at = `transform: translateY(${index * height + shift}px)`;
  if (!row || list.hidden.has(row.id)) return html`<div class="row blank" role="presentation" .style=${at}><span class="bar"></span></div>`;
  const marks = {
    unread: !row.read,
    open: row.id === open,
    active: row.id === list.active,
    picked: list.picked.has(row.id),
  };
  const snippet = list.glances.get(row.id)?.snippet;
  const classes = Object.entries(marks).filter(([, on]) => on).map(([name]) => name);
  return html`<div
    class=${["row", ...classes].join(" ")} id=${`row-${row.id}`} role="option" .style=${at}
    aria-selected=${marks.picked || (marks.open && !list.picked.size) ? "true" : "false"}
    aria-setsize=${total} aria-posinset=${index + 1}
  >
    <span class="pick" data-act="pick" aria-hidden="true">${marks.picked ? icon("check") : nothing}</span>
    ${marks.unread ? html`<span class="dot"><span class="unseen">unread</span></span>` : nothing}
    <span class="who"><span class="from cut">${marked(sender(row), hits.from)}</span>${toView(row, hits)}</span>
    <span class="when">${actsView(row)}<time datetime=${row.received_at} title=${fullTime(row.received_at)}>${exactly ? exact(row.received_at) : ago(row.received_at)}</time></span>
    <span class="what cut"><span class="subject">${marked(subject(row), hits.subject)}</span>${snippet ? html` <span class="snippet">${marked(snippet, hits.body)}</span>` : nothing}</span>
    <span class="marks">${marksView(row, list)}</span>
  </div>`;
}

/** To whom: by the envelope where it names others than the header. @param {Row} row @param {Hits} hits */
function toView(row, hits) {
  const apart = differs(row);
  const to = apart ? row.envelope.rcpt_to : row.to.map(({ name, address }) => name || address);
  const title = apart ? `Envelope: ${row.envelope.rcpt_to.join(", ")}\nTo: ${row.to.map(mailbox).join(", ") || "nobody"}` : row.to.map(mailbox).join(", ");
  return html`<span class="to cut" title=${title}>→ ${marked(to[0] ?? "nobody", hits.to)}${to.length > 1 ? ` +${to.length - 1}` : ""}</span>`;
}

/** What one can do with what is selected, else how much there is. @param {State} state @param {Page} page */
function barView({ list, app }, page) {
  const { picked, pickedAll } = list;
  const count = pickedAll ? lengthOf(list) : picked.size;
  const act = (/** @type {() => unknown} */ work) => () => page.attempt(work);
  if (count) {
    return html`<div class="toolbar" role="toolbar" aria-label="Selected messages">
      ${tool("close", "Select none", act(() => page.list.pickNone()))}
      <h1 class="cut">${grouped(count)} selected</h1>
      ${pickedAll || picked.size === lengthOf(list) ? nothing : html`<button type="button" class="button quiet" title="Select all that match" @click=${act(() => page.list.pickAll())}>All ${grouped(lengthOf(list))}</button>`}
      <span class="grow"></span>
      ${count === 2 && !pickedAll ? tool("compare", "Compare", act(() => page.message.compare())) : nothing}
      ${tool("read", "Mark read", act(() => page.list.mark(true)))} ${tool("unread", "Mark unread", act(() => page.list.mark(false)))}
      ${tool("tag", "Tag", act(() => page.list.tag()))} ${tool("trash", "Delete", act(() => page.list.remove()), { look: "bad apart" })}
    </div>`;
  }
  // What deletes all stands by itself at the far end, away from what one clicks often.
  return html`<div class="toolbar">
    <h1 class="cut">${app.route.inbox ?? (list.query ? "Found" : "All messages")}</h1>
    <span class="muted cut">${list.query ? many(lengthOf(list), "message") : `${grouped(Math.max(list.total - list.hidden.size, 0))}${list.unread ? `, ${grouped(list.unread)} unread` : ""}`}</span>
    <button type="button" class="button icon quiet" aria-pressed=${list.paused ? "true" : "false"} aria-label="Pause live mail" title=${list.paused ? "Go on" : "Pause live mail"} @click=${() => page.list.pause()}>
      ${icon(list.paused ? "play" : "pause")}
    </button>
    <span class="grow"></span>
    <button type="button" class="button icon quiet apart" aria-label="Delete all of this list" title="Delete all of this list" ?disabled=${!lengthOf(list)} @click=${() => page.list.clear()}>${icon("trash")}</button>
  </div>`;
}

/** @param {ListState} list @param {Page} page */
const pillView = (list, page) =>
  list.waiting.length
    ? html`<button type="button" class="button main pill" title="Show new mail   ." @click=${() => page.list.showNew()}>${list.waiting.length}${isOverrun(list) ? "+" : ""} new</button>`
    : nothing;

/** @param {State} state @param {Page} page */
function emptyView(state, page) {
  const { list, app } = state;
  if (list.problem && list.problem.field !== "q") return html`<div class="hint over"><h2>The list cannot be shown</h2><p>${list.problem.detail}</p></div>`;
  if (list.query) return nothingView(state, page);
  const where = app.route.inbox === null ? "No mail yet" : "This inbox is empty";
  const target = targetFor(state);
  return html`<div class="hint over"><h2>${where}</h2><p>What comes appears here at once.</p>
    ${target ? html`<button type="button" class="chip code" title="Copy the address" @click=${() => page.attempt(() => page.copy(hostPort(target), "Address copied"))}>${hostPort(target)}</button>` : nothing}
    <p class="line"><a class="button" href=${href({ view: "connect", inbox: app.route.inbox })}>Connect an app</a>
      <button type="button" class="button" ?disabled=${state.connect.busy} @click=${() => page.attempt(() => page.connect.sample("confirmation"))}>Send a sample</button></p>
  </div>`;
}
