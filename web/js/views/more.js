// @ts-check
/** Long lists are drawn by steps, so that no mail makes the page slow. Pure. */

/** @import { Page } from "../page.js" */
import { html, nothing } from "../../vendor/lit-html/lit-html.js";
import { grouped } from "../format.js";

/**
 * The button that shows a step more, where there is more.
 * @param {Page} page
 * @param {string} name of the list
 * @param {number} left what is not shown
 * @param {string} [what]
 */
export const moreView = (page, name, left, what = "") =>
  left > 0
    ? html`<p class="more"><button type="button" class="button" @click=${() => page.message.more(name)}>Show more</button> <span>${grouped(left)} ${what || "left"}</span></p>`
    : nothing;
