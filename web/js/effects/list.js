// @ts-check
/**
 * What the list does: fetch the rows that are seen, choose, select, mark, delete.
 *
 * @import { Page } from "../page.js"
 * @import { Row } from "../types.js"
 */
import * as api from "../api.js";
import { PAGE, missing } from "../pages.js";
import { lengthOf, neighbour, newestOf, rowAt, indexOf, span } from "../slices/list.js";
import { MARGIN } from "../window.js";

/** Milliseconds in which a deletion can be undone. */
const UNDO = 8000;

/** Milliseconds that changes are gathered before counts, or a search, are asked for anew. */
const GATHER = 150;

/** Rows picked that are changed by their ids; more are changed by what they have in common. */
const BY_ID = 20_000;

export class ListEffects {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    /** @type {Set<string>} */
    this.asking = new Set();
    this.gathering = 0;
    /** @type {{ ids: string[], run: (keepalive: boolean) => Promise<unknown>, timer: number } | null} */
    this.doomed = null;
  }

  get state() {
    return this.page.state.list;
  }

  /** Show the list of an inbox and a search. @param {string | null} inbox @param {string} query */
  async ask(inbox, query) {
    const { state } = this;
    if (state.loaded && state.inbox === inbox && state.query === query) return;
    this.page.dispatch({ type: "list.asked", inbox, query });
    await this.load(0);
  }

  /** The page of rows at `offset`, once at a time. @param {number} offset */
  async load(offset) {
    const { inbox, query, anchor } = this.state;
    const name = JSON.stringify([inbox, query, anchor, offset]);
    if (this.asking.has(name)) return;
    this.asking.add(name);
    try {
      const list = await api.list({ inbox, query, anchor, offset, limit: PAGE });
      this.page.dispatch({ type: "list.loaded", inbox, query, offset, list });
      if (offset === 0) this.page.listen(list.cursor);
      if (this.state.missed) this.recount();
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      this.page.dispatch({ type: "list.failed", problem: error.problem });
    } finally {
      this.asking.delete(name);
    }
  }

  /** Fetch what is seen and not here. @param {number} first @param {number} last */
  need(first, last) {
    const { state } = this;
    if (state.problem || (!state.loaded && state.anchor !== null)) return;
    const before = state.fresh.length;
    const offset = state.loaded ? missing(state.pages, first - before, last - before + MARGIN) : 0;
    if (offset !== null) this.page.attempt(() => this.load(offset));
  }

  /** After changes that came live: what the rows here cannot tell. */
  recount() {
    clearTimeout(this.gathering);
    this.gathering = setTimeout(() => this.page.attempt(() => this.refresh()), GATHER);
  }

  async refresh() {
    const { inbox, query, missed, loaded } = this.state;
    this.page.refreshSide();
    if (!loaded) return this.load(0);
    if (!missed) {
      const list = await api.list({ inbox, query: "", limit: 1 });
      this.page.dispatch({ type: "list.counted", list });
      return;
    }
    const list = await api.list({ inbox, query, after: newestOf(this.state), limit: PAGE });
    this.page.dispatch({ type: "list.newer", inbox, query, list });
  }

  /** What was missed is too much to be told: ask for the list anew. */
  async again() {
    const { inbox, query } = this.state;
    this.page.dispatch({ type: "list.asked", inbox, query });
    await this.load(0);
  }

  /** @param {number} top @param {number} height */
  scrolled(top, height) {
    const { state } = this;
    if (state.top !== top || state.height !== height) this.page.dispatch({ type: "list.scrolled", top, height });
  }

  /** Make a row the active one and show it. @param {string | null} id */
  activate(id) {
    if (id === null) return;
    this.page.dispatch({ type: "list.active", id });
    this.page.reveal(indexOf(this.state, id));
  }

  /** @param {number} step */
  step(step) {
    this.page.focusList();
    this.activate(neighbour(this.state, step));
  }

  /** @param {1 | -1} way */
  leaf(way) {
    this.step(way * Math.max(Math.floor(this.state.height / this.page.rowHeight) - 1, 1));
  }

  /** @param {1 | -1} way */
  async end(way) {
    const last = lengthOf(this.state) - 1;
    const index = way < 0 ? 0 : last;
    this.page.reveal(index);
    if (!rowAt(this.state, index)) await this.load(Math.floor((index - this.state.fresh.length) / PAGE) * PAGE);
    this.activate(rowAt(this.state, index)?.id ?? null);
  }

  nextUnread() {
    const { state } = this;
    const begin = indexOf(state, state.active) + 1;
    for (let index = begin; index < lengthOf(state); index += 1) {
      const row = rowAt(state, index);
      if (!row) return;
      if (!row.read) return this.activate(row.id);
    }
  }

  /** Open the active row. @param {boolean} [stay] whether the list keeps the keys */
  open(stay = false) {
    const id = this.state.active ?? rowAt(this.state, 0)?.id;
    if (!id) return;
    this.page.openMessage(id);
    if (!stay) this.page.focusMessage();
  }

  /** A click on a row, as lists everywhere take it. @param {Row} row @param {MouseEvent} event */
  clicked(row, event) {
    if (event.shiftKey) this.page.dispatch({ type: "list.picked", ids: span(this.state, row.id) });
    else if (event.ctrlKey || event.metaKey) this.pick(row.id);
    else {
      this.page.dispatch({ type: "list.active", id: row.id });
      this.page.openMessage(row.id);
    }
  }

  /** Select a row, or no longer. @param {string | null} [id] */
  pick(id = this.state.active) {
    if (id === null) return;
    const ids = new Set(this.state.picked);
    if (!ids.delete(id)) ids.add(id);
    this.page.dispatch({ type: "list.picked", ids: [...ids], pivot: id });
  }

  /** @param {number} step */
  stretch(step) {
    const { active, pivot } = this.state;
    const next = neighbour(this.state, step);
    if (next === null) return;
    this.activate(next);
    this.page.dispatch({ type: "list.picked", ids: span({ ...this.state, pivot: pivot ?? active }, next), pivot: pivot ?? active });
  }

  pickAll() {
    this.page.dispatch({ type: "list.pickedAll" });
  }

  pickNone() {
    this.page.dispatch({ type: "list.picked", ids: [], pivot: null });
  }

  pause() {
    this.page.dispatch({ type: "list.paused", on: !this.state.paused });
    this.page.say(this.state.paused ? "Live mail is paused" : "Live mail goes on");
  }

  showNew() {
    this.page.dispatch({ type: "list.showed" });
    this.page.reveal(0);
  }

  /** The ids that a command is about: what is selected, else what is active, else what is open. */
  meant() {
    const { picked, active } = this.state;
    if (picked.size) return [...picked];
    const id = active ?? this.page.state.message.message?.id;
    return id ? [id] : [];
  }

  /** @param {boolean} read */
  async mark(read) {
    const { pickedAll, inbox, query } = this.state;
    if (pickedAll) await api.send("PATCH", "/api/messages", { ...(query ? { q: query } : { all: true }), inbox: inbox ?? undefined, read });
    else await api.change(this.meant().slice(0, BY_ID), { read });
  }

  async tag() {
    const ids = this.meant();
    const name = await this.page.prompt("Tag", ids.length === 1 ? "Tag of this message" : `Tag of ${ids.length} messages`);
    if (name) await api.change(ids, { add_tags: [name] });
  }

  /** Delete what is meant: at once for the eye, for good when it can no longer be undone. */
  remove() {
    if (this.state.pickedAll) return this.clear();
    const ids = this.meant();
    if (!ids.length) return;
    const many = ids.length === 1 ? "Message deleted" : `${ids.length.toLocaleString()} messages deleted`;
    this.doom(many, ids, (keepalive) => api.remove(ids, keepalive));
  }

  /** Delete all of the list, whether here or not. */
  clear() {
    const { inbox, query, total, fresh, pages } = this.state;
    if (!lengthOf(this.state)) return;
    const ids = [...fresh, ...pages.rows.values()].map((row) => row.id);
    const what = query ? `${lengthOf(this.state).toLocaleString()} messages found` : `${total.toLocaleString()} messages`;
    this.doom(`${what} deleted`, ids, (keepalive) => api.clear(inbox, query, keepalive), true);
  }

  /**
   * @param {string} text
   * @param {string[]} ids
   * @param {(keepalive: boolean) => Promise<unknown>} run
   * @param {boolean} [all]
   */
  doom(text, ids, run, all = false) {
    this.execute(false);
    const { page } = this;
    const open = page.state.message.message?.id;
    page.dispatch({ type: "list.hidden", ids });
    if (all) page.dispatch({ type: "mail.cleared", inbox: this.state.inbox });
    const timer = setTimeout(() => this.execute(false), UNDO);
    this.doomed = { ids, run, timer };
    page.toast(text, UNDO, true);
    const next = this.state.active;
    if (!open || !ids.includes(open)) return;
    if (next && !all) page.openMessage(next);
    else page.back();
  }

  /** Do what was put off. @param {boolean} keepalive */
  execute(keepalive) {
    const doomed = this.doomed;
    if (!doomed) return;
    clearTimeout(doomed.timer);
    this.doomed = null;
    this.page.attempt(async () => {
      await doomed.run(keepalive);
      this.page.dispatch({ type: "list.shown", ids: doomed.ids });
    });
  }

  /** What was put off shall not be: the list as it still is. */
  async undo() {
    const doomed = this.doomed;
    if (!doomed) return;
    clearTimeout(doomed.timer);
    this.doomed = null;
    this.page.dispatch({ type: "list.shown", ids: doomed.ids });
    await this.again();
    this.page.say("Nothing was deleted");
  }
}
