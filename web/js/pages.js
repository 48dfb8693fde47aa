// @ts-check
/**
 * The rows of a long list that are here, by their offset from its newest row. Pure.
 *
 * An offset counts from the row that was newest when the list was asked for (its anchor): mail
 * that arrives later moves none of them.
 *
 * @template {{ id: string }} R
 * @typedef {{ total: number, rows: ReadonlyMap<number, R> }} Pages
 */

/** Rows of one request. */
export const PAGE = 100;

/** Rows that are kept. */
export const KEPT = 5_000;

/** @type {Pages<any>} */
export const NONE = { total: 0, rows: new Map() };

/**
 * With these rows from `offset` on; far ones are dropped where they are too many.
 * @template {{ id: string }} R
 * @param {Pages<R>} pages
 * @param {number} offset
 * @param {R[]} rows
 * @param {number} total
 * @returns {Pages<R>}
 */
export function withRows(pages, offset, rows, total) {
  const all = new Map(pages.rows);
  rows.forEach((row, index) => all.set(offset + index, row));
  if (all.size > KEPT) {
    const far = [...all.keys()].sort((a, b) => Math.abs(b - offset) - Math.abs(a - offset));
    for (const key of far.slice(0, all.size - KEPT)) all.delete(key);
  }
  return { total, rows: all };
}

/**
 * With every row `by` places further down.
 * @template {{ id: string }} R
 * @param {Pages<R>} pages
 * @param {number} by
 * @returns {Pages<R>}
 */
export function shifted({ total, rows }, by) {
  return { total: total + by, rows: new Map([...rows].map(([offset, row]) => [offset + by, row])) };
}

/**
 * The offset of the first page that is not whole between two offsets; null where nothing lacks.
 * @template {{ id: string }} R
 * @param {Pages<R>} pages
 * @param {number} first
 * @param {number} last exclusive
 */
export function missing({ total, rows }, first, last) {
  for (let offset = Math.max(first, 0); offset < Math.min(last, total); offset += 1) {
    if (!rows.has(offset)) return offset - (offset % PAGE);
  }
  return null;
}

/**
 * With every row put through `change`.
 * @template {{ id: string }} R
 * @param {Pages<R>} pages
 * @param {(row: R) => R} change
 * @returns {Pages<R>}
 */
export function mapped(pages, change) {
  return { ...pages, rows: new Map([...pages.rows].map(([offset, row]) => [offset, change(row)])) };
}

/**
 * Without these: what stood behind moves up. `lost` are those of them that were not here, whose
 * place is not known; then nothing is sure any more, and all rows must be asked for anew.
 * @template {{ id: string }} R
 * @param {Pages<R>} pages
 * @param {ReadonlySet<string>} ids
 * @returns {{ pages: Pages<R>, lost: number }}
 */
export function without(pages, ids) {
  const offsets = [...pages.rows.keys()].sort((a, b) => a - b);
  /** @type {Map<number, R>} */
  const rows = new Map();
  let gone = 0;
  for (const offset of offsets) {
    const row = pages.rows.get(offset);
    if (!row) continue;
    if (ids.has(row.id)) gone += 1;
    else rows.set(offset - gone, row);
  }
  return { pages: { total: Math.max(pages.total - ids.size, rows.size), rows }, lost: ids.size - gone };
}

/**
 * The offset of a row, or -1.
 * @template {{ id: string }} R
 * @param {Pages<R>} pages
 * @param {string | null} id
 */
export function offsetOf({ rows }, id) {
  for (const [offset, row] of rows) if (row.id === id) return offset;
  return -1;
}
