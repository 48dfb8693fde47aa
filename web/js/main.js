// @ts-check
/**
 * Wires state, views, API and stream. Every effect of the page is here or in live.js.
 *
 * @import { State, Tab } from "./state.js"
 * @import { Event as PageEvent } from "./reduce.js"
 */
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import * as api from "./api.js";
import { Live } from "./live.js";
import { neighbour, reduce } from "./reduce.js";
import { pathOf, routeOf } from "./route.js";
import { FIRST } from "./state.js";
import { Store } from "./store.js";
import { barView, emptyView, listView } from "./views/list.js";
import { faultsBanner, faultsView } from "./views/faults.js";
import { messageView } from "./views/message.js";

/** Milliseconds between two looks at the rules. Nothing on the stream tells of them. */
const FAULTS_EVERY = 2000;

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const store = /** @type {Store<State, PageEvent>} */ (new Store(FIRST, reduce, draw));

/** What a person can do. @typedef {typeof actions} Actions */
const actions = {
  askClear: () => dialog().showModal(),
  clear: () => attempt(api.clear),
  back: () => go("/"),
  remove: () => attempt(remove),
  toggleRead: () => attempt(toggleRead),
  showTab: (/** @type {Tab} */ tab) => attempt(() => showTab(tab)),
  loadRemote: () => store.dispatch({ type: "remote" }),
  scroll: (/** @type {Event} */ event) => attempt(() => loadOlder(/** @type {HTMLElement} */ (event.currentTarget))),
};

/** What keys do. @type {Record<string, () => void>} */
const KEYS = {
  j: () => choose(1),
  k: () => choose(-1),
  Enter: () => store.state.chosen && go(pathOf(store.state.chosen)),
  Escape: () => store.state.route.name !== "list" && go("/"),
  "#": actions.remove,
};

/** @type {Record<string, (data: any) => void>} */
const CHANGES = {
  "message.added": ({ message }) => {
    store.dispatch({ type: "added", row: message });
    if (location.pathname === "/latest") attempt(open);
  },
  "messages.updated": (data) => changed({ type: "updated", ...data }),
  "messages.deleted": ({ ids }) => changed({ type: "deleted", ids }),
  "messages.cleared": () => changed({ type: "cleared" }),
  gap: () => attempt(load),
};

/** @param {State} state */
function draw(state) {
  const reading = state.route.name === "message";
  const ruling = state.route.name === "faults";
  const empty = state.loaded && !state.rows.length && !reading;
  const panes = ruling
    ? faultsView(state.faults)
    : empty
    ? html`<div class="panes empty">${emptyView(state.info)}</div>`
    : html`<div class=${reading ? "panes reading" : "panes"}>${listView(state, actions)}${messageView(state, actions)}</div>`;
  render(html`<div>${barView(state, actions)}${faultsBanner(state.faults)}</div>${state.loaded ? panes : html`<div></div>`}${errorView(state.error)}${clearView(state.total)}`, root);
  document.title = state.unread ? `(${state.unread}) mailtrap` : "mailtrap";
}

/** @param {string | null} text */
const errorView = (text) =>
  text === null
    ? nothing
    : html`<div class="error" role="alert">
        ${text}<button type="button" @click=${() => store.dispatch({ type: "error", text: null })}>Dismiss</button>
      </div>`;

/** @param {number} total */
const clearView = (total) => html`<dialog aria-labelledby="ask">
  <h2 id="ask">Delete all messages?</h2>
  <p>${total.toLocaleString()} will be gone for good, for everybody who uses this server.</p>
  <form method="dialog" class="actions" @submit=${(/** @type {SubmitEvent} */ event) => answered(event)}>
    <button value="no" autofocus>Keep them</button>
    <button value="yes" class="strong">Delete all</button>
  </form>
</dialog>`;

const dialog = () => /** @type {HTMLDialogElement} */ (root.querySelector("dialog"));

/** @param {SubmitEvent} event */
function answered(event) {
  if (event.submitter instanceof HTMLButtonElement && event.submitter.value === "yes") actions.clear();
}

/** Do something, and show what went wrong. @param {() => unknown} work */
async function attempt(work) {
  try {
    await work();
  } catch (error) {
    store.dispatch({ type: "error", text: error instanceof Error ? error.message : String(error) });
  }
}

