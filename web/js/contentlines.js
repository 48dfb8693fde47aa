// @ts-check
/** The lines of iCalendar (RFC 5545) and vCard (RFC 6350): folded, with parameters. Pure. */

/** @typedef {{ name: string, params: Record<string, string>, value: string }} ContentLine */

/** Characters that are read. */
const READ = 256 * 1024;

/** Lines that are read. */
const LINES = 2_000;

const LINE = /^(?:[\w-]{1,60}\.)?([\w-]{1,60})((?:;(?:"[^"]*"|[^":])*)?):(.*)$/s;
const PARAM = /;([\w-]+)=("[^"]*"|[^";]*)/g;

/**
 * @param {string} text
 * @returns {ContentLine[]}
 */
export function contentLines(text) {
  const unfolded = text.slice(0, READ).replace(/\r?\n[ \t]/g, "");
  return unfolded.split(/\r?\n/, LINES).flatMap((line) => {
    const match = LINE.exec(line);
    if (!match) return [];
    const [, name = "", params = "", value = ""] = match;
    const told = [...params.matchAll(PARAM)].map(([, key = "", word = ""]) => [key.toUpperCase(), word.replace(/^"|"$/g, "")]);
    return [{ name: name.toUpperCase(), params: Object.fromEntries(told), value }];
  });
}

/** A text with its escapes undone. @param {string} value */
export const plain = (value) => value.replace(/\\([nN,;\\:])/g, (_whole, char) => (/n/i.test(char) ? "\n" : char));
