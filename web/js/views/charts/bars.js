// @ts-check
/** Rows with a bar behind each: what there is how many of. Pure. */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { grouped } from "../../format.js";

/**
 * @typedef {{ title: unknown, count: number, href: string, aside?: unknown, hint?: string }} Bar
 */

/** @param {Bar[]} bars @param {string} [empty] what is told where there are none */
export function barsView(bars, empty = "None") {
  if (!bars.length) return html`<p class="muted">${empty}</p>`;
  const most = Math.max(...bars.map(({ count }) => count), 1);
  return html`<ol class="bars">${bars.map(
    ({ title, count, href, aside, hint }) => html`<li><a class="bar-row" href=${href} title=${hint ?? nothing}>
      <span class="fill" .style=${`inline-size:${(100 * count) / most}%`}></span>
      <span class="cut grow">${title}</span>${aside ?? nothing}<span class="number">${grouped(count)}</span>
    </a></li>`,
  )}</ol>`;
}
