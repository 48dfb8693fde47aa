// @ts-check
/** A fault rule in the forms in which one takes it elsewhere. Pure. */

/** @typedef {Record<string, unknown>} Rule */

/** For a file of rules. @param {Rule} rule */
export function tomlOf(rule) {
  const lines = Object.entries(rule).map(([key, value]) => `${key} = ${tomlValue(value)}`);
  return ["[[fault]]", ...lines, ""].join("\n");
}

/** @param {unknown} value @returns {string} */
function tomlValue(value) {
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const pairs = Object.entries(value).map(([key, one]) => `${/^[\w-]+$/.test(key) ? key : quoted(key)} = ${tomlValue(one)}`);
    return `{ ${pairs.join(", ")} }`;
  }
  return typeof value === "string" ? quoted(value) : JSON.stringify(value);
}

/** A string of TOML and of Python: JSON's, and DEL, which TOML wants escaped. @param {string} text */
const quoted = (text) => JSON.stringify(text).replaceAll("\x7f", "\\u007f");

/** The words of the client's `fault` that stand for others of a rule. */
const OWN = new Set(["on", "do", "when", "inbox", "name"]);

/**
 * For a test with the pytest plugin: the rule in the inbox of the test, under a name of its own.
 * @param {Rule} rule
 */
export function pythonOf(rule) {
  const { on, do: actions, when } = rule;
  const { rcpt, ...others } = when !== null && typeof when === "object" ? /** @type {Record<string, unknown>} */ (when) : {};
  const alone = typeof actions === "string" && /^\d/.test(actions);
  /** @type {[string, unknown][]} */
  const words = [["stage", on], alone ? ["reply", actions] : ["do", actions]];
  if (rcpt !== undefined) words.push(["rcpt", rcpt]);
  if (Object.keys(others).length) words.push(["when", others]);
  const rest = Object.entries(rule).filter(([key]) => !OWN.has(key));
  // `continue` is a word of Python's, so that it can only come in a dictionary.
  const plain = [...words, ...rest.filter(([key]) => key !== "continue")].map(([key, value]) => `${key}=${pythonValue(value)}`);
  const more = rest.some(([key]) => key === "continue") ? ['**{"continue": True}'] : [];
  return [
    "def test_mail_that_fails(mailtrap_inbox):",
    "    with mailtrap_inbox.fault(",
    ...[...plain, ...more].map((word) => `        ${word},`),
    "    ) as fault:",
    "        ...  # what sends mail to mailtrap_inbox.address",
    "",
  ].join("\n");
}

/** @param {unknown} value @returns {string} */
function pythonValue(value) {
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    return `{${Object.entries(value).map(([key, one]) => `${quoted(key)}: ${pythonValue(one)}`).join(", ")}}`;
  }
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string" ? quoted(value) : JSON.stringify(value);
}

/** For a shell. @param {Rule} rule @param {string} url that of the rules */
export function curlOf(rule, url) {
  const body = JSON.stringify(rule).replaceAll("'", "'\\''");
  return `curl -X POST '${url}' -H 'Content-Type: application/json' -d '${body}'\n`;
}

/** The forms by their titles. @type {[string, (rule: Rule, url: string) => string][]} */
export const FORMS = [
  ["TOML", tomlOf],
  ["Python", pythonOf],
  ["curl", curlOf],
];
