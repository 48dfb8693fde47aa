// @ts-check
/**
 * What a pointer does on the list: clicks, a long press that selects, and holding new mail back
 * while it rests on a row.
 */

/** @import { Page } from "./page.js" */
import { indexOf, rowAt } from "./slices/list.js";

/** Milliseconds that a finger rests on a row until that is selected. */
const PRESS = 450;

/** Pixels that it may move meanwhile. */
const SLACK = 10;

export class ListPointer {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.press = 0;
    this.at = { x: 0, y: 0 };
    /** Whether the press that just ended has selected a row: then its click is none. */
    this.pressed = false;
  }

  /** @param {HTMLElement} element the list */
  attach(element) {
    element.addEventListener("click", (event) => this.clicked(event));
    element.addEventListener("mousedown", (event) => this.stretch(event));
    // Around the list, since what tells of new mail lies over it and may come under the pointer.
    const around = element.parentElement ?? element;
    around.addEventListener("pointerover", (event) => this.over(event));
    around.addEventListener("pointerleave", () => this.hold(false));
    element.addEventListener("pointerdown", (event) => this.down(event));
    element.addEventListener("pointermove", (event) => this.moved(event));
    for (const end of ["pointerup", "pointercancel"]) element.addEventListener(end, () => clearTimeout(this.press));
    element.addEventListener("contextmenu", (event) => this.pressed && event.preventDefault());
  }

  /** @param {PointerEvent} event */
  over(event) {
    const beside = event.target instanceof Element && event.target.closest(".pill") !== null;
    if (!beside) this.hold(event.pointerType === "mouse" && rowOf(event) !== null);
  }

  /** @param {boolean} on */
  hold(on) {
    if (this.page.state.list.held !== on) this.page.dispatch({ type: "list.held", on });
  }

  /** With Shift a click selects rows, not the text between two clicks. @param {MouseEvent} event */
  stretch(event) {
    if (!event.shiftKey) return;
    event.preventDefault();
    this.page.focusList();
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const { list } = this.page.state;
    const id = rowOf(event);
    const row = rowAt(list, indexOf(list, id));
    if (this.pressed || !row) return void (this.pressed = false);
    const act = event.target instanceof Element ? event.target.closest("[data-act]")?.getAttribute("data-act") : null;
    this.page.attempt(() => this.act(act ?? "open", row, event));
  }

  /** @param {string} act @param {import("./types.js").Row} row @param {MouseEvent} event */
  act(act, row, event) {
    const { page } = this;
    if (act === "pick") return page.list.pick(row.id);
    if (act === "read") return page.list.mark(!row.read, [row.id]);
    if (act === "delete") return page.list.remove([row.id]);
    if (act === "copy") return page.copy(page.state.list.glances.get(row.id)?.code ?? undefined, "Code copied");
    return page.list.clicked(row, event, page.state.list.picked.size > 0 && isCoarse());
  }

  /** @param {PointerEvent} event */
  down(event) {
    clearTimeout(this.press);
    this.pressed = false;
    const id = rowOf(event);
    if (event.pointerType === "mouse" || id === null) return;
    this.at = { x: event.clientX, y: event.clientY };
    this.press = setTimeout(() => {
      this.pressed = true;
      this.page.list.pick(id);
      navigator.vibrate?.(10);
    }, PRESS);
  }

  /** @param {PointerEvent} event */
  moved({ clientX, clientY }) {
    if (Math.hypot(clientX - this.at.x, clientY - this.at.y) > SLACK) clearTimeout(this.press);
  }
}

/** Whether one points with a finger. */
export const isCoarse = () => matchMedia("(pointer: coarse)").matches;

/** The id of the row that an event is on. @param {Event} event */
function rowOf({ target }) {
  const row = target instanceof Element ? target.closest(".row[id]") : null;
  return row ? row.id.replace(/^row-/, "") : null;
}
