// @ts-check
/**
 * What the view of faults does: add, change, order, switch, delete rules.
 *
 * @import { Page } from "../page.js"
 * @import { Fault } from "../types.js"
 */
import * as api from "../api.js";
import { BLANK, formOf, ruleOf } from "../slices/faults.js";

const FAULTS = "/api/faults";

/** @param {string} name */
const at = (name) => `${FAULTS}/${encodeURIComponent(name)}`;

export class FaultEffects {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  get state() {
    return this.page.state.faults;
  }

  /** The presets, once, and the newest hits. */
  async ask() {
    if (!this.state.presets.length) {
      this.page.dispatch({ type: "faults.presets", presets: (await api.get(`${FAULTS}/presets`)).presets });
    }
    await this.hits();
  }

  async hits() {
    this.page.dispatch({ type: "faults.hits", hits: (await api.get(`${FAULTS}/hits?limit=50`)).hits });
  }

  /** Begin a rule. @param {string | null} stage */
  begin(stage) {
    this.page.dispatch({ type: "faults.edit", name: "", form: { ...BLANK, on: stage ?? this.state.stage ?? "rcpt" } });
  }

  /** @param {Fault} fault */
  edit(fault) {
    this.page.dispatch({ type: "faults.edit", name: fault.name, form: formOf(fault.rule) });
  }

  /** Send the form: a new rule, or another in the place of the one that was. */
  async save() {
    const { editing, form } = this.state;
    if (editing === null) return;
    try {
      await api.send(editing ? "PUT" : "POST", editing ? at(editing) : FAULTS, ruleOf(form));
      this.page.dispatch({ type: "faults.done" });
      await this.page.watchFaults();
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      this.page.dispatch({ type: "faults.problem", problem: error.problem });
    }
  }

  /** @param {string} preset */
  async add(preset) {
    await api.send("POST", FAULTS, { preset });
    await this.page.watchFaults();
  }

  /** @param {Fault} fault @param {boolean} enabled */
  async enable(fault, enabled) {
    await api.send("PATCH", at(fault.name), { enabled });
    await this.page.watchFaults();
  }

  /** Put a rule before or behind its neighbour. @param {Fault} fault @param {1 | -1} step */
  async move(fault, step) {
    await api.send("PATCH", at(fault.name), { place: Math.max(fault.place + step, 0) });
    await this.page.watchFaults();
  }

  /** @param {Fault} fault */
  async remove(fault) {
    await api.send("DELETE", at(fault.name));
    await this.page.watchFaults();
  }

  async clear() {
    await api.send("DELETE", FAULTS);
    await this.page.watchFaults();
  }
}
