// @ts-check
/** The tabs of a message, in one table: title, what it counts, what it shows. */

/** @import { Message, Tab } from "../slices/message.js" */
/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
import { headersTab } from "./tabs/headers.js";
import { previewTab } from "./tabs/preview.js";
import { sessionTab } from "./tabs/exchange.js";
import { rawTab, sourceTab, textTab } from "./tabs/text.js";
import { findingsTab } from "./tabs/inside.js";
import { linksTab } from "./tabs/links.js";
import { partsTab } from "./tabs/parts.js";

/**
 * @typedef {{
 *   title: string, count?: (message: Message) => number,
 *   view: (message: Message, state: State, page: Page) => unknown,
 * }} TabView
 */

/** @type {Record<Tab, TabView>} */
export const TAB_VIEWS = {
  preview: previewTab,
  text: textTab,
  source: sourceTab,
  headers: headersTab,
  parts: partsTab,
  links: linksTab,
  findings: findingsTab,
  session: sessionTab,
  raw: rawTab,
};
