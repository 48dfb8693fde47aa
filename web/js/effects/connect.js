// @ts-check
/**
 * What the view of connecting does: send samples, take files, find out why a session came to nothing.
 *
 * @import { Page } from "../page.js"
 * @import { Route } from "../route.js"
 */
import * as api from "../api.js";
import { isBare } from "../slices/connect.js";

/** Sessions that are looked into: the newest ones. */
const RECENT = 8;

/** Files that are taken at once. */
const FILES = 100;

export class ConnectEffects {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /** @param {Route} route */
  async ask({ inbox }) {
    const { log, connect } = this.page.state;
    if (!log.sessions.loaded || log.inbox.sessions !== inbox) await this.page.log.load("sessions", inbox);
    if (inbox === null) this.page.dispatch({ type: "connect.inbox", inbox: null });
    else if (connect.inbox?.name !== inbox) {
      this.page.dispatch({ type: "connect.inbox", inbox: await api.get(`/api/inboxes/${encodeURIComponent(inbox)}`) });
    }
    await this.explain();
  }

  /** Fetch the dialogues of the newest sessions without mail: they tell the reason. */
  async explain() {
    const { app, log } = this.page.state;
    if (app.route.view !== "connect" && !isBare(this.page.state)) return;
    const bare = log.sessions.rows.slice(0, RECENT).filter(({ messages, ended_at, transcript }) => !messages && ended_at !== null && !transcript);
    for (const { id } of bare.reverse()) {
      const session = await api.session(`/api/sessions/${encodeURIComponent(id)}`).catch(() => null);
      if (session) this.page.dispatch({ type: "session.told", session });
    }
  }

  /** @param {string} id of a snippet */
  choose(id) {
    this.page.set({ stack: id });
    if (this.page.state.app.route.view === "connect") this.page.turn({ tab: id }, true);
  }

  /** @param {string} inbox its name, "" for none */
  scope(inbox) {
    const { tab } = this.page.state.app.route;
    this.page.turn({ tab, inbox: inbox || null }, true);
  }

  /** Have a made-up message come in, and show it. @param {string} kind */
  async sample(kind) {
    const inbox = this.page.state.app.route.inbox;
    await this.busily(async () => this.show((await api.send("POST", "/api/samples", inbox ? { kind, inbox } : { kind })).id));
  }

  /** Take files in as messages, and show the last of them. @param {Iterable<File>} files */
  async post(files) {
    const some = [...files].slice(0, FILES);
    await this.busily(async () => {
      let last = "";
      for (const file of some) last = (await api.post(file, this.page.state.app.route.inbox)).id;
      if (last) this.show(last);
    });
  }

  /** @param {string} id */
  show(id) {
    this.page.go({ view: "messages", id, inbox: this.page.state.app.route.inbox });
  }

  /** @param {() => Promise<void>} work */
  async busily(work) {
    if (this.page.state.connect.busy) return;
    this.page.dispatch({ type: "connect.busy", busy: true });
    try {
      await work();
    } finally {
      this.page.dispatch({ type: "connect.busy", busy: false });
    }
  }
}
