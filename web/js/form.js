// @ts-check
/**
 * A fault rule as one edits it, word by word, and back. Pure.
 *
 * @typedef {{ word: string, rest: string }} Act `word` "reply" has the whole reply as its `rest`
 * @typedef {{
 *   name: string, on: string[], when: [string, string][], do: Act[], amounts: [string, string][],
 *   inbox: string, enabled: boolean, continue: boolean, mismatch: boolean,
 * }} Form a rule as its fields are written; what is empty is left out
 *
 * @import { Rule } from "./rules.js"
 */

/** @type {Form} */
export const BLANK = {
  name: "",
  on: ["rcpt"],
  when: [],
  do: [{ word: "reply", rest: "451 4.7.1 Try again later" }],
  amounts: [],
  inbox: "",
  enabled: true,
  continue: false,
  mismatch: false,
};

/** What tells how often, in the order in which it is said. */
export const AMOUNTS = ["times", "after", "every", "chance", "seed", "rate", "wait", "per", "expires"];

const NUMBERS = new Set(["times", "after", "every", "chance", "seed", "session_nth", "message_nth", "size_over"]);

/** What one begins with at a stage: most can be answered, some cannot. @type {Record<string, Act>} */
const FIRST = {
  connect: { word: "reset", rest: "" },
  greeting: { word: "reply", rest: "421 4.3.2 Service not available" },
  helo: { word: "hide", rest: "STARTTLS" },
  starttls: { word: "tls", rest: "expired" },
  tls: { word: "tls", rest: "handshake-fail" },
  auth: { word: "reply", rest: "535 5.7.8 Authentication failed" },
  content: { word: "cut", rest: "1000 then reset" },
  message: { word: "reply", rest: "451 4.3.0 Try again later" },
  quit: { word: "close", rest: "" },
};

/** The form of a new rule at a stage. @param {string} stage @returns {Form} */
export const blankAt = (stage) => ({ ...BLANK, on: [stage], do: [FIRST[stage] ?? { word: "reply", rest: "451 4.7.1 Try again later" }] });

/** The form of a rule. @param {Rule} rule @returns {Form} */
export function formOf(rule) {
  const when = rule.when && typeof rule.when === "object" ? rule.when : {};
  return {
    name: String(rule.name ?? ""),
    on: [rule.on ?? "rcpt"].flat().map(String),
    when: Object.entries(when).map(([key, value]) => [key, String(value)]),
    do: [rule.do ?? []].flat().map((one) => actOf(String(one))),
    amounts: AMOUNTS.filter((key) => rule[key] !== undefined).map((key) => [key, String(rule[key])]),
    inbox: String(rule.inbox ?? ""),
    enabled: rule.enabled !== false,
    continue: rule.continue === true,
    mismatch: rule.mismatch === true,
  };
}

/** The rule that a form tells, as the API takes it. @param {Form} form @returns {Rule} */
export function ruleOf(form) {
  const on = [...new Set(form.on)];
  const actions = form.do.map(textOf);
  const when = form.when.filter(([, value]) => value.trim()).map(([key, value]) => [key.trim(), valueOf(key, value)]);
  /** @type {Rule} */
  const rule = { on: on.length === 1 ? on[0] : on };
  if (form.name.trim()) rule.name = form.name.trim();
  if (when.length) rule.when = Object.fromEntries(when);
  rule.do = actions.length === 1 ? actions[0] : actions;
  for (const [key, value] of form.amounts) if (value.trim()) rule[key] = valueOf(key, value);
  if (form.inbox.trim()) rule.inbox = form.inbox.trim();
  if (!form.enabled) rule.enabled = false;
  if (form.continue) rule.continue = true;
  if (form.mismatch) rule.mismatch = true;
  return rule;
}

/** An action of its text. @param {string} text @returns {Act} */
export function actOf(text) {
  if (/^\d/.test(text)) return { word: "reply", rest: text };
  const [, word = "", rest = ""] = /^(\S*)\s*([^]*)$/.exec(text) ?? [];
  return { word, rest };
}

/** The text of an action. @param {Act} act */
export const textOf = ({ word, rest }) => (word === "reply" ? rest.trim() || "reply" : `${word} ${rest.trim()}`.trim());

/** What cannot be read as a number goes to the server as it is, which says what is allowed. @param {string} key @param {string} text */
function valueOf(key, text) {
  const value = text.trim();
  if (key === "tls" && /^(true|false)$/.test(value)) return value === "true";
  return NUMBERS.has(key) && value !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;
}

/** `items` with one of them changed; without it where that is null. @template T @param {T[]} items @param {number} at @param {T | null} item */
export const withAt = (items, at, item) => items.flatMap((one, index) => (index !== at ? [one] : item === null ? [] : [item]));

/** The two parts of `cut`: how many octets, and the end. @param {string} rest @returns {[string, string]} */
export function cutOf(rest) {
  const [octets = "", end = "reset"] = rest.split(/\s+then\s+/);
  return [octets, end];
}

/** The two parts of `bounce`: its kind, and the rest. @param {string} rest @param {readonly string[]} kinds @returns {[string, string]} */
export function reportOf(rest, kinds) {
  const [first = "", ...others] = rest.split(" ");
  return kinds.includes(first) ? [first, others.join(" ")] : [kinds[0] ?? "failed", rest];
}
