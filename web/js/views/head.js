// @ts-check
/** The head of a message: two lines that open to all there is to know of it. Pure. */

/** @import { Message, MessageState } from "../slices/message.js" */
/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
/** @import { Hits } from "../query/hits.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { base } from "../base.js";
import { COPIES } from "../copies.js";
import { differences } from "../envelope.js";
import { ago, duration, fullTime, grouped, mailbox, sender, shortTime, size, subject } from "../format.js";
import { isSafe } from "../links.js";
import { stepsOf } from "../slices/message.js";
import { icon } from "./icons.js";
import { hits, marked } from "./marking.js";
import { moreView } from "./more.js";
import { href, tagQuery } from "./shell.js";
import { strange } from "./shown.js";
import { tool } from "./tool.js";

/** Addresses of a step, tags in the line. */
const SHOWN = 30;
const TAGS = 2;

/** @param {Message} message @param {State} state @param {Page} page */
export function headView(message, state, page) {
  const found = hits(state);
  return html`<header class="head">
    ${state.message.gone ? html`<p class="note warn" role="status">This message was deleted. What is shown is a copy in this page.</p>` : nothing}
    <div class="line">
      <button type="button" class="button icon quiet only-narrow" aria-label="Back to the list" @click=${() => page.back()}>${icon("back")}</button>
      <h1 class="cut" title=${subject(message)}>${marked(subject(message), found.subject, strange)}</h1>
      ${codeView(message, page)}
      <span class="grow"></span>
      ${tool("read", message.read ? "Mark unread" : "Mark read", () => page.attempt(() => page.list.mark(!message.read, [message.id])))}
      ${copiesView(page)}
      <a class="button icon quiet only-wide" href=${base(`${message.urls.raw}?download=1`)} download aria-label="Download .eml" title="Download .eml">${icon("download")}</a>
      ${tool("trash", "Delete", () => page.list.remove([message.id]))}
    </div>
    ${secondView(message, state.message, found, page)} ${state.message.unfolded ? factsView(message, state, page) : nothing}
  </header>`;
}

/** The likeliest code, to be copied. @param {Message} message @param {Page} page */
function codeView({ codes: [code] }, page) {
  if (!code) return nothing;
  const title = `Copy the code: ${Math.round(code.score * 100)} % sure\n${code.context.trim().slice(0, 200)}`;
  return html`<button type="button" class="chip code accent" title=${title} aria-label=${`Copy the code ${code.value}`} @click=${() => page.attempt(() => page.message.copyCode())}>${code.value}${icon("copy")}</button>`;
}

/** What a message can be copied as. @param {Page} page */
const copiesView = (page) => html`<details class="menu" id="copies" @focusout=${closeLeft} @keydown=${closeEscaped}>
  <summary class="button icon quiet" aria-label="Copy as" title="Copy as a test">${icon("copy")}</summary>
  <ul>
    ${COPIES.map((copy) => html`<li><button type="button" class="button quiet" @click=${(/** @type {Event} */ event) => {
      close(event);
      page.attempt(() => page.message.copyAs(copy));
    }}>${copy.title}</button></li>`)}
    <li><button type="button" class="button quiet" @click=${(/** @type {Event} */ event) => {
      close(event);
      page.attempt(() => page.message.copyLink());
    }}>First link</button></li>
  </ul>
</details>`;

/** @param {Event} event */
function close(event) {
  const menu = /** @type {Element} */ (event.currentTarget).closest("details");
  if (menu) menu.open = false;
}

/** @param {FocusEvent} event */
function closeLeft(event) {
  const menu = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
}

