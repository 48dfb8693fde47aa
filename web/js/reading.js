// @ts-check
/** A plain text as one reads it: quotations apart, addresses that can be followed. Pure. */

/** @typedef {{ depth: number, pieces: { text: string, href: string }[] }} Passage */

/** Passages, and addresses in all, that are told apart. */
const PASSAGES = 2_000;
const ADDRESSES = 1_000;

const ADDRESS = /https?:\/\/[^\s<>"']{3,2000}|[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b/gi;

/**
 * Lines of the same depth of quotation stand in one passage.
 * @param {string} text
 * @returns {Passage[]}
 */
export function passages(text) {
  /** @type {{ depth: number, lines: string[] }[]} */
  const blocks = [];
  for (const line of text.split("\n")) {
    const depth = (/^(?:>\s?)+/.exec(line)?.[0] ?? "").replaceAll(/[^>]/g, "").length;
    const last = blocks.at(-1);
    if (last && (last.depth === depth || blocks.length >= PASSAGES)) last.lines.push(line);
    else blocks.push({ depth, lines: [line] });
  }
  const left = { count: ADDRESSES };
  return blocks.map(({ depth, lines }) => ({ depth, pieces: pieces(`${lines.join("\n")}\n`, left) }));
}

/** @param {string} text @param {{ count: number }} left */
function pieces(text, left) {
  const out = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    if ((left.count -= 1) < 0) break;
    // The mark that ends a sentence is not part of the address in it.
    const address = match[0].replace(/[.,;:!?)\]]+$/, "");
    if (match.index > at) out.push({ text: text.slice(at, match.index), href: "" });
    out.push({ text: address, href: /^https?:/i.test(address) ? address : `mailto:${address}` });
    at = match.index + address.length;
  }
  if (at < text.length) out.push({ text: text.slice(at), href: "" });
  return out;
}
