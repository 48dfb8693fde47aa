// @ts-check
/**
 * What the views of attempts and sessions do: fetch, follow, open.
 *
 * @import { Page } from "../page.js"
 * @import { Attempt, Session } from "../types.js"
 * @import { Route } from "../route.js"
 */
import * as api from "../api.js";

/** Rows of one request. */
const PAGE = 200;

export class LogEffects {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.busy = false;
  }

  get state() {
    return this.page.state.log;
  }

  /** Show what a route names. @param {Route} route */
  async ask(route) {
    if (route.view === "attempts") await this.askAttempt(route);
    else await this.askSession(route);
  }

  /** @param {Route} route */
  async askAttempt({ id, inbox }) {
    if (!this.state.loaded.attempts || this.state.inbox !== inbox) await this.load("attempts", inbox);
    if (id === null) return this.page.dispatch({ type: "log.attempt", attempt: null, chains: [] });
    await this.orGone(async () => {
      const attempt = await api.get(`/api/attempts/${encodeURIComponent(id)}`);
      this.page.dispatch({ type: "log.attempt", attempt, chains: await this.chains(attempt) });
      const session = await api.session(`/api/sessions/${encodeURIComponent(attempt.session)}`);
      this.page.dispatch({ type: "log.session", session });
    });
  }

  /** Every try for the recipients of an attempt. @param {Attempt} attempt */
  async chains(attempt) {
    const query = api.search({ sender: attempt.mail_from || null, inbox: this.state.inbox });
    const { recipients } = await api.get(`/api/attempts/recipients${query}`);
    const named = new Set(attempt.recipients.map(({ address }) => address.toLowerCase()));
    return recipients.filter((/** @type {{ address: string }} */ { address }) => named.has(address.toLowerCase()));
  }

  /** @param {Route} route */
  async askSession({ id, inbox }) {
    if (!this.state.loaded.sessions || this.state.inbox !== inbox) await this.load("sessions", inbox);
    if (id === null) return this.page.dispatch({ type: "log.session", session: null });
    await this.orGone(async () => {
      const session = await api.session(`/api/sessions/${encodeURIComponent(id)}`);
      this.page.dispatch({ type: "log.session", session });
    });
  }

  /** @param {() => Promise<unknown>} work */
  async orGone(work) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof api.ApiError && error.status === 404)) throw error;
      this.page.dispatch({ type: "log.gone" });
    }
  }

  /** @param {"attempts" | "sessions"} kind @param {string | null} inbox @param {number} [before] a seq */
  async load(kind, inbox, before) {
    const told = await api.get(`/api/${kind}${api.search({ inbox, before, limit: PAGE })}`);
    const older = before !== undefined;
    this.page.dispatch({ type: `log.${kind}`, rows: told[kind], more: told.older !== null, inbox, older });
    this.page.listen(told.cursor);
  }

  /** Fetch older rows when the end of those that are here is near. @param {"attempts" | "sessions"} kind @param {Element} list */
  async scrolled(kind, list) {
    const near = list.scrollHeight - list.scrollTop - list.clientHeight < list.clientHeight;
    const last = this.state[kind].findLast(({ seq }) => seq > 0);
    if (!near || this.busy || !this.state.more[kind] || !last) return;
    this.busy = true;
    try {
      await this.load(kind, this.state.inbox, last.seq);
    } finally {
      this.busy = false;
    }
  }

  /** Something came live. @param {string} kind @param {any} data */
  heard(kind, data) {
    if (kind === "attempt.added") this.page.dispatch({ type: "attempt.added", attempt: data.attempt });
    else if (kind === "session.closed") this.seen(data.session);
    else if (kind === "session.opened") this.page.attempt(() => this.opened(data.id));
  }

  /** @param {Session} session */
  seen(session) {
    this.page.dispatch({ type: "session.seen", session });
    this.page.attempt(() => this.page.connect.explain());
    if (this.state.session?.id !== session.id || this.page.state.app.route.view !== "sessions") return;
    this.page.attempt(async () => this.page.dispatch({ type: "log.session", session: await api.session(`/api/sessions/${session.id}`) }));
  }

  /** A session that began is shown while it goes on. @param {string} id */
  async opened(id) {
    if (!["sessions", "connect"].includes(this.page.state.app.route.view)) return;
    const session = await api.session(`/api/sessions/${encodeURIComponent(id)}`).catch(() => null);
    if (session) this.page.dispatch({ type: "session.seen", session });
  }
}
