// @ts-check
/**
 * The message that is open, and what was fetched of it. Pure.
 *
 * `parts` holds by name what a tab needed: its raw text, its session, its links … A message that is
 * `gone` was deleted elsewhere: what is here of it can still be read.
 *
 * @import { Attachment, Defect, Finding, Link, Part, Row } from "../types.js"
 * @import { Updated } from "./list.js"
 *
 * @typedef {Omit<Row, "findings"> & { findings: Finding[], parts: Part, defects: Defect[], links: Link[],
 *   headers: { name: string, value: string }[], text: string | null, html: string | null,
 *   attachments: Attachment[], remote: string[], date: string | null, attempt: string | null,
 *   urls: { raw: string, html: string | null, text: string | null, session: string },
 * }} Message
 * @typedef {"preview" | "text" | "source" | "headers" | "parts" | "links" | "findings" | "session" | "raw"} Tab
 * @typedef {{
 *   id: string | null, message: Message | null, gone: boolean, tab: Tab, remote: boolean,
 *   width: number | null, dark: boolean, zoom: number, unfolded: boolean, parts: Readonly<Record<string, unknown>>,
 * }} MessageState
 *
 * @typedef {{ type: "message.asked", id: string | null }
 *   | { type: "message.loaded", message: Message }
 *   | { type: "message.gone", id: string }
 *   | { type: "message.tab", tab: Tab }
 *   | { type: "message.part", id: string, name: string, value: unknown }
 *   | { type: "message.set", set: Partial<Pick<MessageState, "remote" | "width" | "dark" | "zoom" | "unfolded">> }
 *   | { type: "mail.updated", change: Updated }
 *   | { type: "mail.deleted", ids: string[] }
 *   | { type: "mail.cleared", inbox: string | null }
 * } MessageEvent
 */
import { changed } from "./list.js";

/** The tabs in their order. @type {Tab[]} */
export const TABS = ["preview", "text", "source", "headers", "parts", "links", "findings", "session", "raw"];

/** @type {MessageState} */
export const FIRST_MESSAGE = {
  id: null,
  message: null,
  gone: false,
  tab: "preview",
  remote: false,
  width: null,
  dark: false,
  zoom: 1,
  unfolded: false,
  parts: {},
};

/**
 * The tabs that a message has.
 * @param {Message} message
 * @returns {Tab[]}
 */
export function tabsOf(message) {
  /** @type {Partial<Record<Tab, boolean>>} */
  const lacks = { preview: message.html === null, source: message.html === null, text: message.text === null && message.html !== null };
  return TABS.filter((tab) => !lacks[tab]);
}

/**
 * @param {MessageState} state
 * @param {MessageEvent} event
 * @returns {MessageState}
 */
export function reduceMessage(state, event) {
  switch (event.type) {
    case "message.asked":
      return event.id === state.id ? state : { ...FIRST_MESSAGE, ...kept(state), id: event.id };
    case "message.loaded":
      return opened(state, event.message);
    case "message.gone":
      return event.id === state.id ? { ...state, gone: true } : state;
    case "message.tab":
      return { ...state, tab: event.tab };
    case "message.part":
      return state.message?.id === event.id ? { ...state, parts: { ...state.parts, [event.name]: event.value } } : state;
    case "message.set":
      return { ...state, ...event.set };
    case "mail.updated":
      return state.message && event.change.ids.includes(state.message.id)
        ? { ...state, message: changed(state.message, event.change) }
        : state;
    case "mail.deleted":
      return state.message && event.ids.includes(state.message.id) ? { ...state, gone: true } : state;
    case "mail.cleared":
      return clearedAway(state, event.inbox);
  }
}

/** How one looks at a message stays from one to the next. @param {MessageState} state */
const kept = ({ tab, width, dark, zoom, unfolded }) => ({ tab, width, dark, zoom, unfolded });

/** @param {MessageState} state @param {Message} message @returns {MessageState} */
function opened(state, message) {
  if (state.id !== message.id && state.id !== "latest") return state;
  const tabs = tabsOf(message);
  const tab = tabs.includes(state.tab) ? state.tab : (tabs[0] ?? "raw");
  return { ...state, id: message.id, message, tab, gone: false };
}

/** @param {MessageState} state @param {string | null} inbox @returns {MessageState} */
function clearedAway(state, inbox) {
  const { message } = state;
  if (!message) return state;
  const only = message.inboxes ?? [];
  const away = inbox === null || (only.length === 1 && only[0] === inbox);
  return away ? { ...state, gone: true } : state;
}
