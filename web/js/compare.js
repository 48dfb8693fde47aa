// @ts-check
/** Whether the text of a message says what its HTML says. Pure. */
import { difference, words } from "./diff.js";

/** Characters that are looked at. */
const LOOKED_AT = 200_000;

/** Entities that stand in words or between them; the others are told apart by no word. @type {Record<string, string>} */
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", auml: "ä", ouml: "ö", uuml: "ü", szlig: "ß", eacute: "é", egrave: "è" };

/**
 * The way from a text to the HTML, and how many words differ. Case, signs and the marks that a text
 * has in place of bold and of lists make no difference.
 * @param {string} text
 * @param {string} source HTML
 */
export function compared(text, source) {
  const { changes, cut } = difference(words(text.slice(0, LOOKED_AT)), words(readable(source.slice(0, LOOKED_AT)).trim()), core);
  const told = changes.map((one) => (one.side && !core(one.text) ? { ...one, side: /** @type {const} */ ("") } : one));
  const count = told.reduce((sum, one) => sum + (one.side ? words(one.text).filter(core).length : 0), 0);
  return { changes: told, cut, words: count };
}

/** What is left of a word without signs and capitals. @param {string} word */
const core = (word) => word.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

/** What is read of a tag: the address of a link, the words for a picture. @param {string} tag */
const inTag = (tag) => (/^<a\b/i.test(tag) ? /\shref\s*=\s*["'](https?:[^"']*)["']/i : /^<(?:img|area)\b/i.test(tag) ? /\salt\s*=\s*["']([^"']*)["']/i : null)?.exec(tag)?.[1] ?? "";

/**
 * The characters of HTML that one reads, and the addresses of its links.
 * No pattern runs past the next "<": a mail of nothing but "<" would take a minute.
 * @param {string} source
 */
export function readable(source) {
  return source
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replace(/<(style|script|head|title)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ")
    .replace(/<\/?(?:b|i|u|em|strong|span|font|small|sup|sub|wbr)\b[^<>]*>/gi, "")
    .replace(/\s+/g, " ")
    .replace(/<\/?(?:p|div|tr|table|h[1-6]|li|ul|ol|br|hr|blockquote|section)\b[^<>]*>/gi, "\n")
    .replace(/<[^<>]*>/g, (tag) => ` ${inTag(tag)} `)
    .replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,10}));/gi, (_whole, hex, decimal, name) => {
      const code = hex ? parseInt(hex, 16) : decimal ? Number(decimal) : 0;
      return code && code <= 0x10ffff ? String.fromCodePoint(code) : (ENTITIES[name] ?? " ");
    })
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n\s*/g, "\n");
}
