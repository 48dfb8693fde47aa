// @ts-check
/** Small controls that many views share. Pure. */

/** @import { Icon } from "./icons.js" */
import { html } from "../../vendor/lit-html/lit-html.js";
import { icon } from "./icons.js";

/**
 * A button that is an icon, and told by its title.
 *
 * @param {Icon} name
 * @param {string} title
 * @param {() => unknown} work
 * @param {{ look?: string, off?: boolean }} [how] further classes; whether it cannot be pressed
 */
export const tool = (name, title, work, { look = "", off = false } = {}) =>
  html`<button type="button" class=${`button icon quiet ${look}`} aria-label=${title} title=${title} ?disabled=${off} @click=${work}>${icon(name)}</button>`;

/** @param {string} what @param {() => unknown} work */
export const removeView = (what, work) => tool("close", `Remove ${what}`, work, { look: "tiny" });

/** What a field holds, whatever its kind. @param {Event} event */
export const valueIn = (event) => /** @type {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} */ (event.target).value;
