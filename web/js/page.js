// @ts-check
/**
 * The page: its state, and all that acts on it. Views get it to name what a click does.
 *
 * @import { Event, State } from "./state.js"
 * @import { Route } from "./route.js"
 */
import * as api from "./api.js";
import { base, within } from "./base.js";
import { sender, subject } from "./format.js";
import { FaultEffects } from "./effects/faults.js";
import { ListEffects } from "./effects/list.js";
import { LogEffects } from "./effects/log.js";
import { MessageEffects } from "./effects/message.js";
import { Live } from "./live.js";
import { HOME, pathOf, routeOf } from "./route.js";
import { loadSettings, saveSettings } from "./settings.js";
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
    this.faults = new FaultEffects(this);
    this.log = new LogEffects(this);
    this.message = new MessageEffects(this);
    /** @type {Live | null} */
    this.live = null;
    this.toasts = 0;
    /** Set by the view of the list: bring a row into sight. @type {(index: number) => void} */
    this.reveal = () => {};
    /** Set by the view of dialogs: ask for a line of text. @type {(title: string, label: string) => Promise<string | null>} */
    this.prompt = async () => null;
  }

  get state() {
    return this.store.state;
  }

  get rowHeight() {
    return this.state.app.settings.dense ? 40 : 56;
  }

  /** @param {Event} event */
  dispatch(event) {
    this.store.dispatch(event);
    if (event.type === "settings" || event.type === "route") saveSettings(this.state.app.settings);
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
    this.attempt(async () => this.dispatch({ type: "info", info: await api.info() }));
    this.attempt(() => this.begin());
    this.watchFaults();
    setInterval(() => this.watchFaults(), FAULTS_EVERY);
    this.refreshSide();
    this.arrive();
  }

  /** The counts, and the cursor from which the stream is followed, whatever the address shows. */
  async begin() {
    const list = await api.list({ inbox: null, query: "", limit: 1 });
    if (!this.state.list.loaded) this.dispatch({ type: "list.counted", list });
    this.listen(list.cursor);
  }

  /** Show what the address says. */
  arrive() {
    const route = routeOf(within(location.pathname), location.search);
    this.dispatch({ type: "route", route });
    const messages = route.view === "messages";
    if (route.view === "attempts" || route.view === "sessions") this.attempt(() => this.log.ask(route));
    if (route.view === "faults") this.attempt(() => this.faults.ask());
    if (messages) this.attempt(() => this.list.ask(route.inbox, route.query));
    this.attempt(() => this.message.ask(messages ? route.id : null, route.inbox));
  }

  /** Go somewhere. @param {Partial<Route>} route @param {boolean} [replace] without a step of the history */
  go(route, replace = false) {
    history[replace ? "replaceState" : "pushState"](null, "", base(pathOf(route)));
    this.arrive();
  }

  /** Go to another place in the same list. @param {Partial<Route>} change @param {boolean} [replace] */
  turn(change, replace = false) {
    this.go({ ...this.state.app.route, tab: null, ...change }, replace);
  }

  /** From one open message to the next the history does not grow. @param {string} id */
  openMessage(id) {
    const { route } = this.state.app;
    if (route.id !== id) this.turn({ view: "messages", id }, route.id !== null);
  }

  back() {
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
  }

  /** @param {string} kind @param {any} data */
  heard(kind, data) {
    if (kind === "gap") return void this.attempt(() => this.list.again());
    if (kind === "message.added") this.arrived(data.message);
    else if (kind === "messages.updated") this.dispatch({ type: "mail.updated", change: data });
    else if (kind === "messages.deleted") this.dispatch({ type: "mail.deleted", ids: data.ids });
    else if (kind === "messages.cleared") this.dispatch({ type: "mail.cleared", inbox: data.inbox });
    else return this.log.heard(kind, data);
    this.list.recount();
  }

  /** @param {import("./types.js").Row} row */
  arrived(row) {
    const { inbox } = this.state.list;
    if (inbox !== null && !(row.inboxes ?? []).includes(inbox)) return;
    this.dispatch({ type: "mail.added", row });
    if (document.hidden && this.state.app.settings.notify) new Notification(subject(row), { body: sender(row), tag: "mailtrap" });
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
    const granted = on && (await Notification.requestPermission()) === "granted";
    this.set({ notify: granted });
    if (on && !granted) this.toast("The browser does not allow notifications here");
  }

  nextTheme() {
    const next = /** @type {const} */ ({ system: "light", light: "dark", dark: "system" });
    const theme = next[this.state.app.settings.theme];
    this.set({ theme });
    this.toast(`Theme: ${theme}`);
  }

  undo() {
    this.clearToasts();
    return this.list.undo();
  }

  /** @param {string} text @param {number} [stay] @param {boolean} [undo] */
  toast(text, stay = TOAST, undo = false) {
    const id = (this.toasts += 1);
    if (undo) this.clearToasts();
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
    await navigator.clipboard.writeText(text);
    this.toast(`${done}: ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`);
  }

  focusSearch() {
    if (this.state.app.route.view !== "messages") this.go(HOME);
    this.store.flush();
    document.getElementById("search")?.focus();
  }

  focusList() {
    document.getElementById("list")?.focus({ preventScroll: true });
  }

  focusMessage() {
    this.store.flush();
    document.getElementById("main")?.focus({ preventScroll: true });
  }
}
