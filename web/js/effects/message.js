// @ts-check
/**
 * What an open message does: fetch itself and what its tabs show, copy, change how it is shown.
 *
 * @import { Page } from "../page.js"
 * @import { Look, Message, Tab } from "../slices/message.js"
 * @import { Copy } from "../copies.js"
 * @import { Part } from "../types.js"
 */
import * as api from "../api.js";
import { PREFIX, base } from "../base.js";
import { toldOf } from "../copies.js";
import { dump } from "../hex.js";
import { lookOf } from "../parts.js";
import { clip } from "./clipboard.js";
import { relatedTo } from "../related.js";
import { TABS, stepsOf, tabsOf } from "../slices/message.js";

/** Sizes of the preview in CSS pixels, as phones, panes and tablets have them; null is all there is. @type {[number | null, number | null][]} */
export const SIZES = [[null, null], [320, 568], [375, 667], [600, 960], [768, 1024]];

/** The narrowest and the widest preview. */
export const NARROWEST = 200;
export const WIDEST = 3_000;

/** Octets of a part that are read to show it, and to show it as octets. */
const TEXT_SHOWN = 64 * 1024;
const HEX_SHOWN = 4 * 1024;

/** @param {string} id */
const one = (id) => `/api/messages/${encodeURIComponent(id)}`;

/** @typedef {[string, (message: Message) => Promise<unknown>]} Need the name under which it is kept, and how it is fetched */

/** What a tab needs beyond the message itself. @type {Partial<Record<Tab, Need[]>>} */
const NEEDS = {
  raw: [["raw", (message) => api.raw(message.urls.raw)]],
  session: [
    ["session", (message) => api.session(message.urls.session)],
    ["attempt", async (message) => (message.urls.attempt ? api.get(message.urls.attempt) : null)],
  ],
};

export class MessageEffects {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  get state() {
    return this.page.state.message;
  }

  /** Show a message, or none, beside another or alone. @param {string | null} id @param {string | null} inbox @param {string | null} [other] */
  async ask(id, inbox, other = null) {
    await this.open(id, inbox);
    await this.beside(other);
  }

  /** @param {string | null} id @param {string | null} inbox */
  async open(id, inbox) {
    if (id === this.state.id && this.state.message) return;
    this.page.dispatch({ type: "message.asked", id });
    if (id === null) return;
    if (this.page.state.app.settings.remote) this.set({ remote: true });
    try {
      const message = await api.message(id, inbox);
      this.page.dispatch({ type: "message.loaded", message });
      if (this.state.message?.id !== message.id) return;
      this.page.dispatch({ type: "list.active", id: message.id });
      this.page.attempt(() => this.fetchPart(this.state.tab));
      if (this.state.unfolded) this.page.attempt(() => this.related());
      if (!message.read) await api.change([message.id], { read: true });
    } catch (error) {
      if (!(error instanceof api.ApiError && error.status === 404)) throw error;
      this.page.dispatch({ type: "message.gone", id });
    }
  }

  /** Compare the open message with another. @param {string | null} id */
  async beside(id) {
    const { message, other } = this.state;
    if (!message || (other?.id ?? null) === id) return;
    this.page.dispatch({ type: "message.other", other: id === null ? null : await api.message(id, null) });
  }

  /** Compare the two messages that are selected, else the selected one with the one that is open. */
  compare() {
    const [first, second] = this.pair();
    if (!first || !second) return this.page.toast("Select two messages to compare them");
    this.page.turn({ view: "messages", id: first, with: second });
  }

  /** The messages that would be compared, the older one first. */
  pair() {
    const { picked } = this.page.state.list;
    const ids = picked.size === 1 && this.state.message ? new Set([...picked, this.state.message.id]) : picked;
    return ids.size === 2 ? [...ids].sort() : [];
  }

  /** What was missed may be that the open message was deleted, or was not: see whether it is there. */
  async recheck() {
    const { message } = this.state;
    if (!message) return;
    try {
      this.page.dispatch({ type: "message.loaded", message: await api.message(message.id, null) });
    } catch (error) {
      if (!(error instanceof api.ApiError && error.status === 404)) throw error;
      this.page.dispatch({ type: "message.gone", id: message.id });
    }
  }

  /** Show a tab, and say so in the address. @param {Tab} tab */
  async show(tab) {
    this.page.dispatch({ type: "message.tab", tab });
    this.page.turn({ tab: this.named(), with: this.page.state.app.route.with }, true);
    await this.fetchPart(tab);
  }

  /** The tab as an address names it: null for the first. */
  named() {
    return this.state.tab === TABS[0] ? null : this.state.tab;
  }

