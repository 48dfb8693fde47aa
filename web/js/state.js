// @ts-check
/**
 * The state of the page: one slice for each of its subjects, each with a reducer of its own.
 *
 * @import { AppEvent, AppState } from "./slices/app.js"
 * @import { ConnectEvent, ConnectState } from "./slices/connect.js"
 * @import { DocsEvent, DocsState } from "./slices/docs.js"
 * @import { FaultsEvent, FaultsState } from "./slices/faults.js"
 * @import { InsightsEvent, InsightsState } from "./slices/insights.js"
 * @import { ListEvent, ListState } from "./slices/list.js"
 * @import { LogEvent, LogState } from "./slices/log.js"
 * @import { MessageEvent, MessageState } from "./slices/message.js"
 * @import { SearchEvent, SearchState } from "./slices/search.js"
 *
 * @typedef {{
 *   app: AppState, connect: ConnectState, docs: DocsState, faults: FaultsState, insights: InsightsState,
 *   list: ListState, log: LogState, message: MessageState, search: SearchState,
 * }} State
 * @typedef {AppEvent | ConnectEvent | DocsEvent | FaultsEvent | InsightsEvent | ListEvent
 *   | LogEvent | MessageEvent | SearchEvent
 * } Event
 */
import { FIRST_APP, reduceApp } from "./slices/app.js";
import { FIRST_CONNECT, reduceConnect } from "./slices/connect.js";
import { FIRST_DOCS, reduceDocs } from "./slices/docs.js";
import { FIRST_FAULTS, reduceFaults } from "./slices/faults.js";
import { FIRST_INSIGHTS, reduceInsights } from "./slices/insights.js";
import { FIRST_LIST, reduceList } from "./slices/list.js";
import { FIRST_LOG, reduceLog } from "./slices/log.js";
import { FIRST_MESSAGE, reduceMessage } from "./slices/message.js";
import { FIRST_SEARCH, reduceSearch } from "./slices/search.js";

/** @type {State} */
export const FIRST = {
  app: FIRST_APP,
  connect: FIRST_CONNECT,
  docs: FIRST_DOCS,
  faults: FIRST_FAULTS,
  insights: FIRST_INSIGHTS,
  list: FIRST_LIST,
  log: FIRST_LOG,
  message: FIRST_MESSAGE,
  search: FIRST_SEARCH,
};

/**
 * The reducers by slice. A reducer gives back its slice as it is for what does not concern it.
 * @type {{ [K in keyof State]: (slice: State[K], event: any) => State[K] | undefined }}
 */
const SLICES = {
  app: reduceApp,
  connect: reduceConnect,
  docs: reduceDocs,
  faults: reduceFaults,
  insights: reduceInsights,
  list: reduceList,
  log: reduceLog,
  message: reduceMessage,
  search: reduceSearch,
};

/**
 * The state after `event`.
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
export function reduce(state, event) {
  return {
    app: SLICES.app(state.app, event) ?? state.app,
    connect: SLICES.connect(state.connect, event) ?? state.connect,
    docs: SLICES.docs(state.docs, event) ?? state.docs,
    faults: SLICES.faults(state.faults, event) ?? state.faults,
    insights: SLICES.insights(state.insights, event) ?? state.insights,
    list: SLICES.list(state.list, event) ?? state.list,
    log: SLICES.log(state.log, event) ?? state.log,
    message: SLICES.message(state.message, event) ?? state.message,
    search: SLICES.search(state.search, event) ?? state.search,
  };
}
