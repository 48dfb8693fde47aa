// @ts-check
/** The icon of the page, with the number of unread messages on it. */
import { base } from "../base.js";

/** Show a number on the icon; none for 0. @param {number} count */
export function wearBadge(count) {
  const link = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=icon]"));
  const href = count ? `data:image/svg+xml,${encodeURIComponent(badge(count))}` : base("/icon.svg");
  if (link && link.getAttribute("href") !== href) link.setAttribute("href", href);
}

/** The picture; the browser draws it outside the page, where its colours are not known. @param {number} count */
export function badge(count) {
  const text = count > 99 ? "99" : String(count);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect x="1.5" y="6" width="19" height="16" rx="4" fill="#0d6b5e"/>
<path d="M5 10.5l6 5 6-5" fill="none" stroke="#fff" stroke-width="2"/><circle cx="16.5" cy="7.5" r="7.5" fill="#b3261e"/>
<text x="16.5" y="11" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="${text.length > 1 ? 9 : 11}" fill="#fff">${text}</text></svg>`;
}
