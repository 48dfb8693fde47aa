// @ts-check
/**
 * The rules as they are edited and tried. Pure. (The rules themselves are of the whole page:
 * slices/app.js.)
 *
 * @import { Faults, Problem } from "../types.js"
 * @import { Form } from "../form.js"
 * @import { Rule } from "../rules.js"
 *
 * @typedef {{ name: string, takes: string, help: string, example: string, values: string[], stages: string[] }} Word
 * @typedef {{
 *   stages: { name: string, help: string }[], conditions: Word[], actions: Word[], amounts: Word[], fills: string[],
 * }} Vocabulary what a rule can say, as the server tells it
 * @typedef {{ name: string, on: string[], providers: string[], parameters: Record<string, string>, tests: string, rules: Rule[] }} Preset
 * @typedef {{ name: string, banner: string, size: number, recipients: number }} Profile
 * @typedef {{ rule: string, at: string, session: string, stage: string, before: string, after: string }} Hit
 * @typedef {{
 *   stage: string, mail_from: string, rcpt: string, inbox: string, helo: string, ip: string, auth: string,
 *   listener: string, tls: boolean, size: string, session_nth: string, message_nth: string, headers: string, text: string,
 * }} Moment a moment of a dry run, as its fields are written
 * @typedef {{
 *   stage: string, before: string, after: string, verdicts: { rule: string, acts: boolean, reason: string | null }[],
 * }} Trial
 * @typedef {{ name: string, place: number }} Drag which rule is dragged, and before which place it would be dropped
 * @typedef {{
 *   stage: string | null, editing: string | null, form: Form, before: Form, problem: Problem | null,
 *   vocabulary: Vocabulary | null, presets: Preset[], profiles: Profile[], hits: Hit[], active: string | null, drag: Drag | null,
 *   counted: Readonly<Record<string, number>>, rose: ReadonlySet<string>,
 *   wanted: string, provider: string, chosen: Readonly<Record<string, string>>,
 *   moment: Moment, trial: Trial | null, trialProblem: Problem | null,
 * }} FaultsState
 *
 * `editing` is the name of the rule in the form, "" for a new one; `before` the form as it began.
 * `counted` are the hits by rule when they were last seen, `rose` the rules that have more since.
 * `wanted`, `provider` and `chosen` are what the gallery of presets is narrowed to, and the provider
 * picked for each of them.
 *
 * @typedef {{ type: "faults", faults: Faults }
 *   | { type: "faults.stage", stage: string | null }
 *   | { type: "faults.edit", name: string, form: Form }
 *   | { type: "faults.form", set: Partial<Form> }
 *   | { type: "faults.problem", problem: Problem | null }
 *   | { type: "faults.done" }
 *   | { type: "faults.words", vocabulary: Vocabulary, presets: Preset[], profiles: Profile[] }
 *   | { type: "faults.hits", hits: Hit[] }
 *   | { type: "faults.active", name: string | null }
 *   | { type: "faults.drag", drag: Drag | null }
 *   | { type: "faults.gallery", wanted?: string, provider?: string, chosen?: Record<string, string> }
 *   | { type: "faults.moment", set: Partial<Moment> }
 *   | { type: "faults.trial", trial: Trial | null, problem: Problem | null }
 * } FaultsEvent
 */
import { BLANK } from "../form.js";

/** @type {Moment} */
export const MOMENT = {
  stage: "rcpt", mail_from: "app@example.com", rcpt: "user@example.com", inbox: "default", helo: "localhost", ip: "127.0.0.1", auth: "",
  listener: "smtp", tls: false, size: "", session_nth: "1", message_nth: "1", headers: "Subject: Hello", text: "",
};

/** @type {FaultsState} */
export const FIRST_FAULTS = {
  stage: null, editing: null, form: BLANK, before: BLANK, problem: null,
  vocabulary: null, presets: [], profiles: [], hits: [], active: null, drag: null,
  counted: {}, rose: new Set(),
  wanted: "", provider: "", chosen: {},
  moment: MOMENT, trial: null, trialProblem: null,
};

