// @ts-check
/**
 * What the page itself is about: where one is, what lies on top, what one prefers. Pure.
 *
 * @import { Faults, Inbox, Info } from "../types.js"
 * @import { Route } from "../route.js"
 *
 * @typedef {"system" | "light" | "dark" | "contrast"} Theme
 * @typedef {{
 *   theme: Theme, dense: boolean, keys: boolean, notify: boolean, sound: boolean, remote: boolean,
 *   absolute: boolean, side: number, middle: number, stack: string,
 *   recent: string[], saved: { name: string, query: string }[],
 * }} Settings
 * @typedef {{ id: number, text: string, undo: boolean }} Toast
 * @typedef {{
 *   route: Route, info: Info | null, live: "no" | "yes" | "lost", inboxes: Inbox[],
 *   tags: Readonly<Record<string, number>>, faults: Faults, settings: Settings,
 *   dialog: "help" | "palette" | "menu" | null, filter: string, chosen: number, toasts: Toast[], said: string,
 * }} AppState
 *
 * Of the settings `remote` has mail load what is elsewhere without being asked, `absolute` has lists
 * tell the time of day; `side` and `middle` are widths in pixels.
 * `filter` and `chosen` are those of the palette; `said` is what is told to screen readers.
 *
 * @typedef {{ type: "route", route: Route }
 *   | { type: "info", info: Info }
 *   | { type: "live", live: AppState["live"] }
 *   | { type: "inboxes", inboxes: Inbox[] }
 *   | { type: "tags", tags: Record<string, number> }
 *   | { type: "faults", faults: Faults }
 *   | { type: "settings", settings: Partial<Settings> }
 *   | { type: "dialog", dialog: AppState["dialog"] }
 *   | { type: "palette", filter?: string, chosen?: number }
 *   | { type: "toast", toast: Toast }
 *   | { type: "toast.gone", id: number }
 *   | { type: "said", text: string }
 * } AppEvent
 */
import { HOME } from "../route.js";

/** Toasts shown at once. */
const TOASTS = 3;

/** @type {Settings} */
export const SETTINGS = {
  theme: "system",
  dense: false,
  keys: true,
  notify: false,
  sound: false,
  remote: false,
  absolute: false,
  side: 224,
  middle: 440,
  stack: "django",
  recent: [],
  saved: [],
};

/** @type {AppState} */
export const FIRST_APP = {
  route: HOME,
  info: null,
  live: "no",
  inboxes: [],
  tags: {},
  faults: { faults: [], active: 0, hits: 0, paused: false },
  settings: SETTINGS,
  dialog: null,
  filter: "",
  chosen: 0,
  toasts: [],
  said: "",
};

/**
 * @param {AppState} state
 * @param {AppEvent} event
 * @returns {AppState}
 */
export function reduceApp(state, event) {
  switch (event.type) {
    case "route":
      return { ...state, route: event.route };
    case "info":
      return { ...state, info: event.info };
    case "live":
      return { ...state, live: event.live };
    case "inboxes":
      return { ...state, inboxes: event.inboxes };
    case "tags":
      return { ...state, tags: event.tags };
    case "faults":
      return { ...state, faults: event.faults };
    case "settings":
      return { ...state, settings: { ...state.settings, ...event.settings } };
    case "dialog":
      return { ...state, dialog: event.dialog, filter: "", chosen: 0 };
    case "palette":
      return { ...state, filter: event.filter ?? state.filter, chosen: event.chosen ?? 0 };
    case "toast":
      return { ...state, toasts: [...state.toasts.filter(({ id }) => id !== event.toast.id), event.toast].slice(-TOASTS) };
    case "toast.gone":
      return { ...state, toasts: state.toasts.filter(({ id }) => id !== event.id) };
    case "said":
      return { ...state, said: event.text };
  }
}
