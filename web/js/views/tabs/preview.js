// @ts-check
/** The HTML as a reader shows it: in a frame that runs nothing and fetches nothing. Pure. */

/** @import { Message, MessageState } from "../../slices/message.js" */
/** @import { Page } from "../../page.js" */
/** @import { TabView } from "../tabs.js" */
/** @import { Icon } from "../icons.js" */
import { html, nothing } from "../../../vendor/lit-html/lit-html.js";
import { keyed } from "../../../vendor/lit-html/directives/keyed.js";
import { live } from "../../../vendor/lit-html/directives/live.js";
import { search } from "../../api.js";
import { base } from "../../base.js";
import { NARROWEST, SIZES, WIDEST } from "../../effects/message.js";
import { many, size } from "../../format.js";
import { htmlSize } from "../../parts.js";
import { icon } from "../icons.js";

/** Steps of the zoom. */
const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2];

/** Octets of HTML after which Gmail cuts a mail. */
const CLIPPED = 102 * 1024;

/** Hosts that are told by name. */
const HOSTS = 8;

/** Pixels by which a key moves the edge. */
const STEP = 10;

/** @type {TabView} */
export const previewTab = {
  title: "Preview",
  view: (message, state, page) => html`${toolsView(message, state.message, page)} ${notesView(message, state.message, page)} ${stageView(message, state.message, page)}`,
};

/** @param {Message} message @param {MessageState} state */
const addressOf = ({ urls }, { remote, images, dark }) =>
  base(`${urls.html}${search({ remote: remote ? "true" : null, images: images ? null : "false", dark: dark ? "true" : null })}`);

/** @param {Message} message @param {MessageState} state @param {Page} page */
function toolsView(message, state, page) {
  const { width, height, dark, images } = state;
  return html`<div class="toolbar tools" role="toolbar" aria-label="How the preview is shown">
    <div class="group" role="group" aria-label="Width">
      ${SIZES.map(([wide, high]) => html`<button type="button" class="button quiet" title=${wide === null ? "As wide as there is room" : `${wide} × ${high}`}
        aria-pressed=${isSize(state, wide, high) ? "true" : "false"} @click=${() => page.message.set({ width: wide, height: high })}>${wide ?? "Full"}</button>`)}
    </div>
    <label class="unseen" for="width">Width in pixels</label>
    <input id="width" class="field narrow" type="number" min=${NARROWEST} max=${WIDEST} step=${STEP} placeholder="free" .value=${live(width === null ? "" : String(width))}
      @change=${(/** @type {Event} */ event) => page.message.set({ width: widthOf(/** @type {HTMLInputElement} */ (event.target).value), height })} />
    ${toggle("rotate", "Turn round", false, () => page.message.rotate(), height === null)}
    ${toggle("moon", "As in dark mode: with its own dark styles, else inverted as Gmail and Outlook do", dark, () => page.message.set({ dark: !dark }))}
    ${toggle("image", "Without images", !images, () => page.message.set({ images: !images }))}
    ${zoomView(state, page)}
    <span class="grow"></span>
    <a class="button icon quiet" href=${addressOf(message, state)} target="_blank" rel="noopener" aria-label="Open in a tab of its own" title="Open in a tab of its own">${icon("external")}</a>
  </div>`;
}

/** Whether the preview has this size, upright or turned round. @param {MessageState} state @param {number | null} wide @param {number | null} high */
const isSize = ({ width, height }, wide, high) => (width === wide && height === high) || (high !== null && width === high && height === wide);

/** @param {Icon} name @param {string} title @param {boolean} on @param {() => unknown} work @param {boolean} [disabled] */
const toggle = (name, title, on, work, disabled = false) =>
  html`<button type="button" class="button icon quiet" aria-pressed=${on ? "true" : "false"} aria-label=${title.split(":")[0] ?? ""} title=${title} ?disabled=${disabled} @click=${work}>${icon(name)}</button>`;

/** @param {MessageState} state @param {Page} page */
const zoomView = ({ zoom }, page) => html`<label class="unseen" for="zoom">Zoom</label>
  <select id="zoom" class="field" @change=${(/** @type {Event} */ event) => page.message.set({ zoom: Number(/** @type {HTMLSelectElement} */ (event.target).value) })}>
    ${ZOOMS.map((one) => html`<option value=${one} .selected=${live(one === zoom)}>${one * 100} %</option>`)}
  </select>`;

