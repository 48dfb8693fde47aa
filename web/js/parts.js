// @ts-check
/** The tree of parts as a list, and how each of them can be shown. Pure. */

/** @import { Part } from "./types.js" */

/** How deep a part is drawn at most; deeper ones stand as deep. */
const DEEP = 8;

/**
 * Every part with how deep it stands, in order, at most `most` of them.
 * @param {Part} root
 * @param {number} most
 * @returns {{ part: Part, depth: number }[]}
 */
export function flat(root, most) {
  const out = [];
  const left = [{ part: root, depth: 0 }];
  for (let next = left.pop(); next && out.length < most; next = left.pop()) {
    out.push({ part: next.part, depth: Math.min(next.depth, DEEP) });
    const { children } = next.part;
    for (let at = Math.min(children.length, most) - 1; at >= 0; at -= 1) {
      const part = children[at];
      if (part) left.push({ part, depth: next.depth + 1 });
    }
  }
  return out;
}

/** How many parts there are. @param {Part} root */
export function count(root) {
  let total = 0;
  const left = [root];
  for (let part = left.pop(); part; part = left.pop()) {
    total += 1;
    for (const child of part.children) left.push(child);
  }
  return total;
}

/** What a browser shows in place; anything else could be more than a picture. */
const IMAGES = new Set(["image/png", "image/jpeg", "image/jpg", "image/pjpeg", "image/gif", "image/webp"]);

/** @param {string} type */
export const isImage = (type) => IMAGES.has(type.toLowerCase());

/** @typedef {"image" | "calendar" | "card" | "text" | "hex"} Look */

/** How a part is shown. @param {Part} part @returns {Look} */
export function lookOf({ content_type }) {
  const type = content_type.toLowerCase();
  if (isImage(type)) return "image";
  if (type === "text/calendar" || type === "application/ics") return "calendar";
  if (["text/vcard", "text/x-vcard", "text/directory"].includes(type)) return "card";
  return type.startsWith("text/") || /^(?:message\/|application\/(?:json|xml)$|.*\+(?:json|xml)$)/.test(type) ? "text" : "hex";
}

/** The octets of the part that has the HTML; 0 where none has. @param {Part} root */
export function htmlSize(root) {
  const found = flat(root, 1_000).find(({ part }) => part.content_type === "text/html" && part.disposition !== "attachment");
  return found?.part.size ?? 0;
}