  /** The tab that an address names; one that names none leaves it. @param {string | null} name */
  chosen(name) {
    const tab = TABS.find((one) => one === name);
    if (!tab || tab === this.state.tab) return;
    this.page.dispatch({ type: "message.tab", tab });
    this.page.attempt(() => this.fetchPart(tab));
  }

  /** @param {Tab} tab */
  async fetchPart(tab) {
    const { message } = this.state;
    for (const [name, fetched] of (message && NEEDS[tab]) || []) {
      if (message && !(name in this.state.parts)) this.put(name, await fetched(message), message.id);
    }
  }

  /** Keep something of the open message. @param {string} name @param {unknown} value @param {string} [id] of the message that it is of */
  put(name, value, id = this.state.message?.id) {
    if (id) this.page.dispatch({ type: "message.part", id, name, value });
  }

  /** Show a step more of a long list. @param {string} name */
  more(name) {
    this.put(`more:${name}`, stepsOf(this.state, name) + 1);
  }

  /** @param {number} index */
  showNth(index) {
    const tab = this.state.message ? tabsOf(this.state.message)[index] : undefined;
    return tab && this.show(tab);
  }

  /** @param {1 | -1} step */
  stepTab(step) {
    const { message, tab } = this.state;
    if (!message) return;
    const tabs = tabsOf(message);
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    return next && this.show(next);
  }

  nextWidth() {
    const at = SIZES.findIndex(([width]) => width === this.state.width);
    const [width = null, height = null] = SIZES[(at + 1) % SIZES.length] ?? [];
    this.set({ width, height });
  }

  /** Turn the device round. */
  rotate() {
    const { width, height } = this.state;
    if (height !== null) this.set({ width: height, height: width });
  }

  unfold() {
    this.set({ unfolded: !this.state.unfolded });
    return this.state.unfolded ? this.related() : null;
  }

  /** @param {Look} set */
  set(set) {
    this.page.dispatch({ type: "message.set", set });
  }

  /** Count what belongs to the message. */
  async related() {
    const { message, parts } = this.state;
    if (!message || parts.related) return;
    const found = relatedTo(message).map(async ({ title, query }) => {
      const { matches } = await api.list({ inbox: null, query, limit: 1 });
      return { title, query, count: matches ?? 0 };
    });
    this.put("related", await Promise.all(found), message.id);
  }

  /** Show the header fields as they were sent, or decoded. @param {boolean} on */
  async rawHeaders(on) {
    const { message } = this.state;
    if (!message) return;
    const told = on ? await api.get(message.urls.headers) : null;
    this.put("rawHeaders", told?.headers, message.id);
  }

  /** Show what is in a part, or its octets, or neither any more. @param {Part} part @param {boolean} [octets] */
  async look(part, octets = false) {
    const { message, parts } = this.state;
    const name = `part:${part.number}`;
    const look = octets ? "hex" : lookOf(part);
    const open = /** @type {{ look: string } | undefined} */ (parts[name]);
    if (!message || !part.url) return;
    if (open?.look === look) return this.put(name, undefined);
    if (look === "image") return this.put(name, { look, text: "" });
    const read = await api.octets(part.url, look === "hex" ? HEX_SHOWN : TEXT_SHOWN);
    const text = look === "hex" ? dump(read).join("\n") : decoded(read, part.charset);
    this.put(name, { look, text }, message.id);
  }

  /** Give the message a tag, or take it away. @param {string} tag @param {boolean} on */
  async tag(tag, on) {
    const { message } = this.state;
    if (message && tag) await api.change([message.id], on ? { add_tags: [tag] } : { remove_tags: [tag] });
  }

  copyId() {
    return this.page.copy(this.state.message?.id, "Id copied");
  }

  copyCode() {
    return this.page.copy(this.state.message?.codes[0]?.value, "Code copied", "There is no code in this message");
  }

  copyLink() {
    const first = this.state.message?.links.find(({ kind }) => kind === "link");
    return this.page.copy(first?.href, "Link copied", "There is no link in this message");
  }

  /** @param {Copy} copy */
  async copyAs({ title, text }) {
    const { message } = this.state;
    if (!message) return;
    await clip(text(toldOf(message, location.origin + PREFIX)));
    this.page.toast(`Copied for ${title}`);
  }

  /** Open the menu of what a message can be copied as. */
  openCopies() {
    const menu = document.getElementById("copies");
    if (!(menu instanceof HTMLDetailsElement)) return;
    menu.open = true;
    menu.querySelector("button")?.focus();
  }

  /** Download a message. */
  download() {
    const { message } = this.state;
    if (message) location.assign(base(`${one(message.id)}/raw?download=1`));
  }
}

/** @param {Uint8Array} octets @param {string | null} charset */
function decoded(octets, charset) {
  try {
    return new TextDecoder(charset ?? "utf-8").decode(octets);
  } catch {
    return new TextDecoder().decode(octets);
  }
}