/**
 * @param {FaultsState} state
 * @param {FaultsEvent} event
 * @returns {FaultsState}
 */
export function reduceFaults(state, event) {
  switch (event.type) {
    case "faults":
      return counted(state, event.faults);
    case "faults.stage":
      return { ...state, stage: state.stage === event.stage ? null : event.stage };
    case "faults.edit":
      return { ...state, editing: event.name, form: event.form, before: event.form, problem: null };
    case "faults.form":
      return { ...state, form: { ...state.form, ...event.set }, problem: null };
    case "faults.problem":
      return { ...state, problem: event.problem };
    case "faults.done":
      return { ...state, editing: null, problem: null };
    case "faults.words":
      return { ...state, vocabulary: event.vocabulary, presets: event.presets, profiles: event.profiles };
    case "faults.hits":
      return { ...state, hits: event.hits };
    case "faults.active":
      return { ...state, active: event.name };
    case "faults.drag":
      return { ...state, drag: event.drag };
    case "faults.gallery":
      return { ...state, wanted: event.wanted ?? state.wanted, provider: event.provider ?? state.provider, chosen: { ...state.chosen, ...event.chosen } };
    case "faults.moment":
      return { ...state, moment: { ...state.moment, ...event.set }, trialProblem: null };
    case "faults.trial":
      return { ...state, trial: event.trial ?? state.trial, trialProblem: event.problem };
  }
}

/** @param {FaultsState} state @param {Faults} faults @returns {FaultsState} */
function counted(state, { faults }) {
  const now = Object.fromEntries(faults.map(({ name, acted }) => [name, acted]));
  const rose = faults.filter(({ name, acted }) => name in state.counted && acted > (state.counted[name] ?? 0));
  const active = state.active !== null && !(state.active in now) ? null : state.active;
  return { ...state, counted: now, rose: new Set(rose.map(({ name }) => name)), active };
}

/** Whether the form tells another rule than when it was opened. @param {FaultsState} state */
export const isChanged = ({ form, before }) => JSON.stringify(form) !== JSON.stringify(before);

/** The moment of a dry run as the API takes it. @param {Moment} moment @returns {Record<string, unknown>} */
export function momentOf({ rcpt, headers, size, session_nth, message_nth, tls, text, stage, ...words }) {
  const told = Object.entries(words).filter(([, value]) => value.trim()).map(([key, value]) => [key, value.trim()]);
  const numbers = Object.entries({ size, session_nth, message_nth }).filter(([, value]) => value.trim());
  return {
    stage,
    ...Object.fromEntries(told),
    ...Object.fromEntries(numbers.map(([key, value]) => [key, Number.isNaN(Number(value)) ? value : Number(value)])),
    tls,
    rcpt: rcpt.split(",").map((one) => one.trim()).filter(Boolean),
    headers: Object.fromEntries(headers.split("\n").map(fieldOf).filter(([name]) => name)),
    text,
  };
}

/** @param {string} line @returns {[string, string]} */
function fieldOf(line) {
  const [name = "", ...rest] = line.split(":");
  return [name.trim(), rest.join(":").trim()];
}

/**
 * The presets that a search and a provider leave.
 * @param {FaultsState} state
 */
export function offered({ presets, wanted, provider, stage }) {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return presets.filter((preset) => {
    const told = [preset.name, preset.tests, ...preset.providers, ...preset.on, ...preset.rules.map((rule) => String(rule.do))].join(" ").toLowerCase();
    return (!provider || preset.providers.includes(provider)) && (stage === null || preset.on.includes(stage)) && words.every((word) => told.includes(word));
  });
}

/** Providers with the number of presets that speak as they do, the most first. @param {Preset[]} presets @returns {[string, number][]} */
export function providersOf(presets) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { providers } of presets) for (const one of providers) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
