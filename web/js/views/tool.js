// @ts-check
/** A button that is an icon, and told by its title. Pure. */

/** @import { Icon } from "./icons.js" */
import { html } from "../../vendor/lit-html/lit-html.js";
import { icon } from "./icons.js";

/**
 * @param {Icon} name
 * @param {string} title
 * @param {() => unknown} work
 * @param {{ look?: string, off?: boolean }} [how] further classes; whether it cannot be pressed
 */
export const tool = (name, title, work, { look = "", off = false } = {}) =>
  html`<button type="button" class=${`button icon quiet ${look}`} aria-label=${title} title=${title} ?disabled=${off} @click=${work}>${icon(name)}</button>`;
