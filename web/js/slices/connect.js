// @ts-check
/**
 * Connecting an app: which listener and inbox the settings are for. Pure.
 *
 * @import { InboxDetail } from "../connect/target.js"
 * @import { AppState } from "./app.js"
 * @import { ListState } from "./list.js"
 *
 * @typedef {{ listener: string | null, inbox: InboxDetail | null, busy: boolean, dragged: boolean }} ConnectState
 * `busy` while a message is handed over, `dragged` while a file is held above
 *
 * @typedef {{ type: "connect.listener", listener: string }
 *   | { type: "connect.inbox", inbox: InboxDetail | null }
 *   | { type: "connect.busy", busy: boolean }
 *   | { type: "connect.dragged", dragged: boolean }
 * } ConnectEvent
 */

/** Whether there is nothing at all: no mail, no search, nothing open. @param {{ app: AppState, list: ListState }} state */
export const isBare = ({ app, list }) =>
  app.route.view === "messages" && app.route.id === null && list.loaded && list.total === 0 && !list.query && !list.problem;

/** @type {ConnectState} */
export const FIRST_CONNECT = { listener: null, inbox: null, busy: false, dragged: false };

/**
 * @param {ConnectState} state
 * @param {ConnectEvent} event
 * @returns {ConnectState}
 */
export function reduceConnect(state, event) {
  switch (event.type) {
    case "connect.listener":
      return { ...state, listener: event.listener };
    case "connect.inbox":
      return { ...state, inbox: event.inbox };
    case "connect.busy":
      return { ...state, busy: event.busy };
    case "connect.dragged":
      return { ...state, dragged: event.dragged };
  }
}