/** @param {KeyboardEvent} event */
function closeEscaped(event) {
  const menu = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  if (event.key !== "Escape" || !menu.open) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

/** From whom to whom, what differs, tags, when. @param {Message} message @param {MessageState} state @param {Hits} found @param {Page} page */
function secondView(message, { unfolded }, found, page) {
  const { hidden, absent } = differences(message);
  const [first = "nobody", ...rest] = message.envelope.rcpt_to;
  const told = [hidden.length ? `Only in the envelope: ${hidden.slice(0, 20).join(", ")}` : "", absent.length ? `Only in the header: ${absent.slice(0, 20).join(", ")}` : ""];
  return html`<div class="line second">
    <span class="cut grow"><strong>${marked(sender(message), found.from, strange)}</strong> <span class="muted">${message.from[0]?.name ? marked(message.from[0].address, found.from, strange) : nothing} → ${marked(first, found.to, strange)}${rest.length ? ` +${rest.length}` : ""}</span></span>
    ${hidden.length || absent.length ? html`<button type="button" class="chip warn" title=${told.filter(Boolean).join("\n")} @click=${() => page.attempt(() => page.message.unfold())}>envelope differs</button>` : nothing}
    ${message.tags.slice(0, TAGS).map((tag) => html`<a class="chip" href=${href({ query: tagQuery(tag) })}>${tag}</a>`)}
    ${message.tags.length > TAGS ? html`<span class="chip" title=${message.tags.join(", ")}>+${message.tags.length - TAGS}</span>` : nothing}
    <time class="muted" datetime=${message.received_at} title=${`${fullTime(message.received_at)}\n${message.received_at}`}>${shortTime(message.received_at)}</time>
    <button type="button" class="button icon quiet" aria-expanded=${unfolded ? "true" : "false"} aria-label="All of the header" title="All of the header" @click=${() => page.attempt(() => page.message.unfold())}>${icon(unfolded ? "up" : "down")}</button>
  </div>`;
}

/** @param {Message} message @param {State} state @param {Page} page */
function factsView(message, state, page) {
  return html`<div class="all scrolls" tabindex="0" role="region" aria-label="All of the header">
    <dl class="facts">
      ${people("From", message.from.map(mailbox), state, page)} ${people("To", message.to.map(mailbox), state, page)} ${people("Cc", message.cc.map(mailbox), state, page)}
      ${envelopeView(message, state, page)}
      ${fact("Received", html`${fullTime(message.received_at)} <code class="muted">${message.received_at}</code>`)}
      ${message.date ? fact("Written", html`${fullTime(message.date)} <span class="muted">${gap(message.date, message.received_at)}</span>`) : nothing}
      ${fact("Tags", tagsView(message, state, page))} ${unsubscribeView(message)}
      ${message.codes.length > 1 ? fact("Codes", html`<span class="chips">${message.codes.map((code) => html`<button type="button" class="chip code" title=${code.context} @click=${() => page.attempt(() => page.copy(code.value, "Code copied"))}>${code.value} <span class="muted">${Math.round(code.score * 100)} %</span></button>`)}</span>`) : nothing}
      ${fact("Inboxes", html`<span class="chips">${(message.inboxes ?? []).map((inbox) => html`<a class="chip" href=${href({ inbox })}>${inbox}</a>`)}</span>`)}
      ${fact("Size", size(message.size))} ${fact("Id", html`<code>${message.id}</code>`)}
      ${message.message_id ? fact("Message-ID", html`<code>${strange(message.message_id)}</code>`) : nothing}
      ${relatedView(state.message)}
    </dl>
  </div>`;
}

/** @param {string} name @param {unknown} value */
const fact = (name, value) => html`<dt>${name}</dt><dd>${value}</dd>`;

/** @param {string} name @param {string[]} all @param {State} state @param {Page} page */
function people(name, all, state, page) {
  const most = stepsOf(state.message, name) * SHOWN;
  return all.length ? fact(name, html`<span class="people">${all.slice(0, most).map((one) => html`<span>${strange(one)}</span>`)}</span>${moreView(page, name, all.length - most)}`) : nothing;
}

/** Who got it, and who was only named. @param {Message} message @param {State} state @param {Page} page */
function envelopeView(message, state, page) {
  const { hidden, absent, sender: apart } = differences(message);
  const { mail_from, rcpt_to } = message.envelope;
  const unnamed = new Set(hidden);
  const most = stepsOf(state.message, "rcpt") * SHOWN;
  return html`${fact("Mail from", html`<code>&lt;${strange(mail_from)}&gt;</code> ${apart ? html`<span class="chip">not as From</span>` : nothing}`)}
    ${fact("Rcpt to", html`<span class="people">${rcpt_to.slice(0, most).map((one) => html`<span><code>&lt;${strange(one)}&gt;</code> ${unnamed.has(one) ? html`<span class="chip warn">only in the envelope (Bcc)</span>` : nothing}</span>`)}</span>${moreView(page, "rcpt", rcpt_to.length - most)}`)}
    ${absent.length ? fact("Not sent to", html`<span class="people">${absent.slice(0, SHOWN).map((one) => html`<span>${strange(one)} <span class="chip warn">only in the header</span></span>`)}</span>${absent.length > SHOWN ? ` and ${absent.length - SHOWN} more` : ""}`) : nothing}`;
}

/** How long it was on its way. @param {string} from @param {string} to */
function gap(from, to) {
  const ms = Date.parse(to) - Date.parse(from);
  const apart = Math.abs(ms) < 60_000 ? duration(Math.abs(ms)) : ago(from, Date.parse(from) + Math.abs(ms));
  return Math.abs(ms) < 7 * 86_400_000 ? `${apart} ${ms < 0 ? "after" : "before"} it came` : "";
}

/** @param {Message} message @param {State} state @param {Page} page */
const tagsView = ({ tags }, { app }, page) => html`<span class="chips">
  ${tags.map((tag) => html`<span class="chip tagged">${tag}<button type="button" aria-label=${`Take away the tag ${tag}`} title="Take away" @click=${() => page.attempt(() => page.message.tag(tag, false))}>${icon("close")}</button></span>`)}
  <input class="field" id="new-tag" type="text" list="tag-names" maxlength="100" placeholder="Add a tag" aria-label="Add a tag" autocomplete="off" @keydown=${(/** @type {KeyboardEvent} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (event.key !== "Enter" || event.isComposing || !field.value.trim()) return;
    page.attempt(() => page.message.tag(field.value.trim(), true).then(() => (field.value = "")));
  }} />
  <datalist id="tag-names">${Object.keys(app.tags).slice(0, 100).map((tag) => html`<option value=${tag}></option>`)}</datalist>
</span>`;

/** @param {Message} message */
function unsubscribeView({ links }) {
  const ways = links.filter(({ source, kind }) => source === "header" && kind === "unsubscribe").slice(0, 10);
  if (!ways.length) return nothing;
  return fact("Unsubscribe", html`<span class="people">${ways.map((way) => html`<span>${isSafe(way.href)
    ? html`<a href=${way.href} target="_blank" rel="noopener noreferrer">${strange(way.href.slice(0, 300))}</a>`
    : strange(way.href.slice(0, 300))} ${way.one_click ? html`<span class="chip good">one click (RFC 8058)</span>` : nothing}</span>`)}</span>`);
}

/** What belongs to it, as searches. @param {MessageState} state */
function relatedView({ parts }) {
  const related = /** @type {{ title: string, query: string, count: number }[] | undefined} */ (parts.related);
  return fact("Related", html`<span class="chips related">${related
    ? related.filter(({ count }) => count > 1).map(({ title, query, count }) => html`<a class="chip" href=${href({ query })} title=${query}>${title} <span class="muted">${grouped(count)}</span></a>`)
    : html`<span class="muted">counting…</span>`}${related?.every(({ count }) => count <= 1) ? "nothing" : nothing}</span>`);
}
