// @ts-check
/** Two messages side by side: what differs in their headers, their texts, their parts. Pure. */

/** @import { Message } from "../slices/message.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { guard } from "../../vendor/lit-html/directives/guard.js";
import { readable } from "../compare.js";
import { difference, words } from "../diff.js";
import { fullTime, size, subject } from "../format.js";
import { flat } from "../parts.js";
import { icon } from "./icons.js";
import { href } from "./shell.js";
import { strange } from "./shown.js";
import { changesView } from "./tabs/text.js";

/** Fields and parts that are told, and characters of each. */
const FIELDS = 100;
const PARTS = 100;
const LONG = 1_000;

/** Characters of the texts that are compared. */
const READ = 100_000;

/** @param {Message} one @param {Message} other @param {Page} page */
export const compareView = (one, other, page) => html`<main class="detail compare" id="main" tabindex="-1" aria-label="Two messages compared">
  <header class="toolbar"><button type="button" class="button icon quiet" aria-label="Back to the message" title="Back to the message" @click=${() => page.turn({})}>${icon("back")}</button>
    <h1 class="grow cut">Compared</h1></header>
  <div class="scrolls padded" tabindex="0" role="region" aria-label="What differs">
    ${guard([one, other], () => html`
      <table class="table pair"><thead><tr><td></td>${[one, other].map(titleView)}</tr></thead>
        <tbody>${factsOf(one, other).map(([name, a, b]) => html`<tr><th scope="row">${name}</th><td>${strange(a)}</td><td>${strange(b)}</td></tr>`)}</tbody></table>
      ${partsView(one, other)} ${textView(one, other)}`)}
  </div>
</main>`;

/** @param {Message} message */
const titleView = (message) => html`<th scope="col"><a href=${href({ id: message.id })}>${strange(subject(message))}</a><span class="muted">${fullTime(message.received_at)}, ${size(message.size)}</span></th>`;

/** The fields whose values differ, in the order of the first message. @param {Message} one @param {Message} other @returns {[string, string, string][]} */
function factsOf(one, other) {
  const [these, those] = [fieldsOf(one), fieldsOf(other)];
  const names = [...new Set([...these.keys(), ...those.keys()])];
  return names
    .filter((name) => these.get(name) !== those.get(name))
    .slice(0, FIELDS)
    .map((name) => [name, (these.get(name) ?? "").slice(0, LONG), (those.get(name) ?? "").slice(0, LONG)]);
}

/** @param {Message} message */
function fieldsOf({ headers, envelope, findings }) {
  const fields = new Map([
    ["Mail from", envelope.mail_from],
    ["Rcpt to", envelope.rcpt_to.slice(0, FIELDS).join(", ")],
    ["Findings", findings.map(({ id }) => id).join(", ")],
  ]);
  for (const { name, value } of headers) {
    const before = fields.get(name);
    // A boundary is made up anew for each message: it says nothing.
    const told = value.replace(/;\s*boundary=("[^"]*"|[^\s;]+)/i, "");
    fields.set(name, before === undefined ? told : `${before.slice(0, LONG)}\n${told}`);
  }
  return fields;
}

/** @param {Message} message */
const partsOf = ({ parts }) => flat(parts, PARTS).map(({ part }) => `${part.number || "·"} ${part.content_type}${part.filename ? ` ${part.filename}` : ""}, ${size(part.size)}\n`);

/** @param {Message} one @param {Message} other */
function partsView(one, other) {
  const { changes } = difference(partsOf(one), partsOf(other));
  return changes.some(({ side }) => side) ? html`<h3>Parts</h3><pre class="text">${changesView(changes)}</pre>` : html`<h3>Parts</h3><p class="muted">The same.</p>`;
}

/** @param {Message} message */
const textOf = ({ text, html: source }) => text?.slice(0, READ) ?? readable((source ?? "").slice(0, READ)).trim();

/** @param {Message} one @param {Message} other */
function textView(one, other) {
  const { changes, cut } = difference(words(textOf(one)), words(textOf(other)));
  return html`<h3>Text</h3>
    ${changes.some(({ side }) => side) ? html`<p class="legend"><del>only in the first</del> <ins>only in the second</ins></p><pre class="text">${changesView(changes)}</pre>` : html`<p class="muted">The same.</p>`}
    ${cut ? html`<p class="more">Compared as far as here.</p>` : nothing}`;
}
