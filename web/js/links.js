// @ts-check
/** What the links of a mail are for, and what may be wrong with them. Pure. */

/** @import { Link } from "./types.js" */

/** @typedef {{ text: string, tone: "bad" | "warn" }} Warning */

const HERE = /^(localhost|.*\.(?:localhost|local|internal)|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+)$/i;
const SAFE = new Set(["http:", "https:", "mailto:"]);
const RUNS = new Set(["javascript:", "data:", "vbscript:", "blob:", "file:"]);
const TRACKING = /^(?:utm_\w+|mc_[ce]id|fbclid|gclid|msclkid|_hs\w*|mkt_tok|vero_id|trk\w*|wickedid|oly_\w+_id)$/i;
const TRACKER = /(?:^|[.-])(?:click|track(?:ing|er)?|links?|email|open|trk|lnk|ct|r)\d*\./i;
const UNSUBSCRIBE = /unsubscribe|opt-?out|abmelden|abbestellen|désabonn|desuscri/i;

/** @param {string} href */
const parsed = (href) => (URL.canParse(href) ? new URL(href) : null);

/**
 * Whether a browser may follow it: nothing that runs, nothing that reads files.
 * @param {string} href
 */
export const isSafe = (href) => SAFE.has(parsed(href)?.protocol ?? "");

/**
 * What a link is for, in words for its chips.
 * @param {Link} link
 * @returns {string[]}
 */
export function purposesOf(link) {
  const url = parsed(link.href);
  const unsubscribe = link.kind === "unsubscribe" || UNSUBSCRIBE.test(link.text) || UNSUBSCRIBE.test(link.href);
  /** @type {[boolean, string][]} */
  const purposes = [
    [link.kind === "image", "image"],
    [link.kind === "link" && !unsubscribe, "action"],
    [unsubscribe, "unsubscribe"],
    [link.one_click, "one click"],
    [Object.keys(link.query).some((name) => TRACKING.test(name)) || TRACKER.test(url?.host ?? ""), "tracking"],
    [link.kind === "other", url ? url.protocol.slice(0, -1) : "relative"],
  ];
  return purposes.filter(([on]) => on).map(([, word]) => word);
}

/**
 * What may be wrong, in a word or two each; the worst first.
 * @param {Link} link
 * @param {ReadonlySet<string>} twice addresses that stand more than once
 * @returns {Warning[]}
 */
export function warningsOf(link, twice) {
  const url = parsed(link.href);
  const followed = link.kind !== "image";
  /** @type {[boolean, string, Warning["tone"]][]} */
  const checks = [
    [RUNS.has(url?.protocol ?? "") && (followed || url?.protocol !== "data:"), `${url?.protocol} runs nowhere`, "bad"],
    [misleading(link, url), "text names another host", "bad"],
    [url === null, "not a URL", "bad"],
    [Boolean(url?.username), "hides its host behind a name", "bad"],
    [HERE.test(url?.hostname ?? ""), "local host", "warn"],
    [url?.protocol === "http:", "http", "warn"],
    [(url?.hostname ?? "").split(".").some((label) => label.startsWith("xn--")), "foreign letters in the host", "warn"],
    [followed && link.source === "html" && !link.text.trim(), "no text", "warn"],
    [twice.has(link.href), "repeated", "warn"],
  ];
  return checks.filter(([on]) => on).map(([, text, tone]) => ({ text, tone }));
}

/** The addresses that stand more than once among these. @param {readonly Link[]} links */
export function repeated(links) {
  /** @type {Set<string>} */
  const seen = new Set();
  /** @type {Set<string>} */
  const twice = new Set();
  for (const { href, source } of links) {
    const place = `${source} ${href}`;
    if (seen.has(place)) twice.add(href);
    seen.add(place);
  }
  return twice;
}

/**
 * Whether the text of a link is the address of another host: `https://bank.test`, `bank.test/login`.
 * @param {Link} link
 * @param {URL | null} url
 */
function misleading(link, url) {
  const text = link.source === "html" ? link.text.trim() : "";
  const told = /^(?:https?:\/\/)?((?:[\w-]+\.)+[a-z]{2,})(?:[:/?#]\S*)?$/i.exec(text)?.[1]?.toLowerCase();
  const host = url?.hostname.toLowerCase();
  return Boolean(told && host && without(told) !== without(host));
}

/** @param {string} host */
const without = (host) => host.replace(/^www\./, "");