/** A width that makes sense, else all there is. @param {string} text */
const widthOf = (text) => (text.trim() ? bounded(Number(text)) : null);

/** @param {number} width */
const bounded = (width) => (Number.isFinite(width) ? Math.round(Math.min(Math.max(width, NARROWEST), WIDEST)) : null);

/** What is held back, and what a reader would cut. @param {Message} message @param {MessageState} state @param {Page} page */
function notesView(message, { remote, images }, page) {
  const octets = htmlSize(message.parts);
  const hosts = hostsOf(message.remote);
  return html`${message.remote.length && images
      ? html`<div class="note line wraps">
          <span class="grow">${remote ? "Loaded from" : "Held back from"} ${hosts.slice(0, HOSTS).map((host) => html`<span class="chip">${host}</span> `)}${hosts.length > HOSTS ? `and ${hosts.length - HOSTS} more` : ""}</span>
          <button type="button" class="button" @click=${() => page.message.set({ remote: !remote })}>${remote ? "Hold back again" : `Load ${many(message.remote.length, "remote resource")}`}</button>
        </div>`
      : nothing}
    ${octets > CLIPPED ? html`<p class="note warn">The HTML has ${size(octets)}: Gmail cuts a mail after 102 KB, and hides the rest behind a link.</p>` : nothing}`;
}

/** @param {string[]} urls */
const hostsOf = (urls) => [...new Set(urls.map((url) => url.replace(/^\/\//, "https://")).map((url) => (URL.canParse(url) ? new URL(url).host : "?")))];

/** @param {Message} message @param {MessageState} state @param {Page} page */
function stageView(message, state, page) {
  const { width, height, zoom, dark } = state;
  const url = addressOf(message, state);
  const box = `inline-size: ${width === null ? "100%" : `${width * zoom}px`}; block-size: ${height === null ? "100%" : `${height * zoom}px`}`;
  const frame = `inline-size: ${width === null ? `${100 / zoom}%` : `${width}px`}; block-size: ${height === null ? `${100 / zoom}%` : `${height}px`}; transform: scale(${zoom})`;
  return html`<div class="stage scrolls"><div class=${`device ${width === null ? "" : "sized"} ${height === null ? "" : "phone"}`} .style=${box}>
    ${keyed(url, html`<iframe title="HTML of the message" src=${url} class=${dark ? "dark" : ""} sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" .style=${frame}></iframe>`)}
    ${edgeView(state, page)}
  </div></div>`;
}

/** The edge that makes the preview wider and narrower. @param {MessageState} state @param {Page} page */
const edgeView = ({ width, zoom }, page) => html`<div class="edge" role="separator" tabindex="0" aria-orientation="vertical" aria-label="Width of the preview"
  aria-valuemin=${NARROWEST} aria-valuemax=${WIDEST} aria-valuenow=${width ?? WIDEST} aria-valuetext=${width === null ? "full" : `${width} pixels`}
  title="Drag, or use the arrow keys; a double click takes all the room"
  @pointerdown=${(/** @type {PointerEvent} */ event) => /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId)}
  @pointermove=${(/** @type {PointerEvent} */ event) => dragged(event, zoom, page)}
  @dblclick=${() => page.message.set({ width: null, height: null })}
  @keydown=${(/** @type {KeyboardEvent} */ event) => moved(event, page)}></div>`;

/** The frame stands in the middle: an edge that moves by one makes it wider by two. @param {PointerEvent} event @param {number} zoom @param {Page} page */
function dragged(event, zoom, page) {
  const edge = /** @type {HTMLElement} */ (event.currentTarget);
  const stage = edge.closest(".stage");
  if (!edge.hasPointerCapture(event.pointerId) || !stage) return;
  const { left, width } = stage.getBoundingClientRect();
  page.message.set({ width: bounded((Math.abs(event.clientX - (left + width / 2)) * 2) / zoom), height: null });
}

/** @param {KeyboardEvent} event @param {Page} page */
function moved(event, page) {
  const way = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (!way) return;
  event.preventDefault();
  const edge = /** @type {HTMLElement} */ (event.currentTarget);
  const width = page.message.state.width ?? edge.parentElement?.clientWidth ?? NARROWEST;
  page.message.set({ width: bounded(width + way * STEP), height: null });
}
