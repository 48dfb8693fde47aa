// @ts-check
/**
 * Everything that one can do, in ONE table: it feeds the keys, the palette and the help.
 *
 * A key is written as on its cap: "j", "Shift+U", "Ctrl+K" (Cmd on a Mac); several are alternatives,
 * and two with a space between are typed one after the other.
 *
 * @import { State } from "./state.js"
 * @import { Page } from "./page.js"
 *
 * @typedef {{
 *   id: string, title: string, group: "Go to" | "List" | "Message" | "Faults" | "Page", keys: string[],
 *   when?: (state: State) => boolean, run: (page: Page) => unknown,
 * }} Command
 */
import { FAULT_COMMANDS } from "./commands/faults.js";
import { tabsOf } from "./slices/message.js";

/** @type {(state: State) => boolean} */
const onList = ({ app }) => app.route.view === "messages";

/** Where there are rows to move in. @type {(state: State) => boolean} */
const onRows = ({ app }) => ["messages", "attempts", "sessions", "faults"].includes(app.route.view);

/** @type {(state: State) => boolean} */
const openRow = (state) => ["attempts", "sessions"].includes(state.app.route.view) ? state.app.route.id !== null : open(state);

/** @type {(state: State) => boolean} */
const onInsights = ({ app }) => app.route.view === "insights";

/** @type {(state: State) => boolean} */
const chosen = (state) => onList(state) && (state.list.picked.size > 0 || state.list.active !== null || state.message.message !== null);

/** @type {(state: State) => boolean} */
const open = (state) => onList(state) && state.message.message !== null;

/** Two that are selected, or one beside the open one. @type {(state: State) => boolean} */
const comparable = ({ list, message }) =>
  list.picked.size === 2 || (list.picked.size === 1 && message.message !== null && !list.picked.has(message.message.id));

/** @type {Command[]} */
const TABS = Array.from({ length: 9 }, (_, index) => ({
  id: `tab-${index + 1}`,
  title: `Tab ${index + 1} of the message`,
  group: "Message",
  keys: [String(index + 1)],
  when: (state) => open(state) && state.message.message !== null && index < tabsOf(state.message.message).length,
  run: (page) => page.message.showNth(index),
}));

