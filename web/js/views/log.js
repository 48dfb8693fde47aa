// @ts-check
/** Attempts and sessions: live lists that one narrows, and what is open of them. Pure. */

/** @import { Kind } from "../slices/log.js" */
/** @import { Narrow } from "../narrow.js" */
/** @import { State } from "../state.js" */
/** @import { Attempt, Session } from "../types.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { ref } from "../../vendor/lit-html/directives/ref.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { ROW } from "../effects/log.js";
import { grouped } from "../format.js";
import { classOf, countsOf, isMeant, isNamed, kindsOf, narrowOf } from "../narrow.js";
import { attemptsIn, faultyOf, sessionsIn } from "../slices/log.js";
import { seen } from "../window.js";
import { valueIn } from "./tool.js";
import { roleOf } from "./list.js";
import { attemptView } from "./log/attempt.js";
import { attemptRow, sessionRow } from "./log/rows.js";
import { sessionView } from "./log/session.js";

/** The ways to narrow a list: [value, title, what it means]. @type {[NonNullable<Narrow["reply"]>, string, string][]} */
const CLASSES = [["2", "2xx", "taken"], ["4", "4xx", "refused for now"], ["5", "5xx", "refused for good"], ["aborted", "Left", "the client left first"]];

/** @type {[NonNullable<Narrow["is"]>, string, string][]} */
const KINDS = [["open", "Open", "still going on"], ["delivered", "Delivered", "brought a message"], ["empty", "Nothing", "delivered nothing"], ["fault", "Faults", "a rule acted"], ["tls", "TLS", "encrypted"]];

/** @param {State} state @param {Page} page */
export function attemptsView(state, page) {
  const { log, app } = state;
  const narrow = narrowOf(app.route.query);
  const meant = log.attempts.rows.filter((one) => isMeant(one, narrow));
  const counts = countsOf(meant, classOf);
  const chips = chipsView("Which replies", CLASSES, narrow.reply, { all: meant.length, of: counts, more: log.attempts.more }, (reply) => page.log.narrow({ reply }));
  return html`${listView("attempts", "Attempts", chips, attemptsIn(log, app.route.query), state, page)}
    <section class="detail" id="main" tabindex="-1" aria-label="Attempt" role=${roleOf(app.route.id !== null)}>${app.route.id === null ? noneView("Choose an attempt to see what was answered.") : attemptView(state, page)}</section>`;
}

/** @param {State} state @param {Page} page */
export function sessionsView(state, page) {
  const { log, app, faults } = state;
  const narrow = narrowOf(app.route.query);
  const faulty = faultyOf(log, faults.hits);
  const meant = log.sessions.rows.filter((one) => isNamed(one, narrow));
  const chips = chipsView("Which sessions", KINDS, narrow.is, { all: meant.length, of: kindsOf(meant, faulty), more: log.sessions.more }, (is) => page.log.narrow({ is }));
  return html`${listView("sessions", "Sessions", chips, sessionsIn(log, faulty, app.route.query), state, page)}
    <section class="detail" id="main" tabindex="-1" aria-label="Session" role=${roleOf(app.route.id !== null)}>${app.route.id === null ? noneView("Choose a session to read its dialogue.") : sessionView(state, page)}</section>`;
}

/** @param {string} text */
const noneView = (text) => html`<div class="hint"><p>${text}</p></div>`;

/**
 * @template {string} V
 * @param {string} label
 * @param {[V, string, string][]} values
 * @param {V | null} chosen
 * @param {{ all: number, of: Map<V, number>, more: boolean }} counts of what is here; where there is more, at least so many
 * @param {(value: V | null) => void} choose
 */
const chipsView = (label, values, chosen, { all, of, more }, choose) => html`<div class="group narrow" role="group" aria-label=${label}>
  <button type="button" class="button quiet" aria-pressed=${chosen === null ? "true" : "false"} @click=${() => choose(null)}>All${countView(all, more)}</button>
  ${values.map(([value, title, meaning]) => html`<button type="button" class="button quiet" title=${meaning} aria-pressed=${chosen === value ? "true" : "false"} @click=${() => choose(chosen === value ? null : value)}>${title}${countView(of.get(value) ?? 0, more)}</button>`)}
</div>`;

/** @param {number} count @param {boolean} more */
const countView = (count, more) => html`<span class="count">${grouped(count)}${more ? "+" : ""}</span>`;

const EMPTY = {
  attempts: ["Nothing was tried", "What is refused is told here as well as what is taken."],
  sessions: ["Nobody connected", "Whoever does is told here, also when no mail comes of it."],
};

