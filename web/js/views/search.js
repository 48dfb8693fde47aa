// @ts-check
/** The search field, the mistake in it, the terms that are applied, and what to loosen. Pure. */

/** @import { Problem } from "../types.js" */
/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { live } from "../../vendor/lit-html/directives/live.js";
import { ref } from "../../vendor/lit-html/directives/ref.js";
import { repeat } from "../../vendor/lit-html/directives/repeat.js";
import { many } from "../format.js";
import { nameOf, pieces, saidBy, written } from "../query/tokens.js";
import { terms } from "../query/terms.js";
import { offsetOf } from "../slices/search.js";
import { icon } from "./icons.js";
import { pressed, suggestionsView } from "./suggestions.js";

/** @param {State} state @param {Page} page */
export function searchView(state, page) {
  const { app, list } = state;
  const text = page.search.text;
  const wrong = mistakeOf(state);
  const saved = app.settings.saved.find((one) => one.query === app.route.query);
  return html`<search class="search">
    <form class="toolbar" @submit=${(/** @type {SubmitEvent} */ event) => submitted(event, page)}>
      <div class="field find grow">
        ${icon("search")} ${fieldView(text, wrong, state, page)}
        ${text ? html`<button type="button" class="button icon quiet" aria-label="Clear the search" title="Clear the search" @click=${() => cleared(page)}>${icon("close")}</button>` : nothing}
      </div>
      <button type="button" class="button icon quiet keep" ?disabled=${!app.route.query} aria-pressed=${saved ? "true" : "false"}
        aria-label="Save this search" title=${saved ? `Saved as ${saved.name}` : "Save this search"}
        @click=${() => (saved ? page.search.unsave(saved.query) : page.attempt(() => page.search.save()))}>${icon("star")}</button>
    </form>
    <div class="drop">${wrong ? problemView(wrong, page) : nothing} ${suggestionsView(state, page)}</div>
    ${list.query && list.loaded && !list.problem ? termsView(state, page) : nothing}
  </search>`;
}

/** The text that the server refused, where it is still the one in the field or in the address. @param {State} state */
function mistakeOf({ app, list, search }) {
  if (search.wrong) return search.wrong;
  return list.problem?.field === "q" && search.text === null ? { query: app.route.query, problem: list.problem } : null;
}

/** @param {string} text @param {{ query: string, problem: Problem } | null} wrong @param {State} state @param {Page} page */
function fieldView(text, wrong, { search }, page) {
  const caretOf = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).selectionStart ?? 0;
  const typed = (/** @type {Event} */ event, composing = event instanceof InputEvent && event.isComposing) =>
    page.search.typed(/** @type {HTMLInputElement} */ (event.target).value, caretOf(event), composing);
  const moved = (/** @type {Event} */ event) => page.dispatch({ type: "search.caret", caret: caretOf(event) });
  const { items } = page.search.suggestions();
  return html`<span class="writing grow">
    ${wrong && wrong.problem.place !== undefined ? ghostView(text, wrong) : nothing}
    <input
      id="search" type="text" role="combobox" aria-label="Search" aria-autocomplete="list" aria-controls="suggestions"
      aria-expanded=${items.length ? "true" : "false"}
      aria-activedescendant=${items[search.chosen] ? `suggestion-${search.chosen}` : nothing}
      aria-invalid=${wrong ? "true" : "false"} aria-describedby=${wrong ? "search-problem" : nothing}
      autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search" placeholder="Search   /" .value=${live(text)}
      @input=${(/** @type {Event} */ event) => typed(event)} @compositionend=${(/** @type {Event} */ event) => typed(event, false)}
      @keydown=${(/** @type {KeyboardEvent} */ event) => pressed(event, page)} @keyup=${moved} @click=${moved}
      @focus=${() => page.search.entered()} @blur=${() => page.search.left()} @scroll=${follow}
    />
  </span>`;
}

/** The text of the field once more, unseen but for the line under its mistake. @param {string} text @param {{ query: string, problem: Problem }} wrong */
function ghostView(text, { query, problem }) {
  const [begin, end] = spanOf(query, problem);
  const lead = text.length - text.trimStart().length;
  return html`<span class="ghost" aria-hidden="true" ${ref(() => follow())}>${text.slice(0, lead)}${query.slice(0, begin)}<mark>${query.slice(begin, end) || " "}</mark>${query.slice(end)}</span>`;
}

/** Scroll the line under the mistake with the text. */
function follow() {
  const ghost = document.querySelector(".ghost");
  if (ghost) ghost.scrollLeft = document.getElementById("search")?.scrollLeft ?? 0;
}

/** @param {string} query @param {Problem} problem @returns {[number, number]} */
function spanOf(query, { place = 0, length = 0 }) {
  return [offsetOf(query, place), offsetOf(query, place + length)];
}

/** @param {{ query: string, problem: Problem }} wrong @param {Page} page */
function problemView({ query, problem }, page) {
  const fixes = fixesOf(query, problem);
  const allowed = problem.place === undefined && problem.allowed ? ` Allowed: ${problem.allowed.join(", ")}.` : "";
  const told = problem.detail.replace(/^q: ./, (begin) => (begin.at(-1) ?? "").toUpperCase()).replace(/ \(at character \d+\)/, "");
  return html`<div class="problem" id="search-problem" role="alert">
    <p>${fixes.length ? told.replace(/\??; expected .*$/s, (end) => (end[0] === "?" ? "?" : ".")) : told}${allowed}</p>
    ${fixes.length ? html`<p class="fixes">${fixes.map(({ label, fixed }) => html`<button type="button" class="chip" @click=${() => fix(fixed, page)}>${label}</button>`)}</p>` : nothing}
  </div>`;
}