/** @type {Command[]} */
export const COMMANDS = [
  { id: "messages", title: "Messages", group: "Go to", keys: ["g i"], run: (page) => page.go({ view: "messages" }) },
  { id: "attempts", title: "Attempts", group: "Go to", keys: ["g a"], run: (page) => page.go({ view: "attempts" }) },
  { id: "sessions", title: "Sessions", group: "Go to", keys: ["g s"], run: (page) => page.go({ view: "sessions" }) },
  { id: "faults", title: "Faults", group: "Go to", keys: ["g f"], run: (page) => page.go({ view: "faults" }) },
  { id: "insights", title: "Insights", group: "Go to", keys: ["g n"], run: (page) => page.go({ view: "insights" }) },
  { id: "connect", title: "Connect", group: "Go to", keys: ["g c"], run: (page) => page.go({ view: "connect" }) },
  { id: "settings", title: "Settings", group: "Go to", keys: ["g ,"], run: (page) => page.go({ view: "settings" }) },
  { id: "docs", title: "API", group: "Go to", keys: ["g d"], run: (page) => page.go({ view: "docs" }) },

  { id: "next", title: "Next row", group: "List", keys: ["j", "ArrowDown"], when: onRows, run: (page) => page.rows.step(1) },
  { id: "previous", title: "Previous row", group: "List", keys: ["k", "ArrowUp"], when: onRows, run: (page) => page.rows.step(-1) },
  { id: "page-down", title: "A page down", group: "List", keys: ["PageDown"], when: onRows, run: (page) => page.rows.leaf(1) },
  { id: "page-up", title: "A page up", group: "List", keys: ["PageUp"], when: onRows, run: (page) => page.rows.leaf(-1) },
  { id: "first", title: "First row", group: "List", keys: ["Home", "Ctrl+ArrowUp"], when: onRows, run: (page) => page.rows.end(-1) },
  { id: "last", title: "Last row", group: "List", keys: ["End", "Ctrl+ArrowDown"], when: onRows, run: (page) => page.rows.end(1) },
  { id: "next-unread", title: "Next unread", group: "List", keys: ["n"], when: onList, run: (page) => page.list.nextUnread() },
  { id: "open", title: "Open", group: "List", keys: ["Enter", "o"], when: onRows, run: (page) => page.rows.open() },
  { id: "peek", title: "Open, and stay in the list", group: "List", keys: ["Space"], when: onRows, run: (page) => page.rows.open(true) },
  { id: "pick", title: "Select", group: "List", keys: ["x"], when: onList, run: (page) => page.list.pick() },
  { id: "pick-next", title: "Select down", group: "List", keys: ["Shift+ArrowDown", "Shift+J"], when: onList, run: (page) => page.list.stretch(1) },
  { id: "pick-previous", title: "Select up", group: "List", keys: ["Shift+ArrowUp", "Shift+K"], when: onList, run: (page) => page.list.stretch(-1) },
  { id: "pick-all", title: "Select all", group: "List", keys: ["Ctrl+A", "* a"], when: onList, run: (page) => page.list.pickAll() },
  { id: "pick-none", title: "Select none", group: "List", keys: ["* n"], when: (state) => state.list.picked.size > 0, run: (page) => page.list.pickNone() },
  { id: "search", title: "Search", group: "List", keys: ["/", "f"], run: (page) => page.focusSearch() },
  { id: "save-search", title: "Save this search", group: "List", keys: ["Shift+S"], when: (state) => onList(state) && state.app.route.query !== "", run: (page) => page.search.save() },
  { id: "all-again", title: "Show all, without the search", group: "List", keys: ["Shift+F"], when: (state) => onList(state) && state.app.route.query !== "", run: (page) => page.turn({ query: "" }) },
  { id: "pause", title: "Pause or resume live mail", group: "List", keys: ["p"], when: onList, run: (page) => page.list.pause() },
  { id: "show-new", title: "Show new mail", group: "List", keys: ["."], when: ({ list, log, app }) => (app.route.view === "messages" ? list : log[app.route.view === "sessions" ? "sessions" : "attempts"]).waiting.length > 0, run: (page) => page.rows.showNew() },
  { id: "delete", title: "Delete", group: "List", keys: ["#", "Delete"], when: chosen, run: (page) => page.list.remove() },
  { id: "clear", title: "Delete all of this list", group: "List", keys: ["Shift+Delete"], when: onList, run: (page) => page.list.clear() },
  { id: "undo", title: "Undo", group: "List", keys: ["z", "Ctrl+Z"], when: ({ app }) => app.toasts.some(({ undo }) => undo), run: (page) => page.undo() },
  { id: "read", title: "Mark read", group: "List", keys: ["Shift+I"], when: chosen, run: (page) => page.list.mark(true) },
  { id: "unread", title: "Mark unread", group: "List", keys: ["Shift+U"], when: chosen, run: (page) => page.list.mark(false) },
  { id: "tag", title: "Tag", group: "List", keys: ["e"], when: chosen, run: (page) => page.list.tag() },

  { id: "back", title: "Back to the list", group: "Message", keys: ["u"], when: openRow, run: (page) => page.back() },
  { id: "tab-next", title: "Next tab", group: "Message", keys: ["]"], when: open, run: (page) => page.message.stepTab(1) },
  { id: "tab-previous", title: "Previous tab", group: "Message", keys: ["["], when: open, run: (page) => page.message.stepTab(-1) },
  ...TABS,
  { id: "copy-code", title: "Copy the code", group: "Message", keys: ["c"], when: open, run: (page) => page.message.copyCode() },
  { id: "copy-link", title: "Copy the first link", group: "Message", keys: ["l"], when: open, run: (page) => page.message.copyLink() },
  { id: "copy-as", title: "Copy as a test", group: "Message", keys: ["Shift+C"], when: open, run: (page) => page.message.openCopies() },
  { id: "compare", title: "Compare two messages", group: "List", keys: ["="], when: (state) => onList(state) && comparable(state), run: (page) => page.message.compare() },
  { id: "copy-id", title: "Copy the id", group: "Message", keys: ["y"], when: open, run: (page) => page.message.copyId() },
  { id: "raw", title: "Raw", group: "Message", keys: ["r"], when: open, run: (page) => page.message.show("raw") },
  { id: "width", title: "Another width of the preview", group: "Message", keys: ["d"], when: open, run: (page) => page.message.nextWidth() },
  { id: "rotate", title: "Turn the preview round", group: "Message", keys: ["Shift+R"], when: (state) => open(state) && state.message.height !== null, run: (page) => page.message.rotate() },
  { id: "dark", title: "Preview as in dark mode", group: "Message", keys: ["Shift+L"], when: open, run: (page) => page.message.set({ dark: !page.message.state.dark }) },
  { id: "images", title: "Images of the preview on or off", group: "Message", keys: ["i"], when: open, run: (page) => page.message.set({ images: !page.message.state.images }) },
  { id: "all-headers", title: "Open or fold the header", group: "Message", keys: ["h"], when: open, run: (page) => page.message.unfold() },
  { id: "download", title: "Download .eml", group: "Message", keys: ["Shift+D"], when: open, run: (page) => page.message.download() },

  { id: "sample", title: "Send a sample", group: "Page", keys: [], run: (page) => page.connect.sample("confirmation") },
  { id: "span-5m", title: "Insights of 5 minutes", group: "Page", keys: ["1"], when: onInsights, run: (page) => page.insights.span("5m", null) },
  { id: "span-1h", title: "Insights of an hour", group: "Page", keys: ["2"], when: onInsights, run: (page) => page.insights.span("1h", null) },
  { id: "span-24h", title: "Insights of a day", group: "Page", keys: ["3"], when: onInsights, run: (page) => page.insights.span("24h", null) },
  { id: "span-all", title: "Insights of all", group: "Page", keys: ["4"], when: onInsights, run: (page) => page.insights.span(null, null) },
  ...FAULT_COMMANDS,

  { id: "palette", title: "Command palette", group: "Page", keys: ["Ctrl+K"], run: (page) => page.dialog("palette") },
  { id: "help", title: "Keys", group: "Page", keys: ["?"], run: (page) => page.dialog("help") },
  { id: "theme", title: "Light, dark, as the system", group: "Page", keys: ["t"], run: (page) => page.nextTheme() },
  { id: "escape", title: "Close, or go back", group: "Page", keys: ["Escape"], run: (page) => page.escape() },
];