/** The newest page of the list. */
async function load() {
  const list = await api.list();
  store.dispatch({ type: "list", list });
  return list;
}

/** @param {HTMLElement} scrolled */
async function loadOlder(scrolled) {
  const { older, loading } = store.state;
  const left = scrolled.scrollHeight - scrolled.scrollTop - scrolled.clientHeight;
  if (!older || loading || left > scrolled.clientHeight) return;
  store.dispatch({ type: "loading", on: true });
  try {
    store.dispatch({ type: "older", list: await api.list(older) });
  } finally {
    store.dispatch({ type: "loading", on: false });
  }
}

let counting = 0;

/** Take a change of which the numbers cannot be told from the rows shown. @param {PageEvent} event */
function changed(event) {
  store.dispatch(event);
  clearTimeout(counting);
  counting = setTimeout(() => attempt(count), 150);
}

async function count() {
  const { total, unread } = await api.list("/api/messages?limit=1");
  store.dispatch({ type: "counts", total, unread });
}

/** Show what the address says. */
async function open() {
  const route = routeOf(location.pathname);
  store.dispatch({ type: "route", route });
  if (route.name === "message") await read(route.id);
}

/** @param {string} id */
async function read(id) {
  try {
    const message = await api.message(id);
    // While it was fetched somebody may have gone on to another.
    const { route } = store.state;
    if (route.name !== "message" || route.id !== id) return;
    store.dispatch({ type: "message", message });
    await showTab(store.state.tab);
    if (!message.read) await api.mark(message.id, true);
  } catch (error) {
    if (!(error instanceof api.ApiError && error.status === 404)) throw error;
    store.dispatch({ type: "gone" });
  }
}

/** @param {Tab} tab */
async function showTab(tab) {
  store.dispatch({ type: "tab", tab });
  const { message, raw, session } = store.state;
  if (!message) return;
  if (tab === "raw" && raw === null) {
    store.dispatch({ type: "raw", id: message.id, text: await api.raw(message.urls.raw) });
  } else if (tab === "session" && session === null) {
    store.dispatch({ type: "session", session: await api.session(message.urls.session) });
  }
}

async function toggleRead() {
  const { message } = store.state;
  if (message) await api.mark(message.id, !message.read);
}

/** Delete the message that is open, else the chosen one. */
async function remove() {
  const id = store.state.message?.id ?? store.state.chosen;
  if (!id) return;
  await api.remove(id);
  if (store.state.route.name === "message") go("/");
}

/** @param {number} step */
function choose(step) {
  const id = neighbour(store.state, step);
  store.dispatch({ type: "choose", id });
  store.flush();
  const row = document.getElementById(`row-${id}`);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
}

/** @param {string} path */
function go(path) {
  history.pushState(null, "", path);
  attempt(open);
}

/** Follow a link within the page, without loading it anew. @param {MouseEvent} event */
function clicked(event) {
  const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!plain || !link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  event.preventDefault();
  go(link.pathname);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  const target = event.target instanceof Element ? event.target : document.body;
  const busy = target.closest("input, textarea, select, dialog");
  // Enter on a control is that control's own.
  const own = event.key === "Enter" && target.closest("a, button");
  if (busy || own || event.ctrlKey || event.metaKey || event.altKey) return;
  const run = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : undefined;
  if (!run) return;
  event.preventDefault();
  run();
}

/** The rules and their counters: asked for again and again while the page is seen. */
async function watchFaults() {
  if (document.hidden) return;
  const faults = await api.faults();
  if (JSON.stringify(faults) !== JSON.stringify(store.state.faults)) store.dispatch({ type: "faults", faults });
}

async function start() {
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  addEventListener("popstate", () => attempt(open));
  attempt(async () => store.dispatch({ type: "info", info: await api.info() }));
  const ruled = () => watchFaults().catch(() => {});
  ruled();
  setInterval(ruled, FAULTS_EVERY);
  document.addEventListener("visibilitychange", ruled);
  const list = await load();
  new Live(
    list.cursor,
    (kind, data) => CHANGES[kind]?.(data),
    (on) => store.dispatch({ type: "live", on }),
  );
  await open();
}

attempt(start);
