// @ts-check
/**
 * What an open message does: fetch itself and what its tabs show, copy, change how it is shown.
 *
 * @import { Page } from "../page.js"
 * @import { Message, Tab } from "../slices/message.js"
 */
import * as api from "../api.js";
import { base } from "../base.js";
import { tabsOf } from "../slices/message.js";

/** Widths of the preview in CSS pixels; null is all there is. */
export const WIDTHS = [null, 320, 375, 600, 768];

/**
 * What a tab needs beyond the message itself, by the name under which it is kept.
 * @type {Partial<Record<Tab, [string, (message: Message) => Promise<unknown>]>>}
 */
const NEEDS = {
  raw: ["raw", (message) => api.raw(message.urls.raw)],
  session: ["session", (message) => api.session(message.urls.session)],
  links: ["links", (message) => api.get(`/api/messages/${encodeURIComponent(message.id)}/links`)],
};

export class MessageEffects {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  get state() {
    return this.page.state.message;
  }

  /** Show a message, or none. @param {string | null} id @param {string | null} inbox */
  async ask(id, inbox) {
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
      if (!message.read) await api.change([message.id], { read: true });
    } catch (error) {
      if (!(error instanceof api.ApiError && error.status === 404)) throw error;
      this.page.dispatch({ type: "message.gone", id });
    }
  }

  /** What was missed may be that the open message was deleted: see whether it is still there. */
  async recheck() {
    const { message } = this.state;
    if (!message) return;
    await api.message(message.id, null).catch((error) => {
      if (!(error instanceof api.ApiError && error.status === 404)) throw error;
      this.page.dispatch({ type: "message.gone", id: message.id });
    });
  }

  /** @param {Tab} tab */
  async show(tab) {
    this.page.dispatch({ type: "message.tab", tab });
    await this.fetchPart(tab);
  }

  /** @param {Tab} tab */
  async fetchPart(tab) {
    const { message, parts } = this.state;
    const need = NEEDS[tab];
    if (!message || !need || need[0] in parts) return;
    this.page.dispatch({ type: "message.part", id: message.id, name: need[0], value: await need[1](message) });
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
    const next = WIDTHS[(WIDTHS.indexOf(this.state.width) + 1) % WIDTHS.length] ?? null;
    this.page.dispatch({ type: "message.set", set: { width: next } });
  }

  unfold() {
    this.page.dispatch({ type: "message.set", set: { unfolded: !this.state.unfolded } });
  }

  /** @param {Partial<{ remote: boolean, width: number | null, dark: boolean, zoom: number }>} set */
  set(set) {
    this.page.dispatch({ type: "message.set", set });
  }

  /** Show the header fields as they were sent, or decoded. @param {boolean} on */
  async rawHeaders(on) {
    const { message } = this.state;
    if (!message) return;
    const told = on ? await api.get(`/api/messages/${encodeURIComponent(message.id)}/headers`) : null;
    this.page.dispatch({ type: "message.part", id: message.id, name: "rawHeaders", value: told?.headers });
  }

  copyId() {
    return this.page.copy(this.state.message?.id, "Id copied");
  }

  async copyCode() {
    const { message } = this.state;
    if (!message) return;
    const { codes } = await api.get(`/api/messages/${encodeURIComponent(message.id)}/codes`);
    await this.page.copy(codes[0]?.value, "Code copied", "There is no code in this message");
  }

  async copyLink() {
    const { message } = this.state;
    if (!message) return;
    const { links } = await api.get(`/api/messages/${encodeURIComponent(message.id)}/links`);
    const first = links.find((/** @type {{ kind: string }} */ { kind }) => kind === "link");
    await this.page.copy(first?.href, "Link copied", "There is no link in this message");
  }

  download() {
    const { message } = this.state;
    if (message) location.assign(base(`${message.urls.raw}?download=1`));
  }
}
