// @ts-check
/**
 * What the page of the API does: fetch the description, show an operation, try one.
 *
 * @import { Operation } from "../docs/openapi.js"
 * @import { Page } from "../page.js"
 * @import { Route } from "../route.js"
 */
import * as api from "../api.js";
import { addressOf } from "../docs/openapi.js";

/** Characters of an answer that are shown. */
const SHOWN = 100_000;

export class DocsEffects {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /** @param {Route} route */
  async ask({ tab }) {
    if (!this.page.state.docs.document) this.page.dispatch({ type: "docs.document", document: await api.get("/api/openapi.json") });
    if (!tab) return;
    this.page.dispatch({ type: "docs.open", id: tab, open: true });
    this.page.store.flush();
    document.getElementById(`op-${tab}`)?.scrollIntoView({ block: "start" });
  }

  /** @param {Operation} operation @param {boolean} open */
  toggle({ id }, open) {
    if (this.page.state.docs.open.has(id) !== open) this.page.dispatch({ type: "docs.open", id, open });
  }

  /** Ask the server, and show what it answers. @param {Operation} operation */
  async try(operation) {
    const url = addressOf(operation, this.page.state.docs.values[operation.id] ?? {});
    const began = performance.now();
    const { status, text, cut } = await api.peek(url, SHOWN);
    this.page.dispatch({ type: "docs.outcome", id: operation.id, outcome: { status, url, took: performance.now() - began, text: pretty(text, cut), cut } });
  }
}

/** JSON with its lines indented; all else as it is. @param {string} text @param {boolean} cut */
function pretty(text, cut) {
  if (cut) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2).slice(0, SHOWN);
  } catch {
    return text;
  }
}
