// @ts-check
/**
 * What the list does: fetch the rows that are seen, choose, select, mark, delete.
 *
 * @import { Page } from "../page.js"
 * @import { Row } from "../types.js"
 */
import * as api from "../api.js";
import { grouped, many } from "../format.js";
import { KEPT, PAGE, missing } from "../pages.js";
import { indexOf, lengthOf, neighbour, newestOf, rowAt, span } from "../slices/list.js";
import { MARGIN } from "../window.js";

/** Milliseconds in which a deletion can be undone. */
const UNDO = 8000;

/** Milliseconds that changes are gathered before counts, or a search, are asked for anew. */
const GATHER = 150;

/** Pages that are on their way at once: what is scrolled past is not asked for. */
const AT_ONCE = 2;

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
    /** How to take back what was done last. @type {(() => Promise<unknown>) | null} */
    this.reverse = null;
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
      this.page.dispatch({ type: "list.loaded", inbox, query, anchor, offset, list });
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
    if (state.problem || this.asking.size >= AT_ONCE || (!state.loaded && state.anchor !== null)) return;
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

  /** The server is there again: ask for what could not be had. */
  async recover() {
    if (this.state.problem?.status === 0) await this.again();
  }

  /** What was missed is too much to be told: ask for the list anew. */
  async again() {
    this.page.dispatch({ type: "list.stale" });
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

  /** A click on a row, as lists everywhere take it. @param {Row} row @param {MouseEvent} event @param {boolean} picking whether a plain one selects */
  clicked(row, event, picking) {
    if (event.shiftKey) return this.pickSpan(row.id);
    if (event.ctrlKey || event.metaKey || picking) return this.pick(row.id);
    this.page.dispatch({ type: "list.active", id: row.id });
    this.page.openMessage(row.id);
  }

  /** Select from the pivot to a row, once all between them is here. @param {string} id */
  async pickSpan(id) {
    for (let count = 0; count < KEPT / PAGE; count += 1) {
      const { state } = this;
      const [a = 0, b = 0] = [indexOf(state, state.pivot ?? id), indexOf(state, id)].sort((x, y) => x - y);
      const offset = a < 0 ? null : missing(state.pages, a - state.fresh.length, b - state.fresh.length);
      if (offset === null) break;
      await this.load(offset);
    }
    this.page.dispatch({ type: "list.picked", ids: span(this.state, id) });
  }

  /** Select a row, or no longer. @param {string | null} [id] */
  pick(id = this.state.active ?? rowAt(this.state, 0)?.id) {
    if (!id) return;
    if (this.state.active === null) this.page.dispatch({ type: "list.active", id });
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

  /** All of the list, as the API names it. */
  all() {
    const { inbox, query } = this.state;
    return { ...(query ? { q: query } : { all: true }), inbox: inbox ?? undefined };
  }

  /** The row of an id, from the list or what is open. @param {string} id */
  row(id) {
    const { message } = this.page.state.message;
    return rowAt(this.state, indexOf(this.state, id)) ?? (message?.id === id ? message : undefined);
  }

  /** @param {boolean} read @param {string[]} [ids] else what is meant */
  async mark(read, ids) {
    const told = `marked ${read ? "read" : "unread"}`;
    if (!ids && this.state.pickedAll) {
      const { updated } = await api.send("PATCH", "/api/messages", { ...this.all(), read });
      return this.page.toast(`${many(updated, "message")} ${told}`);
    }
    const changed = (ids ?? this.meant()).slice(0, BY_ID).filter((id) => this.row(id)?.read !== read);
    if (!changed.length) return;
    await api.change(changed, { read });
    this.reversible(`${many(changed.length, "message")} ${told}`, () => api.change(changed, { read: !read }));
  }

  async tag() {
    const ids = this.meant();
    const { pickedAll } = this.state;
    const count = pickedAll ? lengthOf(this.state) : ids.length;
    const name = await this.page.prompt("Tag", count === 1 ? "Tag of this message" : `Tag of ${grouped(count)} messages`);
    if (!name) return;
    if (pickedAll) {
      const { updated } = await api.send("PATCH", "/api/messages", { ...this.all(), add_tags: [name] });
      return this.page.toast(`${many(updated, "message")} tagged`);
    }
    const changed = ids.filter((id) => !this.row(id)?.tags.includes(name));
    await api.change(changed, { add_tags: [name] });
    this.reversible(`${many(changed.length, "message")} tagged`, () => api.change(changed, { remove_tags: [name] }));
  }

  /** Something was done that can be taken back. @param {string} text @param {() => Promise<unknown>} reverse */
  reversible(text, reverse) {
    this.execute(false);
    this.reverse = reverse;
    this.page.toast(text, UNDO, true);
  }

  /** Delete: at once for the eye, for good when it can no longer be undone. @param {string[]} [ids] else what is meant */
  remove(ids = this.state.pickedAll ? undefined : this.meant()) {
    if (!ids) return this.clear();
    if (!ids.length) return;
    const many = ids.length === 1 ? "Message deleted" : `${grouped(ids.length)} messages deleted`;
    this.doom(many, ids, (keepalive) => api.remove(ids, keepalive));
  }

  /** Delete all of the list, whether here or not. */
  clear() {
    const { inbox, query, total, fresh, pages } = this.state;
    const upto = newestOf(this.state);
    if (!lengthOf(this.state)) return;
    const ids = [...fresh, ...pages.rows.values()].map((row) => row.id);
    const what = query ? `${grouped(lengthOf(this.state))} messages found` : `${grouped(total)} messages`;
    this.doom(`${what} deleted`, ids, (keepalive) => api.clear(inbox, query, upto, keepalive), true);
  }

  /**
   * @param {string} text
   * @param {string[]} ids
   * @param {(keepalive: boolean) => Promise<unknown>} run
   * @param {boolean} [all]
   */
  doom(text, ids, run, all = false) {
    this.execute(false);
    this.reverse = null;
    const { page } = this;
    const open = page.state.message.message?.id;
    page.dispatch({ type: "list.hidden", ids });
    if (all) page.dispatch({ type: "mail.cleared", inbox: this.state.inbox, query: this.state.query });
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
      try {
        await doomed.run(keepalive);
      } catch (error) {
        // What could not be deleted is still there.
        this.page.attempt(() => this.again());
        throw error;
      } finally {
        this.page.dispatch({ type: "list.shown", ids: doomed.ids });
      }
    });
  }

  /** Take back what was done last; a deletion that was put off shall not be. */
  async undo() {
    const { doomed, reverse } = this;
    this.reverse = null;
    if (reverse) {
      await reverse();
      return this.page.say("Undone");
    }
    if (!doomed) return;
    clearTimeout(doomed.timer);
    this.doomed = null;
    this.page.dispatch({ type: "list.shown", ids: doomed.ids });
    await this.again();
    await this.page.message.recheck();
    this.page.say("Nothing was deleted");
  }
}
