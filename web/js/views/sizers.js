// @ts-check
/** The lines between the panes: drawn by a pointer, moved by the arrows, put back by a double click. */

/** @import { State } from "../state.js" */
/** @import { Page } from "../page.js" */
import { html } from "../../vendor/lit-html/lit-html.js";
import { SETTINGS } from "../slices/app.js";

/** @typedef {"side" | "middle"} Pane */

/** What each pane is called, its least and most width in pixels. @type {Record<Pane, [string, number, number]>} */
const PANES = { side: ["Width of the side bar", 176, 400], middle: ["Width of the list", 280, 800] };

/** Pixels of one press of an arrow, and of one with Shift. */
const STEP = 16;
const LEAP = 64;

/** The width a pane may have. @param {Pane} pane @param {number} width */
export const fitting = (pane, width) => Math.round(Math.min(Math.max(width, PANES[pane][1]), PANES[pane][2]));

/**
 * The width that a key gives, null where it means nothing here.
 * @param {Pane} pane
 * @param {number} width
 * @param {{ key: string, shiftKey: boolean }} event
 */
export function widthOf(pane, width, { key, shiftKey }) {
  const [, least, most] = PANES[pane];
  const step = shiftKey ? LEAP : STEP;
  /** @type {Record<string, number>} */
  const widths = { ArrowLeft: width - step, ArrowRight: width + step, Home: least, End: most, Enter: SETTINGS[pane] };
  const wanted = widths[key];
  return wanted === undefined ? null : fitting(pane, wanted);
}

/** @param {State} state @param {Page} page */
export const sizersView = ({ app }, page) => html`<aside class="sizers" aria-label="Widths of the panes">${sizer("side", app.settings.side, page)}${sizer("middle", app.settings.middle, page)}</aside>`;

/** @param {Pane} pane @param {number} width @param {Page} page */
function sizer(pane, width, page) {
  const [name, least, most] = PANES[pane];
  return html`<div
    class=${`sizer of-${pane}`} role="separator" tabindex="0" aria-orientation="vertical" aria-label=${name}
    aria-valuenow=${width} aria-valuemin=${least} aria-valuemax=${most} aria-valuetext=${`${width} pixels`}
    @pointerdown=${(/** @type {PointerEvent} */ event) => grab(event)}
    @pointermove=${(/** @type {PointerEvent} */ event) => draw(event, pane, page)}
    @dblclick=${() => page.set({ [pane]: SETTINGS[pane] })}
    @keydown=${(/** @type {KeyboardEvent} */ event) => press(event, pane, page)}
  ></div>`;
}

/** @param {PointerEvent} event */
function grab(event) {
  if (event.button || !(event.currentTarget instanceof HTMLElement)) return;
  event.currentTarget.setPointerCapture(event.pointerId);
}

/** @param {PointerEvent} event @param {Pane} pane @param {Page} page */
function draw(event, pane, page) {
  const line = event.currentTarget;
  if (!(line instanceof HTMLElement) || !line.hasPointerCapture(event.pointerId)) return;
  const begin = document.querySelector(`.shell > .${pane}`)?.getBoundingClientRect().left ?? 0;
  page.set({ [pane]: fitting(pane, event.clientX - begin) });
}

/** @param {KeyboardEvent} event @param {Pane} pane @param {Page} page */
function press(event, pane, page) {
  const width = widthOf(pane, page.state.app.settings[pane], event);
  if (width === null || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  page.set({ [pane]: width });
}
