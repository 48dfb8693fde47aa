// @ts-check
/** @import { Route } from "./state.js" */

/**
 * What the path of an address shows. Pure.
 * @param {string} path
 * @returns {Route}
 */
export function routeOf(path) {
  if (path === "/latest") return { name: "message", id: "latest" };
  if (path === "/faults") return { name: "faults" };
  const match = /^\/m\/([^/]+)$/.exec(path);
  return match?.[1] ? { name: "message", id: decoded(match[1]) } : { name: "list" };
}

/** @param {string} id */
export const pathOf = (id) => `/m/${encodeURIComponent(id)}`;

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
