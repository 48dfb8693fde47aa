// @ts-check
/** What to offer to one who writes a search, by what stands at the caret. Pure. */

/** @import { Names, Piece } from "./tokens.js" */
import { nameOf, pieces, saidBy, written } from "./tokens.js";

/**
 * @typedef {{ value: string, help: string }} Value
 * @typedef {{ name: string, aliases: string[], takes: string, example: string, help: string, values: Value[], closed: boolean }} Operator
 * @typedef {{
 *   operators: Operator[], tags: string[], inboxes: string[], rules: string[], listeners: string[],
 *   senders: string[], recipients: string[], recent: string[], saved: { name: string, query: string }[],
 * }} Sources what the page knows
 * @typedef {{
 *   kind: "operator" | "value" | "recent" | "saved" | "example", label: string, help: string, insert: string,
 * }} Suggestion `insert` takes the place of what stands from `from` to `to`
 * @typedef {{ from: number, to: number, items: Suggestion[] }} Suggestions
 */

/** Rows at most: more would hide what was found. */
const ROWS = 8;

/** Letters of a word before values are offered for it. */
const LETTERS = 2;

/** Searches to begin with, and what they find. */
const EXAMPLES = [
  ["is:unread", "Not read yet"],
  ["has:code", "With a one-time code"],
  ["newer_than:10m", "Of the last ten minutes"],
  ["reply:4xx", "Refused for now"],
  ["larger:100K", "Larger than 100 KB"],
];

/** Where the values of an operator come from, by what it takes. @type {Record<string, keyof Sources>} */
const TAKEN_FROM = { tag: "tags", inbox: "inboxes", rule: "rules", "address or name": "recipients", address: "recipients" };

/** The same by the name of the operator, where that tells more. @type {Record<string, keyof Sources>} */
const NAMED_FROM = { from: "senders", mailfrom: "senders", "reply-to": "senders", listener: "listeners" };

/**
 * @param {string} text
 * @param {number} caret
 * @param {Sources} sources
 * @param {Names} names
 * @param {boolean} [asked] whether somebody asked for them: then also where nothing is begun
 * @returns {Suggestions}
 */
export function suggestionsOf(text, caret, sources, names, asked = false) {
  if (!text.trim()) return { from: 0, to: text.length, items: beginnings(sources) };
  const all = pieces(text, names);
  const index = all.findIndex((piece) => piece.place < caret && caret <= piece.place + piece.text.length);
  const piece = all[index];
  const none = { from: caret, to: caret, items: [] };
  if (!piece || "space(){}".includes(piece.kind) || piece.kind === "NOT") {
    const free = asked || piece?.kind === "NOT";
    return free ? { ...none, items: operatorsFor("", sources.operators).slice(0, ROWS) } : none;
  }
  const end = piece.place + piece.text.length;
  if (piece.kind === "operator" && caret === end) return { from: end, to: valueEnd(all, index), items: valuesFor(piece, "", sources) };
  const before = all[index - 1];
  if (before?.kind === "operator") return { from: piece.place, to: end, items: valuesFor(before, saidBy(piece), sources) };
  if (piece.kind === "phrase" || piece.kind === "regex") return none;
  return { from: piece.place, to: end, items: beginning(text.slice(piece.place, caret), piece, sources) };
}

/** Where the value right behind an operator ends. @param {Piece[]} all @param {number} index */
function valueEnd(all, index) {
  const operator = /** @type {Piece} */ (all[index]);
  const value = all[index + 1];
  const end = operator.place + operator.text.length;
  return value && ["word", "phrase", "regex"].includes(value.kind) ? end + value.text.length : end;
}

/** For an empty field. @param {Sources} sources @returns {Suggestion[]} */
function beginnings({ saved, recent }) {
  const rows = [
    ...recent.slice(0, 4).map((query) => row("recent", query, "", query)),
    ...saved.slice(0, 3).map(({ name, query }) => row("saved", name, query === name ? "" : query, query)),
    ...EXAMPLES.filter(([query = ""]) => !recent.includes(query)).map(([query = "", help = ""]) => row("example", query, help, query)),
  ];
  return rows.slice(0, ROWS);
}

