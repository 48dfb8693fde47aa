// @ts-check
/**
 * The words of a search, as the server reads them (mailtrap/search/tokens.py), but without ever
 * refusing one: what is being written is seldom right already. Pure.
 *
 * @typedef {"space" | "word" | "phrase" | "regex" | "operator" | "(" | ")" | "{" | "}" | "OR" | "AND" | "NOT"} Kind
 * @typedef {{ kind: Kind, text: string, place: number }} Piece together the pieces are the search, letter by letter
 * @typedef {ReadonlySet<string>} Names of operators, in small letters
 */

const SPACE = /\s+/y;
const OPERATOR = /(header\.[^\s:="(){}]+|[a-z][a-z0-9._-]*):=?/iy;
const PHRASE = /"(?:[^"\\]|\\.)*(?:"|\\?$)/sy;
const REGEX = /\/(?:[^/\\]|\\.)+\/i?(?=[\s(){}]|$)/sy;
const WORD = /[^\s"(){}]+/y;
const SIGN = /[-!](?=[^\s)}])/y;
const NAMED = /[^\s"(){}=:/]+=(?=["/])/y;

/** @type {Record<string, Kind>} */
const JOINS = { OR: "OR", "|": "OR", AND: "AND", NOT: "NOT" };

/** Left sides of a colon that make an address of a word, though no `//` follows. */
const SCHEMES = new Set("mailto tel sms urn data cid mid javascript geo magnet about".split(" "));

/**
 * The pieces of a search.
 * @param {string} query
 * @param {Names} names
 * @returns {Piece[]}
 */
export function pieces(query, names) {
  /** @type {Piece[]} */
  const found = [];
  for (let place = 0; place < query.length; ) {
    const piece = pieceAt(query, place, found.at(-1), names);
    found.push(piece);
    place += piece.text.length;
  }
  return found;
}

/** @param {string} query @param {number} place @param {Piece | undefined} before @param {Names} names @returns {Piece} */
function pieceAt(query, place, before, names) {
  const at = (/** @type {Kind} */ kind, /** @type {string} */ text) => ({ kind, text, place });
  const space = take(SPACE, query, place);
  if (space) return at("space", space);
  if (before?.kind === "operator") {
    const named = nameOf(before) === "header" && take(NAMED, query, place);
    return named ? at("word", named) : operandAt(query, place);
  }
  const sign = take(SIGN, query, place);
  if (sign) return at("NOT", sign);
  const operator = take(OPERATOR, query, place);
  if (operator && isOperator(operator, take(WORD, query, place), names)) return at("operator", operator);
  const operand = operandAt(query, place);
  return operand.kind === "word" ? { ...operand, kind: JOINS[operand.text] ?? "word" } : operand;
}

/** A bracket, a phrase, an expression or a word. @param {string} query @param {number} place @returns {Piece} */
function operandAt(query, place) {
  const first = query[place] ?? "";
  if ("(){}".includes(first)) return { kind: /** @type {Kind} */ (first), text: first, place };
  const phrase = take(PHRASE, query, place);
  if (phrase) return { kind: "phrase", text: phrase, place };
  const regex = take(REGEX, query, place);
  return regex ? { kind: "regex", text: regex, place } : { kind: "word", text: take(WORD, query, place) || first, place };
}

/** Whether `name:` is one; a word such as `http://x` is not. @param {string} operator @param {string} word @param {Names} names */
function isOperator(operator, word, names) {
  const name = operator.replace(/:=?$/, "").toLowerCase();
  if (names.has(name) || name.startsWith("header.")) return true;
  const rest = word.slice(name.length + 1);
  return rest !== "" && !SCHEMES.has(name) && !rest.startsWith("//") && !rest.startsWith(":");
}

/** @param {RegExp} pattern @param {string} query @param {number} place */
function take(pattern, query, place) {
  pattern.lastIndex = place;
  return pattern.exec(query)?.[0] ?? "";
}

/** The name of an operator, in small letters. @param {Piece} operator */
export const nameOf = ({ text }) => text.replace(/:=?$/, "").toLowerCase();

/** What a value says: a phrase without its quotes. @param {Piece} value */
export function saidBy({ kind, text }) {
  if (kind !== "phrase") return text;
  return text.slice(1, /(?<!\\)(?:\\\\)*"$/.test(text) && text.length > 1 ? -1 : undefined).replace(/\\(["\\])/g, "$1");
}

/** A value as it has to be written behind an operator. @param {string} value */
export const written = (value) => (/^[/="]|[\s"(){}*\\]|^$/.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : value);
