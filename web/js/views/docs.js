// @ts-check
/** The page of the API, drawn from the description that the server tells. Pure. */

/** @import { Answer, Group, Member, Operation, Schema } from "../docs/openapi.js" */
/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { base } from "../base.js";
import { curlOf, filtered, groupsOf, membersOf } from "../docs/openapi.js";
import { duration } from "../format.js";
import { icon } from "./icons.js";
import { href } from "./shell.js";

/** @type {Record<string, string>} */
const TONES = { GET: "info", POST: "good", PUT: "warn", PATCH: "warn", DELETE: "bad" };

/** The groups of the description that is shown: made once. @type {WeakMap<Schema, Group[]>} */
const GROUPS = new WeakMap();

/** @param {Schema} document */
function groupsFor(document) {
  const known = GROUPS.get(document) ?? groupsOf(document);
  GROUPS.set(document, known);
  return known;
}

/** @param {State} state @param {Page} page */
export function docsView(state, page) {
  const { document, filter } = state.docs;
  if (!document) return html`<div class="page docs"><p class="more" role="status">Loading…</p></div>`;
  const groups = filtered(groupsFor(document), filter);
  return html`<div class="page docs">
    <header class="docs-head">
      <h1>API</h1>
      <input class="field" type="search" placeholder="Filter" aria-label="Filter the operations" autocomplete="off" .value=${filter}
        @input=${(/** @type {Event} */ event) => page.dispatch({ type: "docs.filter", filter: /** @type {HTMLInputElement} */ (event.target).value })} />
      <a href=${base("/api/openapi.json")} target="_blank" rel="noopener">openapi.json</a>
    </header>
    <nav class="docs-index" aria-label="Operations">${groups.map(({ title, operations }) => html`<h2>${title}</h2><ul>
      ${operations.map(({ id, method, path }) => html`<li><a href=${href({ view: "docs", tab: id })} aria-current=${id === state.app.route.tab ? "true" : nothing}><span class=${`method ${TONES[method] ?? ""}`}>${method}</span><span class="cut">${path.replace(/^\/api/, "")}</span></a></li>`)}</ul>`)}</nav>
    <div class="docs-body">
      ${groups.length ? nothing : html`<p class="more">Nothing fits.</p>`}
      ${repeat(groups, ({ title }) => title, ({ title, operations }) => html`<section aria-label=${title}><h2>${title}</h2>
        ${repeat(operations, ({ id }) => id, (one) => operationView(one, document, state, page))}</section>`)}
    </div>
  </div>`;
}

/** @param {Operation} operation @param {Schema} document @param {State} state @param {Page} page */
function operationView(operation, document, state, page) {
  const { id, method, path, summary } = operation;
  const open = state.docs.open.has(id);
  return html`<details class="operation" id=${`op-${id}`} .open=${open} @toggle=${(/** @type {Event} */ event) => event.target === event.currentTarget && page.docs.toggle(operation, /** @type {HTMLDetailsElement} */ (event.target).open)}>
    <summary><span class=${`chip method ${TONES[method] ?? ""}`}>${method}</span><code>${path}</code><span class="muted cut">${summary}</span></summary>
    ${open ? insideView(operation, document, state, page) : nothing}
  </details>`;
}

/** @param {Operation} operation @param {Schema} document @param {State} state @param {Page} page */
function insideView(operation, document, state, page) {
  const { method, summary, text, parameters, body, answers } = operation;
  return html`<div class="op-inside">
    <p>${summary}${summary ? "." : ""} ${worded(text)}</p>
    ${parameters.length ? html`<h3>Parameters</h3>${parametersView(operation, state, page)}` : nothing}
    ${body ? html`<h3>Body <span class="muted">${body.media}${body.required ? "" : ", may be left out"}</span></h3>${membersView(membersOf(body.schema, document))}` : nothing}
    <h3>Answers</h3>${answers.map((answer) => answerView(answer, document))}
    ${tryView(operation, state, page, method === "GET")}
  </div>`;
}

/** @param {Operation} operation @param {State} state @param {Page} page */
function parametersView({ id, parameters }, { docs }, page) {
  return html`<div class="scrolls" tabindex="0"><table class="table"><thead><tr><th scope="col">Name</th><th scope="col">Value</th><th scope="col">What it is</th></tr></thead>
    <tbody>${parameters.map(({ name, place, required, type, bounds, text }) => html`<tr>
      <th scope="row"><code>${name}</code>${required ? html` <span class="chip">${place}</span>` : nothing}</th>
      <td><input class="field" type="text" autocomplete="off" spellcheck="false" aria-label=${name} placeholder=${place === "path" ? "latest" : ""} .value=${docs.values[id]?.[name] ?? ""}
        @input=${(/** @type {Event} */ event) => page.dispatch({ type: "docs.value", id, name, value: /** @type {HTMLInputElement} */ (event.target).value })} /></td>
      <td><code>${type}</code>${bounds ? html` <span class="muted">${bounds}</span>` : nothing}${text ? html`<br />${worded(text)}` : nothing}</td>
    </tr>`)}</tbody></table></div>`;
}

/** A text whose words between backticks are code. @param {string} text */
const worded = (text) => text.split(/`+/).map((piece, at) => (at % 2 ? html`<code>${piece}</code>` : piece));

/** @param {Member[]} members */
function membersView(members) {
  if (!members.length) return html`<p class="muted">As it is.</p>`;
  return html`<ul class="members">${members.map(({ depth, name, type, required, bounds, text }) => html`<li .style=${`--depth: ${depth}`}>
    <code>${name}</code>${required ? nothing : html`<span class="muted">?</span>`} <span class="type">${type}</span>
    ${bounds ? html`<span class="muted">${bounds}</span>` : nothing} ${text ? html`<span class="muted">${worded(text)}</span>` : nothing}</li>`)}</ul>`;
}

/** @param {Answer} answer @param {Schema} document */
function answerView({ status, text, media, schema }, document) {
  const members = membersOf(schema, document);
  const head = html`<span class=${`chip ${status === "default" ? "bad" : "good"}`}>${status === "default" ? "else" : status}</span> ${text} <span class="muted">${media}</span>`;
  return members.length ? html`<details class="answer"><summary>${head}</summary>${membersView(members)}</details>` : html`<p class="answer">${head}</p>`;
}

/** @param {Operation} operation @param {State} state @param {Page} page @param {boolean} tried whether it can be: it changes nothing */
function tryView(operation, { docs }, page, tried) {
  const curl = curlOf(operation, docs.values[operation.id] ?? {}, location.origin + base(""));
  const outcome = docs.outcomes[operation.id];
  return html`<figure class="snippet">
      <figcaption class="line"><span class="grow">curl</span>
        <button type="button" class="button quiet" @click=${() => page.attempt(() => page.copy(curl, "Copied"))}>${icon("copy")}Copy as curl</button>
        ${tried ? html`<button type="button" class="button" @click=${() => page.attempt(() => page.docs.try(operation))}>${icon("play")}Try it</button>` : nothing}</figcaption>
      <pre class="scrolls" tabindex="0">${curl}</pre>
    </figure>
    <div role="status">${outcome ? html`<figure class="snippet"><figcaption class="line"><span class=${`chip ${outcome.status < 400 ? "good" : "bad"}`}>${outcome.status}</span><span class="grow cut">${outcome.url}</span><span class="muted">${duration(outcome.took)}</span></figcaption>
      <pre class="scrolls outcome" tabindex="0">${outcome.text}${outcome.cut ? "\n…" : nothing}</pre></figure>` : nothing}</div>`;
}
