// @ts-check
/**
 * What the search field does: look while one types, take what is offered, save, explain.
 *
 * @import { Page } from "../page.js"
 * @import { Sources, Suggestion } from "../query/suggest.js"
 * @import { Saved } from "../slices/search.js"
 */
import * as api from "../api.js";
import { grouped } from "../format.js";
import { PAGE } from "../pages.js";
import { accepted, suggestionsOf } from "../query/suggest.js";
import { terms, without } from "../query/terms.js";
import { lengthOf } from "../slices/list.js";
import { SAVED, remembered, savedWith } from "../slices/search.js";

/** Milliseconds without a letter after which a search is tried. */
const PAUSE = 200;

/** Milliseconds more after which a mistake is told: until then it may just not be finished. */
const PATIENCE = 800;

/** Terms that are counted one by one. */
const COUNTED = 5;

export class SearchEffects {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.timer = 0;
    this.patience = 0;
    this.doubt = 0;
    /** Counts the searches, so that a late answer to an older one is known for it. */
    this.turn = 0;
    /** Whether what is being written has its step of the history already. */
    this.begun = false;
  }

  get state() {
    return this.page.state.search;
  }

  /** What stands in the field. */
  get text() {
    return this.state.text ?? this.page.state.app.route.query;
  }

  /** Learn the language from the server. */
  async learn() {
    const { operators } = await api.get("/api/search/operators");
    this.page.dispatch({ type: "search.operators", operators });
  }

  /** @param {string} text @param {number} caret @param {boolean} composing whether an input method is at work */
  typed(text, caret, composing) {
    clearTimeout(this.timer);
    clearTimeout(this.patience);
    clearTimeout(this.doubt);
    this.page.dispatch({ type: "search.typed", text, caret, open: !composing });
    if (!composing) this.timer = setTimeout(() => this.page.attempt(() => this.apply(text.trim(), false)), PAUSE);
  }

  /**
   * Search for it. The list shows what it showed until the answer is there, and after a mistake.
   * @param {string} query
   * @param {boolean} final whether it is as it shall be: then a mistake is told at once
   * @returns {Promise<boolean>} whether the list shows it now
   */
  async apply(query, final) {
    clearTimeout(this.timer);
    clearTimeout(this.patience);
    const turn = (this.turn += 1);
    try {
      await this.look(query, turn);
    } catch (error) {
      if (!(error instanceof api.ApiError && error.problem.field === "q")) throw error;
      const { problem } = error;
      const tell = () => this.page.dispatch({ type: "search.refused", query, problem });
      if (turn === this.turn && final) tell();
      else if (turn === this.turn) this.patience = setTimeout(tell, PATIENCE);
      return false;
    }
    return turn === this.turn;
  }

  /** @param {string} query @param {number} turn */
  async look(query, turn) {
    const { list, app } = this.page.state;
    const { inbox } = app.route;
    const here = list.loaded && !list.problem && list.query === query && list.inbox === inbox;
    const found = here ? null : await api.list({ inbox, query, limit: PAGE });
    if (turn !== this.turn || !this.stays(app.route)) return;
    this.page.dispatch({ type: "search.applied", query });
    if (found) {
      this.page.dispatch({ type: "list.asked", inbox, query });
      this.page.dispatch({ type: "list.loaded", inbox, query, anchor: null, offset: 0, list: found });
      this.page.say(`${grouped(lengthOf(this.page.state.list))} found`);
    }
    if (app.route.query === query) return;
    this.page.turn({ query }, this.begun);
    this.begun = true;
  }

  /** Whether the page still shows the list that it showed then. @param {import("../route.js").Route} then */
  stays({ view, inbox, query }) {
    const { route } = this.page.state.app;
    return view === "messages" && route.view === view && route.inbox === inbox && route.query === query;
  }

  /** It is as it shall be: remember it. @param {string} [text] @returns {Promise<boolean>} */
  async settle(text = this.text) {
    const query = text.trim();
    const done = await this.apply(query, true);
    if (!done) return false;
    this.begun = false;
    this.page.dispatch({ type: "search.settled" });
    this.page.set({ recent: remembered(this.page.state.app.settings.recent, query) });
    return true;
  }

  /** Search for another text, as if it had been written. @param {string} query */
  replace(query) {
    this.page.dispatch({ type: "search.typed", text: query, caret: query.length, open: false });
    return this.settle(query);
  }

  /** The field is entered: what is written now is a step of the history of its own. */
  entered() {
    this.begun = false;
    this.page.dispatch({ type: "search.open", open: this.text === "" });
  }

  /** The field is left. */
  left() {
    this.page.dispatch({ type: "search.open", open: false });
    if (this.state.text !== null) this.page.attempt(() => this.settle());
  }

  /** What is offered now. */
  suggestions() {
    const { text, caret, names, open, asked } = this.state;
    const shown = text ?? this.page.state.app.route.query;
    return open ? suggestionsOf(shown, caret, this.sources(), names, asked) : { from: 0, to: 0, items: [] };
  }

  /** @returns {Sources} */
  sources() {
    const { app, search } = this.page.state;
    return {
      operators: search.operators,
      tags: Object.keys(app.tags),
      inboxes: app.inboxes.map(({ name }) => name),
      rules: app.faults.faults.map(({ name }) => name),
      listeners: (app.info?.listeners ?? []).map(({ name }) => name),
      senders: search.senders,
      recipients: search.recipients,
      recent: app.settings.recent,
      saved: app.settings.saved,
    };
  }

  /** Take what is offered. @param {Suggestion} item */
  async accept(item) {
    const { text, caret } = accepted(this.text, this.suggestions(), item);
    if (item.kind === "recent" || item.kind === "saved") {
      await this.replace(item.insert);
      return this.page.focusList();
    }
    this.typed(text, caret, false);
    this.page.store.flush();
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById("search"));
    field?.setSelectionRange(caret, caret);
  }

  /** Forget a search that was remembered. @param {string} query */
  forget(query) {
    this.page.set({ recent: this.page.state.app.settings.recent.filter((one) => one !== query) });
  }

  /** Leave out a term of the search that is applied. @param {number} index */
  leaveOut(index) {
    const { list, search } = this.page.state;
    return this.replace(without(terms(list.query, search.names), index));
  }

  /** Save the search that is applied, or a saved one under another name. @param {Saved} [old] */
  async save(old) {
    if (!old && this.state.text !== null && !(await this.settle())) return;
    const { query } = old ?? this.page.state.app.route;
    const name = query && (await this.page.prompt(old ? "Rename the search" : "Save this search", "Name", old?.name ?? query));
    if (!name) return;
    const { saved } = this.page.state.app.settings;
    if (!old && saved.length >= SAVED) return this.page.toast(`${SAVED} searches are saved, and no more can be: delete one`);
    this.page.set({ saved: savedWith(saved, { name, query }) });
  }

  /** @param {string} query */
  unsave(query) {
    this.page.set({ saved: this.page.state.app.settings.saved.filter((one) => one.query !== query) });
  }

  /** Where nothing was found and nobody writes any more: how many each term finds alone. */
  explainSoon() {
    clearTimeout(this.doubt);
    this.doubt = setTimeout(() => this.page.attempt(() => this.explain()), PATIENCE);
  }

  async explain() {
    const { inbox, query } = this.page.state.list;
    const all = terms(query, this.state.names);
    if (!this.lacks(query) || all.length < 2 || all.length > COUNTED) return;
    const asked = all.map(async ({ text }) => ({ text, matches: (await api.list({ inbox, query: text, limit: 1 })).matches ?? 0 }));
    this.page.dispatch({ type: "search.counted", query, terms: await Promise.all(asked) });
  }

  /** Whether this search found nothing, and nothing is known of its terms. @param {string} query */
  lacks(query) {
    const { list, search } = this.page.state;
    return query !== "" && list.loaded && !list.problem && !lengthOf(list) && search.counts?.query !== query;
  }
}