/** What could stand in the place of the mistake, as far as it is one word. @param {string} query @param {Problem} problem */
function fixesOf(query, problem) {
  const [begin, end] = spanOf(query, problem);
  const wrong = query.slice(begin, end);
  return (problem.allowed ?? [])
    .filter((one) => /^[\w./+-]+:?$/.test(one) && one.endsWith(":") === wrong.endsWith(":") && wrong)
    .map((label) => ({ label, fixed: query.slice(0, begin) + label + query.slice(end) }));
}

/** @param {string} text @param {Page} page */
function fix(text, page) {
  page.focusSearch();
  page.attempt(() => page.search.replace(text));
}

/** The terms that are applied, each to be left out. @param {State} state @param {Page} page */
function termsView({ list, search }, page) {
  const all = terms(list.query, search.names);
  return html`<ul class="terms" aria-label="Applied terms">
    ${repeat(all, ({ text, place }) => `${place} ${text}`, (term, index) => html`<li>
      <button type="button" class=${`chip term ${term.not ? "bad" : ""}`} title="Leave out" aria-label=${`Leave out ${term.text}`}
        @keydown=${(/** @type {KeyboardEvent} */ event) => ["Delete", "Backspace"].includes(event.key) && leaveOut(index, page)}
        @click=${() => leaveOut(index, page)}>${termView(term.text, term.not, search.names)}${icon("close")}</button>
    </li>`)}
  </ul>`;
}

/** @param {string} text @param {boolean} not @param {import("../query/tokens.js").Names} names */
function termView(text, not, names) {
  const shown = not ? text.replace(/^([-!]|NOT\s+)/, "") : text;
  const first = pieces(shown, names)[0];
  const name = first?.kind === "operator" ? first.text : "";
  return html`<span class="cut">${not ? html`<em>not</em> ` : nothing}<span class="name">${name}</span>${shown.slice(name.length)}</span>`;
}

/** @param {number} index @param {Page} page */
function leaveOut(index, page) {
  page.attempt(async () => {
    await page.search.leaveOut(index);
    page.store.flush();
    const left = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".term"));
    (left[Math.min(index, left.length - 1)] ?? document.getElementById("search"))?.focus();
  });
}

/** @param {SubmitEvent} event @param {Page} page */
function submitted(event, page) {
  event.preventDefault();
  page.attempt(async () => {
    const found = await page.search.settle();
    if (!found) return reveal(page);
    if (page.state.app.route.query) page.focusList();
  });
}

/** Scroll the field so that its mistake is seen. @param {Page} page */
function reveal(page) {
  page.store.flush();
  const field = document.getElementById("search");
  const mark = /** @type {HTMLElement | null} */ (document.querySelector(".ghost mark"));
  const at = mark && field ? mark.offsetLeft - field.scrollLeft : 0;
  if (mark && field && (at < 0 || at + mark.offsetWidth > field.clientWidth)) field.scrollLeft = mark.offsetLeft - field.clientWidth / 2;
  follow();
}

/** @param {Page} page */
function cleared(page) {
  page.focusSearch();
  page.attempt(() => page.search.replace(""));
}

/** Nothing was found, or the search is not one: what could be done about it. @param {State} state @param {Page} page */
export function nothingView({ app, list, search }, page) {
  if (list.problem) return html`<div class="hint over"><h2>This search has a mistake</h2><p>It is marked in the field.</p></div>`;
  const counts = search.counts?.query === list.query ? search.counts.terms : [];
  const anywhere = widened(list.query, search.names);
  const look = (/** @type {string} */ query) => () => page.attempt(() => page.search.replace(query));
  return html`<div class="hint over">
    <h2>Nothing found</h2>
    ${counts.length
      ? html`<p>${counts.some(({ matches }) => !matches) ? "Some terms find nothing even alone:" : "Each term finds something, all together nothing:"}</p>
          <ul class="counts">${counts.map(({ text, matches }, index) => html`<li>
            <code class="cut">${text}</code><span class=${matches ? "muted" : "none"}>${many(matches, "message")}</span>
            <button type="button" class="button quiet" aria-label=${`Leave out ${text}`} @click=${() => leaveOut(index, page)}>Leave out</button>
          </li>`)}</ul>`
      : html`<p>No message ${app.route.inbox === null ? "" : "of this inbox "}matches <code>${list.query}</code>.</p>`}
    <p class="acts">
      ${anywhere ? html`<button type="button" class="button" @click=${look(anywhere)}>Look for ${anywhere} anywhere</button>` : nothing}
      ${app.route.inbox === null ? nothing : html`<button type="button" class="button" @click=${() => page.turn({ inbox: null })}>Search all inboxes</button>`}
      <button type="button" class="button" @click=${look("")}>Show all</button>
    </p>
  </div>`;
}

/** The value of a search for one operator, to be looked for anywhere. @param {string} query @param {import("../query/tokens.js").Names} names */
function widened(query, names) {
  const [operator, value, ...more] = pieces(query, names);
  const wide = operator?.kind === "operator" && value && !more.length && ["word", "phrase"].includes(value.kind);
  return wide && !["has", "is", "size", "header"].includes(nameOf(operator)) ? written(saidBy(value)) : null;
}
