// @ts-check
/**
 * The page of the API: its description, what is open in it, what was tried. Pure.
 *
 * @import { Schema } from "../docs/openapi.js"
 *
 * @typedef {{ status: number, took: number, url: string, text: string, cut: boolean }} Outcome
 * @typedef {{
 *   document: Schema | null, filter: string, open: ReadonlySet<string>,
 *   values: Readonly<Record<string, Record<string, string>>>, outcomes: Readonly<Record<string, Outcome>>,
 * }} DocsState `open`, `values` and `outcomes` are by the id of an operation
 *
 * @typedef {{ type: "docs.document", document: Schema }
 *   | { type: "docs.filter", filter: string }
 *   | { type: "docs.open", id: string, open: boolean }
 *   | { type: "docs.value", id: string, name: string, value: string }
 *   | { type: "docs.outcome", id: string, outcome: Outcome }
 * } DocsEvent
 */

/** @type {DocsState} */
export const FIRST_DOCS = { document: null, filter: "", open: new Set(), values: {}, outcomes: {} };

/**
 * @param {DocsState} state
 * @param {DocsEvent} event
 * @returns {DocsState}
 */
export function reduceDocs(state, event) {
  switch (event.type) {
    case "docs.document":
      return { ...state, document: event.document };
    case "docs.filter":
      return { ...state, filter: event.filter };
    case "docs.open": {
      const rest = [...state.open].filter((id) => id !== event.id);
      return { ...state, open: new Set(event.open ? [...rest, event.id] : rest) };
    }
    case "docs.value":
      return { ...state, values: { ...state.values, [event.id]: { ...state.values[event.id], [event.name]: event.value } } };
    case "docs.outcome":
      return { ...state, outcomes: { ...state.outcomes, [event.id]: event.outcome } };
  }
}
