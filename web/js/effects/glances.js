// @ts-check
/**
 * Fetches how the messages in sight begin: once they have been in sight for a moment, all at once.
 * What is scrolled past is never asked for.
 *
 * @import { Page } from "../page.js"
 */
import * as api from "../api.js";
import { lacking } from "../glances.js";
import { idsBetween } from "../slices/list.js";

/** Milliseconds in which the rows in sight must stay the same. */
const STAY = 100;

/** Milliseconds after which they are asked for all the same, where mail keeps coming. */
const LONGEST = 1_000;

export class GlanceEffects {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    /** The rows that are waited for, and since when. */
    this.sight = "";
    this.since = 0;
    this.timer = 0;
    this.busy = false;
    /** Rows whose glances could not be had: not asked for again while they stay. */
    this.failed = "";
  }

  /** These places of the list were drawn. @param {number} first @param {number} last exclusive */
  look(first, last) {
    const { list } = this.page.state;
    const ids = lacking(list.glances, idsBetween(list, first, last));
    const sight = ids.join();
    if (!ids.length || sight === this.failed || this.busy || (sight === this.sight && this.timer)) return;
    if (!this.timer) this.since = performance.now();
    else if (performance.now() - this.since > LONGEST) return;
    clearTimeout(this.timer);
    this.sight = sight;
    this.timer = setTimeout(() => this.fetch(ids), STAY);
  }

  /** @param {string[]} ids */
  async fetch(ids) {
    this.timer = 0;
    this.busy = true;
    try {
      const { glances } = await api.glances(ids);
      this.failed = "";
      this.page.dispatch({ type: "list.glances", asked: ids, glances });
    } catch {
      // A list without them is still a list: its own requests tell what is wrong.
      this.failed = ids.join();
    } finally {
      this.busy = false;
    }
  }
}
