// @ts-check
/**
 * The figures of a span of time, and what is chosen of it. Pure.
 *
 * @import { Insights, Problem } from "../types.js"
 * @import { Span } from "../spans.js"
 *
 * @typedef {{ inbox: string | null, since: string | null, until: string | null }} Asked as the address has it
 * @typedef {{ asked: Asked | null, told: Insights | null, chosen: Span | null, problem: Problem | null }} InsightsState
 *
 * @typedef {{ type: "insights.asked", asked: Asked }
 *   | { type: "insights.told", asked: Asked, told: Insights }
 *   | { type: "insights.failed", asked: Asked, problem: Problem }
 *   | { type: "insights.chosen", span: Span | null }
 * } InsightsEvent
 */

/** @type {InsightsState} */
export const FIRST_INSIGHTS = { asked: null, told: null, chosen: null, problem: null };

/**
 * An answer to another question than the newest one is of no use any more. While a new one is under
 * way the old figures stay, so that nothing jumps; what was chosen of them does not.
 * @param {InsightsState} state
 * @param {InsightsEvent} event
 * @returns {InsightsState}
 */
export function reduceInsights(state, event) {
  switch (event.type) {
    case "insights.asked":
      return same(state.asked, event.asked) ? state : { ...state, asked: event.asked, chosen: null, problem: null };
    case "insights.told":
      return same(state.asked, event.asked) ? { ...state, told: event.told, problem: null } : state;
    case "insights.failed":
      return same(state.asked, event.asked) ? { ...state, problem: event.problem } : state;
    case "insights.chosen":
      return { ...state, chosen: event.span };
  }
}

/** @param {Asked | null} one @param {Asked} other */
const same = (one, other) => one !== null && one.inbox === other.inbox && one.since === other.since && one.until === other.until;
