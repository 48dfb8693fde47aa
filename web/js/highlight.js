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
