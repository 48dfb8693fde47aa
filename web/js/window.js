// @ts-check
/**
 * Which rows of a long list are drawn, and where. Pure.
 *
 * Browsers cannot lay out more than some ten million pixels, so a longer list has a track of that
 * height at most: `scale` rows' pixels then pass for each pixel of the track.
 */

/** Pixels of the track at most. */
export const TRACK = 8_000_000;

/** Rows drawn above and below what is seen. */
export const MARGIN = 6;

/**
 * @typedef {{ total: number, row: number, height: number }} Sizes
 * Rows in all, pixels of one, pixels of the window.
 */

/** Pixels of the track. @param {Sizes} sizes */
export const trackOf = ({ total, row }) => Math.min(total * row, TRACK);

/** Pixels of the list for each pixel of the track that is scrolled. @param {Sizes} sizes */
export function scaleOf(sizes) {
  const way = trackOf(sizes) - sizes.height;
  return way > 0 ? (sizes.total * sizes.row - sizes.height) / way : 1;
}

/**
 * The rows to draw, `last` exclusive, when the list is scrolled by `top` pixels of its own.
 * @param {Sizes} sizes
 * @param {number} top
 */
export function seen({ total, row, height }, top) {
  const first = Math.max(0, Math.floor(top / row) - MARGIN);
  const last = Math.min(total, Math.ceil((top + height) / row) + MARGIN);
  return { first: Math.min(first, Math.max(total - 1, 0)), last: Math.max(last, 0) };
}

/** The rows that are seen at least in part: [first, last exclusive]. @param {Sizes} sizes @param {number} top @returns {[number, number]} */
export const inSight = ({ total, row, height }, top) => [Math.floor(top / row), Math.min(total, Math.ceil((top + height) / row))];

/**
 * Which of the drawn rows shows the one at `offset`. One that is scrolled away is used for one that
 * comes, which costs half of making it anew; the offset counts from a row that stays where it is
 * when mail arrives, and may be negative.
 * @param {Sizes} sizes
 * @param {number} offset
 */
export function slotOf({ row, height }, offset) {
  const slots = Math.ceil(height / row) + 2 * MARGIN + 2;
  return ((offset % slots) + slots) % slots;
}

/**
 * Where the list must be scrolled to, in pixels of its own, so that row `index` is seen whole.
 * @param {Sizes} sizes
 * @param {number} top where it is
 * @param {number} index
 */
export function toShow({ row, height }, top, index) {
  const begin = index * row;
  if (begin < top) return begin;
  return begin + row > top + height ? begin + row - height : top;
}
