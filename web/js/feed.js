// @ts-check
/**
 * A live list, newest first, of bounded length. Pure.
 *
 * While one reads further down, what comes waits in `waiting`, and nothing moves.
 *
 * @template {{ id: string, seq: number }} R
 * @typedef {{
 *   rows: R[], waiting: R[], more: boolean, loaded: boolean, top: number, height: number, active: string | null,
 * }} Feed `more`: the server has older rows; `top` and `height` are pixels of what is seen; `active` is what the keys are about
 */

/** Rows that a list may hold. */
export const KEPT = 5_000;

/** @type {Feed<any>} */
export const EMPTY = { rows: [], waiting: [], more: false, loaded: false, top: 0, height: 0, active: null };

/**
 * With the newest rows of a list that was asked for anew.
 * @template {{ id: string, seq: number }} R
 * @param {Feed<R>} feed
 * @param {R[]} rows
 * @param {boolean} more
 * @returns {Feed<R>}
 */
export const withNewest = (feed, rows, more) => ({ ...feed, rows, more, waiting: [], loaded: true });

/**
 * With older rows behind those that are here.
 * @template {{ id: string, seq: number }} R
 * @param {Feed<R>} feed
 * @param {R[]} rows
 * @param {boolean} more
 * @returns {Feed<R>}
 */
export function withOlder(feed, rows, more) {
  const known = new Set(feed.rows.map(({ id }) => id));
  const all = [...feed.rows, ...rows.filter(({ id }) => !known.has(id))];
  return { ...feed, rows: all.slice(0, KEPT), more: more && all.length < KEPT };
}

/**
 * With a row that came, or has changed: in its place, on top, or waiting where one reads below.
 * @template {{ id: string, seq: number }} R
 * @param {Feed<R>} feed
 * @param {R} row
 * @returns {Feed<R>}
 */
export function withRow(feed, row) {
  if (!feed.loaded) return feed;
  const put = (/** @type {R[]} */ rows) => rows.map((one) => (one.id === row.id ? row : one));
  if (feed.rows.some(({ id }) => id === row.id)) return { ...feed, rows: put(feed.rows) };
  if (feed.waiting.some(({ id }) => id === row.id)) return { ...feed, waiting: put(feed.waiting) };
  return feed.top > 0 ? { ...feed, waiting: [row, ...feed.waiting].slice(0, KEPT) } : { ...feed, rows: [row, ...feed.rows].slice(0, KEPT) };
}

/**
 * Let in what waits.
 * @template {{ id: string, seq: number }} R
 * @param {Feed<R>} feed
 * @returns {Feed<R>}
 */
export const showed = (feed) => ({ ...feed, rows: [...feed.waiting, ...feed.rows].slice(0, KEPT), waiting: [], top: 0 });

/**
 * Scrolled to some place; at the top what waits comes in.
 * @template {{ id: string, seq: number }} R
 * @param {Feed<R>} feed
 * @param {number} top
 * @param {number} height
 * @returns {Feed<R>}
 */
export const scrolled = (feed, top, height) => (top <= 0 && feed.waiting.length ? { ...showed(feed), height } : { ...feed, top, height });

/**
 * The id of the row `step` places from the active one among those that are shown; the first where there is none.
 * @param {{ id: string }[]} rows
 * @param {string | null} active
 * @param {number} step
 */
export function neighbour(rows, active, step) {
  const at = rows.findIndex(({ id }) => id === active);
  return rows[at < 0 ? 0 : Math.min(Math.max(at + step, 0), rows.length - 1)]?.id ?? null;
}
