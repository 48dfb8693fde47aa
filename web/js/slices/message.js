// @ts-check
/**
 * The message that is open, and what was fetched of it. Pure.
 *
 * `parts` holds by name what a tab needed (its raw text, its session), and what one opened in it. A
 * message that is `gone` was deleted elsewhere: what is here of it can still be read.
 *
 * @import { Attachment, Code, Defect, Finding, Link, Part, Row } from "../types.js"
 * @import { Updated } from "./list.js"
 *
 * @typedef {Omit<Row, "findings"> & { findings: Finding[], parts: Part, defects: Defect[], links: Link[], codes: Code[],
 *   headers: { name: string, value: string }[], text: string | null, html: string | null,
 *   attachments: Attachment[], remote: string[], date: string | null, attempt: string | null, message_id: string,
 *   urls: { raw: string, headers: string, html: string | null, text: string | null, session: string, attempt: string | null },
 * }} Message
 * @typedef {"preview" | "text" | "source" | "headers" | "parts" | "links" | "findings" | "session" | "raw"} Tab
 * @typedef {{
 *   id: string | null, message: Message | null, gone: boolean, tab: Tab, remote: boolean, images: boolean,
 *   width: number | null, height: number | null, dark: boolean, zoom: number, wrap: boolean, unfolded: boolean,
 *   parts: Readonly<Record<string, unknown>>, other: Message | null,
 * }} MessageState
 * @typedef {Partial<Pick<MessageState, "remote" | "images" | "width" | "height" | "dark" | "zoom" | "wrap" | "unfolded">>} Look
 *
 * `width` and `height` are those of the preview, null where it fills its place; `other` is the message
 * that this one is compared with.
 *
 * @typedef {{ type: "message.asked", id: string | null }
 *   | { type: "message.loaded", message: Message }
 *   | { type: "message.gone", id: string }
 *   | { type: "message.tab", tab: Tab }
 *   | { type: "message.part", id: string, name: string, value: unknown }
 *   | { type: "message.set", set: Look }
 *   | { type: "message.other", other: Message | null }
 *   | { type: "mail.updated", change: Updated }
 *   | { type: "mail.deleted", ids: string[] }
 *   | { type: "mail.cleared", inbox: string | null, query?: string }
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
  images: true,
  width: null,
  height: null,
  dark: false,
  zoom: 1,
  wrap: true,
  unfolded: false,
  parts: {},
  other: null,
};

/**
 * The tabs that a message has.
 * @param {Message} message
 * @returns {Tab[]}
 */
export function tabsOf(message) {
  /** @type {Partial<Record<Tab, boolean>>} */
  const lacks = { preview: message.html === null, source: message.html === null };
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
    case "message.other":
      return { ...state, other: event.other };
    case "mail.updated":
      return state.message && event.change.ids.includes(state.message.id)
        ? { ...state, message: changed(state.message, event.change) }
        : state;
    case "mail.deleted":
      return state.message && event.ids.includes(state.message.id) ? { ...state, gone: true } : state;
    case "mail.cleared":
      // What a search finds is told by ids, where it is known.
      return event.query ? state : clearedAway(state, event.inbox);
  }
}

/** How one looks at a message stays from one to the next. @param {MessageState} state */
const kept = ({ tab, images, width, height, dark, zoom, wrap, unfolded }) => ({ tab, images, width, height, dark, zoom, wrap, unfolded });

/** How many steps of a long list are shown. @param {MessageState} state @param {string} name */
export const stepsOf = ({ parts }, name) => /** @type {number | undefined} */ (parts[`more:${name}`]) ?? 1;

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
