// @ts-check
/** Wires the page: draws its state, and hands keys and clicks to it. */

/** @import { State } from "./state.js" */
import { html, render } from "../vendor/lit-html/lit-html.js";
import { within } from "./base.js";
import { COMMANDS } from "./commands.js";
import { wearBadge } from "./effects/badge.js";
import { grouped } from "./format.js";
import { SEQUENCE, isTyping, keyOf, match } from "./keys.js";
import { Page } from "./page.js";
import { routeOf } from "./route.js";
import { Scroller } from "./scroller.js";
import { wear } from "./settings.js";
import { isBare } from "./slices/connect.js";
import { alarmView } from "./views/alarm.js";
import { connectPane, connectView } from "./views/connect.js";
import { dialogsView, showDialogs } from "./views/dialogs.js";
import { TimeChart } from "./views/charts/time.js";
import { docsView } from "./views/docs.js";
import { faultsView } from "./views/faults.js";
import { insightsView } from "./views/insights.js";
import { attemptsView, sessionsView } from "./views/log.js";
import { middleView } from "./views/list.js";
import { messageView } from "./views/message.js";
import { settingsView } from "./views/settings.js";
import { sizersView } from "./views/sizers.js";
import { VIEWS, footNavView, lostView, sideView, toastsView } from "./views/shell.js";

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const page = new Page(draw);
const scroller = new Scroller(page);
const chart = new TimeChart(page);

/**
 * The views that fill the page right of the side bar.
 * @type {Partial<Record<import("./route.js").View, (state: State, page: Page) => unknown>>}
 */
const WHOLE = {
  connect: connectView,
  docs: docsView,
  faults: faultsView,
  insights: (state, page) => insightsView(state, page, chart),
  settings: settingsView,
};

/**
 * The views of two panes.
 * @type {Partial<Record<import("./route.js").View, (state: State, page: Page) => unknown>>}
 */
const PANES = { attempts: attemptsView, sessions: sessionsView };

/** @param {State} state */
function draw(state) {
  wear(state.app.settings);
  document.title = titleOf(state);
  wearBadge(state.list.unread);
  const { view, id } = state.app.route;
  const whole = WHOLE[view];
  const panes = whole
    ? html`<main class="middle" id="main" tabindex="-1">${whole(state, page)}</main>`
    : (PANES[view]?.(state, page) ?? html`${middleView(state, page, scroller)}${isBare(state) ? connectPane(state, page) : messageView(state, page)}`);
  render(
    html`<a class="skip" href=${id === null && view === "messages" ? "#list" : "#main"}>Skip to the content</a>
      <div class=${`shell ${whole ? "whole" : ""} ${id !== null && !whole ? "open" : ""}`}>
        ${lostView(state)} ${sideView(state, page)} ${panes} ${sizersView(state, page)} ${alarmView(state, page)} ${footNavView(state, page)}
      </div>
      ${toastsView(state, page)} ${dialogsView(state, page)}`,
    root,
  );
  if (view === "messages") scroller.follow();
  showDialogs(state);
}

/** @param {State} state */
function titleOf({ app, list, message }) {
  const unread = list.unread ? `(${grouped(list.unread)}) ` : "";
  const view = VIEWS.find((one) => one.view === app.route.view)?.title ?? "";
  const what = app.route.view === "messages" ? (message.message?.subject ?? app.route.inbox ?? "") : view;
  return `${unread}${what ? `${what} · ` : ""}mailtrap`;
}

/** Follow a link within the page, without loading it anew. @param {MouseEvent} event */
function clicked(event) {
  const plain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!plain || !link || link.target || link.hasAttribute("download") || link.origin !== location.origin || link.hash) return;
  event.preventDefault();
  page.go(routeOf(within(link.pathname), link.search));
}

let begun = "";
let timer = 0;

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.isComposing) return;
  const target = event.target instanceof Element ? event.target : document.body;
  const key = keyOf(event);
  const { state } = page;
  if (isTyping(key, target, state.app.settings.keys)) return;
  const found = match(COMMANDS, begun, key, (command) => command.when?.(state) ?? true);
  clearTimeout(timer);
  begun = found.begun;
  if (begun) timer = setTimeout(() => (begun = ""), SEQUENCE);
  if (!found.command) return;
  const { command } = found;
  event.preventDefault();
  page.attempt(() => command.run(page));
}

document.addEventListener("click", clicked);
document.addEventListener("keydown", pressed);
addEventListener("unhandledrejection", (event) => page.toast(String(event.reason?.message ?? event.reason)));
page.start();
