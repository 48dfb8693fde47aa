// @ts-check
/**
 * The dry run: asks what the rules, and the one in the form, would do at a moment.
 *
 * @import { Page } from "../page.js"
 * @import { Moment } from "../slices/faults.js"
 */
import * as api from "../api.js";
import { ruleOf } from "../form.js";
import { momentOf } from "../slices/faults.js";

/** Milliseconds without a key after which the server is asked. */
const PAUSE = 250;

export class TrialEffects {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.timer = 0;
    this.asked = 0;
  }

  /** @param {Partial<Moment>} set */
  set(set) {
    this.page.dispatch({ type: "faults.moment", set });
    this.soon();
  }

  /** Run it when nothing more is typed. */
  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.page.attempt(() => this.run()), PAUSE);
  }

  async run() {
    clearTimeout(this.timer);
    const asked = (this.asked += 1);
    const { moment, editing, form } = this.page.state.faults;
    const draft = editing === null ? {} : { rule: ruleOf(form), ...(editing ? { replaces: editing } : {}) };
    try {
      const trial = await api.send("POST", "/api/faults/try", { ...momentOf(moment), ...draft });
      if (asked === this.asked) this.page.dispatch({ type: "faults.trial", trial, problem: null });
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      if (asked === this.asked) this.page.dispatch({ type: "faults.trial", trial: null, problem: error.problem });
    }
  }
}
