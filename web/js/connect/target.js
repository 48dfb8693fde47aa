// @ts-check
/**
 * Where an app is to send its mail: a listener as the app sees it. Pure.
 *
 * @import { Info, Listener } from "../types.js"
 *
 * @typedef {{
 *   host: string, port: number, tls: "none" | "starttls" | "implicit", lmtp: boolean,
 *   user: string, password: string, to: string, inbox: string | null, url: string,
 * }} Target `user` is empty where nobody has to log in; `to` is a recipient that leads to the inbox;
 *   `url` is that of the page
 * @typedef {{ name: string, address: string | null, opened: boolean, listener: string | null }} InboxDetail
 */

/** Addresses that mean every interface: there the host is the one that the page was fetched from. */
const WILDCARDS = new Set(["0.0.0.0", "[::]"]);

/** What any one takes as a password. */
const ANY = "any";

/** Host and port in a URL of a listener; null where it is a socket in the file system. @param {string} url */
export function endpoint(url) {
  const match = /^\w+:\/\/(\[[^\]]+\]|[^:/]+):(\d+)/.exec(url);
  return match?.[1] && match[2] ? { host: match[1], port: Number(match[2]) } : null;
}

/** The listeners that can be reached over TCP, each name once: IPv4 before IPv6. @param {Info | null} info */
export function listenersOf(info) {
  const reached = (info?.listeners ?? []).filter(({ url }) => endpoint(url));
  return reached.filter(({ name }, at) => reached.findIndex((one) => one.name === name) === at);
}

/**
 * What the snippets are made of.
 * @param {Listener} listener
 * @param {InboxDetail | null} inbox
 * @param {string} hostname that of the page
 * @param {string} url that of the page
 * @returns {Target}
 */
export function targetOf(listener, inbox, hostname, url) {
  const own = inbox?.listener ? endpoint(inbox.listener) : null;
  const at = own ?? endpoint(listener.url) ?? { host: hostname, port: 1025 };
  const known = inbox?.opened ?? false;
  const user = listener.auth === "required" || (known && !own && listener.auth !== "off") ? (known && inbox ? inbox.name : "app") : "";
  return {
    host: (WILDCARDS.has(at.host) ? hostname : at.host).replace(/^\[|\]$/g, ""),
    port: at.port,
    tls: own ? "none" : /** @type {Target["tls"]} */ (listener.tls),
    lmtp: listener.protocol === "lmtp",
    user,
    password: user && ANY,
    to: inbox?.address ?? "ada@example.com",
    inbox: inbox?.name ?? null,
    url,
  };
}

/** Host and port, as one writes them together. @param {Pick<Target, "host" | "port">} target */
export const hostPort = ({ host, port }) => `${host.includes(":") ? `[${host}]` : host}:${port}`;
