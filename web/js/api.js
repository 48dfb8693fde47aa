// @ts-check
/**
 * The calls to the API, typed. What fails throws an `ApiError` with a sentence for people.
 *
 * @import { Faults, InboxList, Info, MessageList, Problem, Session } from "./types.js"
 * @import { Message } from "./slices/message.js"
 */
import { base } from "./base.js";

/** Octets of a raw message that the page shows; the rest is there as a download. */
export const RAW_SHOWN = 512 * 1024;

/** Ids in one request to change or delete. */
const BATCH = 5_000;

export class ApiError extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
    this.status = problem.status;
  }
}

/** @returns {Promise<Info>} */
export const info = () => json("/api/info");

/**
 * A page of a list: `limit` rows, `offset` below the newest one that is not above `anchor`.
 * @param {{ inbox: string | null, query: string, anchor?: number | null, after?: number, offset?: number, limit?: number }} asked
 * @returns {Promise<MessageList>}
 */
export function list({ inbox, query, anchor, after, offset, limit }) {
  const before = anchor === null || anchor === undefined ? null : anchor + 1;
  return json(`/api/messages${search({ inbox, q: query || null, count: query ? "true" : null, before, after, offset: offset || null, limit })}`);
}

/** @param {string} id @param {string | null} inbox @returns {Promise<Message>} */
export const message = (id, inbox) => json(`/api/messages/${encodeURIComponent(id)}${search({ inbox: id === "latest" ? inbox : null })}`);

/** @param {string} url @returns {Promise<Session>} */
export const session = (url) => json(url);

/** @returns {Promise<Faults>} */
export const faults = () => json("/api/faults");

/** @returns {Promise<InboxList>} */
export const inboxes = () => json("/api/inboxes");

/** @returns {Promise<{ tags: Record<string, number> }>} */
export const tags = () => json("/api/tags");

/** Any JSON of the API. @param {string} path @returns {Promise<any>} */
export const get = (path) => json(path);

/**
 * Send JSON, or nothing, and take JSON, or nothing.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {boolean} [keepalive] whether it may outlive the page
 * @returns {Promise<any>}
 */
export async function send(method, path, body, keepalive = false) {
  const headers = { "Content-Type": "application/json" };
  const init = body === undefined ? { method, keepalive } : { method, headers, body: JSON.stringify(body), keepalive };
  const response = await call(path, init);
  return response.status === 204 ? null : response.json();
}

/** @param {string[]} ids @param {{ read?: boolean, add_tags?: string[], remove_tags?: string[] }} change */
export async function change(ids, change) {
  for (const some of batches(ids)) await send("PATCH", "/api/messages", { ids: some, ...change });
}

/** @param {string[]} ids @param {boolean} [keepalive] */
export async function remove(ids, keepalive = false) {
  for (const some of batches(ids)) await send("DELETE", "/api/messages", { ids: some }, keepalive);
}

/** Delete all of a list. @param {string | null} inbox @param {string} query @param {boolean} [keepalive] */
export const clear = (inbox, query, keepalive = false) =>
  send("DELETE", `/api/messages${search({ inbox, q: query || null })}`, undefined, keepalive);

/**
 * The beginning of what is at an address.
 * @param {string} url
 * @param {number} most octets that are read
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function octets(url, most) {
  const reader = (await call(url)).body?.getReader();
  const pieces = [];
  let size = 0;
  while (reader && size < most) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value.subarray(0, most - size));
    size += value.length;
  }
  await reader?.cancel();
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** The beginning of a raw message, at most `RAW_SHOWN` octets of it, as text. @param {string} url */
export const raw = async (url) => new TextDecoder().decode(await octets(url, RAW_SHOWN));

/** The query part of an address, without what is null or undefined. @param {Record<string, string | number | null | undefined>} params */
export function search(params) {
  const told = Object.entries(params).filter(([, value]) => value !== null && value !== undefined);
  return told.length ? `?${new URLSearchParams(told.map(([name, value]) => [name, String(value)]))}` : "";
}

/** @param {string[]} ids */
function* batches(ids) {
  for (let begin = 0; begin < ids.length; begin += BATCH) yield ids.slice(begin, begin + BATCH);
}

/** @param {string} path @returns {Promise<any>} */
async function json(path) {
  return (await call(path)).json();
}

/** @param {string} path @param {RequestInit} [init] */
async function call(path, init) {
  const response = await fetch(base(path), init).catch(() => {
    throw new ApiError({ status: 0, detail: "The server cannot be reached." });
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  const { status } = response;
  throw new ApiError({ detail: `The server answered ${status}.`, ...problem, status });
}
