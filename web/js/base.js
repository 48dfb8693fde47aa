// @ts-check
/** Where the page lives: a proxy may have put it under a path of its own. */

/** The path below which everything is, without a slash at its end. */
export const PREFIX = prefixOf(document.querySelector("script[type=module]")?.getAttribute("src") ?? "");

/** An address of the server, from a path that begins at its root, or a link that the API told. @param {string} path */
export const base = (path) => (path.startsWith(`${PREFIX}/api/`) ? path : PREFIX + path);

/** The path within the page of an address. @param {string} path */
export const within = (path) => (path.startsWith(`${PREFIX}/`) ? path.slice(PREFIX.length) : path);

/** @param {string} script */
function prefixOf(script) {
  return new URL(script, document.baseURI).pathname.replace(/\/js\/main\.js$/, "");
}
