// @ts-check
/** The way of a message, read from its Received fields (RFC 5321 section 4.4). Pure. */

/** @typedef {{ from: string, by: string, protocol: string, wait: number | null }} Hop */

/**
 * The hops, oldest first; `wait` is milliseconds since the one before.
 * @param {{ name: string, value: string }[]} headers
 * @returns {Hop[]}
 */
export function hops(headers) {
  const fields = headers.filter(({ name }) => name.toLowerCase() === "received").map(({ value }) => value);
  let before = NaN;
  return fields.reverse().map((value) => {
    const [clauses = "", date = ""] = parted(value);
    const at = Date.parse(date.replace(/\([^()]*\)/g, ""));
    const wait = Number.isNaN(at) || Number.isNaN(before) ? null : at - before;
    before = Number.isNaN(at) ? before : at;
    return { from: clause(clauses, "from"), by: clause(clauses, "by"), protocol: clause(clauses, "with"), wait };
  });
}

/** What stands before the last semicolon, and behind it. @param {string} value */
function parted(value) {
  const at = value.lastIndexOf(";");
  return at < 0 ? [value, ""] : [value.slice(0, at), value.slice(at + 1)];
}

/** @param {string} clauses @param {string} name */
const clause = (clauses, name) => new RegExp(`(?:^|\\s)${name}\\s+(\\S+)`, "i").exec(clauses)?.[1] ?? "";
