// @ts-check
/**
 * What is known of messages beside their rows: how they begin, their code, what was refused. Pure.
 *
 * @import { Glance } from "./types.js"
 *
 * An id with null was asked for, and there was nothing to tell.
 * @typedef {ReadonlyMap<string, Glance | null>} Glances
 */

/** Glances that are kept; the ones that came first go first. */
export const KEPT = 2_000;

/** @type {Glances} */
export const UNSEEN = new Map();

/**
 * With what was told of the ids that were asked for.
 * @param {Glances} known
 * @param {string[]} asked
 * @param {Glance[]} told
 * @returns {Glances}
 */
export function withGlances(known, asked, told) {
  const found = new Map(told.map((glance) => [glance.id, glance]));
  const all = [...known, ...asked.map((id) => /** @type {[string, Glance | null]} */ ([id, found.get(id) ?? null]))];
  return new Map(all.slice(-KEPT));
}

/** The ids of which nothing is known yet. @param {Glances} known @param {string[]} ids */
export const lacking = (known, ids) => ids.filter((id) => !known.has(id));

/**
 * Replies that refused something, as one reads them: the code of the first, and all in full.
 * @param {Glance} glance
 */
export function refusedOf({ refused }) {
  const lines = refused.map(({ recipient, reply }) => (recipient === null ? reply : `${recipient}: ${reply}`));
  return refused[0] ? { code: refused[0].reply.slice(0, 3), all: lines.join("\n") } : null;
}
