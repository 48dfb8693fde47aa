// @ts-check
/** Whether the text of a message says what its HTML says. Pure. */

/** Words that are told of at most, on each side. */
const TOLD = 12;

/** Characters that are looked at. */
const LOOKED_AT = 200_000;

const WORD = /[\p{L}\p{N}]{3,}/gu;

/** Entities that stand in words or between them; the others are told apart by no word. @type {Record<string, string>} */
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", auml: "ä", ouml: "ö", uuml: "ü", szlig: "ß", eacute: "é", egrave: "è" };

/**
 * Words that stand on one side only, in order, without repetition.
 * @param {string} text
 * @param {string} source HTML
 */
export function missingWords(text, source) {
  const inText = wordsOf(text.slice(0, LOOKED_AT));
  const inHtml = wordsOf(readable(source.slice(0, LOOKED_AT)));
  return { onlyText: apart(inText, inHtml), onlyHtml: apart(inHtml, inText) };
}

/** What is read of a tag: the address of a link, the words for a picture. @param {string} tag */
const inTag = (tag) => (/^<a\b/i.test(tag) ? /\shref\s*=\s*["']([^"']*)["']/i : /^<(?:img|area)\b/i.test(tag) ? /\salt\s*=\s*["']([^"']*)["']/i : null)?.exec(tag)?.[1] ?? "";

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
    .replace(/<[^<>]*>/g, (tag) => ` ${inTag(tag)} `)
    .replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,10}));/gi, (_whole, hex, decimal, name) => {
      const code = hex ? parseInt(hex, 16) : decimal ? Number(decimal) : 0;
      return code && code <= 0x10ffff ? String.fromCodePoint(code) : (ENTITIES[name] ?? " ");
    });
}

/** @param {string} text */
function wordsOf(text) {
  /** @type {Map<string, string>} */
  const words = new Map();
  for (const [word] of text.normalize("NFC").matchAll(WORD)) {
    const folded = word.toLowerCase();
    if (!words.has(folded)) words.set(folded, word);
  }
  return words;
}

/** @param {Map<string, string>} these @param {Map<string, string>} those */
const apart = (these, those) => [...these].filter(([folded]) => !those.has(folded)).slice(0, TOLD).map(([, word]) => word);
