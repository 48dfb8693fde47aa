// @ts-check
/**
 * The calls to the API, typed. What fails throws an `ApiError` with a sentence for people.
 *
 * @import { Faults, GlanceList, InboxList, Info, MessageList, Problem, Session } from "./types.js"
 * @import { Message } from "./slices/message.js"
 */
import { base } from "./base.js";

/** Octets of a raw message that the page shows; the rest is there as a download. */
const RAW_SHOWN = 512 * 1024;

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

/** Ids in one request for glances. */
const GLANCES = 100;

/**
 * How messages begin, and what else a list shows of them.
 * @param {string[]} ids
 * @returns {Promise<GlanceList>}
 */
export const glances = (ids) => json(`/api/glances?${new URLSearchParams(ids.slice(0, GLANCES).map((id) => ["id", id]))}`);

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

/** Hand a message over, as a file has it. @param {Blob} file @param {string | null} inbox @returns {Promise<{ id: string }>} */
export const post = async (file, inbox) =>
  (await call(`/api/messages${search({ inbox })}`, { method: "POST", headers: { "Content-Type": "message/rfc822" }, body: file })).json();

/** @param {string[]} ids @param {{ read?: boolean, add_tags?: string[], remove_tags?: string[] }} change */
export async function change(ids, change) {
  for (const some of batches(ids)) await send("PATCH", "/api/messages", { ids: some, ...change });
}

/** @param {string[]} ids @param {boolean} [keepalive] */
export async function remove(ids, keepalive = false) {
  for (const some of batches(ids)) await send("DELETE", "/api/messages", { ids: some }, keepalive);
}

/** Delete all of a list, but nothing newer than the seq `upto`. @param {string | null} inbox @param {string} query @param {number} upto @param {boolean} [keepalive] */
export const clear = (inbox, query, upto, keepalive = false) =>
  send("DELETE", `/api/messages${search({ inbox, q: query || null, upto })}`, undefined, keepalive);

/**
 * The beginning of what is at an address.
 * @param {string} url
 * @param {number} most octets that are read
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function octets(url, most) {
  return (await beginning(await call(url), most)).octets;
}

/**
 * Whatever the server answers to a GET, a refusal too: its first octets as text, and whether that is all.
 * What streams for ever is told after a second.
 * @param {string} path
 * @param {number} most octets
 */
export async function peek(path, most) {
  const response = await fetch(base(path)).catch(() => {
    throw new ApiError({ status: 0, detail: "The server cannot be reached." });
  });
  const streams = response.headers.get("Content-Type")?.startsWith("text/event-stream") ?? false;
  const { octets, cut } = await beginning(response, most, streams ? 1000 : Infinity);
  return { status: response.status, text: new TextDecoder().decode(octets), cut };
}

/** @param {Response} response @param {number} most octets @param {number} [patience] milliseconds */
async function beginning(response, most, patience = Infinity) {
  const reader = response.body?.getReader();
  const timer = patience < Infinity ? setTimeout(() => reader?.cancel(), patience) : 0;
  const pieces = [];
  let size = 0;
  while (reader && size < most) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value.subarray(0, most - size));
    size += value.length;
  }
  clearTimeout(timer);
  const cut = size >= most;
  if (cut) await reader?.cancel();
  return { octets: new Uint8Array(await new Blob(pieces).arrayBuffer()), cut };
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
