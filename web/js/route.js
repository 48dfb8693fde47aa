// @ts-check
/**
 * Addresses: the whole state that one can share, in both directions. Pure.
 *
 * `view` is the place of the side bar; `id` what is open in it; `inbox` and `query` choose the list;
 * `since` and `until` are the bounds of insights; `with` is the message that the open one is compared with.
 *
 * @typedef {"messages" | "attempts" | "sessions" | "faults" | "insights" | "connect" | "settings" | "docs"} View
 * @typedef {{
 *   view: View, id: string | null, inbox: string | null, query: string, tab: string | null,
 *   since: string | null, until: string | null, with?: string,
 * }} Route
 */

/** The paths of what can be open; `:id` stands for one segment. @type {[string, View][]} */
const PATHS = [
  ["/m/:id", "messages"],
  ["/a/:id", "attempts"],
  ["/s/:id", "sessions"],
  ["/faults/:id", "faults"],
  ["/attempts", "attempts"],
  ["/sessions", "sessions"],
  ["/faults", "faults"],
  ["/insights", "insights"],
  ["/connect", "connect"],
  ["/settings", "settings"],
  ["/docs", "docs"],
];

/** @type {Route} */
export const HOME = { view: "messages", id: null, inbox: null, query: "", tab: null, since: null, until: null };

/**
 * What an address shows. An unknown one shows the messages.
 * @param {string} path
 * @param {string} [search]
 * @returns {Route}
 */
export function routeOf(path, search = "") {
  const params = new URLSearchParams(search);
  const other = params.get("with");
  const rest = {
    inbox: params.get("inbox"),
    query: params.get("q") ?? "",
    tab: params.get("tab"),
    since: params.get("since"),
    until: params.get("until"),
    ...(other ? { with: other } : {}),
  };
  if (path === "/latest") return { ...HOME, ...rest, id: "latest" };
  const inbox = /^\/i\/([^/]+)$/.exec(path);
  if (inbox?.[1]) return { ...HOME, ...rest, inbox: decoded(inbox[1]) };
  for (const [pattern, view] of PATHS) {
    const [, folder] = pattern.split("/");
    const match = /^\/([^/]+)(?:\/([^/]+))?$/.exec(path);
    if (!match || match[1] !== folder || pattern.endsWith(":id") !== (match[2] !== undefined)) continue;
    return { ...HOME, ...rest, view, id: match[2] === undefined ? null : decoded(match[2]) };
  }
  return { ...HOME, ...rest };
}

/** The address of a route. @param {Partial<Route>} route */
export function pathOf(route) {
  const { view, id, inbox, query, tab, since, until, with: other } = { ...HOME, ...route };
  const params = new URLSearchParams();
  let path = "/";
  const found = PATHS.find(([pattern, name]) => name === view && pattern.endsWith(":id") === (id !== null));
  if (found) path = found[0].replace(":id", encodeURIComponent(id ?? ""));
  else if (inbox !== null) path = `/i/${encodeURIComponent(inbox)}`;
  if (inbox !== null && !path.startsWith("/i/")) params.set("inbox", inbox);
  if (query) params.set("q", query);
  for (const [name, value] of Object.entries({ tab, since, until })) if (value) params.set(name, value);
  if (other && id !== null) params.set("with", other);
  const search = params.toString();
  return search ? `${path}?${search}` : path;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