/** @param {Suggestion["kind"]} kind @param {string} label @param {string} help @param {string} insert @returns {Suggestion} */
const row = (kind, label, help, insert) => ({ kind, label, help, insert });

/** Operators whose name, or another name, begins so. @param {string} prefix @param {Operator[]} operators */
function operatorsFor(prefix, operators) {
  const begun = prefix.toLowerCase();
  return operators
    .filter(({ name, aliases }) => name.startsWith(begun) || (begun && aliases.some((one) => one.startsWith(begun))))
    .map(({ name, help }) => row("operator", `${name}:`, help, `${name}:`));
}

/** For a word that is begun. @param {string} begun @param {Piece} piece @param {Sources} sources */
function beginning(begun, piece, sources) {
  if (piece.kind === "operator") return operatorsFor(begun.replace(/:$/, ""), sources.operators).slice(0, ROWS);
  const operators = operatorsFor(begun, sources.operators);
  const values = begun.length < LETTERS ? [] : valuesNamed(begun, sources);
  return [...operators.slice(0, Math.max(ROWS - values.length, ROWS / 2)), ...values].slice(0, ROWS);
}

/** Values that begin with a word, each with its operator. @param {string} begun @param {Sources} sources @returns {Suggestion[]} */
function valuesNamed(begun, { operators, tags, inboxes, senders, recipients }) {
  const wanted = begun.toLowerCase();
  const starts = (/** @type {string} */ value) => value.toLowerCase().startsWith(wanted);
  const some = (/** @type {string} */ name, /** @type {string[]} */ values) =>
    values.filter(starts).slice(0, 2).map((value) => row("value", `${name}:${value}`, "", `${name}:${written(value)}`));
  const closed = operators.filter((one) => one.closed).flatMap(({ name, values }) =>
    values.filter(({ value }) => starts(value)).map(({ value, help }) => row("value", `${name}:${value}`, help, `${name}:${value}`)),
  );
  return [...closed, ...some("tag", tags), ...some("in", inboxes), ...some("from", senders), ...some("to", recipients)];
}

/** Values of an operator: those that begin so, then those that have it within. @param {Piece} operator @param {string} begun @param {Sources} sources */
function valuesFor(operator, begun, sources) {
  const name = nameOf(operator);
  const known = sources.operators.find((one) => one.name === name || one.aliases.includes(name));
  const from = NAMED_FROM[known?.name ?? ""] ?? TAKEN_FROM[known?.takes ?? ""];
  const values = from ? /** @type {string[]} */ (sources[from]).map((value) => ({ value, help: "" })) : (known?.values ?? []);
  const wanted = begun.toLowerCase();
  const at = ({ value = "" }) => value.toLowerCase().indexOf(wanted);
  const fitting = values.filter((one) => at(one) >= 0 && one.value.toLowerCase() !== wanted);
  const sorted = [...fitting.filter((one) => !at(one)), ...fitting.filter((one) => at(one))];
  return sorted.slice(0, ROWS).map(({ value, help }) => row("value", value, help, written(value)));
}

/**
 * The text with a suggestion in its place, and where the caret stands then. Behind a value begins
 * another term; behind an operator its value.
 * @param {string} text
 * @param {Suggestions} where
 * @param {Suggestion} item
 */
export function accepted(text, { from, to }, item) {
  const rest = text.slice(to);
  const space = item.kind !== "operator" && !/^[\s)}]/.test(rest) ? " " : "";
  const behind = item.kind !== "operator" && (space || rest.startsWith(" ")) ? 1 : 0;
  return { text: text.slice(0, from) + item.insert + space + rest, caret: from + item.insert.length + behind };
}
