// @ts-check
/** The search field, its mistakes, and what it suggests. Pure. */

/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { live } from "../../vendor/lit-html/directives/live.js";
import { icon } from "./icons.js";

/** @param {State} state @param {Page} page */
export function searchView({ app, list }, page) {
  const { query } = app.route;
  const wrong = list.problem?.field === "q" ? list.problem : null;
  const saved = app.settings.saved.some((one) => one.query === query);
  return html`<search class="search">
    <form class="toolbar" @submit=${(/** @type {SubmitEvent} */ event) => submit(event, page)}>
      <label class="field find grow">
        ${icon("search")}<span class="unseen">Search</span>
        <input
          id="search" name="q" type="search" autocomplete="off" spellcheck="false" enterkeyhint="search"
          placeholder="Search   /" .value=${live(query)} list="searches"
          aria-invalid=${wrong ? "true" : "false"} aria-describedby=${wrong ? "search-problem" : nothing}
        />
      </label>
      ${query && !wrong
        ? html`<button type="button" class="button icon quiet" aria-pressed=${saved ? "true" : "false"} aria-label="Keep this search" title="Keep this search" @click=${() => keep(query, saved, page)}>${icon("star")}</button>`
        : nothing}
    </form>
    <datalist id="searches">${app.settings.recent.map((one) => html`<option value=${one}></option>`)}</datalist>
    ${wrong ? problemView(query, wrong) : nothing}
  </search>`;
}

/** The search with its mistake marked. @param {string} query @param {import("../types.js").Problem} problem */
function problemView(query, { detail, place = 0, length = 0 }) {
  const end = place + Math.max(length, 1);
  return html`<p class="problem" id="search-problem" role="alert">
    <code>${query.slice(0, place)}<mark>${query.slice(place, end) || " "}</mark>${query.slice(end)}</code>
    <span>${detail}</span>
  </p>`;
}

/** @param {SubmitEvent} event @param {Page} page */
function submit(event, page) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const query = String(new FormData(form).get("q") ?? "").trim();
  page.turn({ query, id: null });
  if (query) page.focusList();
}

/** @param {string} query @param {boolean} saved @param {Page} page */
function keep(query, saved, page) {
  const others = page.state.app.settings.saved.filter((one) => one.query !== query);
  page.set({ saved: saved ? others : [...others, { name: query, query }] });
}