/** @param {Kind} kind @param {string} title @param {unknown} chips @param {(Attempt | Session)[]} rows @param {State} state @param {Page} page */
function listView(kind, title, chips, rows, state, page) {
  const feed = state.log[kind];
  const { first, last } = seen({ total: rows.length, row: ROW, height: feed.height }, feed.top);
  const shown = rows.slice(first, last).map((row, at) => ({ row, index: first + at }));
  const rowView = kind === "attempts" ? attemptRow : sessionRow;
  return html`<section class="middle log" aria-label=${title} role=${roleOf(state.app.route.id === null)}>
    <div class="toolbar"><h1 class="cut">${title}</h1><span class="grow"></span>${fieldsView(kind, state, page)}</div>
    <div class="toolbar scroller">${chips}</div>
    <div class="list-wrap">
      ${feed.waiting.length ? html`<button type="button" class="button main pill" @click=${() => page.log.showNew()}>${grouped(feed.waiting.length)} new</button>` : nothing}
      <div class="list" id="list" role="listbox" tabindex="0" aria-label=${title} aria-activedescendant=${feed.active !== null && shown.some(({ row }) => row.id === feed.active) ? `row-${feed.active}` : nothing} aria-busy=${feed.loaded ? "false" : "true"}
        ${ref((element) => watch(element, page))} @scroll=${(/** @type {Event} */ event) => page.log.scrolled(/** @type {Element} */ (event.target))}>
        <div class="track" role="presentation" .style=${`block-size: ${rows.length * ROW}px`}>
          ${repeat(shown, ({ row }) => row.id, ({ row, index }) => rowView(/** @type {any} */ (row), index, rows.length, state, page))}
        </div>
      </div>
      ${rows.length || !feed.loaded ? nothing : emptyView(kind, feed.rows.length > 0 || state.app.route.inbox !== null, page)}
    </div>
    ${feed.more && state.app.route.query ? html`<p class="further">Of the newest ${grouped(feed.rows.length)}. <button type="button" class="button" @click=${() => page.attempt(() => page.log.further())}>Look further</button></p>` : nothing}
  </section>`;
}

/** Tell the height of the list, once it is there and when it changes. @param {Element | undefined} element @param {Page} page */
function watch(element, page) {
  if (!(element instanceof HTMLElement) || element === watched) return;
  watched = element;
  sizes.disconnect();
  sizes = new ResizeObserver(() => page.log.scrolled(element));
  sizes.observe(element);
}

/** @type {Element | null} */
let watched = null;
let sizes = new ResizeObserver(() => {});

/** @param {Kind} kind @param {boolean} narrowed @param {Page} page */
const emptyView = (kind, narrowed, page) => html`<div class="hint over"><h2>${narrowed ? "None is like that" : EMPTY[kind][0]}</h2>
  <p>${narrowed ? "What comes later may be." : EMPTY[kind][1]}</p>
  ${narrowed ? html`<button type="button" class="button" @click=${() => page.turn({ query: "", inbox: null })}>Show all</button>` : nothing}</div>`;

/** By inbox, by rule, by a text. @param {Kind} kind @param {State} state @param {Page} page */
function fieldsView(kind, { app, log }, page) {
  const narrow = narrowOf(app.route.query);
  const inboxes = [...new Set([...app.inboxes.map(({ name }) => name), app.route.inbox ?? ""])].filter(Boolean);
  const rules = [...new Set([...log.attempts.rows.flatMap(({ rules: acted }) => acted), narrow.rule ?? ""])].filter(Boolean).sort();
  const what = kind === "attempts" ? "Address or reply" : "Name or address";
  return html`${inboxes.length > 1 ? chooseView("Inbox", "Inbox", inboxes, app.route.inbox, (inbox) => page.turn({ inbox, id: null }, true)) : nothing}
    ${kind === "attempts" && rules.length ? chooseView("Fault rule", "Rule", rules, narrow.rule, (rule) => page.log.narrow({ rule })) : nothing}
    <input class="field filter" id="search" type="search" aria-label=${`Find: ${what}`} placeholder=${what} .value=${narrow.text} autocomplete="off" spellcheck="false"
      @input=${(/** @type {Event} */ event) => page.log.narrow({ text: valueIn(event) })} @keydown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && page.focusList()} />`;
}

/** @param {string} label @param {string} all @param {string[]} values @param {string | null} chosen @param {(value: string | null) => void} choose */
const chooseView = (label, all, values, chosen, choose) => html`<select class="field filter" aria-label=${label} @change=${(/** @type {Event} */ event) => choose(valueIn(event) || null)}>
  <option value="">${all}</option>${values.map((one) => html`<option value=${one} ?selected=${one === chosen}>${one}</option>`)}</select>`;

