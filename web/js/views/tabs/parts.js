// @ts-check
/** The parts of a message: what each is, and what is in it. Pure. */

/** @import { Entry, Person } from "../../calendar.js" */
/** @import { MessageState } from "../../slices/message.js" */
/** @import { Part } from "../../types.js" */
/** @import { TabView } from "../tabs.js" */
/** @import { Page } from "../../page.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { guard } from "../../../vendor/lit-html/directives/guard.js";
import { base } from "../../base.js";
import { calendar } from "../../calendar.js";
import { mailbox, many, size } from "../../format.js";
import { count, flat, isImage, lookOf } from "../../parts.js";
import { stepsOf } from "../../slices/message.js";
import { card } from "../../vcard.js";
import { icon } from "../icons.js";
import { moreView } from "../more.js";
import { strange } from "../shown.js";

/** Parts of a step, and defects in all. */
const SHOWN = 100;
const DEFECTS = 100;

/** @typedef {{ look: string, text: string }} Opened */

/** @type {TabView} */
export const partsTab = {
  title: "Parts",
  view: ({ parts, defects }, state, page) => {
    const shown = flat(parts, stepsOf(state.message, "parts") * SHOWN);
    return html`<div class="scrolls" tabindex="0" role="region" aria-label="Parts of the message">
      <ul class="tree">${shown.map(({ part, depth }) => partView(part, depth, state.message, page))}</ul>
      ${moreView(page, "parts", count(parts) - shown.length, "parts left")}
      ${defects.length ? defectsView(defects) : nothing}
    </div>`;
  },
};

/** @param {import("../../types.js").Defect[]} defects */
const defectsView = (defects) => html`<section class="padded"><h3>${many(defects.length, "thing")} malformed, read all the same</h3>
  <ul class="plain">${defects.slice(0, DEFECTS).map(({ where, text }) => html`<li><code>${where || "message"}</code> ${strange(text)}</li>`)}</ul></section>`;

/** @param {Part} part @param {number} depth @param {MessageState} state @param {Page} page */
function partView(part, depth, state, page) {
  const opened = /** @type {Opened | undefined} */ (state.parts[`part:${part.number}`]);
  return html`<li class=${`d${depth}`}>
    <div class="part">
      <code class="muted">${part.number || "·"}</code>
      ${part.url && isImage(part.content_type) ? html`<img class="thumb" loading="lazy" alt="" src=${base(part.url)} />` : nothing}
      <span class="grow what"><span><strong>${part.content_type}</strong> ${part.filename ? strange(part.filename) : nothing}</span>
        <span class="muted facts-of">${factsOf(part).map((fact) => html`<span>${strange(fact)}</span>`)}</span></span>
      <span class="muted">${size(part.size)}</span>
      ${part.url ? actionsView(part, opened, page) : nothing}
    </div>
    ${opened && part.url ? html`<div class="inside">${guard([opened], () => insideView(part, opened))}</div>` : nothing}
  </li>`;
}

/** @param {Part} part */
const factsOf = ({ charset, encoding, disposition, content_id }) =>
  [charset ?? "", encoding, disposition, content_id ? `cid:${content_id}` : ""].filter(Boolean);

/** @param {Part} part @param {Opened | undefined} opened @param {Page} page */
const actionsView = (part, opened, page) => html`<span class="acts">
  ${lookOf(part) === "hex"
    ? nothing
    : html`<button type="button" class="button quiet" aria-expanded=${opened && opened.look !== "hex" ? "true" : "false"} aria-label=${`Show part ${part.number}`} @click=${() => page.attempt(() => page.message.look(part))}>Show</button>`}
  <button type="button" class="button quiet" aria-expanded=${opened?.look === "hex" ? "true" : "false"} aria-label=${`Octets of part ${part.number}`} @click=${() => page.attempt(() => page.message.look(part, true))}>Hex</button>
  <a class="button icon quiet" href=${base(part.url ?? "")} download aria-label=${`Download part ${part.number}`} title="Download">${icon("download")}</a></span>`;

/** @param {Part} part @param {Opened} opened */
function insideView(part, { look, text }) {
  if (look === "image") return html`<img class="picture" alt=${part.filename ?? "image"} src=${base(part.url ?? "")} />`;
  if (look === "calendar") return calendarView(text);
  if (look === "card") return factsView(card(text).map(({ name, value }) => [name, strange(value)]));
  return html`<pre class=${look === "hex" ? "hex" : "text"}>${text}</pre>
    ${part.size > text.length && look !== "hex" ? html`<p class="more">The beginning of ${size(part.size)}.</p>` : nothing}
    ${look === "hex" && part.size > 4096 ? html`<p class="more">The first 4 KB of ${size(part.size)}.</p>` : nothing}`;
}

/** @param {[string, unknown][]} facts */
const factsView = (facts) =>
  facts.length ? html`<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>` : html`<p class="muted">There is nothing in it that can be told.</p>`;

/** @param {string} text */
function calendarView(text) {
  const { method, entries } = calendar(text);
  if (!entries.length) return html`<p class="muted">There is no event in it.</p>`;
  return entries.map((entry) => html`<section class="event">
    <h4 class="line">${icon("date")}<span class="cut">${strange(entry.summary || entry.kind)}</span> <span class="chip info">${(method || entry.kind).toLowerCase()}</span></h4>
    ${factsView(eventFacts(entry))}
  </section>`);
}

/** @param {Entry} entry @returns {[string, unknown][]} */
function eventFacts(entry) {
  /** @type {[string, unknown][]} */
  const facts = [
    ["Begins", entry.start],
    ["Ends", entry.end],
    ["Repeats", entry.rule],
    ["Where", entry.where && strange(entry.where)],
    ["Status", entry.status],
    ["Organiser", entry.organiser && personView(entry.organiser)],
    ["Invited", entry.people.length ? html`<ul>${entry.people.map((person) => html`<li>${personView(person)}</li>`)}</ul>` : ""],
    ["Says", entry.text && strange(entry.text)],
  ];
  return facts.filter(([, value]) => value);
}

/** @param {Person} person */
const personView = (person) => html`${strange(mailbox(person))} ${person.status ? html`<span class=${`chip ${person.status === "accepted" ? "good" : person.status === "declined" ? "bad" : ""}`}>${person.status}</span>` : nothing}`;
