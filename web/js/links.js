// @ts-check
/** What may be wrong with a link of a mail. Pure. */

/** @import { Link } from "./types.js" */

const HERE = /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+)$/i;

/**
 * In a word or two each.
 * @param {Link} link
 * @param {ReadonlySet<string>} twice addresses that stand more than once
 */
export function warningsOf(link, twice) {
  const url = URL.canParse(link.href) ? new URL(link.href) : null;
  /** @type {[boolean, string][]} */
  const checks = [
    [url === null, "not a URL"],
    [url?.protocol === "http:", "http"],
    [HERE.test(url?.hostname ?? ""), "local host"],
    [link.kind === "link" && link.source === "html" && !link.text.trim(), "no text"],
    [twice.has(link.href), "repeated"],
    [misleading(link, url), "text names another host"],
  ];
  return checks.filter(([on]) => on).map(([, word]) => word);
}

/** Whether the text of a link is an address of another host. @param {Link} link @param {URL | null} url */
function misleading(link, url) {
  const told = link.source === "html" && /^\s*https?:\/\/\S+\s*$/i.test(link.text) ? link.text.trim() : "";
  return Boolean(url && told && URL.canParse(told) && new URL(told).hostname !== url.hostname);
}
