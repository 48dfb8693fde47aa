// @ts-check
/**
 * The page: its state, and all that acts on it. Views get it to name what a click does.
 *
 * @import { Event, State } from "./state.js"
 * @import { Route } from "./route.js"
 */
import * as api from "./api.js";
import { base, within } from "./base.js";
import { clip } from "./effects/clipboard.js";
import { Clock } from "./effects/clock.js";
import { ConnectEffects } from "./effects/connect.js";
import { DocsEffects } from "./effects/docs.js";
import { FaultEffects } from "./effects/faults.js";
import { GlanceEffects } from "./effects/glances.js";
import { InsightsEffects } from "./effects/insights.js";
import { ListEffects } from "./effects/list.js";
import { LogEffects } from "./effects/log.js";
import { MessageEffects } from "./effects/message.js";
import { Notices, permission } from "./effects/notices.js";
import { watchSwipes } from "./effects/swipe.js";
import { SearchEffects } from "./effects/search.js";
import { Live } from "./live.js";
import { HOME, pathOf, routeOf } from "./route.js";
import { isBare } from "./slices/connect.js";
import { loadSettings, rowOf, saveSettings } from "./settings.js";
import { FIRST, reduce } from "./state.js";
import { Store } from "./store.js";

/** Milliseconds between two looks at the rules. Nothing on the stream tells of them. */
const FAULTS_EVERY = 2000;

/** Milliseconds that a short word on the screen stays. */
const TOAST = 4000;

export class Page {
  /** @param {(state: State) => void} draw */
  constructor(draw) {
    const first = { ...FIRST, app: { ...FIRST.app, settings: loadSettings() } };
    this.store = /** @type {Store<State, Event>} */ (new Store(first, reduce, draw));
    this.list = new ListEffects(this);
    this.glances = new GlanceEffects(this);
    this.notices = new Notices(this);
    this.connect = new ConnectEffects(this);
    this.docs = new DocsEffects(this);
    this.faults = new FaultEffects(this);
    this.insights = new InsightsEffects(this);
    this.log = new LogEffects(this);
    this.message = new MessageEffects(this);
    this.search = new SearchEffects(this);
    /** @type {Live | null} */
    this.live = null;
    this.toasts = 0;
    /** Whether the browser was told to go back to the list, which gets the focus then. */
    this.returning = false;
    /** Set by the view of the list: bring a row into sight. @type {(index: number) => void} */
    this.reveal = () => {};
    /** Set by the view of dialogs: ask for a line of text. @type {(title: string, label: string, text?: string) => Promise<string | null>} */
    this.prompt = async () => null;
  }

  get state() {
    return this.store.state;
  }

  /** What moves among the rows of the view that is shown. */
  get rows() {
    const { view } = this.state.app.route;
    return view === "faults" ? this.faults : view === "attempts" || view === "sessions" ? this.log : this.list;
  }

  get rowHeight() {
    return rowOf(this.state.app.settings);
  }

  /** @param {Event} event */
  dispatch(event) {
    this.store.dispatch(event);
    if (event.type === "settings") saveSettings(this.state.app.settings);
  }

  /** Do something, and show what went wrong. @param {() => unknown} work */
  async attempt(work) {
    try {
      await work();
    } catch (error) {
      this.toast(error instanceof Error ? error.message : String(error));
    }
  }

  start() {
    addEventListener("popstate", () => this.arrive());
    addEventListener("pagehide", () => this.list.execute(true));
    // What one came for is asked for first: a browser has few connections for one server.
    const first = this.arrive();
    this.refreshInfo();
    this.attempt(() => this.search.learn());
    this.watchFaults();
    setInterval(() => this.watchFaults(), FAULTS_EVERY);
    this.refreshSide();
    this.attempt(async () => {
      await first;
      if (!this.live) await this.begin();
    });
    new Clock(this);
    watchSwipes(this);
  }

  refreshInfo() {
    return this.attempt(async () => this.dispatch({ type: "info", info: await api.info() }));
  }

