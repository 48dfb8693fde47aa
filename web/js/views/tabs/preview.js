// @ts-check
/** The HTML as a reader shows it: in a frame that runs nothing and fetches nothing. Pure. */

/** @import { Message, MessageState } from "../../slices/message.js" */
/** @import { Page } from "../../page.js" */
/** @import { TabView } from "../tabs.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { keyed } from "../../../vendor/lit-html/directives/keyed.js";
import { base } from "../../base.js";
import { WIDTHS } from "../../effects/message.js";
import { many } from "../../format.js";
import { icon } from "../icons.js";

/** Steps of the zoom. */
const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2];

/** @type {TabView} */
export const previewTab = {
  title: "Preview",
  view: (message, state, page) => html`${toolsView(message, state.message, page)}${frameView(message, state.message)}`,
};

/** @param {Message} message @param {MessageState} state @param {Page} page */
function toolsView(message, { width, dark, zoom, remote }, page) {
  const held = message.remote.length && !remote;
  return html`<div class="toolbar tools">
    <div class="group" role="group" aria-label="Width">
      ${WIDTHS.map((one) => html`<button type="button" class="button quiet" aria-pressed=${one === width ? "true" : "false"} @click=${() => page.message.set({ width: one })}>${one ?? "Full"}</button>`)}
    </div>
    <label class="unseen" for="width">Width in pixels</label>
    <input id="width" class="field narrow" type="number" min="200" max="3000" step="10" placeholder="px" .value=${width === null ? "" : String(width)}
      @change=${(/** @type {Event} */ event) => page.message.set({ width: widthOf(/** @type {HTMLInputElement} */ (event.target).value) })} />
    <button type="button" class="button icon quiet" aria-pressed=${dark ? "true" : "false"} aria-label="As in dark mode" title="As in dark mode" @click=${() => page.message.set({ dark: !dark })}>${icon("moon")}</button>
    <label class="unseen" for="zoom">Zoom</label>
    <select id="zoom" class="field" .value=${String(zoom)} @change=${(/** @type {Event} */ event) => page.message.set({ zoom: Number(/** @type {HTMLSelectElement} */ (event.target).value) })}>
      ${ZOOMS.map((one) => html`<option value=${one} ?selected=${one === zoom}>${one * 100} %</option>`)}
    </select>
    <span class="grow"></span>
    ${held
      ? html`<button type="button" class="button" title=${message.remote.slice(0, 20).join("\n")} @click=${() => page.message.set({ remote: true })}>
          ${icon("image")}Load ${many(message.remote.length, "remote resource")}
        </button>`
      : nothing}
    <a class="button icon quiet" href=${base(message.urls.html ?? "")} target="_blank" rel="noopener" aria-label="Open in a tab of its own" title="Open in a tab of its own">${icon("docs")}</a>
  </div>`;
}

/** A width that makes sense, else all there is. @param {string} text */
function widthOf(text) {
  const width = Number(text);
  return width >= 200 && width <= 3000 ? width : null;
}

/** @param {Message} message @param {MessageState} state */
function frameView(message, { width, dark, zoom, remote }) {
  const url = base(`${message.urls.html}${remote ? "?remote=1" : ""}`);
  const wide = width === null ? `${100 / zoom}%` : `${width}px`;
  // A frame of its own for each address: to change the address of one would add to the history.
  return html`<div class="stage scrolls">${keyed(
    url,
    html`<iframe
      title="HTML of the message" src=${url} class=${`${dark ? "dark" : ""} ${width === null ? "" : "device"}`}
      sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"
      .style=${`inline-size: ${wide}; block-size: ${100 / zoom}%; transform: scale(${zoom})`}
    ></iframe>`,
  )}</div>`;
}
