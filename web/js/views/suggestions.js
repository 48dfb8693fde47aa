// @ts-check
/** What the search field offers, and the keys to choose from it. Pure. */

/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
/** @import { Icon } from "./icons.js" */
/** @import { Suggestion, Suggestions } from "../query/suggest.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { icon } from "./icons.js";

/** @type {Record<Suggestion["kind"], Icon>} */
const ICONS = { operator: "search", value: "plus", recent: "recent", saved: "star", example: "search" };

/** @param {State} state @param {Page} page */
export function suggestionsView({ search }, page) {
  const offered = page.search.suggestions();
  const completed = search.chosen < 0 ? completion(page.search.text, search.caret, offered) : null;
  return html`<ul class="suggestions" id="suggestions" role="listbox" aria-label="Suggestions" ?hidden=${!offered.items.length}
    @mousedown=${(/** @type {Event} */ event) => event.preventDefault()}>
    ${offered.items.map((item, index) => html`<li
      id=${`suggestion-${index}`} role="option" aria-selected=${index === search.chosen ? "true" : "false"}
      @click=${() => page.attempt(() => page.search.accept(item))}>
      ${icon(ICONS[item.kind])}<span class=${`cut what ${item.kind}`}>${item.label}</span><span class="cut help">${item.help}</span>
      ${item === completed ? html`<kbd>Tab</kbd>` : nothing}
      ${item.kind === "recent" ? forgetView(item, page) : nothing}
    </li>`)}
  </ul>`;
}

/** An option holds no buttons: with keys, Delete does the same. @param {Suggestion} item @param {Page} page */
const forgetView = (item, page) => html`<span class="forget" title="Forget (Delete)" @click=${(/** @type {Event} */ event) => {
  event.stopPropagation();
  page.search.forget(item.insert);
}}>${icon("close")}</span>`;

/** The first suggestion where it goes on with what is written. @param {string} text @param {number} caret @param {Suggestions} offered */
function completion(text, caret, { from, items }) {
  const begun = text.slice(from, caret).toLowerCase();
  const [first] = items;
  if (!first || !begun) return null;
  const insert = first.insert.toLowerCase();
  return insert.startsWith(begun) || insert.slice(insert.indexOf(":") + 1).startsWith(begun) ? first : null;
}

/**
 * A key in the search field: chooses, takes, or closes what is offered.
 * @param {KeyboardEvent} event
 * @param {Page} page
 */
export function pressed(event, page) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const { search } = page.state;
  const offered = page.search.suggestions();
  const item = offered.items[search.chosen];
  const act = KEYS[event.key]?.({ event, page, offered, item });
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  page.attempt(act);
}

/**
 * What a key does here, or null where it does what it always does.
 * @typedef {{ event: KeyboardEvent, page: Page, offered: Suggestions, item: Suggestion | undefined }} Pressed
 * @type {Record<string, (pressed: Pressed) => (() => unknown) | null>}
 */
const KEYS = {
  ArrowDown: ({ page, offered }) => () => move(1, offered, page),
  ArrowUp: ({ page, offered }) => () => move(-1, offered, page),
  Enter: ({ page, item }) => (item ? () => page.search.accept(item) : null),
  Tab: ({ event, page, offered, item }) => {
    const taken = item ?? completion(page.search.text, page.state.search.caret, offered);
    return taken && !event.shiftKey ? () => page.search.accept(taken) : null;
  },
  Escape: ({ page, offered }) => (offered.items.length ? () => page.dispatch({ type: "search.open", open: false }) : null),
  Delete: ({ page, item }) => (item?.kind === "recent" ? () => page.search.forget(item.insert) : null),
};

/** To the next one, and from the last back to the text. @param {1 | -1} step @param {Suggestions} offered @param {Page} page */
function move(step, { items }, page) {
  const { chosen } = page.state.search;
  if (!items.length) return page.dispatch({ type: "search.open", open: true, asked: true });
  const places = items.length + 1;
  page.dispatch({ type: "search.chosen", chosen: ((chosen + 1 + step + places) % places) - 1 });
}
