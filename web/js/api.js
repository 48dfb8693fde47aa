// @ts-check
/**
 * The calls to the API, typed. What fails throws an `ApiError` with a sentence for people.
 *
 * @import { Faults, Info, List, Message, Session } from "./state.js"
 */

/** Octets of a raw message that the page shows; the rest is there as a download. */
export const RAW_SHOWN = 512 * 1024;

export class ApiError extends Error {
  /** @param {number} status @param {string} text */
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

/** @returns {Promise<Info>} */
export const info = () => json("/api/info");

/** @param {string} [url] @returns {Promise<List>} */
export const list = (url = "/api/messages") => json(url);

/** @param {string} id @returns {Promise<Message>} */
export const message = (id) => json(`/api/messages/${encodeURIComponent(id)}`);

/** @param {string} url @returns {Promise<Session>} */
export const session = (url) => json(url);

/** @returns {Promise<Faults>} */
export const faults = () => json("/api/faults");

/** @param {string} id @param {boolean} read */
export async function mark(id, read) {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ read });
  await call(`/api/messages/${encodeURIComponent(id)}`, { method: "PATCH", headers, body });
}

/** @param {string} id */
export async function remove(id) {
  await call(`/api/messages/${encodeURIComponent(id)}`, { method: "DELETE" });
}

export async function clear() {
  await call("/api/messages", { method: "DELETE" });
}

/**
 * The beginning of a raw message, at most `RAW_SHOWN` octets of it, as text.
 * @param {string} url
 * @returns {Promise<string>}
 */
export async function raw(url) {
  const reader = (await call(url)).body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  while (reader && size < RAW_SHOWN) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, RAW_SHOWN - size), { stream: true });
    size += value.length;
  }
  await reader?.cancel();
  return text;
}

/** @param {string} url @returns {Promise<any>} */
async function json(url) {
  return (await call(url)).json();
}

/** @param {string} url @param {RequestInit} [init] */
async function call(url, init) {
  const response = await fetch(url, init).catch(() => {
    throw new ApiError(0, "The server cannot be reached.");
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new ApiError(response.status, problem.detail ?? `The server answered ${response.status}.`);
}
