// @ts-check
/** Colours for the source of HTML. Pure. */

/** @typedef {{ kind: "" | "tag" | "name" | "value" | "comment" | "entity", text: string }} Piece */

const TOKEN = /(<!--[\s\S]*?(?:-->|$)|<![^>]*>?)|(<\/?[A-Za-z][^\s>/]*)|(&[#\w]+;)/g;
const INSIDE = /([^\s=>"'/]+)(?:(\s*=\s*)("[^"]*"?|'[^']*'?|[^\s>"']+)?)?|>|[\s/]+/gy;

/**
 * HTML in pieces that together are the same text again.
 * @param {string} source
 * @returns {Piece[]}
 */
export function highlighted(source) {
  /** @type {Piece[]} */
  const pieces = [];
  let at = 0;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(source); match; match = TOKEN.exec(source)) {
    if (match.index > at) pieces.push({ kind: "", text: source.slice(at, match.index) });
    const [text, comment, tag] = match;
    pieces.push({ kind: comment ? "comment" : tag ? "tag" : "entity", text });
    at = tag ? attributes(source, match.index + text.length, pieces) : match.index + text.length;
    TOKEN.lastIndex = at;
  }
  if (at < source.length) pieces.push({ kind: "", text: source.slice(at) });
  return pieces;
}

/**
 * The same pieces line by line, at most `most` lines.
 * @param {readonly Piece[]} pieces
 * @param {number} most
 * @returns {Piece[][]}
 */
export function inLines(pieces, most) {
  /** @type {Piece[]} */
  let line = [];
  const lines = [line];
  for (const { kind, text } of pieces) {
    for (const [index, part] of text.split("\n").entries()) {
      if (index > 0) {
        if (lines.length >= most) return lines;
        lines.push((line = []));
      }
      const bare = part.endsWith("\r") ? part.slice(0, -1) : part;
      if (bare) line.push({ kind, text: bare });
    }
  }
  return lines;
}

/** The inside of a tag up to its end. @param {string} source @param {number} begin @param {Piece[]} pieces */
function attributes(source, begin, pieces) {
  let at = begin;
  while (at < source.length) {
    INSIDE.lastIndex = at;
    const match = INSIDE.exec(source);
    if (!match) break;
    const [text, name, equals = "", value = ""] = match;
    at += text.length;
    if (text === ">") {
      pieces.push({ kind: "tag", text });
      return at;
    }
    if (!name) pieces.push({ kind: "", text });
    else pieces.push({ kind: "name", text: name }, { kind: "", text: equals }, { kind: "value", text: value });
  }
  return at;
}
