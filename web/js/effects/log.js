// @ts-check
/**
 * What the views of attempts and sessions do: fetch, follow, choose, open.
 *
 * @import { Page } from "../page.js"
 * @import { Kind } from "../slices/log.js"
 * @import { Narrow } from "../narrow.js"
 * @import { Attempt, Session } from "../types.js"
 * @import { Route } from "../route.js"
 */
import * as api from "../api.js";
import { chainOf } from "../chain.js";
import { neighbour } from "../feed.js";
import { clock } from "../format.js";
import { narrowOf, queryOf } from "../narrow.js";
import { attemptsIn, faultyOf, sessionsIn } from "../slices/log.js";
import { toShow } from "../window.js";

/** Rows of one request. */
const PAGE = 200;

/** Attempts of one reverse-path in which the tries of a message are looked for. */
const LOOKED_AT = 1000;

/** Milliseconds between two looks at a session that is open. */
const FOLLOW = 1000;

/** Pixels of a row. */
export const ROW = 56;

export class LogEffects {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.busy = false;
    this.following = 0;
  }

  get state() {
    return this.page.state.log;
  }

  /** Which list is shown. @returns {Kind} */
  get kind() {
    return this.page.state.app.route.view === "sessions" ? "sessions" : "attempts";
  }

  /** The rows that are shown. */
  get rows() {
    const { log, faults, app } = this.page.state;
    return this.kind === "attempts" ? attemptsIn(log, app.route.query) : sessionsIn(log, faultyOf(log, faults.hits), app.route.query);
  }

  /** Show what a route names. @param {Route} route */
  async ask(route) {
    const kind = route.view === "sessions" ? "sessions" : "attempts";
    if (!this.state[kind].loaded || this.state.inbox[kind] !== route.inbox) await this.load(kind, route.inbox);
    if (kind === "sessions") this.page.attempt(() => this.page.faults.hits());
    this.page.store.flush();
    if (route.id !== null) this.activate(route.id);
    await this.orGone(() => (kind === "attempts" ? this.openAttempt(route.id) : this.openSession(route.id)));
    if (this.rows.length < PAGE && route.query) await this.further();
  }

  /** @param {string | null} id */
  async openAttempt(id) {
    if (id === null) return this.page.dispatch({ type: "log.attempt", attempt: null, chain: [] });
    const attempt = await api.get(`/api/attempts/${encodeURIComponent(id)}`);
    this.page.dispatch({ type: "log.attempt", attempt, chain: chainOf(attempt, []) });
    await this.retrace(attempt);
    // A session may have gone before its attempts.
    const session = await api.session(`/api/sessions/${encodeURIComponent(attempt.session)}`).catch(() => null);
    if (this.page.state.app.route.id === id) this.page.dispatch({ type: "log.session", session, tried: [] });
  }

  /** The other tries of the message of an attempt. @param {Attempt} attempt */
  async retrace(attempt) {
    const [recipient] = attempt.recipients;
    const query = api.search({ sender: attempt.mail_from, recipient: attempt.recipients.length === 1 ? recipient?.address : null, limit: LOOKED_AT });
    const { attempts } = await api.get(`/api/attempts${query}`);
    if (this.page.state.app.route.id === attempt.id) this.page.dispatch({ type: "log.attempt", attempt, chain: chainOf(attempt, attempts) });
  }

  /** @param {string | null} id */
  async openSession(id) {
    clearTimeout(this.following);
    if (id === null) return this.page.dispatch({ type: "log.session", session: null, tried: [] });
    const at = encodeURIComponent(id);
    const [session, { attempts }] = await Promise.all([api.session(`/api/sessions/${at}`), api.get(`/api/attempts${api.search({ session: id })}`)]);
    const { route } = this.page.state.app;
    if (route.view !== "sessions" || route.id !== id) return;
    this.page.dispatch({ type: "log.session", session, tried: attempts.toReversed() });
    this.page.dispatch({ type: "session.seen", session });
    // Nothing on the stream tells of each line, so an open session is looked at while it is seen.
    if (session.ended_at === null) this.following = setTimeout(() => this.follow(id), FOLLOW);
  }

  /** @param {string} id */
  follow(id) {
    const { route } = this.page.state.app;
    if (route.view !== "sessions" || route.id !== id) return;
    if (document.hidden) this.following = setTimeout(() => this.follow(id), FOLLOW);
    else this.page.attempt(() => this.orGone(() => this.openSession(id)));
  }

  /** @param {() => Promise<unknown> | unknown} work */
  async orGone(work) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof api.ApiError && error.status === 404)) throw error;
      this.page.dispatch({ type: "log.gone" });
    }
  }

  /** @param {Kind} kind @param {string | null} inbox @param {number} [before] a seq */
  async load(kind, inbox, before) {
    const told = await api.get(`/api/${kind}${api.search({ inbox, before, limit: PAGE })}`);
    const older = before !== undefined;
    this.page.dispatch({ type: `log.${kind}`, rows: told[kind], more: told.older !== null, inbox, older });
    this.page.listen(told.cursor);
  }

  /** Fetch older rows. */
  async further() {
    const { kind } = this;
    const feed = this.state[kind];
    const last = feed.rows.findLast(({ seq }) => seq > 0);
    if (this.busy || !feed.more || !last) return;
    this.busy = true;
    try {
      await this.load(kind, this.state.inbox[kind], last.seq);
    } finally {
      this.busy = false;
    }
  }

  /** @param {Element} list */
  scrolled({ scrollTop, clientHeight, scrollHeight }) {
    const { kind } = this;
    const feed = this.state[kind];
    if (feed.top !== scrollTop || feed.height !== clientHeight) this.page.dispatch({ type: "log.scrolled", kind, top: scrollTop, height: clientHeight });
    if (scrollHeight - scrollTop - clientHeight < 2 * clientHeight) this.page.attempt(() => this.further());
  }

  showNew() {
    this.page.dispatch({ type: "log.showed", kind: this.kind });
    this.page.store.flush();
    document.getElementById("list")?.scrollTo({ top: 0 });
  }

  /** Narrow the list. @param {Partial<Narrow>} change */
  narrow(change) {
    const { route } = this.page.state.app;
    this.page.turn({ query: queryOf({ ...narrowOf(route.query), ...change }) }, true);
  }

  /** @param {number} step */
  step(step) {
    this.page.focusList();
    this.activate(neighbour(this.rows, this.state[this.kind].active, step));
  }

  /** @param {1 | -1} way */
  end(way) {
    this.activate((way < 0 ? this.rows[0] : this.rows.at(-1))?.id ?? null);
  }

  /** @param {1 | -1} way */
  leaf(way) {
    this.step(way * Math.max(Math.floor(this.state[this.kind].height / ROW) - 1, 1));
  }

  /** Have the keys be about a row, and show it. @param {string | null} id */
  activate(id) {
    const list = document.getElementById("list");
    const index = this.rows.findIndex((row) => row.id === id);
    if (index < 0) return;
    this.page.dispatch({ type: "log.active", kind: this.kind, id });
    if (list) list.scrollTop = toShow({ total: this.rows.length, row: ROW, height: list.clientHeight }, list.scrollTop, index);
  }

  /** Open the active row. @param {boolean} [stay] whether the list keeps the keys */
  open(stay = false) {
    const id = this.state[this.kind].active ?? this.rows[0]?.id;
    if (!id) return;
    this.show(id);
    if (!stay) this.page.focusMessage();
  }

  /** From one open row to the next the history does not grow. @param {string} id */
  show(id) {
    const { route } = this.page.state.app;
    this.page.dispatch({ type: "log.active", kind: this.kind, id });
    if (route.id !== id) this.page.turn({ id }, route.id !== null, true);
  }

  /** Something came live. @param {string} kind @param {any} data */
  heard(kind, data) {
    if (kind === "attempt.added") this.tried(data.attempt);
    else if (kind === "session.closed") this.seen(data.session);
    else if (kind === "session.opened") this.page.attempt(() => this.opened(data.id));
  }

  /** @param {Attempt} attempt */
  tried(attempt) {
    this.page.dispatch({ type: "attempt.added", attempt });
    this.page.faults.acted(attempt.rules);
    const { attempt: open } = this.state;
    if (open && this.page.state.app.route.view === "attempts" && attempt.mail_from === open.mail_from) this.page.attempt(() => this.retrace(open));
  }

  /** @param {Session} session */
  seen(session) {
    this.page.dispatch({ type: "session.seen", session });
    this.page.attempt(() => this.page.connect.explain());
    const { view, id } = this.page.state.app.route;
    if (view === "sessions" && id === session.id) this.page.attempt(() => this.orGone(() => this.openSession(session.id)));
  }

  /** A session that began is shown while it goes on. @param {string} id */
  async opened(id) {
    if (!["sessions", "connect"].includes(this.page.state.app.route.view)) return;
    const session = await api.session(`/api/sessions/${encodeURIComponent(id)}`).catch(() => null);
    if (session) this.page.dispatch({ type: "session.seen", session });
  }

  /** The dialogue of the open session as text. */
  transcript() {
    const { session } = this.state;
    return (session?.transcript ?? []).map(({ at, side, text }) => `${at.toFixed(1).padStart(10)} ${side} ${text}\n`).join("");
  }

  copyTranscript() {
    return this.page.copy(this.transcript(), "Dialogue copied");
  }

  /** Save the dialogue as a file. */
  download() {
    const { session } = this.state;
    if (!session) return;
    const head = `Session ${session.id}, ${session.listener}, from ${session.peer}, ${session.started_at} (${clock(session.started_at)})\nMilliseconds since it began; C client, S server, * what happened\n\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([head, this.transcript()], { type: "text/plain" }));
    link.download = `session-${session.id}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), FOLLOW);
  }
}
