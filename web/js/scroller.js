// @ts-check
/**
 * The scrolling of a long list. Where the track is shorter than the list (see window.js), a step of
 * the wheel still moves by its own length; only the scroll bar moves by more.
 */

/** @import { Page } from "./page.js" */
import { ListPointer } from "./pointer.js";
import { lengthOf } from "./slices/list.js";
import { scaleOf, toShow, trackOf } from "./window.js";

export class Scroller {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    /** @type {HTMLElement | null} */
    this.element = null;
    /** Pixels of the list above the window. */
    this.top = 0;
    /** What the scroll position of the element was set to, to tell our own scrolling from others'. */
    this.set = 0;
    this.pointer = new ListPointer(page);
    this.sized = new ResizeObserver(() => this.measure());
    page.reveal = (index) => this.reveal(index);
  }

  sizes() {
    const { list } = this.page.state;
    return { total: lengthOf(list), row: this.page.rowHeight, height: list.height };
  }

  /** The element that scrolls, once it is there. @param {Element | undefined} element */
  attach(element) {
    if (!(element instanceof HTMLElement) || element === this.element) return;
    this.sized.disconnect();
    this.element = element;
    this.sized.observe(element);
    this.pointer.attach(element);
    element.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    element.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.measure();
  }

  measure() {
    this.page.list.scrolled(this.top, this.element?.clientHeight ?? 0);
  }

  /** Pixels by which rows are moved, so that they stand right in the window. */
  get shift() {
    return this.set - this.top;
  }

  scrolled() {
    if (!this.element || Math.abs(this.element.scrollTop - this.set) < 1) return;
    this.set = this.element.scrollTop;
    this.top = this.set * scaleOf(this.sizes());
    this.page.list.scrolled(this.top, this.element.clientHeight);
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    if (scaleOf(this.sizes()) <= 1 || event.ctrlKey || event.deltaMode !== WheelEvent.DOM_DELTA_PIXEL) return;
    event.preventDefault();
    this.to(this.top + event.deltaY);
  }

  /** @param {number} index */
  reveal(index) {
    if (index >= 0) this.to(toShow(this.sizes(), this.top, index));
  }

  /** @param {number} top */
  to(top) {
    if (!this.element) return;
    const sizes = this.sizes();
    this.top = Math.min(Math.max(top, 0), Math.max(sizes.total * sizes.row - sizes.height, 0));
    this.page.list.scrolled(this.top, sizes.height);
    // The track must be as long as it will be before one can scroll to its end.
    this.page.store.flush();
    this.set = Math.min(this.top / scaleOf(sizes), trackOf(sizes));
    this.element.scrollTop = this.set;
    this.set = this.element.scrollTop;
  }

  /** After rows came on top: they push down what is read, by no more than the eye expects. */
  follow() {
    const { top } = this.page.state.list;
    if (top !== this.top) this.to(top);
  }
}
