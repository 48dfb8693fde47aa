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
    const pairs = Object.entries(value).map(([key, one]) => `${/^[\w-]+$/.test(key) ? key : JSON.stringify(key)} = ${tomlValue(one)}`);
    return `{ ${pairs.join(", ")} }`;
  }
  return JSON.stringify(value);
}

/** For a test with the Python client. @param {Rule} rule */
export function pythonOf({ on, do: actions, when, ...rest }) {
  const told = Object.entries({ stage: on, do: actions, ...(when && typeof when === "object" ? when : {}), ...rest });
  return `with inbox.fault(${told.map(([key, value]) => `${key}=${pythonValue(value)}`).join(", ")}):\n    ...\n`;
}

/** @param {unknown} value @returns {string} */
function pythonValue(value) {
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(", ")}]`;
  if (typeof value === "boolean") return value ? "True" : "False";
  return JSON.stringify(value);
}

/** For a shell. @param {Rule} rule @param {string} origin */
export function curlOf(rule, origin) {
  const body = JSON.stringify(rule).replaceAll("'", "'\\''");
  return `curl -X POST ${origin}/api/faults -H 'Content-Type: application/json' -d '${body}'\n`;
}
