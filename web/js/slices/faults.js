// @ts-check
/**
 * The rules as they are edited. Pure. (The rules themselves are of the whole page: slices/app.js.)
 *
 * @import { Problem } from "../types.js"
 *
 * @typedef {{
 *   name: string, on: string, when: [string, string][], do: string, inbox: string,
 *   times: string, after: string, every: string, chance: string, seed: string, per: string, expires: string,
 * }} Form a rule as its fields are written; empty ones are left out
 * @typedef {{ name: string, on: string[], providers: string[], parameters: Record<string, string> }} Preset
 * @typedef {{ rule: string, at: string, session: string, stage: string, before: string, after: string }} Hit
 * @typedef {{
 *   stage: string | null, editing: string | null, form: Form, problem: Problem | null,
 *   presets: Preset[], hits: Hit[],
 * }} FaultsState `editing` is the name of the rule in the form, "" for a new one
 *
 * @typedef {{ type: "faults.stage", stage: string | null }
 *   | { type: "faults.edit", name: string, form: Form }
 *   | { type: "faults.form", set: Partial<Form> }
 *   | { type: "faults.problem", problem: Problem | null }
 *   | { type: "faults.done" }
 *   | { type: "faults.presets", presets: Preset[] }
 *   | { type: "faults.hits", hits: Hit[] }
 * } FaultsEvent
 */

/** @type {Form} */
export const BLANK = {
  name: "", on: "rcpt", when: [], do: "451 4.7.1 Try again later", inbox: "",
  times: "", after: "", every: "", chance: "", seed: "", per: "", expires: "",
};

/** @type {FaultsState} */
export const FIRST_FAULTS = { stage: null, editing: null, form: BLANK, problem: null, presets: [], hits: [] };

/**
 * @param {FaultsState} state
 * @param {FaultsEvent} event
 * @returns {FaultsState}
 */
export function reduceFaults(state, event) {
  switch (event.type) {
    case "faults.stage":
      return { ...state, stage: state.stage === event.stage ? null : event.stage };
    case "faults.edit":
      return { ...state, editing: event.name, form: event.form, problem: null };
    case "faults.form":
      return { ...state, form: { ...state.form, ...event.set } };
    case "faults.problem":
      return { ...state, problem: event.problem };
    case "faults.done":
      return { ...state, editing: null, problem: null };
    case "faults.presets":
      return { ...state, presets: event.presets };
    case "faults.hits":
      return { ...state, hits: event.hits };
  }
}

/** Fields that are numbers in a rule. @type {(keyof Form)[]} */
const NUMBERS = ["times", "after", "every", "chance", "seed"];

/**
 * The rule that a form tells, as the API takes it.
 * @param {Form} form
 * @returns {Record<string, unknown>}
 */
export function ruleOf(form) {
  /** @type {Record<string, unknown>} */
  const rule = { on: form.on, do: actionsOf(form.do) };
  const when = form.when.filter(([name, value]) => name && value);
  if (when.length) rule.when = Object.fromEntries(when);
  for (const key of /** @type {(keyof Form)[]} */ (["name", "inbox", "per", "expires", ...NUMBERS])) {
    const text = String(form[key]).trim();
    if (text) rule[key] = NUMBERS.includes(key) && !Number.isNaN(Number(text)) ? Number(text) : text;
  }
  return rule;
}

/** One action a line; one alone is no list. @param {string} text */
function actionsOf(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return lines.length === 1 ? lines[0] : lines;
}

/**
 * The form of a rule.
 * @param {Record<string, any>} rule
 * @returns {Form}
 */
export function formOf(rule) {
  const told = Object.fromEntries(Object.keys(BLANK).map((key) => [key, rule[key] === undefined ? "" : String(rule[key])]));
  const when = Object.entries(rule.when ?? {}).map(([name, value]) => /** @type {[string, string]} */ ([name, String(value)]));
  const actions = Array.isArray(rule.do) ? rule.do : [rule.do];
  const lines = actions.map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
  return { ...BLANK, ...told, on: Array.isArray(rule.on) ? (rule.on[0] ?? "rcpt") : rule.on, when, do: lines.join("\n") };
}
