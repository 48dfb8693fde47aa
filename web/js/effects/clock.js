// @ts-check
/**
 * The one timer of the page: has it drawn anew when an age that is shown is no longer true. Lit
 * touches only what changed. Nobody looks at a hidden page: then it stands still.
 *
 * @import { Page } from "../page.js"
 */
import { ago } from "../format.js";

const SECOND = 1000;

/** How `ago` tells an age; a date needs no telling anew. */
const AGE = /^(now|\d+ (s|min|h|d))$/;

export class Clock {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.timer = 0;
    document.addEventListener("visibilitychange", () => this.adapt());
    this.adapt();
  }

  adapt() {
    clearInterval(this.timer);
    if (document.hidden) return;
    this.look();
    this.timer = setInterval(() => this.look(), SECOND);
  }

  look() {
    const times = [...document.querySelectorAll("time")].map((one) => ({ at: one.dateTime, told: one.textContent?.trim() ?? "" }));
    if (times.some(({ at, told }) => AGE.test(told) && ago(at) !== told)) this.page.store.redraw();
  }
}
