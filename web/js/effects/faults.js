// @ts-check
/**
 * What the view of faults does: add, change, order, switch, delete rules.
 *
 * @import { Page } from "../page.js"
 * @import { Form } from "../form.js"
 * @import { Rule } from "../rules.js"
 * @import { Fault } from "../types.js"
 */
import * as api from "../api.js";
import { blankAt, formOf, ruleOf } from "../form.js";
import { isChanged } from "../slices/faults.js";
import { TrialEffects } from "./trial.js";

const FAULTS = "/api/faults";

/** Milliseconds in which what was deleted can be brought back. */
const UNDO = 8000;

/** Milliseconds that news of hits are gathered before the counters are asked for. */
const GATHER = 150;

/** Rules that are passed over by a page up or down. */
const LEAF = 8;

/** @param {string} name */
const at = (name) => `${FAULTS}/${encodeURIComponent(name)}`;

export class FaultEffects {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.trial = new TrialEffects(page);
    this.gathering = 0;
    /** What brings back what was done last, while that can be undone. @type {(() => Promise<unknown> | void) | null} */
    this.revert = null;
  }

  get state() {
    return this.page.state.faults;
  }

  get rules() {
    return this.page.state.app.faults.faults;
  }

  /** The words and the presets, once, and the newest hits. @param {string | null} name a rule to show */
  async ask(name) {
    if (this.state.vocabulary === null) {
      const [vocabulary, told] = await Promise.all([api.get(`${FAULTS}/vocabulary`), api.get(`${FAULTS}/presets`)]);
      this.page.dispatch({ type: "faults.words", vocabulary, ...told });
    }
    await this.hits();
    if (name === null || this.state.active === name) return;
    await this.page.watchFaults();
    if (this.rules.some((one) => one.name === name)) this.activate(name);
    else this.page.toast(`There is no rule ${name} any more`);
  }

  /** @param {number} [limit] */
  async hits(limit = 1000) {
    this.page.dispatch({ type: "faults.hits", hits: (await api.get(`${FAULTS}/hits?limit=${limit}`)).hits });
  }

  /** An attempt came: where rules acted in it, their counters have changed. @param {string[]} rules */
  acted(rules) {
    if (!rules.length || this.gathering) return;
    this.gathering = setTimeout(() => {
      this.gathering = 0;
      this.page.attempt(() => this.refresh());
    }, GATHER);
  }

  async refresh() {
    await this.page.watchFaults();
    if (["faults", "sessions"].includes(this.page.state.app.route.view)) await this.hits();
  }

  /** Rules, or the one in the form, are others now: what is shown of them, and of the dry run, follows. */
  async changed() {
    await this.page.watchFaults();
    this.retry();
  }

  /** Run the dry run anew, where there is one. */
  retry() {
    if (this.state.trial || this.state.trialProblem) this.trial.soon();
  }

  /** Choose a stage of the dialogue; where it has no rule yet one is begun. @param {string} stage */
  choose(stage) {
    this.page.dispatch({ type: "faults.stage", stage });
    const has = this.rules.some(({ rule }) => [rule.on].flat().includes(stage));
    if (this.state.stage === stage && !has) this.begin(stage);
  }

  /** Begin a rule. @param {string | null} [stage] */
  begin(stage = this.state.stage) {
    this.write("", blankAt(stage ?? "rcpt"));
  }

  /** @param {Fault | undefined} fault */
  edit(fault) {
    if (fault) this.write(fault.name, formOf(fault.rule));
  }

  /** A new rule like this one, asked just after it. @param {Fault | undefined} fault */
  async duplicate(fault) {
    if (!fault) return;
    const { name: _, ...rule } = fault.rule;
    const made = await api.send("POST", FAULTS, { ...rule, place: fault.place + 1 });
    await this.changed();
    this.activate(made.name);
  }

  /** Open the form. @param {string} name of the rule, "" for a new one @param {Form} form */
  write(name, form) {
    this.page.dispatch({ type: "faults.edit", name, form });
    this.retry();
    this.page.store.flush();
    this.page.focusOn("#sentence select");
  }

  /** Another form of the rule, in the dry run too. @param {Partial<Form>} set @param {string} [focus] a selector of what is to be typed next */
  set(set, focus) {
    this.page.dispatch({ type: "faults.form", set });
    this.retry();
    if (!focus) return;
    this.page.store.flush();
    this.page.focusOn(focus);
  }

  /** Send the form: a new rule, or another in the place of the one that was. */
  async save() {
    const { editing, form } = this.state;
    if (editing === null) return;
    try {
      const made = await api.send(editing ? "PUT" : "POST", editing ? at(editing) : FAULTS, ruleOf(form));
      this.page.dispatch({ type: "faults.done" });
      await this.changed();
      this.activate(made.name);
      this.page.say(`Rule ${made.name} ${editing ? "changed" : "added"}`);
    } catch (error) {
      if (!(error instanceof api.ApiError)) throw error;
      this.page.dispatch({ type: "faults.problem", problem: error.problem });
      this.page.store.flush();
      this.page.focusOn("#sentence [aria-invalid=true]");
    }
  }

  /** Close the form; what was written in it can be brought back. */
  cancel() {
    const { editing, form } = this.state;
    if (editing === null) return;
    const changed = isChanged(this.state);
    this.page.dispatch({ type: "faults.done" });
    this.retry();
    this.page.store.flush();
    this.page.focusOn(editing ? `#rules [data-rule="${CSS.escape(editing)}"]` : "#new-rule");
    if (changed) this.undoable("The rule was not changed", () => this.write(editing, form));
  }

  /** @param {string} text @param {() => Promise<unknown> | void} revert */
  undoable(text, revert) {
    this.page.toast(text, UNDO, true);
    this.revert = revert;
  }

  /** Bring back what was done last here; whether there was something. */
  undo() {
    const { revert } = this;
    this.revert = null;
    if (revert) this.page.attempt(revert);
    return revert !== null;
  }

  /** Add a rule that is known by more than its name. @param {Rule} rule */
  async add(rule) {
    const { name } = await api.send("POST", FAULTS, this.fresh(rule));
    await this.changed();
    this.activate(name);
    this.page.toast(`Rule ${name} added`);
  }

  /** The rule under a name that is free. @param {Rule} rule */
  fresh(rule) {
    const names = this.rules.map(({ name }) => name);
    let name = String(rule.name);
    for (let number = 2; names.includes(name); number += 1) name = `${rule.name}-${number}`;
    return { ...rule, name };
  }

  /** @param {Fault | undefined} fault @param {boolean} [enabled] */
  async enable(fault, enabled = !fault?.enabled) {
    if (!fault) return;
    await api.send("PATCH", at(fault.name), { enabled });
    await this.changed();
    this.page.say(`${fault.name} is ${enabled ? "on" : "off"}`);
  }

  /** Put a rule at a place in the order. @param {Fault | undefined} fault @param {number} place */
  async move(fault, place) {
    if (!fault || place === fault.place || place < 0 || place >= this.rules.length) return;
    await api.send("PATCH", at(fault.name), { place });
    await this.changed();
    this.activate(fault.name);
    this.page.say(`${fault.name} is asked as number ${place + 1}`);
  }

  /** Drop what is dragged: before the rule at that place. */
  async drop() {
    const { drag } = this.state;
    this.page.dispatch({ type: "faults.drag", drag: null });
    const fault = this.rules.find(({ name }) => name === drag?.name);
    if (drag && fault) await this.move(fault, drag.place > fault.place ? drag.place - 1 : drag.place);
  }

  /** @param {Fault | undefined} fault */
  async remove(fault) {
    if (!fault) return;
    const next = this.rules[fault.place + 1] ?? this.rules[fault.place - 1];
    await api.send("DELETE", at(fault.name));
    if (this.state.editing === fault.name) this.page.dispatch({ type: "faults.done" });
    await this.changed();
    if (next) this.activate(next.name);
    this.undoable(`Rule ${fault.name} deleted`, async () => {
      await api.send("POST", FAULTS, { ...fault.rule, place: Math.min(fault.place, this.rules.length) });
      await this.changed();
      this.activate(fault.name);
    });
  }

  async clear() {
    const rules = this.rules.map(({ rule }) => rule);
    await api.send("DELETE", FAULTS);
    this.page.dispatch({ type: "faults.done" });
    await this.changed();
    this.undoable(`${rules.length} rules deleted`, async () => {
      for (const rule of rules) await api.send("POST", FAULTS, rule);
      await this.changed();
    });
  }

  /** Have counters begin anew: those of a rule, or all. @param {Fault} [fault] */
  async reset(fault) {
    const meant = fault ? [fault] : this.rules.filter(({ matched }) => matched);
    for (const { name } of meant) await api.send("PATCH", at(name), { reset: true });
    await this.changed();
    this.page.say("The counters begin anew");
  }

  /** Have no rule act for now, or have them act again. @param {boolean} paused */
  async pause(paused) {
    this.page.dispatch({ type: "faults", faults: await api.send("PATCH", FAULTS, { paused }) });
    this.page.say(paused ? "All fault rules pause" : "The fault rules act again");
  }

  /** The rule that the keys are about. */
  get active() {
    return this.rules.find(({ name }) => name === this.state.active);
  }

  /** The rules that are listed: all, or those of the stage that is chosen. */
  get listed() {
    const { stage } = this.state;
    return stage === null ? this.rules : this.rules.filter(({ rule }) => [rule.on].flat().includes(stage));
  }

  /** @param {number} step */
  step(step) {
    const { listed } = this;
    const now = listed.findIndex(({ name }) => name === this.state.active);
    const next = listed[now < 0 ? 0 : Math.min(Math.max(now + step, 0), listed.length - 1)];
    if (next) this.activate(next.name);
  }

  /** @param {1 | -1} way */
  leaf(way) {
    this.step(way * LEAF);
  }

  /** @param {1 | -1} way */
  end(way) {
    this.step(way * this.rules.length);
  }

  /** Enter edits a rule, Space switches it. @param {boolean} [stay] */
  open(stay = false) {
    return stay ? this.enable(this.active) : this.edit(this.active);
  }

  showNew() {
    return this.hits();
  }

  /** @param {string} name */
  activate(name) {
    this.page.dispatch({ type: "faults.active", name });
    this.page.store.flush();
    this.page.focusOn(`#rules [data-rule="${CSS.escape(name)}"]`);
  }
}
