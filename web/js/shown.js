// @ts-check
/** Characters that one does not see, or that turn the order of others round, made visible. Pure. */

/** @typedef {{ name: string, text: string }} Shown `name` says what `text` is where it would not be seen */

/** @type {Record<string, string>} */
const NAMES = {
  "\u00AD": "SHY", "\u061C": "ALM", "\u180E": "MVS", "\u200B": "ZWSP", "\u200C": "ZWNJ", "\u200D": "ZWJ", "\u200E": "LRM",
  "\u200F": "RLM", "\u202A": "LRE", "\u202B": "RLE", "\u202C": "PDF", "\u202D": "LRO", "\u202E": "RLO", "\u2060": "WJ",
  "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI", "\uFEFF": "BOM",
};

/** Joiners are part of emoji and of several scripts; between letters of Latin they hide something. */
const HIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u180E\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]|(?<=[A-Za-z0-9])[\u00AD\u200B-\u200D\u2060](?=[A-Za-z0-9])/g;

/** Pieces of one text, at most. */
const PIECES = 200;

/**
 * A text in pieces, with a name for each character that would not be seen.
 * @param {string} text
 * @returns {Shown[]}
 */
export function shown(text) {
  /** @type {Shown[]} */
  const pieces = [];
  let at = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (pieces.length >= PIECES) break;
    if (match.index > at) pieces.push({ name: "", text: text.slice(at, match.index) });
    pieces.push({ name: nameOf(match[0]), text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ name: "", text: text.slice(at) });
  return pieces;
}

/** @param {string} char */
export const nameOf = (char) => NAMES[char] ?? `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