  /** The counts, and the cursor from which the stream is followed, whatever the address shows. */
  async begin() {
    const list = await api.list({ inbox: null, query: "", limit: 1 });
    if (!this.state.list.loaded) this.dispatch({ type: "list.counted", list });
    this.listen(list.cursor);
  }

  /** What was tried, for the views that show it. @param {Route} route */
  askTried(route) {
    if (route.view === "attempts" || route.view === "sessions") this.attempt(() => this.log.ask(route));
    if (route.view === "connect") this.attempt(() => this.connect.ask(route));
  }

  /** Show what the address says; done when its list is here. */
  arrive() {
    const route = routeOf(within(location.pathname), location.search);
    this.dispatch({ type: "route", route });
    const messages = route.view === "messages";
    this.askTried(route);
    if (route.view === "docs") this.attempt(() => this.docs.ask(route));
    if (route.view === "insights") this.attempt(() => this.insights.ask(route));
    if (route.view === "faults") this.attempt(() => this.faults.ask(route.id));
    const listed = messages ? this.attempt(() => this.list.ask(route.inbox, route.query).then(() => (isBare(this.state) ? this.connect.ask(route) : undefined))) : null;
    this.search.explainSoon();
    if (messages) this.message.chosen(route.tab);
    this.attempt(() => this.message.ask(messages ? route.id : null, route.inbox, route.with ?? null));
    if (this.returning) {
      this.returning = false;
      this.store.flush();
      this.focusList();
    }
    return listed;
  }

  /**
   * Go somewhere.
   * @param {Partial<Route>} route
   * @param {boolean} [replace] without a step of the history
   * @param {boolean} [above] whether it lies above the list that the step before shows
   */
  go(route, replace = false, above = false) {
    if (replace) history.replaceState(history.state, "", base(pathOf(route)));
    else history.pushState({ above }, "", base(pathOf(route)));
    const { view } = this.state.app.route;
    this.arrive();
    if (this.state.app.route.view !== view) this.keepFocus();
  }

  /** Go to another place in the same list. @param {Partial<Route>} change @param {boolean} [replace] @param {boolean} [above] */
  turn(change, replace = false, above = false) {
    const { with: _, ...route } = this.state.app.route;
    this.go({ ...route, tab: null, ...change }, replace, above);
  }

  /** From one open message to the next the history does not grow. @param {string} id */
  openMessage(id) {
    const { route } = this.state.app;
    const within = route.view === "messages" && route.id !== null;
    if (route.id !== id) this.turn({ view: "messages", id, tab: this.message.named() }, within, route.view === "messages");
  }

  /** Back to the list: by the history where the list is the step before, as the phone's own gesture. */
  back() {
    this.returning = this.state.app.route.id !== null && history.state?.above === true;
    if (this.returning) return history.back();
    if (this.state.app.route.id !== null) this.turn({ id: null });
    this.focusList();
  }

  /** Peel off the uppermost layer. */
  escape() {
    const { dialog, route } = this.state.app;
    const asking = document.querySelector("dialog[open]");
    if (dialog) this.dialog(null);
    else if (asking instanceof HTMLDialogElement) asking.close();
    else if (document.activeElement instanceof HTMLInputElement) this.focusList();
    else if (route.view === "insights") this.insights.forget();
    else if (this.state.list.picked.size) this.list.pickNone();
    else if (route.id !== null) this.back();
    else if (route.query) this.turn({ query: "" });
  }

  /** Follow the stream from a cursor on. @param {number} cursor */
  listen(cursor) {
    this.live ??= new Live(cursor, (kind, data) => this.heard(kind, data), (on) => this.connected(on));
  }

  /** @param {boolean} on */
  connected(on) {
    const was = this.state.app.live;
    this.dispatch({ type: "live", live: on ? "yes" : was === "no" ? "no" : "lost" });
    if (!on || was !== "lost") return;
    this.attempt(() => this.list.recover());
    this.refreshInfo();
    this.refreshSide();
    this.say("The server is there again");
  }

