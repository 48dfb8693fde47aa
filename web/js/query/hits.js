// @ts-check
/**
 * What a search looks for, to be marked where it is shown. Pure.
 *
 * Expressions are left out: the server bounds their time, a browser does not.
 */

/** @import { Names, Piece } from "./tokens.js" */
import { nameOf, pieces, saidBy } from "./tokens.js";

/** @typedef {"from" | "to" | "subject" | "body" | "header"} Where */

/** @typedef {Record<Where, RegExp | null>} Hits what to mark in each; null for nothing */

/** @type {Where[]} */
const ANYWHERE = ["from", "to", "subject", "body", "header"];

/** Where the values of an operator are shown. @type {Record<string, Where[]>} */
const SHOWN = {
  from: ["from"],
  mailfrom: ["from"], mail_from: ["from"], "mail-from": ["from"], returnpath: ["from"], "return-path": ["from"],
  to: ["to"], cc: ["to"], bcc: ["to"], rcpt: ["to"], deliveredto: ["to"], "delivered-to": ["to"],
  addressed: ["from", "to"],
  subject: ["subject"],
  body: ["body"], text: ["body"], html: ["body"], link: ["body"], code: ["subject", "body"],
};

/** Hits marked in one text, and its characters that are looked at. */
const MARKED = 1000;
const LOOKED_AT = 100_000;

/** Letters that are looked for in all: with the text, they bound the time. */
const LETTERS = 300;

/** Characters that mailers strew between letters, and that nobody sees. */
const UNSEEN = "[\\u00ad\\u200b-\\u200f\\u2060\\u2066-\\u2069\\ufeff]*";

/**
 * What to mark for a search.
 * @param {string} query
 * @param {Names} names
 * @returns {Hits}
 */
export function hitsOf(query, names) {
  /** @type {Record<Where, Set<string>>} */
  const words = { from: new Set(), to: new Set(), subject: new Set(), body: new Set(), header: new Set() };
  for (const { word, where } of looked(pieces(query, names))) for (const one of where) words[one].add(word);
  const made = (/** @type {Where} */ where) => [where, patternOf([...words[where]])];
  return Object.fromEntries(ANYWHERE.map(made));
}

/**
 * The words that are looked for, and where. What is negated is not.
 * @param {Piece[]} all
 * @returns {{ word: string, where: Where[] }[]}
 */
function looked(all) {
  /** @type {{ where: Where[], not: boolean }[]} What the brackets around say, the innermost last. */
  const around = [{ where: ANYWHERE, not: false }];
  /** @type {{ word: string, where: Where[] }[]} */
  const found = [];
  let here = /** @type {{ where: Where[], not: boolean }} */ (around[0]);
  for (const piece of all) {
    if (piece.kind === "space") continue;
    if (piece.kind === "NOT") here = { ...here, not: !here.not };
    else if (piece.kind === "operator") here = { ...here, where: SHOWN[nameOf(piece)] ?? [] };
    else if (piece.kind === "(" || piece.kind === "{") around.push(here);
    else {
      if ((piece.kind === "word" || piece.kind === "phrase") && !here.not) {
        for (const word of wordsOf(piece)) found.push({ word, where: here.where });
      }
      if ((piece.kind === ")" || piece.kind === "}") && around.length > 1) around.pop();
      here = /** @type {{ where: Where[], not: boolean }} */ (around.at(-1));
    }
  }
  return found;
}

/** What of a value can be seen: a star stands for anything. @param {Piece} piece */
function wordsOf(piece) {
  const said = saidBy(piece);
  const parts = piece.kind === "word" ? said.replace(/^<(.+)>$/, "$1").split("*") : [said];
  return parts.map((part) => part.trim()).filter(Boolean);
}

/** An expression that finds these words as the server does, in any case. @param {string[]} words */
function patternOf(words) {
  let left = LETTERS;
  const some = words.filter((word) => (left -= word.length) >= 0).sort((a, b) => b.length - a.length);
  return some.length ? new RegExp(some.map(literal).join("|"), "giu") : null;
}

/** @param {string} word */
function literal(word) {
  const letters = word.toLowerCase().normalize("NFC").replaceAll("ß", "ss").match(/ss|\s+|[^\s]\p{M}*/gu) ?? [];
  return letters.map(letter).join(UNSEEN);
}

/** One letter in all its spellings: composed or not, as ß or ss, the Turkish i. @param {string} sign */
function letter(sign) {
  if (/\s/.test(sign)) return "\\s+";
  if (sign === "ss") return "(?:ss|ß|ẞ)";
  if (sign === "i" || sign === "ı") return "[iıİ]\\u0307?";
  const apart = sign.normalize("NFD");
  return apart === sign ? escaped(sign) : `(?:${escaped(sign)}|${escaped(apart)})`;
}

/** @param {string} text */
const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/**
 * A text cut where hits begin and end; together the pieces are the text.
 * @param {string} text
 * @param {RegExp | null} pattern
 * @returns {{ text: string, hit: boolean }[]}
 */
export function cut(text, pattern) {
  /** @type {{ text: string, hit: boolean }[]} */
  const found = [];
  let at = 0;
  if (pattern) {
    for (const match of text.slice(0, LOOKED_AT).matchAll(pattern)) {
      if (match.index > at) found.push({ text: text.slice(at, match.index), hit: false });
      found.push({ text: match[0], hit: true });
      at = match.index + match[0].length;
      if (found.length >= 2 * MARKED) break;
    }
  }
  if (at < text.length || !found.length) found.push({ text: text.slice(at), hit: false });
  return found;
}
