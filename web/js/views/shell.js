// @ts-check
/** The frame of the page: side bar, foot, what lies on top. Pure. */

/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
/** @import { Route, View } from "../route.js" */
/** @import { Icon } from "./icons.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { base } from "../base.js";
import { address, grouped, many } from "../format.js";
import { written } from "../query/tokens.js";
import { pathOf } from "../route.js";
import { icon, sign } from "./icons.js";
import { savedView } from "./saved.js";

/** The views in the order of the side bar. @type {{ view: View, title: string, icon: Icon }[]} */
export const VIEWS = [
  { view: "messages", title: "Messages", icon: "inbox" },
  { view: "attempts", title: "Attempts", icon: "attempts" },
  { view: "sessions", title: "Sessions", icon: "sessions" },
  { view: "faults", title: "Faults", icon: "faults" },
  { view: "insights", title: "Insights", icon: "insights" },
  { view: "connect", title: "Connect", icon: "connect" },
];

/** The views below them. @type {typeof VIEWS} */
const MORE = [
  { view: "settings", title: "Settings", icon: "settings" },
  { view: "docs", title: "API", icon: "docs" },
];

/** Inboxes and tags listed at most; the others are found by searching. */
const LISTED = 100;

/** @param {Partial<Route>} route */
export const href = (route) => base(pathOf(route));

/** @param {State} state @param {Page} page */
export function sideView(state, page) {
  const { app } = state;
  return html`<nav class="side" aria-label="Views">
    <a class="brand" href=${base("/")} aria-label="mailtrap: all messages">${sign()}<span class="label">mailtrap</span></a>
    <ul>${VIEWS.map((one) => place(one, app.route, counts(state, one.view)))}</ul>
    ${listsView(state, page)}
    <button type="button" class="place only-rail" title="Inboxes and tags" aria-label="Inboxes and tags" aria-haspopup="dialog" @click=${() => page.dialog("menu")}>${icon("menu")}</button>
    <div class="foot">${footView(app, page)}</div>
    <ul>${MORE.map((one) => place(one, app.route, 0))}</ul>
  </nav>`;
}

/** All views, one below the other. @param {State} state */
export const placesView = (state) => html`<ul>${[...VIEWS, ...MORE].map((one) => place(one, state.app.route, counts(state, one.view)))}</ul>`;

/** Inboxes, saved searches, tags. @param {State} state @param {Page} page */
export function listsView({ app }, page) {
  const { route } = app;
  const listed = app.inboxes.slice(0, LISTED);
  const named = listed.length > 1 || listed.some(({ name }) => name !== "default");
  return html`<div class="lists">
    ${named ? section("Inboxes", listed.map((inbox) => inboxPlace(inbox, route))) : nothing}
    ${section("Searches", app.settings.saved.map((one) => savedView(one, route, page)))}
    ${section("Tags", Object.entries(app.tags).slice(0, LISTED).map(([name, count]) => searchPlace("tag", name, tagQuery(name), route, count)))}
  </div>`;
}

/** The search that finds a tag. @param {string} name */
export const tagQuery = (name) => `tag:${written(name)}`;

/** @param {Pick<State, "app" | "list">} state @param {View} view */
function counts({ app, list }, view) {
  if (view === "messages") return list.inbox === null ? list.unread : 0;
  return view === "faults" ? app.faults.active : 0;
}

/** @param {(typeof VIEWS)[number]} one @param {Route} route @param {number} count */
const place = ({ view, title, icon: name }, route, count) => html`<li>
  <a class="place" href=${href({ view })} title=${title}
    aria-current=${route.view === view && route.inbox === null && !route.query.startsWith("tag:") ? "page" : nothing}>
    ${icon(name)}<span class="label">${title}</span>
    ${count ? html`<span class="count">${grouped(count)}</span>` : nothing}
  </a>
</li>`;

/** @param {string} title @param {unknown[]} places */
const section = (title, places) => (places.length ? html`<h2>${title}</h2><ul>${places}</ul>` : nothing);

/** @param {import("../types.js").Inbox} inbox @param {Route} route */
const inboxPlace = ({ name, unread, messages }, route) => html`<li>
  <a class="place" href=${href({ inbox: name })} title=${`${name}: ${many(messages, "message")}`}
    aria-current=${route.view === "messages" && route.inbox === name ? "page" : nothing}>
    ${icon("inbox")}<span class="label cut">${name}</span>
    ${unread ? html`<span class="count">${grouped(unread)}</span>` : nothing}
  </a>
</li>`;

/** @param {Icon} name @param {string} title @param {string} query @param {Route} route @param {number} [count] */
const searchPlace = (name, title, query, route, count = 0) => html`<li>
  <a class="place" href=${href({ query })} title=${query}
    aria-current=${route.view === "messages" && route.query === query ? "page" : nothing}>
    ${icon(name)}<span class="label cut">${title}</span>
    ${count ? html`<span class="count">${grouped(count)}</span>` : nothing}
  </a>
</li>`;

/** @param {State["app"]} app @param {Page} page */
export function footView({ live, info }, page) {
  const listener = info?.listeners[0];
  const at = listener ? address(listener) : null;
  return html`<span class=${live === "yes" ? "live on" : "live"} title=${LIVE[live]}><span class="label">${LIVE[live]}</span></span>
    ${at
      ? html`<button type="button" class="chip code" title="Copy the address" @click=${() => page.copy(`${at.host}:${at.port}`, "Address copied")}>
          ${listener?.protocol} ${at.host}:${at.port}
        </button>`
      : nothing}`;
}

const LIVE = { no: "connecting", yes: "live", lost: "no connection" };

/** It lies on top, so that nothing moves under the pointer. @param {State} state */
export const lostView = ({ app }) => app.live === "lost"
  ? html`<header class="lost"><span role="status">The server does not answer. What is shown may be old; it goes on by itself.</span></header>`
  : nothing;

/** The bar at the foot of a phone. @param {State} state @param {Page} page */
export const footNavView = ({ app }, page) => html`<nav class="foot-nav" aria-label="Main views">
  ${VIEWS.slice(0, 4).map((one) => html`<a href=${href({ view: one.view })} aria-current=${app.route.view === one.view ? "page" : nothing}>
    ${icon(one.icon)}${one.title}
  </a>`)}
  <button type="button" aria-haspopup="dialog" aria-expanded=${app.dialog === "menu" ? "true" : "false"} @click=${() => page.dialog("menu")}>${icon("menu")}More</button>
</nav>`;

/** @param {State} state @param {Page} page */
export const toastsView = ({ app }, page) => html`<div class="toasts">
  ${app.toasts.map(
    ({ id, text, undo }) => html`<div class="toast" role="status">
      <span class="grow">${text}</span>
      ${undo ? html`<button type="button" class="button" @click=${() => page.attempt(() => page.undo())}>Undo${app.settings.keys ? html` <kbd>Z</kbd>` : nothing}</button>` : nothing}
      <button type="button" class="button icon" aria-label="Dismiss" @click=${() => page.dispatch({ type: "toast.gone", id })}>${icon("close")}</button>
    </div>`,
  )}
</div>
<p class="unseen" role="status" aria-live="polite">${app.said}</p>`;