  /** @param {string} kind @param {any} data */
  heard(kind, data) {
    this.insights.heard();
    if (kind === "gap") return this.missed();
    if (kind === "message.added") this.arrived(data.message);
    else if (kind === "messages.updated") this.dispatch({ type: "mail.updated", change: data });
    else if (kind === "messages.deleted") this.dispatch({ type: "mail.deleted", ids: data.ids });
    else if (kind === "messages.cleared") this.dispatch({ type: "mail.cleared", inbox: data.inbox });
    else return this.log.heard(kind, data);
    this.list.recount();
  }

  /** Something happened that is not told any more. */
  missed() {
    this.attempt(() => this.list.again());
    this.attempt(() => this.message.recheck());
    this.refreshSide();
    this.dispatch({ type: "log.stale" });
    this.askTried(this.state.app.route);
  }

  /** @param {import("./types.js").Row} row */
  arrived(row) {
    const { inbox } = this.state.list;
    if (inbox !== null && !(row.inboxes ?? []).includes(inbox)) return;
    this.dispatch({ type: "mail.added", row });
    this.notices.heard(row);
  }

  /** The rules and their counters, while the page is seen. */
  async watchFaults() {
    if (document.hidden) return;
    const faults = await api.faults().catch(() => null);
    if (faults && JSON.stringify(faults) !== JSON.stringify(this.state.app.faults)) this.dispatch({ type: "faults", faults });
  }

  /** Inboxes and tags, as the side bar shows them. */
  refreshSide() {
    this.attempt(async () => this.dispatch({ type: "inboxes", inboxes: (await api.inboxes()).inboxes }));
    this.attempt(async () => this.dispatch({ type: "tags", tags: (await api.tags()).tags }));
  }

  /** @param {import("./slices/app.js").AppState["dialog"]} dialog */
  dialog(dialog) {
    this.dispatch({ type: "dialog", dialog });
  }

  /** @param {Partial<import("./slices/app.js").Settings>} settings */
  set(settings) {
    this.dispatch({ type: "settings", settings });
  }

  /** @param {boolean} on */
  async allowNotices(on) {
    if (on && permission() === "default") await Notification.requestPermission();
    this.set({ notify: on && permission() === "granted" });
  }

  nextTheme() {
    const next = /** @type {const} */ ({ system: "light", light: "dark", dark: "contrast", contrast: "system" });
    const theme = next[this.state.app.settings.theme];
    this.set({ theme });
    this.toast(`Theme: ${theme}`);
  }

  undo() {
    this.clearToasts();
    return this.faults.undo() || this.list.undo();
  }

  /** @param {string} text @param {number} [stay] @param {boolean} [undo] */
  toast(text, stay = TOAST, undo = false) {
    const id = (this.toasts += 1);
    if (undo) {
      this.clearToasts();
      this.faults.revert = null;
    }
    this.dispatch({ type: "toast", toast: { id, text, undo } });
    setTimeout(() => this.dispatch({ type: "toast.gone", id }), stay);
  }

  clearToasts() {
    for (const { id, undo } of this.state.app.toasts) if (undo) this.dispatch({ type: "toast.gone", id });
  }

  /** Tell those who cannot see it. @param {string} text */
  say(text) {
    this.dispatch({ type: "said", text });
  }

  /** @param {string | undefined} text @param {string} done @param {string} [lacking] */
  async copy(text, done, lacking = "There is nothing to copy") {
    if (!text) return this.toast(lacking);
    await clip(text);
    this.toast(`${done}: ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`);
  }

  focusSearch() {
    if (!["messages", "attempts", "sessions"].includes(this.state.app.route.view)) this.go(HOME);
    this.store.flush();
    document.getElementById("search")?.focus();
  }

  /** @param {string} selector */
  focusOn(selector) {
    /** @type {HTMLElement | null} */ (document.querySelector(selector))?.focus();
  }

  /** What had the focus may have gone with its view. */
  keepFocus() {
    this.store.flush();
    if (document.activeElement === document.body) this.focusOn("#list, #main");
  }

  focusList() {
    document.getElementById("list")?.focus({ preventScroll: true });
  }

  focusMessage() {
    this.store.flush();
    document.getElementById("main")?.focus({ preventScroll: true });
  }
}
